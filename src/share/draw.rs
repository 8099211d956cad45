//! Cards and share images as pictures: their models through the same pipeline as a board.

use super::card::{CardKind, CardModel, Seats};
use super::image::{ImageSize, ShareImage};
use super::looks::{CardTheme, Look, card_colors, image_strings, image_theme};
use crate::error::Result;
use crate::geometry::{Rect, Size};
use crate::json::Value;
use crate::number::Number;
use crate::picture::Picture;
use crate::pipeline::{Board, Job, Locale, Renderer, Theme};
use crate::template;

/// The `id` of the box whose extent the canvas follows.
const CARD: &str = "card";

/// What a card's template calls its picture, whatever its address is (an inline picture's is as long as the picture).
const PICTURE: &str = "card:picture";

/// What a story's template calls the blurred picture behind it.
const GROUND: &str = "card:ground";

/// Longer side of that picture, px: so few px, drawn large, are as good as a blur.
const GROUND_SIDE: f32 = 20.0;

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

/// Begins to draw a card as it stands in the chat, on a canvas as large as the card with some of the chat around it.
///
/// `picture` is the card's picture as it is sent; without it a placeholder of the picture's kind is drawn. What the job
/// asks for is the app's icon.
///
/// # Errors
/// Where the card is over the renderer's limits.
///
/// ```
/// use friendboard::share::draw::{CardOptions, card};
/// use friendboard::platform::Platform;
/// use friendboard::share::{CardKind, CardModel};
/// use friendboard::{Limits, Renderer, text::Fonts};
///
/// let mut renderer = Renderer::new(Fonts::bundled(), Limits::default());
/// let model = CardModel { title: "打败我".into(), ..CardModel::new(Platform::WeChat, CardKind::WechatMiniProgram) };
/// let frame = card(&model, None, &CardOptions::default(), &mut renderer)?.finish()?;
/// assert!(frame.canvas.width() > 400 && frame.canvas.height() > 400);
/// # Ok::<(), friendboard::Error>(())
/// ```
pub fn card<'r>(
    model: &CardModel,
    picture: Option<&Picture>,
    options: &CardOptions,
    renderer: &'r mut Renderer,
) -> Result<Job<'r>> {
    let board = Look::of_card(model.kind).compile(renderer.limits())?;
    let values = Value::map([
        ("card", model.to_value()),
        ("shown", model.shown(picture.is_some())),
        ("theme", card_colors(model.platform, options.theme)?),
        ("dark", Value::from(options.theme == CardTheme::Dark)),
    ]);
    // No picture decides how large a card is.
    let budget = renderer.take_budget();
    let (measured, _) = renderer.give(budget.clone()).begin_values(&board, &values, ROOM, options.dpr)?.lay_out()?;
    let extent = measured.scene.nodes.iter().position(|node| &*node.id == CARD);
    let size = extent.and_then(|node| measured.layout.boxes.get(node)).map_or(ROOM, |place| {
        let card = place.absolute;
        // As much of the chat after the card as before it.
        Size::new((card.right() + card.x).ceil(), (card.bottom() + card.y).ceil())
    });
    let mut job = renderer.give(budget).begin_values(&board, &values, size, options.dpr)?;
    if let Some(picture) = picture {
        job.supply_picture(PICTURE, Ok::<_, String>(picture.clone()));
        if model.kind == CardKind::TiktokStory {
            job.supply_picture(GROUND, Ok::<_, String>(blurred(picture)));
        }
    }
    Ok(job)
}

/// A picture of so few px that it is blurred where it is drawn large.
fn blurred(picture: &Picture) -> Picture {
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    let smaller = GROUND_SIDE / width.max(height).max(1.0);
    let side = |length: f32| (length * smaller).round().max(1.0) as u32;
    picture.scaled_crop(Rect::new(0.0, 0.0, width, height), side(width), side(height))
}

/// How a share image looks.
#[derive(Clone, Debug)]
pub struct ImageLook {
    /// Its size.
    pub size: ImageSize,
    /// Device px per px.
    pub dpr: f32,
    /// Its colours, by the roles of a board's theme; `None`: those of the image. Colours by role without an `extends` are
    /// added to those.
    pub theme: Option<Theme>,
    /// Its texts, by the keys of [`image_strings`].
    pub locale: Locale,
    /// A template in place of the bundled one.
    pub board: Option<Board>,
}

impl Default for ImageLook {
    /// 500×400 px at dpr 1, in its own colours, in English.
    fn default() -> Self {
        Self { size: ImageSize::default(), dpr: 1.0, theme: None, locale: Locale::default(), board: None }
    }
}

/// Begins to draw a share image, to be used as a call's `imageUrl`.
///
/// # Errors
/// [`ErrorKind::Usage`](crate::ErrorKind::Usage) for a locale or theme that is not bundled, and for a colour that is none;
/// otherwise where the image is over the renderer's limits.
pub fn image<'r>(image: &ShareImage, look: &ImageLook, renderer: &'r mut Renderer) -> Result<Job<'r>> {
    let board = match &look.board {
        Some(board) => board.clone(),
        None => Look::of_image(image.template).compile(renderer.limits())?,
    };
    let own = || image_theme(image.template);
    let theme = look.theme.as_ref().map_or_else(own, |theme| Ok(theme.colors_over(own)?.0))?;
    let (strings, locale) = look.locale.texts_of(image_strings)?;
    // Lengths in a template are those of its arrangement; the rest is done by the density of the canvas.
    let (arrangement, scale) = (look.size.arrangement(), look.size.scale());
    let (width, height) = look.size.pixels();
    let canvas = Size::new(f32::from(width) / scale, f32::from(height) / scale);
    let length = |px: f32| Number::from_f64(f64::from(px)).map_or(Value::Null, Value::from);
    let values = Value::map([
        ("image", image.to_value()),
        ("strings", strings),
        ("rtl", Value::from(template::is_right_to_left(&locale))),
        ("locale", Value::from(&*locale)),
        ("dark", Value::from(template::is_dark(&theme))),
        ("theme", theme),
        ("wide", Value::from(arrangement == ImageSize::Wide)),
        ("square", Value::from(arrangement == ImageSize::Square)),
        ("safe", Value::map([("top", length(canvas.height / 10.0)), ("side", length(canvas.width / 10.0))])),
    ]);
    renderer.begin_values(&board, &values, canvas, look.dpr * scale)
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
            ("ground", Value::from(has_picture.then_some(GROUND))),
            ("seats", Value::list((0..seats).map(|seat| seat < taken))),
            ("moreSeats", Value::from(limit - seats)),
            ("wordBreak", Value::from(if self.has_long_word() { "break-all" } else { "normal" })),
        ])
    }
}
