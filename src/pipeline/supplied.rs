//! The pictures of a job as they come: what they cost, and which of them are left out where there are too many.

use std::sync::Arc;

use crate::budget::{Budget, Stage};
use crate::error::{Diagnostic, Diagnostics, Error};
use crate::limits::Limits;
use crate::picture::{self, Picture, PictureState, Pictures};
use crate::sorted::BTreeMap;

/// So many times what is allowed is decoded where pictures come in the wrong order, each in place of a later one.
const DECODED_IN_VAIN: usize = 4;

/// Pictures by their `src`, in the order in which the board names them. That order decides who is left out: all from the
/// first on that is too much, however they arrive.
#[derive(Default)]
pub(super) struct Supplied {
    pictures: Pictures,
    /// Places in the board's order.
    turns: BTreeMap<Arc<str>, usize>,
    /// By their turn: what was decoded of each, bytes.
    decoded: BTreeMap<usize, (Arc<str>, usize)>,
    /// Bytes of all in `decoded`.
    spent: usize,
    /// Bytes that were decoded so far, also of what is gone again.
    worked: usize,
    /// The first turn that is left out, and why.
    cut: Option<(usize, String)>,
    /// By their turn: what is told of pictures that are not there.
    missing: BTreeMap<usize, Diagnostic>,
}

impl Supplied {
    /// Pictures that were there before.
    pub fn known(pictures: Pictures) -> Self {
        Self { pictures, ..Self::default() }
    }

    pub fn pictures(&self) -> &Pictures {
        &self.pictures
    }

    pub fn pictures_mut(&mut self) -> &mut Pictures {
        &mut self.pictures
    }

    /// Puts a picture in the board's order, after all that are in it.
    pub fn expect(&mut self, src: &Arc<str>) -> usize {
        let next = self.turns.len();
        *self.turns.entry(Arc::clone(src)).or_insert(next)
    }

    /// Decodes a picture's file, which claims to have so many bytes of pixels, and takes it, or why there is none.
    pub fn take_file(&mut self, src: &Arc<str>, file: Result<&[u8], String>, claimed: usize, limits: &Limits, budget: &Budget) {
        let turn = self.expect(src);
        if let Some(reason) = self.left_out(turn, limits) {
            return self.fail(src, turn, reason);
        }
        // What is too much already is not to be drawn.
        let held = self.pictures.bytes();
        if !budget.hold(Stage::Pictures, held.saturating_add(claimed) as u64) {
            return self.fail(src, turn, "the board is over its budget".to_owned());
        }
        let read = file.as_ref().ok().copied();
        let steps = |pixel_bytes: usize| read.map_or(0, |bytes| picture::decoding_steps(bytes, pixel_bytes));
        let picture = file.and_then(|bytes| picture::decode(bytes, limits).map_err(|error| error.to_string()));
        // One that breaks off at its end has cost as much as a whole one.
        let claimed = if picture.is_ok() { 0 } else { claimed };
        let cost = picture.as_ref().map_or(claimed, Picture::bytes);
        budget.spend(Stage::Pictures, steps(cost));
        self.worked = self.worked.saturating_add(cost);
        self.take(src, picture, limits);
        if claimed > 0 {
            self.charge(src, turn, claimed, limits);
        }
    }

    /// Takes a picture, or why there is none.
    pub fn take(&mut self, src: &Arc<str>, picture: Result<Picture, String>, limits: &Limits) {
        let turn = self.expect(src);
        self.pictures.remove(src);
        self.missing.remove(&turn);
        if let Some((_, bytes)) = self.decoded.remove(&turn) {
            self.spent -= bytes;
        }
        match picture {
            Err(reason) => self.fail(src, turn, reason),
            Ok(picture) => {
                if let Some(reason) = self.left_out(turn, limits) {
                    return self.fail(src, turn, reason);
                }
                let bytes = picture.bytes();
                self.pictures.set(Arc::clone(src), PictureState::Ready(picture));
                self.charge(src, turn, bytes, limits);
            }
        }
    }

    /// Leaves the last pictures out until no more than so many bytes are held.
    #[cfg(feature = "raster")]
    pub fn hold(&mut self, most: usize) {
        while self.pictures.bytes() > most {
            let reason = held(most, self.pictures.bytes());
            if !self.leave_out_last(reason) {
                break;
            }
        }
    }

    /// Tells what is not there, in the board's order.
    pub fn tell(&mut self, diagnostics: &mut Diagnostics) {
        for (_, missing) in std::mem::take(&mut self.missing) {
            diagnostics.push(missing);
        }
    }

    fn charge(&mut self, src: &Arc<str>, turn: usize, bytes: usize, limits: &Limits) {
        self.decoded.insert(turn, (Arc::clone(src), bytes));
        self.spent += bytes;
        // A file of 2 MiB may be a picture of 32 MiB, and it is not us who say how many of them a board has.
        while self.spent > limits.board_image_bytes {
            if !self.leave_out_last(too_many(limits.board_image_bytes, self.spent)) {
                break;
            }
        }
    }

    /// Leaves the last picture out, and all that may come after it; false where there is none.
    fn leave_out_last(&mut self, reason: String) -> bool {
        let Some((turn, (src, bytes))) = self.decoded.pop_last() else { return false };
        self.spent -= bytes;
        self.pictures.remove(&src);
        self.cut = Some((turn, reason.clone()));
        self.fail(&src, turn, reason);
        true
    }

    /// Why a picture is left out, where it is.
    fn left_out(&self, turn: usize, limits: &Limits) -> Option<String> {
        if let Some((_, reason)) = self.cut.as_ref().filter(|(cut, _)| turn >= *cut) {
            return Some(reason.clone());
        }
        let most = limits.board_image_bytes.saturating_mul(DECODED_IN_VAIN);
        (self.worked > most).then(|| too_many(limits.board_image_bytes, self.worked))
    }

    fn fail(&mut self, src: &Arc<str>, turn: usize, reason: String) {
        self.missing.insert(turn, picture::missing("picture", src, &reason));
        self.pictures.set(Arc::clone(src), PictureState::Failed(Arc::from(reason)));
    }
}

fn too_many(allowed: usize, found: usize) -> String {
    Error::limit("board_image_bytes", format_args!("{allowed} bytes of decoded pictures"), found).to_string()
}

#[cfg(feature = "raster")]
fn held(most: usize, found: usize) -> String {
    Error::limit("held_image_bytes", format_args!("{most} bytes of pictures at once"), found).to_string()
}
