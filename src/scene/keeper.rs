//! Notes the rows of a scene while it is made, and finds those of the scene before.

use std::ops::Range;
use std::sync::Arc;

use super::kept::{KeptRow, KeptRows, can_be_held};
use super::{NodeId, Scene};
use crate::json::Value;
use crate::template::expression::{Reads, Scope};

/// Notes the rows of a scene while it is made, and finds those of the scene before.
pub(super) struct Keeper<'a> {
    before: Option<&'a Scene>,
    rows: Vec<KeptRow>,
    /// What rows read, those that were taken along included.
    reads: Reads,
    /// What the styles of rows read. A style that several rows have is made for the first.
    styles: Reads,
}

impl<'a> Keeper<'a> {
    /// Of a scene before, whose board is the same: its rows are taken along where what they read is as it was.
    pub fn new(before: &'a Scene, scope: &Scope<'_>) -> Self {
        let before = Some(before).filter(|before| !before.kept.rows.is_empty() && before.kept.hold_in(scope));
        let known = before.map_or(&[][..], |before| &before.kept.globals);
        let globals = known.iter().map(|(name, _)| Arc::clone(name)).collect();
        Self { before, rows: Vec::new(), reads: Reads { globals, loop_fields: false }, styles: Reads::default() }
    }

    /// The nodes of the same row in the scene before.
    pub fn find(&self, place: (usize, usize), length: usize, item: &Value) -> Option<(&'a Scene, &'a KeptRow)> {
        let before = self.before?;
        let rows = &before.kept.rows;
        let row = rows.get(rows.binary_search_by_key(&place, |row| row.place).ok()?)?;
        let Value::Map(map) = item else { return None };
        let is_same = row.length.is_none_or(|known| known == length) && map.is_made_from(&row.origin);
        is_same.then_some((before, row))
    }

    /// Notes a row that was taken along; its nodes begin at another number now.
    pub fn taken(&mut self, row: &KeptRow, first: NodeId) {
        let nodes = first..first + row.nodes.len();
        self.rows.push(KeptRow { nodes, before: Some(row.nodes.start), ..row.clone() });
    }

    /// What is read from now on is a row's: by its expressions, and by its styles from the globals alone.
    pub fn begin_row(&mut self, scope: &mut Scope<'_>, styles: &mut Scope<'_>) {
        self.reads.loop_fields = false;
        scope.note_reads(std::mem::take(&mut self.reads));
        styles.note_reads(std::mem::take(&mut self.styles));
    }

    /// The row is made.
    pub fn end_row(&mut self, scope: &mut Scope<'_>, styles: &mut Scope<'_>) {
        self.reads = scope.take_reads();
        self.styles = styles.take_reads();
    }

    /// Notes the row that was made last, whose item can be told from others.
    pub fn made(&mut self, place: (usize, usize), length: usize, item: &Value, nodes: Range<NodeId>) {
        let Value::Map(map) = item else { return };
        let Some(origin) = map.origin() else { return };
        // Found by its place: each has one of its own.
        if self.rows.last().is_some_and(|last| last.place >= place) {
            return;
        }
        let length = self.reads.loop_fields.then_some(length);
        self.rows.push(KeptRow { place, length, origin, nodes, before: None });
    }

    /// What the scene remembers; `is_clean` where nothing was said of the board.
    pub fn finish(self, scope: &Scope<'_>, is_clean: bool) -> KeptRows {
        let Self { before, rows, reads, styles } = self;
        let mut globals: Vec<(Arc<str>, Option<Value>)> = Vec::with_capacity(reads.globals.len() + styles.globals.len());
        for name in reads.globals.into_iter().chain(styles.globals) {
            if !globals.iter().any(|(known, _)| *known == name) {
                let value = scope.global(&name).cloned();
                globals.push((name, value));
            }
        }
        // What was the same before need not be looked through again.
        let is_known = |(name, value): &(Arc<str>, Option<Value>)| {
            let known = before?.kept.globals.iter().find(|(known, _)| known == name)?;
            match (&known.1, value) {
                (Some(Value::Map(a)), Some(Value::Map(b))) => Arc::ptr_eq(a, b).then_some(()),
                _ => None,
            }
        };
        let is_held =
            |global: &(Arc<str>, Option<Value>)| is_known(global).is_some() || global.1.as_ref().is_none_or(can_be_held);
        let is_lasting = is_clean && globals.iter().all(is_held);
        // Which rows were taken along is of use to who lays them out, lasting or not.
        KeptRows { rows, globals: if is_lasting { globals } else { Vec::new() }, is_lasting }
    }
}
