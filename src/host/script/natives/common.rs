//! What the functions have in common: the world that they reach, and how they are put onto their object.

use std::cell::RefCell;
use std::rc::Rc;

use rquickjs::{Ctx, Exception};

use crate::host::script::world::World;

/// What the functions share.
pub type Shared = Rc<RefCell<World>>;

/// Puts a function that reaches the world onto an object.
macro_rules! native {
    ($object:expr, $world:expr, $name:literal, |$w:ident $(, $argument:ident: $type:ty)*| $body:expr) => {{
        let world = std::rc::Rc::clone($world);
        let function = move |$($argument: $type),*| {
            let mut guard = world.borrow_mut();
            let $w = &mut *guard;
            $body
        };
        $object.set($name, rquickjs::Function::new($object.ctx().clone(), function)?)?;
    }};
}
/// The same, of what draws: once too much was drawn it draws no more, and says so.
macro_rules! drawing {
    ($object:expr, $world:expr, $name:literal, |$w:ident $(, $argument:ident: $type:ty)*| $body:expr) => {
        native!($object, $world, $name, |$w $(, $argument: $type)*| {
            if $w.may_draw() {
                $body;
            }
            $w.stopped.is_none()
        })
    };
}
pub(super) use drawing;
pub(super) use native;

/// Throws a `RangeError`.
pub(super) fn range_error(ctx: &Ctx<'_>, message: &str) -> rquickjs::Error {
    Exception::throw_range(ctx, message)
}

/// `N` numbers of a list, 0 where there are fewer.
pub(super) fn numbers<const N: usize>(list: &[f64]) -> [f64; N] {
    std::array::from_fn(|index| list.get(index).copied().unwrap_or(0.0))
}
