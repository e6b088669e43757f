//! [`crate::model::Api`] to a view [`crate::view::Package`]: from meaning to spelling. One folder a way of spelling.

pub mod markdown;
pub mod rust;
