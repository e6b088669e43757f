//! The client against servers that do what servers should not: real sockets, on this machine alone.
//!
//! What a server does and what must come of it is data where that fits: a file of `cases` each. The rest is beside them,
//! by what it is about.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests may")]

mod cases;
mod server;
mod world;
