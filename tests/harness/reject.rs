//! What is wrong is refused, with its place and a cure: each folder of `tests/reject` holds specs that nothing is made
//! of, and `stderr.txt`, what people are told. `BINDERY_BLESS=1` rewrites that.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use bindery::diag::{Diagnostic, Diagnostics, Level, Place, Sources, human};
use bindery::pipeline;
use std::fs;
use std::path::{Path, PathBuf};

fn refused(specs: &Path) -> (Diagnostics, Sources) {
    let loaded = pipeline::load(specs);
    assert!(loaded.api.is_none() && loaded.diagnostics.has_errors(), "{} is accepted", specs.display());
    (loaded.diagnostics, loaded.sources)
}

/// A problem names a file, a line and a column in it (or is about the whole of it), and what to do.
fn is_helpful(problem: &Diagnostic, sources: &Sources) -> Result<(), String> {
    let origin = problem.origin.as_ref().ok_or_else(|| format!("has no place: {problem}"))?;
    if origin.place != Place::Whole && sources.locate(origin).is_none() {
        return Err(format!("has no line: {problem}"));
    }
    match problem.help.as_deref() {
        None | Some("") => Err(format!("does not say what to do: {problem}")),
        Some(_) => Ok(()),
    }
}

#[test]
fn every_mistake_is_refused_with_its_place_and_a_cure() {
    // Tests run in the folder of their package, so paths are the same everywhere.
    let mut cases: Vec<PathBuf> = fs::read_dir("reject").unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(cases.len() > 20);
    let mut wrong = Vec::new();
    for case in cases {
        let (problems, sources) = refused(&case.join("api-specs"));
        wrong.extend(problems.iter().filter_map(|problem| is_helpful(problem, &sources).err()));
        let told = human(&problems, &sources, false);
        let hidden = |c: char| c.is_control() && c != '\n' || ('\u{202a}'..='\u{202e}').contains(&c);
        assert!(!told.contains(hidden), "{}: {told:?}", case.display());
        let golden = case.join("stderr.txt");
        if std::env::var_os("BINDERY_BLESS").is_some() {
            fs::write(&golden, &told).unwrap();
        } else if fs::read_to_string(&golden).ok().as_ref() != Some(&told) {
            wrong.push(format!("{} differs; BINDERY_BLESS=1 accepts it:\n{told}", golden.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_too_large_or_no_text_is_not_parsed() {
    let folder = tempfile::tempdir().unwrap();
    let specs = folder.path();
    fs::create_dir(specs.join("actions")).unwrap();
    fs::write(specs.join("product.json"), r#"{"product": "Made", "version": "1"}"#).unwrap();
    let large = format!(r#"{{"action": "Send", "summary": {{"en": "{}"}}}}"#, "x".repeat(4 << 20));
    fs::write(specs.join("actions/Send.json"), large).unwrap();
    fs::write(specs.join("actions/Take.json"), b"{\"action\": \"\xff\"}").unwrap();
    let (problems, sources) = refused(specs);
    let said: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(problems.count(Level::Error), 2, "{said:?}");
    assert!(said[0].contains("bytes long; the limit is 4194304"), "{said:?}");
    assert_eq!(said[1], "is not UTF-8");
    problems.iter().for_each(|problem| is_helpful(problem, &sources).unwrap());
}
