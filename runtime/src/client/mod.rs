//! The client: checks, signs, sends, repeats where that is safe, and decodes.

pub mod env;
