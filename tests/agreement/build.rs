//! Names the generated crate's requests for the tests, so that a new action is tried without a word here.

use std::env;
use std::fs;
use std::io;
use std::path::Path;

const CRATE: &str = "../../generated/rust/src";

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed={CRATE}");
    let mut names = Vec::new();
    for entry in fs::read_dir(CRATE)? {
        let path = entry?.path();
        if path.is_file() {
            let text = fs::read_to_string(path)?;
            let named = text.lines().filter_map(|line| line.strip_prefix("impl Request for ")?.strip_suffix(" {"));
            names.extend(named.map(str::to_owned));
        }
    }
    names.sort_unstable();
    let list = format!("macro_rules! for_each_request {{ ($do:ident) => {{ $do! {{ {} }} }} }}\n", names.join(" "));
    fs::write(Path::new(&env::var("OUT_DIR").map_err(io::Error::other)?).join("requests.rs"), list)
}
