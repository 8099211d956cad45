//! Which face draws which cluster: the fonts in order for one style, and the choice between them.

use std::collections::HashMap;

use std::ops::Range;
use std::sync::Arc;

use parley_engine::itemize::Segment;
use parley_engine::shape::{CharCluster, Coverage};
use parley_engine::{AnalysisDataSources, FontInstanceRef, FontSelector, ShapeOptions};

use super::face::Face;
use super::paragraph::Span;
use crate::sorted::BTreeSet;
use crate::style::FontStyle;

/// Most characters without a glyph that are remembered.
const UNCOVERED_KEPT: usize = 4_096;
/// Choices that are remembered before they are forgotten all at once.
const CHOICES_KEPT: usize = 16_384;

/// A face within a stack, and what must be done to its outlines to be in the style.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct StackFace {
    /// Its number.
    pub face: usize,
    /// To be made bold.
    pub embolden: bool,
    /// To be slanted.
    pub slant: bool,
}

/// The faces of one style in order of preference; text faces and colour faces apart.
#[derive(Debug, Default)]
pub(super) struct Stack {
    text: Vec<StackFace>,
    color: Vec<StackFace>,
    /// The first available font (CSS Fonts 4, §5.3): the first that has a space. Lines are as high as it says.
    pub primary: Option<StackFace>,
}

impl Stack {
    /// How a face of this stack is to be drawn.
    pub fn face(&self, number: usize) -> StackFace {
        let listed = self.text.iter().chain(&self.color).find(|entry| entry.face == number);
        listed.copied().unwrap_or(StackFace { face: number, embolden: false, slant: false })
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct StyleKey {
    family: Arc<[Arc<str>]>,
    weight: u16,
    italic: bool,
}

/// What was chosen for a character that is a cluster of its own.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Choice {
    Face(usize),
    /// No face has it.
    Nothing,
}

/// All faces, the stacks made of them, and what was chosen so far.
#[derive(Debug)]
pub(super) struct Library {
    /// The faces; the index is the [`FaceId`](super::FaceId).
    pub faces: Vec<Face>,
    stacks: Vec<Stack>,
    stack_of_style: HashMap<StyleKey, usize>,
    choices: HashMap<(usize, char, bool), Choice>,
    /// Characters that no face has.
    pub uncovered: BTreeSet<char>,
}

impl Library {
    /// A library of these faces, in order of fallback.
    pub fn new(faces: Vec<Face>) -> Self {
        Self { faces, stacks: Vec::new(), stack_of_style: HashMap::new(), choices: HashMap::new(), uncovered: BTreeSet::new() }
    }

    /// Asks the faces of given files for nothing more: one of them made a library panic, and which is not known.
    pub fn distrust_given(&mut self) {
        for face in self.faces.iter_mut().filter(|face| face.file.is_some()) {
            face.distrusted = true;
        }
        self.stack_of_style.clear();
        self.choices.clear();
    }

    /// The number of the stack for a span's style.
    pub fn stack_of(&mut self, span: &Span) -> usize {
        let key = StyleKey {
            family: span.font.family.clone(),
            weight: span.font.weight,
            italic: span.font.style == FontStyle::Italic,
        };
        if let Some(&stack) = self.stack_of_style.get(&key) {
            return stack;
        }
        let stack = self.build(&key);
        self.stacks.push(stack);
        self.stack_of_style.insert(key, self.stacks.len() - 1);
        self.stacks.len() - 1
    }

    /// A stack by its number.
    pub fn stack(&self, number: usize) -> Option<&Stack> {
        self.stacks.get(number)
    }

    fn build(&self, key: &StyleKey) -> Stack {
        // Named families first, in the order of the list, then every family in order of fallback. Generic names
        // (sans-serif, system-ui …) name no face and so mean the stack.
        let mut families: Vec<Vec<usize>> = Vec::new();
        for name in key.family.iter() {
            let name = name.trim().to_lowercase();
            let named = |face: &Face| face.info.families.iter().any(|family| **family == *name);
            families.push((0..self.faces.len()).filter(|&face| self.faces.get(face).is_some_and(named)).collect());
        }
        let mut order: Vec<&str> = Vec::new();
        for face in &self.faces {
            let name = face.info.families.first().map_or("", |name| &**name);
            if !order.contains(&name) {
                order.push(name);
            }
        }
        for name in order {
            let of_family = |face: &Face| face.info.families.first().map_or("", |name| &**name) == name;
            families.push((0..self.faces.len()).filter(|&face| self.faces.get(face).is_some_and(of_family)).collect());
        }
        let mut stack = Stack::default();
        for family in families {
            for entry in self.best_of(&family, key) {
                let color = self.faces.get(entry.face).is_some_and(|face| face.info.color);
                let list = if color { &mut stack.color } else { &mut stack.text };
                if !list.iter().any(|known| known.face == entry.face) {
                    list.push(entry);
                }
            }
        }
        let has_space = |entry: &&StackFace| self.faces.get(entry.face).is_some_and(|face| face.glyph(' ').is_some());
        stack.primary = stack.text.iter().chain(&stack.color).find(has_space).or(stack.text.first()).copied();
        stack
    }

    /// The faces of a family that are nearest to the style: one, or several that share its weight (a family in parts). Where
    /// bold is wanted, the lighter faces come behind it: bold is made of those letters that the bold face has not.
    fn best_of(&self, family: &[usize], key: &StyleKey) -> Vec<StackFace> {
        let rank = |face: &Face| (face.info.italic != key.italic, weight_distance(key.weight, face.info.weight));
        let best = family.iter().filter_map(|&face| self.faces.get(face)).map(rank).min();
        let mut entries = Vec::new();
        for &number in family {
            let Some(face) = self.faces.get(number) else { continue };
            let lighter = key.weight >= 600 && face.info.weight < 600 && face.info.italic == key.italic;
            if Some(rank(face)) == best || lighter {
                // A colour glyph is the same in every style, as in browsers.
                let outline = !face.info.color;
                entries.push(StackFace {
                    face: number,
                    embolden: outline && key.weight >= 600 && face.info.weight < 600,
                    slant: outline && key.italic && !face.info.italic,
                });
            }
        }
        entries.sort_by_key(|entry| self.faces.get(entry.face).map(rank));
        entries
    }

    fn covers(&self, number: usize, character: char) -> bool {
        self.faces.get(number).is_some_and(|face| face.covers(character))
    }
}

/// How far a weight is from the one that is wanted, in CSS's order of preference (CSS Fonts 4, §5.2).
fn weight_distance(wanted: u16, found: u16) -> u32 {
    let (wanted, found) = (u32::from(wanted), u32::from(found));
    let away = wanted.abs_diff(found);
    match wanted {
        400..=500 => match found {
            _ if found >= wanted && found <= 500 => away,
            _ if found < wanted => 1_000 + away,
            _ => 3_000 + away,
        },
        0..400 => away + if found > wanted { 2_000 } else { 0 },
        _ => away + if found < wanted { 2_000 } else { 0 },
    }
}

/// A cluster for which no face has everything.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Missing {
    /// Bytes of the shaped text.
    pub range: Range<usize>,
    /// True where not even its base is there: the whole cluster is one replacement glyph.
    pub whole: bool,
}

/// Chooses the face of each cluster while a paragraph is shaped.
pub(super) struct Selector<'a> {
    library: &'a mut Library,
    text: &'a str,
    /// The stack of each span.
    stacks: &'a [usize],
    sources: AnalysisDataSources,
    /// The segment's script is Chinese, Japanese or Korean: quotation marks, dashes and dots are those of its face.
    east_asian: bool,
    /// The segment has no character for which a whole face is wanted in place of its part.
    parts_suffice: HashMap<usize, bool>,
    segment: Range<usize>,
    /// What no face has, in order.
    pub missing: Vec<Missing>,
}

impl<'a> Selector<'a> {
    pub fn new(library: &'a mut Library, text: &'a str, stacks: &'a [usize]) -> Self {
        Self {
            library,
            text,
            stacks,
            sources: AnalysisDataSources::new(),
            east_asian: false,
            parts_suffice: HashMap::new(),
            segment: 0..0,
            missing: Vec::new(),
        }
    }

    fn choose(&mut self, stack: usize, cluster: &mut CharCluster) -> usize {
        let emoji = cluster.is_emoji();
        let single = match cluster.chars() {
            [only] => Some(only.ch),
            _ => None,
        };
        // Marks that Latin and East Asian text share take the East Asian face there, so they are remembered apart.
        let shared = self.east_asian && single.is_some_and(is_shared_punctuation);
        let known = single.filter(|_| !shared).and_then(|character| self.library.choices.get(&(stack, character, emoji)));
        if let Some(&choice) = known {
            return self.resolve(choice, stack, cluster, true);
        }
        let (choice, whole) = self.search(stack, cluster, emoji, shared);
        if let Some(character) = single.filter(|_| !shared) {
            if self.library.choices.len() >= CHOICES_KEPT {
                self.library.choices.clear();
            }
            self.library.choices.insert((stack, character, emoji), choice);
        }
        self.resolve(choice, stack, cluster, whole)
    }

    /// The face for a choice; notes what is missing.
    fn resolve(&mut self, choice: Choice, stack: usize, cluster: &CharCluster, whole: bool) -> usize {
        let primary = self.library.stack(stack).and_then(|stack| stack.primary).map_or(0, |entry| entry.face);
        let face = match choice {
            Choice::Face(face) => face,
            Choice::Nothing => primary,
        };
        if choice == Choice::Nothing || !whole {
            let found = choice != Choice::Nothing;
            for character in cluster.chars().iter().filter(|character| character.contributes_to_shaping) {
                if (!found || !self.library.covers(face, character.ch)) && self.library.uncovered.len() < UNCOVERED_KEPT {
                    self.library.uncovered.insert(character.ch);
                }
            }
            let range = cluster.range();
            self.missing.push(Missing { range: range.start as usize..range.end as usize, whole: !found });
            return face;
        }
        // A part stands in for its whole face only where the segment needs nothing more of that: a name with one
        // letter outside of the part is shaped in one piece, with its kerning.
        match self.library.faces.get(face).and_then(|part| part.part_of) {
            Some(all) if !self.part_suffices(face, all) => all,
            _ => face,
        }
    }

    fn part_suffices(&mut self, part: usize, all: usize) -> bool {
        if let Some(&known) = self.parts_suffice.get(&part) {
            return known;
        }
        let text = self.text.get(self.segment.clone()).unwrap_or_default();
        let library = &*self.library;
        let suffices = text.chars().all(|character| library.covers(part, character) || !library.covers(all, character));
        self.parts_suffice.insert(part, suffices);
        suffices
    }

    /// The best face, and whether it has the whole cluster.
    fn search(&mut self, stack: usize, cluster: &mut CharCluster, emoji: bool, shared: bool) -> (Choice, bool) {
        let library = &*self.library;
        let Some(stack) = library.stack(stack) else { return (Choice::Nothing, false) };
        let base = cluster.chars().first().map_or('\0', |character| character.ch);
        let orders = if emoji { [&stack.color, &stack.text] } else { [&stack.text, &stack.color] };
        let mut best: Option<(usize, Coverage)> = None;
        if shared {
            let ideograph = |entry: &&StackFace| library.covers(entry.face, '\u{3002}') && library.covers(entry.face, base);
            if let Some(entry) = stack.text.iter().find(ideograph) {
                return (Choice::Face(entry.face), true);
            }
        }
        for entry in orders.into_iter().flatten() {
            let coverage =
                cluster.calculate_coverage(|character| covers_in_cluster(library, entry.face, character, emoji), &self.sources);
            if coverage.is_complete() {
                return (Choice::Face(entry.face), true);
            }
            if coverage > best.map_or(Coverage::NONE, |(_, coverage)| coverage) && library.covers(entry.face, base) {
                best = Some((entry.face, coverage));
            }
        }
        best.map_or((Choice::Nothing, false), |(face, _)| (Choice::Face(face), false))
    }
}

/// Coverage as a cluster needs it: what only joins or selects is had by every face.
fn covers_in_cluster(library: &Library, face: usize, character: char, emoji: bool) -> bool {
    let joins = matches!(character, '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}');
    let in_emoji = emoji && matches!(character, '\u{E0020}'..='\u{E007F}');
    joins || in_emoji || library.covers(face, character)
}

/// Punctuation that Unicode gives one character for the narrow Latin and the wide East Asian form.
fn is_shared_punctuation(character: char) -> bool {
    matches!(character, '‘' | '’' | '“' | '”' | '…' | '—' | '·' | '‥')
}

impl FontSelector for Selector<'_> {
    fn begin_segment(&mut self, segment: &Segment, _options: &ShapeOptions<'_>) {
        self.east_asian = matches!(&segment.script.to_bytes(), b"Hani" | b"Hira" | b"Kana" | b"Bopo");
        self.segment = segment.range.byte_range.clone();
        self.parts_suffice.clear();
    }

    fn select_font(
        &mut self,
        _segment: &Segment,
        _options: &ShapeOptions<'_>,
        cluster: &mut CharCluster,
    ) -> Option<FontInstanceRef<'_>> {
        let stack = self.stacks.get(usize::from(cluster.style_index())).copied().unwrap_or_default();
        let face = self.choose(stack, cluster);
        self.library.faces.get(face).map(Face::instance)
    }
}
