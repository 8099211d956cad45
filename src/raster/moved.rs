//! What of a frame stands in the next one, only moved: a list that scrolls. Its pixels are moved, and no more is drawn than what
//! came in sight, what lies over it, and what is seen of a ground that is not the same everywhere.

use super::apart::{Apart, Differing, changes_state, opens};
use super::boxes::stands_alike;
use super::list::{covers_fully, first_seen_of};
use crate::display::{Command, DrawList, Paint, Shape, reach};
use crate::few::Few;
use crate::geometry::{PixelRect, Rect, RoundedRect};

/// As many commands are tried for the first one that both lists have.
const TRIED: usize = 64;
/// Of at most so many tenths of the pixels that are moved, it pays to draw the others anew.
const TENTHS: i64 = 6;
/// In at most so many parts: for each, all commands are looked at.
const PARTS: usize = 64;
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
    pub anew: Areas,
}

/// Parts of a canvas.
pub type Areas = Few<PixelRect, 32>;

/// Finds out what can be moved to come from one list to the next; `None` where drawing anew what differs is as good.
#[must_use]
pub fn moved(before: &DrawList, after: &DrawList) -> Option<Moved> {
    if (before.width, before.height) != (after.width, after.height) {
        return None;
    }
    let whole = PixelRect::new(0, 0, after.width as i32, after.height as i32);
    let Apart { prefix, old, new, suffix, differing } = Apart::of(&before.commands, &after.commands)?;
    let clip = clipped(prefix, &whole)?;
    let (down, skipped_old, skipped_new) = alignment(old, new)?;
    let (old_first, old) = old.split_at_checked(skipped_old)?;
    let (new_first, new) = new.split_at_checked(skipped_new)?;
    let pairs = Pairs::of(old, new, down as f32);
    let (paired, old_last, new_last) = (new.get(..pairs.count)?, old.get(pairs.count..)?, new.get(pairs.count..)?);
    let within = uncovered(clip, suffix, &differing);
    let moved = |area: PixelRect| PixelRect { top: area.top + down, bottom: area.bottom + down, ..area };
    if moved(within).intersection(&within).is_empty() {
        return None;
    }
    let mut anew = Areas::new();
    // What is in the list before alone: where it was drawn, and where that has come.
    let mut gone = Areas::new();
    areas(old_first, within, &whole, &mut |area| gone.push(area))?;
    areas(old_last, within, &whole, &mut |area| gone.push(area))?;
    for Differing { index, before } in &pairs.differing {
        gone.push(over(before)?.intersection(&within));
        anew.push(over(paired.get(*index)?)?.intersection(&within));
    }
    for Differing { index, before } in &differing {
        gone.push(over(before)?.intersection(&whole));
        anew.push(over(suffix.get(*index)?)?.intersection(&whole));
    }
    anew.extend(gone.iter().flat_map(|area| [*area, moved(*area).intersection(&within)]));
    areas(new_first, within, &whole, &mut |area| anew.push(area))?;
    areas(new_last, within, &whole, &mut |area| anew.push(area))?;
    // What lies over it stays where it is, and its pixels have gone along.
    areas(suffix, clip, &whole, &mut |area| anew.extend([area, moved(area)].map(|area| area.intersection(&within))))?;
    let grounds = [even(prefix, &within, down), uneven(paired, &pairs.differing, &within, down)];
    let ways = grounds.into_iter().flatten().map(|ground| joined(anew.iter().chain(ground.iter()).copied()));
    let sum = |areas: &Areas| areas.iter().map(pixels).sum::<i64>();
    let anew = ways.filter(|areas| areas.len() <= PARTS).min_by_key(sum)?;
    (sum(&anew) * 10 < pixels(&within) * TENTHS).then_some(Moved { within, down, anew })
}

/// Commands of two lists that stand beside each other.
struct Pairs<'a> {
    /// So many of each, which leave no clip open.
    count: usize,
    /// Of these, what is not moved only: its number, and what the list before has there.
    differing: Few<Differing<'a>, 8>,
}

impl<'a> Pairs<'a> {
    /// As far as clips are moved as everything else is.
    fn of(old: &'a [Command], new: &[Command], down: f32) -> Self {
        let (mut count, mut open) = (0, 0);
        let mut differing: Few<Differing<'a>, 8> = Few::new();
        for (index, (a, b)) in old.iter().zip(new).enumerate() {
            if !is_moved(a, b, down) {
                if changes_state(a) || changes_state(b) {
                    break;
                }
                differing.push(Differing { index, before: a });
            }
            open += opens(b);
            if open == 0 {
                count = index + 1;
            }
        }
        let within = differing.iter().take_while(|one| one.index < count).count();
        differing.truncate(within);
        Self { count, differing }
    }
}

fn pixels(area: &PixelRect) -> i64 {
    i64::from(area.width()) * i64::from(area.height())
}

/// The pixels that the open clips leave, where they leave all of them; no other state may be open.
fn clipped(prefix: &[Command], whole: &PixelRect) -> Option<PixelRect> {
    // Of each that is open its shape, where it is a clip.
    let mut open: Few<Option<RoundedRect>, 8> = Few::new();
    for command in prefix {
        match command {
            Command::PushClip(shape) => open.push(Some(*shape)),
            Command::PushTransform(_) | Command::PushLayer { .. } => open.push(None),
            Command::PopClip | Command::PopTransform | Command::PopLayer => drop(open.pop()),
            _ => {}
        }
    }
    let clips = || open.iter().flatten();
    let within = clips().fold(*whole, |area, shape| area.intersection(&PixelRect::around(&shape.rect)));
    let are_clips = open.iter().all(Option::is_some);
    (are_clips && !within.is_empty() && clips().all(|shape| covers_fully(shape, &within))).then_some(within)
}

/// What of an area is seen below what lies over it and stays: less than all where something opaque is at its upper or lower end,
/// as a row is that is kept in view.
fn uncovered(mut area: PixelRect, suffix: &[Command], differing: &[Differing<'_>]) -> PixelRect {
    let mut open = 0;
    for (index, command) in suffix.iter().enumerate() {
        open += opens(command);
        let Command::Fill { shape: Shape::Rect(shape), paint: Paint::Solid(color) } = command else { continue };
        if open > 0 || color.alpha < 255 || differing.iter().any(|one| one.index == index) {
            continue;
        }
        let (top, bottom) = (shape.rect.y.ceil() as i32, shape.rect.bottom().floor() as i32);
        let covers = |strip: &PixelRect| !strip.is_empty() && covers_fully(shape, strip);
        if covers(&PixelRect { top: top.max(area.top), ..area }) {
            area.bottom = top.max(area.top);
        } else if covers(&PixelRect { bottom: bottom.min(area.bottom), ..area }) {
            area.top = bottom.min(area.bottom);
        }
    }
    area
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

/// What is to be drawn anew of an area whose pixels look alike below what is moved, but for what is drawn there; `None` where they
/// do not.
fn even(prefix: &[Command], area: &PixelRect, down: i32) -> Option<Areas> {
    let first = first_seen_of(prefix, area);
    let (base, later) = prefix.get(first.index..)?.split_first()?;
    if !first.covers_all || !matches!(base, Command::Fill { paint: Paint::Solid(_), .. }) {
        return None;
    }
    let mut anew = Areas::of(exposed(area, down));
    for command in later {
        let own = over(command)?.intersection(area);
        if !own.is_empty() {
            anew.extend([own, PixelRect { top: own.top + down, bottom: own.bottom + down, ..own }.intersection(area)]);
        }
    }
    Some(anew)
}

/// What is to be drawn anew of an area whose ground is seen beside boxes that are moved: all but where these are opaque. `None`
/// where that would be too many parts.
fn uneven(paired: &[Command], differing: &[Differing<'_>], area: &PixelRect, down: i32) -> Option<Areas> {
    let from = PixelRect { top: area.top + down, bottom: area.bottom + down, ..*area };
    let (mut left, mut open) = (Areas::of(*area), 0);
    for (index, command) in paired.iter().enumerate() {
        open += opens(command);
        let Command::Fill { shape: Shape::Rect(shape), paint: Paint::Solid(color) } = command else { continue };
        if open > 0 || color.alpha < 255 || differing.iter().any(|one| one.index == index) {
            continue;
        }
        // Between the rows of its corners.
        let RoundedRect { rect, radii } = shape;
        let (upper, lower) =
            (radii.top_left.height.max(radii.top_right.height), radii.bottom_left.height.max(radii.bottom_right.height));
        let band = PixelRect {
            top: (rect.y + upper).ceil() as i32,
            bottom: (rect.bottom() - lower).floor() as i32,
            ..PixelRect::around(rect)
        };
        let kept = band.intersection(area).intersection(&from);
        if !kept.is_empty() && covers_fully(shape, &kept) {
            let mut parts = Areas::new();
            parts.extend(left.iter().flat_map(|part| without(part, &kept)));
            left = parts;
        }
        if left.len() > PARTS {
            return None;
        }
    }
    Some(left)
}

/// What is left of an area without another.
fn without(area: &PixelRect, taken: &PixelRect) -> impl Iterator<Item = PixelRect> + use<> {
    let taken = taken.intersection(area);
    let parts = if taken.is_empty() {
        [*area, PixelRect::default(), PixelRect::default(), PixelRect::default()]
    } else {
        let beside = PixelRect { top: taken.top, bottom: taken.bottom, ..*area };
        [
            PixelRect { bottom: taken.top, ..*area },
            PixelRect { right: taken.left, ..beside },
            PixelRect { left: taken.right, ..beside },
            PixelRect { top: taken.bottom, ..*area },
        ]
    };
    parts.into_iter().filter(|part| !part.is_empty())
}

/// The pixels that were not there before.
fn exposed(within: &PixelRect, down: i32) -> PixelRect {
    if down > 0 {
        PixelRect { bottom: within.top + down, ..*within }
    } else {
        PixelRect { top: within.bottom + down, ..*within }
    }
}

/// What a command can touch without a transform, nothing for a clip; `None` for transforms and layers.
fn over(command: &Command) -> Option<PixelRect> {
    match command {
        Command::PushTransform(_) | Command::PopTransform | Command::PushLayer { .. } | Command::PopLayer => None,
        Command::PushClip(_) | Command::PopClip => Some(PixelRect::default()),
        drawn => Some(PixelRect::around(&reach(drawn))),
    }
}

/// Gives what commands can touch, in which clips are open that leave no more than `clip`; `None` where there are transforms or
/// layers.
fn areas(commands: &[Command], clip: PixelRect, whole: &PixelRect, give: &mut dyn FnMut(PixelRect)) -> Option<()> {
    let mut clips: Few<PixelRect, 8> = Few::of(clip);
    for command in commands {
        // Where one is closed that was open before, nothing is known of those around it.
        let here = clips.last().copied().unwrap_or(*whole);
        match command {
            Command::PushClip(shape) => clips.push(PixelRect::around(&shape.rect).intersection(&here)),
            Command::PopClip => drop(clips.pop()),
            drawn => {
                let area = over(drawn)?.intersection(&here);
                if !area.is_empty() {
                    give(area);
                }
            }
        }
    }
    Some(())
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

/// Areas without empty ones, put together where that has no more pixels.
fn joined(areas: impl Iterator<Item = PixelRect>) -> Areas {
    let mut kept = Areas::new();
    for mut area in areas.filter(|area| !area.is_empty()) {
        let fits = |other: &PixelRect, area: &PixelRect| pixels(&other.union(area)) <= pixels(other) + pixels(area);
        while let Some(other) = kept.iter().position(|other| fits(other, &area)).and_then(|found| kept.swap_remove(found)) {
            area = area.union(&other);
        }
        kept.push(area);
    }
    kept
}

#[cfg(test)]
#[path = "moved_tests.rs"]
mod tests;
