//! `bindery completions`: what a shell needs to complete a command line.

use super::report::said;
use clap::CommandFactory;
use clap_complete::{Shell, generate};
use std::process::ExitCode;

/// Print what a shell needs to complete commands, options and values
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  bindery completions bash > ~/.local/share/bash-completion/completions/bindery
  bindery completions zsh > \"${fpath[1]}/_bindery\"
  bindery completions fish > ~/.config/fish/completions/bindery.fish
  bindery completions powershell >> $PROFILE
  bindery completions elvish >> ~/.config/elvish/rc.elv")]
pub(super) struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Runs the command for the command line `C`.
pub(super) fn run<C: CommandFactory>(args: &Args) -> ExitCode {
    said(&script::<C>(args.shell))
}

fn script<C: CommandFactory>(shell: Shell) -> String {
    let mut script = Vec::new();
    generate(shell, &mut C::command(), "bindery", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Cli;
    use clap::ValueEnum;

    #[test]
    fn every_shell_learns_every_subcommand() {
        for shell in Shell::value_variants() {
            let script = script::<Cli>(*shell);
            for command in Cli::command().get_subcommands() {
                assert!(script.contains(command.get_name()), "{shell}: {}", command.get_name());
            }
        }
    }
}
