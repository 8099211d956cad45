//! What the review server answers: the page, the list of failures, their pictures, and accepting.

use std::fmt::Write as _;

use super::http::Request;
use crate::escape::escaped;
use crate::golden::accept::accept;
use crate::golden::outcome::{Outcome, OutcomeKind};
use crate::golden::report;
use crate::json;
use crate::json::Value;
use crate::limits::Limits;
use crate::picture::{Format, Picture, Premultiplied, encode};

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
/// What the page may load: nothing but itself and this server's pictures.
const POLICY: &str = "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// A failure under review.
pub struct Reviewed {
    /// What failed.
    pub outcome: Outcome,
    /// True once it was accepted here.
    pub is_accepted: bool,
}

/// An answer.
pub struct Answer {
    status: u16,
    media: &'static str,
    body: Vec<u8>,
}

impl Answer {
    /// A line for people.
    pub fn text(status: u16, text: &str) -> Self {
        Self { status, media: "text/plain; charset=utf-8", body: format!("{text}\n").into_bytes() }
    }

    fn found(media: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self { status: 200, media, body: body.into() }
    }

    /// As it is sent; the connection ends with it.
    pub fn to_bytes(&self) -> Vec<u8> {
        let reason = match self.status {
            200 => "OK",
            403 => "Forbidden",
            404 => "Not Found",
            405 => "Method Not Allowed",
            _ => "Bad Request",
        };
        let mut head = format!("HTTP/1.1 {} {reason}\r\nContent-Type: {}\r\n", self.status, self.media);
        let _ = write!(
            head,
            "Content-Length: {}\r\nConnection: close\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n\
             Referrer-Policy: no-referrer\r\nCross-Origin-Resource-Policy: same-origin\r\nContent-Security-Policy: {POLICY}\r\n\r\n",
            self.body.len()
        );
        let mut bytes = head.into_bytes();
        bytes.extend_from_slice(&self.body);
        bytes
    }
}

/// Answers a request. Whoever does not know the secret, or comes by another name of this machine, learns nothing.
pub fn answer(request: &Request, address: &str, token: &str, outcomes: &mut [Reviewed], limits: &Limits) -> Answer {
    let port = address.rsplit_once(':').map_or("", |(_, port)| port);
    let is_ours = |host: &str| host == address || host == format!("localhost:{port}");
    let nothing = || Answer::text(404, "there is nothing here");
    if !is_ours(&request.host) {
        return Answer::text(403, "this page is for the machine that it runs on");
    }
    if request.origin.as_deref().is_some_and(|origin| !origin.strip_prefix("http://").is_some_and(is_ours)) {
        return Answer::text(403, "another page asked");
    }
    let path = request.path.split(['?', '#']).next().unwrap_or_default();
    let Some(path) = path.strip_prefix('/').and_then(|path| path.strip_prefix(token)).and_then(|path| path.strip_prefix('/'))
    else {
        return nothing();
    };
    match (request.method.as_str(), path) {
        ("GET", "") => Answer::found("text/html; charset=utf-8", PAGE),
        ("GET", "page.css") => Answer::found("text/css; charset=utf-8", STYLE),
        ("GET", "page.js") => Answer::found("text/javascript; charset=utf-8", SCRIPT),
        ("GET", "failures.json") => Answer::found("application/json", failures(outcomes).to_json()),
        ("GET", path) => picture(path, outcomes, limits).unwrap_or_else(nothing),
        ("POST", "accept") if request.content_type == "application/json" => accept_these(&request.body, outcomes, limits),
        ("POST", "accept") => Answer::text(400, "JSON was expected"),
        _ => Answer::text(405, "GET was expected"),
    }
}

/// All failures, with what the page shows of each beside its pictures.
fn failures(outcomes: &[Reviewed]) -> Value {
    let list = outcomes.iter().enumerate().map(|(index, reviewed)| {
        let outcome = &reviewed.outcome;
        let mut value = report::outcome(outcome);
        let boxes = outcome.drawn.iter().flat_map(|drawn| &drawn.nodes).map(|(node, place, rect)| {
            let rect = Value::list([rect.left, rect.top, rect.width(), rect.height()]);
            json!({ "node": &*escaped(node), "place": &*escaped(place), "box": rect })
        });
        value.insert("index", index);
        value.insert("boxes", boxes.collect::<Value>());
        value.insert("canBeAccepted", outcome.can_be_accepted());
        value.insert("isAccepted", reviewed.is_accepted);
        value.insert("hasPictures", outcome.kind == OutcomeKind::Picture && outcome.drawn.is_some());
        value.insert("lines", report::text(outcome));
        value
    });
    list.collect()
}

/// `picture/INDEX/NAME.png`.
fn picture(path: &str, outcomes: &[Reviewed], limits: &Limits) -> Option<Answer> {
    let (index, name) = path.strip_prefix("picture/")?.split_once('/')?;
    let reviewed = outcomes.get(index.parse::<usize>().ok()?)?;
    let views = report::views(&reviewed.outcome, limits)?;
    let picture: Picture = match name {
        "expected.png" => views.expected?,
        "actual.png" => views.actual,
        "difference.png" => views.difference?,
        _ => return None,
    };
    Some(Answer::found("image/png", encode(Premultiplied::of(&picture), Format::PNG).ok()?))
}

/// Accepts those that `{"indices": [0, 1]}` names.
fn accept_these(body: &[u8], outcomes: &mut [Reviewed], limits: &Limits) -> Answer {
    let text = String::from_utf8_lossy(body);
    let asked = Value::read(&text, "<request>", limits).ok();
    let Some(indices) = asked.as_ref().and_then(|asked| asked.get("indices")).and_then(Value::as_list) else {
        return Answer::text(400, "{\"indices\": […]} was expected");
    };
    let (mut accepted, mut problems) = (Vec::new(), Vec::new());
    for index in indices {
        let index = index.as_integer().and_then(|index| usize::try_from(index).ok());
        let Some((index, reviewed)) = index.and_then(|index| Some((index, outcomes.get_mut(index)?))) else {
            return Answer::text(400, "indices of failures were expected");
        };
        match accept(&reviewed.outcome, limits) {
            Ok(Some(_)) => {
                reviewed.is_accepted = true;
                accepted.push(Value::from(index));
            }
            Ok(None) => problems.push(json!({ "index": index, "message": "there is nothing to accept" })),
            Err(reason) => problems.push(json!({ "index": index, "message": &*escaped(&reason) })),
        }
    }
    let answer = json!({ "accepted": Value::list(accepted), "problems": Value::list(problems) });
    Answer::found("application/json", answer.to_json())
}
