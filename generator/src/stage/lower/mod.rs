//! [`crate::model::Api`] to [`crate::view::Package`]: everything that is printed gets its final spelling. One folder a
//! way of spelling.

pub mod markdown;
pub mod rust;
