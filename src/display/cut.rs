//! A draw list cut at what only the host can draw: what is between is rasterized, over transparent pixels, and brought onto the
//! canvas in its turn.

use super::damage::States;
use super::list::{Command, DrawList};
use super::lower::Lowering;
use super::operations::Operation;
use crate::geometry::PixelRect;

/// A step on the way to a frame that a rasterizer and a host draw together.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Pixels that are rasterized, onto the canvas or into the layer that is open, as they are: under no clip and no transform.
    Piece(Piece),
    /// What the host does.
    Operation(Operation),
}

/// What is rasterized at once.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// Its commands, on a canvas of the same size.
    pub list: DrawList,
    /// The pixels that it can touch, as far as they are asked for.
    pub area: PixelRect,
}

/// How an area of a list comes about: empty where the host has nothing to draw in it, so that all of it can be rasterized.
///
/// What the host draws is put off until something would lie over it: most often one piece is below all of it. Layers that hold
/// something of the host's are made by the host.
///
/// ```
/// use friendboard::display::{Command, DrawList, Paint, Shape, Step, cut, operations::Operation};
/// use friendboard::geometry::{PixelRect, Rect, RoundedRect};
/// use friendboard::{Color, picture::Picture};
/// let at = Rect::new(0.0, 0.0, 8.0, 8.0);
/// let ground = Command::Fill { shape: Shape::Rect(RoundedRect::plain(at)), paint: Paint::Solid(Color::WHITE) };
/// let (src, picture) = ("a.png".into(), Picture::of_host(8, 8));
/// let avatar = Command::Image { src, picture, source: at, destination: at, clip: None, tile: None };
/// let list = DrawList { width: 8, height: 16, commands: vec![ground, avatar] };
/// let steps = cut(&list, &PixelRect::new(0, 0, 8, 16));
/// assert!(matches!(&steps[..], [Step::Piece(_), Step::Operation(Operation::Image { .. })]));
/// assert!(cut(&list, &PixelRect::new(0, 12, 8, 16)).is_empty());
/// ```
#[must_use]
pub fn cut(list: &DrawList, area: &PixelRect) -> Vec<Step> {
    // Most often there is nothing of the host's, which costs no more than this.
    if !list.commands.iter().any(Command::is_of_host) {
        return Vec::new();
    }
    let of_host = of_host(list, area);
    if !of_host.contains(&true) {
        return Vec::new();
    }
    let mut cutting = Cutting::new(list, *area);
    for (command, is_of_host) in list.commands.iter().zip(of_host) {
        cutting.command(command, is_of_host);
        cutting.states.follow(command);
    }
    cutting.flush();
    cutting.steps
}

/// Of each command, whether the host draws it in an area; of a layer's begin, whether it holds something that the host draws there.
fn of_host(list: &DrawList, area: &PixelRect) -> Vec<bool> {
    let mut found = vec![false; list.commands.len()];
    let mut states = States::of(list);
    let mut layers: Vec<usize> = Vec::new();
    for (index, command) in list.commands.iter().enumerate() {
        match command {
            Command::PushLayer { .. } => layers.push(index),
            Command::PopLayer => drop(layers.pop()),
            _ if command.is_of_host() && !states.area(command, 0).intersection(area).is_empty() => {
                layers.iter().copied().chain([index]).for_each(|index| found[index] = true);
            }
            _ => {}
        }
        states.follow(command);
    }
    found
}

/// A layer that the host makes.
struct Layer {
    /// How many states and layers are open around it, and it.
    open: usize,
    /// The pixels that are asked for around it.
    outer: PixelRect,
}

/// What the walk carries along.
struct Cutting<'a> {
    size: (u32, u32),
    states: States,
    lowering: Lowering,
    steps: Vec<Step>,
    /// States and layers that are open.
    open: Vec<&'a Command>,
    /// Of these, the layers that the host makes.
    layers: Vec<Layer>,
    /// Layers that are open and rasterized.
    own_layers: usize,
    /// The pixels that are asked for of the canvas, or of the layer that the host makes.
    area: PixelRect,
    piece: Vec<Command>,
    /// What of the area the piece touches so far.
    touched: PixelRect,
    /// What the host draws onto the piece, and where.
    waiting: Vec<(PixelRect, Vec<Operation>)>,
}

impl<'a> Cutting<'a> {
    fn new(list: &DrawList, area: PixelRect) -> Self {
        Self {
            size: (list.width, list.height),
            states: States::of(list),
            lowering: Lowering::of(list),
            steps: Vec::new(),
            open: Vec::new(),
            layers: Vec::new(),
            own_layers: 0,
            area,
            piece: Vec::new(),
            touched: PixelRect::default(),
            waiting: Vec::new(),
        }
    }

    fn command(&mut self, command: &'a Command, is_of_host: bool) {
        match command {
            Command::PushLayer { .. } if is_of_host => self.begin_layer(command),
            Command::PopLayer if self.own_layers == 0 => self.end_layer(command),
            Command::PushTransform(_) | Command::PushClip(_) | Command::PushLayer { .. } => {
                if matches!(command, Command::PushLayer { .. }) {
                    // It is rasterized at once, so that nothing can come into the midst of it.
                    if !self.waiting.is_empty() {
                        self.flush();
                    }
                    self.own_layers += 1;
                }
                self.open.push(command);
                self.piece.push(command.clone());
            }
            Command::PopTransform | Command::PopClip | Command::PopLayer => {
                self.own_layers -= usize::from(*command == Command::PopLayer);
                self.open.pop();
                self.piece.push(command.clone());
            }
            drawn => {
                let touched = self.states.area(drawn, self.layers.len()).intersection(&self.area);
                if touched.is_empty() || (drawn.is_of_host() && !is_of_host) {
                    return;
                }
                if is_of_host {
                    let operations = self.lowered(drawn);
                    self.waiting.push((touched, operations));
                    return;
                }
                if self.waiting.iter().any(|(area, _)| !area.intersection(&touched).is_empty()) {
                    self.flush();
                }
                self.piece.push(drawn.clone());
                self.touched = self.touched.union(&touched);
            }
        }
    }

    /// The first state that is open within the innermost layer that the host makes.
    fn base(&self) -> usize {
        self.layers.last().map_or(0, |layer| layer.open)
    }

    /// A command of the host's under all that is open in its layer.
    fn lowered(&mut self, command: &Command) -> Vec<Operation> {
        let base = self.base();
        let open = self.open.get(base..).unwrap_or_default();
        for state in open {
            self.lowering.of_host(state);
        }
        self.lowering.of_host(command);
        open.iter().rev().filter_map(|state| state.end()).for_each(|end| self.lowering.of_host(&end));
        std::mem::take(&mut self.lowering.operations)
    }

    /// The states under which a piece is rasterized. In a layer everything stands as around it, and the clips around it are none of
    /// the layer's.
    fn under(&self) -> impl DoubleEndedIterator<Item = &'a Command> {
        let (around, inside) = self.open.split_at(self.base());
        around.iter().filter(|state| matches!(state, Command::PushTransform(_))).chain(inside).copied()
    }

    /// Ends the piece, with what the host draws onto it, and begins the next one.
    fn flush(&mut self) {
        if !self.touched.is_empty() {
            let mut commands = std::mem::take(&mut self.piece);
            commands.extend(self.under().rev().filter_map(Command::end));
            let (width, height) = self.size;
            let area = std::mem::take(&mut self.touched);
            self.steps.push(Step::Piece(Piece { list: DrawList { width, height, commands }, area }));
        }
        self.steps.extend(self.waiting.drain(..).flat_map(|(_, operations)| operations).map(Step::Operation));
        self.begin_piece();
    }

    fn begin_piece(&mut self) {
        self.piece = self.under().cloned().collect();
    }

    fn begin_layer(&mut self, command: &'a Command) {
        self.flush();
        let base = self.base();
        self.open.get(base..).unwrap_or_default().iter().for_each(|state| self.lowering.of_host(state));
        self.lowering.of_host(command);
        let outer = self.area;
        if let Some(Operation::BeginLayer(layer)) = self.lowering.operations.last()
            && layer.blur > 0.0
        {
            // As far as hosts do.
            let whole = PixelRect::new(0, 0, self.size.0 as i32, self.size.1 as i32);
            self.area = self.area.outset((3.0 * layer.blur).ceil() as i32 + 2).intersection(&whole);
        }
        self.take_lowered();
        self.open.push(command);
        self.layers.push(Layer { open: self.open.len(), outer });
        self.begin_piece();
    }

    fn end_layer(&mut self, command: &Command) {
        self.flush();
        let Some(layer) = self.layers.pop() else { return };
        self.area = layer.outer;
        self.open.pop();
        self.lowering.of_host(command);
        let base = self.base();
        let around = self.open.get(base..).unwrap_or_default();
        around.iter().rev().filter_map(|state| state.end()).for_each(|end| self.lowering.of_host(&end));
        self.take_lowered();
        self.begin_piece();
    }

    fn take_lowered(&mut self) {
        self.steps.extend(self.lowering.operations.drain(..).map(Step::Operation));
    }
}

#[cfg(test)]
#[path = "cut_tests.rs"]
mod tests;
