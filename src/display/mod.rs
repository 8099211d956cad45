//! The draw list: the one waist. Whatever draws, draws through it; whatever shows, shows it. It carries what a 2D
//! context can do, no more. All coordinates are device px.

mod list;

pub use list::{Command, DrawList, Gradient, GradientKind, Paint, Shape};
