//! Absolute addresses of what is cited.

use super::app::App;
use crate::model::Citation;
use axum::http::{HeaderMap, header};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Makes addresses that lead back to this server.
#[derive(Debug, Clone)]
pub struct Links {
    base: String,
}

impl Links {
    /// By the setting `public_url`, or else by the name that the client called.
    pub fn of(headers: &HeaderMap, app: &App) -> Self {
        if let Some(url) = &app.settings.public_url {
            return Self { base: url.trim_end_matches('/').to_owned() };
        }
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
        let scheme = if app.settings.tls_cert.is_some() { "https" } else { "http" };
        Self { base: format!("{scheme}://{}", host.map_or_else(|| app.settings.addr.to_string(), str::to_owned)) }
    }

    /// Those of a server at an address.
    #[cfg(test)]
    pub fn at(base: &str) -> Self {
        Self { base: base.to_owned() }
    }

    /// From one page of this server to another.
    pub fn within() -> Self {
        Self { base: String::new() }
    }

    /// Where a citation can be read: at the article's own address, else in this server's view of its source.
    pub fn citation(&self, citation: &Citation) -> String {
        citation.url.clone().unwrap_or_else(|| self.source(citation))
    }

    /// This server's view of a source, with what is cited marked: its bytes, or in a document that has none its page or
    /// paragraph.
    pub fn source(&self, citation: &Citation) -> String {
        let places = [("bytes", citation.bytes), ("page", citation.page), ("paragraph", citation.paragraph)];
        let place = places.into_iter().find_map(|(name, place)| Some((name, place?)));
        let marked = place.map(|(name, [first, last])| format!("?{name}={first}-{last}#cited")).unwrap_or_default();
        format!("{}/v1/articles/{}{marked}", self.base, utf8_percent_encode(&citation.source, PLAIN))
    }
}

/// What stands in a path as it is.
pub const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_source_is_an_address_whatever_its_name_and_whatever_counts_in_it() {
        let source = |source: &str, counted: &str| {
            let citation = json!({"title": "T", "source": source, "heading": [], "quote": "q", counted: [2, 3]});
            Links::at("http://h").source(&serde_json::from_value(citation).unwrap())
        };
        assert_eq!(source("a/b c#é.md", "bytes"), "http://h/v1/articles/a/b%20c%23%C3%A9.md?bytes=2-3#cited");
        assert_eq!(source("a.pdf", "page"), "http://h/v1/articles/a.pdf?page=2-3#cited");
        assert_eq!(source("a.docx", "paragraph"), "http://h/v1/articles/a.docx?paragraph=2-3#cited");
    }
}
