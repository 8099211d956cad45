//! One picture from one request: what a WASM module answers, and what a test asks natively to compare the two.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::error::{Diagnostics, Error, ErrorKind, Place, Result};
use crate::picture::Pixels;
use crate::pipeline::Renderer;
use crate::scene::BoardState;
use crate::template::Value;

/// What is to be drawn. Members that are not known are refused, so that a misspelt one is not passed over.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Request<'a> {
    #[serde(default)]
    board: Option<String>,
    #[serde(default)]
    template: Option<String>,
    #[serde(default)]
    styles: Vec<String>,
    #[serde(borrow, default)]
    data: Option<&'a RawValue>,
    width: f32,
    height: f32,
    #[serde(default = "one")]
    dpr: f32,
    #[serde(default = "light")]
    theme: String,
    #[serde(default = "english")]
    locale: String,
    #[serde(default)]
    state: Option<String>,
    #[serde(default)]
    self_openid: Option<String>,
    #[serde(borrow, default)]
    variables: Option<&'a RawValue>,
    #[serde(default)]
    scroll: std::collections::BTreeMap<String, (f32, f32)>,
}

fn one() -> f32 {
    1.0
}

fn light() -> String {
    "light".to_owned()
}

fn english() -> String {
    "en".to_owned()
}

/// A picture as a game's canvas takes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    /// Width, device px.
    pub width: u32,
    /// Height, device px.
    pub height: u32,
    /// Straight RGBA8 rows from the top, as `ImageData` has them.
    pub pixels: Vec<u8>,
}

/// Draws what a JSON request says.
///
/// | member | value |
/// |---|---|
/// | `board` | a built-in board; `leaderboard` where there is no `template` either |
/// | `template`, `styles` | a template (XML) and its style sheets (JSON texts), in place of `board` |
/// | `data` | friend data in any platform's shape: the value itself, or its JSON as a string |
/// | `width`, `height` | the canvas in px at dpr 1 |
/// | `dpr` | device px per px; 1 |
/// | `theme`, `locale` | a bundled theme and locale; `light`, `en` |
/// | `state` | `ready`, `loading`, `empty`, `denied`, `error`; without it, as the data says |
/// | `selfOpenid` | the player's own openid |
/// | `variables` | an object of further values that the template names |
/// | `scroll` | offsets by scrollview id: `{"list": [0, 120]}` |
///
/// # Errors
/// [`ErrorKind::Usage`] for a request that is not of this form; otherwise as [`Renderer::begin`].
///
/// ```
/// use friendboard::{Diagnostics, Limits, host::request::draw, pipeline::Renderer, text::Fonts};
/// let mut renderer = Renderer::new(Fonts::bundled(), Limits::default());
/// let request = r#"{"width": 320, "height": 200, "data": [{"openid": "a", "nickname": "小明"}]}"#;
/// let drawn = draw(request, &mut renderer, &mut Diagnostics::new())?;
/// assert_eq!(drawn.pixels.len(), 320 * 200 * 4);
/// # Ok::<(), friendboard::Error>(())
/// ```
pub fn draw(request: &str, renderer: &mut Renderer, diagnostics: &mut Diagnostics) -> Result<Drawn> {
    let limits = renderer.limits().clone();
    let request: Request<'_> = serde_json::from_str(request).map_err(|error| {
        let place = Place::document("<request>").at(error.line() as u32, error.column() as u32);
        Error::new(ErrorKind::Usage, format!("a request to draw was expected: {error}")).at(place).source(error)
    })?;
    let state = match &request.state {
        Some(keyword) => Some(BoardState::from_keyword(keyword).ok_or_else(|| {
            Error::new(ErrorKind::Usage, format!("unknown state '{keyword}': expected ready, loading, empty, denied or error"))
        })?),
        None => None,
    };
    let mut asked = crate::Request::friends(request.data.map_or("[]", RawValue::get)).size(request.width, request.height);
    asked = asked.dpr(request.dpr).theme(request.theme.as_str()).locale(request.locale.as_str());
    (asked.board, asked.template, asked.styles) = (request.board, request.template, request.styles);
    (asked.state, asked.scroll) = (state, request.scroll);
    asked.self_openid = request.self_openid.as_deref().map(Arc::from);
    if let Some(variables) = request.variables {
        let Value::Map(variables) = Value::from_json(variables.get(), &limits)? else {
            return Err(Error::new(ErrorKind::Usage, "`variables` was expected to be an object"));
        };
        asked.variables = variables.iter().map(|(name, value)| (Arc::clone(name), value.clone())).collect();
    }
    let board = asked.compile(&limits)?;
    let frame = renderer.begin(&board, &asked)?.finish()?;
    diagnostics.extend(frame.diagnostics);
    let canvas = frame.canvas;
    Ok(Drawn { width: canvas.width(), height: canvas.height(), pixels: Pixels::from(&canvas).straight().into_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use crate::text::Fonts;

    #[test]
    fn what_is_wrong_with_a_request_is_said() {
        let mut renderer = Renderer::new(Fonts::bundled(), Limits::default());
        for (request, said) in [
            ("", "a request to draw"),
            (r#"{"width": 9}"#, "height"),
            (r#"{"width": 9, "height": 9, "bord": 1}"#, "bord"),
            (r#"{"width": 0, "height": 9}"#, "positive size"),
            (r#"{"width": 9, "height": 9, "board": "x"}"#, "unknown board"),
            (r#"{"width": 9, "height": 9, "board": "podium", "template": "<view/>"}"#, "found both"),
            (r#"{"width": 9, "height": 9, "state": "x"}"#, "unknown state"),
            (r#"{"width": 9, "height": 9, "theme": "x"}"#, "unknown theme"),
            (r#"{"width": 9, "height": 9, "variables": 1}"#, "an object"),
            (r#"{"width": 9, "height": 9, "scroll": {"nowhere": [0, 1]}}"#, "nowhere"),
            (r#"{"width": 90000, "height": 90000}"#, "canvas"),
        ] {
            let error = draw(request, &mut renderer, &mut Diagnostics::new()).unwrap_err();
            assert!(error.to_string().contains(said), "{request}: {error}");
        }
    }
}
