//! An `index.js` that draws by the engine: which template and which style it gives to it.

use std::collections::BTreeMap;

use super::js::lexer::{Placed, Token, placed, tokens};
use crate::error::{Error, ErrorKind, Place, Result};

/// A file that an index asks for, and which of its exports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// As it is written: `./render/tplfn`.
    pub file: String,
    /// The export; `None` for the module itself.
    pub export: Option<String>,
}

/// A template with its style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    pub template: Asked,
    pub style: Asked,
}

/// The pairs of an index, in the order in which they are drawn.
///
/// # Errors
/// Where it can't be read, or names no template and style.
pub fn pairs(name: &str, text: &str) -> Result<Vec<Pair>> {
    let list = placed(tokens(text, 0), name, text)?;
    let asked = asked(&list);
    let aliases = aliases(&list, &asked);
    let find = |token: &Token| match token {
        Token::Name(name) => asked.get(aliases.get(name).unwrap_or(name)),
        _ => None,
    };
    let mut pairs: Vec<Pair> = Vec::new();
    for (index, (token, ..)) in list.iter().enumerate() {
        let pair = match token {
            Token::Symbol("(") => {
                let [first, second] = arguments(&list, index);
                first.and_then(find).zip(second.and_then(find))
            }
            Token::Symbol("{") => {
                let of = |member: &str| member_value(&list, index, member).and_then(find);
                of("template").or_else(|| of("xml")).zip(of("style"))
            }
            _ => None,
        };
        if let Some((template, style)) = pair
            && template != style
        {
            let pair = Pair { template: template.clone(), style: style.clone() };
            if !pairs.contains(&pair) {
                pairs.push(pair);
            }
        }
    }
    if pairs.is_empty() {
        // By their names.
        let named = |words: &[&str]| {
            let is = |text: &str| words.iter().any(|word| text.to_ascii_lowercase().contains(word));
            asked.iter().find(|(name, asked)| is(name) || is(&asked.file)).map(|(_, asked)| asked.clone())
        };
        pairs.extend(
            named(&["tpl", "template", "xml"]).zip(named(&["style"])).map(|(template, style)| Pair { template, style }),
        );
    }
    if pairs.is_empty() {
        return Err(Error::new(
            ErrorKind::Template,
            format!("'{name}' gives no template and style of other files to the engine"),
        )
        .at(Place::document(name))
        .hint("name both: friendboard import TEMPLATE STYLE -o DIR"));
    }
    Ok(pairs)
}

/// What is asked of other files, by the names here.
fn asked(list: &[Placed]) -> BTreeMap<String, Asked> {
    let mut asked = BTreeMap::new();
    let token = |index: usize| list.get(index).map_or(&Token::End, |(token, ..)| token);
    for index in 0..list.len() {
        match token(index) {
            // `import a, { b as c } from './x'`
            Token::Name(word) if word == "import" => {
                let Some(length) = (1..64)
                    .find(|ahead| matches!(token(index + ahead), Token::Text(_) | Token::Symbol("(" | ";") | Token::End))
                else {
                    continue;
                };
                let Token::Text(file) = token(index + length) else { continue };
                let mut inside = false;
                for ahead in 1..length {
                    match token(index + ahead) {
                        Token::Symbol("{") => inside = true,
                        Token::Symbol("}") => inside = false,
                        Token::Name(name) if !matches!(&**name, "as" | "from") => {
                            let renamed = matches!(token(index + ahead + 1), Token::Name(word) if word == "as");
                            let before = |count: usize| (index + ahead).checked_sub(count).map_or(&Token::End, token);
                            let from = match (before(1), before(2)) {
                                (Token::Name(word), Token::Name(from)) if word == "as" => from,
                                _ => name,
                            };
                            if !renamed {
                                let export = (inside && from != "default").then(|| from.clone());
                                asked.insert(name.clone(), Asked { file: file.clone(), export });
                            }
                        }
                        _ => {}
                    }
                }
            }
            // `const a = require('./x')`, `const { a: b } = require('./x')`, `require('./x').default`
            Token::Name(word) if word == "require" => {
                let (Token::Symbol("("), Token::Text(file), Token::Symbol(")")) =
                    (token(index + 1), token(index + 2), token(index + 3))
                else {
                    continue;
                };
                if index < 2 || !matches!(token(index - 1), Token::Symbol("=")) {
                    continue;
                }
                match token(index - 2) {
                    Token::Name(name) => {
                        let export = match (token(index + 4), token(index + 5)) {
                            (Token::Symbol("."), Token::Name(export)) if export != "default" => Some(export.clone()),
                            _ => None,
                        };
                        asked.insert(name.clone(), Asked { file: file.clone(), export });
                    }
                    Token::Symbol("}") => {
                        let mut at = index - 3;
                        while at > 0 && !matches!(token(at), Token::Symbol("{")) {
                            if let Token::Name(name) = token(at) {
                                let is_renamed = matches!(token(at - 1), Token::Symbol(":"));
                                let from = if is_renamed { token(at - 2) } else { token(at) };
                                if let Token::Name(from) = from {
                                    asked.insert(name.clone(), Asked { file: file.clone(), export: Some(from.clone()) });
                                }
                                at -= if is_renamed { 2 } else { 0 };
                            }
                            at = at.saturating_sub(1);
                        }
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
    asked.retain(|_, asked| {
        asked.file.starts_with('.')
            || asked.file.contains('/')
            || asked.file.rsplit_once('.').is_some_and(|(_, ending)| ending == "js")
    });
    asked
}

/// Names that stand for what a name of another file gives: `const xml = template(data)`.
fn aliases(list: &[Placed], asked: &BTreeMap<String, Asked>) -> BTreeMap<String, String> {
    let mut aliases = BTreeMap::new();
    for window in list.windows(3) {
        if let [(Token::Name(name), ..), (Token::Symbol("="), ..), (Token::Name(of), ..)] = window
            && asked.contains_key(of)
            && !asked.contains_key(name)
        {
            aliases.insert(name.clone(), of.clone());
        }
    }
    aliases
}

/// The first tokens of the first two arguments behind a bracket.
fn arguments(list: &[Placed], open: usize) -> [Option<&Token>; 2] {
    let mut depth = 0_u32;
    let first = list.get(open + 1).map(|(token, ..)| token);
    for (index, (token, ..)) in list.iter().enumerate().skip(open) {
        match token {
            Token::Symbol("(" | "[" | "{") => depth += 1,
            Token::Symbol(")" | "]" | "}") => {
                depth -= 1;
                if depth == 0 {
                    break;
                }
            }
            Token::Symbol(",") if depth == 1 => return [first, list.get(index + 1).map(|(token, ..)| token)],
            _ => {}
        }
    }
    [first, None]
}

/// The first token of a member's value in a map; of `{ template }` it is the name.
fn member_value<'a>(list: &'a [Placed], open: usize, member: &str) -> Option<&'a Token> {
    let mut depth = 0_u32;
    for (index, (token, ..)) in list.iter().enumerate().skip(open) {
        match token {
            Token::Symbol("(" | "[" | "{") => depth += 1,
            Token::Symbol(")" | "]" | "}") => {
                depth -= 1;
                if depth == 0 {
                    return None;
                }
            }
            Token::Name(name) if depth == 1 && name == member => {
                return match list.get(index + 1) {
                    Some((Token::Symbol(":"), ..)) => list.get(index + 2).map(|(token, ..)| token),
                    Some((Token::Symbol("," | "}"), ..)) => Some(token),
                    _ => None,
                };
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(String, String)> {
        let said = |asked: &Asked| match &asked.export {
            Some(export) => format!("{}#{export}", asked.file),
            None => asked.file.clone(),
        };
        pairs("index.js", text).unwrap().iter().map(|pair| (said(&pair.template), said(&pair.style))).collect()
    }

    fn pair(template: &str, style: &str) -> (String, String) {
        (template.to_owned(), style.to_owned())
    }

    #[test]
    fn what_is_given_to_the_engine_is_found() {
        let commonjs = "const style = require('./render/style'); const template = require('./render/tplfn.js');\n\
                        const Layout = require('./engine').default; function draw() { Layout.init(template({ data }), style); }";
        assert_eq!(found(commonjs), [pair("./render/tplfn.js", "./render/style")]);
        let modules = "import getXML from './tpls/rank.js'; import { tips as getTips, other } from './tpls/tips.js';\n\
                       import getStyle from './styles/rank'; import tipsStyle from './styles/tips'; import Layout from './engine';\n\
                       function go(xml, style) { Layout.clear(); Layout.init(xml, style); }\n\
                       go(getXML({ data: [1, 2] }), getStyle({ width: 1 })); go(getTips({ tips }), tipsStyle());";
        assert_eq!(found(modules), [pair("./tpls/rank.js", "./styles/rank"), pair("./tpls/tips.js#tips", "./styles/tips")]);
        let aliased = "const { getTemplate: make } = require('./a'); const style = require('./b');\n\
                       const xml = make({}); draw({ template: xml, style });";
        assert_eq!(found(aliased), [pair("./a#getTemplate", "./b")]);
        assert!(pairs("index.js", "console.log(1)").is_err());
    }
}
