//! The command line of Bindery: [`bindery::cli`] does the work.

/// Reading prose and printing code make many small texts, on every core: the system's allocator takes a third of the time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    bindery::cli::main()
}
