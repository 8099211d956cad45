//! Absolute boxes (CSS Positioned Layout 3, §3 and §4), once their container is laid out.
//!
//! Every box is positioned, so an absolute one's containing block is its parent's padding box. Both directions are the
//! same calculation ([`Axis`]): the room between the insets, a size in it, margins, a place.

use super::container::Container;
use super::direction::{is_reversed, is_wrap_reversed};
use super::space::{Bounds, Frame, Sizes, Space};
use crate::layout::style::{bounded, ratio};
use crate::layout::tree::{Item, Tree};
use crate::style::{Align, Justify, Length, Position};

/// An edge that things are aligned to.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Edge {
    Start,
    Center,
    End,
}

/// How a box stands between two insets.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fit {
    /// As nothing is said: it fills the room, unless it has a size of its own.
    Normal,
    /// It fills the room.
    Stretch,
    At(Edge),
}

/// A part of a direction, from the start of the containing block.
#[derive(Clone, Copy, Debug)]
struct Span {
    start: f32,
    end: f32,
}

impl Span {
    fn length(self) -> f32 {
        self.end - self.start
    }

    /// Where something of a size starts that is aligned in it.
    fn align(self, size: f32, edge: Edge) -> f32 {
        match edge {
            Edge::Start => self.start,
            Edge::Center => (self.start + self.end - size) / 2.0,
            Edge::End => self.end - size,
        }
    }
}

/// One direction of an absolute box.
#[derive(Clone, Copy, Debug)]
struct Axis {
    /// The containing block's length.
    length: f32,
    /// `left` and `right`, or `top` and `bottom`; `None` is auto.
    inset: (Option<f32>, Option<f32>),
    /// Its margins; `None` is auto.
    margin: (Option<f32>, Option<f32>),
    /// Where it would stand by itself: aligned to an edge of a part.
    by_itself: (Span, Edge),
    /// How it stands between two insets.
    fit: Fit,
    /// True for the direction of lines.
    inline: bool,
    /// True where what overflows the end can be scrolled to.
    scrolls: bool,
}

impl Axis {
    fn is_between(&self) -> bool {
        self.inset.0.is_some() && self.inset.1.is_some()
    }

    /// The room that the insets leave: the inset-modified containing block (§3.5.1).
    fn room(&self) -> Span {
        let (mut room, start_gives_way) = match self.inset {
            (Some(start), Some(end)) => (Span { start, end: self.length - end }, false),
            (Some(start), None) => (Span { start, end: self.length }, false),
            (None, Some(end)) => (Span { start: 0.0, end: self.length - end }, true),
            (None, None) => (self.room_by_itself(), false),
        };
        if room.end < room.start {
            if start_gives_way {
                room.start = room.end;
            } else {
                room.end = room.start;
            }
        }
        room
    }

    fn room_by_itself(&self) -> Span {
        let (area, edge) = self.by_itself;
        match edge {
            Edge::Start => Span { start: area.start, end: self.length },
            Edge::End => Span { start: 0.0, end: area.end },
            Edge::Center => {
                // As far as the nearer edge, on both sides.
                let before = f32::midpoint(area.start, area.end);
                let after = self.length - before;
                if before.abs() <= after.abs() {
                    Span { start: 0.0, end: 2.0 * before }
                } else {
                    Span { start: self.length - 2.0 * after, end: self.length }
                }
            }
        }
    }

    /// The size that fills the room.
    fn filling(&self) -> f32 {
        let margins = self.margin.0.unwrap_or(0.0) + self.margin.1.unwrap_or(0.0);
        (self.room().length() - margins).max(0.0)
    }

    /// True where an automatic size fills the room (§4.1).
    fn fills(&self, keeps_its_size: bool) -> bool {
        let asked = match self.fit {
            Fit::Stretch => true,
            Fit::Normal => !keeps_its_size,
            Fit::At(_) => false,
        };
        asked && self.is_between()
    }

    /// The margins of a box of a size (§4.2).
    fn margins(&self, size: f32) -> (f32, f32) {
        let free = self.room().length() - size;
        match self.margin {
            (Some(start), Some(end)) => (start, end),
            (start, end) if !self.is_between() => (start.unwrap_or(0.0), end.unwrap_or(0.0)),
            (Some(start), None) => (start, free - start),
            (None, Some(end)) => (free - end, end),
            (None, None) if free < 0.0 && self.inline => (0.0, free),
            (None, None) => (free / 2.0, free / 2.0),
        }
    }

    /// Where a box of a size and with these margins starts (§4.3).
    fn start(&self, size: f32, margins: (f32, f32)) -> f32 {
        let room = self.room();
        let outer = size + margins.0 + margins.1;
        match self.inset {
            (None, None) => {
                let (area, edge) = self.by_itself;
                area.align(outer, edge) + margins.0
            }
            (Some(_), None) => room.start + margins.0,
            (None, Some(_)) => room.end - size - margins.1,
            // Automatic margins have taken what was free.
            (Some(_), Some(_)) if self.margin.0.is_none() || self.margin.1.is_none() => room.start + margins.0,
            (Some(_), Some(_)) => self.aligned(room, outer) + margins.0,
        }
    }

    /// Where a margin box starts between two insets: what is too large stays within what can be seen, where it can
    /// (CSS Box Alignment 3, §4.4.1).
    fn aligned(&self, room: Span, outer: f32) -> f32 {
        let edge = match self.fit {
            Fit::Normal | Fit::Stretch => Edge::Start,
            Fit::At(edge) => edge,
        };
        let wanted = room.align(outer, edge);
        if outer <= room.length() || self.fit == Fit::Normal {
            return wanted;
        }
        let end = if self.scrolls { f32::INFINITY } else { room.end.max(self.length) };
        let limit = Span { start: room.start.min(0.0), end };
        if outer <= limit.length() { wanted.min(limit.end - outer).max(limit.start) } else { limit.start }
    }
}

impl Tree<'_> {
    /// Gives the absolute children of a container of a size their places.
    pub(super) fn place_absolute(&mut self, id: usize, container: &Container<'_>, size: (f32, f32)) {
        let border = container.sizes.frame.border;
        let within = ((size.0 - border.left - border.right).max(0.0), (size.1 - border.top - border.bottom).max(0.0));
        for child in self.items[id].children.clone() {
            let item = &self.items[child];
            if item.hidden || item.source.layout.position != Position::Absolute {
                continue;
            }
            let (across, down) = axes(item, container, self.items[id].clips, size, within);
            let (x, y, width, height, margins) = self.absolute(child, &across, &down);
            let source = self.items[child].source.clone();
            let frame = Frame::new(&source.layout, basis(within));
            let place = &mut self.items[child].place;
            (place.x, place.y, place.width, place.height) = (x + border.left, y + border.top, width, height);
            (place.padding, place.border, place.margin) = (frame.padding, frame.border, margins);
        }
    }

    /// Lays an absolute box out, and says where it starts and how large it is.
    fn absolute(&mut self, id: usize, across: &Axis, down: &Axis) -> (f32, f32, f32, f32, crate::geometry::Edges<f32>) {
        let source = self.items[id].source.clone();
        let style = &source.layout;
        let sizes = Sizes::new(style, basis((across.length, down.length)));
        let framed = |bounds: Bounds, frame: f32| Bounds { least: Some(bounds.least.unwrap_or(0.0).max(frame)), ..bounds };
        let widths = framed(sizes.widths(), sizes.frame.width());
        let heights = framed(sizes.heights(), sizes.frame.height());
        // A side that follows the other one by `aspectRatio` is not stretched.
        let is_given = style.width != Length::Auto || style.height != Length::Auto;
        let keeps_its_size = self.items[id].picture || ratio(style.aspect_ratio).is_some() && is_given;
        let fill = |axis: &Axis, bounds: Bounds| axis.fills(keeps_its_size).then(|| bounds.clamp(axis.filling()));
        let width = sizes.across(style.width).map(|width| widths.clamp(width)).or_else(|| fill(across, widths));
        let height = sizes.down(style.height).map(|height| heights.clamp(height)).or_else(|| fill(down, heights));
        let (width, height) = match (width, height) {
            (Some(width), Some(height)) => (width, height),
            _ => {
                let asked = width.unwrap_or_else(|| {
                    let content = self.content_widths(id, height, true, &sizes);
                    sizes.widths().clamp(content.fit(widths.clamp(across.filling())))
                });
                let high = height.unwrap_or_else(|| self.absolute_height(id, asked, None, &sizes, false));
                (widths.clamp(asked), heights.clamp(high))
            }
        };
        self.absolute_height(id, width, Some(height), &sizes, true);
        let (beside, above) = (across.margins(width), down.margins(height));
        let margins = crate::geometry::Edges { left: beside.0, right: beside.1, top: above.0, bottom: above.1 };
        (across.start(width, beside), down.start(height, above), width, height, margins)
    }

    /// The height of an absolute box in a width: the one that it is given, or its content's. With `place`, what is in it
    /// gets its place.
    fn absolute_height(&mut self, id: usize, width: f32, height: Option<f32>, sizes: &Sizes<'_>, place: bool) -> f32 {
        let style = sizes.style;
        // A height that comes from the content is none that percentages can be of.
        let stretched = style.inset.top != Length::Auto
            && style.inset.bottom != Length::Auto
            && matches!(style.align_self, None | Some(Align::Stretch));
        let given = stretched || sizes.height().is_some();
        // One that `aspectRatio` asks for is, and is found again.
        let found = !given && sizes.ratio().is_some();
        let space = Space { width, height: height.filter(|_| !found), definite: given || found, basis: sizes.basis };
        let measured = self.layout(id, space, place);
        height.unwrap_or(measured.content_height)
    }
}

fn basis(within: (f32, f32)) -> super::Basis {
    super::Basis { width: Some(within.0), height: Some(within.1) }
}

/// Both directions of an absolute box in a container of a size, whose padding box is `within`.
fn axes(item: &Item, container: &Container<'_>, scrolls: bool, size: (f32, f32), within: (f32, f32)) -> (Axis, Axis) {
    let style = &item.source.layout;
    let frame = container.sizes.frame;
    // The content box, from the padding box (CSS Flexbox 1, §4.1).
    let part = |start: f32, length: f32, around: f32, border: f32| Span {
        start: start - border,
        end: start + (length - around).max(0.0) - border,
    };
    let horizontal = part(frame.left(), size.0, frame.width(), frame.border.left);
    let vertical = part(frame.top(), size.1, frame.height(), frame.border.top);
    let (main, cross) = edges(item, container);
    let (x, y) = if container.row { (main, cross) } else { (cross, main) };
    let offset = |length: Length, of: f32| length.resolve(of).map(bounded);
    let margin = |length: Length| length.resolve(within.0).map(bounded);
    // A side that follows the other one is not stretched; where both could be, the height follows.
    let follows = ratio(style.aspect_ratio).is_some();
    let spans = style.inset.left != Length::Auto && style.inset.right != Length::Auto;
    let is_given = style.width != Length::Auto || style.height != Length::Auto;
    let fit = match style.align_self {
        None if follows && spans && !is_given => Fit::At(Edge::Start),
        None => Fit::Normal,
        Some(Align::Stretch) => Fit::Stretch,
        Some(Align::FlexStart | Align::Baseline) => Fit::At(Edge::Start),
        Some(Align::Center) => Fit::At(Edge::Center),
        Some(Align::FlexEnd) => Fit::At(Edge::End),
    };
    let across = Axis {
        length: within.0,
        inset: (offset(style.inset.left, within.0), offset(style.inset.right, within.0)),
        margin: (margin(style.margin.left), margin(style.margin.right)),
        by_itself: (horizontal, x),
        // There is no `justify-self`.
        fit: Fit::Normal,
        inline: true,
        scrolls,
    };
    let down = Axis {
        length: within.1,
        inset: (offset(style.inset.top, within.1), offset(style.inset.bottom, within.1)),
        margin: (margin(style.margin.top), margin(style.margin.bottom)),
        by_itself: (vertical, y),
        fit,
        inline: false,
        scrolls,
    };
    (across, down)
}

/// The edges of its container's content box, along and across, that an absolute box stands at by itself.
fn edges(item: &Item, container: &Container<'_>) -> (Edge, Edge) {
    let turned = |edge: Edge, turn: bool| match edge {
        Edge::Start if turn => Edge::End,
        Edge::End if turn => Edge::Start,
        other => other,
    };
    let main = match container.style.justify_content {
        Justify::FlexStart | Justify::SpaceBetween => Edge::Start,
        Justify::FlexEnd => Edge::End,
        Justify::Center | Justify::SpaceAround | Justify::SpaceEvenly => Edge::Center,
    };
    let turns = is_wrap_reversed(container.style);
    let cross = match item.align.unwrap_or(container.style.align_items) {
        Align::Stretch | Align::FlexStart => turned(Edge::Start, turns),
        Align::FlexEnd => turned(Edge::End, turns),
        Align::Center => Edge::Center,
        Align::Baseline => Edge::Start,
    };
    (turned(main, is_reversed(container.style)), cross)
}
