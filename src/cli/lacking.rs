//! Commands that this build does not have, so that who types one is told what to do.

use crate::error::{Error, ErrorKind};

/// Commands of other builds, and whether this one has them.
const COMMANDS: [(&str, bool); 5] = [
    ("serve", cfg!(feature = "serve")),
    ("sign", cfg!(feature = "serve")),
    ("batch", cfg!(feature = "batch")),
    ("run", cfg!(feature = "script")),
    ("import", cfg!(feature = "script")),
];

/// What is said where a command, or a part of one, is not in this build.
pub fn lacking(name: &str) -> Error {
    let why = if cfg!(target_os = "wasi") {
        "a WebAssembly module, which has no sockets, threads and engine for scripts"
    } else {
        "which was made without it"
    };
    Error::new(ErrorKind::Usage, format!("`friendboard {name}` is not in this build of friendboard, {why}"))
        .hint("use the native program for it: `cargo install friendboard`, or an archive of a release")
}

/// The error of a command that another build has; `None` where there is none of that name.
pub fn lacking_command(name: &str) -> Option<Error> {
    COMMANDS.iter().any(|&(command, is_here)| command == name && !is_here).then(|| lacking(name))
}
