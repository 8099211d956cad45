//! The contrast of each text with what is behind it, as it is drawn.

use std::collections::HashMap;
use std::sync::Arc;

use crate::color::Color;
use crate::display::{Command, DrawList};
use crate::error::Result;
use crate::geometry::{PixelRect, Point, Rect, Transform};
use crate::golden::drawn::{Drawn, rasterized};
use crate::limits::Limits;
use crate::pipeline::Renderer;
use crate::scene::Node;
use crate::text::{GlyphRun, TextSource};

/// So many of a text's pixels may be below, of a hundred: what an avatar's edge touches is no text that can't be read.
const LEFT_OUT: usize = 5;

/// Two colours of less contrast are one.
const SAME: f32 = 1.02;

/// The texts whose contrast with what is behind them is below a ratio, by node. What is behind a text is the board without
/// its letters, on white where it lets through. Emoji have colours of their own and are left out.
///
/// # Errors
/// Where the board can't be drawn without its texts.
pub fn below(drawn: &Drawn, least: f32, renderer: &mut Renderer, limits: &Limits) -> Result<Vec<String>> {
    let list = &drawn.shown.list;
    let without = DrawList { commands: list.commands.iter().filter(|command| !is_text(command)).cloned().collect(), ..*list };
    let behind = rasterized(renderer, &without, limits)?;
    let nodes = nodes_of_runs(drawn);
    let ground = Ground { width: list.width as usize, behind: &behind, drawn: drawn.picture.pixels() };
    let mut found: Vec<(String, f32)> = Vec::new();
    let mut transforms = vec![Transform::IDENTITY];
    let mut opacities = vec![1.0_f32];
    let mut clips = vec![PixelRect::new(0, 0, list.width as i32, list.height as i32)];
    for command in &list.commands {
        match command {
            Command::PushTransform(transform) => {
                let outer = transforms.last().copied().unwrap_or(Transform::IDENTITY);
                transforms.push(outer.then(transform));
            }
            Command::PopTransform => drop(transforms.pop()),
            Command::PushClip(clip) => {
                let bounds = transforms.last().unwrap_or(&Transform::IDENTITY).bounds(&clip.rect);
                let outer = clips.last().copied().unwrap_or(PixelRect::new(0, 0, 0, 0));
                clips.push(PixelRect::around(&bounds).intersection(&outer));
            }
            Command::PopClip => drop(clips.pop()),
            Command::PushLayer { opacity, .. } => opacities.push(opacities.last().unwrap_or(&1.0) * opacity),
            Command::PopLayer => drop(opacities.pop()),
            Command::Glyphs { run, origin, scale, color, .. } if is_text(command) && !is_colored(renderer, run) => {
                let area = ink(run, *origin, *scale, transforms.last().unwrap_or(&Transform::IDENTITY));
                let area = clips.last().map_or(area, |clip| area.intersection(clip));
                let color = color.faded(*opacities.last().unwrap_or(&1.0));
                let Some(ratio) = ground.contrast(color, &area).filter(|ratio| *ratio < least) else { continue };
                let place = nodes.get(&Arc::as_ptr(run)).map_or_else(String::new, |node| format!("{}: ", node.place));
                let text = format!("contrast: {place}'{:.40}' in {}", run.text, hex(color));
                match found.iter_mut().find(|(known, _)| *known == text) {
                    Some((_, known)) => *known = known.min(ratio),
                    None => found.push((text, ratio)),
                }
            }
            _ => {}
        }
    }
    Ok(found.into_iter().map(|(text, ratio)| format!("{text} has {ratio:.2}:1, at least {least}:1 was expected")).collect())
}

/// True for the filling of letters; strokes and shadows are behind it.
fn is_text(command: &Command) -> bool {
    matches!(command, Command::Glyphs { stroke: None, blur, .. } if *blur == 0.0)
}

/// True for letters that have colours of their own.
fn is_colored(renderer: &Renderer, run: &GlyphRun) -> bool {
    matches!(&renderer.text, TextSource::Engine(engine) if engine.is_color_face(run.face))
}

/// Which node each run is of. Two nodes that say the same may share one; the first is told then.
fn nodes_of_runs(drawn: &Drawn) -> HashMap<*const GlyphRun, &Node> {
    let mut nodes = HashMap::new();
    let prepared = &drawn.shown.prepared;
    for (node, place) in prepared.scene.nodes.iter().zip(&prepared.layout.boxes) {
        let rich = place.rich.iter().map(|rich| &*rich.layout);
        let layouts = place.text.as_deref().into_iter().chain(place.letter.as_deref()).chain(rich);
        for run in layouts.flat_map(|text| &text.lines).flat_map(|line| &line.runs) {
            nodes.entry(Arc::as_ptr(run)).or_insert(node);
        }
    }
    nodes
}

/// Where letters are, px of the canvas.
fn ink(run: &GlyphRun, origin: Point, scale: f32, transform: &Transform) -> PixelRect {
    let size = run.size * scale;
    let rect = Rect::new(origin.x + run.x * scale, origin.y - size, run.advance * scale, size * 1.3);
    PixelRect::around(&transform.bounds(&rect))
}

/// A board with and without its letters, premultiplied RGBA8.
struct Ground<'a> {
    width: usize,
    behind: &'a [u8],
    drawn: &'a [u8],
}

impl Ground<'_> {
    /// The contrast of a colour with what is behind the letters in an area; `None` where there are none.
    fn contrast(&self, color: Color, area: &PixelRect) -> Option<f32> {
        let (mut of_letters, mut of_area) = (Vec::new(), Vec::new());
        // Most grounds have few colours: each is looked at once.
        let mut known: HashMap<[u8; 4], f32> = HashMap::new();
        for y in area.top..area.bottom {
            let start = (y as usize * self.width + area.left.max(0) as usize) * 4;
            let range = start..start + area.width().max(0) as usize * 4;
            let (Some(behind), Some(drawn)) = (self.behind.get(range.clone()), self.drawn.get(range)) else { continue };
            for (behind, drawn) in behind.as_chunks::<4>().0.iter().zip(drawn.as_chunks::<4>().0) {
                let ratio = known.entry(*behind).or_insert_with(|| {
                    let ground = on_white(*behind);
                    over(color, ground).contrast(ground)
                });
                of_area.push(*ratio);
                if behind != drawn {
                    of_letters.push(*ratio);
                }
            }
        }
        if of_letters.is_empty() {
            // Letters in the very colour of what is behind them change no pixel; those that something covers neither.
            return of_area.iter().all(|ratio| *ratio < SAME).then(|| of_area.first().copied()).flatten();
        }
        of_letters.sort_by(f32::total_cmp);
        of_letters.get(of_letters.len() * LEFT_OUT / 100).copied()
    }
}

fn on_white([red, green, blue, alpha]: [u8; 4]) -> Color {
    let channel = |channel: u8| channel.saturating_add(255 - alpha);
    Color { red: channel(red), green: channel(green), blue: channel(blue), alpha: 255 }
}

fn over(color: Color, ground: Color) -> Color {
    let alpha = u32::from(color.alpha);
    let mixed = |top: u8, bottom: u8| ((u32::from(top) * alpha + u32::from(bottom) * (255 - alpha) + 127) / 255) as u8;
    Color {
        red: mixed(color.red, ground.red),
        green: mixed(color.green, ground.green),
        blue: mixed(color.blue, ground.blue),
        alpha: 255,
    }
}

fn hex(color: Color) -> String {
    let Color { red, green, blue, alpha } = color;
    let opaque = format!("#{red:02x}{green:02x}{blue:02x}");
    if alpha == 255 { opaque } else { format!("{opaque}{alpha:02x}") }
}
