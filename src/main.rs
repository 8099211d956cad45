//! The `friendboard` command.

fn main() -> std::process::ExitCode {
    std::process::ExitCode::from(friendboard::cli::run())
}
