//! Shared by the test targets: where the project lies, how a folder of cases is read.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may")]

pub mod case;
pub mod line;
pub mod metadata;
pub mod page;
pub mod pinned;
pub mod source;
pub mod space;
pub mod stub;
