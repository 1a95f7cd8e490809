//! What a request gets that is not answered, and how each convention says it.

use super::routes::Convention;
use crate::error::Error;
use axum::{
    Json,
    body::Body,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

/// A request that is not answered. Handlers return it; [`dress`] writes its body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The status of the response.
    pub status: StatusCode,
    /// The stable name of the failure, for machines.
    pub code: &'static str,
    /// What is wrong and what helps, for people.
    pub detail: String,
    /// The field of the request that is wrong, if it is one.
    pub field: Option<String>,
    /// After how many seconds it is worth trying again.
    pub retry_after: Option<u64>,
}

impl Failure {
    /// A failure with nothing more to say than its detail.
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self { status, code, detail: detail.into(), field: None, retry_after: None }
    }

    /// 400: the request is not one.
    pub fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "request_invalid", detail)
    }

    /// 400: a field of the request has a value that cannot be used.
    pub fn field(field: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { field: Some(field.into()), ..Self::bad_request(detail) }
    }

    /// 422: a field has the form that its description asks for, and says nothing that can be done.
    pub fn meaningless(field: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { status: StatusCode::UNPROCESSABLE_ENTITY, ..Self::field(field, detail) }
    }

    /// 401: no key, or one that is not known.
    pub fn unauthorized(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "key_invalid", detail)
    }

    /// 403: the request may not do this.
    pub fn forbidden(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", detail)
    }

    /// 404.
    pub fn not_found(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", detail)
    }

    /// 413: the body is too large.
    pub fn too_large() -> Self {
        Self::of_status(StatusCode::PAYLOAD_TOO_LARGE)
    }

    /// 503: too much is waiting.
    pub fn busy() -> Self {
        let detail = "too many questions are waiting: try again in a second";
        Self { retry_after: Some(1), ..Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", detail) }
    }

    /// 500: what is wrong is ours, and stands in the log.
    pub fn internal() -> Self {
        let detail = "the server failed: its log says why, under the request id of this response";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", detail)
    }

    /// What the framework says by a status alone.
    fn of_status(status: StatusCode) -> Self {
        let (code, detail) = match status {
            StatusCode::NOT_FOUND => ("not_found", "there is nothing at this path: /docs lists what there is"),
            StatusCode::METHOD_NOT_ALLOWED => ("method_not_allowed", "this path takes another method: see `Allow`"),
            StatusCode::REQUEST_TIMEOUT => ("request_timeout", "the request took too long"),
            StatusCode::PAYLOAD_TOO_LARGE => {
                ("request_too_large", "the body is larger than `max_body` in the settings of this server")
            }
            StatusCode::UNSUPPORTED_MEDIA_TYPE => ("request_invalid", "the body has a type that is not read here"),
            status if status.is_client_error() => ("request_invalid", "the request is not understood"),
            _ => return Self { status, ..Self::internal() },
        };
        Self::new(status, code, detail)
    }
}

/// The one table from the errors of the library to statuses.
impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let status = match &error {
            Error::Filter { .. } => {
                return Self { code: error.code(), ..Self::meaningless("filter", error.to_string()) };
            }
            Error::Question(_) | Error::Text(_) | Error::Feedback(_) | Error::TooFewLabels { .. } => {
                StatusCode::BAD_REQUEST
            }
            Error::UnitUnknown(_) | Error::ArticleUnknown(_) | Error::ArticleUnreadable { .. } => StatusCode::NOT_FOUND,
            Error::IndexLocked(_) => StatusCode::CONFLICT,
            Error::IndexMissing(_) => StatusCode::SERVICE_UNAVAILABLE,
            _ => {
                tracing::error!(code = error.code(), "{error}");
                return Self { code: error.code(), ..Self::internal() };
            }
        };
        Self::new(status, error.code(), error.to_string())
    }
}

impl IntoResponse for Failure {
    /// A response without a body: [`dress`] knows the convention.
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Gives a failed response the body that clients of the convention read.
pub fn dress(mut response: Response, convention: Convention) -> Response {
    let status = response.status();
    let failure = match response.extensions_mut().remove::<Failure>() {
        Some(failure) => failure,
        // A refusal of the framework: text, or nothing. What is JSON already was written by a convention's own code.
        None if (status.is_client_error() || status.is_server_error()) && !is_json(&response) => {
            Failure::of_status(status)
        }
        None => return response,
    };
    let (kind, body) = match convention {
        Convention::Own => ("application/problem+json", problem(&failure)),
        Convention::OpenAi => ("application/json", openai(&failure)),
        Convention::Azure => ("application/json", azure(&failure)),
        Convention::Dify => ("application/json", dify(&failure)),
    };
    let (mut head, _) = response.into_parts();
    head.headers.remove(header::CONTENT_LENGTH);
    head.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    head.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(seconds) = failure.retry_after {
        head.headers.insert(header::RETRY_AFTER, seconds.into());
    }
    if failure.status == StatusCode::UNAUTHORIZED {
        head.headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    Response::from_parts(head, Body::from(body.to_string()))
}

fn is_json(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.contains("json"))
}

/// RFC 9457.
fn problem(failure: &Failure) -> Value {
    let mut problem = json!({
        "type": format!("urn:faqt:error:{}", failure.code),
        "title": failure.status.canonical_reason().unwrap_or("Error"),
        "status": failure.status.as_u16(),
        "code": failure.code,
        "detail": failure.detail,
    });
    if let Some(field) = &failure.field {
        problem["field"] = field.as_str().into();
    }
    problem
}

fn openai(failure: &Failure) -> Value {
    let kind = match failure.status {
        StatusCode::UNAUTHORIZED => "authentication_error",
        StatusCode::FORBIDDEN => "permission_error",
        StatusCode::TOO_MANY_REQUESTS => "rate_limit_error",
        status if status.is_client_error() => "invalid_request_error",
        _ => "server_error",
    };
    json!({"error": {"message": failure.detail, "type": kind, "param": failure.field, "code": failure.code}})
}

fn azure(failure: &Failure) -> Value {
    let code = match failure.status {
        StatusCode::UNAUTHORIZED => "Unauthorized",
        StatusCode::FORBIDDEN => "Forbidden",
        StatusCode::NOT_FOUND => "NotFound",
        StatusCode::TOO_MANY_REQUESTS => "TooManyRequests",
        StatusCode::SERVICE_UNAVAILABLE => "ServiceUnavailable",
        status if status.is_client_error() => "InvalidRequest",
        _ => "InternalServerError",
    };
    json!({"error": {"code": code, "message": failure.detail, "target": failure.field, "details": []}})
}

fn dify(failure: &Failure) -> Value {
    let code = match (failure.status, failure.code) {
        (StatusCode::UNAUTHORIZED, _) => 1001,
        (StatusCode::FORBIDDEN, _) => 1002,
        (StatusCode::NOT_FOUND, "knowledge_unknown") => 2001,
        (status, _) => status.as_u16(),
    };
    json!({"error_code": code, "error_msg": failure.detail})
}

/// The header by which a request is named, in the response and in the log.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What a handler of JSON gives back.
pub type Answered<T> = Result<Json<T>, Failure>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_convention_has_its_envelope() {
        let failure = Failure::field("top", "is not between 1 and 50");
        assert_eq!(problem(&failure)["code"], "request_invalid");
        assert_eq!(openai(&failure)["error"]["param"], "top");
        assert_eq!(azure(&failure)["error"]["code"], "InvalidRequest");
        assert_eq!(dify(&Failure::forbidden(""))["error_code"], 1002);
    }

    #[test]
    fn what_the_framework_refuses_is_dressed_too() {
        let refused = (StatusCode::METHOD_NOT_ALLOWED, "text").into_response();
        let dressed = dress(refused, Convention::Own);
        assert_eq!(dressed.headers()[header::CONTENT_TYPE], "application/problem+json");
        assert_eq!(dressed.status(), StatusCode::METHOD_NOT_ALLOWED);
        let fine = dress(Json(json!({})).into_response(), Convention::Own);
        assert_eq!(fine.headers()[header::CONTENT_TYPE], "application/json");
    }
}
