//! The pictures of a case: each combination of its sizes, device pixel ratios, themes, locales and states.

use std::path::{Path, PathBuf};

use super::spec::Spec;
use crate::geometry::Size;
use crate::scene::BoardState;

/// What a case can name its pictures by, in the order of their names.
pub const PLACEHOLDERS: [&str; 6] = ["request", "size", "dpr", "theme", "locale", "state"];

/// One picture of a case that draws a board.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// As the case names it, or the values of the axes that have several, such as `360x640-2x-dark`; empty where none has.
    pub name: String,
    /// The canvas in px at dpr 1.
    pub size: Size,
    /// Device px per px.
    pub dpr: f32,
    /// A theme by name, or a JSON file.
    pub theme: String,
    /// A locale by tag, or a JSON file.
    pub locale: String,
    /// The state; `None`: as the data says.
    pub state: Option<BoardState>,
    /// The request of a card, or to the library.
    pub request: Option<PathBuf>,
}

/// All pictures of a case, in the order of its axes.
#[must_use]
pub fn variants(spec: &Spec) -> Vec<Variant> {
    let (size, dpr) = match (&spec.share_image, &spec.card) {
        (Some(_), _) => (Size::new(500.0, 400.0), 1.0),
        (_, Some(_)) => (Size::default(), 2.0),
        _ => (Size::new(800.0, 800.0), 1.0),
    };
    let sizes = axis(&spec.sizes, size, |size| size.0, |size| format!("{}x{}", size.width, size.height));
    let dprs = axis(&spec.dprs, dpr, |dpr| *dpr, |dpr| format!("{dpr}x"));
    let themes = axis(&spec.themes, "light".to_owned(), Clone::clone, |theme| stem(theme));
    let locales = axis(&spec.locales, "en".to_owned(), Clone::clone, |locale| stem(locale));
    let states = axis(&spec.states, None, |state| Some(state.0), |state| state.map_or("", BoardState::keyword).to_owned());
    let requests = axis(requests(spec), None, |request| Some(request.clone()), |request| request_name(request.as_deref()));
    let mut variants = Vec::new();
    for size in &sizes {
        for dpr in &dprs {
            for theme in &themes {
                for locale in &locales {
                    for state in &states {
                        variants.extend(requests.iter().map(|request| Variant {
                            name: name(
                                spec.name.as_deref(),
                                [&request.name, &size.name, &dpr.name, &theme.name, &locale.name, &state.name],
                            ),
                            size: size.value,
                            dpr: dpr.value,
                            theme: theme.value.clone(),
                            locale: locale.value.clone(),
                            state: state.value,
                            request: request.value.clone(),
                        }));
                    }
                }
            }
        }
    }
    variants
}

/// The requests of a card, or those to the library.
fn requests(spec: &Spec) -> &[PathBuf] {
    match &spec.card {
        Some(card) if card.requests.is_empty() => card.request.as_slice(),
        Some(card) => &card.requests,
        None => &spec.requests,
    }
}

/// What a request is called in a picture's name: `invite` for `invite.request.json`.
fn request_name(request: Option<&Path>) -> String {
    let name = request.and_then(Path::file_name).unwrap_or_default().to_string_lossy();
    let name = name.strip_suffix(".json").unwrap_or(&name);
    stem(name.strip_suffix(".request").unwrap_or(name))
}

/// A picture's name: as the case names it, or by the axes that have several values.
fn name(pattern: Option<&str>, parts: [&Part; 6]) -> String {
    let Some(pattern) = pattern else {
        let told = parts.into_iter().filter(|part| part.is_told).map(|part| part.text.as_str());
        return told.collect::<Vec<_>>().join("-");
    };
    let fill = |name: String, (placeholder, part): (&str, &Part)| name.replace(&format!("{{{placeholder}}}"), &part.text);
    PLACEHOLDERS.into_iter().zip(parts).fold(pattern.to_owned(), fill)
}

/// A value of an axis.
struct Value<V> {
    value: V,
    name: Part,
}

/// A part of a picture's name.
struct Part {
    text: String,
    /// True where the axis has several values, which the name tells apart.
    is_told: bool,
}

/// The values of an axis, each with its part of a picture's name.
fn axis<T, V>(given: &[T], otherwise: V, value: impl Fn(&T) -> V, name: impl Fn(&V) -> String) -> Vec<Value<V>> {
    let is_told = given.len() > 1;
    let named = |value: V| Value { name: Part { text: name(&value), is_told }, value };
    if given.is_empty() { vec![named(otherwise)] } else { given.iter().map(value).map(named).collect() }
}

/// What a theme or locale is called in a picture's name: a file by its name without folder and ending.
fn stem(name: &str) -> String {
    let path = Path::new(name);
    let is_file = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    let stem = if is_file { path.file_stem().unwrap_or_default().to_string_lossy() } else { name.into() };
    stem.chars().map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '_' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(toml: &str) -> Vec<String> {
        variants(&Spec::from_toml(toml, "case.toml").unwrap()).into_iter().map(|variant| variant.name).collect()
    }

    #[test]
    fn a_picture_is_named_by_the_axes_that_have_several_values() {
        assert_eq!(names(""), [""]);
        assert_eq!(names("dprs = [2]\nthemes = ['dark']"), [""]);
        assert_eq!(names("dprs = [1, 1.5]\nthemes = ['dark']"), ["1x", "1.5x"]);
        assert_eq!(
            names("themes = ['light', 'looks/neon.json']\nlocales = ['en', 'zh-CN']"),
            ["light-en", "light-zh-CN", "neon-en", "neon-zh-CN"]
        );
        let card = "themes = ['dark', 'light']\n[card]\nplatform = 'wps'\ncall = 'x'\n";
        assert_eq!(names(&format!("{card}request = 'a.json'")), ["dark", "light"]);
        assert_eq!(
            names(&format!("{card}requests = ['../a.request.json', 'b.json']")),
            ["a-dark", "b-dark", "a-light", "b-light"]
        );
        assert_eq!(names("requests = ['requests/a.json', 'b.json']"), ["a", "b"]);
        assert_eq!(names("dprs = [1, 2]\nname = '{theme}_{dpr}.{size}'"), ["light_1x.800x800", "light_2x.800x800"]);
        assert_eq!(names("name = 'board'"), ["board"]);
        assert_eq!(names("sizes = ['360x640', '800x800']\nstates = ['ready', 'empty']").len(), 4);
    }
}
