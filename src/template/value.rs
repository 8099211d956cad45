//! The values that expressions work on.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::number::Number;

/// A value of data or of an expression. Cheap to clone.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// Nothing; as text it is empty, as a condition false.
    #[default]
    Null,
    /// True or false.
    Bool(bool),
    /// An exact number.
    Number(Number),
    /// Text.
    Text(Arc<str>),
    /// A list.
    List(Arc<[Value]>),
    /// Named values.
    Map(Arc<BTreeMap<Arc<str>, Value>>),
}
