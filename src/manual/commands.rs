//! The page of commands.

use clap::Command;

use super::entry::{Entry, Topic};

/// The page of commands and their options.
pub(super) fn topic(command_line: &Command) -> Topic {
    let mut entries = Vec::new();
    for command in command_line.get_subcommands().filter(|command| !command.is_hide_set()) {
        entries.push(entry(command, command.get_name()));
        for below in command.get_subcommands().filter(|below| !below.is_hide_set() && below.get_name() != "help") {
            entries.push(entry(below, &format!("{} {}", command.get_name(), below.get_name())));
        }
    }
    Topic {
        name: "commands",
        title: "Commands",
        about:
            "`friendboard COMMAND --help` says the same with examples. Completions: `friendboard completions bash|zsh|fish`; \
                man pages: `friendboard man DIR`."
                .to_owned(),
        entries,
        is_table: false,
    }
}

fn entry(command: &Command, name: &str) -> Entry {
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    let entry = Entry::new(name, "command", about + ".");
    command.get_arguments().filter(|argument| !argument.is_hide_set() && argument.get_id() != "help").fold(
        entry,
        |entry, argument| {
            let names: Vec<&str> =
                argument.get_value_names().unwrap_or_default().iter().map(clap::builder::Str::as_str).collect();
            let value = format!(" {}", names.join(" "));
            let takes = argument.get_action().takes_values();
            let value = if takes { value } else { String::new() };
            let label = match (argument.get_short(), argument.get_long()) {
                (Some(short), Some(long)) => format!("-{short}, --{long}{value}"),
                (None, Some(long)) => format!("--{long}{value}"),
                _ => value.trim().to_owned(),
            };
            let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
            let defaults: Vec<String> =
                argument.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
            let default = if defaults.is_empty() || !takes { String::new() } else { format!("; {}", defaults.join(" ")) };
            entry.fact(&format!("`{label}`"), format!("{help}{default}"))
        },
    )
}
