//! A board: compiled once, drawn many times.

use std::sync::Arc;

use crate::error::{Diagnostics, Place, Result};
use crate::geometry::Size;
use crate::json::Value;
use crate::limits::Limits;
use crate::reading::Reading;
use crate::scene::{self, Node, RowWindows, Scene};
use crate::style::Dialect;
use crate::template::declaration::Declaration;
use crate::template::{BuiltIn, StyleSheet, Template};

/// A template with its style. Cheap to clone, and to be shared between threads.
#[derive(Clone, Debug)]
pub struct Board {
    /// Its name in messages.
    pub name: Arc<str>,
    /// By whose rules it is read: as its root's attribute `dialect` says, unless [`Board::in_dialect`] has said otherwise.
    pub dialect: Dialect,
    compiled: Arc<Compiled>,
}

#[derive(Debug)]
struct Compiled {
    template: Template,
    style: StyleSheet,
    diagnostics: Diagnostics,
}

impl Board {
    /// A built-in board.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`](crate::ErrorKind::Usage) for an unknown name; it lists the known ones.
    ///
    /// ```
    /// use friendboard::Board;
    /// assert!(Board::built_in("podium").is_ok());
    /// assert!(Board::built_in("podum").unwrap_err().to_string().contains("did you mean 'podium'?"));
    /// ```
    pub fn built_in(name: &str) -> Result<Self> {
        let board = BuiltIn::find(name)?;
        let (xml, json) = (format!("{name}.xml"), format!("{name}.json"));
        let styles: Vec<(&str, &str)> = board.styles.iter().map(|&style| (json.as_str(), style)).collect();
        Self::compile((&xml, board.template), &styles, &Limits::default())
    }

    /// A board of a game's own, from documents with their names: a template and any number of style sheets, of which a
    /// later one adds to and wins over an earlier one. What the dialect does not know is among its
    /// [diagnostics](Board::diagnostics).
    ///
    /// # Errors
    /// Where a document is not well-formed or over the limits.
    #[tracing::instrument(level = "debug", skip_all)]
    pub fn compile(template: (&str, &str), styles: &[(&str, &str)], limits: &Limits) -> Result<Self> {
        let mut diagnostics = Diagnostics::new();
        let mut style = StyleSheet::default();
        for (name, json) in styles {
            style = style.merge(StyleSheet::compile(name, json, &mut Reading::new(limits, &mut diagnostics))?);
        }
        let name = Arc::from(template.0);
        let template = Template::compile(template.0, template.1, &mut Reading::new(limits, &mut diagnostics))?;
        Ok(Self { name, dialect: template.dialect, compiled: Arc::new(Compiled { template, style, diagnostics }) })
    }

    /// The board by the rules of a dialect, whatever its document says.
    #[must_use]
    pub fn in_dialect(self, dialect: Dialect) -> Self {
        Self { dialect, ..self }
    }

    /// What is wrong with its documents; drawing says it again with every frame.
    #[must_use]
    pub fn diagnostics(&self) -> &Diagnostics {
        &self.compiled.diagnostics
    }

    /// What its documents say of a node, in the order in which it is applied: a later one wins. Each with the name that says it
    /// (`.title`; empty for the node's own `style`), the property, and where the value stands.
    ///
    /// ```
    /// use friendboard::{Board, Limits, Renderer, Request, text::Fonts};
    /// let style = r##"{"title": {"color": "#fff"}}"##;
    /// let xml = r#"<text class="title" style="margin: 4">Hi</text>"#;
    /// let board = Board::compile(("b.xml", xml), &[("b.json", style)], &Limits::default())?;
    /// let frame = Renderer::new(Fonts::bundled(), Limits::default()).begin(&board, &Request::friends("[]"))?.finish()?;
    /// let said = board.declared(&frame.prepared.scene.nodes[0]);
    /// let said: Vec<String> = said.iter().map(|(name, property, place)| format!("{name} {property} {place}")).collect();
    /// assert_eq!(said, [".title color b.json:1:21", " margin b.xml:1:36"]);
    /// # Ok::<(), friendboard::Error>(())
    /// ```
    #[must_use]
    pub fn declared(&self, node: &Node) -> Vec<(String, &'static str, Place)> {
        let Compiled { template, style, .. } = &*self.compiled;
        let of = |name: String, declaration: &Declaration| (name, declaration.property().name, declaration.place().clone());
        let classes = node.class.split_ascii_whitespace().map(|name| (format!(".{name}"), name));
        let id = Some(&*node.id).filter(|id| !id.is_empty()).map(|id| (format!("#{id}"), id));
        let mut declared = Vec::new();
        for (shown, name) in classes.chain(id) {
            let rule = style.rule(name);
            declared.extend(rule.into_iter().flat_map(|rule| &rule.always).map(|one| of(shown.clone(), one)));
        }
        if let Some(element) = template.element_at(&node.place) {
            declared.extend(element.inline.iter().map(|one| of(String::new(), one)));
        }
        declared
    }

    /// Resolves the board against its globals on a canvas of a size in px at dpr 1.
    ///
    /// # Errors
    /// Where the bound tree is over the limits.
    #[tracing::instrument(level = "debug", skip_all)]
    pub fn resolve(&self, globals: &Value, size: Size, reading: &mut Reading<'_>) -> Result<Scene> {
        self.resolve_rows(globals, size, (&RowWindows::whole(), None), reading)
    }

    /// As [`Board::resolve`], but of [long lists](crate::scene::LongList) only the rows of their windows are made; and what is
    /// as it was in a scene of this board before, where one is given, is taken along.
    ///
    /// # Errors
    /// As [`Board::resolve`].
    pub fn resolve_rows(
        &self,
        globals: &Value,
        size: Size,
        windows: (&RowWindows, Option<&Scene>),
        reading: &mut Reading<'_>,
    ) -> Result<Scene> {
        let style = (&self.compiled.style, self.dialect);
        scene::resolve_next(&self.compiled.template, style, globals, size, windows, reading)
    }

    /// True where both are one board, compiled once and read by the same rules.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.compiled, &other.compiled) && self.dialect == other.dialect
    }
}
