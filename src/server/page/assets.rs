//! Files that are compiled in, and the headers of everything that a browser shows.

use crate::server::app::App;
use axum::{
    Router,
    body::Bytes,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::get,
};
use std::sync::Arc;

/// A file of `web/`.
pub struct Asset {
    /// Where it is served.
    pub path: &'static str,
    kind: &'static str,
    bytes: &'static [u8],
}

macro_rules! assets {
    ($($path:literal $file:literal $kind:literal)*) => {
        &[$(Asset { path: $path, kind: $kind, bytes: include_bytes!(concat!("../../../web/", $file)) }),*]
    };
}

/// All files but the page to ask.
pub const ASSETS: &[Asset] = assets! {
    "/admin" "admin.html" "text/html; charset=utf-8"
    "/docs" "docs.html" "text/html; charset=utf-8"
    "/widget.js" "widget.js" "text/javascript; charset=utf-8"
    "/assets/icon.svg" "icon.svg" "image/svg+xml"
    "/assets/style.css" "style.css" "text/css; charset=utf-8"
    "/assets/admin.css" "admin.css" "text/css; charset=utf-8"
    "/assets/docs.css" "docs.css" "text/css; charset=utf-8"
    "/assets/theme.js" "theme.js" "text/javascript; charset=utf-8"
    "/assets/dom.js" "dom.js" "text/javascript; charset=utf-8"
    "/assets/server.js" "server.js" "text/javascript; charset=utf-8"
    "/assets/text.js" "text.js" "text/javascript; charset=utf-8"
    "/assets/source.js" "source.js" "text/javascript; charset=utf-8"
    "/assets/cards.js" "cards.js" "text/javascript; charset=utf-8"
    "/assets/askbox.js" "askbox.js" "text/javascript; charset=utf-8"
    "/assets/filters.js" "filters.js" "text/javascript; charset=utf-8"
    "/assets/page.js" "page.js" "text/javascript; charset=utf-8"
    "/assets/admin.js" "admin.js" "text/javascript; charset=utf-8"
    "/assets/paged.js" "paged.js" "text/javascript; charset=utf-8"
    "/assets/misses.js" "misses.js" "text/javascript; charset=utf-8"
    "/assets/signals.js" "signals.js" "text/javascript; charset=utf-8"
    "/assets/designer.js" "designer.js" "text/javascript; charset=utf-8"
    "/assets/docs.js" "docs.js" "text/javascript; charset=utf-8"
};

/// What a page may do: load what this server has, and ask it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
     img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// The routes of the files.
pub fn routes() -> Router<Arc<App>> {
    ASSETS.iter().fold(Router::new(), |router, asset| {
        router.route(asset.path, get(async move |headers: HeaderMap| asset.response(&headers)))
    })
}

impl Asset {
    fn response(&self, headers: &HeaderMap) -> Response {
        let mut response = respond(headers, self.kind, Bytes::from_static(self.bytes));
        if self.path == "/widget.js" {
            // Pages of others load this one.
            let anyone = HeaderValue::from_static("cross-origin");
            response.headers_mut().insert("cross-origin-resource-policy", anyone);
        }
        response
    }
}

/// A file, or word that the browser has it already.
pub fn respond(headers: &HeaderMap, kind: &'static str, bytes: Bytes) -> Response {
    let tag = format!("\"{}\"", blake3::hash(&bytes).to_hex().get(..20).unwrap_or_default());
    let has = |value: &HeaderValue| {
        value.to_str().is_ok_and(|tags| tags.split(',').any(|one| one.trim().trim_start_matches("W/") == tag))
    };
    let known = headers.get_all(header::IF_NONE_MATCH).iter().any(has);
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, kind)], bytes).into_response()
    };
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    // Kept, but asked about each time: a new version of the program is there at once.
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    secure(&mut response);
    response
}

/// Adds the headers that keep a page from doing, or from being used for, anything else.
pub fn secure(response: &mut Response) {
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

    /// The scripts that a file loads, and those that they load.
    fn scripts(text: &str, found: &mut BTreeSet<&'static str>) {
        for script in text.split(['"', '\'']).filter_map(|part| part.strip_suffix(".js")) {
            let name = script.rsplit('/').next().unwrap_or(script);
            let asset = ASSETS.iter().find(|asset| asset.path.ends_with(&format!("/{name}.js"))).unwrap();
            if found.insert(asset.path) {
                scripts(std::str::from_utf8(asset.bytes).unwrap(), found);
            }
        }
    }

    #[test]
    fn no_page_loads_many_scripts() {
        let text = |path: &str| {
            let asset = ASSETS.iter().find(|asset| asset.path == path).unwrap();
            std::str::from_utf8(asset.bytes).unwrap()
        };
        for page in [super::super::PAGE, text("/admin"), text("/docs"), "\"/widget.js\""] {
            let mut found = BTreeSet::new();
            scripts(page, &mut found);
            let size: usize = found.iter().map(|path| text(path).len()).sum();
            assert!(!found.is_empty() && size < 30_000, "{size} bytes: {found:?}");
        }
    }

    #[test]
    fn nothing_is_written_into_a_page_but_text() {
        for asset in ASSETS {
            let text = std::str::from_utf8(asset.bytes).unwrap();
            for unsafe_way in
                ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", " style=", " onclick="]
            {
                assert!(!text.contains(unsafe_way), "{} has {unsafe_way}", asset.path);
            }
        }
    }

    #[test]
    fn a_browser_that_has_a_file_gets_it_no_second_time() {
        let first = respond(&HeaderMap::new(), JAVASCRIPT, Bytes::from_static(b"x"));
        let tag = first.headers()[header::ETAG].clone();
        let again =
            respond(&HeaderMap::from_iter([(header::IF_NONE_MATCH, tag)]), JAVASCRIPT, Bytes::from_static(b"x"));
        assert_eq!((first.status(), again.status()), (StatusCode::OK, StatusCode::NOT_MODIFIED));
        assert!(again.headers().contains_key(header::CONTENT_SECURITY_POLICY));
    }
}
