//! The functions under the prelude: what its JavaScript can't do itself. They take numbers and texts that the prelude has
//! checked already, and know nothing of the Web's rules for arguments.

mod common;
mod context;
mod ground;
mod images;
mod modules;
mod paths;
mod styles;

pub use common::Shared;
pub use modules::{is_module, lines_around, require, source};

use rquickjs::{Ctx, Object, Result};

/// All of the functions, on an object.
pub fn object<'js>(ctx: &Ctx<'js>, world: &Shared) -> Result<Object<'js>> {
    let object = Object::new(ctx.clone())?;
    ground::add(&object, world)?;
    modules::add(&object, world)?;
    styles::add(&object, world)?;
    paths::add(&object, world)?;
    context::add(&object, world)?;
    images::add(&object, world)?;
    Ok(object)
}
