//! `bindery sample`, as a process: goldens by folder. What it prints for every action is held to the rules in `vectors`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may")]

use bindery_tests::line::cases;

const PROGRAM: &str = env!("CARGO_BIN_EXE_bindery-under-test");

#[test]
fn what_is_printed() {
    cases(PROGRAM, "sample", 10);
}
