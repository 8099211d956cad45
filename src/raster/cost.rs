//! What drawing a list would cost, before anything is drawn: so that a list which costs too much is refused as a whole, and
//! no canvas is left half drawn.

use super::list::first_seen;
use super::shadow;
use crate::display::{Command, DrawList, Paint, Shape};
use crate::geometry::{PixelRect, Rect, RoundedRect, Transform};

/// What drawing a list costs. The figures are the same on every machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// Steps: about one for each pixel that a colour is brought to, more where a pixel costs more.
    pub work: u64,
    /// Bytes of the layers and masks that are held at a time.
    pub bytes: u64,
}

/// Steps of a pixel of each kind, as they were measured beside a fill's (benches/hostile.rs).
mod steps {
    pub const FILL: u64 = 1;
    pub const GRADIENT: u64 = 6;
    pub const PICTURE: u64 = 4;
    /// Of a picture that is drawn larger than it is.
    pub const ENLARGED: u64 = 20;
    /// Of the picture itself, where it is scaled.
    pub const SCALED: u64 = 7;
    pub const TEXT: u64 = 2;
    pub const MASK: u64 = 1;
    /// Cleared, and brought onto what is below.
    pub const LAYER: u64 = 8;
    /// Three means along the rows and three along the columns, however wide they are.
    pub const BLUR: u64 = 9;
    /// Of a shadow's mask that is stretched and cut.
    pub const STRETCHED: u64 = 3;
    /// Of what is turned or skewed.
    pub const TURNED: u64 = 3;
    /// Of a picture that is turned or skewed.
    pub const TURNED_PICTURE: u64 = 50;
    /// Of a command, however little it draws.
    pub const COMMAND: u64 = 500;
}

/// What drawing a list costs, or the part of it in an area.
#[must_use]
pub fn cost(list: &DrawList, area: Option<PixelRect>) -> Cost {
    let whole = PixelRect::new(0, 0, list.width as i32, list.height as i32);
    let area = area.map_or(whole, |area| area.intersection(&whole));
    let (transforms, clips, held, cost) = (vec![Transform::IDENTITY], vec![area], Vec::new(), Cost::default());
    let mut walk = Walk { transforms, clips, held, open: 0, canvas: whole, cost };
    let first = first_seen(list, &area);
    let mut index = 0;
    while let Some(command) = list.commands.get(index) {
        if index < first.index
            && let Some(end) = first.group_end(list, index)
        {
            index = end;
        } else if index >= first.index || command.is_state() {
            walk.command(command);
        }
        index += 1;
    }
    walk.cost
}

/// What the walk carries along.
struct Walk {
    transforms: Vec<Transform>,
    clips: Vec<PixelRect>,
    /// Bytes of each clip and layer that is open.
    held: Vec<u64>,
    open: u64,
    canvas: PixelRect,
    cost: Cost,
}

fn pixels(area: &PixelRect) -> u64 {
    if area.is_empty() { 0 } else { area.width() as u64 * area.height() as u64 }
}

impl Walk {
    fn transform(&self) -> Transform {
        self.transforms.last().copied().unwrap_or_default()
    }

    fn clip(&self) -> PixelRect {
        self.clips.last().copied().unwrap_or_default()
    }

    /// The pixels that a box touches within the clip.
    fn seen(&self, rect: &Rect) -> PixelRect {
        PixelRect::around(&self.transform().bounds(rect)).outset(1).intersection(&self.clip())
    }

    fn is_turned(&self) -> bool {
        self.transform().whole_move().is_none()
    }

    fn work(&mut self, steps: u64) {
        self.cost.work = self.cost.work.saturating_add(steps);
    }

    fn hold(&mut self, bytes: u64) {
        self.open = self.open.saturating_add(bytes);
        self.cost.bytes = self.cost.bytes.max(self.open);
        self.held.push(bytes);
    }

    fn let_go(&mut self) {
        self.open = self.open.saturating_sub(self.held.pop().unwrap_or(0));
    }

    fn command(&mut self, command: &Command) {
        self.work(steps::COMMAND);
        match command {
            Command::PushTransform(transform) => self.transforms.push(self.transform().then(transform)),
            Command::PopTransform => drop(self.transforms.pop()),
            Command::PushClip(shape) => {
                let seen = self.seen(&shape.rect);
                let has_mask = !shape.is_plain() || self.is_turned();
                let bytes = if has_mask { pixels(&seen) } else { 0 };
                self.work(bytes * if self.is_turned() { steps::TURNED } else { steps::MASK });
                self.clips.push(seen);
                self.hold(bytes);
            }
            Command::PushLayer { bounds, blur, .. } if *blur > 0.0 => {
                // Wherever it is seen: all of it may be drawn, to be kept.
                let blur = blur * self.transform().mean_scale().max(1.0);
                let own = PixelRect::around(&self.transform().bounds(bounds)).outset(1);
                let reach = shadow::reach(blur);
                let seen = own.outset(reach).intersection(&self.canvas.outset(reach));
                self.work(pixels(&seen) * (steps::LAYER + 4 * steps::BLUR));
                self.clips.push(seen);
                // The layer, and one channel of it at a time.
                self.hold(pixels(&seen) * 6);
            }
            Command::PushLayer { bounds, .. } => {
                let seen = self.seen(bounds);
                self.work(pixels(&seen) * steps::LAYER);
                self.clips.push(seen);
                self.hold(pixels(&seen) * 4);
            }
            Command::PopClip | Command::PopLayer => {
                self.clips.pop();
                self.let_go();
            }
            drawn => self.drawn(drawn),
        }
    }

    fn drawn(&mut self, command: &Command) {
        let turned = if self.is_turned() { steps::TURNED } else { 0 };
        match command {
            Command::Fill { shape, paint } => {
                let (Shape::Rect(outer) | Shape::Ring { outer, .. } | Shape::RingSide { outer, .. }) = shape;
                let of_paint = if matches!(paint, Paint::Gradient(_)) { steps::GRADIENT } else { steps::FILL };
                let of_mask = if outer.is_plain() && matches!(shape, Shape::Rect(_)) { turned } else { turned + steps::MASK };
                // What is inside of a ring is not painted, but has a mask where it is turned.
                let painted = match shape {
                    Shape::Ring { outer, inner } if turned == 0 => self.ring(outer, inner),
                    _ => pixels(&self.seen(&outer.rect)),
                };
                self.work(painted * (of_paint + of_mask));
            }
            Command::Image { picture, source, destination, clip, tile, .. } => {
                let shown = clip.map_or(*destination, |clip| clip.rect.intersection(destination));
                let seen = pixels(&self.seen(&shown));
                let own = u64::from(picture.width()) * u64::from(picture.height());
                let part = (source.width.max(0.0) as u64).saturating_mul(source.height.max(0.0) as u64).min(own);
                if seen > 0 {
                    let turned = if self.is_turned() { steps::TURNED_PICTURE } else { 0 };
                    let each = if seen > part && tile.is_none() { steps::ENLARGED } else { steps::PICTURE };
                    self.work(seen * (each + turned) + part * steps::SCALED);
                }
            }
            Command::Glyphs { run, origin, scale, stroke, blur, .. } => {
                let reach = run.reach(*origin, *scale).outset(stroke.unwrap_or(0.0));
                let own = pixels(&self.seen(&reach));
                self.work(own * (steps::TEXT + turned) + run.glyphs.len() as u64 * steps::COMMAND);
                if *blur > 0.0 {
                    let roomy = PixelRect::around(&self.transform().bounds(&reach)).outset(shadow::reach(*blur));
                    let roomy = roomy.intersection(&self.clip().outset(shadow::reach(*blur)));
                    self.blur(pixels(&roomy));
                }
            }
            Command::Shadow { shape, deviation, cut, inset, .. } => self.shadow(shape, *deviation, cut, *inset),
            _ => {}
        }
    }

    fn blur(&mut self, area: u64) {
        self.work(area * steps::BLUR);
        // The mask, and the same with room around it.
        self.cost.bytes = self.cost.bytes.max(self.open.saturating_add(area * 2));
    }

    fn ring(&self, outer: &RoundedRect, inner: &RoundedRect) -> u64 {
        let seen = self.seen(&outer.rect);
        let hole = PixelRect::around(&self.transform().bounds(&inner.rect)).intersection(&seen);
        pixels(&seen).saturating_sub(pixels(&hole)).saturating_add(4 * (seen.width() + seen.height()) as u64)
    }

    fn shadow(&mut self, shape: &RoundedRect, deviation: f32, cut: &RoundedRect, inset: bool) {
        let transform = self.transform();
        let deviation = if self.is_turned() { deviation * transform.mean_scale() } else { deviation };
        let reach = shadow::reach(deviation);
        if inset {
            let seen = self.seen(&cut.rect);
            if !seen.is_empty() {
                let roomy = self.clip().outset(reach);
                self.work(pixels(&roomy) * steps::STRETCHED + pixels(&seen) * (steps::MASK + steps::FILL));
                self.blur_box(shape, reach, &roomy);
            }
            return;
        }
        let own = PixelRect::around(&transform.bounds(&shape.rect));
        let seen = own.outset(reach).intersection(&self.clip());
        if seen.is_empty() || shadow::is_all_cut(cut, &transform, &seen) {
            return;
        }
        self.work(pixels(&seen) * (steps::STRETCHED + steps::FILL));
        self.blur_box(shape, reach, &seen.outset(reach));
    }

    /// An upright box is blurred small and stretched.
    fn blur_box(&mut self, shape: &RoundedRect, reach: i32, roomy: &PixelRect) {
        let own = PixelRect::around(&self.transform().bounds(&shape.rect));
        let radius = shape.radii.top_left.width.max(shape.radii.bottom_right.height).ceil() as i32;
        let side = |length: i32| length.min((radius + reach) * 2 + 1).saturating_add(2 * reach) as u64;
        let small = if self.is_turned() { u64::MAX } else { side(own.width()).saturating_mul(side(own.height())) };
        self.blur(pixels(roomy).min(small));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::color::Color;

    const WHOLE: Rect = Rect { x: 0.0, y: 0.0, width: 100.0, height: 100.0 };

    fn fill(rect: Rect, color: Color) -> Command {
        Command::Fill { shape: Shape::Rect(RoundedRect::plain(rect)), paint: Paint::Solid(color) }
    }

    fn list(commands: Vec<Command>) -> DrawList {
        DrawList { width: 100, height: 100, commands }
    }

    fn translucent() -> Command {
        fill(WHOLE, Color::rgba(0, 0, 0, 128))
    }

    #[test]
    fn cost_follows_what_is_seen() {
        let one = cost(&list(vec![translucent()]), None).work;
        assert!((10_000..11_000).contains(&one), "{one}");
        let part = cost(&list(vec![translucent()]), Some(PixelRect::new(0, 0, 10, 10))).work;
        assert!(part < 1_000, "{part}");
        let outside = fill(Rect::new(500.0, 0.0, 100.0, 100.0), Color::BLACK);
        assert!(cost(&list(vec![outside]), None).work < 1_000);
        assert!(cost(&list(vec![translucent(), translucent()]), None).work > one * 2 - 1_000);
    }

    #[test]
    fn what_is_covered_costs_nothing() {
        let layer = |inside: Vec<Command>| {
            let mut group = vec![Command::PushLayer { opacity: 0.5, blur: 0.0, bounds: WHOLE }];
            group.extend(inside);
            group.push(Command::PopLayer);
            group
        };
        let mut commands = layer(vec![translucent(), translucent()]);
        commands.extend([translucent(), fill(WHOLE, Color::WHITE), translucent()]);
        let found = cost(&list(commands), None);
        assert!(found.work < 25_000 && found.bytes == 0, "{found:?}");
    }

    #[test]
    fn layers_that_are_open_at_a_time_add_up() {
        let nested = |count: usize| {
            let push = std::iter::repeat_n(Command::PushLayer { opacity: 0.5, blur: 0.0, bounds: WHOLE }, count);
            let pop = std::iter::repeat_n(Command::PopLayer, count);
            cost(&list(push.chain([translucent()]).chain(pop).collect()), None)
        };
        assert_eq!(nested(3).bytes, 3 * 40_000);
        assert!(nested(30).work > nested(3).work * 5);
        let beside: Vec<Command> = (0..30)
            .flat_map(|_| [Command::PushLayer { opacity: 0.5, blur: 0.0, bounds: WHOLE }, translucent(), Command::PopLayer])
            .collect();
        assert_eq!(cost(&list(beside), None).bytes, 40_000);
    }
}
