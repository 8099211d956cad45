//! Pages of what a template and its style sheet are written in.

use super::entry::{Entry, Tile, Topic};
use crate::scene::{GLOBALS, Global};
use crate::style::Dialect;
use crate::template::expression::{Filter, LoopField, Test};
use crate::template::property::{Group, Property};
use crate::template::schema::kebab_case;
use crate::template::tag::{Attribute, COMMON, Content, ROOT, Tag};

/// The page of tags.
pub(super) fn tags() -> Topic {
    let entries = Tag::all().map(|tag| {
        let (about, example) = tag.about();
        let names =
            |list: &[Attribute]| list.iter().map(|attribute| format!("`{}`", attribute.name)).collect::<Vec<_>>().join(", ");
        let content = match tag.content() {
            Content::Children => "other elements",
            Content::Text => "a text, in place of `value`",
            Content::Markup => "`<p>`, `<strong>`, `<em>`, `<br/>`, `<span style=\"…\">` and text",
            Content::Nothing => "nothing",
        };
        let entry =
            Entry::new(tag.name(), "tag", about).fact("attributes", names(tag.attributes())).fact("between its tags", content);
        let entry = entry.example(example);
        Entry { tiles: vec![Tile { caption: tag.name().to_owned(), template: example.to_owned() }], ..entry }
    });
    let common: Vec<String> = COMMON.iter().map(|attribute| format!("`{}`", attribute.name)).collect();
    Topic {
        name: "tags",
        title: "Tags",
        about: format!(
            "A template is XML with one root, which is as large as the canvas where its style says no size. Every tag takes {} \
             and `data-*` beside its own attributes; the style decides how it looks. What a tag does not know is said, and \
             the rest is drawn.",
            common.join(", ")
        ),
        entries: entries.collect(),
        is_table: false,
    }
}

/// The page of attributes.
pub(super) fn attributes() -> Topic {
    let entry = |attribute: &Attribute, of: &str| {
        Entry::new(attribute.name, format!("attribute of {of}"), attribute.about).example(attribute.example)
    };
    let mut entries: Vec<Entry> = COMMON.iter().map(|attribute| entry(attribute, "every tag")).collect();
    entries.extend(ROOT.iter().map(|attribute| entry(attribute, "the root")));
    for tag in Tag::all() {
        entries.extend(tag.attributes().iter().map(|attribute| entry(attribute, tag.name())));
    }
    let data = "A value of your own, which the event of a tap gives back under the name behind `data-`.";
    let data = Entry::new("data-*", "attribute of every tag", data).also(["data-"]);
    entries.push(data.example(r#"<view action="open" data-level="{{ friend.kv.level }}"/>"#));
    Topic {
        name: "attributes",
        title: "Attributes",
        about:
            "Values are texts; `{{ expression }}` in one is replaced by what it comes to, and a value that is one expression \
                keeps its type. Whatever the data holds stays data: a name such as `\"><view/>` is drawn as it is."
                .to_owned(),
        entries,
        is_table: false,
    }
}

/// The page of dialects.
pub(super) fn dialects() -> Topic {
    let about = |dialect: Dialect| match dialect {
        Dialect::Css => "By CSS's rules: what holds where nothing else is said.",
        Dialect::Layout => "By the rules of the field's usual layout engine: what was written for it is drawn as it was there.",
    };
    let entry = |keyword: &&str| {
        let dialect = Dialect::from_keyword(keyword)?;
        let entry = Entry::new(*keyword, "dialect", about(dialect)).example(format!("<view dialect=\"{keyword}\">…</view>"));
        let differs = |css: &str, layout: &str| (if dialect == Dialect::Css { css } else { layout }).to_owned();
        let entry = entry.fact("`alignContent` at first", differs("`stretch`", "`flex-start`"));
        let entry = entry.fact(
            "padding of a text",
            differs(
                "makes the room for its words smaller",
                "makes its box larger: words are wrapped and drawn as if there were none",
            ),
        );
        Some(
            entry.fact(
                "padding of an image",
                differs("the picture is drawn inside of it", "the picture is drawn in the whole box"),
            ),
        )
    };
    Topic {
        name: "dialects",
        title: "Dialects",
        about: "By whose rules a board is laid out: the attribute `dialect` of the root, `--dialect`, or the option of that name \
                in the game. Every tag, attribute and property is the same in both; what differs stands here. `check` says where \
                a board reads as if it were meant for the other one."
            .to_owned(),
        entries: Dialect::KEYWORDS.iter().filter_map(entry).collect(),
        is_table: false,
    }
}

/// The page of properties.
pub(super) fn properties() -> Topic {
    Topic {
        name: "properties",
        title: "Properties",
        about:
            "A style sheet is a JSON object of names, each with an object of properties; a node takes those of its classes, \
                then of its id, then its own `style`. Names are written in camelCase or as in CSS (`font-size`). Lengths are \
                numbers (px at dpr 1) or percentages. A box is a flex container whose children go down. Inside of a style, \
                `\":active\"` holds what is other while a finger is on the node. A value may be an expression: \
                `\"{{ theme.accent }}\"`.\n\nThe pictures show each value on the same small board; what differs is the line \
                below them."
                .to_owned(),
        entries: Property::all().map(property).collect(),
        is_table: false,
    }
}

fn property(property: &Property) -> Entry {
    let kebab = kebab_case(property.name);
    let also = property.aliases.iter().flat_map(|alias| [(*alias).to_owned(), kebab_case(alias)]);
    let also = (kebab != property.name).then_some(kebab).into_iter().chain(also);
    let initial = if property.initial.is_empty() { "none" } else { property.initial };
    let part = match property.group {
        Group::Inherited | Group::Text => "text, bitmaptext, button, richtext",
        Group::Layout | Group::Paint => "every box",
    };
    let (on, style, values) = property.shown;
    let written = |value: &str| if value.parse::<f64>().is_ok() { value.to_owned() } else { format!("\"{value}\"") };
    let tile = |value: &&str| {
        let own = format!("{}{}: {value}", if style.is_empty() { String::new() } else { format!("{style}; ") }, property.name);
        Tile { caption: (*value).to_owned(), template: on.template(&own) }
    };
    let example: Vec<String> = values.iter().map(|value| format!("\"{}\": {}", property.name, written(value))).collect();
    let entry = Entry::new(property.name, "property", property.doc)
        .also(also)
        .fact("values", property.grammar.describe())
        .fact("initial", format!("`{initial}`"))
        .fact("inherited", if property.group == Group::Inherited { "yes" } else { "no" })
        .fact("in `layout`", in_layout(property.name))
        .fact("of", part)
        .fact("drawn with", if style.is_empty() { String::new() } else { format!("`{style}`") })
        .example(example.join("\n"));
    Entry { tiles: values.iter().map(tile).collect(), ..entry }
}

/// What a property is in the dialect `layout`, where that is other than in `css`.
fn in_layout(name: &str) -> &'static str {
    match name {
        "alignContent" => "`flex-start` at first",
        _ if name.starts_with("padding") => "of a text or an image: makes its box larger, and the room in it no smaller",
        _ => "",
    }
}

/// The page of filters, tests and operators.
pub(super) fn filters() -> Topic {
    let shown = |expression: &str, result: &str| format!("{{{{ {expression} }}}} → {result}");
    let mut entries: Vec<Entry> = Vec::new();
    for (name, filter, parameters, required) in Filter::all() {
        // One filter under two names is one entry.
        if let Some(entry) = entries.iter_mut().find(|entry| entry.about == filter.about().0) {
            entry.also.push(name.to_owned());
            continue;
        }
        let (about, expression, result) = filter.about();
        let list: Vec<String> = parameters
            .iter()
            .enumerate()
            .map(|(index, name)| if index < required { format!("`{name}`") } else { format!("`{name}` (may be left out)") })
            .collect();
        entries.push(Entry::new(name, "filter", about).fact("arguments", list.join(", ")).example(shown(expression, result)));
    }
    let mut tests: Vec<Entry> = Vec::new();
    for (name, test) in Test::all() {
        let (about, expression, result) = test.about();
        if let Some(entry) = tests.iter_mut().find(|entry| entry.about == about) {
            entry.also.push(name.to_owned());
            continue;
        }
        tests.push(Entry::new(name, "test", about).example(shown(expression, result)));
    }
    entries.extend(tests);
    Topic {
        name: "filters",
        title: "Expressions, filters and tests",
        about: "What stands in `{{ }}`, in `for` and in `if` is one expression, in Jinja's spelling: texts `'a'`, numbers, \
                `true`, `false`, `none`, lists `[1, 2]`; paths `friend.kv.level`, `friends[0]`, `friends[-1]`, \
                `friends[3:10]`; `+ - * / // % **`; `~` joins text; `== != < <= > >= in`, `not in`, `and`, `or`, `not`; \
                `a if condition else b`.\n\nA filter is written `value | filter` or `value | filter(argument, name=argument)`, \
                a test `value is test` or `value is not test`. There are no calls. Whole numbers are exact. What can't be \
                had is nothing, with a warning."
            .to_owned(),
        entries,
        is_table: false,
    }
}

/// The page of what a template can name.
pub(super) fn variables() -> Topic {
    let mut entries = Vec::new();
    let mut known: Vec<&[Global]> = Vec::new();
    for global in GLOBALS {
        entries.push(Entry::new(global.name, "variable", global.about));
        // All friends have the same members: they are listed once.
        if global.members.is_empty() || known.iter().any(|list| std::ptr::eq(*list, global.members)) {
            continue;
        }
        known.push(global.members);
        let of = if global.name == "friends" { "friend" } else { global.name };
        for member in global.members {
            let entry = Entry::new(format!("{of}.{}", member.name), format!("member of {}", owner(of)), member.about);
            entries.push(entry.also([member.name]));
        }
    }
    for (name, field) in LoopField::NAMES {
        entries.push(Entry::new(format!("loop.{name}"), "member of loop, inside of `for`", field.about()).also([name]));
    }
    Topic {
        name: "variables",
        title: "Variables",
        about: "What an expression can name. `friends`, `self`, `podium`, `others`, `neighbours` and `next` are friends or \
                lists of them; a friend has the members that stand here as `friend.…`. A loop's own names win over these, and \
                values of the author's own (`--var NAME=VALUE`, `variables` of the options or of a message) over both."
            .to_owned(),
        entries,
        is_table: true,
    }
}

fn owner(of: &str) -> &str {
    if of == "friend" { "a friend" } else { of }
}
