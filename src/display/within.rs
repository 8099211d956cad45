//! What of a list is needed for a part of its canvas.

use super::damage::{States, Step};
use super::list::{Command, DrawList};
use crate::geometry::PixelRect;

/// For each command of a list, whether it is needed where nothing but an area is drawn: what reaches into it, and the states
/// around that. A clip that holds all of the area clips nothing.
pub(super) fn needed_within(list: &DrawList, area: &PixelRect) -> Vec<bool> {
    let mut needed = vec![true; list.commands.len()];
    let mut mark = |index: usize, is_needed: bool| {
        if let Some(mark) = needed.get_mut(index) {
            *mark = is_needed;
        }
    };
    let mut states = States::of(list);
    let mut open: Vec<Open> = Vec::new();
    for (index, command) in list.commands.iter().enumerate() {
        let acts = !holds(command, area, &states);
        match states.follow(command) {
            Step::Push => open.push(Open { index, acts, is_seen: false }),
            Step::Pop => {
                let Some(ended) = open.pop() else { continue };
                mark(ended.index, ended.is_seen && ended.acts);
                mark(index, ended.is_seen && ended.acts);
                if let Some(outer) = open.last_mut() {
                    outer.is_seen |= ended.is_seen;
                }
            }
            Step::Draw => {
                let is_seen = !states.area(command, 0).intersection(area).is_empty();
                mark(index, is_seen);
                if let Some(outer) = open.last_mut() {
                    outer.is_seen |= is_seen;
                }
            }
        }
    }
    needed
}

/// A state that is open.
struct Open {
    index: usize,
    /// It changes what is seen of what is drawn in it.
    acts: bool,
    /// Something of what is drawn in it is seen.
    is_seen: bool,
}

/// True for a clip in which all of an area lies. In a layer, what is beyond may be blurred into the area.
fn holds(command: &Command, area: &PixelRect, states: &States) -> bool {
    let Command::PushClip(shape) = command else { return false };
    if !shape.is_plain() || states.has_layers() || !states.transform().is_translation() {
        return false;
    }
    let clip = states.transform().bounds(&shape.rect);
    let (left, top, right, bottom) = (area.left as f32, area.top as f32, area.right as f32, area.bottom as f32);
    clip.x <= left && clip.y <= top && clip.x + clip.width >= right && clip.y + clip.height >= bottom
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::color::Color;
    use crate::display::{Paint, Shape};
    use crate::geometry::{Corners, Rect, RoundedRect, Transform};

    fn fill(x: f32) -> Command {
        let rect = RoundedRect::plain(Rect::new(x, 10.0, 20.0, 20.0));
        Command::Fill { shape: Shape::Rect(rect), paint: Paint::Solid(Color::BLACK) }
    }

    fn needed(commands: Vec<Command>, area: PixelRect) -> Vec<bool> {
        needed_within(&DrawList { width: 100, height: 100, commands }, &area)
    }

    fn clip(width: f32, radius: f32) -> Command {
        Command::PushClip(RoundedRect::new(Rect::new(0.0, 0.0, width, 100.0), Corners::all(radius)))
    }

    #[test]
    fn what_does_not_reach_into_the_area_is_not_needed() {
        let area = PixelRect::new(25, 0, 45, 100);
        assert_eq!(needed(vec![fill(0.0), fill(30.0), fill(60.0)], area), [false, true, false]);
        // What it is moved by counts.
        let moved = |by| vec![Command::PushTransform(Transform::translate(by, 0.0)), fill(0.0), Command::PopTransform];
        assert_eq!(needed(moved(30.0), area), [true, true, true]);
        assert_eq!(needed(moved(60.0), area), [false, false, false]);
        // And how far it is blurred.
        let bounds = Rect::new(0.0, 0.0, 100.0, 100.0);
        let blurred = |blur| vec![Command::PushLayer { opacity: 1.0, blur, bounds }, fill(0.0), Command::PopLayer];
        assert_eq!(needed(blurred(0.0), area), [false, false, false]);
        assert_eq!(needed(blurred(4.0), area), [true, true, true]);
    }

    #[test]
    fn a_clip_around_the_area_is_not_needed_and_one_within_it_is() {
        let area = PixelRect::new(25, 0, 45, 100);
        let clipped = |clip: Command| needed(vec![clip, fill(30.0), Command::PopClip], area);
        assert_eq!(clipped(clip(100.0, 0.0)), [false, true, false]);
        assert_eq!(clipped(clip(45.0, 0.0)), [false, true, false]);
        assert_eq!(clipped(clip(44.0, 0.0)), [true, true, true]);
        assert_eq!(clipped(clip(100.0, 4.0)), [true, true, true], "round corners may be in it");
        let bounds = Rect::new(0.0, 0.0, 100.0, 100.0);
        let layer = Command::PushLayer { opacity: 1.0, blur: 4.0, bounds };
        let inside = vec![layer, clip(45.0, 0.0), fill(30.0), Command::PopClip, Command::PopLayer];
        assert_eq!(needed(inside, area), [true; 5], "what is beyond it would be blurred into the area");
    }
}
