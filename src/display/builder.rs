//! A draw list as it grows, with what boxes, pictures and texts read for it.

use super::list::Command;
use super::room::Fades;
use super::walk::View;
use crate::layout::Layout;
use crate::picture::Pictures;

/// What is drawn so far, and what it is drawn from.
pub struct Builder<'a> {
    pub(super) layout: &'a Layout,
    pub(super) view: &'a View,
    pub(super) pictures: &'a Pictures,
    pub(super) commands: Vec<Command>,
    pub(super) fades: Fades<'a>,
}

impl Builder<'_> {
    pub(super) fn push(&mut self, command: Command) {
        self.commands.push(command);
    }
}
