//! `bindery call`, as a process: each folder of `tests/call` is a command line, what a service answers to it, and what a
//! person is then told, with which exit code.

#[test]
fn every_outcome_says_what_to_do() {
    bindery_tests::line::cases(env!("CARGO_BIN_EXE_bindery-under-test"), "call", 25);
}
