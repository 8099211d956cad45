//! The game's package: which file a module's name means.

/// The text files of a package, by paths from its root without a slash before them.
pub trait Package {
    /// The text of a file; `None` where there is none.
    fn text(&self, path: &str) -> Option<String>;
}

/// Endings that a module's name may leave out.
const ENDINGS: [&str; 5] = ["", ".js", ".json", "/index.js", ".mjs"];
/// Folders in which packages of others stand.
const OTHERS: [&str; 2] = ["miniprogram_npm", "node_modules"];

/// The path of the file that a module means by a name; `None` where there is none.
pub fn resolve(package: &dyn Package, from: &str, name: &str) -> Option<String> {
    if name.trim_matches('/').is_empty() {
        return None;
    }
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    if let Some(rooted) = name.strip_prefix('/') {
        return found(package, &normal("", rooted)?);
    }
    if name.starts_with('.') {
        return found(package, &normal(folder, name)?);
    }
    // A bare name: what the game installed, looked for from here up to the root; else a path from the root or from here.
    let mut above = Some(folder);
    while let Some(folder) = above {
        for others in OTHERS {
            let base = if folder.is_empty() { format!("{others}/{name}") } else { format!("{folder}/{others}/{name}") };
            let main = package.text(&format!("{base}/package.json")).and_then(|text| main_of(&text));
            let main = main.and_then(|main| found(package, &normal(&base, &main)?));
            if let Some(path) = main.or_else(|| found(package, &base)) {
                return Some(path);
            }
        }
        above = match folder.rsplit_once('/') {
            Some((up, _)) => Some(up),
            None if folder.is_empty() => None,
            None => Some(""),
        };
    }
    found(package, &normal("", name)?).or_else(|| found(package, &normal(folder, name)?))
}

fn main_of(json: &str) -> Option<String> {
    let value = crate::json::Value::from_json(json, crate::json::Ceiling::data(&crate::limits::Limits::DEFAULT)).ok()?;
    value.get("main")?.as_text().map(str::to_owned)
}

fn found(package: &dyn Package, path: &str) -> Option<String> {
    ENDINGS.iter().map(|ending| format!("{path}{ending}")).find(|path| !path.is_empty() && package.text(path).is_some())
}

/// A path from a folder with its dots resolved; `None` where it leads out of the package.
fn normal(folder: &str, name: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            other => parts.push(other),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    struct Files(BTreeMap<&'static str, &'static str>);

    impl Package for Files {
        fn text(&self, path: &str) -> Option<String> {
            self.0.get(path).map(|text| (*text).to_owned())
        }
    }

    #[test]
    fn names_mean_files() {
        let files = Files(BTreeMap::from([
            ("odc/index.js", ""),
            ("odc/a.js", ""),
            ("odc/b/index.js", ""),
            ("data.json", "{}"),
            ("odc/node_modules/engine/package.json", r#"{"main": "lib/x.js"}"#),
            ("odc/node_modules/engine/lib/x.js", ""),
        ]));
        let find = |name: &str| resolve(&files, "odc/index.js", name);
        assert_eq!(find("./a").as_deref(), Some("odc/a.js"));
        assert_eq!(find("./b").as_deref(), Some("odc/b/index.js"));
        assert_eq!(find("../data").as_deref(), Some("data.json"));
        assert_eq!(find("/odc/a.js").as_deref(), Some("odc/a.js"));
        assert_eq!(find("engine").as_deref(), Some("odc/node_modules/engine/lib/x.js"));
        assert_eq!(find("odc/a").as_deref(), Some("odc/a.js"));
        assert_eq!(find("a.js").as_deref(), Some("odc/a.js"));
        for name in ["./none", "../../x", "", "/"] {
            assert_eq!(find(name), None, "{name}");
        }
    }
}
