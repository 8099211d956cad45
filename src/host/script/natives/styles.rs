//! What a context's properties are set to.

use std::sync::Arc;

use rquickjs::{Object, Result};

use super::common::{Shared, costly, native, numbers};
use crate::color::Color;
use crate::color::functions::mixed_in_oklab;
use crate::css;
use crate::display::operations::{Circle, Composite, Gradient, GradientKind, LineCap, LineJoin, Pattern, Shadow, StrokeStyle};
use crate::geometry::Point;
use crate::host::script::canvas::{Align, Baseline, Capitals, Ink, Matrix};
use crate::host::script::world::World;
use crate::host::script::{colors, font};

/// Steps of work of half a stop of a gradient.
const STOP: u64 = 100;
/// What is added to the word of a colour of a newer notation.
const MODERN: f64 = 4_294_967_296.0;
/// Stops that stand for one way in Oklab.
const OKLAB_STEPS: u32 = 16;
/// Whose colour is set.
const SHADOW: u32 = 2;

pub fn add(object: &Object<'_>, world: &Shared) -> Result<()> {
    // The colour as it is given back; nothing where it is none.
    native!(object, world, "setColor", |w, id: i32, which: u32, text: String| {
        let (color, css) = colors::parse(&text)?;
        if which == SHADOW {
            w.canvases.get_mut(&id)?.state.shadow.color = color;
        } else {
            *w.ink(id, which == 1)? = Ink::Color(color);
        }
        Some(css)
    });
    native!(object, world, "color", |_w, text: String| {
        let word = |color: Color| u32::from_be_bytes([color.red, color.green, color.blue, color.alpha]);
        // What is written as older notations are is mixed as it always was.
        let is_legacy = |css: &str| css.starts_with('#') || css.starts_with("rgba(");
        colors::parse(&text).map(|(color, css)| f64::from(word(color)) + if is_legacy(&css) { 0.0 } else { MODERN })
    });
    costly!(object, world, "setGradient", |w, id: i32, stroke: bool, kind: u32, at: Vec<f64>, stops: Vec<f64>| {
        w.account.spend(STOP * stops.len() as u64);
        let gradient = gradient(kind, &at, &stops);
        if let Some(ink) = w.ink(id, stroke) {
            *ink = Ink::Gradient(gradient.map(Arc::new));
        }
    });
    native!(object, world, "setPattern", |w, id: i32, stroke: bool, pattern: i32, transform: Vec<f64>| {
        let pattern = pattern_of(w, id, pattern, Matrix(numbers(&transform)));
        if let Some(ink) = w.ink(id, stroke) {
            *ink = Ink::Pattern(pattern.map(Arc::new));
        }
    });
    native!(object, world, "setAlpha", |w, id: i32, alpha: f64| {
        if let Some(canvas) = w.canvases.get_mut(&id) {
            canvas.state.alpha = alpha;
        }
    });
    native!(object, world, "setComposite", |w, id: i32, name: String| {
        let clears = name == "clear";
        let composite = if clears { Some(Composite::Copy) } else { Composite::from_keyword(&name) };
        if let (Some(composite), Some(canvas)) = (composite, w.canvases.get_mut(&id)) {
            (canvas.state.composite, canvas.state.clears) = (composite, clears);
        }
        composite.is_some()
    });
    native!(object, world, "setShadow", |w, id: i32, blur: f64, x: f64, y: f64| {
        if let Some(canvas) = w.canvases.get_mut(&id) {
            let color = canvas.state.shadow.color;
            canvas.state.shadow = Shadow { color, blur: blur as f32, x: x as f32, y: y as f32, only: false };
        }
    });
    native!(object, world, "setSmooth", |w, id: i32, smooth: bool| {
        if let Some(canvas) = w.canvases.get_mut(&id) {
            canvas.state.smooth = smooth;
        }
    });
    native!(object, world, "setLine", |w, id: i32, width: f64, cap: String, join: String, miter: f64| {
        if let Some(canvas) = w.canvases.get_mut(&id) {
            let line = Arc::make_mut(&mut canvas.state.line);
            line.width = width as f32;
            line.miter_limit = miter as f32;
            line.cap = LineCap::from_keyword(&cap).unwrap_or(line.cap);
            line.join = LineJoin::from_keyword(&join).unwrap_or(line.join);
        }
    });
    native!(object, world, "setDash", |w, id: i32, dashes: Vec<f64>, offset: f64| {
        if let Some(canvas) = w.canvases.get_mut(&id) {
            let line: &mut StrokeStyle = Arc::make_mut(&mut canvas.state.line);
            line.dashes = dashes.iter().take(10_000).map(|length| *length as f32).collect();
            line.dash_offset = offset as f32;
        }
    });
    // The font as it is given back; nothing where it is none.
    native!(object, world, "setFont", |w, id: i32, text: String| {
        let canvas = w.canvases.get_mut(&id)?;
        if canvas.state.text.font.css != text {
            canvas.state.text.font = Arc::new(font::Font::parse(&text)?);
        }
        Some(canvas.state.text.font.css.clone())
    });
    native!(object, world, "length", |w, id: i32, text: String| {
        let em = w.canvases.get(&id).map_or(10.0, |canvas| canvas.state.text.font.size);
        let text = text.to_ascii_lowercase();
        css::length(&text, em).filter(|_| text.ends_with(|c: char| c.is_ascii_alphabetic()))
    });
    native!(object, world, "setKerning", |w, id: i32, kerning: bool| {
        if let Some(canvas) = w.canvases.get_mut(&id) {
            canvas.state.text.kerning = kerning;
        }
    });
    native!(object, world, "setCapitals", |w, id: i32, word: String| {
        if let Some(canvas) = w.canvases.get_mut(&id) {
            canvas.state.text.capitals = Capitals::from_keyword(&word);
        }
    });
    native!(object, world, "setText", |w, id: i32, align: String, baseline: String, rtl: bool, letters: f64, words: f64| {
        if let Some(canvas) = w.canvases.get_mut(&id) {
            let text = &mut canvas.state.text;
            text.align = align_of(&align);
            text.baseline = baseline_of(&baseline);
            (text.right_to_left, text.letter_spacing, text.word_spacing) = (rtl, letters as f32, words as f32);
        }
    });
    Ok(())
}

fn align_of(name: &str) -> Align {
    match name {
        "end" => Align::End,
        "left" => Align::Left,
        "right" => Align::Right,
        "center" => Align::Center,
        _ => Align::Start,
    }
}

fn baseline_of(name: &str) -> Baseline {
    match name {
        "top" => Baseline::Top,
        "hanging" => Baseline::Hanging,
        "middle" => Baseline::Middle,
        "ideographic" => Baseline::Ideographic,
        "bottom" => Baseline::Bottom,
        _ => Baseline::Alphabetic,
    }
}

/// A gradient of a context; `None` where it draws nothing. `stops` has an offset and a colour, `0xRRGGBBAA`, in turn.
fn gradient(kind: u32, at: &[f64], stops: &[f64]) -> Option<Gradient> {
    let [x0, y0, x1, y1, r0, r1] = numbers::<6>(at).map(|number| number as f32);
    let kind = match kind {
        0 => GradientKind::Linear { start: Point::new(x0, y0), end: Point::new(x1, y1) },
        1 => {
            let start = Circle { center: Point::new(x0, y0), radius: r0 };
            GradientKind::Radial { start, end: Circle { center: Point::new(x1, y1), radius: r1 } }
        }
        _ => GradientKind::Conic { center: Point::new(x0, y0), angle: x1 },
    };
    let is_modern = stops.chunks(2).any(|pair| pair.get(1).is_some_and(|word| *word >= MODERN));
    let stop = |pair: &[f64]| {
        let [red, green, blue, alpha] = ((pair.get(1).copied().unwrap_or(0.0) % MODERN) as u32).to_be_bytes();
        (pair.first().copied().unwrap_or(0.0) as f32, Color::rgba(red, green, blue, alpha))
    };
    let mut stops: Vec<(f32, Color)> = stops.chunks(2).map(stop).collect();
    // Stops at one place stay in the order in which they were added.
    stops.sort_by(|a, b| a.0.total_cmp(&b.0));
    if is_modern {
        stops = through_oklab(&stops);
    }
    (!stops.is_empty()).then(|| Gradient { kind, stops: stops.into(), repeating: false, premultiplied: false })
}

/// Stops with further ones between them, so that colours are mixed in Oklab (CSS Color 4, §12.1): as browsers do where one of them
/// is of a newer notation.
fn through_oklab(stops: &[(f32, Color)]) -> Vec<(f32, Color)> {
    let mut fine = Vec::with_capacity(stops.len() * OKLAB_STEPS as usize);
    for pair in stops.windows(2) {
        let [(from, first), (to, second)] = pair else { continue };
        fine.push((*from, *first));
        if from < to {
            let between = (1..OKLAB_STEPS).map(|step| {
                let by = step as f32 / OKLAB_STEPS as f32;
                (from + (to - from) * by, mixed_in_oklab(*first, *second, f64::from(by)))
            });
            fine.extend(between);
        }
    }
    fine.extend(stops.last());
    fine
}

/// A pattern of a context; `None` where it draws nothing.
fn pattern_of(world: &World, canvas: i32, pattern: i32, transform: Matrix) -> Option<Pattern> {
    let found = world.patterns.get(&pattern)?;
    let picture = found.picture.clone()?;
    transform.inverse()?;
    let whole = World::whole(&picture);
    Some(Pattern {
        src: Arc::clone(&found.src),
        source: whole,
        tile: whole,
        picture,
        repeat_x: found.repeat.0,
        repeat_y: found.repeat.1,
        transform: transform.to_transform(),
        smooth: world.canvases.get(&canvas).is_none_or(|canvas| canvas.state.smooth),
    })
}
