//! A case's pictures, drawn.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::draw_share;
use super::drawn::{Drawn, Played};
use super::find::Case;
use super::matrix::Variant;
use super::paths::shown;
use super::reference::reference_limits;
use super::source::{Sources, assets, request, roots};
use super::spec::Spec;
use crate::error::{Diagnostics, Error, ErrorKind, Place, Result};
use crate::host::headless::play::{Shown, read_script, run as run_script};
use crate::host::headless::{Assets, read_regular_text};
use crate::json::Value;
use crate::limits::Limits;
use crate::picture::{self, Picture};
use crate::pipeline::{Board, Frame, Renderer, Request};
use crate::reading::Reading;
use crate::text::Fonts;

/// Draws with what it keeps between pictures; one a thread.
pub struct Artist {
    limits: Limits,
    renderer: Renderer,
    /// Fonts of a case's own, with the renderer that has them.
    own: Option<(Vec<PathBuf>, Renderer)>,
}

impl Artist {
    /// An artist with the bundled fonts.
    #[must_use]
    pub fn new(limits: &Limits) -> Self {
        Self { limits: limits.clone(), renderer: Renderer::new(Fonts::bundled(), limits.clone()), own: None }
    }

    /// The limits that hold.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The renderer of a case, with its fonts.
    ///
    /// # Errors
    /// Where a font can't be read.
    pub fn renderer(&mut self, case: &Case) -> Result<&mut Renderer> {
        let fonts: Vec<PathBuf> = match &case.spec {
            Ok(spec) => spec.fonts.iter().map(|font| case.folder.join(font)).collect(),
            Err(_) => Vec::new(),
        };
        if fonts.is_empty() {
            return Ok(&mut self.renderer);
        }
        if self.own.as_ref().is_none_or(|(own, _)| *own != fonts) {
            let mut stack = Fonts::bundled();
            for font in &fonts {
                stack.add_file(font, &self.limits)?;
            }
            self.own = Some((fonts, Renderer::new(stack, self.limits.clone())));
        }
        Ok(self.own.as_mut().map_or(&mut self.renderer, |(_, renderer)| renderer))
    }

    /// Draws one picture of a case's matrix.
    ///
    /// # Errors
    /// Where a file of the case is not as it should be; as [`Renderer::begin`] and [`crate::Job::finish`].
    pub fn draw(&mut self, case: &Case, spec: &Spec, variant: &Variant) -> Result<Drawn> {
        let limits = self.limits.clone();
        let (globals, frame) = if let Some(image) = &spec.share_image {
            draw_share::image(&case.folder, spec, image, variant, &mut self.renderer)?
        } else if let Some(card) = &spec.card {
            draw_share::card(&case.folder, spec, card, variant, &mut self.renderer)?
        } else if let Some(path) = &variant.request {
            self.request(case, spec, path, &limits)?
        } else {
            self.board(case, spec, variant, &limits)?
        };
        let picture = Picture::from_premultiplied(frame.canvas.width(), frame.canvas.height(), frame.canvas.pixels());
        Ok(Drawn {
            name: variant.name.clone(),
            picture: picture.ok_or_else(|| Error::new(ErrorKind::Picture, "a canvas with pixels was expected"))?,
            shown: Shown { globals, prepared: frame.prepared, view: frame.view, list: frame.list },
            diagnostics: frame.diagnostics,
        })
    }

    /// A board with all that its template can name.
    fn board(&mut self, case: &Case, spec: &Spec, variant: &Variant, limits: &Limits) -> Result<(Value, Frame)> {
        let sources = case.sources.get_or_init(|| Sources::read(&case.folder, spec, limits).map_err(|error| error.to_string()));
        let sources = sources.as_ref().map_err(|message| Error::new(ErrorKind::Usage, message.clone()))?;
        let request = request(&case.folder, spec, variant, &sources.data, limits)?;
        self.answer(case, &sources.board, &request, assets(&case.folder, spec, limits))
    }

    /// A request as the library takes it; its pictures are below the case's `assets`, or beside it.
    fn request(&mut self, case: &Case, spec: &Spec, path: &Path, limits: &Limits) -> Result<(Value, Frame)> {
        let file = case.folder.join(path);
        let text = read_regular_text(&file, Request::bytes_most(limits), "data_bytes", ErrorKind::Usage)?;
        let request = Request::from_json(&text, limits).map_err(|error| {
            let place = Place { document: Some(Arc::from(shown(&file))), ..error.place().clone() };
            error.at(place)
        })?;
        let assets = Assets::new(roots(&case.folder, spec, [path]), limits.clone());
        self.answer(case, &request.compile(limits)?, &request, assets)
    }

    /// What a request draws of a board.
    fn answer(&mut self, case: &Case, board: &Board, request: &Request, mut assets: Assets) -> Result<(Value, Frame)> {
        let mut job = self.renderer(case)?.begin(board, request)?;
        assets.supply(&mut job);
        let frame = job.finish()?;
        let globals = request.bind(&mut Reading::new(&self.limits, &mut Diagnostics::new()))?.values;
        Ok((globals, frame))
    }

    /// Runs a session; nothing is fetched from the network.
    ///
    /// # Errors
    /// As [`read_script`] and [`run_script`].
    pub fn play(&mut self, case: &Case, script: &Path) -> Result<Played> {
        let script = read_script(&case.folder.join(script), &self.limits)?;
        let run = run_script(&script, false, None, &self.limits)?;
        let mut snapshots = Vec::new();
        for ((name, png), shown) in run.snapshots.into_iter().zip(run.shown) {
            let picture = picture::decode(&png, &reference_limits(&self.limits))?;
            snapshots.push(Drawn { name, picture, shown, diagnostics: Diagnostics::new() });
        }
        let failed = run.failed.into_iter().map(|(at, failure)| format!("{at} ms: {failure}")).collect();
        Ok(Played { snapshots, events: run.events, failed })
    }
}
