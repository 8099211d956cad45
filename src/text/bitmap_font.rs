//! Bitmap fonts: `AngelCode` `BMFont` files, in their text and XML forms.
//!
//! Both forms are the same records (`common`, `page`, `char`, `kerning`) of named values; one reader takes both. A font
//! is read once and shared; its letters are cut out of its pages (pictures beside the `.fnt`).

use std::borrow::Cow;
use std::sync::Arc;

use crate::error::{Error, ErrorKind, Place, Result};
use crate::geometry::{COORDINATE_MAX, Point, Rect, Size};
use crate::limits::Limits;
use crate::sorted::BTreeMap;
use crate::style::TextAlign;

/// A bitmap font.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BitmapFont {
    /// Distance between two lines, in the font's px.
    pub line_height: f32,
    /// From a line's top to its baseline, in the font's px.
    pub base: f32,
    /// The pages' file names, as written: paths from the `.fnt`'s folder.
    pub pages: Vec<Arc<str>>,
    letters: BTreeMap<char, BitmapLetter>,
    missing: Option<BitmapLetter>,
    kernings: BTreeMap<(char, char), f32>,
}

/// A letter of a [`BitmapFont`], in the font's px.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct BitmapLetter {
    /// Which of the pages it is on.
    pub page: usize,
    /// Where on the page.
    pub source: Rect,
    /// From the pen (at the line's top) to its top left corner.
    pub offset: Point,
    /// How far the pen moves on.
    pub advance: f32,
}

/// Letters laid out, in px at dpr 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BitmapLines {
    /// Width of the widest line.
    pub width: f32,
    /// Height of all lines.
    pub height: f32,
    /// The letters that show something, in order.
    pub letters: Vec<PlacedLetter>,
}

/// A letter of [`BitmapLines`].
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PlacedLetter {
    /// Which of the font's pages it is on.
    pub page: usize,
    /// Where on the page, in the page's px.
    pub source: Rect,
    /// Where it goes, from the lines' top left corner.
    pub target: Rect,
}

impl BitmapFont {
    /// Reads a `.fnt`; `name` is what errors call it.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Font`] with a line where the file is neither form, where a value is not a number, where `common` or
    /// the pages are missing, or where a letter is on a page that there is not; [`ErrorKind::Limit`] where the file is
    /// too long.
    ///
    /// ```
    /// use friendboard::text::bitmap_font::BitmapFont;
    /// let font = BitmapFont::parse(
    ///     "common lineHeight=40 base=32 pages=1\n\
    ///      page id=0 file=\"digits.png\"\n\
    ///      char id=55 x=0 y=0 width=20 height=30 xoffset=1 yoffset=2 xadvance=22 page=0\n",
    ///     "digits.fnt",
    ///     &friendboard::Limits::default(),
    /// )?;
    /// assert_eq!(font.measure("77", None, 0.0).width, 44.0);
    /// assert_eq!(font.measure("77", Some(20.0), 0.0).width, 22.0);
    /// # Ok::<(), friendboard::Error>(())
    /// ```
    pub fn parse(document: &str, name: &str, limits: &Limits) -> Result<Self> {
        let here = || Place::document(name);
        if document.len() > limits.bitmap_font_bytes {
            let allowed = format_args!("{} bytes for a bitmap font", limits.bitmap_font_bytes);
            return Err(Error::limit("bitmap_font_bytes", allowed, document.len()).at(here()));
        }
        let mut font = Self::default();
        let mut pages: BTreeMap<usize, Arc<str>> = BTreeMap::new();
        let mut has_common = false;
        for record in records(document) {
            let fail = |error: Error| error.at(here().at_offset(document, record.offset));
            match record.name {
                "common" => {
                    has_common = true;
                    font.line_height = record.number("lineHeight").map_err(fail)?.unwrap_or(0.0);
                    font.base = record.number("base").map_err(fail)?.unwrap_or(font.line_height);
                }
                "page" => {
                    let id = record.number("id").map_err(fail)?.unwrap_or(pages.len() as f32);
                    let most = limits.bitmap_font_pages;
                    if id >= most as f32 {
                        let allowed = format_args!("{most} pages of a bitmap font");
                        return Err(fail(Error::limit("bitmap_font_pages", allowed, format_args!("the page {id}"))));
                    }
                    if id < 0.0 {
                        return Err(fail(font_error(format!("expected a page id from 0 to {}, found {id}", most - 1))));
                    }
                    let file = record.text("file").unwrap_or_default();
                    pages.insert(id as usize, Arc::from(&*file));
                }
                "char" => font.add_letter(&record).map_err(fail)?,
                "kerning" => font.add_kerning(&record).map_err(fail)?,
                _ => {}
            }
        }
        if !has_common || font.line_height <= 0.0 {
            let error = font_error("expected `common` with a `lineHeight` above 0, found none".to_owned());
            return Err(error.hint("give a BMFont file in its text or XML form, not the binary one").at(here()));
        }
        font.pages = (0..pages.keys().next_back().map_or(0, |last| last + 1))
            .map(|id| pages.get(&id).cloned().unwrap_or_default())
            .collect();
        let farthest = font.letters.values().chain(&font.missing).map(|letter| letter.page).max();
        match farthest {
            Some(page) if page >= font.pages.len() => {
                let message = format!("expected letters on one of {} pages, found one on page {page}", font.pages.len());
                Err(font_error(message).at(here()))
            }
            _ => Ok(font),
        }
    }

    fn add_letter(&mut self, record: &Record<'_>) -> Result<()> {
        let number = |name| record.number(name).map(Option::unwrap_or_default);
        let page = number("page")?;
        let letter = BitmapLetter {
            page: if page >= 0.0 { page as usize } else { usize::MAX },
            source: Rect::new(
                number("x")?.max(0.0),
                number("y")?.max(0.0),
                number("width")?.max(0.0),
                number("height")?.max(0.0),
            ),
            offset: Point::new(number("xoffset")?, number("yoffset")?),
            advance: number("xadvance")?,
        };
        match record.letter("id")? {
            Some(id) => {
                self.letters.insert(id, letter);
            }
            None => self.missing = Some(letter),
        }
        Ok(())
    }

    fn add_kerning(&mut self, record: &Record<'_>) -> Result<()> {
        if let (Some(first), Some(second)) = (record.letter("first")?, record.letter("second")?) {
            self.kernings.insert((first, second), record.number("amount")?.unwrap_or_default());
        }
        Ok(())
    }

    /// A letter; the font's own stand-in (`id=-1`) for one that it does not have, `None` where it has none of these.
    #[must_use]
    pub fn letter(&self, letter: char) -> Option<&BitmapLetter> {
        self.letters.get(&letter).or(self.missing.as_ref())
    }

    /// What comes between two letters, in the font's px.
    #[must_use]
    pub fn kerning(&self, first: char, second: char) -> f32 {
        self.kernings.get(&(first, second)).copied().unwrap_or_default()
    }

    /// How much larger than on their pages letters are drawn in lines of a height (px; `None` is the font's own).
    #[must_use]
    pub fn scale(&self, line_height: Option<f32>) -> f32 {
        match line_height {
            Some(height) if height.is_finite() && self.line_height > 0.0 => {
                height.clamp(0.0, COORDINATE_MAX) / self.line_height
            }
            _ => 1.0,
        }
    }

    /// From a line's top to its baseline, px.
    #[must_use]
    pub fn baseline(&self, line_height: Option<f32>) -> f32 {
        self.base * self.scale(line_height)
    }

    /// The size of a text, px: lines end at `\n` only; `letter_spacing` (px) comes between letters.
    #[must_use]
    pub fn measure(&self, text: &str, line_height: Option<f32>, letter_spacing: f32) -> Size {
        let lines = self.layout(text, line_height, letter_spacing, TextAlign::Left, None);
        Size::new(lines.width, lines.height)
    }

    /// Places the letters of a text, each line aligned in a width (px; `None` is the widest line's).
    #[must_use]
    pub fn layout(
        &self,
        text: &str,
        line_height: Option<f32>,
        letter_spacing: f32,
        align: TextAlign,
        width: Option<f32>,
    ) -> BitmapLines {
        let scale = self.scale(line_height);
        let step = self.line_height * scale;
        let mut lines = BitmapLines::default();
        let mut starts: Vec<(usize, f32)> = Vec::new();
        for line in text.split('\n') {
            let top = lines.height;
            let (mut pen, mut before, start) = (0.0_f32, None, lines.letters.len());
            for letter in line.trim_end_matches('\r').chars() {
                let Some(found) = self.letter(letter) else { continue };
                if let Some(before) = before {
                    pen += self.kerning(before, letter) * scale + letter_spacing;
                }
                if !found.source.is_empty() {
                    lines.letters.push(PlacedLetter {
                        page: found.page,
                        source: found.source,
                        target: Rect::new(
                            pen + found.offset.x * scale,
                            top + found.offset.y * scale,
                            found.source.width * scale,
                            found.source.height * scale,
                        ),
                    });
                }
                pen += found.advance * scale;
                before = Some(letter);
            }
            starts.push((start, pen));
            lines.width = lines.width.max(pen);
            lines.height += step;
        }
        let room = width.unwrap_or(lines.width);
        let ends = starts.iter().skip(1).map(|&(start, _)| start).chain([lines.letters.len()]).collect::<Vec<_>>();
        for (&(start, pen), end) in starts.iter().zip(ends) {
            // What is wider than the box starts at its left edge, so that its first digits are seen.
            let free = (room - pen).max(0.0);
            let moved = match align {
                TextAlign::Left | TextAlign::Start => 0.0,
                TextAlign::Center => free / 2.0,
                TextAlign::Right | TextAlign::End => free,
            };
            for placed in lines.letters.get_mut(start..end).unwrap_or_default() {
                placed.target.x += moved;
            }
        }
        lines
    }
}

fn font_error(message: String) -> Error {
    Error::new(ErrorKind::Font, message)
}

/// A line of the text form, or a tag of the XML form: a name and named values.
struct Record<'a> {
    name: &'a str,
    values: &'a str,
    offset: usize,
}

impl<'a> Record<'a> {
    /// A value as written; entities of the XML form are read.
    fn text(&self, name: &str) -> Option<Cow<'a, str>> {
        let mut rest = self.values;
        loop {
            let (key, after) = rest.split_once('=')?;
            let after = after.trim_start();
            let (value, next) = match after.chars().next() {
                Some(quote @ ('"' | '\'')) => {
                    let inner = after.get(1..)?;
                    inner.split_once(quote).unwrap_or((inner, ""))
                }
                _ => after.split_once(char::is_whitespace).unwrap_or((after, "")),
            };
            if key.trim() == name {
                return Some(unescaped(value));
            }
            rest = next;
        }
    }

    /// A value as a number within what can be drawn; `None` where it is not given.
    fn number(&self, name: &str) -> Result<Option<f32>> {
        let Some(text) = self.text(name) else { return Ok(None) };
        match text.trim().parse::<f32>() {
            Ok(number) if number.abs() <= COORDINATE_MAX => Ok(Some(number)),
            _ => {
                let shown: String = text.chars().take(40).collect();
                Err(font_error(format!("expected a number within ±{COORDINATE_MAX} as `{name}`, found `{shown}`")))
            }
        }
    }

    /// A value as a letter; `None` where it is -1 or not given.
    fn letter(&self, name: &str) -> Result<Option<char>> {
        let Some(text) = self.text(name) else { return Ok(None) };
        let code = text.trim().parse::<i64>().ok();
        match code {
            Some(-1) => Ok(None),
            Some(code) => match u32::try_from(code).ok().and_then(char::from_u32) {
                Some(letter) => Ok(Some(letter)),
                None => Err(font_error(format!("expected a Unicode letter's number as `{name}`, found {code}"))),
            },
            None => {
                let shown: String = text.chars().take(40).collect();
                Err(font_error(format!("expected a letter's number as `{name}`, found `{shown}`")))
            }
        }
    }
}

/// The five entities that XML has without a DTD.
fn unescaped(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    let entities = [("&quot;", "\""), ("&apos;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")];
    Cow::Owned(entities.iter().fold(value.to_owned(), |text, (entity, letter)| text.replace(entity, letter)))
}

/// The records of either form, in order.
fn records(document: &str) -> Vec<Record<'_>> {
    let text = document.trim_start_matches('\u{feff}');
    let skipped = document.len() - text.len();
    if text.trim_start().starts_with('<') { tags(text, skipped) } else { lines(text, skipped) }
}

fn record(text: &str, offset: usize) -> Option<Record<'_>> {
    let text = text.trim();
    let (name, values) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    (!name.is_empty()).then_some(Record { name, values, offset })
}

fn lines(text: &str, skipped: usize) -> Vec<Record<'_>> {
    let mut offset = skipped;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        found.extend(record(line, offset));
        offset += line.len();
    }
    found
}

fn tags(text: &str, skipped: usize) -> Vec<Record<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text.get(at..).and_then(|rest| rest.find('<')).map(|open| at + open) {
        let rest = text.get(open..).unwrap_or_default();
        if rest.starts_with("<!--") {
            at = rest.find("-->").map_or(text.len(), |close| open + close + 3);
            continue;
        }
        let Some(close) = end_of_tag(rest) else { break };
        let inner = rest.get(1..close).unwrap_or_default();
        found.extend(record(inner.strip_suffix('/').unwrap_or(inner), skipped + open));
        at = open + close + 1;
    }
    found
}

/// Where a tag ends: at the first `>` outside of quotes.
fn end_of_tag(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (index, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(index),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "info face=\"Digits\" size=32 padding=0,0,0,0\n\
        common lineHeight=40 base=30 scaleW=64 scaleH=64 pages=2\n\
        page id=0 file=\"a b.png\"\n\
        page id=1 file=\"c.png\"\n\
        chars count=3\n\
        char id=65 x=0 y=1 width=20 height=30 xoffset=-1 yoffset=2 xadvance=22 page=0 chnl=15\n\
        char id=86 x=20 y=0 width=18 height=30 xoffset=0 yoffset=0 xadvance=18 page=1\n\
        char id=32 x=0 y=0 width=0 height=0 xoffset=0 yoffset=0 xadvance=10 page=0\n\
        kernings count=1\n\
        kerning first=65 second=86 amount=-4\n";

    const XML: &str = "<?xml version=\"1.0\"?>\n<!-- <char id=\"66\" page=\"9\"/> -->\n<font>\n\
        <info face='Digits > all' size=\"32\"/>\n\
        <common lineHeight=\"40\" base=\"30\" pages=\"2\"/>\n\
        <pages><page id=\"0\" file=\"a b.png\"/><page id=\"1\" file=\"c.png\" /></pages>\n\
        <chars count=\"3\">\n\
        <char id=\"65\" x=\"0\" y=\"1\" width=\"20\" height=\"30\" xoffset=\"-1\" yoffset=\"2\" xadvance=\"22\" page=\"0\"/>\n\
        <char id=\"86\" x=\"20\" y=\"0\" width=\"18\" height=\"30\" xadvance=\"18\" page=\"1\"></char>\n\
        <char id=\"32\" xadvance=\"10\"/>\n\
        </chars><kernings><kerning first=\"65\" second=\"86\" amount=\"-4\"/></kernings></font>";

    #[test]
    fn both_forms_are_the_same_font() {
        let font = BitmapFont::parse(TEXT, "d.fnt", &Limits::default()).unwrap();
        assert_eq!(font, BitmapFont::parse(XML, "d.fnt", &Limits::default()).unwrap());
        assert_eq!(font, BitmapFont::parse(&TEXT.replace('\n', "\r\n"), "d.fnt", &Limits::default()).unwrap());
        assert_eq!(font, BitmapFont::parse(&format!("\u{feff}{XML}"), "d.fnt", &Limits::default()).unwrap());
        assert_eq!(font.pages, [Arc::from("a b.png"), Arc::from("c.png")] as [Arc<str>; 2]);
        assert_eq!(font.letter('A').unwrap().source, Rect::new(0.0, 1.0, 20.0, 30.0));
        assert_eq!(font.letter('B'), None);
        let escaped = BitmapFont::parse(&XML.replace("a b.png", "a&amp;&lt;b.png"), "d.fnt", &Limits::default()).unwrap();
        assert_eq!(&*escaped.pages[0], "a&<b.png");
    }

    #[test]
    fn letters_are_kerned_spaced_scaled_and_aligned() {
        let font = BitmapFont::parse(TEXT, "d.fnt", &Limits::default()).unwrap();
        assert_eq!(font.measure("AV", None, 0.0), Size::new(36.0, 40.0));
        assert_eq!(font.measure("VA", None, 3.0), Size::new(43.0, 40.0));
        assert_eq!(font.measure("A?V\r\nA", Some(20.0), 0.0), Size::new(18.0, 40.0));
        assert_eq!(font.measure("", None, 0.0), Size::new(0.0, 40.0));
        let lines = font.layout("AV\nV", Some(80.0), 0.0, TextAlign::Right, Some(100.0));
        let places: Vec<_> = lines.letters.iter().map(|letter| letter.target).collect();
        assert_eq!(places[0], Rect::new(28.0 - 2.0, 4.0, 40.0, 60.0));
        assert_eq!(places[1], Rect::new(28.0 + 36.0, 0.0, 36.0, 60.0));
        assert_eq!(places[2], Rect::new(64.0, 80.0, 36.0, 60.0));
        let centered = font.layout("V", None, 0.0, TextAlign::Center, Some(10.0));
        assert_eq!(centered.letters[0].target.x, 0.0);
        assert_eq!((font.baseline(None), font.baseline(Some(20.0))), (30.0, 15.0));
    }

    #[test]
    fn a_stand_in_is_used_for_what_is_missing() {
        let font =
            BitmapFont::parse(&format!("{TEXT}char id=-1 width=5 height=5 xadvance=7 page=0\n"), "d.fnt", &Limits::default())
                .unwrap();
        assert_eq!(font.measure("龙", None, 0.0).width, 7.0);
    }

    #[test]
    fn errors_say_where() {
        let error = |from: &str, to: &str| {
            BitmapFont::parse(&TEXT.replace(from, to), "d.fnt", &Limits::default()).unwrap_err().to_string()
        };
        assert_eq!(error("x=20", "x=wide"), "d.fnt:7:1: expected a number within ±16384 as `x`, found `wide`");
        assert!(error("xadvance=22", "xadvance=NaN").contains("d.fnt:6:1"));
        assert!(error("id=86", "id=99999999").contains("Unicode"));
        assert!(error("page=1\n", "page=7\n").contains("page 7"));
        assert!(error("common", "comma").contains("`common`"));
        assert!(error("id=1 file", "id=100 file").contains("found the page 100 (raise it with --limit bitmap_font_pages=…"));
        assert!(error("id=1 file", "id=-1 file").contains("page id"));
        assert!(BitmapFont::parse("BMF\u{3}\u{1}", "d.fnt", &Limits::default()).unwrap_err().to_string().contains("binary"));
        let long = "x".repeat(Limits::default().bitmap_font_bytes + 1);
        assert_eq!(BitmapFont::parse(&long, "d.fnt", &Limits::default()).unwrap_err().kind(), ErrorKind::Limit);
    }

    #[test]
    fn changed_files_do_not_panic() {
        let mut state = 7_u32;
        let mut next = |below: usize| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as usize % below.max(1)
        };
        for round in 0..4_000 {
            let mut bytes = if round % 2 == 0 { TEXT } else { XML }.as_bytes().to_vec();
            for _ in 0..=next(6) {
                let at = next(bytes.len());
                if bytes.is_empty() {
                    break;
                }
                match next(4) {
                    0 => bytes[at] = b"\"'<>=&-9 \n/!"[next(12)],
                    1 => bytes.truncate(at),
                    2 => drop(bytes.drain(at..(at + next(9)).min(bytes.len()))),
                    _ => bytes.insert(at, next(256) as u8),
                }
            }
            let document = String::from_utf8_lossy(&bytes);
            if let Ok(font) = BitmapFont::parse(&document, "d.fnt", &Limits::default()) {
                let lines = font.layout("AV A\nV", Some(1e30), f32::MAX, TextAlign::Center, Some(f32::NAN));
                assert!(lines.letters.len() <= 6);
            }
        }
    }
}
