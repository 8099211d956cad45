//! `friendboard completions`.

/// Options of `completions`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Shell {
    Bash,
    Zsh,
    Fish,
}

/// Prints the completions of a command line.
pub fn run(arguments: &Arguments, mut command_line: clap::Command) {
    let shell = match arguments.shell {
        Shell::Bash => clap_complete::Shell::Bash,
        Shell::Zsh => clap_complete::Shell::Zsh,
        Shell::Fish => clap_complete::Shell::Fish,
    };
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command_line, "friendboard", &mut script);
    // A closed pipe is no reason to fail.
    let _ = std::io::Write::write_all(&mut std::io::stdout().lock(), &script);
}
