//! A cluster in its place on a line: what runs are made of.

use super::clusters::{Cluster, Shaped};

/// A cluster on its line, or the ellipsis.
pub(super) struct Placed<'a> {
    pub cluster: &'a Cluster,
    pub from: &'a Shaped,
    /// What it says.
    pub text: &'a str,
    /// Its place in logical order.
    pub order: usize,
    pub span: u16,
    pub level: u8,
    pub advance: f32,
}
