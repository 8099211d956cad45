//! A paragraph of a leaf with the lines that it was asked for: a layout asks for the same ones several times, for widths,
//! heights and baselines.

use std::cell::RefCell;
use std::sync::Arc;

use super::fit::Fit;
use super::style::{SAME_WIDTH, positive};
use crate::text::{Paragraph, TextLayout, TextSystem};

/// Widths in which lines are kept.
const KEPT_WIDTHS: usize = 4;

/// A paragraph that is measured.
#[derive(Clone, Debug)]
pub(super) struct Measured {
    paragraph: Paragraph,
    known: RefCell<Known>,
}

/// What was asked for so far.
#[derive(Clone, Debug, Default)]
struct Known {
    /// How wide it would like to be.
    natural: Option<f32>,
    /// The lines in a width, by its bits.
    lines: Vec<(u32, Arc<TextLayout>)>,
}

impl Measured {
    pub fn new(paragraph: Paragraph) -> Self {
        Self { paragraph, known: RefCell::default() }
    }

    /// How wide it is where nothing makes it wrap.
    pub fn natural_width(&self, text: &mut dyn TextSystem) -> f32 {
        if let Some(natural) = self.known.borrow().natural {
            return natural;
        }
        let natural = positive(text.layout(&self.paragraph, None).width);
        self.known.borrow_mut().natural = Some(natural);
        natural
    }

    /// Its lines in a width, where it may become smaller as `fit` says: the same with each call.
    pub fn lines(&self, fit: Option<&Fit>, text: &mut dyn TextSystem, width: f32) -> Arc<TextLayout> {
        let natural = self.natural_width(text);
        let width = if (natural - width).abs() < SAME_WIDTH { natural.max(width) } else { width }.max(0.0);
        let bits = width.to_bits();
        if let Some((_, lines)) = self.known.borrow().lines.iter().find(|(known, _)| *known == bits) {
            return Arc::clone(lines);
        }
        let lines = match fit {
            Some(fit) => fit.lines(&self.paragraph, text, width),
            None => text.layout(&self.paragraph, Some(width)),
        };
        let known = &mut self.known.borrow_mut().lines;
        known.truncate(KEPT_WIDTHS - 1);
        known.insert(0, (bits, Arc::clone(&lines)));
        lines
    }

    /// Lets go of all lines: what is shown in the end is counted by who else has it.
    pub fn forget(&self) {
        self.known.borrow_mut().lines.clear();
    }
}
