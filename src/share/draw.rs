//! Cards and share images as pictures: their models through the same pipeline as a board.

use std::sync::Arc;

use super::card::{CardModel, Seats};
use super::image::{ImageSize, ShareImage};
use super::looks::{CardTheme, Look, card_colors, image_strings};
use crate::display::View;
use crate::error::{Diagnostics, Result};
use crate::geometry::Size;
use crate::json::Value;
use crate::picture::{Picture, PictureState};
use crate::pipeline::{Board, PictureSource, Renderer, device_size};
use crate::raster::SharedCanvas;
use crate::template;
use crate::text::bitmap_font::BitmapFont;

/// The `id` of the box whose extent the canvas follows.
const CARD: &str = "card";

/// What a card's template calls its picture, whatever its address is (an inline picture's is as long as the picture).
const PICTURE: &str = "card:picture";

/// Room in which a card is measured, px at dpr 1: no card fills it.
const ROOM: Size = Size { width: 480.0, height: 2_000.0 };

/// How a card is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CardOptions {
    /// The chat that it stands in.
    pub theme: CardTheme,
    /// Device px per px.
    pub dpr: f32,
}

impl Default for CardOptions {
    /// A light chat at dpr 2.
    fn default() -> Self {
        Self { theme: CardTheme::Light, dpr: 2.0 }
    }
}

/// The card's own picture in front of all others.
struct CardPictures<'a> {
    own: Option<&'a Picture>,
    others: &'a dyn PictureSource,
}

impl PictureSource for CardPictures<'_> {
    fn picture(&self, src: &str) -> PictureState {
        match self.own {
            Some(picture) if src == PICTURE => PictureState::Ready(picture.clone()),
            _ => self.others.picture(src),
        }
    }

    fn bitmap_font(&self, path: &str) -> Option<Arc<BitmapFont>> {
        self.others.bitmap_font(path)
    }
}

/// Draws a card as it stands in the chat, on a canvas as large as the card with some of the chat around it.
///
/// `picture` is the card's picture as it is sent; without it a placeholder of the picture's kind is drawn. The app's icon
/// comes from `pictures`.
///
/// # Errors
/// Where the card is over the renderer's limits.
///
/// ```
/// use friendboard::pipeline::{NoPictures, Renderer};
/// use friendboard::share::draw::{CardOptions, card};
/// use friendboard::platform::Platform;
/// use friendboard::share::{CardKind, CardModel};
/// use friendboard::{Diagnostics, Limits, text::Fonts};
///
/// let mut renderer = Renderer::new(Fonts::bundled(), Limits::default());
/// let model = CardModel { title: "打败我".into(), ..CardModel::new(Platform::WeChat, CardKind::WechatMiniProgram) };
/// let mut diagnostics = Diagnostics::new();
/// let drawn = card(&model, None, &CardOptions::default(), &mut renderer, &NoPictures, &mut diagnostics)?;
/// assert!(drawn.width() > 400 && drawn.height() > 400);
/// # Ok::<(), friendboard::Error>(())
/// ```
pub fn card(
    model: &CardModel,
    picture: Option<&Picture>,
    options: &CardOptions,
    renderer: &mut Renderer,
    pictures: &dyn PictureSource,
    diagnostics: &mut Diagnostics,
) -> Result<SharedCanvas> {
    let limits = renderer.limits().clone();
    let board = Look::of_card(model.kind).compile(&limits, diagnostics)?;
    let pictures = CardPictures { own: picture, others: pictures };
    let globals = Value::map([
        ("card", model.to_value()),
        ("shown", model.shown(picture.is_some())),
        ("theme", card_colors(model.platform, options.theme)?),
        ("dark", Value::from(options.theme == CardTheme::Dark)),
    ]);
    // Whatever there is to say is said again when it is drawn.
    let scene = board.resolve(&globals, ROOM, &limits, &mut Diagnostics::new())?;
    let measured = renderer.layout(scene, ROOM, &pictures)?;
    let extent = measured.scene.nodes.iter().position(|node| &*node.id == CARD);
    let size = extent.and_then(|node| measured.layout.boxes.get(node)).map_or(ROOM, |place| {
        let card = place.absolute;
        // As much of the chat after the card as before it.
        Size::new((card.right() + card.x).ceil(), (card.bottom() + card.y).ceil())
    });
    draw(&board, &globals, size, options.dpr, renderer, &pictures, diagnostics)
}

/// Draws a share image, to be used as a call's `imageUrl`.
///
/// # Errors
/// [`ErrorKind::Usage`](crate::ErrorKind::Usage) for a locale that is not bundled; otherwise where the image is over the
/// renderer's limits.
pub fn image(
    image: &ShareImage,
    size: ImageSize,
    locale: &str,
    dpr: f32,
    renderer: &mut Renderer,
    pictures: &dyn PictureSource,
    diagnostics: &mut Diagnostics,
) -> Result<SharedCanvas> {
    let limits = renderer.limits().clone();
    let board = Look::of_image(image.template).compile(&limits, diagnostics)?;
    let (width, height) = size.pixels();
    let canvas = Size::new(f32::from(width), f32::from(height));
    let globals = Value::map([
        ("image", image.to_value()),
        ("strings", image_strings(locale)?),
        ("locale", Value::from(template::locale(locale)?)),
        ("wide", Value::from(size == ImageSize::Wide)),
        ("square", Value::from(size == ImageSize::Square)),
    ]);
    draw(&board, &globals, canvas, dpr, renderer, pictures, diagnostics)
}

fn draw(
    board: &Board,
    globals: &Value,
    size: Size,
    dpr: f32,
    renderer: &mut Renderer,
    pictures: &dyn PictureSource,
    diagnostics: &mut Diagnostics,
) -> Result<SharedCanvas> {
    let limits = renderer.limits().clone();
    let (width, height) = device_size(size, dpr, &limits)?;
    let scene = board.resolve(globals, size, &limits, diagnostics)?;
    let prepared = renderer.layout(scene, size, pictures)?;
    let view = View { dpr, ..View::default() };
    let list = renderer.draw_list(&prepared, &view, (width, height), pictures);
    let mut canvas = SharedCanvas::new(width, height, &limits)?;
    renderer.rasterize(&list, &mut canvas, None);
    Ok(canvas)
}

impl CardModel {
    /// Seats that a card has room for.
    const SEATS_MOST: u32 = 5;
    /// Letters of a word that no line of a card has room for.
    const WORD_MOST: usize = 18;

    /// True where a word, such as an address, would be cut off at the end of its line.
    fn has_long_word(&self) -> bool {
        let texts = [&self.title, &self.subtitle, &self.description];
        let is_long = |word: &str| word.chars().filter(char::is_ascii).count() > Self::WORD_MOST;
        texts.into_iter().any(|text| text.split_whitespace().any(is_long))
    }

    /// What a template shows of the card beside what the card says: its picture, where that is there, seats as many as
    /// there is room for, and how long words are broken.
    fn shown(&self, has_picture: bool) -> Value {
        let Seats { taken, limit } = self.seats.unwrap_or(Seats { taken: 0, limit: 0 });
        // The count of the others takes the last one's place.
        let seats = if limit > Self::SEATS_MOST { Self::SEATS_MOST - 1 } else { limit };
        Value::map([
            ("picture", Value::from(has_picture.then_some(PICTURE))),
            ("seats", Value::list((0..seats).map(|seat| seat < taken))),
            ("moreSeats", Value::from(limit - seats)),
            ("wordBreak", Value::from(if self.has_long_word() { "break-all" } else { "normal" })),
        ])
    }
}
