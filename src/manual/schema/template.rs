//! The XML schema of templates, made of the table of tags.

use std::fmt::Write as _;

use crate::template::tag::{Attribute, COMMON, Content, ROOT, Tag};

/// The schema, XML Schema 1.0. A template names it by `xsi:noNamespaceSchemaLocation`.
///
/// What a schema of that kind can't say is left open: `data-*` beside the known attributes, and texts with expressions.
pub(super) fn xml_schema() -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" elementFormDefault=\"qualified\">\n",
    );
    documented(&mut text, 2, "A template of friendboard: one root, of any tag.");
    let elements: String = Tag::all().fold(String::new(), |mut list, tag| {
        let _ = writeln!(list, "      <xs:element ref=\"{}\"/>", tag.name());
        list
    });
    let _ = write!(text, "  <xs:group name=\"elements\">\n    <xs:choice>\n{elements}    </xs:choice>\n  </xs:group>\n");
    text.push_str("  <xs:attributeGroup name=\"common\">\n");
    for attribute in COMMON.iter().chain(&ROOT) {
        declared(&mut text, 4, attribute);
    }
    // `data-*`, and what editors write.
    text.push_str("    <xs:anyAttribute namespace=\"##any\" processContents=\"skip\"/>\n  </xs:attributeGroup>\n");
    for tag in Tag::all() {
        element(&mut text, tag);
    }
    text + "</xs:schema>\n"
}

fn element(text: &mut String, tag: Tag) {
    let _ = writeln!(text, "  <xs:element name=\"{}\">", tag.name());
    documented(text, 4, tag.about().0);
    let mixed = match tag.content() {
        Content::Text | Content::Markup => " mixed=\"true\"",
        Content::Children | Content::Nothing => "",
    };
    let _ = writeln!(text, "    <xs:complexType{mixed}>");
    match tag.content() {
        Content::Children => {
            text.push_str("      <xs:group ref=\"elements\" minOccurs=\"0\" maxOccurs=\"unbounded\"/>\n");
        }
        Content::Markup => {
            text.push_str("      <xs:sequence>\n        <xs:any minOccurs=\"0\" maxOccurs=\"unbounded\" processContents=\"skip\"/>\n      </xs:sequence>\n");
        }
        Content::Text | Content::Nothing => {}
    }
    for attribute in tag.attributes() {
        declared(text, 6, attribute);
    }
    text.push_str("      <xs:attributeGroup ref=\"common\"/>\n    </xs:complexType>\n  </xs:element>\n");
}

fn declared(text: &mut String, indent: usize, attribute: &Attribute) {
    let space = " ".repeat(indent);
    let _ = writeln!(text, "{space}<xs:attribute name=\"{}\" type=\"xs:string\">", attribute.name);
    documented(text, indent + 2, attribute.about);
    let _ = writeln!(text, "{space}</xs:attribute>");
}

fn documented(text: &mut String, indent: usize, about: &str) {
    let space = " ".repeat(indent);
    let about = about.replace('&', "&amp;").replace('<', "&lt;");
    let _ = writeln!(text, "{space}<xs:annotation><xs:documentation>{about}</xs:documentation></xs:annotation>");
}
