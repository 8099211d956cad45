//! The draw list: the one waist. Whatever draws, draws through it; whatever shows, shows it. It carries what a 2D
//! context can do, no more. All coordinates are device px.

mod boxes;
mod build;
mod damage;
mod gradients;
mod hit;
mod images;
mod list;
mod texts;
mod walk;
mod wanted;

pub use build::build;
pub use damage::{Damage, damage};
pub use hit::hit;
pub use list::{Command, DrawList, Gradient, GradientKind, Paint, Shape};
pub use walk::View;
pub use wanted::wanted;
