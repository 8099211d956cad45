//! What went wrong, as `application/problem+json` (RFC 9457).

use axum::body::{Body, Bytes};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};
use axum::response::IntoResponse;

use crate::error::{Diagnostic, Error, ErrorKind};
use crate::escape::escaped;
use crate::json;
use crate::json::Value;

/// An answer that says what was wrong, and what to do about it.
#[derive(Debug)]
pub struct Problem {
    status: StatusCode,
    title: &'static str,
    detail: String,
    diagnostics: Vec<Value>,
    headers: Vec<(HeaderName, HeaderValue)>,
    /// The limit that was passed, for the metrics.
    limit: Option<String>,
}

impl Problem {
    fn new(status: StatusCode, title: &'static str, detail: impl Into<String>) -> Self {
        Self { status, title, detail: detail.into(), diagnostics: Vec::new(), headers: Vec::new(), limit: None }
    }

    fn header(mut self, name: HeaderName, value: &'static str) -> Self {
        self.headers.push((name, HeaderValue::from_static(value)));
        self
    }

    /// 400: not a request at all.
    pub fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "The request could not be read", detail)
    }

    /// 401: who asks is not known.
    pub fn unauthorized() -> Self {
        let detail = "Authorization: Bearer TOKEN was expected, with the server's token";
        Self::new(StatusCode::UNAUTHORIZED, "A token is needed", detail).header(WWW_AUTHENTICATE, "Bearer")
    }

    /// 403: the same for everything that is wrong with a signature, so that nobody learns what was nearly right.
    pub fn forbidden() -> Self {
        let detail = "the address was not signed here, was changed, or is of the past";
        Self::new(StatusCode::FORBIDDEN, "The address is not valid", detail)
    }

    /// 404.
    pub fn not_found(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "There is no such thing here", detail)
    }

    /// 404 of what an error says that is unknown.
    pub fn unknown(error: &Error) -> Self {
        let diagnostic = Diagnostic::from_error(error.kind().code(), error);
        Self { diagnostics: vec![json::diagnostic(&diagnostic)], ..Self::not_found(escaped(error.message())) }
    }

    /// 405; the router says which methods there are.
    pub fn method_not_allowed() -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "The method is not one of this address", "see the header Allow")
    }

    /// 408: the body took too long.
    pub fn too_slow() -> Self {
        Self::new(StatusCode::REQUEST_TIMEOUT, "The request took too long to arrive", "its body was not whole in time")
    }

    /// 413: the body is too long.
    pub fn too_large(limit: usize) -> Self {
        let detail = format!("a body of at most {limit} bytes was expected, unpacked");
        let limit = Some("data_bytes".to_owned());
        Self { limit, ..Self::new(StatusCode::PAYLOAD_TOO_LARGE, "The request is too large", detail) }
    }

    /// 415: the body is packed as nothing that is known.
    pub fn unsupported_encoding(found: &str) -> Self {
        let detail = format!("a body without Content-Encoding, or gzip or deflate, was expected, found {found:.40}");
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "The body is packed in an unknown way", escaped(&detail))
    }

    /// 422: a diagnostic says why nothing is drawn.
    pub fn refused(diagnostic: &Diagnostic) -> Self {
        let limit = diagnostic.hint.as_deref().and_then(limit_of);
        let diagnostics = vec![json::diagnostic(diagnostic)];
        let detail = escaped(&diagnostic.message);
        Self { diagnostics, limit, ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, TITLE, detail) }
    }

    /// 429: too many requests of one client.
    pub fn too_many() -> Self {
        let detail = "fewer requests a second were expected of this client";
        Self::new(StatusCode::TOO_MANY_REQUESTS, "Too many requests", detail).header(RETRY_AFTER, "1")
    }

    /// 500: our own fault; nothing of it is told.
    pub fn internal() -> Self {
        let detail = "it is in the server's log, under the request's id";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong here", detail)
    }

    /// 503: there is no room for it now.
    pub fn busy(detail: &'static str) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "The server is busy", detail).header(RETRY_AFTER, "1")
    }

    /// 504: it took longer than a request may take.
    pub fn out_of_time(milliseconds: u128) -> Self {
        let detail = format!("it would have taken more than the {milliseconds} ms that a request may take");
        Self { limit: Some("time".to_owned()), ..Self::new(StatusCode::GATEWAY_TIMEOUT, LATE, detail) }
    }
}

const TITLE: &str = "The request can't be drawn";
const LATE: &str = "It took too long";

/// What an error of reading or drawing answers with: 413 for a document that is too long, else 422, with its diagnostic, and 504 for one that took too long.
impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let diagnostic = Diagnostic::from_error(error.kind().code(), &error);
        let limit = (error.kind() == ErrorKind::Limit).then(|| diagnostic.hint.as_deref().and_then(limit_of)).flatten();
        let too_long = limit.as_deref() == Some("data_bytes");
        let (status, title) = match error.kind() {
            ErrorKind::Limit if too_long => (StatusCode::PAYLOAD_TOO_LARGE, "The request is too large"),
            ErrorKind::Io => return Self::internal(),
            ErrorKind::Deadline => (StatusCode::GATEWAY_TIMEOUT, LATE),
            _ => (StatusCode::UNPROCESSABLE_ENTITY, TITLE),
        };
        let detail = escaped(error.message()).into_owned();
        Self { diagnostics: vec![json::diagnostic(&diagnostic)], limit, ..Self::new(status, title, detail) }
    }
}

/// The name of a limit in the hint that says how it is raised.
fn limit_of(hint: &str) -> Option<String> {
    let name = hint.split("--limit ").nth(1)?.split('=').next()?;
    crate::limits::Limits::names().any(|known| known == name).then(|| name.to_owned())
}

impl Problem {
    /// Its headers and its body, where they are answered again and again.
    pub fn parts(&self) -> (HeaderMap, Bytes) {
        let body = json!({
            "type": "about:blank", "title": self.title, "status": i64::from(self.status.as_u16()), "detail": &*self.detail,
            "diagnostics": Value::list(self.diagnostics.iter().cloned()),
        });
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        for (name, value) in &self.headers {
            headers.insert(name, value.clone());
        }
        (headers, Bytes::from(json::write(&body)))
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response<Body> {
        let (headers, body) = self.parts();
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = self.status;
        *response.headers_mut() = headers;
        response.extensions_mut().insert(Told(self.limit));
        response
    }
}

/// The limit that an answer is about, for the metrics.
#[derive(Clone, Debug)]
pub struct Told(pub Option<String>);
