//! What can be said of a template and its style without any data.

use std::sync::Arc;

use super::declaration::Declaration;
use super::expression::{Bound, Expression};
use super::property::PropertyValue;
use super::tree::{Branch, TemplateContent, TemplateNode};
use super::{StyleSheet, Template};
use crate::error::{Diagnostic, Diagnostics, Place, closest};
use crate::json::Value;
use crate::sorted::{BTreeMap, BTreeSet};
use crate::style::{Background, LineHeight};

/// Looks for what neither document shows alone: classes that look like a misspelled name of the style sheet, ids that
/// are there twice. What is wrong within one document was said when it was compiled.
///
/// ```
/// use friendboard::{Diagnostics, Limits, Reading, template::{StyleSheet, Template, check}};
/// let (limits, mut diagnostics) = (Limits::default(), Diagnostics::new());
/// let template = Template::compile("board.xml", r#"<view class="tilte"/>"#, &mut Reading::new(&limits, &mut diagnostics)).unwrap();
/// let sheet = StyleSheet::compile("board.json", r#"{"title": {}}"#, &mut Reading::new(&limits, &mut diagnostics)).unwrap();
/// let said = check(&template, &sheet);
/// assert_eq!(
///     said.as_slice()[0].to_string(),
///     "board.xml:1:1: the style sheet has no 'tilte' (did you mean 'title'?)"
/// );
/// ```
#[must_use]
pub fn check(template: &Template, sheet: &StyleSheet) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    let mut ids: BTreeMap<&str, &Place> = BTreeMap::new();
    visit(&template.root, false, &mut |node, repeated| {
        for class in node.class.literal().into_iter().flat_map(|class| class.split_ascii_whitespace()) {
            check_class(class, &node.place, sheet, &mut diagnostics);
        }
        let Some(id) = node.id.literal().filter(|id| !id.is_empty()) else { return };
        if sheet.rule(id).is_none() {
            check_class(id, &node.place, sheet, &mut diagnostics);
        }
        // The name of a style may be on any number of boxes; a scroll view's is what it is scrolled by.
        if sheet.rule(id).is_some() && !matches!(node.content, TemplateContent::ScrollView { .. }) {
            return;
        }
        let branches = !matches!(node.branch, super::tree::Branch::Always);
        if let Some(first) = ids.insert(id, &node.place).filter(|_| !branches) {
            let message = format!("expected each id once, found '{id}' again");
            let diagnostic = Diagnostic::warning("duplicate-id", message, node.place.clone());
            diagnostics.push(diagnostic.hint(format!("the first is at {first}")));
        } else if repeated {
            let message = format!("the id '{id}' is there once for each item");
            let diagnostic = Diagnostic::warning("duplicate-id", message, node.place.clone());
            diagnostics.push(diagnostic.hint("use 'class', or bind the id to the item"));
        }
    });
    for declaration in declarations(template, sheet) {
        if let Some(PropertyValue::LineHeight(LineHeight::Points(points))) = declaration.ready_value()
            && *points > 0.0
            && *points < 4.0
        {
            let message = format!("a lineHeight of {points} is {points} px");
            let hint = format!("for {points} times the font size write \"{points}em\" or \"{}%\"", points * 100.0);
            diagnostics.push(Diagnostic::warning("line-height", message, declaration.place().clone()).hint(hint));
        }
    }
    diagnostics
}

/// Font families that no font has, each list with where it was written: lists of which one is known, and CSS's own names
/// (`sans-serif`), are not among them.
#[must_use]
pub fn unknown_families(template: &Template, sheet: &StyleSheet, known: &BTreeSet<Arc<str>>) -> Diagnostics {
    const GENERIC: [&str; 9] =
        ["sans-serif", "serif", "monospace", "cursive", "fantasy", "system-ui", "ui-sans-serif", "ui-rounded", "inherit"];
    let is_known =
        |family: &Arc<str>| GENERIC.contains(&&**family) || known.iter().any(|known| known.eq_ignore_ascii_case(family));
    let mut diagnostics = Diagnostics::new();
    for declaration in declarations(template, sheet) {
        let Some(PropertyValue::Families(families)) = declaration.ready_value() else { continue };
        if let Some(first) = families.first().filter(|_| !families.iter().any(is_known)) {
            let shown = crate::grapheme::prefix_bytes(first, 80);
            let message = format!("no font has the family '{shown}': the bundled ones are drawn");
            let hint = match closest(first, known.iter().map(AsRef::as_ref)) {
                Some(close) => format!("did you mean '{close}'?"),
                None => "bring its file with --font; a phone's own fonts are not here".to_owned(),
            };
            diagnostics.push(Diagnostic::warning("unknown-family", message, declaration.place().clone()).hint(hint));
        }
    }
    diagnostics
}

/// Keys of a map (a theme's colours, a locale's texts) that no expression reads as a member of the global `name`; none where
/// the global is read as a whole, by an index or as a value.
#[must_use]
pub fn unread_keys(template: &Template, sheet: &StyleSheet, name: &str, keys: &Value) -> Vec<Arc<str>> {
    let mut names = Names { globals: &Value::Null, loops: Vec::new(), diagnostics: Diagnostics::new(), read: BTreeSet::new() };
    names.documents(template, sheet);
    let as_whole = (Arc::from(name), None);
    if names.read.contains(&as_whole) {
        return Vec::new();
    }
    let keys = keys.as_map().into_iter().flat_map(|keys| keys.keys());
    keys.filter(|key| !names.read.contains(&(Arc::from(name), Some(Arc::clone(key))))).cloned().collect()
}

/// Every declaration of both documents.
fn declarations<'a>(template: &'a Template, sheet: &'a StyleSheet) -> Vec<&'a Declaration> {
    let mut all = Vec::new();
    visit(&template.root, false, &mut |node, _| all.extend(&node.inline));
    all.extend(sheet.rules().flat_map(|rule| rule.always.iter().chain(&rule.active)));
    all
}

/// Looks for names in expressions that neither the globals (the top level of a map) nor a loop around them has, and for
/// members that what they name has not, where the globals show what that is: a map with its members, or a list with an item.
/// Branches are all looked at, whichever is taken; what `default` or `is defined` asks for may be missing.
///
/// ```
/// use friendboard::{Diagnostics, Limits, Reading, json::Value, template::{StyleSheet, Template, unknown_names}};
/// let (limits, mut diagnostics) = (Limits::default(), Diagnostics::new());
/// let xml = r#"<view><text for="friend in frends" value="{{ friend.score }}"/></view>"#;
/// let template = Template::compile("board.xml", xml, &mut Reading::new(&limits, &mut diagnostics)).unwrap();
/// let globals = Value::map([("friends", Value::Null)]);
/// let said = unknown_names(&template, &StyleSheet::default(), &globals);
/// assert_eq!(said.as_slice().len(), 1);
/// assert_eq!(said.as_slice()[0].to_string(), "board.xml:1:28: unknown name 'frends' (did you mean 'friends'?)");
/// ```
#[must_use]
pub fn unknown_names(template: &Template, sheet: &StyleSheet, globals: &Value) -> Diagnostics {
    let mut names = Names { globals, loops: Vec::new(), diagnostics: Diagnostics::new(), read: BTreeSet::new() };
    names.documents(template, sheet);
    names.diagnostics
}

/// What is in scope on the way through a template.
struct Names<'a> {
    globals: &'a Value,
    /// Names of loops, each with an item of its list where that is known.
    loops: Vec<(&'a Arc<str>, Option<&'a Value>)>,
    diagnostics: Diagnostics,
    /// The globals that were read, each with its member.
    read: BTreeSet<(Arc<str>, Option<Arc<str>>)>,
}

impl<'a> Names<'a> {
    fn documents(&mut self, template: &'a Template, sheet: &'a StyleSheet) {
        self.node(&template.root);
        for rule in sheet.rules() {
            rule.always.iter().chain(&rule.active).filter_map(Declaration::bound).for_each(|bound| self.bound(bound));
        }
    }

    /// The depth of templates is bounded.
    fn node(&mut self, node: &'a TemplateNode) {
        let outside = self.loops.len();
        if let Some(repeat) = &node.repeat {
            self.expression(&repeat.of);
            let item = repeat.of.name().and_then(|name| self.globals.get(name)?.as_list()?.first());
            // A second name is the place in the list.
            self.loops.extend(repeat.names.iter().enumerate().map(|(number, name)| (name, item.filter(|_| number == 0))));
        }
        if let Branch::If(condition) | Branch::ElseIf(condition) = &node.branch {
            self.expression(condition);
        }
        let common = [Some(&node.id), Some(&node.class), node.key.as_ref(), node.action.as_ref()];
        common.into_iter().flatten().for_each(|bound| self.bound(bound));
        node.data.iter().for_each(|(_, bound)| self.bound(bound));
        node.inline.iter().filter_map(Declaration::bound).for_each(|bound| self.bound(bound));
        match &node.content {
            TemplateContent::View => {}
            TemplateContent::Text(value) | TemplateContent::Button(value) => self.bound(value),
            TemplateContent::Image { src, alt, seed } => {
                [Some(src), alt.as_ref(), seed.as_ref()].into_iter().flatten().for_each(|bound| self.bound(bound));
            }
            TemplateContent::ScrollView { x, y, row_height, scroll_to, snap } => {
                [x, y, row_height, scroll_to, snap].into_iter().flatten().for_each(|bound| self.bound(bound));
            }
            TemplateContent::Canvas { width, height } => {
                width.iter().chain(height).for_each(|bound| self.bound(bound));
            }
            TemplateContent::BitmapText { font, value } => [font, value].into_iter().for_each(|bound| self.bound(bound)),
            TemplateContent::RichText(markup) => {
                for run in markup.paragraphs.iter().flat_map(|paragraph| &paragraph.runs) {
                    self.bound(&run.text);
                }
            }
        }
        node.children.iter().for_each(|child| self.node(child));
        self.loops.truncate(outside);
    }

    fn expression(&mut self, expression: &Expression) {
        expression.each_name(&mut |name, member, place| self.name(name, member, place));
    }

    fn bound(&mut self, bound: &Bound) {
        bound.each_name(&mut |name, member, place| self.name(name, member, place));
    }

    fn name(&mut self, name: &str, member: Option<&Arc<str>>, place: Place) {
        if !self.loops.iter().any(|(known, _)| known.as_ref() == name) {
            self.read.insert((Arc::from(name), member.cloned()));
        }
        if self.diagnostics.as_slice().len() >= Diagnostics::KEPT {
            return;
        }
        let of_loop = self.loops.iter().rev().find(|(known, _)| known.as_ref() == name).map(|(_, item)| *item);
        let value = match of_loop {
            Some(item) => item,
            None => self.globals.get(name),
        };
        if let (Some(value), Some(member)) = (value, member) {
            return self.member(name, value, member, place);
        }
        if of_loop.is_some() || value.is_some() {
            return;
        }
        let globals = self.globals.as_map().map(|map| map.keys());
        let names = self.loops.iter().map(|(name, _)| name.as_ref()).chain(globals.into_iter().flatten().map(AsRef::as_ref));
        let close = closest(name, names).map(|close| format!("did you mean '{close}'?"));
        self.say("unknown-name", format!("unknown name '{name}'"), close, place);
    }

    /// A member of something whose members are known.
    fn member(&mut self, name: &str, value: &Value, member: &Arc<str>, place: Place) {
        match value {
            Value::Map(members) if !members.is_empty() && !members.contains_key(member) => {
                let close = closest(member, members.keys().map(AsRef::as_ref));
                let close = close.map(|close| format!("did you mean '{name}.{close}'?"));
                self.say("unknown-member", format!("unknown member '{name}.{member}'"), close, place);
            }
            Value::List(_) if member.parse::<usize>().is_err() => {
                let hint = match &**member {
                    "length" | "size" | "count" => format!("write {{{{ {name} | length }}}}"),
                    _ => format!("a list has items: {name}[0], or for=\"… in {name}\""),
                };
                self.say("unknown-member", format!("unknown member '{name}.{member}': '{name}' is a list"), Some(hint), place);
            }
            _ => {}
        }
    }

    fn say(&mut self, code: &'static str, message: String, hint: Option<String>, place: Place) {
        let diagnostic = Diagnostic::warning(code, message, place);
        self.diagnostics.push(match hint {
            Some(hint) => diagnostic.hint(hint),
            None => diagnostic,
        });
    }
}

/// The pictures and bitmap fonts that the two documents name whatever the data says, each with where: what a caller looks
/// for below the asset root.
#[must_use]
pub fn named_files(template: &Template, sheet: &StyleSheet) -> Vec<(Arc<str>, Place)> {
    let mut files = Vec::new();
    let mut add = |file: Option<&Arc<str>>, place: &Place| {
        if let Some(file) = file.filter(|file| !file.is_empty()) {
            files.push((file.clone(), place.clone()));
        }
    };
    visit(&template.root, false, &mut |node, _| {
        match &node.content {
            TemplateContent::Image { src, .. } => add(src.literal(), &node.place),
            TemplateContent::BitmapText { font, .. } => add(font.literal(), &node.place),
            _ => {}
        }
        for declaration in &node.inline {
            add(background(declaration.ready_value()), declaration.place());
        }
    });
    for rule in sheet.rules() {
        for declaration in rule.always.iter().chain(&rule.active) {
            add(background(declaration.ready_value()), declaration.place());
        }
    }
    files
}

/// The picture of a `backgroundImage` or `background`.
fn background(value: Option<&PropertyValue>) -> Option<&Arc<str>> {
    match value {
        Some(PropertyValue::Background(Some(Background::Url(url))) | PropertyValue::Ground(_, Some(Background::Url(url)))) => {
            Some(url)
        }
        _ => None,
    }
}

impl Template {
    /// How many elements it has.
    #[must_use]
    pub fn element_count(&self) -> usize {
        let mut count = 0;
        visit(&self.root, false, &mut |_, _| count += 1);
        count
    }
}

impl StyleSheet {
    /// How many names have a style.
    #[must_use]
    pub fn style_count(&self) -> usize {
        self.rules().count()
    }
}

/// Calls back for each node with whether a loop repeats it. The depth of templates is bounded.
fn visit<'a>(node: &'a TemplateNode, repeated: bool, call: &mut impl FnMut(&'a TemplateNode, bool)) {
    let repeated = repeated || node.repeat.is_some();
    call(node, repeated);
    for child in &node.children {
        visit(child, repeated, call);
    }
}

fn check_class(class: &str, place: &Place, sheet: &StyleSheet, diagnostics: &mut Diagnostics) {
    if sheet.rule(class).is_some() || diagnostics.as_slice().len() >= Diagnostics::KEPT {
        return;
    }
    // A class without a style can be meant: for events, or for a sheet that comes later.
    if let Some(close) = closest(class, sheet.names()) {
        let shown = crate::grapheme::prefix_bytes(class, 80);
        let message = format!("the style sheet has no '{shown}'");
        let diagnostic = Diagnostic::warning("unknown-class", message, place.clone());
        diagnostics.push(diagnostic.hint(format!("did you mean '{close}'?")));
    }
}

impl Bound {
    /// The text, where it is the same whatever the data says.
    fn literal(&self) -> Option<&Arc<str>> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use crate::reading::Reading;

    fn documents(xml: &str, json: &str) -> (Template, StyleSheet) {
        let (limits, mut diagnostics) = (Limits::default(), Diagnostics::new());
        let template = Template::compile("t", xml, &mut Reading::new(&limits, &mut diagnostics)).unwrap();
        (template, StyleSheet::compile("s", json, &mut Reading::new(&limits, &mut diagnostics)).unwrap())
    }

    #[test]
    fn finds_what_only_both_show() {
        let xml = r#"<view>
          <view id="a" class="rwo other"/><view id="a"/><view for="i in [1]"><view id="b"/></view>
          <view if="x" id="c"/><view else id="c"/><view class="{{ rwo }}"/>
        </view>"#;
        let (template, sheet) = documents(xml, r#"{"row": {}}"#);
        let said: Vec<_> = check(&template, &sheet).as_slice().iter().map(ToString::to_string).collect();
        let expected = [
            "t:2:11: the style sheet has no 'rwo' (did you mean 'row'?)",
            "t:2:43: expected each id once, found 'a' again (the first is at t:2:11)",
            "t:2:78: the id 'b' is there once for each item (use 'class', or bind the id to the item)",
        ];
        assert_eq!(said, expected);
    }

    #[test]
    fn names_the_files() {
        let xml = r#"<view style="background: url(c.png)"><image src="a.png"/><image src="{{ x }}"/><image/><bitmaptext font="b.fnt"/></view>"#;
        let (template, sheet) =
            documents(xml, r#"{"a": {"backgroundImage": "url('d.png')", ":active": {"background": "url(e.png)"}}}"#);
        let files: Vec<_> = named_files(&template, &sheet).into_iter().map(|(file, place)| format!("{file} {place}")).collect();
        assert_eq!(files, ["c.png t:1:26", "a.png t:1:38", "b.fnt t:1:88", "d.png s:1:27", "e.png s:1:69"]);
    }
}
