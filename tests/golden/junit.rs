//! What CI reads, held to the strictest of its schemas: `junit-10.xsd`, by which Jenkins' xUnit refuses a file.

/// An element of the schema.
struct Element {
    name: &'static str,
    /// Attributes that it must have.
    needed: &'static [&'static str],
    /// Attributes that it may have beside them.
    allowed: &'static [&'static str],
    /// What may be in it; nothing: text.
    inside: &'static [&'static str],
}

const TOLD: Element = Element { name: "", needed: &[], allowed: &["type", "message"], inside: &[] };
const SCHEMA: [Element; 6] = [
    Element {
        name: "testsuites",
        needed: &[],
        allowed: &["name", "time", "tests", "failures", "errors"],
        inside: &["testsuite"],
    },
    Element {
        name: "testsuite",
        needed: &["name", "tests", "failures", "errors"],
        allowed: &["group", "time", "skipped", "timestamp", "hostname", "id", "package", "file", "log", "url"],
        inside: &["testsuite", "properties", "testcase", "system-out", "system-err"],
    },
    Element {
        name: "testcase",
        needed: &["name"],
        allowed: &["time", "classname", "group"],
        inside: &["skipped", "error", "failure", "system-out", "system-err"],
    },
    Element { name: "failure", ..TOLD },
    Element { name: "error", ..TOLD },
    Element { name: "skipped", ..TOLD },
];

/// Fails where a file is none that the schema allows.
pub fn holds_to_schema(xml: &str) {
    let document = roxmltree::Document::parse(xml).unwrap_or_else(|error| panic!("{error}: {xml}"));
    assert!(document.root_element().has_tag_name("testsuites"), "{xml}");
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        let name = node.tag_name().name();
        let element = SCHEMA.iter().find(|element| element.name == name);
        let element = element.unwrap_or_else(|| panic!("there is no element {name}"));
        for attribute in element.needed {
            assert!(node.has_attribute(*attribute), "{name} has no {attribute}");
        }
        for attribute in node.attributes() {
            let (own, value) = (attribute.name(), attribute.value());
            assert!(element.needed.contains(&own) || element.allowed.contains(&own), "{name} may not have {own}");
            let is_figure = value.chars().all(|c| c.is_ascii_digit() || (own == "time" && c == '.'));
            let is_counted = matches!(own, "time" | "tests" | "failures" | "errors" | "skipped");
            assert!(!is_counted || (is_figure && !value.is_empty()), "{own}: {value}");
        }
        for child in node.children().filter(|child| !child.is_comment()) {
            let is_blank = child.is_text() && child.text().is_some_and(|text| text.trim().is_empty());
            let is_told = child.is_text() && element.inside.is_empty();
            assert!(is_blank || is_told || element.inside.contains(&child.tag_name().name()), "{child:?} may not be in {name}");
        }
    }
}
