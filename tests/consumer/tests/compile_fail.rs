//! What the compiler refuses, so that nobody has to learn it from the service: `refused/*.rs`, each beside the lines
//! that the compiler must say about it.

mod probe;

use probe::{Probe, root};
use std::fs;
use std::path::Path;

#[test]
fn slips_do_not_compile() {
    let probe = Probe::new("[dependencies]\nbindery-consumer = { path = \"{root}/tests/consumer\" }\n");
    let cases = |folder: &str| fs::read_dir(root().join("tests/consumer/tests").join(folder)).unwrap();
    let mut expected = Vec::new();
    for file in cases("refused").chain(cases("accepted")).map(|entry| entry.unwrap().path()) {
        if file.extension().is_some_and(|extension| extension == "rs") {
            let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
            probe.write(&format!("src/bin/{name}.rs"), &fs::read_to_string(&file).unwrap());
            expected.push((name, lines(&file.with_extension("stderr"))));
        }
    }
    assert!(expected.len() > 4, "{expected:?}");
    let checked = probe.check();
    for (name, lines) in expected {
        let said: String = checked
            .messages
            .iter()
            .filter(|message| message["reason"] == "compiler-message" && message["target"]["name"] == *name)
            .map(|message| message["message"]["rendered"].as_str().unwrap())
            .collect();
        let compiled =
            checked.messages.iter().any(|it| it["reason"] == "compiler-artifact" && it["target"]["name"] == *name);
        assert_eq!(compiled, lines.is_empty(), "{name}: {said}{}", checked.stderr);
        for line in lines {
            assert!(said.contains(&line), "{name}: {line:?} is not in\n{said}");
        }
    }
}

/// None for what must compile.
fn lines(file: &Path) -> Vec<String> {
    fs::read_to_string(file).unwrap_or_default().lines().map(str::to_owned).collect()
}
