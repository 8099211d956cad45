//! Errors as the engine gives them, as people read them.

use rquickjs::{Ctx, Exception, Value};

/// What stands before the files of the prelude, whose frames say nothing to a script's author.
pub const OWN: &str = "friendboard:";

/// What the engine calls code that is of no file, and what people call it.
const MADE: [&str; 2] = ["<input>", "text given to new Function, eval or JSON.parse"];

/// Frames of a stack that are shown.
const FRAMES_MAX: usize = 20;

/// What was thrown: its words, and its stack as the engine writes it.
pub fn thrown<'js>(ctx: &Ctx<'js>, value: &Value<'js>) -> (String, String) {
    let Some(exception) = value.clone().into_object().and_then(Exception::from_object) else {
        let text = value.as_string().and_then(|text| text.to_string().ok());
        let text = text.or_else(|| ctx.json_stringify(value.clone()).ok().flatten().and_then(|text| text.to_string().ok()));
        drop(ctx.catch());
        return (format!("Uncaught {}", text.unwrap_or_else(|| "value".to_owned())), String::new());
    };
    let name: String = exception.as_object().get("name").unwrap_or_else(|_| "Error".to_owned());
    let message = exception.message().unwrap_or_default();
    let message = if message.is_empty() { name } else { format!("{name}: {message}") };
    (message, exception.stack().unwrap_or_default())
}

/// The frames of a stack that are of the script.
pub fn frames(stack: &str) -> Vec<String> {
    let own = |line: &&str| !line.contains(OWN) && !line.contains("(native)");
    let lines = stack.lines().map(str::trim).filter(|line| !line.is_empty()).filter(own);
    lines.take(FRAMES_MAX).map(|line| line.replace(MADE[0], MADE[1])).collect()
}

/// File, line and column of the innermost frame that is of a file.
pub fn place(frames: &[String]) -> Option<(String, u32, u32)> {
    frames.iter().filter(|frame| !frame.contains(MADE[1])).find_map(|frame| {
        let inner = frame.rsplit_once('(').map_or(frame.strip_prefix("at ")?, |(_, inner)| inner.trim_end_matches(')'));
        let (rest, column) = inner.rsplit_once(':')?;
        let (file, line) = rest.rsplit_once(':')?;
        Some((file.to_owned(), line.parse().ok()?, column.parse().ok()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_of_no_file_is_named_as_what_it_is() {
        let stack = "    at anonymous (<input>:1:9)\n    at draw (odc/index.js:12:7)\n";
        let frames = frames(stack);
        assert_eq!(
            frames.first().map(String::as_str),
            Some("at anonymous (text given to new Function, eval or JSON.parse:1:9)")
        );
        assert_eq!(place(&frames), Some(("odc/index.js".to_owned(), 12, 7)));
    }

    #[test]
    fn frames_of_the_script_are_shown() {
        let stack =
            "    at fillRect (friendboard:canvas:3:1)\n    at draw (odc/index.js:12:7)\n    at <anonymous> (odc/index.js:20)\n";
        let frames = frames(stack);
        assert_eq!(frames.len(), 2);
        assert_eq!(place(&frames), Some(("odc/index.js".to_owned(), 12, 7)));
    }
}
