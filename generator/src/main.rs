//! bindery
fn main(){}
