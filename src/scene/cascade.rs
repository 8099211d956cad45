//! Which declarations hold for a node: its tag's, its classes' in the order listed, its id's, its own.

use std::collections::HashMap;
use std::sync::Arc;

use crate::budget::{Budget, Stage};
use crate::json::Value;
use crate::limits::Limits;
use crate::reading::Reading;
use crate::style::{AlignContent, Dialect, Direction, InheritedText, Style, TransformStep};
use crate::template::declaration::Declaration;
use crate::template::expression::Scope;
use crate::template::property::Property;
use crate::template::sheet::{Rule, StyleSheet};
use crate::template::tag::Tag;
use crate::template::tree::TemplateNode;

/// The style of a node, with what its children inherit.
#[derive(Clone)]
pub(super) struct NodeStyle {
    pub normal: Arc<Style>,
    pub active: Option<Arc<Style>>,
    /// Equal for styles whose children inherit the same.
    inherited: usize,
}

/// Computes styles, each once: nodes of one element of the template with the same classes, id and inheritance share it.
pub(super) struct Cascade<'a> {
    sheet: &'a StyleSheet,
    dialect: Dialect,
    /// What a style sheet's expressions see: the data, and no loop.
    pub globals: Scope<'a>,
    limits: &'a Limits,
    known: HashMap<Key, NodeStyle>,
    /// Every distinct inheritance, numbered.
    inheritances: Vec<InheritedText>,
    button: Option<Arc<Style>>,
}

#[derive(PartialEq, Eq, Hash)]
struct Key {
    element: usize,
    class: Arc<str>,
    id: Option<Arc<str>>,
    inherited: usize,
}

/// Steps of a budget for a style, and for each declaration in it.
const STEPS_PER_STYLE: u64 = 4_000;
const STEPS_PER_DECLARATION: usize = 100;
/// What a style takes, with what is in it.
const STYLE_BYTES: u64 = size_of::<Style>() as u64 + 256;

/// How many of the last inheritances are looked through for an equal one.
const LOOK_BACK: usize = 32;

impl<'a> Cascade<'a> {
    pub fn new(sheet: &'a StyleSheet, dialect: Dialect, data: &'a Value, limits: &'a Limits, budget: Budget) -> Self {
        let inheritances = vec![InheritedText::default()];
        let globals = Scope::within(data, limits, budget);
        Self { sheet, dialect, globals, limits, known: HashMap::new(), inheritances, button: None }
    }

    pub fn style(
        &mut self,
        element: &'a TemplateNode,
        id: &Arc<str>,
        class: &Arc<str>,
        parent: Option<&NodeStyle>,
        scope: &Scope<'_>,
        reading: &mut Reading<'_>,
    ) -> NodeStyle {
        let id_rule = if id.is_empty() { None } else { self.sheet.rule(id) };
        let is_shared = element.inline.iter().all(Declaration::is_ready);
        let inherited = parent.map_or(0, |parent| parent.inherited);
        let key =
            is_shared.then(|| Key { element: element.index, class: class.clone(), id: id_rule.map(|_| id.clone()), inherited });
        if let Some(known) = key.as_ref().and_then(|key| self.known.get(key)) {
            return known.clone();
        }
        let style = self.compute(element, class, id_rule, inherited, scope, reading);
        if let Some(key) = key {
            self.known.insert(key, style.clone());
        }
        style
    }

    fn compute(
        &mut self,
        element: &TemplateNode,
        class: &str,
        id_rule: Option<&'a Rule>,
        inherited: usize,
        scope: &Scope<'_>,
        reading: &mut Reading<'_>,
    ) -> NodeStyle {
        let sheet = self.sheet;
        let rules: Vec<&Rule> = class.split_ascii_whitespace().filter_map(|name| sheet.rule(name)).chain(id_rule).collect();
        let declarations = rules.iter().map(|rule| rule.always.len() * 2 + rule.active.len()).sum::<usize>();
        let work = (class.len() + (declarations + element.inline.len()) * STEPS_PER_DECLARATION) as u64;
        // Of one that is over the budget nobody sees anything.
        if !reading.budget.spend(Stage::Scene, work + STEPS_PER_STYLE) || !reading.budget.hold_more(Stage::Scene, STYLE_BYTES) {
            return NodeStyle { normal: Arc::default(), active: None, inherited };
        }
        let mut style = if element.tag == Tag::Button { Style::clone(&self.button_style()) } else { Style::default() };
        if self.dialect == Dialect::Layout {
            style.layout.align_content = AlignContent::FlexStart;
            style.layout.pads_content = matches!(element.tag, Tag::View | Tag::ScrollView | Tag::Canvas);
        }
        if let Some(inherited) = self.inheritances.get(inherited) {
            inherit(&mut style, element.tag, inherited);
        }
        for declaration in rules.iter().flat_map(|rule| &rule.always) {
            declaration.apply(&mut style, &self.globals, reading);
        }
        for declaration in &element.inline {
            declaration.apply(&mut style, scope, reading);
        }
        style.layout.right_to_left = style.text.inherited.direction == Direction::RightToLeft;
        let pressed: Vec<&Declaration> = rules.iter().flat_map(|rule| &rule.active).collect();
        let active = if pressed.is_empty() && element.tag != Tag::Button {
            None
        } else {
            let mut active = style.clone();
            if element.tag == Tag::Button {
                active.paint.transform = pressed_button(&style);
            }
            for declaration in pressed {
                declaration.apply(&mut active, &self.globals, reading);
            }
            active.layout.right_to_left = active.text.inherited.direction == Direction::RightToLeft;
            (active != style).then(|| Arc::new(active))
        };
        let inherited = self.number(&style.text.inherited);
        NodeStyle { normal: Arc::new(style), active, inherited }
    }

    /// The number of an inheritance.
    fn number(&mut self, inherited: &InheritedText) -> usize {
        let known = self.inheritances.iter().enumerate().rev().take(LOOK_BACK).find(|(_, known)| *known == inherited);
        if let Some((index, _)) = known {
            return index;
        }
        self.inheritances.push(inherited.clone());
        self.inheritances.len() - 1
    }

    /// The usual engine's button: 300 × 60, white on green, its text in the middle.
    fn button_style(&mut self) -> Arc<Style> {
        const DEFAULTS: [(&str, &str); 9] = [
            ("width", "300"),
            ("height", "60"),
            ("lineHeight", "60"),
            ("fontSize", "30"),
            ("borderRadius", "10"),
            ("backgroundColor", "#34a123"),
            ("color", "#ffffff"),
            ("textAlign", "center"),
            ("verticalAlign", "middle"),
        ];
        let limits = self.limits;
        let make = || {
            let mut style = Style::default();
            for (name, value) in DEFAULTS {
                let property = Property::named(name);
                let read = property.and_then(|property| Some((property, property.read(&Value::from(value), limits).ok()??)));
                if let Some((property, read)) = read {
                    property.apply(&mut style, &read.value);
                }
            }
            Arc::new(style)
        };
        self.button.get_or_insert_with(make).clone()
    }
}

/// A button's own transform while it is pressed: it grows a little, besides what it is turned by already.
fn pressed_button(style: &Style) -> Arc<[TransformStep]> {
    let scale = TransformStep::Scale(1.05, 1.05);
    style.paint.transform.iter().copied().chain([scale]).collect()
}

/// What a node inherits, but for what a button sets for itself.
fn inherit(style: &mut Style, tag: Tag, inherited: &InheritedText) {
    let own = std::mem::replace(&mut style.text.inherited, inherited.clone());
    if tag == Tag::Button {
        let text = &mut style.text.inherited;
        text.color = own.color;
        text.font_size = own.font_size;
        text.line_height = own.line_height;
        text.text_align = own.text_align;
    }
}
