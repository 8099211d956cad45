//! What a service is asked to draw, by name and JSON: a board, a share image, a card. A server and a batch go this way; the
//! pictures are brought by whoever draws, at once or later.

use std::borrow::Cow;
use std::sync::Arc;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::templates::Templates;
use crate::error::{Diagnostic, Diagnostics, Error, ErrorKind, Place, Result};
use crate::friends::{Order, RankOptions, ReadOptions};
use crate::geometry::Size;
use crate::json::{self, Ceiling, Source};
use crate::limits::Limits;
use crate::picture::Format;
use crate::pipeline::{Frame, Job, Locale, Renderer, Request, Theme, Times, device_size};
use crate::platform::{Answer, Domain, Platform, Version};
use crate::reading::Reading;
use crate::share::draw::{self, CardOptions, ImageLook};
use crate::share::image::{FriendOptions, ImageSize, ImageTemplate, ShareImage};
use crate::share::{self, CardModel, CardTheme, CircumstancesData, Files, Outcome, Person, picture_to_send};

/// What is to be drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Drawing {
    /// A board by its name; its document is a [`Request`].
    Board(String),
    /// A share image; its document is what [`ShareImage::from_json`] reads.
    ShareImage(ImageTemplate, Box<ImageOptions>),
    /// The card of a share call; its document are the call's options.
    Card(Platform, String, Box<CallOptions>),
}

/// How a share image is drawn: the options of `friendboard share-image`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct ImageOptions {
    /// `5:4` (500×400), `1:1` (500×500), or a width and a height such as `1200x630` ([`ImageSize`]).
    pub size: String,
    /// Device px per px.
    pub dpr: f32,
    /// The language of the image's own texts, or the texts by key.
    pub locale: Locale,
    /// A theme, or colours by role; without it the image's own.
    pub theme: Option<Theme>,
    /// The player's own openid.
    #[serde(rename = "self")]
    pub self_openid: Option<String>,
    /// The key whose value is the score.
    pub key: Option<String>,
    /// Which score is better.
    pub order: Order,
    /// The game's title, in place of the data's.
    pub title: Option<String>,
    /// A line below the title, in place of the data's.
    pub tagline: Option<String>,
    /// The game's icon, in place of the data's.
    pub icon: Option<String>,
    /// A line of one's own in place of the built-in challenge or invitation.
    pub message: Option<String>,
}

impl Default for ImageOptions {
    /// 500×400 px at dpr 1, in English.
    fn default() -> Self {
        Self {
            size: "5:4".to_owned(),
            dpr: 1.0,
            locale: Locale::default(),
            theme: None,
            self_openid: None,
            key: None,
            order: Order::default(),
            title: None,
            tagline: None,
            icon: None,
            message: None,
        }
    }
}

/// What a share call meets, and how its card is drawn: the options of `friendboard card`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct CallOptions {
    /// What the person does.
    pub person: Option<Person>,
    /// The client's version.
    pub client: Option<Version>,
    /// The base library's version.
    pub library: Option<Version>,
    /// The domain that the call is made in.
    pub domain: Option<Domain>,
    /// What else the call meets: the app, files, network, menus, tickets.
    pub circumstances: CircumstancesData,
    /// The chat that the card stands in: `light` or `dark`.
    pub theme: String,
    /// Device px per px of the card.
    pub dpr: f32,
    /// Which of several channels' cards, from 1.
    pub channel: usize,
    /// Draw the card of a call that fails too.
    pub draw_anyway: bool,
}

impl Default for CallOptions {
    /// A light chat at dpr 2, where all is well.
    fn default() -> Self {
        Self {
            person: None,
            client: None,
            library: None,
            domain: None,
            circumstances: CircumstancesData::default(),
            theme: "light".to_owned(),
            dpr: 2.0,
            channel: 1,
            draw_anyway: false,
        }
    }
}

/// The file of a picture, or why there is none.
pub type Brought = Result<Cow<'static, [u8]>, Error>;

/// Who brings pictures: a file, why there is none, or `None` where it is on its way, and the drawing is to be done again
/// when it has come.
pub trait Bring {
    /// The file of a picture or of a bitmap font, by what the board calls it.
    fn bring(&mut self, src: &str) -> Option<Brought>;

    /// The same for what a game names in a share call: paths of its package.
    fn bring_of_game(&mut self, src: &str) -> Option<Brought>;

    /// The files of the game, as far as they are known: a share call asks whether they are there.
    fn files(&self) -> Option<&dyn Files>;
}

/// What came of a drawing.
#[derive(Debug)]
pub enum Drawn {
    /// The picture.
    Done(Box<Finished>),
    /// These pictures are on their way.
    Later(Vec<Arc<str>>),
}

/// A picture, encoded.
#[derive(Debug)]
pub struct Finished {
    /// Its file.
    pub bytes: Vec<u8>,
    /// Width and height, device px.
    pub size: (u32, u32),
    /// Friends on it.
    pub drawn: usize,
    /// What is wrong with board, data and pictures.
    pub diagnostics: Diagnostics,
    /// How long each stage took.
    pub times: Times,
}

impl Finished {
    /// True where every picture is on it that it names.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.diagnostics.left_out() == 0 && !self.diagnostics.as_slice().iter().any(|found| found.code == "missing-picture")
    }
}

impl Drawing {
    /// What tells this picture from every other: a hash of its document and of all that decides how it is drawn, 32
    /// hexadecimal digits. The program's version stands for its fonts and its own templates.
    #[must_use]
    pub fn fingerprint(&self, document: &str, format: Format, templates: &Templates) -> String {
        let template = match self {
            Self::Board(name) => templates.fingerprint(name),
            Self::ShareImage(..) | Self::Card(..) => None,
        };
        let (drawing, template) = (format!("{self:?}"), format!("{template:?}"));
        let mut hash = Sha256::new();
        for part in [env!("CARGO_PKG_VERSION"), &drawing, &template, format.extension(), document] {
            // None of the parts runs over into the next.
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
        let digest = hash.finalize();
        let start = digest.first_chunk::<16>().map_or(0, |start| u128::from_be_bytes(*start));
        format!("{start:032x}")
    }

    /// What is wrong with its document, found without drawing anything: no address is signed that no picture is behind.
    ///
    /// # Errors
    /// As [`Drawing::draw`], but for what only drawing shows.
    pub fn check(&self, document: &str, files: Option<&dyn Files>, limits: &Limits) -> Result<()> {
        let mut said = Diagnostics::new();
        let mut reading = Reading::new(limits, &mut said);
        let (size, dpr) = match self {
            Self::Board(name) => {
                let request = board_request(name, document, limits)?;
                (request.canvas(), request.dpr)
            }
            Self::ShareImage(template, options) => {
                options.read(document, *template, &mut reading)?;
                let (width, height) = options.size()?.pixels();
                (Size::new(f32::from(width), f32::from(height)), options.dpr)
            }
            Self::Card(platform, call, options) => {
                let outcome = options.run(*platform, call, document, files, &mut reading)?;
                let card = options.card_options()?;
                options.card(call, &outcome)?;
                // Its height follows from its texts.
                (Size::new(1.0, 1.0), card.dpr)
            }
        };
        device_size(size, dpr, limits).map(drop)
    }

    /// Draws it from its document, a JSON text.
    ///
    /// # Errors
    /// What is wrong with the document, as the call that reads it says; [`ErrorKind::Limit`] for what is over the renderer's
    /// limits; [`ErrorKind::Usage`] for a board that there is not.
    pub fn draw(
        &self,
        document: &str,
        format: Format,
        templates: &Templates,
        renderer: &mut Renderer,
        from: &mut dyn Bring,
    ) -> Result<Drawn> {
        match self {
            Self::Board(name) => {
                let board = templates.find(name)?;
                let request = board_request(name, document, renderer.limits())?;
                let job = renderer.begin(board, &request)?;
                finish(job, Diagnostics::new(), format, &mut |src| from.bring(src))
            }
            Self::ShareImage(template, options) => {
                let limits = renderer.limits().clone();
                let mut said = Diagnostics::new();
                let image = options.read(document, *template, &mut Reading::new(&limits, &mut said))?;
                let look = ImageLook {
                    size: options.size()?,
                    dpr: options.dpr,
                    theme: options.theme.clone(),
                    locale: options.locale.clone(),
                    board: None,
                };
                let job = draw::image(&image, &look, renderer)?;
                finish(job, said, format, &mut |src| from.bring(src))
            }
            Self::Card(platform, call, options) => {
                let limits = renderer.limits().clone();
                let mut said = Diagnostics::new();
                let outcome = options.run(*platform, call, document, from.files(), &mut Reading::new(&limits, &mut said))?;
                let model = options.card(call, &outcome)?;
                let (mut brought, card) = (None, options.card_options()?);
                let is_named = !model.image.src.is_empty() && !is_taken_of_the_screen(model);
                if is_named {
                    match from.bring_of_game(&model.image.src) {
                        Some(file) => brought = Some(file),
                        None => return Ok(Drawn::Later(vec![Arc::from(&*model.image.src)])),
                    }
                }
                let file = brought.as_ref().map(|file| file.as_deref().map_err(copy));
                let sent = picture_to_send(model, file, None, &mut Reading::new(&limits, &mut said))?;
                let job = draw::card(model, sent.as_ref().map(|sent| &sent.picture), &card, renderer)?;
                finish(job, said, format, &mut |src| from.bring_of_game(src))
            }
        }
    }
}

/// An error once more, without its cause.
fn copy(error: &Error) -> Error {
    Error::new(error.kind(), error.to_string())
}

fn is_taken_of_the_screen(model: &CardModel) -> bool {
    matches!(model.image.kind, share::ImageKind::PageTop | share::ImageKind::VideoFrame)
}

/// Reads a board's request. Which board it is, is said elsewhere.
///
/// # Errors
/// As [`Request::from_json`]; [`ErrorKind::Usage`] for a request that names another board, or brings one along.
pub fn board_request(name: &str, document: &str, limits: &Limits) -> Result<Request> {
    let data = Ceiling::data(limits).kind(ErrorKind::Usage);
    let request: Request = json::read(document, "<request>", data)?;
    let place = |path: &str| Place::document("<request>").path(path);
    if request.template.is_some() || !request.styles.is_empty() {
        let message = "a request for a board that is there was expected, found one that brings a template or styles along";
        return Err(Error::new(ErrorKind::Usage, message).at(place("template")));
    }
    if let Some(other) = request.board.as_deref().filter(|other| *other != name) {
        let message = format!("a request for the board '{name}' was expected, found one for '{other:.40}'");
        return Err(Error::new(ErrorKind::Usage, message).at(place("board")));
    }
    Ok(request)
}

/// Brings what the job needs, and draws it where all is there.
fn finish(
    mut job: Job<'_>,
    mut said: Diagnostics,
    format: Format,
    bring: &mut dyn FnMut(&str) -> Option<Brought>,
) -> Result<Drawn> {
    loop {
        let wanted = job.wanted();
        if wanted.is_empty() {
            break;
        }
        let mut later = Vec::new();
        for need in wanted {
            match bring(need.src()) {
                Some(file) => job.supply_need(&need, file),
                None => later.push(Arc::from(need.src())),
            }
        }
        if !later.is_empty() {
            return Ok(Drawn::Later(later));
        }
    }
    let mut frame = job.finish()?;
    let bytes = frame.encode(format)?;
    frame.times.end("encode");
    let Frame { diagnostics, drawn, times, .. } = frame;
    said.extend(diagnostics);
    let size = (frame.canvas.width(), frame.canvas.height());
    Ok(Drawn::Done(Box::new(Finished { bytes, size, drawn, diagnostics: said, times })))
}

impl ImageOptions {
    fn size(&self) -> Result<ImageSize> {
        self.size.parse().map_err(|error: Error| error.at(Place::document("<options>").path("size")))
    }

    fn read(&self, document: &str, template: ImageTemplate, reading: &mut Reading<'_>) -> Result<ShareImage> {
        let self_openid = self.self_openid.as_deref().map(Arc::from);
        let rank = RankOptions { order: self.order, self_openid, ..RankOptions::default() };
        let options = FriendOptions { read: ReadOptions { key: self.key.clone() }, rank };
        let mut image = ShareImage::from_json(document, template, &options, reading)?;
        let instead = |given: &Option<String>, place: &mut String| {
            if let Some(given) = given {
                place.clone_from(given);
            }
        };
        instead(&self.title, &mut image.game.title);
        instead(&self.tagline, &mut image.game.tagline);
        instead(&self.icon, &mut image.game.icon);
        instead(&self.message, &mut image.message);
        for lacking in image.lacking() {
            reading.push(lacking);
        }
        Ok(image)
    }
}

impl CallOptions {
    /// Answers a share call. `files` are those of the game, where the circumstances list none.
    ///
    /// # Errors
    /// As [`share::run`].
    pub fn run(
        &self,
        platform: Platform,
        call: &str,
        document: &str,
        files: Option<&dyn Files>,
        reading: &mut Reading<'_>,
    ) -> Result<Outcome> {
        // What is misspelt is told, also where no card is drawn.
        self.card_options()?;
        let mut circumstances = self.circumstances.circumstances();
        circumstances.person = self.person.unwrap_or(circumstances.person);
        circumstances.client = self.client.clone().or(circumstances.client);
        circumstances.library = self.library.clone().or(circumstances.library);
        circumstances.domain = self.domain.or(circumstances.domain);
        circumstances.limits = reading.limits.clone();
        if let Some(files) = files.filter(|_| self.circumstances.files.is_none()) {
            circumstances.files = files;
        }
        share::run(platform, call, document, &circumstances, reading.diagnostics)
    }

    fn card_options(&self) -> Result<CardOptions> {
        let theme: CardTheme = self.theme.parse()?;
        Ok(CardOptions { theme, dpr: self.dpr })
    }

    /// The card that is drawn; an error that says why none is.
    fn card<'a>(&self, call: &str, outcome: &'a Outcome) -> Result<&'a CardModel> {
        let none = |message: String| Err(Error::new(ErrorKind::Platform, message));
        match &outcome.answer {
            Answer::Nothing => none(format!("{call} has no effect: there is no card to draw")),
            _ if outcome.cards.is_empty() => none(format!("{call} sends no message: there is no card to draw")),
            Answer::Fail(fail) if !self.draw_anyway => {
                none(format!("{call} fails, so that no message is sent: {}", fail.to_json()))
            }
            _ => outcome.cards.get(self.channel.wrapping_sub(1)).ok_or_else(|| {
                let message = format!("a channel from 1 to {} was expected, found {}", outcome.cards.len(), self.channel);
                Error::new(ErrorKind::Usage, message)
            }),
        }
    }
}

/// Options from a document of ours, or none.
///
/// # Errors
/// [`ErrorKind::Usage`] with line, column and path for what is none.
pub fn options<T: Default + serde::de::DeserializeOwned>(given: Option<&Source>, limits: &Limits) -> Result<T> {
    given.map_or_else(|| Ok(T::default()), |given| given.read(Ceiling::data(limits).kind(ErrorKind::Usage)))
}

/// What a diagnostic says that stops a service: over these limits a board is drawn by the command line, with what is over
/// left out. Whoever asks a service does not see what was left out.
#[must_use]
pub fn refused(diagnostics: &Diagnostics) -> Option<&Diagnostic> {
    diagnostics.as_slice().iter().find(|found| found.code == "too-many-friends")
}
