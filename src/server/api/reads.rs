//! What reading routes share: they are fresh as long as the generation is, and long lists come in pages.

use super::fields::within;
use crate::server::failure::Failure;
use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

/// How many entries a page has if nothing says otherwise.
pub const PAGE: usize = 50;

/// How many it has at most.
pub const LARGEST_PAGE: usize = 200;

/// The name of what a response was made of. Weak, as a response may be compressed.
pub struct Tag(String);

impl Tag {
    /// The tag of what was made of a generation, or of one and something more.
    pub fn of(version: &str) -> Self {
        Self(format!("W/\"{version}\""))
    }

    /// 304, if the client has this version already (RFC 9110, 13.1.2).
    fn known(&self, headers: &HeaderMap) -> Option<Response> {
        let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
        let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
        let own = bare(&self.0);
        let is_known = known.flat_map(|tags| tags.split(',')).any(|tag| tag.trim() == "*" || bare(tag) == own);
        is_known.then(|| self.on(StatusCode::NOT_MODIFIED))
    }

    /// What is made with its tag, or 304 if the client has this version already.
    ///
    /// # Errors
    /// What the making fails with.
    pub fn answer<R: IntoResponse, E>(
        &self,
        headers: &HeaderMap,
        make: impl FnOnce() -> Result<R, E>,
    ) -> Result<Response, E> {
        self.known(headers).map_or_else(|| Ok(self.on(make()?)), Ok)
    }

    /// The response with its tag: it may be kept, and has to be asked for again.
    fn on(&self, response: impl IntoResponse) -> Response {
        let mut response = response.into_response();
        if let Ok(tag) = HeaderValue::from_str(&self.0) {
            response.headers_mut().insert(header::ETAG, tag);
        }
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
        response
    }
}

/// A number of entries that was asked for.
///
/// # Errors
/// 400 for one that is not between 1 and `most`.
pub fn limit(asked: Option<usize>, usual: usize, most: usize) -> Result<usize, Failure> {
    within("limit", asked, 1..=most)?;
    Ok(asked.unwrap_or(usual))
}

/// 422: no page of this list begins there.
pub fn cursor_invalid() -> Failure {
    let detail = "the cursor is not one of this list as it is now: begin again without it (a new index has new ones)";
    Failure { code: "cursor_invalid", ..Failure::meaningless("cursor", detail) }
}

/// Makes the query of a list that comes in pages, of what is said of `limit` and of the parameters that it has of its own.
macro_rules! paged {
    ($(#[$about:meta])* pub struct $name:ident { $(#[$limit:meta])* limit, $($own:tt)* }) => {
        $(#[$about])*
        #[derive(Debug, serde::Deserialize, utoipa::IntoParams)]
        #[into_params(parameter_in = Query)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $(#[$limit])*
            #[serde(default, deserialize_with = "crate::server::api::fields::given")]
            #[param(minimum = 1, maximum = 200)]
            limit: Option<usize>,
            /// Where the page begins: `next` of the page before.
            cursor: Option<String>,
            $($own)*
        }

        impl $name {
            /// How many entries the page has at most.
            fn limit(&self) -> Result<usize, crate::server::failure::Failure> {
                use crate::server::api::reads::{LARGEST_PAGE, PAGE, limit};
                limit(self.limit, PAGE, LARGEST_PAGE)
            }
        }
    };
}
pub(super) use paged;

/// A list that comes in pages, told apart from others by all that decides its entries.
pub struct Paged {
    key: blake3::Hasher,
}

impl Paged {
    /// The list of this name in a generation, under some conditions.
    pub fn of<'a>(generation: &'a str, list: &'a str, conditions: impl IntoIterator<Item = &'a str>) -> Self {
        let mut key = blake3::Hasher::new();
        for part in [generation, list].into_iter().chain(conditions) {
            key.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
        }
        Self { key }
    }

    /// The cursor for what stands behind an entry.
    pub fn cursor(&self, after: usize) -> String {
        let mark = self.key.clone().update(&(after as u64).to_le_bytes()).finalize();
        let mark: String = mark.to_hex().chars().take(16).collect();
        format!("{after:x}-{mark}")
    }

    /// The entry behind which a page begins.
    ///
    /// # Errors
    /// 422 for a cursor of another list, or of an index that is not in force any more.
    pub fn after(&self, cursor: Option<&str>) -> Result<Option<usize>, Failure> {
        let Some(cursor) = cursor else { return Ok(None) };
        let after = cursor.split_once('-').and_then(|(after, _)| usize::from_str_radix(after, 16).ok());
        match after.filter(|&after| self.cursor(after) == cursor) {
            Some(after) => Ok(Some(after)),
            None => Err(cursor_invalid()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_of_one_list_of_one_generation() {
        let list = Paged::of("gen-1", "units", ["kind=qa"]);
        let cursor = list.cursor(49);
        assert_eq!(list.after(Some(&cursor)).unwrap(), Some(49));
        assert_eq!(list.after(None).unwrap(), None);
        for other in [
            Paged::of("gen-2", "units", ["kind=qa"]),
            Paged::of("gen-1", "articles", ["kind=qa"]),
            Paged::of("gen-1", "units", []),
        ] {
            assert_eq!(other.after(Some(&cursor)).unwrap_err().code, "cursor_invalid");
        }
        for wrong in ["", "-", "31", "32-0000000000000000", "é-1", "ffffffffffffffffffff-1"] {
            assert!(list.after(Some(wrong)).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_version_that_is_known_is_not_sent_again() {
        let headers = |value: &str| HeaderMap::from_iter([(header::IF_NONE_MATCH, value.parse().unwrap())]);
        let tag = Tag::of("gen-1");
        for known in ["W/\"gen-1\"", "\"gen-1\"", "\"a\", W/\"gen-1\"", "*"] {
            let response = tag.known(&headers(known)).unwrap();
            assert_eq!(response.status(), StatusCode::NOT_MODIFIED);
            assert_eq!(response.headers()[header::ETAG], "W/\"gen-1\"");
        }
        assert!(tag.known(&headers("W/\"gen-2\"")).is_none() && tag.known(&HeaderMap::new()).is_none());
    }
}
