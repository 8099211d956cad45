//! A number that names a node.

/// A node's number in its [`Scene`](super::Scene): document order, the root is 0.
pub type NodeId = usize;
