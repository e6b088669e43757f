//! Generates the one action that this crate uses.

fn main() -> Result<(), bindery::BuildError> {
    bindery::Builder::new().specs("../../api-specs/dts/2020-01-01").action("ConfigureSynchronizationJob").compile()
}
