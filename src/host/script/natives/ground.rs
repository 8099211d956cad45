//! Clock, timers, calls, console, errors, and the mathematics that must give the same bits everywhere.

use rquickjs::{Function, Object, Result};

use super::common::{Shared, costly, native};
use crate::host::script::ask::{Ask, Fault};
use crate::host::script::fault::{frames, place};

/// Bytes of one line of `console`, or of one call's arguments.
const TEXT_MAX: usize = 256 * 1024;

pub fn add(object: &Object<'_>, world: &Shared) -> Result<()> {
    native!(object, world, "now", |w| w.now);
    costly!(object, world, "console", |w, level: String, text: String| {
        let level = ["log", "info", "warn", "error", "debug"].into_iter().find(|known| *known == level).unwrap_or("log");
        let text = text.chars().take(TEXT_MAX).collect();
        w.ask(Ask::Console { level, text });
    });
    native!(object, world, "report", |w, kind: String, message: String, stack: String| {
        let kind = ["unhandled rejection", "warning"].into_iter().find(|known| *known == kind).unwrap_or("error");
        let stack = frames(&stack);
        let place = place(&stack);
        let source = super::modules::lines_around(w, place.as_ref());
        let message = message.chars().take(TEXT_MAX).collect();
        w.fault(Fault { message, kind, place, stack, source });
    });
    costly!(object, world, "timer", |w, id: u32, after: f64| w.ask(Ask::Timer { id, after }));
    native!(object, world, "clearTimer", |w, id: u32| w.ask(Ask::ClearTimer { id }));
    costly!(object, world, "frame", |w| w.ask(Ask::Frame));
    costly!(object, world, "call", |w, id: u32, name: String, arguments: String| {
        w.ask(Ask::Call { id, name, arguments });
    });
    costly!(object, world, "image", |w, id: u32, src: String| w.ask(Ask::Image { id, src: src.into() }));
    // What a function of the engine's own is about to do, which tells of nothing meanwhile.
    let account = world.borrow().account.clone();
    object.set("spend", Function::new(object.ctx().clone(), move |steps: f64| account.spend(steps.max(0.0) as u64))?)?;
    let functions: [(&str, fn(f64) -> f64); 19] = [
        ("sin", libm::sin),
        ("cos", libm::cos),
        ("tan", libm::tan),
        ("asin", libm::asin),
        ("acos", libm::acos),
        ("atan", libm::atan),
        ("sinh", libm::sinh),
        ("cosh", libm::cosh),
        ("tanh", libm::tanh),
        ("asinh", libm::asinh),
        ("acosh", libm::acosh),
        ("atanh", libm::atanh),
        ("exp", libm::exp),
        ("expm1", libm::expm1),
        ("log", libm::log),
        ("log2", libm::log2),
        ("log10", libm::log10),
        ("log1p", libm::log1p),
        ("cbrt", libm::cbrt),
    ];
    for (name, function) in functions {
        object.set(name, Function::new(object.ctx().clone(), function)?)?;
    }
    object.set("pow", Function::new(object.ctx().clone(), pow)?)?;
    object.set("atan2", Function::new(object.ctx().clone(), |y: f64, x: f64| libm::atan2(y, x))?)?;
    Ok(())
}

/// `Math.pow`, which unlike C's is not a number for 1 to the power of something infinite or no number.
fn pow(base: f64, exponent: f64) -> f64 {
    if exponent.is_nan() || (base.abs() == 1.0 && exponent.is_infinite()) { f64::NAN } else { libm::pow(base, exponent) }
}
