//! Rows that are taken along from one scene to the next.
//!
//! What a row shows follows from its item, from the globals that its expressions and its style read, and from what it inherits.
//! A scene remembers of each row what its item was made from ([`Origin`]), and of all rows together which globals were read:
//! where those are as they were, the next scene has the same nodes without a look at them. Anything that is not known to be
//! the same is made anew.

use std::ops::Range;
use std::sync::Arc;

use super::node_id::NodeId;
use crate::json::{Origin, Value};
use crate::template::expression::Scope;

/// Lists and maps of more than this are the same only where they are one.
const FEW: usize = 16;

/// How the rows of a scene came about.
#[derive(Clone, Default)]
pub(crate) struct KeptRows {
    /// In document order.
    pub(super) rows: Vec<KeptRow>,
    /// The globals that were read for rows, as they were.
    pub(super) globals: Vec<(Arc<str>, Option<Value>)>,
    /// False where something was said of the board, or read that can't be remembered: the next scene takes nothing along.
    pub(super) is_lasting: bool,
}

/// A row that can be taken along.
#[derive(Clone)]
pub(crate) struct KeptRow {
    /// The number of its element in the template, and which of its items this is.
    pub(super) place: (usize, usize),
    /// Of how many items, where the row depends on that.
    pub(super) length: Option<usize>,
    pub(super) origin: Origin,
    /// Its nodes.
    pub nodes: Range<NodeId>,
    /// The first of the same nodes in the scene before, where they were taken along.
    pub before: Option<NodeId>,
}

impl std::fmt::Debug for KeptRows {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (rows, names) = (self.rows.len(), self.globals.iter().map(|(name, _)| name).collect::<Vec<_>>());
        f.debug_struct("KeptRows").field("rows", &rows).field("globals", &names).field("is_lasting", &self.is_lasting).finish()
    }
}

/// How a scene came about makes no other scene of it.
impl PartialEq for KeptRows {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl KeptRows {
    /// The rows that were taken along from the scene before, in document order.
    pub(crate) fn taken(&self) -> impl Iterator<Item = (Range<NodeId>, NodeId)> {
        self.rows.iter().filter_map(|row| Some((row.nodes.clone(), row.before?)))
    }

    /// True where everything that rows read beside their items is as it was.
    pub(super) fn hold_in(&self, scope: &Scope<'_>) -> bool {
        let is_as_before = |(name, was): &(Arc<str>, Option<Value>)| match (was, scope.global(name)) {
            (None, None) => true,
            (Some(was), Some(is)) => is_same(was, is),
            _ => false,
        };
        self.is_lasting && self.globals.iter().all(is_as_before)
    }
}

/// True where two values are the same down to how a number is written; false where that would take long to find out.
fn is_same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Null, Value::Null) => true,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Number(a), Value::Number(b)) => a.is_written_as(b),
        (Value::Text(a), Value::Text(b)) => a == b,
        (Value::List(a), Value::List(b)) => {
            let is_short = || !a.is_later() && !b.is_later() && a.len() == b.len() && a.len() <= FEW;
            Arc::ptr_eq(a, b) || is_short() && a.iter().zip(b.iter()).all(|(a, b)| is_same(a, b))
        }
        (Value::Map(a), Value::Map(b)) => {
            let is_short = || !a.is_later() && !b.is_later() && a.len() == b.len() && a.len() <= FEW;
            let pairs = || a.iter().zip(b.iter());
            Arc::ptr_eq(a, b) || is_short() && pairs().all(|((name, a), (other, b))| name == other && is_same(a, b))
        }
        _ => false,
    }
}

/// True for a value that holds nothing but itself: what is made later holds all friends in their order.
pub(super) fn can_be_held(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => true,
        Value::List(list) => !list.is_later() && list.iter().all(can_be_held),
        Value::Map(map) => !map.is_later() && map.values().all(can_be_held),
    }
}
