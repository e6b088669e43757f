//! [`crate::model::Api`] to [`crate::view::Package`]: everything that is printed gets its final spelling.

pub mod markdown;
