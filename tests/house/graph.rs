//! Which file names what of which other, and where that goes in circles.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::Source;

/// Files that can all be reached from one another, and the paths by which.
#[derive(Debug)]
pub struct Circle {
    pub files: Vec<String>,
    /// From, to, and what is named where.
    pub edges: Vec<(String, String, String)>,
}

/// The files of the library as modules: `a/b.rs` and `a/b/mod.rs` are both `a::b`.
pub struct Graph {
    modules: BTreeMap<String, Module>,
}

struct Module {
    file: String,
    source: Source,
    /// What each name of a `use` stands for.
    aliases: BTreeMap<String, Vec<String>>,
}

impl Graph {
    /// Reads files by their path below `src`. Files of tests are left out.
    pub fn new(files: &[(String, String)]) -> Self {
        let is_test = |path: &str| path.ends_with("tests.rs") || path.contains("/tests/");
        let files = files.iter().filter(|(path, _)| !is_test(path) && path != "main.rs");
        let modules = files.map(|(path, text)| {
            let name = path.trim_end_matches(".rs").trim_end_matches("/mod").replace('/', "::");
            let name = if name == "lib" { String::new() } else { name };
            let source = Source::read(text);
            (name, Module { file: path.clone(), aliases: source.aliases(), source })
        });
        Self { modules: modules.collect() }
    }

    /// Every circle, the files of each in order.
    pub fn circles(&self) -> Vec<Circle> {
        let mut edges: BTreeMap<&str, BTreeMap<&str, String>> = BTreeMap::new();
        for (name, module) in &self.modules {
            for named in module.source.named.iter().filter(|named| !named.is_test && !named.is_only_passed_on) {
                let Some(to) = self.resolve(name, &named.path, named.is_glob, 0) else { continue };
                if to != module.file {
                    let what = || format!("line {}: {}", named.line, named.path.join("::"));
                    edges.entry(&module.file).or_default().entry(to).or_insert_with(what);
                }
            }
        }
        let reached: BTreeMap<&str, BTreeSet<&str>> = edges.keys().map(|file| (*file, reach(file, &edges))).collect();
        let reaches = |a: &str, b: &str| reached.get(a).is_some_and(|reached| reached.contains(b));
        let mut seen = BTreeSet::new();
        let mut circles = Vec::new();
        for file in edges.keys().filter(|file| reaches(file, file)) {
            if !seen.insert(*file) {
                continue;
            }
            let files: BTreeSet<&str> = edges.keys().copied().filter(|to| reaches(file, to) && reaches(to, file)).collect();
            seen.extend(&files);
            let inside = files.iter().flat_map(|from| edges[from].iter().map(|(to, what)| (*from, *to, what.clone())));
            let edges = inside.filter(|(_, to, _)| files.contains(to)).map(|(a, b, what)| (a.to_owned(), b.to_owned(), what));
            circles.push(Circle { edges: edges.collect(), files: files.iter().map(|file| (*file).to_owned()).collect() });
        }
        circles
    }

    /// The file that defines what a path names from a module: re-exports are followed. `None`: nothing of ours, or a module
    /// without anything in it being named.
    fn resolve(&self, from: &str, path: &[String], is_glob: bool, follows: usize) -> Option<&str> {
        if follows > 16 {
            return None;
        }
        let mut module = from.to_owned();
        let mut rest = path;
        let mut is_rooted = false;
        while let Some((first, after)) = rest.split_first() {
            match first.as_str() {
                "crate" => module.clear(),
                "super" => module = parent(&module)?.to_owned(),
                "self" => {}
                _ => break,
            }
            (rest, is_rooted) = (after, true);
        }
        if let Some(first) = rest.first()
            && !is_rooted
            && !self.knows(&module, first)
        {
            return None;
        }
        loop {
            let own = self.modules.get(&module)?;
            let Some((name, after)) = rest.split_first() else { return is_glob.then_some(own.file.as_str()) };
            let child = if module.is_empty() { name.clone() } else { format!("{module}::{name}") };
            let alias = own.aliases.get(name).cloned();
            if self.modules.contains_key(&child) && (!after.is_empty() || is_glob || alias.is_none()) {
                (module, rest) = (child, after);
                continue;
            }
            if let Some(mut path) = alias {
                path.extend_from_slice(after);
                return self.resolve(&module, &path, is_glob, follows + 1);
            }
            let globs = own.source.named.iter().filter(|named| named.is_glob && !named.is_test);
            for glob in globs.filter(|_| !own.source.defined.contains(name)) {
                let mut path = glob.path.clone();
                path.extend_from_slice(rest);
                let found = self.resolve(&module, &path, is_glob, follows + 1);
                let defines = |file: &&str| self.modules.values().any(|m| m.file == *file && m.source.defined.contains(name));
                if let Some(found) = found.filter(defines) {
                    return Some(found);
                }
            }
            return Some(&own.file);
        }
    }

    /// True where a name means something in a module by itself, not something of another crate.
    fn knows(&self, module: &str, name: &str) -> bool {
        let child = if module.is_empty() { name.to_owned() } else { format!("{module}::{name}") };
        self.modules.contains_key(&child) || self.modules.get(module).is_some_and(|own| own.aliases.contains_key(name))
    }
}

fn parent(module: &str) -> Option<&str> {
    if module.is_empty() { None } else { Some(module.rsplit_once("::").map_or("", |(parent, _)| parent)) }
}

fn reach<'a>(from: &'a str, edges: &BTreeMap<&'a str, BTreeMap<&'a str, String>>) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(file) = open.pop() {
        for to in edges.get(file).into_iter().flat_map(BTreeMap::keys) {
            if reached.insert(*to) {
                open.push(to);
            }
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;

    fn circles(files: &[(&str, &str)]) -> Vec<Vec<String>> {
        let files: Vec<(String, String)> = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        Graph::new(&files).circles().into_iter().map(|circle| circle.files).collect()
    }

    #[test]
    fn a_re_export_stands_for_the_file_that_defines() {
        let root = ("lib.rs", "pub mod room;");
        let door = ("room/mod.rs", "mod a; mod b; pub use a::A; pub use b::b;");
        let down = [root, door, ("room/a.rs", "pub struct A;"), ("room/b.rs", "use super::A; pub fn b() {}")];
        assert!(circles(&down).is_empty());
        let round = [root, door, ("room/a.rs", "pub struct A; fn f() { crate::room::b() }"), down[3]];
        assert_eq!(circles(&round), [["room/a.rs", "room/b.rs"]]);
        // A door that passes something on does not need it, unless it names it in its own code.
        let own = ("room/mod.rs", "mod a; pub use a::A; pub struct Own;");
        let a = ("room/a.rs", "use super::Own; pub struct A;");
        assert!(circles(&[root, own, a]).is_empty());
        let needs = ("room/mod.rs", "mod a; pub use a::A; pub struct Own(A);");
        assert_eq!(circles(&[root, needs, a]).len(), 1);
    }

    #[test]
    fn what_stands_at_the_door_is_the_doors() {
        let root = ("lib.rs", "mod room;");
        let a = ("room/a.rs", "use super::Own;");
        assert!(circles(&[root, ("room/mod.rs", "mod a; struct Own;"), a]).is_empty());
        let called = ("room/mod.rs", "mod a; struct Own; fn f() { a::f() }");
        assert_eq!(circles(&[root, called, a]), [["room/a.rs", "room/mod.rs"]]);
        // A module that is only brought in is no edge; what is named of it is.
        let brought = ("room/a.rs", "use crate::room; fn f() {}");
        assert!(circles(&[root, called, brought]).is_empty());
        let named = ("room/a.rs", "use crate::room; fn f() { room::Own }");
        assert_eq!(circles(&[root, called, named]).len(), 1);
    }

    #[test]
    fn tests_may_name_what_they_test() {
        let files = [
            ("lib.rs", "mod a; mod b;"),
            ("a.rs", "use crate::b::B; pub struct A; #[cfg(test)] mod tests { use super::*; }"),
            ("b.rs", "pub struct B; #[cfg(test)] mod tests { use crate::a::A; }"),
            ("a/tests.rs", "use super::*;"),
        ];
        assert!(circles(&files).is_empty());
    }
}
