//! The pixels painter: the shared canvas's pixels in the module's memory, straight as `putImageData` takes them; and, where the
//! host has something to draw, the pieces between.

use friendboard::Limits;
use friendboard::Renderer;
use friendboard::context::{OpenDataContext, SharedFrame};
use friendboard::display::{Piece, Step};
use friendboard::geometry::PixelRect;
use friendboard::raster::SharedCanvas;
use friendboard::text::Fonts;
#[cfg(not(feature = "command-line"))]
use friendboard::text::TextSource;

use crate::words::Words;

/// A renderer over fonts, and over those of a host for what they lack: under WASI there is none.
pub fn renderer(fonts: Fonts, limits: Limits, host_draws: bool) -> Renderer {
    let mut renderer = Renderer::new(fonts, limits);
    #[cfg(not(feature = "command-line"))]
    if let (true, TextSource::Engine(engine)) = (host_draws, &mut renderer.text) {
        engine.set_host(Box::new(crate::measure::HostFonts::default()));
    }
    #[cfg(feature = "command-line")]
    let _ = (host_draws, &mut renderer);
    renderer
}

/// The canvas, and what is shown of it.
pub struct Canvas {
    pixels: SharedCanvas,
    straight: Vec<u8>,
    damage: PixelRect,
    /// What the host does where it draws a part of the frame; empty where it does not.
    words: Words,
    /// The pieces that the words name; `None` is the canvas itself.
    pieces: Vec<Option<Piece>>,
    /// What was drawn of them last.
    piece: PixelRect,
}

impl Canvas {
    /// A canvas that takes the size which the context has.
    pub fn new(limits: &Limits) -> friendboard::Result<Self> {
        let pixels = SharedCanvas::new(1, 1, limits)?;
        Ok(Self {
            straight: vec![0; 4],
            pixels,
            damage: PixelRect::default(),
            words: Words::default(),
            pieces: Vec::new(),
            piece: PixelRect::default(),
        })
    }

    /// Draws what has changed; true where something has.
    pub fn draw(&mut self, context: &mut OpenDataContext, now: f64) -> bool {
        let Some(SharedFrame { damage, has_canvas, steps }) = context.frame_with_host(&mut self.pixels, now) else {
            return false;
        };
        let length = self.pixels.pixels().len();
        if self.straight.len() != length {
            self.straight.clear();
            self.straight.resize(length, 0);
        }
        self.damage = damage;
        self.words.clear();
        self.pieces.clear();
        if has_canvas {
            self.pixels.write_straight(damage, &mut self.straight);
        }
        if !steps.is_empty() {
            self.share(has_canvas, steps);
        }
        true
    }

    /// Tells the host what it draws.
    fn share(&mut self, has_canvas: bool, steps: Vec<Step>) {
        if has_canvas {
            self.add(None);
        }
        for step in steps {
            match step {
                Step::Piece(piece) => self.add(Some(piece)),
                Step::Operation(operation) => self.words.operation(&operation),
            }
        }
    }

    fn add(&mut self, piece: Option<Piece>) {
        self.words.piece(self.pieces.len() as u32);
        self.pieces.push(piece);
    }

    /// Draws a piece of the frame into the straight pixels. The host asks for each in its turn.
    pub fn draw_piece(&mut self, context: &mut OpenDataContext, number: usize) {
        match self.pieces.get(number) {
            Some(Some(piece)) => {
                context.draw_piece(piece, &mut self.pixels);
                self.pixels.write_straight(piece.area, &mut self.straight);
                self.piece = piece.area;
            }
            Some(None) => self.piece = self.damage,
            None => self.piece = PixelRect::default(),
        }
    }

    /// Straight RGBA8 rows.
    pub fn straight(&self) -> &[u8] {
        &self.straight
    }

    /// What the host does.
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// Width and height, device px.
    pub fn size(&self) -> (u32, u32) {
        (self.pixels.width(), self.pixels.height())
    }

    /// What the last draw touched.
    pub fn damage(&self) -> PixelRect {
        self.damage
    }

    /// What the last piece touched.
    pub fn piece(&self) -> PixelRect {
        self.piece
    }
}
