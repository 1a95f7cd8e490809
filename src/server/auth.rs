//! Who may do what: the key of a request, and the pages and names by which the server may be called.

use super::{
    app::App,
    failure::Failure,
    keys::Scope,
    routes::{Convention, is_public},
};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, header, uri::Authority},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use std::sync::Arc;

/// Headers in which clients send a key by itself.
const KEY_HEADERS: [&str; 2] = ["x-api-key", "ocp-apim-subscription-key"];

/// Paths, with all below them, that only an administrator may use.
const ADMIN_PATHS: [&str; 4] = ["/v1/misses", "/v1/reindex", "/v1/jobs", "/metrics"];

/// Lets through what has the key that its path needs.
pub async fn authorize(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    match allowed(&app, &request) {
        Ok(()) => next.run(request).await,
        Err(failure) => failure.into_response(),
    }
}

fn allowed(app: &App, request: &Request) -> Result<(), Failure> {
    let path = request.uri().path();
    let open = !app.keys.any() && !app.settings.public;
    if open || is_public(path) || request.method() == Method::OPTIONS {
        return Ok(());
    }
    let needed = if is_below(path, &ADMIN_PATHS) { Scope::Admin } else { Scope::Ask };
    // Clients that cannot do without a key send any to a public server.
    if app.settings.public && needed == Scope::Ask {
        return Ok(());
    }
    let Some(secret) = secret(request.headers(), Convention::of(path))? else {
        return Err(Failure::unauthorized("this needs a key: send it as `Authorization: Bearer KEY`"));
    };
    match app.keys.scope_of(secret) {
        Some(scope) if scope >= needed => Ok(()),
        Some(_) => Err(Failure::forbidden("this key is for asking only: what administrators do needs another")),
        // Dify takes 403, and nothing else, for a wrong key.
        None if Convention::of(path) == Convention::Dify => Err(Failure::forbidden("this key is not known")),
        None => Err(Failure::unauthorized("this key is not known")),
    }
}

/// Whether a request has the key of an administrator, or none is needed.
pub fn is_admin(app: &App, headers: &HeaderMap) -> bool {
    let secret = || secret(headers, Convention::Own).ok().flatten();
    !app.keys.any() || secret().and_then(|secret| app.keys.scope_of(secret)) == Some(Scope::Admin)
}

/// Whether a request may ask, whatever its path.
pub fn may_ask(app: &App, headers: &HeaderMap) -> bool {
    let known = |secret: &str| app.keys.scope_of(secret).is_some();
    match secret(headers, Convention::Own) {
        _ if !app.keys.any() => true,
        Ok(None) => app.settings.public,
        Ok(Some(secret)) => known(secret),
        Err(_) => false,
    }
}

/// Whether a path is one of `roots` or below it.
fn is_below(path: &str, roots: &[&str]) -> bool {
    roots.iter().any(|root| path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
}

/// The key of a request, wherever its client puts it.
fn secret(headers: &HeaderMap, convention: Convention) -> Result<Option<&str>, Failure> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(value) = text(header::AUTHORIZATION.as_str()) {
        let scheme = value.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
        return match scheme {
            Some((_, secret)) => Ok(Some(secret.trim())),
            None if convention == Convention::Dify => {
                Err(Failure::unauthorized("the Authorization header is not of the form `Bearer KEY`"))
            }
            None => Ok(Some(value.trim())),
        };
    }
    Ok(KEY_HEADERS.into_iter().find_map(text).map(str::trim))
}

/// The key of a request, if it is one of ours.
pub fn known_secret<'r>(app: &App, request: &'r Request) -> Option<&'r str> {
    let secret = secret(request.headers(), Convention::of(request.uri().path())).ok().flatten()?;
    app.keys.scope_of(secret).map(|_| secret)
}

/// Refuses what a page of another site, or a name that was bent to this address, could send.
pub async fn guard(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    match called_rightly(&app, request.headers(), request.uri().authority().map(Authority::as_str)) {
        Ok(()) => next.run(request).await,
        Err(failure) => failure.into_response(),
    }
}

fn called_rightly(app: &App, headers: &HeaderMap, authority: Option<&str>) -> Result<(), Failure> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let host = text(header::HOST).or(authority).unwrap_or_default();
    let settings = &app.settings;
    let listed = settings.allowed_hosts.iter().any(|name| name.eq_ignore_ascii_case(name_of(host)) || name == host);
    let checked = settings.addr.ip().is_loopback() || !settings.allowed_hosts.is_empty();
    if checked && !listed && !is_local(name_of(host)) {
        return Err(Failure {
            code: "host_refused",
            ..Failure::forbidden("this server is not known by the name in `Host`: list it as --allowed-host")
        });
    }
    let Some(origin) = text(header::ORIGIN) else { return Ok(()) };
    let own = origin.split_once("://").is_some_and(|(_, name)| name.eq_ignore_ascii_case(host));
    if own || settings.cors.iter().any(|page| page == "*" || page.trim_end_matches('/') == origin) {
        return Ok(());
    }
    Err(Failure { code: "origin_refused", ..Failure::forbidden("pages of this origin may not ask: list it as --cors") })
}

/// A name with port without the port.
fn name_of(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

fn is_local(name: &str) -> bool {
    ["localhost", "127.0.0.1", "[::1]"].iter().any(|local| local.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_below_another_by_whole_segments() {
        assert!(is_below("/v1/jobs/a", &ADMIN_PATHS) && is_below("/v1/misses", &ADMIN_PATHS));
        assert!(!is_below("/v1/jobsters", &ADMIN_PATHS));
    }

    #[test]
    fn a_host_has_a_name_and_maybe_a_port() {
        assert_eq!(["a:80", "a", "[::1]:80", "[::1]"].map(name_of), ["a", "a", "[::1]", "[::1]"]);
        assert!(is_local("LOCALHOST") && !is_local("localhost.evil.example"));
    }

    #[test]
    fn a_key_is_found_in_every_usual_header() {
        let headers = |name, value: &str| HeaderMap::from_iter([(name, value.parse().unwrap())]);
        let bearer = headers(header::AUTHORIZATION, "bearer k");
        assert_eq!(secret(&bearer, Convention::Own).unwrap(), Some("k"));
        let azure = headers("ocp-apim-subscription-key".parse().unwrap(), "k");
        assert_eq!(secret(&azure, Convention::Azure).unwrap(), Some("k"));
        let bare = headers(header::AUTHORIZATION, "k");
        assert_eq!(secret(&bare, Convention::Own).unwrap(), Some("k"));
        assert_eq!(secret(&bare, Convention::Dify).unwrap_err().code, "key_invalid");
    }
}
