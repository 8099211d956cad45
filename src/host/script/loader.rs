//! ES modules: `import` of the package's files, of either kind.

use std::fmt::Write as _;

use rquickjs::loader::{ImportAttributes, Loader, Resolver};
use rquickjs::module::Declared;
use rquickjs::{Ctx, Error, Exception, Module, Object, Result};

use super::natives::{Shared, is_module, require, source};
use super::package::resolve;

/// Finds the files that modules name.
pub struct PackageResolver(pub Shared);

impl Resolver for PackageResolver {
    fn resolve<'js>(&mut self, ctx: &Ctx<'js>, base: &str, name: &str, _: Option<ImportAttributes<'js>>) -> Result<String> {
        let world = self.0.borrow();
        resolve(&*world.package, base, name)
            .ok_or_else(|| Exception::throw_message(ctx, &format!("Cannot find module '{name}' (imported by {base})")))
    }
}

/// Reads the files.
pub struct PackageLoader(pub Shared);

impl Loader for PackageLoader {
    fn load<'js>(&mut self, ctx: &Ctx<'js>, name: &str, _: Option<ImportAttributes<'js>>) -> Result<Module<'js, Declared>> {
        let text = source(&mut self.0.borrow_mut(), name).ok_or_else(|| Error::new_loading(name))?;
        if is_module(ctx, name, &text) {
            return Module::declare(ctx.clone(), name, &*text);
        }
        // A CommonJS file or JSON: what it exports, under the names that it has then.
        let exports = require(ctx, name)?;
        let mut names = Vec::new();
        if let Some(object) = exports.as_object() {
            names.extend(Object::keys::<String>(object).flatten().filter(|name| is_identifier(name)));
        }
        let path = format!("{name:?}");
        let mut wrapper = format!(
            "const module = globalThis[Symbol.for('friendboard.hooks')].load({path});\n\
             export default (module && module.__esModule && 'default' in module ? module.default : module);\n"
        );
        for (index, name) in names.iter().enumerate() {
            let _ = writeln!(wrapper, "const export{index} = module[{name:?}]; export {{ export{index} as {name} }};");
        }
        Module::declare(ctx.clone(), name, wrapper)
    }
}

fn is_identifier(name: &str) -> bool {
    let mut characters = name.chars();
    name != "default"
        && characters.next().is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '_' | '$'))
        && characters.all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '$'))
}
