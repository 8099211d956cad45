//! The `friendboard` command.

fn main() -> std::process::ExitCode {
    friendboard::cli::run()
}
