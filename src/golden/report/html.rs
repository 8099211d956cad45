//! A run as one page that opens from anywhere: no script, no other file, light and dark, small enough for a CI artefact.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::picture::{Layout, views, within};
use super::text::{node, summary, would_pass};
use crate::escape::escaped;
use crate::golden::blame::Blame;
use crate::golden::outcome::{Failure, Outcome, OutcomeKind, PixelFailure};
use crate::golden::reference::Keeping;
use crate::limits::Limits;
use crate::picture::{Format, Picture, Premultiplied, encode, encode_under};

/// What the failures of a page may weigh in all, bytes.
const PAGE_BYTES: usize = 1_700_000;
/// What one failure may weigh, bytes.
const FAILURE_BYTES: usize = 400_000;
/// What its text may weigh of that.
const TEXT_SHARE: usize = 4;
/// Failures that are shown with their pictures.
const SHOWN_MOST: usize = 200;
/// Failures that are listed.
const LISTED_MOST: usize = 2_000;
/// Longest side of a failure's picture, px.
const SIDE_MOST: u32 = 2_400;

const HEAD: &str = r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>friendboard golden</title>
<style>
:root { color-scheme: light dark; --ground: #fff; --ink: #1c1e21; --quiet: #5a6069; --line: #d7dbe0; --card: #f6f7f9;
  --bad: #b3261e; --good: #14713a; --old: #ffe3e0; --new: #dcf5e3; }
@media (prefers-color-scheme: dark) { :root { --ground: #16181c; --ink: #e7e9ec; --quiet: #a3abb6; --line: #363b43;
  --card: #1f2329; --bad: #ff9d94; --good: #7ddb9c; --old: #4b2522; --new: #1d3d29; } }
body { margin: 0 auto; padding: 24px; max-width: 1400px; background: var(--ground); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 22px; margin: 0 0 4px; } h2 { font-size: 17px; margin: 0 0 8px; overflow-wrap: anywhere; }
section { border: 1px solid var(--line); border-radius: 10px; background: var(--card); padding: 16px; margin: 16px 0; }
p, ul { margin: 4px 0; } ul { padding-left: 20px; } li { overflow-wrap: anywhere; }
.bad { color: var(--bad); } .good { color: var(--good); } .quiet { color: var(--quiet); }
img { max-width: 100%; height: auto; border: 1px solid var(--line); margin-top: 8px; image-rendering: auto; }
pre { overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; padding: 8px; font: 13px/1.45 ui-monospace, monospace; }
del, ins { text-decoration: none; display: block; } del { background: var(--old); } ins { background: var(--new); }
code { font: 13px ui-monospace, monospace; } a { color: inherit; }
</style>
</head>
<body>
"#;

/// A run as one page. It is under 2 MB for as many failures as there may be: the more there are, the smaller their pictures
/// and texts, and of the last of many there are the names alone.
#[must_use]
pub fn html(outcomes: &[Outcome], layout: Layout, limits: &Limits) -> String {
    let failed: Vec<&Outcome> = outcomes.iter().filter(|outcome| !outcome.passed()).collect();
    let share = (PAGE_BYTES / failed.len().clamp(1, SHOWN_MOST)).min(FAILURE_BYTES);
    let mut page = String::from(HEAD);
    let class = if failed.is_empty() { "good" } else { "bad" };
    let _ = writeln!(page, "<h1>friendboard golden</h1>\n<p class=\"{class}\">{}</p>", markup(&summary(outcomes)));
    if !failed.is_empty() {
        let is_of_cases = outcomes.iter().any(|outcome| outcome.keeping != Keeping::Files);
        let command = if is_of_cases { "friendboard golden accept" } else { "friendboard golden compare --accept" };
        let taken = if is_of_cases { "what was drawn" } else { "what is in the second folder" };
        let _ = writeln!(page, "<p class=\"quiet\"><code>{command}</code> takes {taken} as right.</p>");
    }
    for outcome in failed.iter().take(SHOWN_MOST) {
        section(&mut page, outcome, share, layout, limits);
    }
    let rest = failed.len().saturating_sub(SHOWN_MOST);
    if rest > 0 {
        let _ = writeln!(page, "<section><h2>{rest} more failed</h2><ul>");
        for outcome in failed.iter().skip(SHOWN_MOST).take(LISTED_MOST) {
            let name: String = outcome.name().chars().take(200).collect();
            let _ = writeln!(page, "<li>{}</li>", markup(&name));
        }
        page.push_str("</ul></section>\n");
    }
    page.push_str("</body>\n</html>\n");
    page
}

fn section(page: &mut String, outcome: &Outcome, share: usize, layout: Layout, limits: &Limits) {
    let name = outcome.name();
    let mut text = String::new();
    for failure in &outcome.failures {
        let _ = writeln!(text, "<p class=\"bad\">{}</p>", markup(&failure.message()));
    }
    let left = (share / TEXT_SHARE).saturating_sub(text.len());
    for failure in &outcome.failures {
        match failure {
            Failure::Pixels(pixels) => {
                blame(&mut text, &pixels.blame, outcome.keeping, left);
                tolerance(&mut text, pixels);
            }
            Failure::Events(difference) => lines(&mut text, difference, left),
            failure => {
                if let Some(found) = failure.blame() {
                    blame(&mut text, found, outcome.keeping, left);
                }
            }
        }
    }
    let _ = writeln!(page, "<section id=\"{0}\">\n<h2>{0}</h2>\n{text}", markup(&name));
    let room = share.saturating_sub(text.len() + 600) / 4 * 3;
    if outcome.kind == OutcomeKind::Picture {
        picture(page, outcome, room, layout, limits);
    }
    page.push_str("</section>\n");
}

/// Expected, actual and difference in one picture of at most so many bytes.
fn picture(page: &mut String, outcome: &Outcome, room: usize, layout: Layout, limits: &Limits) {
    let Some(views) = views(outcome, limits) else { return };
    let [expected, drawn] = outcome.titles().map(markup);
    let is_alone = layout == Layout::Difference && views.difference.is_some();
    let what = [
        (expected.as_str(), views.expected.is_some() && !is_alone),
        (drawn.as_str(), !is_alone),
        ("difference", views.difference.is_some()),
    ];
    let what: Vec<&str> = what.into_iter().filter_map(|(what, is_there)| is_there.then_some(what)).collect();
    let Some((bytes, media)) = views.together(layout, false).and_then(|picture| fitted(&within(&picture, SIDE_MOST), room))
    else {
        return;
    };
    let alt = what.join(", ");
    let shown = match views.bounds {
        Some(_) => format!("{alt}: what differs, with a margin"),
        None => alt.clone(),
    };
    let _ = writeln!(
        page,
        "<p class=\"quiet\">{shown}</p>\n<img alt=\"{alt}\" src=\"data:{media};base64,{}\">",
        STANDARD.encode(bytes)
    );
}

/// A PNG where it is light enough, or else a JPEG that is.
fn fitted(picture: &Picture, room: usize) -> Option<(Vec<u8>, &'static str)> {
    // What is far too heavy is not squeezed first.
    let is_small = u64::from(picture.width()) * u64::from(picture.height()) <= room as u64 * 8;
    if is_small
        && let Ok(png) = encode(Premultiplied::of(picture), Format::Png { best: true })
        && png.len() <= room
    {
        return Some((png, "image/png"));
    }
    let jpeg = encode_under(picture, room).ok()?;
    Some((jpeg.bytes, "image/jpeg"))
}

fn blame(text: &mut String, blame: &Blame, keeping: Keeping, room: usize) {
    if !blame.nodes.is_empty() {
        text.push_str("<ul>\n");
        for culprit in &blame.nodes {
            let said: String = node(culprit).chars().take(400).collect();
            let _ = writeln!(text, "<li>{}</li>", markup(&said));
        }
        text.push_str("</ul>\n");
    }
    match blame.stage {
        Some(stage) => {
            let _ = writeln!(text, "<p>It begins at <b>{stage}</b>.</p>");
            lines(text, &blame.text, room);
        }
        None if keeping == Keeping::Files => {}
        None => text.push_str("<p class=\"quiet\">No record of the stages stands beside this reference.</p>\n"),
    }
}

fn lines(text: &mut String, difference: &str, room: usize) {
    if difference.is_empty() {
        return;
    }
    let end = text.len() + room;
    text.push_str("<pre>");
    for line in difference.lines() {
        let said = markup(line);
        if text.len() + said.len() > end {
            text.push('…');
            break;
        }
        let _ = match line.chars().next() {
            Some('-') => write!(text, "<del>{said}</del>"),
            Some('+') => write!(text, "<ins>{said}</ins>"),
            _ => writeln!(text, "{said}"),
        };
    }
    text.push_str("</pre>\n");
}

fn tolerance(text: &mut String, pixels: &PixelFailure) {
    let would_pass = would_pass(pixels, |key, value| format!("<code>{key} = {value}</code>"));
    let _ = writeln!(text, "<p class=\"quiet\">It would pass with a tolerance of {would_pass}.</p>");
}

/// Text as a page shows it.
fn markup(text: &str) -> String {
    escaped(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
