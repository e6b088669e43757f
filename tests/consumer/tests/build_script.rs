//! When Cargo runs the build script again, and what it has to build for it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A crate of its own with specs of its own, built where this one was, so that the generator is built already.
struct Probe(tempfile::TempDir);

impl Probe {
    fn new() -> Probe {
        let probe = Probe(tempfile::tempdir().unwrap());
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap();
        let manifest = format!(
            "[package]\nname = \"probe\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n\
             [dependencies]\nbindery-runtime = {{ path = {:?} }}\n\
             [build-dependencies]\nbindery = {{ path = {:?}, default-features = false }}\n",
            root.join("runtime"),
            root.join("generator"),
        );
        probe.write("Cargo.toml", &manifest);
        probe.write("Cargo.lock", &fs::read_to_string(root.join("tests/consumer/Cargo.lock")).unwrap());
        let script = "bindery::Builder::new().specs(\"specs\").action(\"SendParcel\").compile()";
        probe.write("build.rs", &format!("fn main() -> Result<(), bindery::BuildError> {{ {script} }}"));
        probe.write("src/lib.rs", "include!(concat!(env!(\"OUT_DIR\"), \"/parcels.rs\"));");
        let specs = root.join("tests/golden/parcels/api-specs");
        for file in ["product.json", "actions/SendParcel.json"] {
            probe.write(&format!("specs/{file}"), &fs::read_to_string(specs.join(file)).unwrap());
        }
        probe
    }

    fn path(&self, file: &str) -> PathBuf {
        self.0.path().join(file)
    }

    fn write(&self, file: &str, text: &str) {
        let path = self.path(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Whether Cargo had anything to do; what went wrong if it failed.
    fn build(&self) -> Result<bool, String> {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
        let output = Command::new(env!("CARGO"))
            .args(["check", "--offline", "--message-format=json", "--target-dir"])
            .arg(target)
            .current_dir(self.0.path())
            .output()
            .unwrap();
        if !output.status.success() {
            return Err(String::from_utf8(output.stderr).unwrap());
        }
        let artifact = String::from_utf8(output.stdout)
            .unwrap()
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
            .find(|message| message["reason"] == "compiler-artifact" && message["target"]["name"] == "probe")
            .unwrap();
        Ok(!artifact["fresh"].as_bool().unwrap())
    }
}

#[test]
fn the_script_runs_when_the_specs_changed_and_only_then() {
    let probe = Probe::new();
    assert_eq!(probe.build(), Ok(true), "new");
    assert_eq!(probe.build(), Ok(false), "nothing touched");
    let (action, overlay) = ("specs/actions/SendParcel.json", "specs/overlays/SendParcel.json");
    let text = fs::read_to_string(probe.path(action)).unwrap();
    probe.write(action, &text.replace("\"example\": \"birthday\"", "\"example\": \"a birthday\""));
    assert_eq!(probe.build(), Ok(true), "an action was edited");
    assert_eq!(probe.build(), Ok(false), "nothing touched after an edit");
    probe.write(overlay, r#"{"summary": {"en": "Sends a parcel, judged."}}"#);
    assert_eq!(probe.build(), Ok(true), "the first overlay was added");
    probe.write(overlay, r#"{"sumary": {"en": "Sends a parcel."}}"#);
    let problem = probe.build().unwrap_err();
    assert!(problem.contains("specs/overlays/SendParcel.json:1:2") && problem.contains("`summary`"), "{problem}");
    fs::remove_file(probe.path(overlay)).unwrap();
    assert_eq!(probe.build(), Ok(true), "an overlay was removed");
    assert_eq!(probe.build(), Ok(false), "nothing touched at the end");
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
        "clap", "clap_complete", "indicatif", "console", "similar", "annotate_snippets", "tokio", "mio", "hyper", "http",
        "axum", "tower", "reqwest", "ureq", "rustls", "openssl", "tiny_http",
    ];
    for unwanted in unwanted {
        assert!(!built.contains(&unwanted), "{unwanted} is built for a build script");
    }
}
