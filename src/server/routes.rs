//! Which address does what.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{FromRequestParts, MatchedPath, Path, Request, State};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, Uri};
use axum::middleware::{self, Next};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use serde::de::DeserializeOwned;

use super::admission::{Client, origin};
use super::answers::Freshness;
use super::app::{App, Work};
use super::body::Text;
use super::meters;
use super::observed::Asked;
use super::openapi;
use super::pages;
use super::pool::Turn;
use super::problem::Problem;
use super::settings::Settings;
use super::signing::{self, Payload};
use crate::error::{Diagnostics, ErrorKind};
use crate::escape::escaped_json;
use crate::host::headless::{CallOptions, Drawing, ImageOptions};
use crate::json;
use crate::json::{Ceiling, Value};
use crate::picture::Format;
use crate::platform::Platform;
use crate::reading::Reading;
use crate::share;

/// The address of a connection's other end.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// The addresses, as metrics and logs name them.
const ROUTES: &[&str] = &[
    "/v1/boards/{file}",
    "/v1/share-images/{file}",
    "/v1/share/{platform}/{call}",
    "/v1/cards/{platform}/{file}",
    "/v1/i/{kid}/{signature}/{file}",
    "/v1/sign",
    "/v1/openapi.json",
    "/docs",
    "/docs/{file}",
    "/",
    "/health",
    "/ready",
    "/metrics",
];

type Answer = Result<Response<Body>, Problem>;

/// The routes.
pub fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/v1/boards/{file}", post(board))
        .route("/v1/share-images/{file}", post(share_image))
        .route("/v1/share/{platform}/{call}", post(share_call))
        .route("/v1/cards/{platform}/{file}", post(card))
        .route("/v1/i/{kid}/{signature}/{file}", get(signed))
        .route("/v1/sign", post(sign))
        .route("/v1/openapi.json", get(openapi))
        .route("/docs", get(|| async { pages::docs() }))
        .route("/docs/{file}", get(page_file))
        .route("/", get(|State(app): State<Arc<App>>| async move { pages::examples(&app.settings) }))
        .route("/health", get(|| async { plain(StatusCode::OK, "ok\n") }))
        .route("/ready", get(ready))
        .route("/metrics", get(metrics))
        .method_not_allowed_fallback(|| async { Problem::method_not_allowed() })
        .fallback(|| async { Problem::not_found("no route has this address; /docs lists them") })
        .layer(middleware::from_fn(observe))
        .with_state(app)
}

/// Tells of each request, by its route.
async fn observe(request: Request, next: Next) -> Response<Body> {
    let matched = request.extensions().get::<MatchedPath>();
    let route = matched.and_then(|path| ROUTES.iter().find(|known| **known == path.as_str())).copied().unwrap_or("other");
    let asked = Asked::now(request.method(), request.headers(), route);
    asked.answered(next.run(request).await)
}

/// The parts of a path; what can't be read as such is not found.
struct Named<T>(T);

impl<T: DeserializeOwned + Send> FromRequestParts<Arc<App>> for Named<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut axum::http::request::Parts, app: &Arc<App>) -> Result<Self, Problem> {
        match Path::<T>::from_request_parts(parts, app).await {
            Ok(Path(named)) => Ok(Self(named)),
            Err(_) => Err(Problem::not_found("an address in UTF-8 was expected")),
        }
    }
}

/// `NAME.png`: the name and the format.
fn file(file: &str) -> Result<(&str, Format), Problem> {
    let (name, ending) = file.rsplit_once('.').unwrap_or((file, ""));
    Ok((name, signing::format(ending).map_err(|error| Problem::unknown(&error))?))
}

/// Who asks, and whether they may.
fn admit(app: &App, peer: Option<&Peer>, headers: &HeaderMap) -> Result<Client, Problem> {
    let client = if bears_token(app, headers) {
        Client::Token
    } else {
        let connection = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0);
        Client::of(origin(connection, headers, app.settings.proxies))
    };
    app.admit(client).map(|()| client)
}

fn bears_token(app: &App, headers: &HeaderMap) -> bool {
    let Some(token) = &app.settings.token else { return false };
    let given = headers.get(AUTHORIZATION).map(HeaderValue::as_bytes).unwrap_or_default();
    let is_bearer = given.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case(b"bearer "));
    let given = given.get(7..).unwrap_or_default().trim_ascii();
    is_bearer && signing::is_token(token, given)
}

/// What most handlers need of a request: it is let in, and its body is read.
struct Posted {
    method: Method,
    headers: HeaderMap,
    uri: Uri,
    body: Text,
}

impl Posted {
    async fn read(app: &App, request: Request) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        admit(app, parts.extensions.get::<Peer>(), &parts.headers)?;
        let body = app.bodies.read(&parts.headers, body).await?;
        Ok(Self { method: parts.method, headers: parts.headers, uri: parts.uri, body })
    }

    /// The options of the query.
    fn options<T: DeserializeOwned>(&self, app: &App) -> Result<T, Problem> {
        query(self.uri.query().unwrap_or_default(), &app.settings.limits)
    }

    async fn draw(self, app: Arc<App>, drawing: Drawing, format: Format) -> Answer {
        let Self { method, headers, body: Text { text, room, .. }, .. } = self;
        let answer = app.answer(&method, &headers, Work { drawing, document: text, format }, Freshness::Unknown).await;
        drop(room);
        answer
    }
}

/// The options of a query, as a document of ours is read: with what was meant by a misspelt one.
fn query<T: DeserializeOwned>(query: &str, limits: &crate::Limits) -> Result<T, Problem> {
    let mut members = Vec::new();
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        let name = json::write(&Value::from(&*name));
        let is_json = matches!(&*value, "true" | "false") && name == "\"drawAnyway\"" || name == "\"circumstances\"";
        let is_number = matches!(&*name, "\"dpr\"" | "\"channel\"") && crate::Number::parse(&value).is_some();
        let value = if is_json || is_number { value.into_owned() } else { json::write(&Value::from(&*value)) };
        members.push(format!("{name}:{value}"));
    }
    let text = format!("{{{}}}", members.join(","));
    Ok(json::read(&text, "<query>", Ceiling::data(limits).kind(ErrorKind::Usage))?)
}

async fn board(State(app): State<Arc<App>>, Named(name): Named<String>, request: Request) -> Answer {
    let (name, format) = file(&name)?;
    app.templates.find(name).map_err(|error| Problem::unknown(&error))?;
    let posted = Posted::read(&app, request).await?;
    posted.draw(app, Drawing::Board(name.to_owned()), format).await
}

async fn share_image(State(app): State<Arc<App>>, Named(name): Named<String>, request: Request) -> Answer {
    let (name, format) = file(&name)?;
    let template = match name.parse() {
        Ok(template) => template,
        // A template of one's own is a board.
        Err(_) if app.templates.find(name).is_ok() => {
            let posted = Posted::read(&app, request).await?;
            return posted.draw(app, Drawing::Board(name.to_owned()), format).await;
        }
        Err(error) => return Err(Problem::unknown(&error)),
    };
    let posted = Posted::read(&app, request).await?;
    let options: ImageOptions = posted.options(&app)?;
    posted.draw(app, Drawing::ShareImage(template, Box::new(options)), format).await
}

/// A platform and one of its share calls.
fn call(platform: &str, call: &str) -> Result<Platform, Problem> {
    let platform: Platform = platform.parse().map_err(|error| Problem::unknown(&error))?;
    share::share_call(platform, call).map_err(|error| Problem::unknown(&error))?;
    Ok(platform)
}

async fn share_call(State(app): State<Arc<App>>, Named((platform, name)): Named<(String, String)>, request: Request) -> Answer {
    let platform = call(&platform, &name)?;
    let posted = Posted::read(&app, request).await?;
    let options: CallOptions = posted.options(&app)?;
    let (shared, body) = (Arc::clone(&app), posted.body);
    let ran = app.run(Turn::First, move |_| {
        let mut said = Diagnostics::new();
        let mut reading = Reading::new(&shared.settings.limits, &mut said);
        let outcome = options.run(platform, &name, &body.text, shared.files.of_game(), &mut reading);
        outcome.map(|outcome| json::write(&outcome.answer))
    });
    Ok(json_answer(StatusCode::OK, &ran.await??))
}

async fn card(State(app): State<Arc<App>>, Named((platform, name)): Named<(String, String)>, request: Request) -> Answer {
    let (name, format) = file(&name)?;
    let platform = call(&platform, name)?;
    let posted = Posted::read(&app, request).await?;
    let options: CallOptions = posted.options(&app)?;
    posted.draw(app, Drawing::Card(platform, name.to_owned(), Box::new(options)), format).await
}

async fn signed(State(app): State<Arc<App>>, named: Named<(String, String, String)>, request: Request) -> Answer {
    let Named((id, signature, name)) = named;
    let headers = request.headers();
    admit(&app, request.extensions().get::<Peer>(), headers)?;
    let (packed, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
    let now = signing::now();
    let payload = app.settings.keys.open(&id, &signature, packed, ending, now, &app.settings.limits);
    let opened = payload.and_then(|payload| Some((payload, signing::format(ending).ok()?)));
    let Some((Payload { drawing, document, expires, .. }, format)) = opened else {
        meters::signature_refused();
        return Err(Problem::forbidden());
    };
    let freshness = Freshness::Immutable(expires.saturating_sub(now));
    Arc::clone(&app).answer(request.method(), headers, Work { drawing, document, format }, freshness).await
}

async fn sign(State(app): State<Arc<App>>, request: Request) -> Answer {
    if app.settings.token.is_none() || app.settings.keys.is_empty() {
        return Err(Problem::not_found("this server signs nothing: it runs without --token or --key"));
    }
    let is_allowed = bears_token(&app, request.headers());
    if !is_allowed {
        // Who guesses is held to the rate of everybody.
        admit(&app, request.extensions().get::<Peer>(), request.headers())?;
        return Err(Problem::unauthorized());
    }
    let posted = Posted::read(&app, request).await?;
    let (payload, format) = Payload::read(&posted.body.text, Settings::LONGEST, &app.settings.limits)?;
    if let Drawing::Board(name) = &payload.drawing {
        app.templates.find(name)?;
    }
    payload.drawing.check(&payload.document, app.files.of_game(), &app.settings.limits)?;
    let path = app.settings.keys.sign(&payload, format)?;
    let base = app.settings.public_url.clone().or_else(|| {
        let host = posted.headers.get(HOST)?.to_str().ok()?;
        let is_host = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':' | b'[' | b']'));
        is_host.then(|| format!("http://{host}"))
    });
    let url = format!("{}{path}", base.unwrap_or_default());
    let answer = json!({ "url": url, "expires": payload.expires });
    Ok(json_answer(StatusCode::OK, &json::write(&answer)))
}

async fn page_file(State(app): State<Arc<App>>, Named(name): Named<String>) -> Answer {
    pages::file(&name, &app)
}

async fn openapi(State(app): State<Arc<App>>) -> Response<Body> {
    ([(CONTENT_TYPE, "application/json")], openapi::document(&app.templates)).into_response()
}

async fn ready(State(app): State<Arc<App>>) -> Response<Body> {
    if app.is_ready() { plain(StatusCode::OK, "ready\n") } else { plain(StatusCode::SERVICE_UNAVAILABLE, "not ready\n") }
}

async fn metrics(State(app): State<Arc<App>>) -> Response<Body> {
    let mut response = Response::new(Body::from(app.metrics()));
    let kind = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, kind);
    response
}

fn plain(status: StatusCode, text: &'static str) -> Response<Body> {
    (status, [(CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

fn json_answer(status: StatusCode, json: &str) -> Response<Body> {
    let body = escaped_json(json).into_owned() + "\n";
    (status, [(CONTENT_TYPE, "application/json")], body).into_response()
}
