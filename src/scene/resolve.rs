//! From a template, its style and data to a scene.

mod row;

use std::sync::Arc;

use super::cascade::{Cascade, NodeStyle};
use super::content;
use super::keeper::Keeper;
use super::long_lists::{LONG, Lines, LongList, RowWindows};
use super::{Content, Node, NodeId, Scene};
use crate::budget::Stage;
use crate::error::{Diagnostic, Error, Result};
use crate::geometry::Size;
use crate::json::{List, Value, empty_text};
use crate::reading::Reading;
use crate::sorted::BTreeSet;
use crate::style::{Dialect, Length, Style};
use crate::template::expression::{Frame, Scope};
use crate::template::tree::{Branch, Repeat, TemplateNode};
use crate::template::{StyleSheet, Template};

/// Binds a template to data and gives every node its style.
///
/// `dialect` says by whose rules the styles are read. `data` is a [`Value::Map`] of the names that expressions see. `canvas` is the size in px at dpr 1 that a root without
/// a definite size takes. What a name holds is put in as it is: nothing in it is read as markup or as an expression.
///
/// # Errors
///
/// Of kind [`ErrorKind::Limit`](crate::ErrorKind::Limit) for more than `Limits::template_nodes` nodes, or where binding takes
/// more than the [budget](Reading::budget). Everything else is a diagnostic, and the rest is drawn.
///
/// ```
/// use friendboard::geometry::Size;
/// use friendboard::json::Value;
/// use friendboard::style::Dialect;
/// use friendboard::template::{StyleSheet, Template};
/// use friendboard::{Diagnostics, Limits, Reading, scene};
///
/// let (limits, mut diagnostics) = (Limits::default(), Diagnostics::new());
/// let xml = r#"<view><text for="friend in friends" value="{{ friend.nickname }}"/></view>"#;
/// let template = Template::compile("board.xml", xml, &mut Reading::new(&limits, &mut diagnostics)).unwrap();
/// let friends = ["Ann", "\"><view/>{{x}}"].map(|name| Value::map([("nickname", name)]));
/// let data = Value::map([("friends", Value::list(friends))]);
/// let canvas = Size::new(360.0, 640.0);
/// let board = scene::resolve(&template, &StyleSheet::default(), Dialect::Css, &data, canvas, &mut Reading::new(&limits, &mut diagnostics)).unwrap();
/// assert_eq!(board.nodes.len(), 3);
/// assert_eq!(board.nodes[2].content, scene::Content::Text("\"><view/>{{x}}".into()));
/// ```
pub fn resolve(
    template: &Template,
    sheet: &StyleSheet,
    dialect: Dialect,
    data: &Value,
    canvas: Size,
    reading: &mut Reading<'_>,
) -> Result<Scene> {
    resolve_next(template, (sheet, dialect), data, canvas, (&RowWindows::whole(), None), reading)
}

/// As [`resolve`], but of [long lists](super::LongList) only the rows of their windows are made; `style` is the style sheet with
/// by whose rules it is read. After a scene of the same template, style and limits, where one is given, rows that are as they
/// were in it are taken along: what is made is the same, and remembers what the next scene can take along.
///
/// # Errors
/// As [`resolve`].
pub fn resolve_next(
    template: &Template,
    style: (&StyleSheet, Dialect),
    data: &Value,
    canvas: Size,
    (windows, before): (&RowWindows, Option<&Scene>),
    reading: &mut Reading<'_>,
) -> Result<Scene> {
    let (sheet, dialect) = style;
    let mut resolver = Resolver {
        scope: Scope::within(data, reading.limits, reading.budget.clone()),
        cascade: Cascade::new(sheet, dialect, data, reading.limits, reading.budget.clone()),
        reading: reading.reborrow(),
        nodes: Vec::new(),
        keys: BTreeSet::new(),
        no_data: Arc::from([]),
        windows,
        lists: Vec::new(),
        friend: None,
        keeper: None,
    };
    // A list that is made whole is not one of which rows come and go.
    if let Some(before) = before.filter(|_| !windows.whole) {
        resolver.keeper = Some(Keeper::new(before, &resolver.scope));
    }
    let mut chain = Chain::default();
    resolver.place(&template.root, None, &mut chain)?;
    resolver.reading.budget.check()?;
    let is_clean = resolver.reading.diagnostics.is_empty();
    let kept = resolver.keeper.map(|keeper| keeper.finish(&resolver.scope, is_clean));
    let mut scene = Scene { nodes: resolver.nodes, lists: resolver.lists, kept: kept.unwrap_or_default() };
    if let Some(root) = scene.nodes.first_mut() {
        fit_root(&mut root.style, canvas);
        if let Some(style) = &mut root.active_style {
            fit_root(style, canvas);
        }
    }
    Ok(scene)
}

/// Gives the root a definite size: its own, or the canvas's.
fn fit_root(style: &mut Arc<crate::style::Style>, canvas: Size) {
    let layout = &style.layout;
    let definite = |length: Length, of: f32| Length::Points(length.resolve(of).unwrap_or(of));
    let (width, height) = (definite(layout.width, canvas.width), definite(layout.height, canvas.height));
    if (width, height) != (layout.width, layout.height) {
        let style = Arc::make_mut(style);
        (style.layout.width, style.layout.height) = (width, height);
    }
}

struct Resolver<'a> {
    scope: Scope<'a>,
    cascade: Cascade<'a>,
    reading: Reading<'a>,
    nodes: Vec<Node>,
    keys: BTreeSet<Arc<str>>,
    no_data: Arc<[(Arc<str>, Arc<str>)]>,
    windows: &'a RowWindows,
    lists: Vec<LongList>,
    /// The friend of the loop that it is in.
    friend: Option<u32>,
    /// Takes rows along, where that is asked for.
    keeper: Option<Keeper<'a>>,
}

/// The position of a friend, where a value is one.
fn friend(item: &Value) -> Option<u32> {
    item.get("openid")?;
    u32::try_from(item.get("position")?.as_number()?.as_integer()?).ok()
}

/// What children need to know of the node that they stand in.
#[derive(Clone)]
struct Parent {
    id: NodeId,
    depth: u16,
    /// The nearest key, with its parents'.
    key: Option<Arc<str>>,
    style: NodeStyle,
    /// The scroll view that its children are rows of: itself, or the one that it stands in; with the height of a row, where it
    /// says one.
    rows_of: Option<(NodeId, Option<f32>)>,
}

/// How far an `if` … `else-if` … `else` chain is.
#[derive(Default)]
struct Chain {
    taken: bool,
}

/// Steps of a budget for each element that is looked at: loops whose conditions never hold make no nodes.
const STEPS_PER_VISIT: u64 = 200;
/// Steps of a budget for each node.
const STEPS_PER_NODE: u64 = 1_500;
/// What a node takes beside its texts and its style, bytes.
const NODE_BYTES: u64 = size_of::<Node>() as u64 + 64;

impl<'a> Resolver<'a> {
    fn visit(&mut self) -> Result<()> {
        self.reading.spend(Stage::Scene, STEPS_PER_VISIT)
    }

    /// An element of the template with its loop and its condition: any number of nodes.
    fn place(&mut self, element: &'a TemplateNode, parent: Option<&Parent>, chain: &mut Chain) -> Result<()> {
        let goes_on = match element.branch {
            Branch::Always | Branch::If(_) => true,
            Branch::ElseIf(_) | Branch::Else => !chain.taken,
        };
        if matches!(element.branch, Branch::Always | Branch::If(_)) {
            chain.taken = false;
        }
        if !goes_on {
            return Ok(());
        }
        let Some(repeat) = &element.repeat else {
            self.visit()?;
            if self.holds(element) {
                chain.taken = true;
                self.node(element, parent)?;
            }
            return Ok(());
        };
        let of = repeat.of.evaluate(&self.scope, self.reading.diagnostics);
        let total = match &of {
            Value::List(items) => items.len(),
            _ => 0,
        };
        if let Some((view, row_height, lines)) = self.long(element, parent, total) {
            return self.long_list(element, parent, (view, row_height, lines), &of, chain);
        }
        let items = self.items(of, repeat);
        let names = repeat.names.iter().map(|name| (name.clone(), Value::Null)).collect();
        self.scope.push(Frame { names, index: 0, length: items.len() });
        for (index, item) in items.iter().enumerate() {
            self.visit()?;
            self.scope.turn(index, item.clone());
            if self.holds(element) {
                chain.taken = true;
                self.row(element, parent, (index, items.len()), item)?;
            }
        }
        self.scope.pop();
        Ok(())
    }

    /// What a long list needs to know of where it stands: the scroll view, the height of its rows where it says one, and how
    /// they make lines. `None`: the list is made whole.
    fn long(&self, element: &TemplateNode, parent: Option<&Parent>, total: usize) -> Option<(NodeId, Option<f32>, Lines)> {
        let parent = parent.filter(|_| total > LONG && !self.windows.whole)?;
        // Rows that a condition leaves out can't be counted without looking at each.
        if !matches!(element.branch, Branch::Always) {
            return None;
        }
        let (view, row_height) = parent.rows_of?;
        let lines = Lines::of(&parent.style.normal.layout)?;
        // How many rows fit beside each other is seen once they are laid out.
        Some((view, row_height.filter(|_| !lines.wraps), lines))
    }

    /// The rows of a long list that are to be made, between boxes that stand in for the others.
    fn long_list(
        &mut self,
        element: &'a TemplateNode,
        parent: Option<&Parent>,
        (view, row_height, lines): (NodeId, Option<f32>, Lines),
        of: &Value,
        chain: &mut Chain,
    ) -> Result<()> {
        let (Value::List(items), Some(repeat)) = (of, &element.repeat) else { return Ok(()) };
        let total = items.len();
        let window = self.windows.of(element.index, total, row_height, lines.wraps);
        let own = self.windows.own_row(element.index, items);
        let names = repeat.names.iter().map(|name| (name.clone(), Value::Null)).collect();
        self.scope.push(Frame { names, index: 0, length: total });
        let mut nodes = Vec::with_capacity(window.rows.len());
        let mut made = 0;
        for part in window.parts(own.row(), total) {
            if part.start > made {
                self.room(element, parent, window.above(part.start) - window.above(made) - lines.gap)?;
            }
            for index in part.clone() {
                self.visit()?;
                let Some(item) = items.item(index) else { break };
                let values = match item {
                    Value::List(parts) if repeat.names.len() == 2 => parts.to_vec(),
                    item => vec![item],
                };
                self.scope.turn(index, values.iter().cloned());
                if window.rows.contains(&index) {
                    nodes.push(self.nodes.len());
                }
                self.row(element, parent, (index, total), &values)?;
            }
            made = part.end;
        }
        self.scope.pop();
        chain.taken = true;
        if made < total {
            self.room(element, parent, window.height(total) - window.above(made) - lines.gap)?;
        }
        let wanted = self.wanted_row(element, view, items, repeat);
        self.lists.push(LongList { element: element.index, view, window, nodes, total, wanted, wraps: lines.wraps, own });
        Ok(())
    }

    /// The row with the key that the scroll view is to have in sight.
    fn wanted_row(&mut self, element: &TemplateNode, view: NodeId, items: &List<Value>, repeat: &Repeat) -> Option<usize> {
        let Some(Content::ScrollView { scrolling, .. }) = self.nodes.get(view).map(|node| &node.content) else { return None };
        let (wanted, key) = (scrolling.to.clone()?, element.key.as_ref()?);
        let names = repeat.names.iter().map(|name| (name.clone(), Value::Null)).collect();
        self.scope.push(Frame { names, index: 0, length: items.len() });
        let found = items.iter().enumerate().position(|(index, item)| {
            self.scope.turn(index, [item.clone()]);
            key.text(&self.scope, self.reading.diagnostics) == wanted
        });
        self.scope.pop();
        found
    }

    /// An empty box of a height in px, on a line of its own.
    fn room(&mut self, element: &TemplateNode, parent: Option<&Parent>, height: f32) -> Result<()> {
        let id = self.nodes.len();
        if id >= self.reading.limits.template_nodes {
            let error = Error::limit("template_nodes", format_args!("{} nodes", self.reading.limits.template_nodes), "more");
            return Err(error.at(element.place.clone()));
        }
        let mut style = Style::default();
        style.layout.height = Length::Points(height.max(0.0));
        style.layout.width = Length::Percent(100.0);
        self.nodes.push(Node {
            parent: parent.map(|parent| parent.id),
            children: Vec::new(),
            depth: parent.map_or(0, |parent| parent.depth.saturating_add(1)),
            content: Content::View,
            id: empty_text(),
            class: empty_text(),
            key: None,
            style: Arc::new(style),
            active_style: None,
            action: None,
            data: self.no_data.clone(),
            short: None,
            friend: self.friend,
            place: element.place.clone(),
        });
        if let Some(parent) = parent.and_then(|parent| self.nodes.get_mut(parent.id)) {
            parent.children.push(id);
        }
        Ok(())
    }

    fn holds(&mut self, element: &TemplateNode) -> bool {
        match &element.branch {
            Branch::Always | Branch::Else => true,
            Branch::If(condition) | Branch::ElseIf(condition) => condition.is_true(&self.scope, self.reading.diagnostics),
        }
    }

    /// The values of a loop's names, for each turn.
    fn items(&mut self, of: Value, repeat: &Repeat) -> Vec<Vec<Value>> {
        let pairs = repeat.names.len() == 2;
        let spread = |item: &Value| match item {
            Value::List(items) if pairs => items.to_vec(),
            item => vec![item.clone()],
        };
        match of {
            Value::Null => Vec::new(),
            Value::List(items) => items.iter().map(spread).collect(),
            Value::Map(map) if pairs => {
                map.iter().map(|(name, value)| vec![Value::Text(name.clone()), value.clone()]).collect()
            }
            Value::Map(map) => map.keys().map(|name| vec![Value::Text(name.clone())]).collect(),
            found => {
                let message = format!("expected a list or a map in 'for', found {}", found.kind());
                self.reading.push(Diagnostic::error("bad-expression", message, repeat.of.place()));
                Vec::new()
            }
        }
    }

    fn node(&mut self, element: &'a TemplateNode, parent: Option<&Parent>) -> Result<()> {
        let id = self.nodes.len();
        if id >= self.reading.limits.template_nodes {
            let error = Error::limit("template_nodes", format_args!("{} nodes", self.reading.limits.template_nodes), "more");
            return Err(error.at(element.place.clone()));
        }
        let (scope, mut reading) = (&self.scope, self.reading.reborrow());
        let (name, class) = (element.id.text(scope, reading.diagnostics), element.class.text(scope, reading.diagnostics));
        let style = self.cascade.style(element, &name, &class, parent.map(|parent| &parent.style), scope, &mut reading);
        let content = content::resolve(&element.content, &style.normal, scope, &mut reading);
        let short = element.short.as_ref().map(|short| short.text(scope, reading.diagnostics));
        let action = element.action.as_ref().map(|action| action.text(scope, reading.diagnostics));
        let data = if element.data.is_empty() {
            self.no_data.clone()
        } else {
            element.data.iter().map(|(name, value)| (name.clone(), value.text(scope, reading.diagnostics))).collect()
        };
        let written_key = element.key.as_ref().map(|key| key.text(scope, reading.diagnostics));
        let key = written_key.and_then(|key| self.key(element, parent, &key));
        let depth = parent.map_or(0, |parent| parent.depth.saturating_add(1));
        // What was made for this node alone; what data and template have is shared with them.
        let own = |text: &Arc<str>| if Arc::strong_count(text) == 1 { text.len() as u64 } else { 0 };
        let texts =
            own(&name) + own(&class) + short.as_ref().map_or(0, own) + content.own_bytes() + action.as_ref().map_or(0, own);
        let texts = data.iter().fold(texts, |sum, (_, value)| sum + own(value) + 48);
        self.reading.spend(Stage::Scene, STEPS_PER_NODE)?;
        if !self.reading.budget.hold_more(Stage::Scene, NODE_BYTES + texts) {
            self.reading.budget.check()?;
        }
        self.nodes.push(Node {
            parent: parent.map(|parent| parent.id),
            children: Vec::new(),
            depth,
            content,
            short: short.filter(|short| !short.is_empty()),
            id: name,
            class,
            key: key.clone(),
            style: style.normal.clone(),
            active_style: style.active.clone(),
            action: action.filter(|action| !action.is_empty()),
            data,
            friend: self.friend,
            place: element.place.clone(),
        });
        if let Some(parent) = parent.and_then(|parent| self.nodes.get_mut(parent.id)) {
            parent.children.push(id);
        }
        let inherited_key = key.or_else(|| parent.and_then(|parent| parent.key.clone()));
        let rows_of = match self.nodes.get(id).map(|node| &node.content) {
            Some(Content::ScrollView { y: Some(false), .. }) => None,
            Some(Content::ScrollView { scrolling, .. }) => Some((id, scrolling.row_height)),
            // The box in a scroll view.
            Some(Content::View) => parent.and_then(|parent| parent.rows_of.filter(|(view, _)| *view == parent.id)),
            _ => None,
        };
        let here = Parent { id, depth, key: inherited_key, style, rows_of };
        let mut chain = Chain::default();
        for child in &element.children {
            self.place(child, Some(&here), &mut chain)?;
        }
        Ok(())
    }

    /// The key with its parents'; one that is taken already is said and is none.
    fn key(&mut self, element: &TemplateNode, parent: Option<&Parent>, key: &str) -> Option<Arc<str>> {
        if key.is_empty() {
            return None;
        }
        // A unit separator (U+001F) is in no identity that a platform gives.
        let key: Arc<str> = match parent.and_then(|parent| parent.key.as_ref()) {
            Some(parent) => Arc::from(format!("{parent}\u{1f}{key}")),
            None => Arc::from(key),
        };
        if self.keys.insert(key.clone()) {
            return Some(key);
        }
        let shown = crate::grapheme::prefix_bytes(&key, 80);
        let message = format!("expected each 'key' once, found '{}' again", shown.replace('\u{1f}', "/"));
        let diagnostic = Diagnostic::warning("duplicate-key", message, element.place.clone());
        self.reading.push(diagnostic.hint("write what tells the items apart, such as key=\"{{ friend.openid }}\""));
        None
    }
}
