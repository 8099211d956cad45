//! `friendboard explain`.

use super::output::Stream;
use crate::error::Result;
use crate::escape::escaped;
use crate::manual::{Found, contents, entry_text, find, topic_text, topics};

/// Options of `explain`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  friendboard explain                    list the topics
  friendboard explain properties         list the properties of styles
  friendboard explain flexDirection      a property: its values, initial value and an example
  friendboard explain img float          what takes the place of what people know from elsewhere
  friendboard explain unknown-property   what a warning means")]
pub struct Arguments {
    /// A topic, or any name: a tag, an attribute, a property, a filter, a variable, a role, a key, a message's word, a member,
    /// a limit, a code, a command. Without one, the topics are listed
    #[arg(value_name = "NAME")]
    names: Vec<String>,
}

/// Explains names.
pub fn run(arguments: &Arguments, command_line: &clap::Command) -> Result<()> {
    let topics = topics(command_line);
    if arguments.names.is_empty() {
        return Stream::Output.text(&contents(&topics));
    }
    // Whether all of them are known is known before the first is explained.
    let found: Vec<Found> = arguments.names.iter().map(|name| find(&topics, name)).collect::<Result<_>>()?;
    let mut parts = Vec::new();
    for found in &found {
        match found {
            Found::Topic(topic) => parts.push(topic_text(topic)),
            Found::Entries(entries) => parts.extend(entries.iter().map(entry_text)),
            Found::Instead(said, entries) => {
                parts.push(format!("{}\n", escaped(said)));
                parts.extend(entries.iter().map(entry_text));
            }
        }
    }
    Stream::Output.text(&parts.join("\n"))
}
