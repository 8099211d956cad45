//! What the functions have in common: the world that they reach, and how they are put onto their object.

use std::cell::RefCell;
use std::rc::Rc;

use rquickjs::{Ctx, Exception};

use crate::host::script::world::World;

/// Steps of work of a call from the script to here.
pub(super) const CALL: u64 = 200;

/// What the functions share.
pub type Shared = Rc<RefCell<World>>;

/// Puts a function that reaches the world onto an object.
macro_rules! native {
    ($object:expr, $world:expr, $name:literal, |$w:ident $(, $argument:ident: $type:ty)*| $body:expr) => {{
        let world = std::rc::Rc::clone($world);
        let function = move |$($argument: $type),*| {
            let mut guard = world.borrow_mut();
            let $w = &mut *guard;
            $w.account.spend($crate::host::script::natives::common::CALL);
            $body
        };
        $object.set($name, rquickjs::Function::new($object.ctx().clone(), function)?)?;
    }};
}
/// The same, of what costs: false once the script is over, and it does no more then.
macro_rules! costly {
    ($object:expr, $world:expr, $name:literal, |$w:ident $(, $argument:ident: $type:ty)*| $body:expr) => {
        native!($object, $world, $name, |$w $(, $argument: $type)*| {
            if !$w.account.is_over() {
                $body;
            }
            !$w.account.is_over()
        })
    };
}
pub(super) use costly;
pub(super) use native;

/// Throws a `RangeError`.
pub(super) fn range_error(ctx: &Ctx<'_>, message: &str) -> rquickjs::Error {
    Exception::throw_range(ctx, message)
}

/// `N` numbers of a list, 0 where there are fewer.
pub(super) fn numbers<const N: usize>(list: &[f64]) -> [f64; N] {
    std::array::from_fn(|index| list.get(index).copied().unwrap_or(0.0))
}
