//! Credentials: every source, asked over real sockets of this machine, in a world that the test makes up. What one
//! source gives for one world is data: a file in `cases`. What takes time or several callers is code.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests may")]

mod cached;
mod cases;
mod chain;
mod secrecy;
mod server;
mod world;
