//! The schema of a `case.toml`: `schemars` makes it of the types that read one; what is read by a function of its own is said
//! here.

use schemars::json_schema;

use super::expect::{BoxRule, Selector};
use super::spec::{CanvasSize, Checked, Folders, State};
use crate::platform::Platform;
use crate::scene::BoardState;
use crate::share::image::ImageTemplate;

/// A schema for a type that is read by a function of its own.
macro_rules! schema_of {
    ($($type:ty: $name:literal = $schema:expr;)+) => {
        $(impl schemars::JsonSchema for $type {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                std::borrow::Cow::Borrowed($name)
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $schema
            }
        })+
    };
}

pub(crate) use schema_of;

schema_of! {
    CanvasSize: "Size" = json_schema!({ "type": "string", "pattern": "^\\d+(\\.\\d+)?x\\d+(\\.\\d+)?$", "examples": ["360x640"] });
    State: "State" = json_schema!({ "type": "string", "enum": BoardState::ALL.map(|(name, _)| name) });
    Folders: "Folders" = json_schema!({ "anyOf": [
        { "type": "string" },
        { "type": "array", "items": { "type": "string" } }
    ] });
    Checked<ImageTemplate>: "ShareImageKind" = json_schema!({ "type": "string", "enum": ImageTemplate::ALL.map(ImageTemplate::name) });
    Checked<Platform>: "AnyPlatform" = json_schema!({ "type": "string", "enum": Platform::ALL.map(Platform::name) });
    BoxRule: "BoxRule" = json_schema!({ "type": "string", "examples": ["#score.width <= 120", ".row.count == 10"] });
    Selector: "Selector" = json_schema!({ "type": "string", "examples": ["#title", ".score"] });
}
