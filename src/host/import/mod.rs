//! Boards of the usual layout engine, brought over: doT templates, or the functions that are made of them, and `style.js`
//! become a template and a style sheet that draw in the dialect `layout` what the engine draws.
//!
//! ```text
//! template: doT ─dot─▶ a script ─js─▶ what it says ─program─▶ pieces ─markup, tree─▶ elements ─document─▶ board.xml
//! style:    a script, run in the script host (`run`) ─style─▶ board.json
//! data:     what both are compared with (`sample`); the boxes of either (`compare`)
//! ```

mod bring;
mod calls;
mod compare;
mod document;
mod dot;
mod evaluate;
mod expression;
mod index;
mod js;
mod markup;
mod names;
mod pictures;
mod pieces;
mod program;
mod report;
mod run;
mod sample;
mod style;
mod template;
mod tree;

pub use bring::{Brought, Order, bring, orders};
pub use report::{Compared, Report};
