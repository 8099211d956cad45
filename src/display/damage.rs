//! What differs between two draw lists: the pixels that a repaint has to touch.

use super::list::{Command, DrawList, Shape};
use super::walk::blur_reach;
use crate::few::Few;
use crate::geometry::{PixelRect, Rect, Transform};

/// The pixels that two frames may differ in.
pub type Damage = Option<PixelRect>;

/// What has to be painted anew to come from one list's picture to another's; `None` where nothing differs.
#[must_use]
pub fn damage(before: &DrawList, after: &DrawList) -> Damage {
    let whole = PixelRect::new(0, 0, after.width as i32, after.height as i32);
    if (before.width, before.height) != (after.width, after.height) {
        return Some(whole);
    }
    let (old, new) = (&before.commands, &after.commands);
    let same_start = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    if same_start == old.len() && same_start == new.len() {
        return None;
    }
    let most = old.len().min(new.len()) - same_start;
    let same_end = old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    let old_changed = same_start..old.len() - same_end;
    let new_changed = same_start..new.len() - same_end;
    let touched = if old.len() == new.len() {
        pairwise(before, after)
    } else {
        touched(before, &|index| old_changed.contains(&index)).union(&touched(after, &|index| new_changed.contains(&index)))
    };
    let touched = touched.intersection(&whole);
    (!touched.is_empty()).then_some(touched)
}

/// Lists of the same shape: only the commands that differ count.
fn pairwise(before: &DrawList, after: &DrawList) -> PixelRect {
    let differs = |index: usize| before.commands.get(index) != after.commands.get(index);
    touched(before, &differs).union(&touched(after, &differs))
}

/// The pixels that some commands of a list touch. A state (clip, transform, layer) that differs touches all that is
/// drawn under it.
fn touched(list: &DrawList, counts: &dyn Fn(usize) -> bool) -> PixelRect {
    let mut sum = PixelRect::default();
    let mut states = States::of(list);
    // How many open states differ: while any does, everything counts.
    let mut open: Few<bool, 8> = Few::new();
    for (index, command) in list.commands.iter().enumerate() {
        match states.follow(command) {
            Step::Push => open.push(counts(index)),
            Step::Pop => drop(open.pop()),
            Step::Draw => {
                if counts(index) || open.contains(&true) {
                    let area = states.area(command, 0);
                    if !area.is_empty() {
                        sum = sum.union(&area);
                    }
                }
            }
        }
    }
    sum
}

/// What a command does to the states in which others are drawn.
pub(super) enum Step {
    /// Begins one.
    Push,
    /// Ends the last one.
    Pop,
    /// Nothing: it draws.
    Draw,
}

/// The states that are open, on a walk through a list.
pub(super) struct States {
    whole: PixelRect,
    transforms: Few<Transform, 4>,
    clips: Few<PixelRect, 8>,
    /// Of each open layer, how far it is blurred, and the clip under which it is drawn.
    layers: Few<(i32, PixelRect), 4>,
}

impl States {
    /// At the beginning of a list.
    pub fn of(list: &DrawList) -> Self {
        let whole = PixelRect::new(0, 0, list.width as i32, list.height as i32);
        Self { whole, transforms: Few::of(Transform::IDENTITY), clips: Few::of(whole), layers: Few::new() }
    }

    /// The current transform.
    pub fn transform(&self) -> Transform {
        self.transforms.last().copied().unwrap_or_default()
    }

    /// True inside of a layer.
    pub fn has_layers(&self) -> bool {
        !self.layers.is_empty()
    }

    /// Goes past a command.
    pub fn follow(&mut self, command: &Command) -> Step {
        let transform = self.transform();
        let clip = self.clips.last().copied().unwrap_or(self.whole);
        match command {
            Command::PushTransform(inner) => self.transforms.push(transform.then(inner)),
            Command::PushClip(shape) => {
                let bounds = around(&transform, &shape.rect).intersection(&clip);
                self.clips.push(if bounds.is_empty() { PixelRect::default() } else { bounds });
            }
            Command::PushLayer { blur, .. } => {
                let room = if *blur > 0.0 { blur_reach(blur * transform.mean_scale().max(1.0)).ceil() as i32 } else { 0 };
                self.layers.push((room, clip));
                self.clips.push(if clip.is_empty() { clip } else { clip.outset(room) });
            }
            Command::PopTransform => drop(self.transforms.pop()),
            Command::PopClip => drop(self.clips.pop()),
            Command::PopLayer => {
                self.layers.pop();
                self.clips.pop();
            }
            _ => return Step::Draw,
        }
        match command {
            Command::PopTransform | Command::PopClip | Command::PopLayer => Step::Pop,
            _ => Step::Push,
        }
    }

    /// The pixels that a command touches which draws: of the canvas, or of the innermost of so many layers from the outermost on.
    pub fn area(&self, drawn: &Command, layers: usize) -> PixelRect {
        let clip = self.clips.last().copied().unwrap_or(self.whole);
        let own = around(&self.transform(), &reach(drawn)).intersection(&clip);
        // A blur brings it farther, up to the clip of what is blurred.
        self.layers
            .iter()
            .skip(layers)
            .rev()
            .fold(own, |area, (room, clip)| if area.is_empty() { area } else { area.outset(*room).intersection(clip) })
    }
}

fn around(transform: &Transform, rect: &Rect) -> PixelRect {
    PixelRect::around(&transform.bounds(rect)).outset(if transform.is_translation() { 0 } else { 2 })
}

/// What a command can touch, before its transform; nothing for one that changes a state.
#[must_use]
pub fn reach(command: &Command) -> Rect {
    match command {
        Command::Fill { shape, .. } => match shape {
            Shape::Rect(outer) | Shape::Ring { outer, .. } | Shape::RingSide { outer, .. } => outer.rect,
        },
        Command::Image { destination, clip, .. } => {
            clip.map_or(*destination, |clip| clip.rect.intersection(destination)).snapped().outset(1.0)
        }
        Command::Glyphs { run, origin, scale, stroke, blur, .. } => {
            run.reach(*origin, *scale).outset(stroke.unwrap_or(0.0) + blur * 3.0 + 3.0)
        }
        Command::Shadow { shape, deviation, cut, inset, .. } => {
            if *inset {
                cut.rect
            } else {
                shape.rect.outset(deviation * 3.0 + 4.0)
            }
        }
        _ => Rect::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::color::Color;
    use crate::display::Paint;
    use crate::geometry::RoundedRect;

    fn fill(x: f32, color: Color) -> Command {
        let rect = RoundedRect::plain(Rect::new(x, 10.0, 20.0, 20.0));
        Command::Fill { shape: Shape::Rect(rect), paint: Paint::Solid(color) }
    }

    fn list(commands: Vec<Command>) -> DrawList {
        DrawList { width: 100, height: 100, commands }
    }

    #[test]
    fn only_what_differs_is_damaged() {
        let before = list(vec![fill(0.0, Color::BLACK), fill(30.0, Color::BLACK), fill(60.0, Color::BLACK)]);
        assert_eq!(damage(&before, &before.clone()), None);
        let recolored = list(vec![fill(0.0, Color::BLACK), fill(30.0, Color::WHITE), fill(60.0, Color::BLACK)]);
        assert_eq!(damage(&before, &recolored), Some(PixelRect::new(30, 10, 50, 30)));
        let shorter = list(vec![fill(0.0, Color::BLACK), fill(60.0, Color::BLACK)]);
        assert_eq!(damage(&before, &shorter), Some(PixelRect::new(30, 10, 50, 30)));
    }

    #[test]
    fn a_state_that_differs_damages_what_is_under_it() {
        let under = |opacity| {
            let bounds = Rect::new(0.0, 0.0, 100.0, 100.0);
            list(vec![Command::PushLayer { opacity, blur: 0.0, bounds }, fill(30.0, Color::BLACK), Command::PopLayer])
        };
        assert_eq!(damage(&under(1.0), &under(0.5)), Some(PixelRect::new(30, 10, 50, 30)));
    }
}
