//! One board on its way: what it needs is handed out, supplied, and then it is drawn. No I/O happens here.

use std::collections::VecDeque;
use std::fmt::Display;
use std::sync::Arc;

use super::frame::{Frame, Prepared};
use super::renderer::Renderer;
use super::source::Source;
use super::supplied::Supplied;
use super::times::Times;
use crate::budget::{Budget, Stage};
use crate::display::{View, wanted};
use crate::error::{Diagnostics, Result};
use crate::geometry::{Point, Size};
use crate::layout;
use crate::picture::{self, Picture, PictureState};
#[cfg(feature = "raster")]
use crate::raster::{NeededCrop, SharedCanvas, needed_crops};
use crate::reading::Reading;
use crate::scene::{BoardState, Node, NodeId, RowWindows, Scene};
#[cfg(feature = "raster")]
use crate::sorted::BTreeMap;
use crate::sorted::BTreeSet;
use crate::text::bitmap_font::BitmapFont;

/// Something that a job needs and can't get by itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// A bitmap font, by the path that `bitmaptext` names.
    Font(Arc<str>),
    /// A picture, by its `src`.
    Picture(Arc<str>),
}

impl Need {
    /// What the board calls it.
    #[must_use]
    pub fn src(&self) -> &str {
        match self {
            Self::Font(src) | Self::Picture(src) => src,
        }
    }
}

/// A board that was begun by [`Renderer::begin`].
///
/// It first needs the bitmap fonts, and the pictures that give their boxes a size; with them it is laid out, and needs
/// the pictures that can then be seen, and no others. Each is handed out once, and nothing is handed out while what the
/// layout depends on is still on its way:
///
/// ```
/// # use friendboard::{Board, Limits, Renderer, Request, Result, pipeline::Need, text::Fonts};
/// # fn fetch_all(needs: &[Need]) -> Vec<std::io::Result<Vec<u8>>> { needs.iter().map(|_| Ok(Vec::new())).collect() }
/// # let mut renderer = Renderer::new(Fonts::bundled(), Limits::default());
/// # let mut job = renderer.begin(&Board::built_in("podium")?, &Request::friends("[]"))?;
/// loop {
///     let wanted = job.wanted();
///     if wanted.is_empty() {
///         break;
///     }
///     // All at once, as many at a time as you like.
///     for (need, file) in wanted.iter().zip(fetch_all(&wanted)) {
///         job.supply_need(need, file);
///     }
/// }
/// let frame = job.finish()?;
/// # Ok::<(), friendboard::Error>(())
/// ```
pub struct Job<'r> {
    renderer: &'r mut Renderer,
    look: Look,
    /// Of what the scene was made; kept where it has long lists.
    source: Option<Arc<Source>>,
    /// What is to be laid out; nothing once it is.
    scene: Option<Scene>,
    laid_out: Result<(Prepared, View)>,
    queue: VecDeque<Need>,
    /// Handed out, and not supplied yet.
    awaited: BTreeSet<Need>,
    supplied: Supplied,
    /// Of more bytes than these, what is drawn is kept and no more.
    #[cfg(feature = "raster")]
    reduce_above: usize,
    #[cfg(feature = "raster")]
    canvas: Option<SharedCanvas>,
    told: Told,
    budget: Budget,
}

/// What a frame tells beside what it shows.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub diagnostics: Diagnostics,
    pub state: BoardState,
    pub drawn: usize,
    pub dropped: usize,
    pub times: Times,
}

/// Where a board is drawn, and how it is looked at.
#[derive(Clone, Debug, Default)]
pub(super) struct Look {
    pub size: Size,
    pub device: (u32, u32),
    pub dpr: f32,
    pub scroll: Vec<(String, Point)>,
    pub pressed: Vec<String>,
}

impl<'r> Job<'r> {
    /// A scene that is to be laid out.
    pub(super) fn bound(
        renderer: &'r mut Renderer,
        (source, scene): (Source, Scene),
        look: Look,
        told: Told,
        budget: Budget,
    ) -> Self {
        let needs = layout::needs(&scene);
        let fonts = needs.fonts.into_iter().map(Need::Font);
        let queue: VecDeque<Need> = fonts.chain(needs.pictures.into_iter().map(Need::Picture)).collect();
        let mut supplied = Supplied::default();
        for need in &queue {
            if let Need::Picture(src) = need {
                supplied.expect(src);
            }
        }
        Self {
            #[cfg(feature = "raster")]
            reduce_above: renderer.limits().held_image_bytes,
            renderer,
            look,
            source: (!scene.lists.is_empty()).then(|| Arc::new(source)),
            scene: Some(scene),
            laid_out: Ok(<(Prepared, View)>::default()),
            queue,
            awaited: BTreeSet::new(),
            supplied,
            #[cfg(feature = "raster")]
            canvas: None,
            told,
            budget,
        }
    }

    /// A frame once more, in another view.
    pub(super) fn again(renderer: &'r mut Renderer, frame: Frame, view: View) -> Self {
        let device = frame.size();
        let Frame { diagnostics, prepared, mut pictures, state, drawn, dropped, source, .. } = frame;
        // Of what was reduced there is only what the other view drew.
        pictures.forget_reduced();
        let times = Times::start(renderer.clock);
        let budget = renderer.take_budget();
        let mut job = Self {
            #[cfg(feature = "raster")]
            reduce_above: renderer.limits().held_image_bytes,
            renderer,
            look: Look { device, ..Look::default() },
            source,
            scene: None,
            laid_out: Ok((prepared, view)),
            queue: VecDeque::new(),
            awaited: BTreeSet::new(),
            supplied: Supplied::known(pictures),
            #[cfg(feature = "raster")]
            canvas: Some(frame.canvas),
            told: Told { diagnostics, state, drawn, dropped, times },
            budget,
        };
        job.look_for_rows();
        job.look_for_pictures();
        job
    }

    /// Makes the rows of long lists that another view brings in sight.
    fn look_for_rows(&mut self) {
        let (Some(source), Ok((prepared, view))) = (&self.source, &self.laid_out) else { return };
        let offset = |node: NodeId, _: &Node| view.scroll.get(&node).map_or(0.0, |offset| offset.y);
        if prepared.has_rows_in_sight(&offset) {
            return;
        }
        let (mut again, limits) = (Diagnostics::new(), self.renderer.limits().clone());
        let mut reading = Reading::within(&limits, self.budget.clone(), &mut again);
        let made = source
            .resolve(&prepared.windows(), &mut reading)
            .and_then(|scene| self.renderer.layout_rows(source, scene, &offset, self.supplied.pictures(), &mut reading));
        let view = view.clone();
        self.laid_out = made.map(|made| {
            let view = view.carried_over(&prepared.scene, &made.scene);
            (made, view)
        });
    }

    /// The next picture that is needed, by its `src`; `None` where there is none to be handed out now. Bitmap fonts are
    /// passed over: a board that has any is asked with [`Job::next_need`].
    pub fn next_picture(&mut self) -> Option<Arc<str>> {
        loop {
            match self.next_need()? {
                Need::Picture(src) => return Some(src),
                font @ Need::Font(_) => self.supply_need(&font, Err::<&[u8], _>("it was not asked for (`Job::next_need`)")),
            }
        }
    }

    /// The next picture or bitmap font that is needed; `None` where there is none to be handed out now.
    pub fn next_need(&mut self) -> Option<Need> {
        loop {
            if let Some(need) = self.queue.pop_front() {
                self.awaited.insert(need.clone());
                return Some(need);
            }
            if !self.awaited.is_empty() || self.scene.is_none() {
                return None;
            }
            self.lay_out_now();
        }
    }

    /// All that is needed and can be handed out now, in order, for who gets several at once.
    pub fn wanted(&mut self) -> Vec<Need> {
        std::iter::from_fn(|| self.next_need()).collect()
    }

    /// As [`Job::wanted`], but only what the layout depends on: for who goes on to [`Job::lay_out`].
    pub fn wanted_for_layout(&mut self) -> Vec<Need> {
        let wanted: Vec<Need> = if self.scene.is_some() { self.queue.drain(..).collect() } else { Vec::new() };
        self.awaited.extend(wanted.iter().cloned());
        wanted
    }

    /// Brings a picture: its file as it came, or why there is none. What can't be had or decoded is a diagnostic, and what
    /// stands in for it is drawn.
    pub fn supply(&mut self, src: &str, file: std::result::Result<impl AsRef<[u8]>, impl Display>) {
        let src = Arc::from(src);
        self.arrived(&Need::Picture(Arc::clone(&src)));
        let file = file.map_err(|reason| reason.to_string());
        let file = file.as_ref().map(AsRef::as_ref).map_err(Clone::clone);
        let claimed = file.as_ref().map_or(0, |bytes| picture::claimed_bytes(bytes, self.renderer.limits()));
        #[cfg(feature = "raster")]
        self.make_room(claimed);
        self.supplied.take_file(&src, file, claimed, self.renderer.limits(), &self.budget);
        #[cfg(feature = "raster")]
        self.reduce(&src);
    }

    /// Brings a picture that is decoded already, or why there is none.
    pub fn supply_picture(&mut self, src: &str, picture: std::result::Result<Picture, impl Display>) {
        let src = Arc::from(src);
        self.arrived(&Need::Picture(Arc::clone(&src)));
        self.supplied.take(&src, picture.map_err(|reason| reason.to_string()), self.renderer.limits());
        #[cfg(feature = "raster")]
        self.reduce(&src);
    }

    /// Brings what was needed: the file of a picture, or of a bitmap font (`.fnt`), or why there is none.
    pub fn supply_need(&mut self, need: &Need, file: std::result::Result<impl AsRef<[u8]>, impl Display>) {
        let path = match need {
            Need::Picture(src) => return self.supply(src, file),
            Need::Font(path) => path,
        };
        self.arrived(need);
        let font = file.map_err(|reason| reason.to_string()).and_then(|bytes| {
            let text = String::from_utf8_lossy(bytes.as_ref());
            BitmapFont::parse(&text, path, self.renderer.limits()).map_err(|error| error.to_string())
        });
        match font {
            Ok(font) => self.supplied.pictures_mut().set_font(Arc::clone(path), Arc::new(font)),
            Err(reason) => self.told.diagnostics.push(picture::missing("bitmap font", path, reason)),
        }
    }

    /// Lays the board out and goes no further. What was not supplied has no size.
    ///
    /// # Errors
    /// As [`Job::finish`].
    pub fn lay_out(mut self) -> Result<(Prepared, Diagnostics)> {
        // Whoever asks where everything stands asks of all rows.
        if let Some(source) = self.source.take() {
            let mut again = Diagnostics::new();
            let reading = &mut Reading::within(self.renderer.limits(), self.budget.clone(), &mut again);
            self.scene = Some(source.resolve(&RowWindows::whole(), reading)?);
        }
        self.lay_out_now();
        self.supplied.tell(&mut self.told.diagnostics);
        Ok((self.laid_out?.0, self.told.diagnostics))
    }

    /// Draws the board. A picture that was not supplied is drawn as one that can't be had.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`](crate::ErrorKind::Usage) where the request scrolls or presses what the board does not have;
    /// [`ErrorKind::Limit`](crate::ErrorKind::Limit) where the board is over the limits or its budget,
    /// [`ErrorKind::Deadline`](crate::ErrorKind::Deadline) where it takes longer than was given.
    pub fn finish(mut self) -> Result<Frame> {
        self.lay_out_now();
        self.supplied.tell(&mut self.told.diagnostics);
        let (prepared, view) = self.laid_out?;
        let Told { diagnostics, state, drawn, dropped, mut times } = self.told;
        times.end("pictures");
        let mut pictures = std::mem::take(self.supplied.pictures_mut());
        let missing: Vec<Need> = self.queue.into_iter().chain(self.awaited).collect();
        for need in &missing {
            pictures.set(need.src(), PictureState::Failed(Arc::from("it was not supplied")));
        }
        let budget = self.budget;
        let list = self.renderer.draw_list_within((&prepared, &view), self.look.device, &pictures, &budget);
        // Another frame may ask for them again.
        for need in &missing {
            pictures.remove(need.src());
        }
        times.end("display");
        budget.hold(Stage::Pictures, pictures.bytes() as u64);
        budget.check()?;
        let device = self.look.device;
        #[cfg(feature = "raster")]
        let canvas = {
            Renderer::charge(&list, None, &budget)?;
            let canvas = match self.canvas {
                Some(mut canvas) => {
                    self.renderer.rasterize_within(&list, &mut canvas, None, &budget)?;
                    canvas
                }
                None => self.renderer.rasterize_anew(&list, &budget)?,
            };
            times.end("raster");
            canvas
        };
        Ok(Frame {
            #[cfg(feature = "raster")]
            canvas,
            device,
            diagnostics,
            list,
            prepared,
            source: self.source,
            view,
            pictures,
            state,
            drawn,
            dropped,
            times,
        })
    }

    /// Goes from bound to laid out, with the pictures that are there; nothing where that is done.
    fn lay_out_now(&mut self) {
        let Some(scene) = self.scene.take() else { return };
        self.told.times.end("pictures");
        let look = &self.look;
        let pictures = self.supplied.pictures();
        let laid_out = match &self.source {
            Some(source) => {
                let offset = |_: NodeId, node: &Node| {
                    look.scroll.iter().find(|(id, _)| *node.id == **id).map_or(0.0, |(_, offset)| offset.y)
                };
                let limits = self.renderer.limits().clone();
                let mut reading = Reading::within(&limits, self.budget.clone(), &mut self.told.diagnostics);
                self.renderer.layout_rows(source, scene, &offset, pictures, &mut reading)
            }
            None => self.renderer.layout_within(scene, look.size, pictures, &self.budget),
        };
        self.laid_out = laid_out.and_then(|prepared| {
            let mut scroll = prepared.scrolled(look.scroll.iter().map(|(id, offset)| (id.as_str(), *offset)))?;
            for view in 0..prepared.scene.nodes.len() {
                if let (false, Some(offset)) = (scroll.contains_key(&view), prepared.offset_to_wanted(view, 0.0)) {
                    scroll.insert(view, Point::new(0.0, offset));
                }
            }
            let pressed = prepared.pressed(&look.pressed)?;
            Ok((prepared, View { dpr: look.dpr, scroll, pressed, ..View::default() }))
        });
        self.look_for_rows();
        self.told.times.end("layout");
        // What was not supplied for the layout is not waited for any more; where it is seen, it is needed once more.
        self.queue.clear();
        self.awaited.clear();
        // The layout had their sizes: where they are seen, they are needed once more.
        self.supplied.pictures_mut().forget_reduced();
        self.look_for_pictures();
    }

    /// Notes the pictures that can be seen and are not there.
    fn look_for_pictures(&mut self) {
        let Ok((prepared, view)) = &self.laid_out else { return };
        let pictures = self.supplied.pictures();
        let seen = wanted(&prepared.scene, &prepared.layout, view, self.look.device, pictures);
        let missing: Vec<_> = seen.into_iter().filter(|src| *pictures.get(src) == PictureState::Missing).collect();
        for src in missing {
            self.supplied.expect(&src);
            self.queue.push_back(Need::Picture(src));
        }
    }

    /// What comes is not waited for any more, whether it was handed out or not.
    fn arrived(&mut self, need: &Need) {
        if !self.awaited.remove(need) {
            self.queue.retain(|queued| queued != need);
        }
    }

    /// Lets pictures go before one is decoded with which too many bytes of them would be held.
    #[cfg(feature = "raster")]
    fn make_room(&mut self, claimed: usize) {
        let held = self.supplied.pictures().bytes();
        if held > 0 && self.scene.is_none() && held.saturating_add(claimed) > self.reduce_above {
            self.reduce_all();
        }
    }

    /// Lets pictures go where many bytes of them are held: of all that came, what is drawn is kept; before the layout, of the
    /// one that came last its size.
    #[cfg(feature = "raster")]
    fn reduce(&mut self, src: &Arc<str>) {
        if self.supplied.pictures().bytes() <= self.reduce_above {
            return;
        }
        if self.scene.is_some() {
            let pictures = self.supplied.pictures_mut();
            if let Some(picture) = pictures.get(src).picture().map(|picture| picture.reduced(&[])) {
                pictures.set(Arc::clone(src), PictureState::Ready(picture));
            }
            return;
        }
        self.reduce_all();
    }

    /// Keeps of each picture what is drawn of it.
    #[cfg(feature = "raster")]
    fn reduce_all(&mut self) {
        let most = self.renderer.limits().held_image_bytes;
        let Ok((prepared, view)) = &self.laid_out else { return };
        let pictures = self.supplied.pictures_mut();
        let list = self.renderer.draw_list_within((prepared, view), self.look.device, pictures, &self.budget);
        let mut crops: BTreeMap<usize, Vec<NeededCrop>> = BTreeMap::new();
        for (picture, crop) in needed_crops(&list) {
            let known = crops.entry(picture).or_default();
            if !known.contains(&crop) {
                known.push(crop);
            }
        }
        drop(list);
        pictures.reduce(|picture| crops.get(&picture.identity()).map_or(&[], Vec::as_slice));
        self.supplied.hold(most.saturating_mul(2));
        self.reduce_above = most.max(self.supplied.pictures().bytes().saturating_add(most / 4));
    }
}
