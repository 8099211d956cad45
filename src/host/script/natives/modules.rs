//! Modules: finding their files, and making functions of their text.

use std::sync::Arc;

use rquickjs::context::EvalOptions;
use rquickjs::function::This;
use rquickjs::{Ctx, Function, Module, Object, Result, Value};

use super::common::{Shared, native};
use crate::host::script::package::resolve;
use crate::host::script::world::World;

/// Lines of source that are shown before and after a place.
const AROUND: u32 = 2;
/// Characters of a line that are shown.
const LINE_MAX: usize = 160;

pub fn add<'js>(object: &Object<'js>, world: &Shared) -> Result<()> {
    let ctx = object.ctx().clone();
    native!(object, world, "resolve", |w, from: String, name: String| resolve(&*w.package, &from, &name));
    native!(object, world, "source", |w, path: String| source(w, &path).map(|text| text.to_string()));
    let compiling = |ctx: Ctx<'js>, path: String, source: String| compile(&ctx, &path, &source);
    object.set("compile", Function::new(ctx.clone(), compiling)?)?;
    let evaluating = |ctx: Ctx<'js>, path: String, source: String| evaluate(&ctx, path, source);
    object.set("evaluate", Function::new(ctx, evaluating)?)?;
    Ok(())
}

/// The text of a file of the package, remembered for what is said of errors.
pub fn source(world: &mut World, path: &str) -> Option<Arc<str>> {
    if let Some(known) = world.sources.get(path) {
        return Some(Arc::clone(known));
    }
    let text: Arc<str> = Arc::from(world.package.text(path)?);
    world.sources.insert(path.to_owned(), Arc::clone(&text));
    Some(text)
}

/// The function that a `CommonJS` file is the body of. It throws the engine's `SyntaxError`.
fn compile<'js>(ctx: &Ctx<'js>, path: &str, source: &str) -> Result<Value<'js>> {
    let mut options = EvalOptions::default();
    options.strict = false;
    options.filename = Some(path.to_owned());
    // On the first line, so that lines are those of the file.
    let head = if source.starts_with("#!") { "//" } else { "" };
    let wrapped = format!("(function (require, module, exports) {{{head}{source}\n}})");
    ctx.eval_with_options(wrapped, options)
}

/// Evaluates an ES module; what it exports.
fn evaluate<'js>(ctx: &Ctx<'js>, path: String, source: String) -> Result<Value<'js>> {
    let (module, promise) = Module::declare(ctx.clone(), path, source)?.eval()?;
    // A module that awaits nothing is done here; what it threw is thrown.
    match promise.result::<Value<'js>>() {
        Some(Err(error)) => Err(error),
        _ => Ok(module.namespace()?.into_value()),
    }
}

/// The lines around a place, the place marked.
pub fn lines_around(world: &mut World, place: Option<&(String, u32, u32)>) -> Vec<String> {
    let Some((file, line, _)) = place else { return Vec::new() };
    let Some(text) = source(world, file) else { return Vec::new() };
    let first = line.saturating_sub(AROUND).max(1);
    let lines = text.lines().enumerate().skip(first as usize - 1).take((line + AROUND + 1 - first) as usize);
    lines
        .map(|(index, text)| {
            let number = index as u32 + 1;
            let mark = if number == *line { '>' } else { ' ' };
            let text: String = text.chars().take(LINE_MAX).collect();
            format!("{mark}{number:>5} | {}", text.trim_end())
        })
        .collect()
}

/// The function by which a module of the one kind asks for one of the other.
pub fn require<'js>(ctx: &Ctx<'js>, path: &str) -> Result<Value<'js>> {
    let hooks: Object<'js> = ctx.eval("globalThis[Symbol.for('friendboard.hooks')]")?;
    let load: Function<'js> = hooks.get("load")?;
    load.call((This(hooks), path))
}

/// True for the text of an ES module: what is no function's body, and has a line that imports or exports.
pub fn is_module(ctx: &Ctx<'_>, path: &str, text: &str) -> bool {
    let begins = |line: &str| {
        let line = line.trim_start();
        ["import", "export"].iter().any(|word| {
            line.strip_prefix(word)
                .is_some_and(|rest| rest.starts_with([' ', '{', '*', '"', '\'', '\t', '(']) || rest.is_empty())
        })
    };
    let statements = || text.split(['\n', '\r', ';', '}']).any(begins);
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    if ending == "json" || !statements() {
        return false;
    }
    if ending == "mjs" {
        return true;
    }
    let fails = compile(ctx, path, text).is_err();
    if fails {
        drop(ctx.catch());
    }
    fails
}
