//! The command line of Bindery: [`bindery::cli`] does the work.

fn main() -> std::process::ExitCode {
    bindery::cli::main()
}
