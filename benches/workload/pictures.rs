//! The two pictures of the workload, drawn as anybody would: a request, its pictures, a frame.

use friendboard::json::Value;
use friendboard::picture::Picture;
use friendboard::pipeline::Clock;
use friendboard::text::Fonts;
use friendboard::{Board, Frame, Limits, Renderer, Request};

use super::friends::{self, Friend};

/// Rows of the board, beside that of the player.
const ROWS: usize = 10;

/// How many pages a hundred friends are.
const PAGES: usize = 10;

/// What is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Drawing {
    /// Ten friends and the player, 800×800.
    Board,
    /// A share card over a gradient, 1200×630.
    Card,
}

impl Drawing {
    pub const ALL: [Self; 2] = [Self::Board, Self::Card];

    pub fn name(self) -> &'static str {
        match self {
            Self::Board => "board",
            Self::Card => "card",
        }
    }

    fn documents(self) -> (&'static str, &'static str) {
        match self {
            Self::Board => (include_str!("board.xml"), include_str!("board.json")),
            Self::Card => (include_str!("card.xml"), include_str!("card.json")),
        }
    }

    fn size(self) -> (u32, u32) {
        match self {
            Self::Board => (800, 800),
            Self::Card => (1200, 630),
        }
    }
}

/// Draws the pictures, another page of friends each time, with the avatars decoded and the fonts loaded.
pub struct Drawer {
    renderer: Renderer,
    board: Board,
    requests: Vec<Request>,
    avatars: Vec<(String, Picture)>,
    /// Where avatars are not decoded before: their files.
    files: Vec<(String, Vec<u8>)>,
    drawn: usize,
}

impl Drawer {
    /// Ready to draw, with every page drawn once.
    pub fn warm(drawing: Drawing, clock: Option<Clock>) -> Self {
        let mut drawer = Self::new(drawing, PAGES, &friends::avatars(), clock);
        (0..PAGES).for_each(|_| drop(drawer.frame()));
        drawer
    }

    /// Ready to draw so many pages the first time.
    pub fn new(drawing: Drawing, pages: usize, avatars: &[Picture], clock: Option<Clock>) -> Self {
        let limits = Limits::default();
        let everybody = friends::friends(100);
        let (template, style) = drawing.documents();
        let board = Board::compile(("workload.xml", template), &[("workload.json", style)], &limits).expect("it compiles");
        let renderer = Renderer::new(Fonts::bundled(), limits);
        let renderer = match clock {
            Some(clock) => renderer.with_clock(clock),
            None => renderer,
        };
        let requests = (0..pages).map(|page| request(drawing, &everybody, page)).collect();
        let avatars = (0..).zip(avatars).map(|(index, picture)| (friends::avatar_name(index), picture.clone())).collect();
        Self { renderer, board, requests, avatars, files: Vec::new(), drawn: 0 }
    }

    /// The same with avatars that come as files.
    pub fn with_files(self) -> Self {
        let files = (0..friends::AVATARS).map(|index| (friends::avatar_name(index), friends::avatar_file(index)));
        Self { files: files.collect(), ..self }
    }

    /// The next page's frame.
    pub fn frame(&mut self) -> Frame {
        let request = &self.requests[self.drawn % self.requests.len()];
        self.drawn += 1;
        let mut job = self.renderer.begin(&self.board, request).expect("the request is good");
        while let Some(src) = job.next_picture() {
            if let Some((_, file)) = self.files.iter().find(|(name, _)| **name == *src) {
                job.supply(&src, Ok::<_, String>(file));
                continue;
            }
            let picture = self.avatars.iter().find(|(name, _)| **name == *src).map(|(_, picture)| picture.clone());
            job.supply_picture(&src, picture.ok_or("there is no such avatar"));
        }
        job.finish().expect("it is within the limits")
    }

    /// Draws a frame's list onto its canvas once more, and does no more than that.
    pub fn rasterize(&mut self, frame: &mut Frame) {
        self.renderer.rasterize(&frame.list, &mut frame.canvas, None);
    }
}

fn request(drawing: Drawing, everybody: &[Friend], page: usize) -> Request {
    let (width, height) = drawing.size();
    let rows = &everybody[page * ROWS % everybody.len()..][..ROWS];
    let me = &everybody[(page * 7 + 29) % everybody.len()];
    Request::friends(friends::json(rows)).size(width, height).variable("me", me.values(page * 7 + 30))
}

/// The requests of a drawing as JSON, for who draws them by the module.
pub fn requests_json(drawing: Drawing) -> String {
    let everybody = friends::friends(100);
    let ((template, style), (width, height)) = (drawing.documents(), drawing.size());
    let request = |page: usize| {
        let me = &everybody[(page * 7 + 29) % everybody.len()];
        Value::map([
            ("template", Value::from(template)),
            ("styles", Value::list([style])),
            ("data", Value::from(friends::json(&everybody[page * ROWS % everybody.len()..][..ROWS]))),
            ("width", Value::from(width)),
            ("height", Value::from(height)),
            ("variables", Value::map([("me", me.values(page * 7 + 30))])),
        ])
    };
    Value::list((0..PAGES).map(request)).to_json()
}
