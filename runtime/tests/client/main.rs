//! The client against servers that do what servers should not: real sockets, on this machine alone.
//!
//! What a server does and what must come of it is data where that fits: a file of `cases` each. The rest is beside them,
//! by what it is about.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests may")]

mod blocking;
mod cases;
mod child;
mod clocks;
mod ends;
mod fake;
mod leaks;
mod memory;
mod parallel;
mod proxies;
mod retries;
mod server;
mod setup;
mod signatures;
mod spans;
mod spending;
mod surroundings;
mod tls;
mod traces;
mod typed;
mod values;
mod world;

/// Held by tests that keep the machine busy, so that they do not slow down one another.
static ALONE: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
