//! Lists the requests of the generated crate, so that none can be left out.

use std::path::PathBuf;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let library = "../../../generated/rust/src/lib.rs";
    println!("cargo::rerun-if-changed={library}");
    let library = fs::read_to_string(library)?;
    let requests = library.lines().filter_map(|line| {
        let (module, request) = line.strip_prefix("pub use self::")?.strip_suffix(';')?.split_once("::")?;
        let is_request = !["api", "client"].contains(&module) && !request.contains("::");
        is_request.then(|| format!("judge_of::<::alibabacloud_dts::{request}>(),\n"))
    });
    let list = format!("vec![{}]", requests.collect::<String>());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("requests.rs"), list)
}
