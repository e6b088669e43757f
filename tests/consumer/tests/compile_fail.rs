//! What the compiler refuses, so that nobody learns it from the service.
//!
//! `TRYBUILD=overwrite cargo test` rewrites what the compiler says.

#[test]
fn slips_do_not_compile() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/ui/complete.rs");
    cases.compile_fail("tests/ui/missing_argument.rs");
    cases.compile_fail("tests/ui/text_for_flag.rs");
    cases.compile_fail("tests/ui/unknown_constructor.rs");
    cases.compile_fail("tests/ui/constructor_without_password.rs");
}
