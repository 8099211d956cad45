//! What people type who come from HTML, CSS, other frameworks or the field's usual engine: what it is, and what takes its
//! place here. Tables, so that one more is one more line.

use super::property::Property;

/// A module in a game need not have them: whoever wrote its board was told by `check`, `render` and `init`.
const IS_HERE: bool = cfg!(feature = "advice");

/// Attributes by name, with what takes their place.
const ATTRIBUTES: &[(&str, &str)] = &[
    ("className", "write class=\"…\""),
    ("classname", "write class=\"…\""),
    ("onclick", "name what a tap does: action=\"…\", which the game hears as an event"),
    ("onClick", "name what a tap does: action=\"…\", which the game hears as an event"),
    ("ontap", "name what a tap does: action=\"…\", which the game hears as an event"),
    ("onTap", "name what a tap does: action=\"…\", which the game hears as an event"),
    ("bindtap", "name what a tap does: action=\"…\", which the game hears as an event"),
    ("catchtap", "name what a tap does: action=\"…\", which the game hears as an event"),
    ("href", "name what a tap does: action=\"…\", which the game hears as an event"),
    ("v-for", "write for=\"friend in friends\""),
    ("v-if", "write if=\"…\", and else=\"\" on the one after it"),
    ("v-else", "write else=\"\""),
    ("v-show", "write if=\"…\""),
    ("ng-repeat", "write for=\"friend in friends\""),
    ("source", "write src=\"…\""),
    ("url", "write src=\"…\""),
    ("text", "write value=\"…\""),
    ("content", "write value=\"…\""),
    ("label", "write value=\"…\""),
    ("title", "write value=\"…\" on a <text>"),
    ("styles", "write style=\"…\", or a class of the style sheet"),
    ("ref", "write id=\"…\""),
    ("name", "write id=\"…\""),
    ("scroll-y", "write scrollY=\"true\""),
    ("scroll-x", "write scrollX=\"true\""),
    ("mode", "set objectFit in the style: cover, contain, fill"),
];

/// Tags by name, with what takes their place.
const TAGS: &[(&str, &str)] = &[
    ("div", "write <view>"),
    ("section", "write <view>"),
    ("header", "write <view>"),
    ("footer", "write <view>"),
    ("main", "write <view>"),
    ("body", "write <view>"),
    ("block", "write <view>"),
    ("ul", "write <view>"),
    ("ol", "write <view>"),
    ("li", "write <view for=\"… in …\">"),
    ("table", "rows are <view>s with flexDirection: row"),
    ("tr", "a row is a <view> with flexDirection: row"),
    ("td", "write <view>"),
    ("template", "write <view>: a template is one file"),
    ("img", "write <image src=\"…\"/>"),
    ("icon", "write <image src=\"…\"/>"),
    ("span", "write <text value=\"…\"/>, or spans in a <richtext>"),
    ("p", "write <text value=\"…\"/>"),
    ("label", "write <text value=\"…\"/>"),
    ("h1", "write <text value=\"…\"/>, with fontSize and fontWeight in its style"),
    ("h2", "write <text value=\"…\"/>, with fontSize and fontWeight in its style"),
    ("h3", "write <text value=\"…\"/>, with fontSize and fontWeight in its style"),
    ("a", "write <text value=\"…\" action=\"…\"/>"),
    ("br", "break a line in the value itself, with whiteSpace: pre-line"),
    ("scroll-view", "write <scrollview scrollY=\"true\">"),
    ("scroll", "write <scrollview scrollY=\"true\">"),
    ("list", "write <scrollview scrollY=\"true\">"),
    ("style", "styles are a file of their own, JSON"),
    ("script", "a template runs nothing: data is bound by {{ }}"),
    ("input", "a board takes no text: the main domain can"),
    ("video", "a board draws still pictures: write <image src=\"…\"/>"),
];

/// Properties of CSS that there are not, with what takes their place.
const PROPERTIES: &[(&str, &str)] = &[
    ("textStroke", "write textStrokeWidth and textStrokeColor"),
    ("webkitTextStroke", "write textStrokeWidth and textStrokeColor"),
    ("backgroundRepeat", "write backgroundImageType: tiled"),
    ("justContent", "did you mean 'justifyContent'?"),
    ("justify", "write justifyContent"),
    ("align", "write alignItems, or textAlign for a text"),
    ("float", "write flexDirection: row on the parent"),
    ("clear", "write flexDirection: row on the parent"),
    ("font", "write fontSize, fontWeight and fontFamily"),
    ("transition", "a board draws what is; only scrolling moves"),
    ("animation", "a board draws what is; only scrolling moves"),
    ("cursor", "there is no pointer: write action=\"…\" and the state ':active'"),
    ("backdropFilter", "write filter: blur(…) on the picture below, and backgroundColor with opacity here"),
    ("scrollY", "it is an attribute: <scrollview scrollY=\"true\">"),
    ("scrollX", "it is an attribute: <scrollview scrollX=\"true\">"),
    ("overflowX", "write overflow: hidden, or <scrollview scrollX=\"true\">"),
    ("overflowY", "write overflow: hidden, or <scrollview scrollY=\"true\">"),
    ("gridTemplateColumns", "write flexDirection: row and flexWrap: wrap"),
    ("gridGap", "write gap"),
    ("lineClamp", "write maxLines"),
    ("WebkitLineClamp", "write maxLines"),
    ("textIndent", "write padding"),
    ("outline", "write border, or boxShadow with a spread"),
    ("src", "it is an attribute: <image src=\"…\"/>"),
    ("w", "write width"),
    ("h", "write height"),
    ("bg", "write backgroundColor"),
    ("radius", "write borderRadius"),
    ("size", "write width and height, or fontSize"),
    ("zOrder", "write zIndex"),
    ("content", "write value=\"…\" on a <text>"),
];

/// Units that a length has not, with what to write.
const UNITS: &[(&str, &str)] = &[
    ("rpx", "write px: a canvas of 375 px has 2 rpx to a px"),
    ("upx", "write px: a canvas of 375 px has 2 upx to a px"),
    ("vw", "write a percentage of the parent: the root is as wide as the canvas"),
    ("vh", "write a percentage of the parent: the root is as high as the canvas"),
    ("rem", "write px"),
    ("em", "write px"),
    ("pt", "write px: 3 pt are 4 px"),
    ("ex", "write px"),
    ("cm", "write px"),
    ("mm", "write px"),
    ("dp", "write px: the canvas's dpr makes device px of it"),
];

/// Values by property (`*`: any) and text, with what to write.
const VALUES: &[(&str, &str, &str)] = &[
    ("display", "grid", "write flexDirection: row and flexWrap: wrap"),
    ("display", "block", "leave it out: a view stacks its children"),
    ("display", "inline", "write flexDirection: row on the parent, or a <richtext>"),
    ("display", "inline-block", "write flexDirection: row on the parent"),
    ("display", "inline-flex", "write alignSelf: flex-start"),
    ("position", "fixed", "write absolute, on a child of the root"),
    ("position", "sticky", "put it outside of the scrollview, above the list"),
    ("position", "static", "write relative"),
    ("overflow", "scroll", "write <scrollview scrollY=\"true\"> in the template"),
    ("overflow", "auto", "write <scrollview scrollY=\"true\"> in the template"),
    ("justifyContent", "left", "write flex-start"),
    ("justifyContent", "right", "write flex-end"),
    ("justifyContent", "middle", "write center"),
    ("alignItems", "left", "write flex-start"),
    ("alignItems", "right", "write flex-end"),
    ("alignItems", "top", "write flex-start"),
    ("alignItems", "bottom", "write flex-end"),
    ("alignItems", "middle", "write center"),
    ("flexDirection", "horizontal", "write row"),
    ("flexDirection", "vertical", "write column"),
    ("textAlign", "middle", "write center"),
    ("verticalAlign", "center", "write middle"),
    ("fontWeight", "heavy", "write 900"),
    ("fontWeight", "black", "write 900"),
    ("fontWeight", "semibold", "write 600"),
    ("fontWeight", "medium", "write 500"),
    ("fontWeight", "light", "write 300"),
    ("*", "inherit", "leave it out: texts inherit by themselves"),
    ("*", "initial", "leave it out"),
    ("*", "unset", "leave it out"),
];

fn find(table: &[(&str, &'static str)], name: &str) -> Option<&'static str> {
    if !IS_HERE {
        return None;
    }
    table.iter().find(|(known, _)| *known == name).map(|(_, hint)| *hint)
}

/// What takes an attribute's place.
pub(super) fn attribute(name: &str) -> Option<&'static str> {
    find(ATTRIBUTES, name)
}

/// What takes a tag's place.
pub(super) fn tag(name: &str) -> Option<&'static str> {
    find(TAGS, name)
}

/// What takes a property's place, spelled in camel case or with dashes.
pub(super) fn property(name: &str) -> Option<&'static str> {
    if !IS_HERE {
        return None;
    }
    let same = |known: &str| crate::json::is_same_name(known, name);
    PROPERTIES.iter().find(|(known, _)| same(known)).map(|(_, hint)| *hint)
}

/// Something that there is elsewhere and not here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foreign {
    /// What it is: `tag`, `attribute`, `property`.
    pub what: &'static str,
    /// What takes its place.
    pub instead: String,
}

/// What takes the place of a tag, an attribute or a property that people from elsewhere know; `None` for what is none of them.
#[must_use]
pub fn foreign(name: &str) -> Option<Foreign> {
    let found = [("tag", tag(name)), ("attribute", attribute(name)), ("property", self::property(name))];
    let (what, instead) = found.into_iter().find_map(|(what, instead)| Some((what, instead?)))?;
    Some(Foreign { what, instead: instead.to_owned() })
}

/// What is to be written in place of a value that a property has not.
pub(super) fn value(property: &Property, text: &str) -> Option<String> {
    if !IS_HERE {
        return None;
    }
    let text = text.trim();
    if let Some((_, _, hint)) =
        VALUES.iter().find(|(of, known, _)| (*of == "*" || *of == property.name) && known.eq_ignore_ascii_case(text))
    {
        return Some((*hint).to_owned());
    }
    if text.contains("calc(") {
        return Some("nothing is calculated here: write px or a percentage, or let flex share what is left".to_owned());
    }
    if text.contains("var(") {
        return Some("write {{ theme.NAME }} for a colour of the theme, or {{ NAME }} for a variable".to_owned());
    }
    if text.contains("!important") {
        return Some("leave !important out: the last style that names a property wins".to_owned());
    }
    if property.name.starts_with("backgroundImage") && !text.contains('(') && text.contains(['/', '.']) {
        return Some(format!("write url({})", crate::grapheme::prefix_bytes(text, 60)));
    }
    let number = |part: &str| part.trim().parse::<f32>().is_ok();
    let unit = text.split_ascii_whitespace().find_map(|part| {
        UNITS.iter().find(|(unit, _)| part.strip_suffix(unit).is_some_and(number)).map(|(_, hint)| (*hint).to_owned())
    });
    unit.or_else(|| {
        let spaced = text.strip_suffix("px").or_else(|| text.strip_suffix('%'))?;
        (spaced.ends_with(' ') && number(spaced)).then(|| format!("write it without the space: {}", text.replace(' ', "")))
    })
}

/// What a name of a style sheet is that is no name, and what takes its place.
pub(super) fn selector(name: &str) -> Option<(&'static str, String)> {
    let rest = name.trim_start_matches(['.', '#']);
    let shown = crate::grapheme::prefix_bytes(rest, 60);
    if name.starts_with('@') {
        let what = "an at-rule";
        let hint = match name.split_whitespace().next().unwrap_or(name) {
            "@media" => "write 'value if wide else value' in the style, or if=\"wide\" in the template",
            "@font-face" => "give fonts to the command line (--font) or to the game",
            "@import" => "name several style sheets: a later one wins",
            _ => "a style sheet is names and their styles",
        };
        return Some((what, hint.to_owned()));
    }
    let is_plain = |text: &str| text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    if rest.len() < name.len() && is_plain(rest) {
        return Some(("a selector", format!("write \"{shown}\": a name alone is that of a class or an id")));
    }
    if let Some((own, state)) = name.split_once(':') {
        let own = own.trim_start_matches(['.', '#']);
        let hint = if matches!(state, "active" | "hover" | "pressed") {
            format!("write \":active\" as an object inside of \"{own}\"; it holds while a finger is on it")
        } else {
            "the one state is ':active'; rows are told apart by {{ loop.index }} in their class".to_owned()
        };
        return Some(("a selector with a state", hint));
    }
    if name.contains([' ', '>', '+', '~', ',', '*', '[']) {
        return Some(("a selector", "give the box itself a class, and style that: a name is one class or id".to_owned()));
    }
    None
}

/// What a doT template has in place of this dialect's forms; `None` for what is no doT.
pub(super) fn dot(text: &str) -> Option<&'static str> {
    if !IS_HERE {
        return None;
    }
    let inside = text.trim_start().strip_prefix("{{").unwrap_or(text).trim_start();
    Some(match inside.chars().next()? {
        '=' | '!' => {
            "this is doT: write {{ friend.nickname }} for {{= it.nickname }}; the friends are `friends`, not `it.data`"
        }
        '~' => "this is doT: write for=\"friend in friends\" on the element for {{~ it.data :friend:i }}",
        '?' => "this is doT: write if=\"…\" and else=\"\" on the elements for {{? … }} and {{?? }}",
        _ => return None,
    })
}
