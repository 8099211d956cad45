//! XML as it is written by hand: read into elements with positions, or refused with a place.
//!
//! Beyond XML, and as the usual engine and HTML have it: an attribute may have no value (`else`), `<` and `&` may stand
//! for themselves in an attribute's value and in `{{ }}`, and `&nbsp;` is known.

mod tidy;

use crate::error::{Error, ErrorKind, Place, Result};
use crate::limits::Limits;
use crate::template::source::{Located, Source};

use tidy::Tidied;
pub(crate) use tidy::reference;

/// An element.
pub(crate) struct Element<'a> {
    pub name: String,
    /// Where its `<` is in the source.
    pub offset: usize,
    pub attributes: Vec<Attribute<'a>>,
    pub children: Vec<Element<'a>>,
    /// The text right in it, that is not only white space, trimmed.
    pub text: Option<Text<'a>>,
    /// The source between its tags.
    pub inner: std::ops::Range<usize>,
}

/// An attribute.
pub(crate) struct Attribute<'a> {
    pub name: String,
    /// Where its name begins in the source.
    pub offset: usize,
    pub value: Text<'a>,
}

/// A decoded text with where its bytes were written.
pub(crate) struct Text<'a> {
    pub text: String,
    pub located: Located<'a>,
}

/// Reads a document's one root.
///
/// # Errors
///
/// Of kind [`ErrorKind::Template`] for what is not well-formed, of kind [`ErrorKind::Limit`] for what is too much.
pub(crate) fn parse<'a>(source: &'a Source<'a>, limits: &Limits) -> Result<Element<'a>> {
    if source.text.len() > limits.template_bytes {
        let error = Error::limit("template_bytes", format_args!("{} bytes", limits.template_bytes), source.text.len());
        return Err(error.at(Place { document: Some(source.document.clone()), ..Place::default() }));
    }
    let depth = limits.template_depth.min(Limits::HIGHEST.template_depth);
    let tidied = tidy::tidy(source, depth, limits.template_attributes)?;
    let options = roxmltree::ParsingOptions { allow_dtd: false, ..roxmltree::ParsingOptions::default() };
    let document =
        roxmltree::Document::parse_with_options(&tidied.text, options).map_err(|error| xml_error(&error, source, &tidied))?;
    let root = document.root_element();
    let elements = root.descendants().filter(roxmltree::Node::is_element).count();
    if elements > limits.template_nodes {
        let error = Error::limit("template_nodes", format_args!("{} nodes", limits.template_nodes), elements);
        return Err(error.at(source.place(0)));
    }
    element(root, source, &tidied, depth)
}

fn element<'a>(node: roxmltree::Node<'_, '_>, source: &'a Source<'a>, tidied: &Tidied, depth: usize) -> Result<Element<'a>> {
    let offset = tidied.original(node.range().start);
    // The scan before saw to it; a document that it misread must not get further.
    let Some(depth) = depth.checked_sub(1) else {
        return Err(Error::limit("template_depth", "levels of nesting", "more").at(source.place(offset)));
    };
    let attributes = node.attributes().map(|attribute| {
        let range = attribute.range_value();
        let raw = tidied.text.get(range.clone()).unwrap_or_default();
        let text = attribute.value().to_owned();
        let located = decoded(raw, range.start, text.len(), source, tidied);
        let offset = tidied.original(attribute.range_qname().start);
        let name = raw_name(tidied, attribute.range_qname(), attribute.name());
        Attribute { name, offset, value: Text { text, located } }
    });
    let attributes = attributes.collect();
    let mut children = Vec::new();
    let mut text = String::new();
    let mut offsets = Vec::new();
    for child in node.children() {
        if child.is_element() {
            children.push(element(child, source, tidied, depth)?);
        } else if let Some(content) = child.text().filter(|_| child.is_text()) {
            append(&mut text, &mut offsets, content, &child, tidied);
        }
    }
    let begin = text.len() - text.trim_start().len();
    let trimmed = text.trim().to_owned();
    let text = (!trimmed.is_empty()).then(|| {
        let located = Located::of_bytes(source, offsets.get(begin..).unwrap_or_default().to_vec());
        Text { text: trimmed, located }
    });
    Ok(Element { name: node.tag_name().name().to_owned(), offset, attributes, children, text, inner: inner(node, tidied) })
}

/// The source between an element's tags.
fn inner(node: roxmltree::Node<'_, '_>, tidied: &Tidied) -> std::ops::Range<usize> {
    let (Some(first), Some(last)) = (node.first_child(), node.last_child()) else { return 0..0 };
    tidied.original(first.range().start)..tidied.original(last.range().end)
}

/// An attribute's name with its prefix, as it is written.
fn raw_name(tidied: &Tidied, range: std::ops::Range<usize>, name: &str) -> String {
    tidied.text.get(range).unwrap_or(name).to_owned()
}

/// Adds a text node with the source's byte of each of its bytes.
fn append(text: &mut String, offsets: &mut Vec<usize>, content: &str, node: &roxmltree::Node<'_, '_>, tidied: &Tidied) {
    let range = node.range();
    let raw = tidied.text.get(range.clone()).unwrap_or_default();
    text.push_str(content);
    match decoded_offsets(raw, range.start, content.len(), tidied) {
        Some(found) => offsets.extend(found.into_iter().take(content.len())),
        // CDATA and comments in between: the place is where the text begins.
        None => offsets.extend(std::iter::repeat_n(tidied.original(range.start), content.len())),
    }
}

fn decoded<'a>(raw: &str, start: usize, length: usize, source: &'a Source<'a>, tidied: &Tidied) -> Located<'a> {
    let begin = tidied.original(start);
    let plain = raw.len() == length && !raw.contains('&') && tidied.original(start + length) == begin + length;
    if plain {
        return Located::at(source, begin);
    }
    match decoded_offsets(raw, start, length, tidied) {
        Some(offsets) => Located::of_bytes(source, offsets),
        None => Located::at(source, begin),
    }
}

/// The source's byte for each byte of a decoded text and for its end; `None` where the text does not follow from `raw`.
fn decoded_offsets(raw: &str, start: usize, length: usize, tidied: &Tidied) -> Option<Vec<usize>> {
    let mut offsets = Vec::with_capacity(length + 1);
    let mut index = 0;
    while let Some(character) = raw.get(index..).and_then(|rest| rest.chars().next()) {
        let (written, decoded) = match character {
            '&' => tidy::reference(raw.get(index..)?).map(|(length, character)| (length, character.len_utf8()))?,
            // XML makes one line feed of both.
            '\r' if raw.get(index + 1..)?.starts_with('\n') => (2, 1),
            '<' => return None,
            character => (character.len_utf8(), character.len_utf8()),
        };
        offsets.extend(std::iter::repeat_n(tidied.original(start + index), decoded));
        index += written;
    }
    offsets.push(tidied.original(start + raw.len()));
    (offsets.len() == length + 1).then_some(offsets)
}

/// The tags of a document in their order: name, byte of the `<`, and whether it opens (1), closes (-1) or does both (0).
fn tags(text: &str) -> impl Iterator<Item = (&str, usize, i32)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let at = from + text.get(from..)?.find('<')?;
            let rest = text.get(at..)?;
            if let Some(comment) = rest.strip_prefix("<!--") {
                from = at + 4 + comment.find("-->")? + 3;
                continue;
            }
            // A `>` within quotes ends nothing.
            let mut quote = None;
            let end = rest.char_indices().find(|(_, c)| match (quote, c) {
                (None, '>') => true,
                (None, '"' | '\'') => {
                    quote = Some(*c);
                    false
                }
                (Some(open), c) if open == *c => {
                    quote = None;
                    false
                }
                _ => false,
            });
            let (end, _) = end?;
            from = at + end + 1;
            let inside = rest.get(1..end)?;
            let kind = match (inside.starts_with('/'), inside.ends_with('/')) {
                (true, _) => -1,
                (false, true) => 0,
                (false, false) => 1,
            };
            let name = inside.trim_start_matches('/').split(|c: char| c.is_whitespace() || c == '/').next()?;
            if name.starts_with(['!', '?']) {
                continue;
            }
            return Some((name, at, kind));
        }
    })
}

/// The innermost tag that is open at the end.
fn unclosed(text: &str) -> Option<(&str, usize)> {
    let mut open: Vec<(&str, usize)> = Vec::new();
    for (name, at, kind) in tags(text) {
        match kind {
            1 => open.push((name, at)),
            -1 => drop(open.pop()),
            _ => {}
        }
    }
    open.pop()
}

/// True where the root is closed before a byte.
fn is_after_root(text: &str, offset: usize) -> bool {
    let depth: i32 = tags(text).take_while(|(_, at, _)| *at < offset).map(|(_, _, kind)| kind).sum();
    depth == 0 && tags(text).next().is_some_and(|(_, at, _)| at < offset)
}

/// An XML error at its place in the source, with what to do about the usual ones. Where the document is of another template
/// language, that is what stands in the way.
fn xml_error(error: &roxmltree::Error, source: &Source<'_>, tidied: &Tidied) -> Error {
    let error = malformed(error, source, tidied);
    let found = ["{{~", "{{?", "{{="].iter().filter_map(|mark| source.text.find(mark)).min();
    match found.and_then(|at| super::mistakes::dot(source.text.get(at..)?)) {
        Some(instead) => error.hint(instead),
        None => error,
    }
}

fn malformed(error: &roxmltree::Error, source: &Source<'_>, tidied: &Tidied) -> Error {
    let position = error.pos();
    let line_start = match position.row {
        0 | 1 => 0,
        row => tidied.text.match_indices('\n').nth(row as usize - 2).map_or(0, |(index, _)| index + 1),
    };
    let line = tidied.text.get(line_start..).unwrap_or_default();
    let column = (position.col as usize).saturating_sub(1);
    let offset = line_start + line.char_indices().nth(column).map_or(line.len(), |(index, _)| index);
    let place = source.place(tidied.original(offset));
    let message = error.to_string();
    let message = message.strip_suffix(&format!(" at {position}")).unwrap_or(&message);
    let (message, hint) = match error {
        roxmltree::Error::DtdDetected => (
            "expected no DOCTYPE".to_owned(),
            Some("remove it: a template has no entities of its own, only &lt; &gt; &amp; &quot; &apos; &nbsp; and &#…;"),
        ),
        roxmltree::Error::UnexpectedCloseTag(expected, found, _) => {
            let error = Error::new(ErrorKind::Template, format!("expected </{expected}>, found </{found}>")).at(place);
            let opened = unclosed(tidied.text.get(..offset).unwrap_or_default());
            return error.hint(match opened.filter(|(name, _)| name == expected) {
                Some((name, at)) => format!("<{name}> is open since {}", source.place(tidied.original(at))),
                None => "close each tag before its parent".to_owned(),
            });
        }
        roxmltree::Error::UnclosedRootNode => {
            let Some((name, opened)) = unclosed(&tidied.text) else {
                return Error::new(ErrorKind::Template, "expected the root's closing tag before the end").at(place);
            };
            let place = source.place(tidied.original(opened));
            return Error::new(
                ErrorKind::Template,
                format!("expected </{name}> before the end, found none: it is opened here"),
            )
            .at(place)
            .hint(format!("close it with </{name}>, or write <{name} …/> where it has no children"));
        }
        roxmltree::Error::NoRootNode => ("expected one root element".to_owned(), Some("write <view> … </view>")),
        roxmltree::Error::DuplicatedAttribute(name, _) => (format!("expected each attribute once, found '{name}' twice"), None),
        roxmltree::Error::UnknownNamespace(name, _) => {
            (format!("expected no prefix, found '{name}:'"), Some("the dialect's tags and attributes have none"))
        }
        _ if tidied.text.get(offset..).is_some_and(|rest| rest.starts_with('<')) && is_after_root(&tidied.text, offset) => {
            ("expected one root element, found a second".to_owned(), Some("put both into one <view> … </view>"))
        }
        _ if !tidied.text.trim_start().starts_with('<') => (
            "expected XML, found other text".to_owned(),
            Some("a template begins with <view>; style sheets are files of their own"),
        ),
        _ => (format!("expected well-formed XML, found: {message}"), None),
    };
    let error = Error::new(ErrorKind::Template, message).at(place);
    match hint {
        Some(hint) => error.hint(hint),
        None => error,
    }
}
