//! Pictures to be shared and cards of share calls, drawn.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::matrix::Variant;
use super::source::{assets, data, locale, theme};
use super::spec::{CardSpec, ShareImageSpec, Spec};
use crate::error::{Diagnostics, Error, ErrorKind, Place, Result};
use crate::friends::{RankOptions, ReadOptions};
use crate::host::headless::{GameFiles, RequestFiles, picture_to_send, read_regular_text};
use crate::json::{self, Value};
use crate::pipeline::{Frame, Renderer};
use crate::reading::Reading;
use crate::share::draw::{self, CardOptions, ImageLook};
use crate::share::image::{FriendOptions, ImageSize, ShareImage};
use crate::share::{self, CircumstancesData, REQUEST};

/// A picture to be shared, with what it is made of.
///
/// # Errors
/// Where the data is none, or the size is none of a share image.
pub fn image(
    folder: &Path,
    spec: &Spec,
    image: &ShareImageSpec,
    variant: &Variant,
    renderer: &mut Renderer,
) -> Result<(Value, Frame)> {
    let limits = renderer.limits().clone();
    let mut said = Diagnostics::new();
    let rank = RankOptions {
        order: spec.order.unwrap_or_default(),
        self_openid: spec.self_openid.as_deref().map(Arc::from),
        ..RankOptions::default()
    };
    let options = FriendOptions { read: ReadOptions { key: spec.key.clone() }, rank };
    let source = data(folder, spec, &limits)?;
    let named = |place: &Place| Place { document: source.place().document.clone(), ..place.clone() };
    let read = ShareImage::from_json(source.text(), image.kind.0, &options, &mut Reading::new(&limits, &mut said));
    let mut model = read.map_err(|error| {
        let place = named(error.place());
        error.at(place)
    })?;
    let instead = |given: &Option<String>, place: &mut String| {
        if let Some(given) = given {
            place.clone_from(given);
        }
    };
    instead(&image.title, &mut model.game.title);
    instead(&image.tagline, &mut model.game.tagline);
    instead(&image.icon, &mut model.game.icon);
    instead(&image.message, &mut model.message);
    let (width, height) = (variant.size.width.round(), variant.size.height.round());
    let look = ImageLook {
        size: ImageSize::new(width as u16, height as u16)?,
        dpr: variant.dpr,
        // Without a theme in the case it has the colours of its own.
        theme: (!spec.themes.is_empty()).then(|| theme(folder, &variant.theme, &limits)).transpose()?,
        locale: locale(folder, &variant.locale, &limits)?,
        board: None,
    };
    let mut job = draw::image(&model, &look, renderer)?;
    assets(folder, spec, &limits).supply(&mut job);
    let mut frame = job.finish()?;
    frame.diagnostics.extend(said);
    Ok((model.to_value(), frame))
}

/// A card of a share call, with what it is made of.
///
/// # Errors
/// Where a file can't be read, the call is none, or sends no such card.
pub fn card(folder: &Path, spec: &Spec, card: &CardSpec, variant: &Variant, renderer: &mut Renderer) -> Result<(Value, Frame)> {
    let limits = renderer.limits().clone();
    let request_path = folder.join(variant.request.as_deref().unwrap_or(Path::new("")));
    let text = |path: &Path| read_regular_text(path, limits.data_bytes, "data_bytes", ErrorKind::Data);
    let request = text(&request_path)?;
    let data: CircumstancesData = match circumstances(folder, card, &request_path) {
        Some(path) => json::read(&text(&path)?, &path.to_string_lossy(), &limits)?,
        None => CircumstancesData::default(),
    };
    let roots: Vec<_> = spec.assets.0.iter().map(|assets| folder.join(assets)).collect();
    let beside = || vec![request_path.parent().unwrap_or(folder).to_owned()];
    let mut files = GameFiles::new(if roots.is_empty() { beside() } else { roots }, limits.clone());
    let mut circumstances = data.circumstances();
    let known = RequestFiles { listed: data.files.as_ref(), disk: &files };
    circumstances.files = &known;
    circumstances.limits = limits.clone();
    let named = |place: &Place| match &place.document {
        Some(document) if &**document == REQUEST => {
            Place { document: Some(Arc::from(&*request_path.to_string_lossy())), ..place.clone() }
        }
        _ => place.clone(),
    };
    let mut said = Diagnostics::new();
    let outcome = share::run(card.platform.0, &card.call, &request, &circumstances, &mut said).map_err(|error| {
        let place = named(error.place());
        error.at(place)
    })?;
    let Some(model) = card.number.checked_sub(1).and_then(|index| outcome.cards.get(index)) else {
        let message = format!("a call that sends a card of number {} was expected, found {}", card.number, outcome.cards.len());
        return Err(Error::new(ErrorKind::Data, message).at(Place::document(&request_path.to_string_lossy())));
    };
    let screenshot = card.screenshot.as_ref().map(|path| folder.join(path));
    let mut reading = Reading::new(&limits, &mut said);
    // What is sent is the same on every channel.
    let first = outcome.cards.first().unwrap_or(model);
    let sent = picture_to_send(first, screenshot.as_deref(), None, &named, &mut files, &mut reading)?;
    let options = CardOptions { theme: variant.theme.parse()?, dpr: variant.dpr };
    let mut job = draw::card(model, sent.as_ref().map(|sent| &sent.picture), &options, renderer)?;
    files.supply(&mut job);
    let mut frame = job.finish()?;
    frame.diagnostics.extend(said);
    Ok((model.to_value(), frame))
}

/// The file of what a call meets: the one that is named, or else the one that belongs to the request by its name.
fn circumstances(folder: &Path, card: &CardSpec, request: &Path) -> Option<PathBuf> {
    if let Some(named) = &card.circumstances {
        return Some(folder.join(named));
    }
    let name = request.file_name()?.to_str()?.strip_suffix(".request.json")?;
    let beside = request.with_file_name(format!("{name}.circumstances.json"));
    beside.is_file().then_some(beside)
}
