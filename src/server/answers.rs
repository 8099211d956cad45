//! Pictures as answers: entity tags, conditions, and the cache of what was drawn.

use std::sync::{Arc, Mutex, PoisonError};

use axum::body::{Body, Bytes};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};

use super::meters;
use crate::cache::Cache;
use crate::picture::Format;

/// How many diagnostics there are about a picture; a request with the same content is told them by `friendboard render`.
const DIAGNOSTICS: HeaderName = HeaderName::from_static("friendboard-diagnostics");

/// What an entry of the cache takes beside its file, bytes: its tag, and its places in the tables.
const BESIDE: usize = 384;

/// The entity tag of a picture: of what is asked for, and of all that decides how it is drawn.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Tag(Arc<str>);

impl Tag {
    /// The tag of a picture with this fingerprint.
    #[must_use]
    pub fn of(fingerprint: &str) -> Self {
        Self(Arc::from(format!("\"{fingerprint}\"")))
    }

    /// True where a caller has it already (`If-None-Match`).
    #[must_use]
    pub fn is_known(&self, headers: &HeaderMap) -> bool {
        let lists = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
        let mut tags = lists.flat_map(|list| list.split(',')).map(str::trim);
        tags.any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == &*self.0)
    }

    fn header(&self) -> Option<HeaderValue> {
        HeaderValue::from_str(&self.0).ok()
    }
}

/// A picture that was drawn.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Its file.
    pub bytes: Bytes,
    /// How many diagnostics there are.
    pub diagnostics: usize,
    /// False where one of the pictures on it is missing: another time it may be there.
    pub is_complete: bool,
}

/// For how long an answer may be shown again by others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// Nobody knows: it is asked for again.
    Unknown,
    /// It stays the same for so many seconds.
    Immutable(u64),
}

impl Freshness {
    fn header(self, is_complete: bool) -> HeaderValue {
        match self {
            _ if !is_complete => HeaderValue::from_static("no-store"),
            Self::Unknown => HeaderValue::from_static("no-cache"),
            Self::Immutable(seconds) => {
                let value = format!("public, max-age={seconds}, immutable");
                HeaderValue::from_str(&value).unwrap_or(HeaderValue::from_static("no-cache"))
            }
        }
    }
}

impl Picture {
    /// The answer that it is.
    #[must_use]
    pub fn respond(self, tag: &Tag, format: Format, freshness: Freshness) -> Response<Body> {
        let mut response = Response::new(Body::from(self.bytes));
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(format.media_type()));
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        headers.insert(DIAGNOSTICS, HeaderValue::from(self.diagnostics));
        headers.insert(CACHE_CONTROL, freshness.header(self.is_complete));
        if let Some(tag) = tag.header().filter(|_| self.is_complete) {
            headers.insert(ETAG, tag);
        }
        response
    }
}

/// 304: the caller has it.
#[must_use]
pub fn not_modified(tag: &Tag, freshness: Freshness) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NOT_MODIFIED;
    response.headers_mut().insert(CACHE_CONTROL, freshness.header(true));
    if let Some(tag) = tag.header() {
        response.headers_mut().insert(ETAG, tag);
    }
    response
}

/// What was drawn, by its tag; bounded by bytes.
pub struct Answers {
    kept: Mutex<Cache<Tag, Picture>>,
}

impl Answers {
    /// A cache of so many bytes.
    #[must_use]
    pub fn new(capacity: usize) -> Self {
        Self { kept: Mutex::new(Cache::with_capacity(capacity)) }
    }

    /// A picture that was drawn before.
    pub fn get(&self, tag: &Tag) -> Option<Picture> {
        let found = self.kept.lock().unwrap_or_else(PoisonError::into_inner).get(tag).cloned();
        meters::cache("answers", found.is_some());
        found
    }

    /// Keeps a picture, unless something is missing on it, or it alone would fill a good part of the cache.
    pub fn keep(&self, tag: &Tag, picture: &Picture) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if picture.is_complete && picture.bytes.len() <= kept.capacity() / 4 {
            kept.insert(tag.clone(), picture.clone(), picture.bytes.len() + BESIDE);
        }
    }

    /// Bytes that are kept.
    pub fn weight(&self) -> usize {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).weight()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_name_tags() {
        let tag = Tag::of("a");
        let known = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(IF_NONE_MATCH, value.parse().unwrap());
            tag.is_known(&headers)
        };
        assert!(known(&tag.0) && known("*") && known(&format!("W/{}", tag.0)) && known(&format!("\"x\", {}", tag.0)));
        assert!(!known("\"x\"") && !known("") && !known(tag.0.trim_matches('"')) && !tag.is_known(&HeaderMap::new()));
    }

    #[test]
    fn what_is_incomplete_is_neither_kept_nor_to_be_kept() {
        let answers = Answers::new(10_000);
        let (tag, whole) = (Tag::of("a"), Picture { bytes: Bytes::from_static(b"x"), diagnostics: 0, is_complete: true });
        let part = Picture { is_complete: false, ..whole.clone() };
        answers.keep(&tag, &part);
        assert!(answers.get(&tag).is_none());
        let response = part.respond(&tag, Format::PNG, Freshness::Immutable(9));
        assert_eq!(
            (&response.headers()[CACHE_CONTROL], response.headers().get(ETAG)),
            (&HeaderValue::from_static("no-store"), None)
        );
        answers.keep(&tag, &whole);
        assert!(answers.get(&tag).is_some() && answers.weight() == 1 + BESIDE);
        let response = whole.clone().respond(&tag, Format::PNG, Freshness::Immutable(9));
        assert_eq!(response.headers()[CACHE_CONTROL], "public, max-age=9, immutable");
        answers.keep(&Tag::of("b"), &Picture { bytes: Bytes::from(vec![0; 5_000]), ..whole });
        assert!(answers.weight() < 1_000, "one picture does not drive out all others");
    }
}
