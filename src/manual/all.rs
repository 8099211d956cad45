//! Every topic.

use super::entry::Topic;
use super::{commands, dialect, looks, members, messages, reference};

/// Every topic, in the order of the manual; the last is of the command line that is given.
#[must_use]
pub fn topics(command_line: &clap::Command) -> Vec<Topic> {
    let mut topics = named_in_documents();
    topics.push(commands::topic(command_line));
    topics
}

/// The topics of what boards, data, messages and warnings can name.
pub(super) fn named_in_documents() -> Vec<Topic> {
    let mut topics = what_is_written();
    topics.extend([
        dialect::dialects(),
        dialect::filters(),
        dialect::variables(),
        looks::theme(),
        looks::strings_topic(),
        messages::topic(),
    ]);
    topics.extend(members::topics());
    topics.extend([reference::limits(), reference::errors()]);
    topics
}

/// The topics of what a template and its style are written in.
pub(super) fn what_is_written() -> Vec<Topic> {
    vec![dialect::tags(), dialect::attributes(), dialect::properties()]
}
