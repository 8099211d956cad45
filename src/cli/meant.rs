//! Options as other programs name them: who types one is told what it is called here.

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// What an option is often called, and what may be meant by it, the likeliest first.
const OPTIONS: &[(&[&str], &[&str])] = &[
    (&["width", "height", "w", "h", "resolution", "viewport", "dimensions"], &["size", "canvas"]),
    (&["canvas", "canvas-size"], &["size", "canvas"]),
    (&["size"], &["canvas"]),
    (&["scale", "ratio", "density", "zoom", "pixel-ratio", "device-pixel-ratio", "device-scale-factor"], &["dpr"]),
    (&["lang", "language", "locales", "i18n"], &["locale"]),
    (&["dark", "light", "dark-mode", "color-scheme", "colors", "palette"], &["theme"]),
    (&["file", "input", "in", "json", "friends", "scores", "players"], &["data", "request"]),
    (&["out", "out-file", "outfile", "dest", "destination", "to", "png", "save"], &["output", "out"]),
    (&["output", "out-dir", "outdir", "dir"], &["out", "output"]),
    (&["css", "styles", "stylesheet"], &["style"]),
    (&["xml", "layout", "markup"], &["template"]),
    (&["asset", "images", "img", "root", "base", "public"], &["assets"]),
    (&["openid", "me", "user", "player", "self-openid"], &["self"]),
    (&["sort", "sort-by", "order-by"], &["order"]),
    (&["score", "score-key", "field", "kv"], &["key"]),
    (&["limits", "max"], &["limit"]),
    (&["count", "first", "head"], &["top"]),
    (&["fonts", "font-file", "font-family"], &["font"]),
    (&["no-network", "local"], &["offline"]),
    (&["port", "host", "address", "bind"], &["listen"]),
    (&["threads", "jobs", "parallel", "concurrency"], &["workers", "jobs"]),
    (&["workers"], &["jobs"]),
    (&["variable", "variables", "define", "set"], &["var"]),
];

/// The same error, with the option of the command that is meant by one it does not have.
pub fn with_what_is_meant(mut error: clap::Error, whole: &clap::Command, typed: &[String]) -> clap::Error {
    if error.kind() == ErrorKind::UnknownArgument
        && let Some(ContextValue::String(unknown)) = error.get(ContextKind::InvalidArg)
        && let Some(option) = meant(unknown, whole, typed)
    {
        error.insert(ContextKind::SuggestedArg, ContextValue::String(format!("--{option}")));
        // The parser's own usage would name the option that looks most like the one that was typed.
        let mut built = whole.clone();
        built.build();
        let usage = innermost(&built, typed).clone().render_usage();
        error.insert(ContextKind::Usage, ContextValue::StyledStr(usage));
    }
    error
}

/// The innermost command that was named.
fn innermost<'a>(whole: &'a clap::Command, typed: &[String]) -> &'a clap::Command {
    let named = typed.iter().take_while(|part| !part.starts_with('-'));
    named.fold(whole, |command, part| command.find_subcommand(part).unwrap_or(command))
}

fn meant(unknown: &str, whole: &clap::Command, typed: &[String]) -> Option<&'static str> {
    let name = unknown.trim_start_matches('-').split('=').next()?.to_ascii_lowercase().replace('_', "-");
    let command = innermost(whole, typed);
    let has = |option: &str| command.get_arguments().any(|argument| argument.get_long() == Some(option));
    let known = OPTIONS.iter().filter(|(names, _)| names.contains(&name.as_str()));
    known.flat_map(|(_, options)| options.iter().copied()).find(|option| has(option))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_another_program_calls_an_option_leads_to_ours() {
        let whole = super::super::command_line();
        let of = |line: &str| {
            let typed: Vec<String> = line.split(' ').map(str::to_owned).collect();
            meant(typed.last().unwrap(), &whole, &typed)
        };
        for (line, option) in [
            ("render --width", Some("size")),
            ("render --Device_Pixel_Ratio=2", Some("dpr")),
            ("run --size", Some("canvas")),
            ("play --output", Some("out")),
            ("render --out", Some("output")),
            ("golden run --threads", Some("jobs")),
            ("serve --port", Some("listen")),
            ("check --width", None),
            ("render --nonsense", None),
        ] {
            assert_eq!(of(line), option, "{line}");
        }
    }

    #[test]
    fn every_option_that_is_meant_is_one_of_some_command() {
        fn all<'a>(command: &'a clap::Command, into: &mut Vec<&'a str>) {
            into.extend(command.get_arguments().filter_map(clap::Arg::get_long));
            command.get_subcommands().for_each(|command| all(command, into));
        }
        let whole = super::super::command_line();
        let mut known = Vec::new();
        all(&whole, &mut known);
        for option in OPTIONS.iter().flat_map(|(_, options)| options.iter()) {
            // Those of the server are not in every build.
            assert!(known.contains(option) || (*option == "listen" && !cfg!(feature = "serve")), "{option}");
        }
    }
}
