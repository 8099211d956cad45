//! Paragraphs to lines, whoever shapes them; shaped and laid out ones are kept while there is room.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, Hash as _, Hasher as _};
use std::sync::Arc;

use foldhash::fast::FixedState;

use super::clusters::{Cluster, Shaped};
use super::line_fonts::LineFonts;
use super::lines::{Lines, break_lines, min_content};
use super::paragraph::{Paragraph, TextLayout};
use super::place::{Ellipsis, place};
use crate::cache::Cache;
use crate::style::{TextOverflow, WhiteSpace};

/// Paragraphs kept, bytes (roughly).
const KEPT_BYTES: usize = 8 * 1024 * 1024;
/// Widths in which one paragraph is kept.
const KEPT_WIDTHS: usize = 8;

/// Steps of a budget: to look a paragraph up, for each byte of its text; to shape it, and each byte; to break it into lines,
/// and each cluster and line.
mod steps {
    pub const FIND: u64 = 100;
    pub const BYTES_FOUND: u64 = 4;
    pub const SHAPE: u64 = 6_000;
    pub const BYTE: u64 = 500;
    pub const LAY_OUT: u64 = 1_000;
    pub const CLUSTER: u64 = 100;
    pub const LINE: u64 = 1_500;
}

/// Makes clusters of paragraphs.
pub(super) trait Shaping {
    /// What lines ask of its fonts.
    type Fonts: LineFonts;

    /// The clusters of a paragraph.
    fn shape(&mut self, paragraph: &Paragraph) -> Shaped;

    /// Measures each cluster of what was measured whole.
    fn measure_each(&mut self, paragraph: &Paragraph, shaped: &mut Shaped) {
        let _ = (paragraph, shaped);
    }

    /// Its fonts.
    fn fonts(&self) -> &Self::Fonts;
}

/// A paragraph in the cache.
#[derive(Debug)]
struct Entry {
    paragraph: Paragraph,
    shaped: Arc<Shaped>,
    layouts: Vec<(Option<u32>, Arc<TextLayout>)>,
}

/// Paragraphs shaped and laid out, kept while there is room: by their hash, those of one hash together.
#[derive(Debug)]
pub(super) struct Paragraphs {
    kept: Cache<u64, Vec<Entry>>,
    work: u64,
}

impl Default for Paragraphs {
    fn default() -> Self {
        Self { kept: Cache::with_capacity(KEPT_BYTES), work: 0 }
    }
}

impl Paragraphs {
    /// Steps of a budget that were done so far.
    pub fn work(&self) -> u64 {
        self.work
    }

    fn spend(&mut self, steps: u64) {
        self.work = self.work.wrapping_add(steps);
    }

    /// Lays a paragraph out in a width; see [`TextSystem`](super::TextSystem).
    pub fn lay_out<S: Shaping>(&mut self, shaping: &mut S, paragraph: &Paragraph, width: Option<f32>) -> Arc<TextLayout> {
        let width = width.map(|width| if width.is_nan() { 0.0 } else { width.max(0.0) });
        let (hash, bytes) = self.looked_up(paragraph);
        let bits = width.map(f32::to_bits);
        let shaped = match self.find(hash, paragraph) {
            Some(entry) => match entry.layouts.iter().find(|(known, _)| *known == bits) {
                Some((_, layout)) => return Arc::clone(layout),
                None => Arc::clone(&entry.shaped),
            },
            None => self.shape(shaping, paragraph, (hash, bytes)),
        };
        let mut dots: HashMap<u16, Option<Ellipsis>> = HashMap::new();
        let mut lines = self.lines(shaping, (paragraph, &shaped), width, &mut dots);
        // Most are one line that fits. For the others it counts how wide each letter is.
        let mut shaped = shaped;
        if shaped.is_measured_whole && (lines.lines.len() > 1 || lines.truncated) {
            shaped = self.measure_each(shaping, paragraph, (hash, bytes), &shaped);
            lines = self.lines(shaping, (paragraph, &shaped), width, &mut dots);
        }
        let (clusters, count) = (shaped.clusters.len() as u64, lines.lines.len() as u64);
        self.spend(steps::LAY_OUT + clusters * steps::CLUSTER + count * steps::LINE);
        let layout = place(paragraph, &shaped, &lines, width, shaping.fonts(), |span| dots.remove(&span).flatten());
        let layout = Arc::new(layout);
        self.keep(hash, paragraph, width, &layout);
        layout
    }

    fn lines<S: Shaping>(
        &mut self,
        shaping: &mut S,
        (paragraph, shaped): (&Paragraph, &Shaped),
        width: Option<f32>,
        dots: &mut HashMap<u16, Option<Ellipsis>>,
    ) -> Lines {
        break_lines(paragraph, shaped, width, |span| {
            let found = dots.entry(span).or_insert_with(|| self.ellipsis(shaping, paragraph, span));
            found.as_ref().map_or(0.0, |dots| dots.shaped.clusters.iter().map(|cluster: &Cluster| cluster.advance).sum())
        })
    }

    /// Measures each cluster of a paragraph that was measured whole, and keeps it so.
    fn measure_each<S: Shaping>(
        &mut self,
        shaping: &mut S,
        paragraph: &Paragraph,
        (hash, bytes): (u64, u64),
        whole: &Arc<Shaped>,
    ) -> Arc<Shaped> {
        self.spend(steps::SHAPE + bytes * steps::BYTE);
        let mut shaped = Shaped::clone(whole);
        shaping.measure_each(paragraph, &mut shaped);
        let shaped = Arc::new(shaped);
        if let Some(entry) = self.find(hash, paragraph) {
            entry.shaped = Arc::clone(&shaped);
        }
        shaped
    }

    /// The width of a paragraph's widest part that can't be broken.
    pub fn min_content_width<S: Shaping>(&mut self, shaping: &mut S, paragraph: &Paragraph) -> f32 {
        let (hash, mut shaped) = self.shaped(shaping, paragraph);
        if shaped.is_measured_whole {
            let bytes = paragraph.text.len() as u64;
            shaped = self.measure_each(shaping, paragraph, (hash, bytes), &shaped);
        }
        min_content(paragraph, &shaped)
    }

    /// A paragraph shaped, with its hash.
    pub fn shaped<S: Shaping>(&mut self, shaping: &mut S, paragraph: &Paragraph) -> (u64, Arc<Shaped>) {
        let (hash, bytes) = self.looked_up(paragraph);
        if let Some(entry) = self.find(hash, paragraph) {
            return (hash, Arc::clone(&entry.shaped));
        }
        (hash, self.shape(shaping, paragraph, (hash, bytes)))
    }

    /// The hash by which a paragraph is looked up, and how long its text is, bytes.
    fn looked_up(&mut self, paragraph: &Paragraph) -> (u64, u64) {
        let bytes = paragraph.text.len() as u64;
        self.spend(steps::FIND + bytes / 8 * steps::BYTES_FOUND);
        (hash_of(paragraph), bytes)
    }

    /// Shapes a paragraph that is not kept, and keeps it.
    fn shape<S: Shaping>(&mut self, shaping: &mut S, paragraph: &Paragraph, (hash, bytes): (u64, u64)) -> Arc<Shaped> {
        self.spend(steps::SHAPE + bytes * steps::BYTE);
        let shaped = Arc::new(shaping.shape(paragraph));
        self.insert(hash, paragraph, &shaped);
        shaped
    }

    /// `…` in the style of one of the paragraph's spans.
    fn ellipsis<S: Shaping>(&mut self, shaping: &mut S, paragraph: &Paragraph, span: u16) -> Option<Ellipsis> {
        let mut style = paragraph.spans.get(usize::from(span))?.clone();
        let text: Arc<str> = Arc::from("…");
        style.range = 0..text.len();
        let dots = Paragraph {
            text,
            spans: vec![style],
            white_space: WhiteSpace::NoWrap,
            overflow: TextOverflow::Clip,
            max_lines: None,
            ..paragraph.clone()
        };
        let (_, shaped) = self.shaped(shaping, &dots);
        Some(Ellipsis { shaped })
    }

    fn find(&mut self, hash: u64, paragraph: &Paragraph) -> Option<&mut Entry> {
        self.kept.get(&hash)?.iter_mut().find(|entry| entry.paragraph == *paragraph)
    }

    fn insert(&mut self, hash: u64, paragraph: &Paragraph, shaped: &Arc<Shaped>) {
        // Clusters, their glyphs, the texts and some for the entry itself.
        let bytes = 512 + paragraph.text.len() * 12 + shaped.clusters.len() * 48 + shaped.glyphs.len() * 12;
        let entry = Entry { paragraph: paragraph.clone(), shaped: Arc::clone(shaped), layouts: Vec::new() };
        match self.kept.get(&hash) {
            Some(entries) => {
                entries.push(entry);
                self.kept.grow(&hash, bytes);
            }
            None => {
                self.kept.insert(hash, vec![entry], bytes);
            }
        }
    }

    fn keep(&mut self, hash: u64, paragraph: &Paragraph, width: Option<f32>, layout: &Arc<TextLayout>) {
        let Some(entry) = self.find(hash, paragraph) else { return };
        if entry.layouts.len() >= KEPT_WIDTHS {
            entry.layouts.remove(0);
        }
        entry.layouts.push((width.map(f32::to_bits), Arc::clone(layout)));
        self.kept.grow(&hash, layout.bytes());
    }
}

/// A hash that is the same on every machine; what is equal has an equal one.
fn hash_of(paragraph: &Paragraph) -> u64 {
    let mut hasher = FixedState::default().build_hasher();
    paragraph.text.hash(&mut hasher);
    paragraph.max_lines.hash(&mut hasher);
    (paragraph.white_space as u8, paragraph.align as u8, paragraph.direction as u8).hash(&mut hasher);
    for span in &paragraph.spans {
        span.range.hash(&mut hasher);
        span.font.family.hash(&mut hasher);
        (span.font.size.to_bits(), span.font.weight).hash(&mut hasher);
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::Style;
    use crate::text::clusters::Kind;
    use crate::text::line_fonts::Drawn;
    use crate::text::white_space::prepare;

    /// Nothing but letters of one width.
    struct Typewriter;

    impl LineFonts for Typewriter {
        fn extents(&self, _shaped: &Shaped, _span: usize) -> Option<(f32, f32)> {
            None
        }

        fn drawn(&self, _shaped: &Shaped, _span: usize, _face: u16, _size: f32) -> Drawn {
            Drawn::default()
        }
    }

    impl Shaping for Typewriter {
        type Fonts = Self;

        fn shape(&mut self, paragraph: &Paragraph) -> Shaped {
            let prepared = prepare(&paragraph.text, &paragraph.spans, paragraph.white_space);
            let cluster = |(number, letter): (usize, char)| Cluster {
                characters: number as u32..number as u32 + 1,
                advance: 10.0,
                glyphs: 0..0,
                face: 0,
                span: 0,
                level: 0,
                kind: if letter == ' ' { Kind::Space } else { Kind::Ink },
                starts: true,
                break_before: number > 0 && letter != ' ',
            };
            let clusters = prepared.text.chars().enumerate().map(cluster).collect();
            Shaped { clusters, prepared, ..Shaped::default() }
        }

        fn fonts(&self) -> &Self {
            self
        }
    }

    #[test]
    fn paragraphs_are_forgotten_before_they_are_too_many() {
        let (mut paragraphs, mut shaping) = (Paragraphs::default(), Typewriter);
        let paragraph = |number: usize| {
            let text = format!("{number} ").repeat(60);
            Paragraph::from_style(Arc::from(text), &Style::default())
        };
        let first = paragraphs.lay_out(&mut shaping, &paragraph(0), Some(200.0));
        for number in 0..900 {
            paragraphs.lay_out(&mut shaping, &paragraph(number), Some(200.0));
            assert!(paragraphs.kept.weight() <= KEPT_BYTES);
        }
        let kept = paragraphs.kept.len();
        assert!(kept < 900, "{kept} paragraphs are kept");
        assert_eq!(paragraphs.lay_out(&mut shaping, &paragraph(0), Some(200.0)), first);
        for width in 0..50 {
            paragraphs.lay_out(&mut shaping, &paragraph(1), Some(width as f32));
        }
        let hash = hash_of(&paragraph(1));
        assert!(paragraphs.find(hash, &paragraph(1)).unwrap().layouts.len() <= KEPT_WIDTHS);
    }
}
