//! Credentials: every source, against local stubs.
