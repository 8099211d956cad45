//! What is told of each request: it has an id, is counted and logged by its route, never by what was sent.

use std::time::Instant;

use axum::body::{Body, HttpBody};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response};

use super::meters::{Meters, exceeded};
use super::problem::Told;
use super::trace::request_id;

/// The header of a request's id.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// A request that came.
pub struct Asked {
    start: Instant,
    id: String,
    route: &'static str,
    method: &'static str,
}

impl Asked {
    /// Of a request that came now; `route` is a pattern, or "other".
    pub fn now(method: &Method, headers: &HeaderMap, route: &'static str) -> Self {
        let method = if *method == Method::POST { "POST" } else { "GET" };
        Self { start: Instant::now(), id: request_id(headers), route, method }
    }

    /// Tells of it with its answer, and gives this the id.
    pub fn answered(self, response: Response<Body>) -> Response<Body> {
        let meters = Meters::of(self.route, response.status().as_u16());
        self.answered_by(response, &meters)
    }

    /// The same where it is known what is counted.
    pub fn answered_by(self, mut response: Response<Body>, meters: &Meters) -> Response<Body> {
        let Self { start, id, route, method } = self;
        let (status, took) = (response.status().as_u16(), start.elapsed());
        let bytes = response.body().size_hint().exact().unwrap_or(0);
        meters.request(took, bytes);
        if let Some(Told(Some(limit))) = response.extensions_mut().remove::<Told>() {
            exceeded(&limit);
        }
        let milliseconds = (took.as_secs_f64() * 1e5).round() / 100.0;
        if route.starts_with("/v1/") || route == "other" {
            tracing::info!(id, method, route, status, milliseconds, bytes, "request");
        } else {
            tracing::debug!(id, method, route, status, milliseconds, bytes, "request");
        }
        if let Ok(id) = HeaderValue::try_from(id) {
            response.headers_mut().insert(REQUEST_ID, id);
        }
        response
    }
}
