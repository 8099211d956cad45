//! What a case is drawn of: its board, its data, its pictures.

use std::path::{Path, PathBuf};

use super::matrix::Variant;
use super::spec::Spec;
use crate::error::{ErrorKind, Place, Result};
use crate::host::headless::{Assets, compile_regular_files, example, read_regular_text};
use crate::json::{Source, Value};
use crate::limits::Limits;
use crate::pipeline::{Board, Locale, Request, Theme};

/// What a case is drawn of, read once.
#[derive(Debug)]
pub struct Sources {
    /// The board.
    pub board: Board,
    /// Friend data.
    pub data: Source,
}

impl Sources {
    /// Reads them.
    ///
    /// # Errors
    /// Where a file can't be read, or is no board.
    pub fn read(folder: &Path, spec: &Spec, limits: &Limits) -> Result<Self> {
        let board = match &spec.template {
            Some(template) => {
                let styles: Vec<PathBuf> = spec.styles.iter().map(|style| folder.join(style)).collect();
                compile_regular_files(&folder.join(template), &styles, limits)?
            }
            None => Board::built_in(spec.board.as_deref().unwrap_or("leaderboard"))?,
        };
        Ok(Self { board, data: data(folder, spec, limits)? })
    }
}

/// A case's friend data, or the example's.
///
/// # Errors
/// Where it can't be read.
pub fn data(folder: &Path, spec: &Spec, limits: &Limits) -> Result<Source> {
    let Some(data) = &spec.data else { return Ok(Source::new(example::FRIENDS, "<example>")) };
    let path = folder.join(data);
    let text = read_regular_text(&path, limits.data_bytes, "data_bytes", ErrorKind::Data)?;
    Ok(Source::new(text, &path.display().to_string()))
}

/// The request of a picture.
///
/// # Errors
/// Where a theme or a locale can't be read.
pub fn request(folder: &Path, spec: &Spec, variant: &Variant, data: &Source, limits: &Limits) -> Result<Request> {
    let theme = theme(folder, &variant.theme, limits)?;
    let locale = locale(folder, &variant.locale, limits)?;
    Ok(Request {
        data: Some(data.clone()),
        width: variant.size.width,
        height: variant.size.height,
        dpr: variant.dpr,
        theme,
        locale,
        state: variant.state,
        self_openid: spec.self_openid.clone(),
        key: spec.key.clone(),
        order: spec.order.unwrap_or_default(),
        ties: spec.ties.unwrap_or_default(),
        without_score: spec.without_score.unwrap_or_default(),
        then_by: spec.then_by.clone(),
        since: spec.since,
        date: spec.date,
        zone: spec.zone.unwrap_or_default(),
        dialect: spec.dialect,
        page_size: spec.page_size,
        top: spec.top,
        variables: spec.vars.clone(),
        scroll: spec.scroll.clone(),
        pressed: spec.pressed.clone(),
        ..Request::default()
    })
}

/// Where a case's pictures are: below its `assets`, or beside its template and its data; the example's own where it is
/// drawn.
#[must_use]
pub fn assets(folder: &Path, spec: &Spec, limits: &Limits) -> Assets {
    let documents = spec.template.iter().chain(&spec.data).map(PathBuf::as_path);
    let bundled = if spec.data.is_none() { example::AVATARS } else { &[] };
    Assets::new(roots(folder, spec, documents), limits.clone()).with_bundled(bundled)
}

/// The folders of a case's pictures: its `assets`, or else those of the documents that name them.
#[must_use]
pub fn roots<'a>(folder: &Path, spec: &Spec, documents: impl IntoIterator<Item = &'a Path>) -> Vec<PathBuf> {
    if spec.assets.0.is_empty() {
        let beside = |document: &Path| Some(folder.join(document).parent()?.to_owned());
        return documents.into_iter().filter_map(beside).collect();
    }
    spec.assets.0.iter().map(|assets| folder.join(assets)).collect()
}

/// What a JSON file of a case holds, with its place; `None` where the name is none of one.
fn file_value(folder: &Path, name: &str, limits: &Limits) -> Result<Option<(Value, Place)>> {
    let is_file = Path::new(name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    if !is_file {
        return Ok(None);
    }
    let path = folder.join(name);
    let text = read_regular_text(&path, limits.template_bytes, "template_bytes", ErrorKind::Style)?;
    let document = path.display().to_string();
    Ok(Some((Value::read(&text, &document, limits)?, Place::document(&document))))
}

/// A theme by its name, or from a file of the case's folder.
///
/// # Errors
/// Where the file can't be read, or holds none.
pub fn theme(folder: &Path, name: &str, limits: &Limits) -> Result<Theme> {
    Ok(match file_value(folder, name, limits)? {
        Some((colors, place)) => Theme::try_from(colors).map_err(|error| error.at(place))?,
        None => Theme::from(name),
    })
}

/// A locale by its tag, or from a file of the case's folder.
///
/// # Errors
/// Where the file can't be read, or holds none.
pub fn locale(folder: &Path, name: &str, limits: &Limits) -> Result<Locale> {
    Ok(match file_value(folder, name, limits)? {
        Some((texts, place)) => Locale::try_from(texts).map_err(|error| error.at(place))?,
        None => Locale::from(name),
    })
}
