//! When Cargo runs the build script again, and what it has to build for it.

mod probe;

use probe::{Probe, root};
use std::fs;
use std::process::Command;

/// A crate with specs of its own.
fn crate_with_specs() -> Probe {
    let probe = Probe::new(
        "[dependencies]\nbindery-runtime = { path = \"{root}/runtime\" }\n\
         [build-dependencies]\nbindery = { path = \"{root}/generator\", default-features = false }\n",
    );
    let script = "bindery::Builder::new().specs(\"specs\").action(\"SendParcel\").compile()";
    probe.write("build.rs", &format!("fn main() -> Result<(), bindery::BuildError> {{ {script} }}"));
    probe.write("src/lib.rs", "include!(concat!(env!(\"OUT_DIR\"), \"/parcels.rs\"));");
    let specs = root().join("tests/golden/parcels/api-specs");
    for file in ["product.json", "actions/ListParcels.json", "actions/SendParcel.json"] {
        probe.write(&format!("specs/{file}"), &fs::read_to_string(specs.join(file)).unwrap());
    }
    probe
}

#[test]
fn a_client_is_there_if_it_is_asked_for() {
    let probe = Probe::new(
        "[dependencies]\nbindery-runtime = { path = \"{root}/runtime\", features = [\"blocking\"] }\n\
         [build-dependencies]\nbindery = { path = \"{root}/generator\", default-features = false }\n",
    );
    // Everything that a client needs is locked there.
    probe.write("Cargo.lock", &fs::read_to_string(root().join("Cargo.lock")).unwrap());
    let script = "bindery::Builder::new().specs(\"specs\").client(true).blocking(true).compile()";
    probe.write("build.rs", &format!("fn main() -> Result<(), bindery::BuildError> {{ {script} }}"));
    let specs = root().join("tests/golden/obstacle/api-specs");
    let copy = |folder: &str| {
        for entry in fs::read_dir(specs.join(folder)).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_file() {
                let path = format!("specs/{folder}/{}", entry.file_name().to_str().unwrap());
                probe.write(&path, &fs::read_to_string(entry.path()).unwrap());
            }
        }
    };
    copy("");
    copy("actions");
    // In a module that nobody else sees, and used: what is not, is not complained about.
    let using = "\
        #![deny(warnings)]
        include!(concat!(env!(\"OUT_DIR\"), \"/obstacle.rs\"));
        use bindery_runtime::error::Error;
        fn main() -> Result<(), Error> {
            let request = obstacle::paged::Paged2::new();
            let client = obstacle::blocking::Client::from_env()?;
            let first: obstacle::paged::response::Paged2Response = client.paged(&request)?;
            for item in client.paged_items(&request) {
                let item: obstacle::paged::response::Item = item?;
                println!(\"{:?}\", item.kind);
            }
            println!(\"{first:?}\");
            let shared: Option<obstacle::Client> = None;
            println!(\"{shared:?}\");
            Ok(())
        }";
    probe.write("src/main.rs", using);
    assert_eq!(build(&probe), Ok(true));
}

/// Whether Cargo had anything to do; what went wrong if it failed.
fn build(probe: &Probe) -> Result<bool, String> {
    let checked = probe.check();
    let about: Vec<_> = checked.messages.iter().filter(|message| message["target"]["name"] == "probe").collect();
    match about.iter().find(|message| message["reason"] == "compiler-artifact") {
        Some(artifact) => Ok(!artifact["fresh"].as_bool().unwrap()),
        None => {
            let said: String = about.iter().filter_map(|message| message["message"]["rendered"].as_str()).collect();
            Err(said + &checked.stderr)
        }
    }
}

#[test]
fn the_script_runs_when_the_specs_changed_and_only_then() {
    let probe = crate_with_specs();
    assert_eq!(build(&probe), Ok(true), "new");
    assert_eq!(build(&probe), Ok(false), "nothing touched");
    let (action, overlay) = ("specs/actions/SendParcel.json", "specs/overlays/SendParcel.json");
    let text = fs::read_to_string(probe.path(action)).unwrap();
    probe.write(action, &text.replace("\"example\": \"birthday\"", "\"example\": \"a birthday\""));
    assert_eq!(build(&probe), Ok(true), "an action was edited");
    assert_eq!(build(&probe), Ok(false), "nothing touched after an edit");
    probe.write(overlay, r#"{"summary": {"en": "Sends a parcel, judged."}}"#);
    assert_eq!(build(&probe), Ok(true), "the first overlay was added");
    probe.write(overlay, r#"{"sumary": {"en": "Sends a parcel."}}"#);
    let problem = build(&probe).unwrap_err();
    assert!(problem.contains("specs/overlays/SendParcel.json:1:2") && problem.contains("`summary`"), "{problem}");
    fs::remove_file(probe.path(overlay)).unwrap();
    assert_eq!(build(&probe), Ok(true), "an overlay was removed");
    assert_eq!(build(&probe), Ok(false), "nothing touched at the end");
}

#[test]
fn neither_command_line_nor_server_is_built() {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--edges", "normal,build", "--prefix", "none", "--format", "{lib}"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let tree = String::from_utf8(output.stdout).unwrap();
    let built: Vec<&str> = tree.lines().map(str::trim).collect();
    for needed in ["bindery", "bindery_runtime", "handlebars"] {
        assert!(built.contains(&needed), "{needed} is missing in\n{tree}");
    }
    let unwanted = [
        "clap",
        "clap_complete",
        "indicatif",
        "console",
        "similar",
        "annotate_snippets",
        "tokio",
        "mio",
        "hyper",
        "http",
        "axum",
        "tower",
        "reqwest",
        "ureq",
        "rustls",
        "openssl",
        "tiny_http",
    ];
    for unwanted in unwanted {
        assert!(!built.contains(&unwanted), "{unwanted} is built for a build script");
    }
}
