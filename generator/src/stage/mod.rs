//! The stages of the pipeline: each a `run(input, …, &mut Diagnostics) -> output` that owns no types and imports no
//! other stage. Their order is known to [`crate::pipeline`] alone.

pub mod amend;
pub mod lower;
pub mod prove;
pub mod read;
pub mod render;
pub mod resolve;
