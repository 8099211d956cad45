//! What each layer of a list holds: a layer is as large as that, whatever box it is said to be in.

use super::shadow;
use crate::display::{Command, reach};
use crate::geometry::{Rect, Transform};
use crate::sorted::BTreeMap;

/// How far edges may be drawn beyond their box, device px.
const EDGE: f32 = 2.0;

/// What layers hold, by the numbers of the commands that begin them.
pub type Held = BTreeMap<usize, Rect>;

/// A layer that is open.
struct Open {
    index: usize,
    /// Of what is drawn now, within the layer.
    transforms: Vec<Transform>,
    /// All that was drawn so far can touch.
    held: Option<Rect>,
}

impl Open {
    fn add(&mut self, touched: Rect, edge: f32) {
        if touched.is_empty() {
            return;
        }
        let touched = self.transforms.last().map_or(touched, |transform| transform.bounds(&touched)).outset(edge);
        self.held = Some(self.held.map_or(touched, |held| held.union(&touched)));
    }
}

/// What is drawn in each layer can touch, within the bounds that it has, by the number of the command that begins it and in
/// that command's coordinates. It holds under a transform that moves by whole pixels and no other.
pub fn held(commands: &[Command]) -> Held {
    let mut found = Held::new();
    let mut layers: Vec<Open> = Vec::new();
    for (index, command) in commands.iter().enumerate() {
        if matches!(command, Command::PushLayer { .. }) {
            layers.push(Open { index, transforms: vec![Transform::IDENTITY], held: None });
            continue;
        }
        let Some(open) = layers.last_mut() else { continue };
        match command {
            Command::PushTransform(inner) => {
                let outer = open.transforms.last().copied().unwrap_or_default();
                open.transforms.push(outer.then(inner));
            }
            Command::PopTransform => drop(open.transforms.pop()),
            Command::PopLayer => {
                let Some(Open { index, held, .. }) = layers.pop() else { continue };
                let Some(Command::PushLayer { blur, bounds, .. }) = commands.get(index) else { continue };
                let own = held.map_or(Rect::default(), |held| held.intersection(bounds)).rounded_out();
                found.insert(index, own);
                if let Some(outer) = layers.last_mut() {
                    // Turned, a blur reaches as much farther as all is made larger, which its own bounds know.
                    let is_moved = outer.transforms.last().is_none_or(|transform| transform.whole_move().is_some());
                    let reached = if *blur > 0.0 && !own.is_empty() { shadow::reach(*blur) as f32 } else { 0.0 };
                    outer.add(if is_moved { own.outset(reached) } else { EVERYWHERE }, 0.0);
                }
            }
            drawn => open.add(reach(drawn), EDGE),
        }
    }
    found
}

/// More than any canvas.
const EVERYWHERE: Rect = Rect { x: -16_384.0, y: -16_384.0, width: 32_768.0, height: 32_768.0 };

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;
    use crate::color::Color;
    use crate::display::{DrawList, Paint, Shape};
    use crate::geometry::RoundedRect;
    use crate::raster::{Rasterizer, SharedCanvas, cost};
    use crate::text::{Fonts, TextEngine};

    const CANVAS: Rect = Rect { x: 0.0, y: 0.0, width: 120.0, height: 90.0 };

    fn fill(x: f32, y: f32, side: f32) -> Command {
        let shape = RoundedRect { rect: Rect::new(x, y, side, side), ..RoundedRect::plain(CANVAS) };
        Command::Fill { shape: Shape::Rect(shape), paint: Paint::Solid(Color::rgba(200, 40, 90, 180)) }
    }

    fn layer(opacity: f32, blur: f32, bounds: Rect, inside: Vec<Command>) -> Vec<Command> {
        let mut commands = vec![Command::PushLayer { opacity, blur, bounds }];
        commands.extend(inside);
        commands.push(Command::PopLayer);
        commands
    }

    fn turned(inside: Vec<Command>) -> Vec<Command> {
        let mut commands = vec![Command::PushTransform(Transform::translate(50.0, 20.0).then(&Transform::rotate(20.0)))];
        commands.extend(inside);
        commands.push(Command::PopTransform);
        commands
    }

    #[test]
    fn layers_are_as_large_as_what_they_hold() {
        let nested = (0..60).fold(vec![fill(30.0, 30.0, 4.0)], |inside, _| layer(0.9, 0.0, CANVAS, inside));
        let list = DrawList { width: 120, height: 90, commands: nested };
        let cost = cost(&list, None);
        assert!(cost.bytes < 60 * 4 * 300 && cost.work < 300_000, "{cost:?}");
        let empty = layer(0.5, 9.0, CANVAS, layer(0.5, 0.0, CANVAS, Vec::new()));
        assert!(held(&empty).values().all(|held| held.width <= 0.0 || held.height <= 0.0));
    }

    #[test]
    fn what_is_drawn_is_the_same_however_large_the_bounds_are() {
        let draw = |commands: Vec<Command>| {
            let mut canvas = SharedCanvas::new(120, 90, &Limits::default()).unwrap();
            let list = DrawList { width: 120, height: 90, commands };
            Rasterizer::new().draw(&list, &mut TextEngine::new(Fonts::none()), &mut canvas, None);
            canvas
        };
        for blur in [0.0, 2.0, 7.5] {
            for inside in [
                vec![fill(10.0, 20.0, 30.0), fill(35.5, 40.25, 20.0)],
                layer(0.5, blur, CANVAS, vec![fill(60.0, 50.0, 20.0)]),
                turned(vec![fill(0.0, 0.0, 25.0)]),
                turned(layer(0.7, blur, Rect::new(-40.0, -40.0, 200.0, 200.0), vec![fill(0.0, 0.0, 25.0)])),
                layer(0.5, 0.0, CANVAS, turned(layer(0.7, blur, EVERYWHERE, vec![fill(3.0, 0.0, 25.0)]))),
            ] {
                // A box that covers nothing visible, but has the layer as large as it may be.
                let clear = Command::Fill {
                    shape: Shape::Rect(RoundedRect::plain(EVERYWHERE)),
                    paint: Paint::Solid(Color::rgba(0, 0, 0, 0)),
                };
                let mut whole = inside.clone();
                whole.push(clear);
                let (whole, held) = (draw(layer(0.6, blur, CANVAS, whole)), draw(layer(0.6, blur, CANVAS, inside.clone())));
                assert!(whole == held, "blur {blur}: {inside:?}");
                assert!(held.pixels().iter().any(|byte| *byte != 0));
            }
        }
    }
}
