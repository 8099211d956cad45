//! doT templates as the script that doT's own compiler would make of them, with where each part was.

use super::js::lexer::{Read, fault};

/// A script made of a text, and which part of it came from where.
pub struct Compiled {
    /// The body of a function of `it` that returns the markup.
    pub body: String,
    /// Bytes of the body, and of the text, in order.
    map: Vec<(usize, usize)>,
}

/// Definitions in one another.
const DEPTH_MOST: u32 = 16;

impl Compiled {
    /// The place in the text of a place in the body.
    pub fn origin(&self, offset: usize) -> usize {
        let next = self.map.partition_point(|&(made, _)| made <= offset);
        self.map.get(next.wrapping_sub(1)).map_or(0, |&(made, from)| from + (offset - made))
    }
}

/// Compiles a text that begins at `base` of its file.
///
/// # Errors
/// For a `{{` without its end, and for loops and conditions that are not closed.
pub fn compile(text: &str, base: usize) -> Read<Compiled> {
    let mut compiler = Compiler {
        definitions: Vec::new(),
        open: Vec::new(),
        count: 0,
        compiled: Compiled { body: String::new(), map: Vec::new() },
    };
    compiler.code("var out='';", base);
    compiler.part(text, base, 0)?;
    if let Some((sign, offset)) = compiler.open.pop() {
        return Err(fault(offset, format!("'{{{{{sign}' is not closed: '{{{{{sign}}}}}' was expected")));
    }
    compiler.code("return out;", base + text.len());
    Ok(compiler.compiled)
}

struct Compiler<'a> {
    definitions: Vec<(&'a str, &'a str, usize)>,
    /// `?` and `~` that are open, with where they began.
    open: Vec<(char, usize)>,
    count: u32,
    compiled: Compiled,
}

impl<'a> Compiler<'a> {
    fn code(&mut self, code: &str, from: usize) {
        self.compiled.map.push((self.compiled.body.len(), from));
        self.compiled.body.push_str(code);
    }

    fn markup(&mut self, text: &str, from: usize) {
        if text.is_empty() {
            return;
        }
        self.code("out+=", from);
        self.compiled.map.push((self.compiled.body.len() + 1, from));
        self.compiled.body.push('\'');
        for character in text.chars() {
            match character {
                '\'' | '\\' => self.compiled.body.extend(['\\', character]),
                '\n' => self.compiled.body.push_str("\\n"),
                '\r' => self.compiled.body.push_str("\\r"),
                '\u{2028}' => self.compiled.body.push_str("\\u2028"),
                '\u{2029}' => self.compiled.body.push_str("\\u2029"),
                other => self.compiled.body.push(other),
            }
        }
        self.code("';\n", from + text.len());
    }

    fn part(&mut self, text: &'a str, base: usize, depth: u32) -> Read<()> {
        if depth > DEPTH_MOST {
            return Err(fault(base, "a definition that uses itself can't be read"));
        }
        let mut at = 0;
        while let Some(found) = text[at..].find("{{") {
            let begin = at + found;
            self.markup(&text[at..begin], base + at);
            let inner = &text[begin + 2..];
            if inner.starts_with("##") {
                let end = inner.find("#}}").ok_or_else(|| fault(base + begin, "'#}}' was expected behind a definition"))?;
                let definition = &inner[2..end];
                let split = definition
                    .find([':', '='])
                    .ok_or_else(|| fault(base + begin, "a name and ':' were expected in a definition"))?;
                let name = definition[..split].trim().trim_start_matches("def.");
                self.definitions.push((name, &definition[split + 1..], base + begin + 4 + split + 1));
                at = begin + 2 + end + 3;
                continue;
            }
            let end = inner.find("}}").ok_or_else(|| fault(base + begin, "'}}' was expected behind '{{'"))?;
            // A map's bracket before the end belongs to what stands in it.
            let end = end + inner[end + 2..].bytes().take_while(|&next| next == b'}').count();
            self.tag(&inner[..end], base + begin + 2, depth)?;
            at = begin + 2 + end + 2;
        }
        self.markup(&text[at..], base + at);
        Ok(())
    }

    /// What stands between the brackets.
    fn tag(&mut self, inner: &'a str, from: usize, depth: u32) -> Read<()> {
        let (sign, rest, at) = match inner.chars().next() {
            Some('?') if inner.starts_with("??") => ("??", &inner[2..], from + 2),
            Some(sign @ ('=' | '!' | '?' | '~' | '#')) => (&inner[..sign.len_utf8()], &inner[1..], from + 1),
            _ => ("", inner, from),
        };
        let said = rest.trim();
        let at = at + (rest.len() - rest.trim_start().len());
        match sign {
            "=" | "!" => {
                self.code("out+=(", from);
                self.code(said, at);
                self.code(");\n", from);
            }
            "#" => {
                let name = said.trim_start_matches("def.");
                let found = self.definitions.iter().find(|(known, ..)| *known == name).copied();
                let (_, text, base) = found.ok_or_else(|| fault(from, format!("no definition is called '{name}'")))?;
                self.part(text, base, depth + 1)?;
            }
            "?" if said.is_empty() => self.close('?', from, "}\n")?,
            "?" => {
                self.open.push(('?', from));
                self.condition("if(", said, at);
            }
            "??" if !matches!(self.open.last(), Some(('?', _))) => {
                return Err(fault(from, "'{{??}}' stands in no '{{? … }}'"));
            }
            "??" if said.is_empty() => self.code("}else{\n", from),
            "??" => self.condition("}else if(", said, at),
            "~" if said.is_empty() => self.close('~', from, "}}\n")?,
            "~" => self.repeat(said, at, from),
            _ => {
                self.code(said, at);
                self.code("\n", from);
            }
        }
        Ok(())
    }

    fn condition(&mut self, word: &str, said: &str, at: usize) {
        self.code(word, at);
        self.code(said, at);
        self.code("){\n", at);
    }

    fn close(&mut self, sign: char, from: usize, code: &str) -> Read<()> {
        match self.open.pop() {
            Some((open, _)) if open == sign => {
                self.code(code, from);
                Ok(())
            }
            _ => Err(fault(from, format!("'{{{{{sign}}}}}' closes nothing"))),
        }
    }

    /// `list :item:index`.
    fn repeat(&mut self, said: &str, at: usize, from: usize) {
        self.open.push(('~', from));
        self.count += 1;
        let count = self.count;
        let is_name =
            |name: &str| !name.is_empty() && name.chars().all(|next| next.is_alphanumeric() || matches!(next, '_' | '$'));
        let mut names = Vec::new();
        let mut list = said;
        while let Some((before, name)) = list.rsplit_once(':')
            && is_name(name.trim())
            && names.len() < 2
        {
            names.insert(0, name.trim());
            list = before.trim_end();
        }
        let item = names.first().map_or_else(|| format!("item{count}"), |name| (*name).to_owned());
        let index = names.get(1).map_or_else(|| format!("i{count}"), |name| (*name).to_owned());
        self.code(&format!("var arr{count}="), from);
        self.code(list, at);
        self.code(
            &format!(
                ";if(arr{count}){{var {item},{index}=-1,l{count}=arr{count}.length-1;while({index}<l{count}){{{item}=arr{count}[{index}+=1];\n"
            ),
            from,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_becomes_a_function_and_keeps_its_places() {
        let text = "<view>{{~it.data :p:n}}<text value=\"{{= p.name + '}' }}\"/>{{? n > 1 }}a{{??}}b{{?}}{{~}}</view>";
        let compiled = compile(text, 0).unwrap();
        assert!(compiled.body.contains("var arr1=it.data;if(arr1){var p,n=-1,l1=arr1.length-1;while(n<l1){p=arr1[n+=1];"));
        let made = compiled.body.find("p.name").unwrap();
        assert_eq!(compiled.origin(made), text.find("p.name").unwrap());
        let shown = compile("{{##def.row:<i>{{= it.a }}</i>#}}{{#def.row}}{{#def.row}}", 0).unwrap().body;
        assert_eq!(shown.matches("it.a").count(), 2);
    }

    #[test]
    fn what_is_not_closed_is_told() {
        for text in ["{{? a }}x", "{{~it.a :b}}x", "{{= a", "{{?}}", "{{~}}", "{{??}}", "{{#def.none}}", "{{##x"] {
            assert!(compile(text, 0).is_err(), "{text}");
        }
        assert!(compile("{{##def.a:{{#def.a}}#}}{{#def.a}}", 0).is_err());
    }
}
