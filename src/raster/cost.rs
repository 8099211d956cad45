//! What drawing a list would cost, before anything is drawn: so that a list which costs too much is refused as a whole, and
//! no canvas is left half drawn.

use super::fills::is_whole;
use super::layers;
use super::list::first_seen;
use super::needed::crop;
use super::pictures::{is_drawn, most_tile_pixels, tile_pixels};
use super::ramp::TABLE;
use super::shadow;
use super::tables::Tables;
use crate::display::{Command, DrawList, Paint, Shape};
use crate::few::Few;
use crate::geometry::{PixelRect, Point, Rect, RoundedRect, Transform};
use crate::picture::ScaledCrops;
use crate::text::{Glyph, GlyphRun};

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
    /// Of a colour that lets through what is below: that is read, too.
    pub const TRANSLUCENT: u64 = 2;
    pub const GRADIENT: u64 = 6;
    /// Of a gradient's table of colours, as if it were made anew each time.
    pub const GRADIENT_TABLE: u64 = 8_000;
    pub const PICTURE: u64 = 4;
    /// Of a picture at the size at which it is drawn, where it is scaled to that.
    pub const MADE: u64 = 16;
    /// Of the picture itself, where it is scaled.
    pub const SCALED: u64 = 7;
    pub const TEXT: u64 = 2;
    /// Of a letter, seen or not: where it stands is looked at.
    pub const LETTER: u64 = 8;
    pub const MASK: u64 = 1;
    /// Of a mask that is made of a box's outline.
    pub const OUTLINE: u64 = 11;
    /// Cleared, and brought onto what is below.
    pub const LAYER: u64 = 8;
    /// Three means along the rows and three along the columns, however wide they are.
    pub const BLUR: u64 = 9;
    /// Of a shadow's mask that is stretched and cut.
    pub const STRETCHED: u64 = 3;
    /// Of what is turned or skewed.
    pub const TURNED: u64 = 5;
    /// Of a picture that is turned or skewed.
    pub const TURNED_PICTURE: u64 = 50;
    /// Of a command, however little it draws.
    pub const COMMAND: u64 = 500;
}

/// Bytes of a pixel: of an outline's mask while it is made, and of a turned shadow's, which is there three times.
const OUTLINE_BYTES: u64 = 5;
const TURNED_SHADOW_BYTES: u64 = 3;

/// Bytes of the tables of gradients that are kept at most.
const GRADIENT_BYTES: u64 = (Tables::KEPT_MOST * TABLE * 4) as u64;

/// Larger letters are not kept, device px per em: each is made wherever it is drawn.
const KEPT_EM: f32 = 512.0;

/// How many times its size a letter reaches at most.
const NEAR_EMS: f32 = 3.0;

/// What drawing a list costs, or the part of it in an area.
#[must_use]
pub fn cost(list: &DrawList, area: Option<PixelRect>) -> Cost {
    let whole = PixelRect::new(0, 0, list.width as i32, list.height as i32);
    let area = area.map_or(whole, |area| area.intersection(&whole));
    let (transforms, clips, held, cost) = (Few::of(Transform::IDENTITY), Few::of(area), Few::new(), Cost::default());
    let mut walk = Walk { transforms, clips, held, open: 0, canvas: whole, cost };
    let (first, held) = (first_seen(list, &area), layers::held(&list.commands));
    let mut index = 0;
    while let Some(command) = list.commands.get(index) {
        if index < first.index
            && let Some(end) = first.group_end(list, index)
        {
            index = end;
        } else if index >= first.index || command.is_state() {
            walk.command(command, held.get(&index));
        }
        index += 1;
    }
    walk.cost
}

/// What the walk carries along.
struct Walk {
    canvas: PixelRect,
    transforms: Few<Transform, 4>,
    clips: Few<PixelRect, 8>,
    /// Bytes of each clip and layer that is open.
    held: Few<u64, 8>,
    open: u64,
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

    /// The pixels that a box touches, wherever they are.
    fn own(&self, rect: &Rect) -> PixelRect {
        PixelRect::around(&self.transform().bounds(rect)).outset(1)
    }

    /// The pixels that a box touches within the clip.
    fn seen(&self, rect: &Rect) -> PixelRect {
        self.own(rect).intersection(&self.clip())
    }

    /// How many of a box's own pixels are on the canvas, whatever the clip leaves of it: masks are made over all of them, so that
    /// a repaint of a part changes no pixel.
    fn touched(&self, own: &PixelRect) -> u64 {
        pixels(&own.intersection(&self.canvas))
    }

    fn is_turned(&self) -> bool {
        self.transform().whole_move().is_none()
    }

    /// Of a layer's bounds as much as is made.
    fn held<'a>(&self, bounds: &'a Rect, held: Option<&'a Rect>) -> &'a Rect {
        held.filter(|_| !self.is_turned()).unwrap_or(bounds)
    }

    fn work(&mut self, steps: u64) {
        self.cost.work = self.cost.work.saturating_add(steps);
    }

    /// Bytes that are held while one command is drawn.
    fn use_bytes(&mut self, bytes: u64) {
        self.cost.bytes = self.cost.bytes.max(self.open.saturating_add(bytes));
    }

    fn hold(&mut self, bytes: u64) {
        self.use_bytes(bytes);
        self.open = self.open.saturating_add(bytes);
        self.held.push(bytes);
    }

    fn let_go(&mut self) {
        self.open = self.open.saturating_sub(self.held.pop().unwrap_or(0));
    }

    fn command(&mut self, command: &Command, held: Option<&Rect>) {
        self.work(steps::COMMAND);
        match command {
            Command::PushTransform(transform) => self.transforms.push(self.transform().then(transform)),
            Command::PopTransform => drop(self.transforms.pop()),
            Command::PushClip(shape) => {
                let own = self.own(&shape.rect);
                let seen = own.intersection(&self.clip());
                let has_mask = !shape.is_plain() || self.is_turned();
                let bytes = if has_mask { pixels(&seen) } else { 0 };
                if bytes > 0 {
                    self.outline(shape, &own);
                }
                self.work(bytes * steps::MASK);
                self.clips.push(seen);
                self.hold(bytes);
            }
            Command::PushLayer { bounds, blur, .. } if *blur > 0.0 => {
                // Wherever it is seen: all of it may be drawn, to be kept.
                let blur = blur * self.transform().mean_scale().max(1.0);
                let bounds = self.held(bounds, held);
                let own = self.own(bounds);
                let reach = shadow::reach(blur);
                let all = if bounds.is_empty() { PixelRect::default() } else { own.outset(reach) };
                let seen = all.intersection(&self.canvas.outset(reach));
                self.work(pixels(&seen) * (steps::LAYER + 4 * steps::BLUR));
                self.clips.push(seen);
                // The layer, and one channel of it at a time.
                self.hold(pixels(&seen) * 6);
            }
            Command::PushLayer { bounds, .. } => {
                let seen = self.seen(self.held(bounds, held));
                self.work(pixels(&seen) * steps::LAYER);
                self.clips.push(seen);
                self.hold(pixels(&seen) * 4);
            }
            Command::PopClip | Command::PopLayer => {
                self.clips.pop();
                self.let_go();
            }
            _ if self.clip().is_empty() => {}
            drawn => self.drawn(drawn),
        }
    }

    /// A mask of a box's outline, whose own pixels are given: of all of it where it is turned or stands between pixels, else of
    /// its corners.
    fn outline(&mut self, shape: &RoundedRect, own: &PixelRect) {
        let touched = self.touched(own);
        if self.is_turned() {
            self.work(touched * steps::TURNED);
            return self.use_bytes(touched);
        }
        let radii = &shape.radii;
        let upper = f64::from(radii.top_left.height.max(radii.top_right.height));
        let lower = f64::from(radii.bottom_left.height.max(radii.bottom_right.height));
        let across = |left: f32, right: f32| f64::from(left) + f64::from(right);
        let corners = upper * across(radii.top_left.width, radii.top_right.width)
            + lower * across(radii.bottom_left.width, radii.bottom_right.width);
        let made = if is_whole(shape) { touched.min(corners.ceil() as u64) } else { touched };
        self.work(made * steps::OUTLINE);
        self.use_bytes(made * OUTLINE_BYTES);
    }

    fn drawn(&mut self, command: &Command) {
        match command {
            Command::Fill { shape, paint } => self.fill(shape, paint),
            Command::Image { .. } => self.image(command),
            Command::Glyphs { .. } => self.glyphs(command),
            Command::Shadow { shape, deviation, cut, inset, .. } => self.shadow(shape, *deviation, cut, *inset),
            _ => {}
        }
    }

    fn fill(&mut self, shape: &Shape, paint: &Paint) {
        let (Shape::Rect(outer) | Shape::Ring { outer, .. } | Shape::RingSide { outer, .. }) = shape;
        let own = self.own(&outer.rect);
        let seen = own.intersection(&self.clip());
        let (seen, area) = (pixels(&seen), seen);
        if seen == 0 {
            return;
        }
        let of_paint = match paint {
            Paint::Gradient(_) => steps::GRADIENT,
            Paint::Solid(color) if color.alpha == 255 => steps::FILL,
            Paint::Solid(_) => steps::TRANSLUCENT,
        };
        let has_mask = self.is_turned() || !outer.is_plain() || !is_whole(outer) || !matches!(shape, Shape::Rect(_));
        if has_mask {
            self.outline(outer, &own);
        }
        let painted = match shape {
            Shape::Rect(_) => seen,
            // What is inside of a ring is not painted, but has a mask where it is turned.
            Shape::Ring { inner, .. } if !self.is_turned() => self.ring(&area, inner),
            Shape::Ring { inner, .. } => {
                self.outline(inner, &self.own(&inner.rect));
                seen
            }
            Shape::RingSide { side, inner, .. } => {
                self.outline(inner, &self.own(&inner.rect));
                let least = |axis: fn(&Point) -> f32| side.iter().map(axis).fold(f32::INFINITY, f32::min);
                let most = |axis: fn(&Point) -> f32| side.iter().map(axis).fold(f32::NEG_INFINITY, f32::max);
                let (x, y): (fn(&Point) -> f32, fn(&Point) -> f32) = (|point| point.x, |point| point.y);
                let touched = self.touched(&self.own(&Rect::from_edges(least(x), least(y), most(x), most(y))));
                self.work(touched * (steps::TURNED + steps::MASK));
                self.use_bytes(touched * 2);
                seen
            }
        };
        if matches!(paint, Paint::Gradient(_)) {
            self.work(steps::GRADIENT_TABLE);
            self.use_bytes(GRADIENT_BYTES);
        }
        self.work(painted * (of_paint + if has_mask { steps::MASK } else { 0 }));
    }

    fn image(&mut self, command: &Command) {
        let Command::Image { picture, source, destination, clip, tile, .. } = command else { return };
        let shown = clip.map_or(*destination, |clip| clip.rect.intersection(destination));
        let seen = pixels(&self.seen(&shown));
        if seen == 0 || !is_drawn(picture, source, destination) {
            return;
        }
        if let Some(clip) = clip.filter(|clip| !clip.is_plain() || self.is_turned()) {
            self.outline(&clip, &self.own(&clip.rect));
        }
        let (part, width, height) = crop(&self.transform(), (source, destination, *tile), &self.canvas);
        let own = u64::from(picture.width()) * u64::from(picture.height());
        let of_part = (part.width.max(0.0) as u64).saturating_mul(part.height.max(0.0) as u64).min(own);
        if !picture.is_as_it_is(part, (width, height)) {
            let size = u64::from(width) * u64::from(height);
            // A vast one is made where it is seen, and not kept.
            let is_vast = size * 4 > ScaledCrops::KEPT_BYTES as u64 && tile.is_none() && !self.is_turned();
            self.work(of_part * steps::SCALED + if is_vast { seen.min(size) } else { size } * steps::MADE);
            self.use_bytes(if is_vast { 0 } else { size * 4 });
        }
        if self.is_turned() {
            let touched = self.touched(&self.own(destination));
            let tiles = tile.map_or(0.0, |tile| {
                let count = |extent: f32, step: f32| (extent / step.max(1.0)).ceil() + 1.0;
                let count = count(destination.width, tile.0) * count(destination.height, tile.1);
                tile_pixels(&self.transform(), tile, count).min(most_tile_pixels(&self.canvas))
            });
            self.work(touched.max(tiles as u64) * steps::TURNED_PICTURE);
            self.use_bytes((touched + u64::from(width) * u64::from(height)) * 4);
        }
        self.work(seen * steps::PICTURE);
    }

    fn glyphs(&mut self, command: &Command) {
        let Command::Glyphs { run, origin, scale, stroke, blur, .. } = command else { return };
        self.work(run.glyphs.len() as u64 * steps::LETTER);
        let reach = run.reach(*origin, *scale).outset(stroke.unwrap_or(0.0));
        let own = self.own(&reach);
        let seen = pixels(&own.intersection(&self.clip()));
        if seen == 0 {
            return;
        }
        // Letters that are far away are not made; those of a shadow are near where it reaches the canvas.
        let near = if *blur > 0.0 { self.canvas.outset(shadow::reach(*blur)) } else { self.clip() };
        let is_near = own.intersection(&near) == own;
        let count = if is_near { run.glyphs.len() as u64 } else { self.letters(run, *origin, *scale, &near) };
        // They may lie over each other, and each has a mask of its own.
        let em = run.size * *scale * self.transform().mean_scale();
        let each = (f64::from(em) * f64::from(em) / 2.0) as u64;
        let touched = self.touched(&own);
        let masks = count.saturating_mul(each.min(touched));
        let made = match (self.is_turned(), em > KEPT_EM) {
            (true, _) => steps::TURNED,
            (false, true) => steps::OUTLINE,
            (false, false) => 0,
        };
        self.work(masks.max(seen).saturating_mul(steps::TEXT + made));
        self.work(count * steps::COMMAND);
        if *blur > 0.0 {
            let roomy = PixelRect::around(&self.transform().bounds(&reach)).outset(shadow::reach(*blur));
            let roomy = pixels(&roomy.intersection(&self.canvas.outset(shadow::reach(*blur))));
            self.work(masks.saturating_mul(steps::MASK) + roomy * steps::BLUR);
            self.use_bytes(roomy + masks.min(roomy));
        }
    }

    /// How many letters of a run stand near an area, and so may be seen in it.
    fn letters(&self, run: &GlyphRun, origin: Point, scale: f32, area: &PixelRect) -> u64 {
        let transform = self.transform();
        let reach = run.size * scale * NEAR_EMS;
        let (across, down) = ((transform.a.abs() + transform.c.abs()) * reach, (transform.b.abs() + transform.d.abs()) * reach);
        let edges = |from: i32, until: i32, by: f32| (from as f32 - by - 1.0, until as f32 + by + 1.0);
        let (columns, rows) = (edges(area.left, area.right, across), edges(area.top, area.bottom, down));
        let is_near = |glyph: &&Glyph| {
            let Point { x, y } = transform.apply(Point::new(origin.x + glyph.x * scale, origin.y + glyph.y * scale));
            x >= columns.0 && x <= columns.1 && y >= rows.0 && y <= rows.1
        };
        run.glyphs.iter().filter(is_near).count() as u64
    }

    /// The pixels of a ring of which these are seen, with its hole.
    fn ring(&self, seen: &PixelRect, inner: &RoundedRect) -> u64 {
        let hole = PixelRect::around(&self.transform().bounds(&inner.rect)).intersection(seen);
        pixels(seen).saturating_sub(pixels(&hole)).saturating_add(4 * (seen.width() + seen.height()) as u64)
    }

    fn shadow(&mut self, shape: &RoundedRect, deviation: f32, cut: &RoundedRect, inset: bool) {
        let transform = self.transform();
        let deviation = if self.is_turned() { deviation * transform.mean_scale() } else { deviation };
        let reach = shadow::reach(deviation);
        let own = PixelRect::around(&transform.bounds(&shape.rect)).outset(reach);
        let seen = if inset { self.seen(&cut.rect) } else { own.intersection(&self.clip()) };
        if seen.is_empty() || (!inset && shadow::is_all_cut(cut, &transform, &self.clip())) {
            return;
        }
        // Of the box whose shadow it is, and of what cuts it.
        let around = if inset { self.canvas.outset(reach) } else { self.canvas };
        let cut_own = self.own(&cut.rect);
        let (mask, of_cut) = (pixels(&own.intersection(&around)), self.touched(&cut_own));
        self.outline(cut, &cut_own);
        self.work(mask * steps::STRETCHED + of_cut * steps::MASK + pixels(&seen) * (steps::MASK + steps::FILL));
        let (blurred, copies) = if self.is_turned() {
            self.outline(shape, &self.own(&shape.rect));
            (pixels(&own.outset(reach).intersection(&self.canvas.outset(2 * reach))), TURNED_SHADOW_BYTES)
        } else {
            // An upright box is blurred small and stretched.
            let radius = shape.radii.top_left.width.max(shape.radii.bottom_right.height).ceil() as i32;
            let side = |length: i32| length.min((radius + reach) * 2 + 1).saturating_add(2 * reach).max(0) as u64;
            let inner = PixelRect::around(&transform.bounds(&shape.rect));
            let small = side(inner.width()).saturating_mul(side(inner.height()));
            (pixels(&own.intersection(&around).outset(reach)).min(small), 1)
        };
        self.work(blurred * steps::BLUR);
        self.use_bytes(of_cut + mask + blurred * copies + if inset { pixels(&seen) } else { 0 });
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
        assert!((20_000..21_000).contains(&one), "{one}");
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
        assert!(found.work < 35_000 && found.bytes == 0, "{found:?}");
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
