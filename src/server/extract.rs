//! Bodies and queries of requests, read so that whatever is wrong with them becomes a [`Failure`].

use super::failure::Failure;
use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request, rejection::BytesRejection},
    http::{StatusCode, request::Parts},
};
use serde::de::DeserializeOwned;
use std::fmt::Display;

/// The JSON body of a request. The content type is not looked at: plain `curl -d` sends a wrong one.
pub struct Body<T>(pub T);

/// The query of a request; a key may stand in it several times.
pub struct Params<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let bytes = body_bytes(request, state).await?;
        json(&bytes).map(Self)
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Params<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let query = parts.uri.query().unwrap_or_default();
        let reader = serde_html_form::Deserializer::from_bytes(query.as_bytes());
        serde_path_to_error::deserialize(reader).map(Self).map_err(|error| wrong("query", error))
    }
}

/// The whole body, up to the limit of the server.
///
/// # Errors
/// 413 for a body that is too large, 400 for one that ends too soon.
pub async fn body_bytes<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Failure> {
    Bytes::from_request(request, state).await.map_err(|rejection: BytesRejection| {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            Failure::too_large()
        } else {
            Failure::bad_request("the body ended too soon")
        }
    })
}

/// Reads JSON, and names the field where it is not what is expected.
///
/// # Errors
/// 400 with the field and the place.
pub fn json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Failure> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Failure::bad_request("the body is empty: it has to be a JSON object"));
    }
    // Serde would take a list of the fields' values too.
    if bytes.trim_ascii_start().first() == Some(&b'[') {
        return Err(Failure::bad_request("the body is a list: it has to be a JSON object"));
    }
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| wrong("body", error))?;
    reader.end().map_err(|error| Failure::bad_request(format!("the body goes on behind its JSON: {error}")))?;
    Ok(value)
}

/// What is wrong with a part of a request, and with which field of it.
fn wrong<E: Display>(part: &str, error: serde_path_to_error::Error<E>) -> Failure {
    let path = error.path().to_string();
    let reason = error.into_inner();
    match path.as_str() {
        "." => Failure::bad_request(format!("the {part} is not understood: {reason}")),
        path => Failure::field(path, format!("`{path}` in the {part} is not understood: {reason}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    struct Asked {
        #[allow(dead_code)]
        history: Vec<u8>,
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        let failure = json::<Asked>(br#"{"history": [1, "x"]}"#).unwrap_err();
        assert_eq!(failure.field.as_deref(), Some("history[1]"));
        assert!(failure.detail.contains("line 1"), "{}", failure.detail);
        assert!(json::<Asked>(b" ").unwrap_err().detail.contains("empty"));
        assert!(json::<Asked>(b"[[1]]").unwrap_err().detail.contains("is a list"));
        assert!(json::<Asked>(br#"{"history": []} x"#).unwrap_err().detail.contains("behind"));
    }
}
