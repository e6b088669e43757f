//! What Rust templates see.
