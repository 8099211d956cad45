//! The command line, for a host that gives it arguments, files and streams by WASI (`assets/npm`).

use std::io::Write as _;

/// The exit status where the folder that the host named is not to be had.
const NO_FOLDER: u32 = 1;

/// Runs the command line with the host's arguments, in the folder that its variable `PWD` names; gives the exit status.
#[unsafe(no_mangle)]
pub extern "C" fn friendboard_command_line() -> u32 {
    if let Some(folder) = std::env::var_os("PWD")
        && let Err(error) = std::env::set_current_dir(&folder)
    {
        // Where this can't be said, the status says it.
        drop(writeln!(std::io::stderr(), "error: the folder '{}' can't be entered: {error}", folder.display()));
        return NO_FOLDER;
    }
    u32::from(friendboard::cli::run())
}
