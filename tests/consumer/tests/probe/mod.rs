//! A crate of its own in a temporary folder, built where this one was, so that what it needs is built already.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

pub struct Probe(tempfile::TempDir);

/// What Cargo said: `compiler-artifact` and `compiler-message` objects.
pub struct Checked {
    pub messages: Vec<Value>,
    pub stderr: String,
}

impl Probe {
    /// With these lines of dependencies, in which `{root}` stands for the repository.
    pub fn new(dependencies: &str) -> Probe {
        let probe = Probe(tempfile::tempdir().unwrap());
        let head = "[package]\nname = \"probe\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n";
        let dependencies = dependencies.replace("{root}", root().to_str().unwrap());
        probe.write("Cargo.toml", &format!("{head}[profile.dev]\ndebug = false\n{dependencies}"));
        probe.write("Cargo.lock", &fs::read_to_string(root().join("tests/consumer/Cargo.lock")).unwrap());
        probe
    }

    pub fn path(&self, file: &str) -> PathBuf {
        self.0.path().join(file)
    }

    pub fn write(&self, file: &str, text: &str) {
        let path = self.path(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn check(&self) -> Checked {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
        let output = Command::new(env!("CARGO"))
            .args(["check", "--offline", "--keep-going", "--message-format=json", "--target-dir"])
            .arg(target)
            .current_dir(self.0.path())
            .output()
            .unwrap();
        let lines = String::from_utf8(output.stdout).unwrap();
        let messages = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        Checked { messages, stderr: String::from_utf8(output.stderr).unwrap() }
    }
}

/// The repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}
