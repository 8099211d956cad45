//! Small fonts: the faces of a stack, cut to the characters that a game shows.
//!
//! Tables are cut by the fontations' subsetter (the same steps as `hb-subset`), outlines of CFF faces by Typst's; both
//! number the glyphs alike, so that one file is made of the two.

use std::sync::Arc;

use skera::{DEFAULT_DROP_TABLES, DEFAULT_LAYOUT_FEATURES, Plan, SubsetFlags, subset_font};
use subsetter::GlyphRemapper;
use write_fonts::FontBuilder;
use write_fonts::read::FontRef;
use write_fonts::read::collections::IntSet;
use write_fonts::read::types::{NameId, Tag};

use super::engine::TextEngine;
use super::face::Face;
use super::fonts::Fonts;
use super::paragraph::Paragraph;
use crate::sorted::BTreeSet;
use crate::style::Style;
use crate::unwind::contained;
use crate::{Error, ErrorKind, Result};

/// Weights that boards are drawn in: regular and bold.
const WEIGHTS: [u16; 2] = [400, 700];
const CFF: Tag = Tag::new(b"CFF ");

/// A small font file, and what is in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Subset {
    /// The file: a font where one face is enough, else a collection with the faces in order of fallback.
    pub bytes: Vec<u8>,
    /// Its faces.
    pub faces: Vec<SubsetFace>,
    /// Characters that no face has.
    pub missing: BTreeSet<char>,
}

/// A face of a [`Subset`].
#[derive(Clone, Debug, PartialEq)]
pub struct SubsetFace {
    /// Its family, lower case.
    pub family: Arc<str>,
    /// Its weight.
    pub weight: u16,
    /// How many of the characters it has.
    pub characters: usize,
    /// Its size, bytes.
    pub bytes: usize,
    /// Tables with an effect on the text that could not be cut and are left out: an old `kern`, Apple's `morx`.
    pub lost: Vec<&'static str>,
}

impl Fonts {
    /// Cuts the faces that draw these texts to their characters (and the space, and `…`), in regular and bold.
    ///
    /// A face that draws any of it keeps all that it has of the characters, so that the small font falls back as the
    /// whole stack does. Family names, licence and layout tables stay; hints, which are not used here, go.
    ///
    /// # Errors
    /// [`ErrorKind::Font`] where a face can't be cut: one with CFF2 outlines, or a broken one.
    ///
    /// ```
    /// use friendboard::text::Fonts;
    /// let small = Fonts::bundled().subset(["小明 👑"])?;
    /// assert!(small.missing.is_empty() && small.bytes.len() < 40_000);
    /// assert_eq!(Fonts::none().add_bytes("small.ttc", small.bytes)?, small.faces.len());
    /// # Ok::<(), friendboard::Error>(())
    /// ```
    pub fn subset<'a>(self, texts: impl IntoIterator<Item = &'a str>) -> Result<Subset> {
        let mut engine = TextEngine::new(self);
        // By the ideographic full stop a face is known as an East Asian one, whose dashes and quotes stand among ideographs.
        let mut characters = BTreeSet::from([' ', '…', '\u{3002}']);
        let mut asked = BTreeSet::new();
        let mut used: BTreeSet<usize> = BTreeSet::new();
        for line in texts.into_iter().flat_map(str::lines).chain(["…"]) {
            if line != "…" {
                asked.extend(line.chars().filter(|character| !character.is_control()));
            }
            for weight in WEIGHTS {
                let mut style = Style::default();
                style.text.inherited.font_weight = weight;
                used.extend(
                    engine.clusters(&Paragraph::from_style(Arc::from(line), &style)).iter().map(|part| part.face.0 as usize),
                );
            }
        }
        let missing: BTreeSet<char> = engine.uncovered().filter(|character| asked.contains(character)).collect();
        characters.extend(asked);
        let library = engine.faces();
        // What stands in for a whole face is no saving where that is cut too.
        let used: BTreeSet<usize> =
            used.into_iter().map(|face| library.get(face).and_then(|part| part.part_of).unwrap_or(face)).collect();
        let mut files = Vec::new();
        let mut faces = Vec::new();
        let mut cut_already = BTreeSet::new();
        for face in used.iter().filter_map(|&face| library.get(face)) {
            // The weights of a variable font are in one file, which keeps its axes.
            let (bytes, index) = face.bytes();
            if !cut_already.insert((bytes.as_ptr() as usize, index)) {
                continue;
            }
            let (file, about) = contained(|| cut(face, &characters)).unwrap_or_else(|fault| {
                let family = face.info.families.first().map_or("", |family| family);
                Err(Error::new(
                    ErrorKind::Font,
                    format!("the face '{family}' can't be cut: the subsetter failed at it ({fault})"),
                ))
            })?;
            files.push(file);
            faces.push(about);
        }
        let bytes = if files.len() == 1 { files.remove(0) } else { collection(&files)? };
        Ok(Subset { bytes, faces, missing })
    }
}

fn cut(face: &Face, characters: &BTreeSet<char>) -> Result<(Vec<u8>, SubsetFace)> {
    let family = face.info.families.first().cloned().unwrap_or_default();
    let wrong = |why: String| Error::new(ErrorKind::Font, format!("the face '{family}' can't be cut: {why}"));
    let (bytes, index) = face.bytes();
    let font = FontRef::from_index(bytes, index).map_err(|error| wrong(error.to_string()))?;
    let has = |tag: &[u8; 4]| font.table_data(Tag::new(tag)).is_some();
    if has(b"CFF2") {
        let error = wrong("its outlines are CFF2, and only TrueType and CFF outlines are cut".to_owned());
        return Err(error.hint("take the family's TrueType or static files"));
    }
    let wanted: IntSet<u32> = characters.iter().map(|&character| u32::from(character)).collect();
    let mut drop_tables: IntSet<Tag> = DEFAULT_DROP_TABLES.iter().copied().collect();
    drop_tables.insert(CFF);
    let mut features: IntSet<Tag> = DEFAULT_LAYOUT_FEATURES.iter().copied().collect();
    // `fontVariantNumeric: tabular-nums`.
    features.insert(Tag::new(b"tnum"));
    let mut scripts = IntSet::<Tag>::empty();
    scripts.invert();
    let mut names = IntSet::<NameId>::empty();
    names.insert_range(NameId::from(0)..=NameId::from(25));
    let mut languages = IntSet::<u16>::empty();
    languages.invert();
    let flags = SubsetFlags::SUBSET_FLAGS_NO_HINTING | SubsetFlags::SUBSET_FLAGS_NOTDEF_OUTLINE;
    // The cutters take the font's offsets at their word here and there, and panic where those are broken.
    let cutting = || -> Result<Vec<u8>, String> {
        let plan = Plan::new(&IntSet::empty(), &wanted, &font, flags, &drop_tables, &scripts, &features, &names, &languages);
        let tables = subset_font(&font, &plan).map_err(|error| error.to_string())?;
        if has(b"CFF ") { with_cff(&tables, bytes, index, &plan) } else { Ok(tables) }
    };
    let cut = std::panic::catch_unwind(std::panic::AssertUnwindSafe(cutting));
    let file = cut.unwrap_or_else(|_| Err("one of its tables is broken".to_owned())).map_err(wrong)?;
    let mut lost = Vec::new();
    if has(b"kern") && !has(b"GPOS") {
        lost.push("kern");
    }
    if has(b"morx") && !has(b"GSUB") {
        lost.push("morx");
    }
    let count = characters.iter().filter(|&&character| face.glyph(character).is_some()).count();
    let about = SubsetFace { family, weight: face.info.weight, characters: count, bytes: file.len(), lost };
    Ok((file, about))
}

/// The cut tables with the outlines of the same glyphs, in the same order, from the source's CFF table.
fn with_cff(tables: &[u8], source: &[u8], index: u32, plan: &Plan) -> Result<Vec<u8>, String> {
    let mut order: Vec<(u32, u32)> = plan.old_to_new_glyph_mapping().map(|(old, new)| (new.to_u32(), old.to_u32())).collect();
    order.sort_unstable();
    let mut mapper = GlyphRemapper::new();
    for (new, old) in order {
        let old = u16::try_from(old).map_err(|_| format!("glyph {old} is over what CFF can number"))?;
        if u32::from(mapper.remap(old)) != new {
            return Err(format!("glyph {old} has no place in the new order"));
        }
    }
    let outlines = subsetter::subset(source, index, &mapper).map_err(|error| error.to_string())?;
    let outlines = FontRef::new(&outlines).map_err(|error| error.to_string())?;
    let cff = outlines.table_data(CFF).ok_or("its outlines were lost")?;
    let tables = FontRef::new(tables).map_err(|error| error.to_string())?;
    let mut builder = FontBuilder::new();
    builder.add_raw(CFF, cff.as_bytes());
    builder.copy_missing_tables(tables);
    Ok(builder.build())
}

/// Font files as a collection (OpenType 1.9, "Font collections"): their tables one after the other, each with its directory.
fn collection(files: &[Vec<u8>]) -> Result<Vec<u8>> {
    let too_large = || Error::new(ErrorKind::Font, "the small fonts are over 4 GiB together");
    let count = u32::try_from(files.len()).map_err(|_| too_large())?;
    let mut start = 12 + 4 * files.len();
    let mut bytes = [&b"ttcf\0\x01\0\0"[..], &count.to_be_bytes()].concat();
    let mut body: Vec<u8> = Vec::new();
    for file in files {
        let offset = u32::try_from(start).map_err(|_| too_large())?;
        bytes.extend(offset.to_be_bytes());
        let mut file = file.clone();
        let tables = file.get(4..6).map_or(0, |count| usize::from(u16::from_be_bytes([count[0], count[1]])));
        for table in 0..tables {
            // A record is tag, checksum, offset, length; the offset counts from the start of the whole file.
            if let Some(&mut [ref mut a, ref mut b, ref mut c, ref mut d]) = file.get_mut(20 + table * 16..24 + table * 16) {
                let moved = u32::from_be_bytes([*a, *b, *c, *d]).checked_add(offset).ok_or_else(too_large)?;
                [*a, *b, *c, *d] = moved.to_be_bytes();
            }
        }
        file.resize(file.len().next_multiple_of(4), 0);
        start += file.len();
        body.extend(file);
    }
    bytes.extend(body);
    Ok(bytes)
}
