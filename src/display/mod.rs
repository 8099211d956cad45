//! The draw list: the one waist. Whatever draws, draws through it; whatever shows, shows it. It needs nothing beside
//! itself. All coordinates are device px.
//!
//! [`lower()`] turns it into [`operations`]: the same in what a 2D context has.

mod boxes;
mod build;
mod builder;
mod cut;
mod damage;
mod edges;
mod gradients;
mod hit;
mod images;
mod list;
mod lower;
pub mod operations;
mod places;
mod room;
mod rows;
mod texts;
mod walk;
mod wanted;
mod within;

pub use build::{build, build_next};
pub use cut::{Piece, Step, cut};
pub use damage::{Damage, damage, reach};
pub use hit::hit;
pub use list::{Command, DrawList, Gradient, GradientKind, Paint, Shape};
pub use lower::{lower, lower_within};
pub use places::places;
pub use room::Room;
pub use rows::rows;
pub use walk::View;
pub use wanted::{wanted, wanted_next};
