//! What of a frame stands in the next one, only moved: a list that scrolls. Its pixels are moved, and no more is drawn than what
//! came in sight and what lies over it.

use super::boxes::stands_alike;
use super::list::{covers_fully, first_seen_of};
use crate::display::{Command, DrawList, Paint, Shape, reach};
use crate::geometry::{PixelRect, Rect, RoundedRect};

/// As many commands are tried for the first one that both lists have.
const TRIED: usize = 64;
/// Of at most so many tenths of the pixels that are moved, it pays to draw the others anew.
const TENTHS: i64 = 6;
/// A picture that is larger is scaled to what the canvas shows of it, px a side.
const LARGEST: f32 = 4_096.0;

/// How to come from one list's pixels to another's.
#[derive(Debug, PartialEq)]
pub struct Moved {
    /// The pixels within which others are moved.
    pub within: PixelRect,
    /// How far they are moved down.
    pub down: i32,
    /// What is to be drawn anew then.
    pub anew: Vec<PixelRect>,
}

/// Finds out what can be moved to come from one list to the next; `None` where drawing anew what differs is as good.
pub fn moved(before: &DrawList, after: &DrawList) -> Option<Moved> {
    if (before.width, before.height) != (after.width, after.height) {
        return None;
    }
    let (old, new) = (before.commands.as_slice(), after.commands.as_slice());
    let start = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let most = old.len().min(new.len()) - start;
    let end = old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    let (prefix, suffix) = (new.get(..start)?, new.get(new.len() - end..)?);
    let (old, new) = (old.get(start..old.len() - end)?, new.get(start..new.len() - end)?);
    let within = clipped(prefix, after)?;
    let (down, skipped_old, skipped_new) = alignment(old, new)?;
    let gone = PixelRect { top: within.top + down, bottom: within.bottom + down, ..within }.intersection(&within);
    if gone.is_empty() || !is_even(prefix, &within) {
        return None;
    }
    let mut anew = vec![exposed(&within, down)];
    let whole = PixelRect::new(0, 0, after.width as i32, after.height as i32);
    let moved = |area: PixelRect| PixelRect { top: area.top + down, bottom: area.bottom + down, ..area };
    // What is in one list alone: where it is drawn, and where what was drawn has come.
    let (old_first, old) = old.split_at_checked(skipped_old)?;
    let (new_first, new) = new.split_at_checked(skipped_new)?;
    let shared = old.len().min(new.len());
    let (old_last, new_last) = (old.get(shared..)?, new.get(shared..)?);
    if ![old_first, new_first, old_last, new_last].into_iter().all(is_balanced) {
        return None;
    }
    let differing = || old.iter().zip(new).filter(|(a, b)| !is_moved(a, b, down as f32));
    if differing().any(|(a, b)| changes_state(a) || changes_state(b)) {
        return None;
    }
    for command in old_first.iter().chain(old_last).chain(differing().map(|(a, _)| a)) {
        let area = over(command)?;
        anew.extend([area.intersection(&whole), moved(area).intersection(&within)]);
    }
    for command in new_first.iter().chain(new_last).chain(differing().map(|(_, b)| b)) {
        anew.push(over(command)?.intersection(&whole));
    }
    // What lies over it stays where it is, and its pixels have gone along.
    for command in suffix {
        let area = over(command)?;
        anew.extend([area.intersection(&within), moved(area).intersection(&within)]);
    }
    let anew = joined(anew);
    let pixels = |area: &PixelRect| i64::from(area.width()) * i64::from(area.height());
    (anew.iter().map(pixels).sum::<i64>() * 10 < pixels(&within) * TENTHS).then_some(Moved { within, down, anew })
}

/// The pixels that the open clips leave, where they leave all of them; no other state may be open.
fn clipped(prefix: &[Command], list: &DrawList) -> Option<PixelRect> {
    let mut open: Vec<&Command> = Vec::new();
    for command in prefix {
        match command {
            Command::PushClip(_) | Command::PushTransform(_) | Command::PushLayer { .. } => open.push(command),
            Command::PopClip | Command::PopTransform | Command::PopLayer => drop(open.pop()),
            _ => {}
        }
    }
    let clips: Option<Vec<&RoundedRect>> =
        open.into_iter().map(|command| if let Command::PushClip(shape) = command { Some(shape) } else { None }).collect();
    let clips = clips?;
    let whole = PixelRect::new(0, 0, list.width as i32, list.height as i32);
    let within = clips.iter().fold(whole, |area, shape| area.intersection(&PixelRect::around(&shape.rect)));
    (!within.is_empty() && clips.iter().all(|shape| covers_fully(shape, &within))).then_some(within)
}

/// How far the commands of one list are from those of the other, and how many of either are passed over first.
fn alignment(old: &[Command], new: &[Command]) -> Option<(i32, usize, usize)> {
    let pair = |a: usize, b: usize| {
        let (from, to) = (top(old.get(a)?)?, top(new.get(b)?)?);
        let down = to - from;
        let fits = down != 0.0 && down.fract() == 0.0 && is_moved(old.get(a)?, new.get(b)?, down);
        // The next ones tell whether it is not just another one of its kind.
        let next = |offset: usize| match (old.get(a + offset), new.get(b + offset)) {
            (Some(a), Some(b)) => is_moved(a, b, down),
            _ => true,
        };
        (fits && (1..4).all(next)).then_some((down as i32, a, b))
    };
    (0..TRIED).find_map(|skipped| pair(skipped, 0).or_else(|| pair(0, skipped)))
}

/// True where all pixels of an area look alike below what is moved.
fn is_even(prefix: &[Command], area: &PixelRect) -> bool {
    let first = first_seen_of(prefix, area);
    let is_solid = |command: &Command| matches!(command, Command::Fill { paint: Paint::Solid(_), .. });
    let Some((base, later)) = prefix.get(first.index..).and_then(<[Command]>::split_first) else { return false };
    first.covers_all
        && is_solid(base)
        && later.iter().all(|command| over(command).is_some_and(|reached| reached.intersection(area).is_empty()))
}

/// The pixels that were not there before.
fn exposed(within: &PixelRect, down: i32) -> PixelRect {
    if down > 0 {
        PixelRect { bottom: within.top + down, ..*within }
    } else {
        PixelRect { top: within.bottom + down, ..*within }
    }
}

/// True where every clip that is opened is closed, and no other.
fn is_balanced(commands: &[Command]) -> bool {
    let mut open = 0;
    commands.iter().all(|command| {
        open += match command {
            Command::PushClip(_) => 1,
            Command::PopClip => -1,
            _ => 0,
        };
        open >= 0
    }) && open == 0
}

/// What a command can touch without a transform, nothing for a clip; `None` for transforms and layers.
fn over(command: &Command) -> Option<PixelRect> {
    match command {
        Command::PushTransform(_) | Command::PopTransform | Command::PushLayer { .. } | Command::PopLayer => None,
        Command::PushClip(_) | Command::PopClip => Some(PixelRect::default()),
        drawn => Some(PixelRect::around(&reach(drawn))),
    }
}

fn changes_state(command: &Command) -> bool {
    command.is_state() || matches!(command, Command::PushLayer { .. } | Command::PopLayer)
}

/// The height at which a command stands.
fn top(command: &Command) -> Option<f32> {
    match command {
        Command::Fill { shape: Shape::Rect(outer) | Shape::Ring { outer, .. }, .. } | Command::PushClip(outer) => {
            Some(outer.rect.y)
        }
        Command::Image { destination, .. } => Some(destination.y),
        Command::Glyphs { origin, .. } => Some(origin.y),
        _ => None,
    }
}

/// True where one command is the other, moved down by whole pixels, and draws the same pixels there.
fn is_moved(old: &Command, new: &Command, down: f32) -> bool {
    let shape = |a: &RoundedRect, b: &RoundedRect| stands_alike(a, None) && is_shape_moved(a, b, down);
    match (old, new) {
        (Command::Fill { shape: a, paint: Paint::Solid(from) }, Command::Fill { shape: b, paint: Paint::Solid(to) }) => {
            from == to
                && match (a, b) {
                    (Shape::Rect(a), Shape::Rect(b)) => shape(a, b),
                    (Shape::Ring { outer: a, inner: c }, Shape::Ring { outer: b, inner: d }) => {
                        stands_alike(a, Some(c)) && is_shape_moved(a, b, down) && is_shape_moved(c, d, down)
                    }
                    _ => false,
                }
        }
        (
            Command::Image { src: _, picture: a, source: from, destination: place, clip, tile: None },
            Command::Image { src: _, picture: b, source: to, destination: other, clip: other_clip, tile: None },
        ) => {
            let is_clip = match (clip, other_clip) {
                (None, None) => true,
                (Some(a), Some(b)) => shape(a, b),
                _ => false,
            };
            let is_small = place.width <= LARGEST && place.height <= LARGEST;
            a == b && from == to && is_whole_rect(place) && is_small && is_rect_moved(place, other, down) && is_clip
        }
        (
            Command::Glyphs { run: a, origin: from, scale, color, stroke, blur: 0.0 },
            Command::Glyphs { run: b, origin: to, scale: other_scale, color: other_color, stroke: other_stroke, blur: 0.0 },
        ) => {
            let is_paint = scale == other_scale && color == other_color && stroke == other_stroke;
            let is_level = from.y.fract() == 0.0 && a.glyphs.iter().all(|glyph| glyph.y == 0.0);
            is_paint && from.x == to.x && from.y + down == to.y && is_level && (std::sync::Arc::ptr_eq(a, b) || a == b)
        }
        (Command::PushClip(a), Command::PushClip(b)) => shape(a, b),
        (Command::PopClip, Command::PopClip) => true,
        _ => false,
    }
}

fn is_shape_moved(old: &RoundedRect, new: &RoundedRect, down: f32) -> bool {
    old.radii == new.radii && is_rect_moved(&old.rect, &new.rect, down)
}

fn is_rect_moved(old: &Rect, new: &Rect, down: f32) -> bool {
    old.x == new.x && old.y + down == new.y && old.width == new.width && old.height == new.height
}

fn is_whole_rect(rect: &Rect) -> bool {
    [rect.x, rect.y, rect.width, rect.height].iter().all(|value| value.fract() == 0.0)
}

/// Areas without those that others hold, and without empty ones.
fn joined(areas: Vec<PixelRect>) -> Vec<PixelRect> {
    let mut kept: Vec<PixelRect> = Vec::new();
    for area in areas.into_iter().filter(|area| !area.is_empty()) {
        if !kept.iter().any(|other| other.intersection(&area) == area) {
            kept.retain(|other| area.intersection(other) != *other);
            kept.push(area);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::color::Color;
    use crate::display::Gradient;
    use crate::geometry::Corners;

    fn fill(x: f32, y: f32, height: f32, color: Color) -> Command {
        let shape = Shape::Rect(RoundedRect::new(Rect::new(x, y, 80.0, height), Corners::all(4.0)));
        Command::Fill { shape, paint: Paint::Solid(color) }
    }

    /// Rows of 20 px that are scrolled, on an even ground, a bar over them.
    fn list(scrolled: f32, bar: f32) -> DrawList {
        let ground = Command::Fill {
            shape: Shape::Rect(RoundedRect::plain(Rect::new(0.0, 0.0, 100.0, 200.0))),
            paint: Paint::Solid(Color::WHITE),
        };
        let clip = RoundedRect::plain(Rect::new(0.0, 20.0, 100.0, 160.0));
        let mut commands = vec![ground, Command::PushClip(clip)];
        let rows = (0..40).map(|row| (row, 20.0 + row as f32 * 20.0 - scrolled)).filter(|(_, y)| *y > 0.0 && *y < 180.0);
        commands.extend(rows.map(|(row, y)| fill(10.0, y, 18.0, Color::rgb(row * 3, 0, 0))));
        commands.extend([fill(95.0, bar, 30.0, Color::BLACK), Command::PopClip]);
        DrawList { width: 100, height: 200, commands }
    }

    #[test]
    fn rows_are_moved_and_the_rest_is_drawn() {
        let found = moved(&list(0.0, 25.0), &list(6.0, 27.0)).unwrap();
        assert_eq!((found.within, found.down), (PixelRect::new(0, 20, 100, 180), -6));
        assert!(found.anew.contains(&PixelRect::new(0, 174, 100, 180)), "{:?}", found.anew);
        // The bar: where it is, where it was, and where its pixels went.
        for top in [25, 27, 19] {
            let bar = PixelRect::new(95, top.max(20), 100, top + 30);
            assert!(found.anew.iter().any(|area| area.intersection(&bar) == bar), "{top}: {:?}", found.anew);
        }
        let back = moved(&list(30.0, 25.0), &list(24.0, 25.0)).unwrap();
        assert_eq!(back.down, 6);
    }

    #[test]
    fn what_is_not_even_below_or_did_not_move_is_drawn() {
        assert_eq!(moved(&list(0.0, 25.0), &list(0.0, 27.0)), None);
        assert_eq!(moved(&list(0.0, 25.0), &list(0.5, 25.0)), None, "half a pixel");
        assert_eq!(moved(&list(0.0, 25.0), &list(150.0, 25.0)), None, "too far to pay");
        let uneven = |scrolled| {
            let mut list = list(scrolled, 25.0);
            list.commands.insert(1, fill(30.0, 60.0, 30.0, Color::BLACK));
            list
        };
        assert_eq!(moved(&uneven(0.0), &uneven(6.0)), None);
        let in_gradient = |scrolled| {
            let mut list = list(scrolled, 25.0);
            let kind = crate::display::GradientKind::Linear {
                start: crate::geometry::Point::default(),
                end: crate::geometry::Point::new(0.0, 200.0),
            };
            let stops = [(0.0, Color::WHITE), (1.0, Color::BLACK)].into();
            let shape = Shape::Rect(RoundedRect::plain(Rect::new(0.0, 0.0, 100.0, 200.0)));
            list.commands[0] = Command::Fill { shape, paint: Paint::Gradient(Gradient { kind, stops, repeating: false }) };
            list
        };
        assert_eq!(moved(&in_gradient(0.0), &in_gradient(6.0)), None);
        let turned = |scrolled| {
            let mut list = list(scrolled, 25.0);
            list.commands.insert(1, Command::PushTransform(crate::geometry::Transform::scale(1.0, 1.0)));
            list.commands.push(Command::PopTransform);
            list
        };
        assert_eq!(moved(&turned(0.0), &turned(6.0)), None);
    }
}
