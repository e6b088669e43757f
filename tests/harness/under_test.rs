//! The command line, as a program of this package: only then does Cargo build it before the tests that start it.

fn main() -> std::process::ExitCode {
    bindery::cli::main()
}
