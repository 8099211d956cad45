//! `friendboard card`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::limits::LimitArguments;
use super::network::Network;
use super::options::{AssetFolders, ratio};
use super::output::{self, Stream};
use super::report::print_diagnostics;
use super::show::Show;
use super::watch::Watch;
use crate::error::{Diagnostic, Diagnostics, Error, ErrorKind, Place, Result};
use crate::host::headless::{GameFiles, RequestFiles, picture_to_send, read_text};
use crate::json;
use crate::json::Value;
use crate::limits::Limits;
use crate::picture::Format;
use crate::pipeline::Renderer;
use crate::platform::{Answer, Domain, Platform, Version};
use crate::reading::Reading;
use crate::share::draw::{self, CardOptions};
use crate::share::{self, CardTheme, CircumstancesData, ImageKind, Outcome, Person, REQUEST};
use crate::text::Fonts;

/// Options of `card`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  friendboard card wechat onShareAppMessage --request share.json -o card.png
  friendboard card douyin shareAppMessage --request team.json --client 31.0.0 --theme dark -o card.png
  friendboard card wps shareMessage --request page.json --person cancel
  echo '{\"imageUrl\": \"a.png\", \"openid\": \"o1\", \"title\": \"Beat me\"}' |
    friendboard card tiktok shareToUser --request - --assets images -o card.png --image sent.jpg

The answer is printed as {\"success\": …} or {\"fail\": …}, with what that platform's callback gets, or as {} where no callback
is called. The exit status is 0 for each, 1 where there is no answer (no JSON, a file that can't be written), 2 where the call
of this program is wrong. A call that fails draws no card: see --draw-anyway. A message to several channels has a card for
each: card.png, card-2.png. With --output - the card is PNG on standard output, and the answer on standard error.")]
pub struct Arguments {
    /// tiktok, douyin, wps or wechat
    platform: String,
    /// The share call by the platform's own name, such as shareAppMessage
    call: String,
    /// The call's options as JSON: a file, - for standard input, or the object itself
    #[arg(long, value_name = "FILE")]
    request: PathBuf,
    /// What the person does: accept, cancel, or no-app where the app to share to is not installed
    #[arg(long, value_name = "CHOICE", value_parser = person)]
    person: Option<Person>,
    /// The client's version; without it, new enough for everything
    #[arg(long, value_name = "VERSION")]
    client: Option<Version>,
    /// The base library's version, which is another number (WeChat, Douyin); without it, new enough for everything
    #[arg(long, value_name = "VERSION", alias = "base-library")]
    library: Option<Version>,
    /// Where the call is made: main or open-data; without it, where it belongs
    #[arg(long, value_name = "DOMAIN", value_parser = domain)]
    domain: Option<Domain>,
    /// The chat that the card stands in: light or dark
    #[arg(long, value_name = "THEME", default_value = "light")]
    theme: CardTheme,
    /// Device pixels per px of the card
    #[arg(long, value_name = "N", default_value = "2", value_parser = ratio)]
    dpr: f32,
    #[command(flatten)]
    folders: AssetFolders,
    /// What else the call meets, as JSON: the app, files, network, menus, tickets
    #[arg(long, value_name = "FILE")]
    circumstances: Option<PathBuf>,
    /// The picture that only the platform can take: the page that is open (WeChat's default), a video's first frame
    #[arg(long, value_name = "FILE")]
    screenshot: Option<PathBuf>,
    /// The card: .png, .jpg, .webp or .rgba; of several, the second is CARD-2; - is PNG on standard output
    #[arg(short, long, value_name = "CARD")]
    output: Option<PathBuf>,
    /// Draw the card of a call that fails too, as it would have been
    #[arg(long)]
    draw_anyway: bool,
    /// The picture that is sent, made light enough for the platform: .png, .jpg or .webp
    #[arg(long, value_name = "IMAGE")]
    image: Option<PathBuf>,
    /// How to report: text (the answer alone, and what is to be said on standard error) or json (answer, cards and
    /// diagnostics in one object)
    #[arg(long, value_name = "FORM", default_value = "text", value_parser = ["text", "json"])]
    report: String,
    #[command(flatten)]
    network: Network,
    #[command(flatten)]
    watch: Watch,
    #[command(flatten)]
    show: Show,
    #[command(flatten)]
    limits: LimitArguments,
}

fn domain(text: &str) -> std::result::Result<Domain, String> {
    match text {
        "main" => Ok(Domain::Main),
        "open-data" => Ok(Domain::OpenData),
        _ => Err("main or open-data was expected".to_owned()),
    }
}

fn person(text: &str) -> std::result::Result<Person, String> {
    match text {
        "accept" => Ok(Person::Accept),
        "cancel" => Ok(Person::Cancel),
        "no-app" => Ok(Person::NoApp),
        _ => Err("accept, cancel or no-app was expected".to_owned()),
    }
}

/// Answers the call and draws its card.
pub fn run(arguments: &Arguments) -> Result<()> {
    let mut show = arguments.show;
    arguments.watch.run(|| answer(arguments, &mut show))
}

/// The cards that were written, and how they are shown.
struct Cards<'a> {
    paths: Vec<PathBuf>,
    show: &'a mut Show,
}

fn answer(arguments: &Arguments, show: &mut Show) -> Result<()> {
    let mut cards = Cards { paths: Vec::new(), show };
    let limits = arguments.limits.to_limits();
    let mut diagnostics = Diagnostics::new();
    let platform: Platform = arguments.platform.parse()?;
    share::share_call(platform, &arguments.call)?;
    let is_piped = arguments.output.as_deref() == Some(Path::new("-"));
    let card_format = if is_piped { Some(Format::PNG) } else { file_format(arguments.output.as_deref())? };
    let formats = (card_format, file_format(arguments.image.as_deref())?);

    let request = read_request(arguments, &limits)?;
    let data = read_circumstances(arguments, &limits)?;
    let mut files = GameFiles::new(roots(arguments)?, limits.clone()).with_network(arguments.network.fetcher(&limits));
    let mut circumstances = data.circumstances();
    let known = RequestFiles { listed: data.files.as_ref(), disk: &files };
    circumstances.files = &known;
    circumstances.person = arguments.person.unwrap_or(data.person);
    circumstances.client = arguments.client.clone().or_else(|| data.client.clone());
    circumstances.library = arguments.library.clone().or_else(|| data.library.clone());
    circumstances.domain = arguments.domain.or(data.domain);
    circumstances.limits = limits.clone();

    let mut said = Diagnostics::new();
    let outcome = share::run(platform, &arguments.call, &request, &circumstances, &mut said).map_err(|error| {
        let place = named(arguments, error.place());
        error.at(place)
    })?;
    for found in said.as_slice() {
        diagnostics.push(Diagnostic { place: named(arguments, &found.place), ..found.clone() });
    }
    // The pictures are wanted also where nobody reads the answer.
    let stream = if is_piped { Stream::Errors } else { Stream::Output };
    if arguments.report == "json" {
        let mut reading = Reading::new(&limits, &mut diagnostics);
        let drawn = write_pictures(arguments, formats, &outcome, &mut files, &mut cards, &mut reading);
        return drawn.and(stream.json(&report(&outcome, &cards.paths, &diagnostics)?));
    }
    let answered = stream.json(&json::write(&outcome.answer));
    let mut reading = Reading::new(&limits, &mut diagnostics);
    let drawn = write_pictures(arguments, formats, &outcome, &mut files, &mut cards, &mut reading);
    drawn.and(print_diagnostics(&diagnostics)).and(answered)
}

/// Answer, cards and diagnostics for machines.
fn report(outcome: &Outcome, cards: &[PathBuf], diagnostics: &Diagnostics) -> Result<String> {
    let answer = Value::from_json(&json::write(&outcome.answer), &Limits::default())?;
    let found: Value = diagnostics.as_slice().iter().map(json::diagnostic).collect();
    let cards: Value = cards.iter().map(|path| Value::from(&*path.to_string_lossy())).collect();
    Ok(json!({ "answer": answer, "cards": cards, "diagnostics": found, "diagnosticsLeftOut": diagnostics.left_out() })
        .to_json())
}

/// The format of a file to write; standard output is the answer's.
fn file_format(path: Option<&Path>) -> Result<Option<Format>> {
    match path {
        Some(path) if path == Path::new("-") => {
            Err(Error::new(ErrorKind::Usage, "standard output is for the answer: name a file for the picture"))
        }
        path => path.map(Format::from_path).transpose(),
    }
}

/// The folders that stand for the game's package: files that the request names are below them.
fn roots(arguments: &Arguments) -> Result<Vec<PathBuf>> {
    let file = Some(&*arguments.request).filter(|_| inline_request(arguments).is_none());
    let roots = arguments.folders.or_beside(file)?;
    Ok(if roots.is_empty() { vec![PathBuf::from(".")] } else { roots })
}

/// The request where it is given in place of a file's name.
fn inline_request(arguments: &Arguments) -> Option<&str> {
    arguments.request.to_str().filter(|text| text.trim_start().starts_with('{'))
}

fn read_request(arguments: &Arguments, limits: &Limits) -> Result<String> {
    match inline_request(arguments) {
        Some(text) => Ok(text.to_owned()),
        None => read_text(&arguments.request, limits.data_bytes, "data_bytes", ErrorKind::Data),
    }
}

/// A place in the request by the name of its file, where it is one.
fn named(arguments: &Arguments, place: &Place) -> Place {
    let is_file = arguments.request != Path::new("-") && inline_request(arguments).is_none();
    match &place.document {
        Some(document) if is_file && &**document == REQUEST => {
            Place { document: Some(Arc::from(&*arguments.request.to_string_lossy())), ..place.clone() }
        }
        _ => place.clone(),
    }
}

fn read_circumstances(arguments: &Arguments, limits: &Limits) -> Result<CircumstancesData> {
    let Some(path) = &arguments.circumstances else { return Ok(CircumstancesData::default()) };
    let text = read_text(path, limits.data_bytes, "data_bytes", ErrorKind::Data)?;
    json::read(&text, &path.to_string_lossy(), limits)
}

fn write_pictures(
    arguments: &Arguments,
    (card_format, image_format): (Option<Format>, Option<Format>),
    outcome: &Outcome,
    files: &mut GameFiles,
    cards: &mut Cards<'_>,
    reading: &mut Reading<'_>,
) -> Result<()> {
    if arguments.output.is_none() && arguments.image.is_none() {
        return Ok(());
    }
    if let Some(reason) = why_no_card(arguments, outcome) {
        reading.push(Diagnostic::warning("no-card", reason, Place::default()));
        return Ok(());
    }
    let mut renderer = Renderer::new(Fonts::bundled(), reading.limits.clone());
    let options = CardOptions { theme: arguments.theme, dpr: arguments.dpr };
    // What is sent is the same on every channel.
    let sent = match outcome.cards.first() {
        Some(model) => {
            let named = |place: &Place| named(arguments, place);
            picture_to_send(model, arguments.screenshot.as_deref(), image_format, &named, files, reading)?
        }
        None => None,
    };
    if let (Some(path), Some(sent)) = (&arguments.image, &sent) {
        output::write(path, &sent.bytes)?;
    } else if arguments.image.is_some() {
        let message = "the message has no picture that is to be had here: none is written";
        let taken = [ImageKind::PageTop, ImageKind::VideoFrame];
        let is_taken = outcome.cards.first().is_some_and(|model| taken.contains(&model.image.kind));
        let diagnostic = Diagnostic::warning("no-image", message, Place::default());
        let hint = "the platform takes it of the screen or the video: give it with --screenshot FILE";
        reading.push(if is_taken && arguments.screenshot.is_none() { diagnostic.hint(hint) } else { diagnostic });
    }
    let (Some(path), Some(format)) = (&arguments.output, card_format) else { return Ok(()) };
    let picture = sent.map(|sent| sent.picture);
    if path == Path::new("-") && outcome.cards.len() > 1 {
        let message = format!("standard output is for one card, found {}: one for each channel", outcome.cards.len());
        return Err(Error::new(ErrorKind::Usage, message).hint("name a file: -o card.png writes card.png, card-2.png"));
    }
    for (index, model) in outcome.cards.iter().enumerate() {
        let mut job = draw::card(model, picture.as_ref(), &options, &mut renderer)?;
        files.supply(&mut job);
        let frame = job.finish()?;
        let path = numbered(path, index);
        output::write(&path, &frame.encode(format)?)?;
        cards.show.picture(&path, || frame.encode(Format::PNG), reading.limits)?;
        cards.paths.push(path);
        reading.diagnostics.extend(frame.diagnostics);
    }
    Ok(())
}

/// Why no card is drawn; `None` where one is.
fn why_no_card(arguments: &Arguments, outcome: &Outcome) -> Option<String> {
    let call = &arguments.call;
    match &outcome.answer {
        Answer::Nothing => Some(format!("{call} has no effect: there is no card to draw")),
        _ if outcome.cards.is_empty() => Some(format!("{call} sends no message: there is no card to draw")),
        Answer::Fail(_) if !arguments.draw_anyway => {
            Some(format!("{call} fails, so that no message is sent: no card is drawn without --draw-anyway"))
        }
        _ => None,
    }
}

/// The file of one of several cards: `c.png`, `c-2.png`, `c-3.png`.
fn numbered(path: &Path, index: usize) -> PathBuf {
    if index == 0 {
        return path.to_owned();
    }
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let ending = path.extension().map(|ending| format!(".{}", ending.to_string_lossy())).unwrap_or_default();
    path.with_file_name(format!("{stem}-{}{ending}", index + 1))
}
