//! Pages for people. All that they need is here: they work without a network, and nothing else may be loaded by them.

use axum::body::Body;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderValue, Response};

use super::app::App;
use super::problem::Problem;
use super::settings::Settings;
use crate::json::Value;

/// What a page may load: from here only, and pictures that it was given.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob:; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The page of the API.
pub fn docs() -> Response<Body> {
    page(include_str!("../../assets/server/docs.html"), "text/html; charset=utf-8")
}

/// The page of examples.
///
/// # Errors
/// 404 where the server runs without `--dev`.
pub fn examples(settings: &Settings) -> Result<Response<Body>, Problem> {
    match settings.examples {
        Some(_) => Ok(page(include_str!("../../assets/server/dev.html"), "text/html; charset=utf-8")),
        None => Err(Problem::not_found("the API is at /docs; with --dev a page of examples is here")),
    }
}

/// What a page is made of.
///
/// # Errors
/// 404.
pub fn file(name: &str, app: &App) -> Result<Response<Body>, Problem> {
    let script = "text/javascript; charset=utf-8";
    match (name, app.settings.examples) {
        ("docs.js", _) => Ok(page(include_str!("../../assets/server/docs.js"), script)),
        ("page.css", _) => Ok(page(include_str!("../../assets/server/page.css"), "text/css; charset=utf-8")),
        ("icon.svg", _) => Ok(page(include_str!("../../assets/server/icon.svg"), "image/svg+xml")),
        ("dev.js", Some(_)) => Ok(page(include_str!("../../assets/server/dev.js"), script)),
        ("examples.json", Some(examples)) => {
            let limits = &app.settings.limits;
            let mut all = Value::read(include_str!("../../assets/server/examples.json"), "<examples>", limits)?;
            all.insert("names", Value::list(app.templates.names()));
            all.insert("friends", Value::read(examples.friends, "<examples>", limits)?);
            Ok(page(all.to_json(), "application/json"))
        }
        _ => Err(Problem::not_found("no page has a file of this name")),
    }
}

fn page(text: impl Into<Body>, kind: &'static str) -> Response<Body> {
    let mut response = Response::new(text.into());
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}
