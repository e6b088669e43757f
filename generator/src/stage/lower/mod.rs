//! [`crate::model::Api`] to [`crate::view::Package`]: everything that is printed gets its final spelling. One folder a
//! way of spelling.

mod answer;
pub mod code;
pub mod describe;
pub mod markdown;
mod need;
mod paths;
mod reach;
mod recursion;
pub mod rust;
mod tree;
