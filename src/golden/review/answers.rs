//! What the review server answers: the page, the list of failures, their pictures, and accepting.

use crate::escape::escaped;
use crate::golden::accept::accept;
use crate::golden::outcome::{Outcome, OutcomeKind};
use crate::golden::report;
use crate::host::loopback::{Answer, Request};
use crate::json;
use crate::json::Value;
use crate::limits::Limits;
use crate::picture::{Format, Picture, Premultiplied, encode};

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
/// A failure under review.
pub struct Reviewed {
    /// What failed.
    pub outcome: Outcome,
    /// True once it was accepted here.
    pub is_accepted: bool,
}

/// Answers a request.
pub fn answer(request: &Request, outcomes: &mut [Reviewed], limits: &Limits) -> Answer<'static> {
    let nothing = || Answer::text(404, "there is nothing here");
    match (request.method.as_str(), request.path.as_str()) {
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
        value.insert("titles", Value::list(outcome.titles().map(|title| Value::from(&*escaped(title)))));
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
fn picture(path: &str, outcomes: &[Reviewed], limits: &Limits) -> Option<Answer<'static>> {
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
fn accept_these(body: &[u8], outcomes: &mut [Reviewed], limits: &Limits) -> Answer<'static> {
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
