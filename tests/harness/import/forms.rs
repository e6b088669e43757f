//! The forms in which documents can be given to the command line: whichever it is, the same specs come of them.

use bindery_tests::case::{copy, files};
use bindery_tests::line;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

const PROGRAM: &str = env!("CARGO_BIN_EXE_bindery-under-test");

/// What an import of what is named writes.
fn specs(folder: &Path, kind: &str, named: &str, stdin: &str) -> BTreeMap<String, String> {
    let specs = tempfile::tempdir_in(folder).unwrap();
    let to = specs.path().to_str().unwrap();
    let line = ["import", kind, named, "--specs", to, "--as-of", "2024-06-25", "--with-text"].map(str::to_owned);
    let ran = line::run(PROGRAM, folder, &line, &BTreeMap::new(), stdin);
    assert_eq!(ran.exit, 0, "{named}: {}", ran.stderr);
    let text = |path: &String| fs::read_to_string(specs.path().join(path)).unwrap();
    files(specs.path()).into_iter().map(|path| (path.clone(), text(&path))).collect()
}

/// Archives as they are published: with what a folder holds, and without the folder.
fn tar(folder: &Path, archive: &Path) {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let status = Command::new("tar").arg("-czf").arg(archive).arg("-C").arg(folder).args(names).status().unwrap();
    assert!(status.success(), "{}", archive.display());
}

fn zip(folder: &Path, archive: &Path) {
    let mut writer = zip::ZipWriter::new(fs::File::create(archive).unwrap());
    for path in files(folder) {
        writer.start_file(&path, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(&fs::read(folder.join(path)).unwrap()).unwrap();
    }
    writer.finish().unwrap();
}

#[test]
fn whatever_the_form_the_same_specs_come_of_it() {
    for (kind, case, glob) in [
        ("openapi-meta", "openapi-meta-rpc", "upstream/*.json"),
        ("cli-meta", "cli-meta-bilingual", "upstream/*/harbor/*.json"),
    ] {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path();
        let documents = folder.join("upstream");
        copy(&Path::new("import").join(case).join("upstream"), &documents);
        tar(&documents, &folder.join("documents.tar.gz"));
        zip(&documents, &folder.join("documents.zip"));
        let wanted = specs(folder, kind, "upstream", "");
        assert!(wanted.len() > 1 && wanted.contains_key("upstream.json"), "{:?}", wanted.keys());
        for named in [glob, "documents.tar.gz", "documents.zip"] {
            assert_eq!(specs(folder, kind, named, ""), wanted, "{named}");
        }
    }
}

/// A file can come through stdin, and so can an archive, whose bytes are no text.
#[test]
fn stdin_gives_the_same_specs_but_for_the_name_of_the_document() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    let documents = Path::new("import/openapi-meta-rpc/upstream");
    copy(documents, &folder.join("upstream"));
    let document = fs::read_to_string(documents.join("api-docs.json")).unwrap();
    let wanted = specs(folder, "openapi-meta", "upstream", "");
    let found = specs(folder, "openapi-meta", "-", &document);
    let renamed = |text: &String| text.replace("\"document\": \"stdin\"", "\"document\": \"api-docs.json\"");
    assert_eq!(found.into_iter().map(|(path, text)| (path, renamed(&text))).collect::<BTreeMap<_, _>>(), wanted);

    tar(documents, &folder.join("documents.tar.gz"));
    let to = tempfile::tempdir_in(folder).unwrap();
    let mut command = Command::new(PROGRAM);
    command.args(["import", "openapi-meta", "-", "--as-of", "2024-06-25", "--with-text", "--specs"]).arg(to.path());
    let archive = fs::File::open(folder.join("documents.tar.gz")).unwrap();
    assert!(command.stdin(archive).stdout(Stdio::null()).status().unwrap().success());
    for (path, text) in wanted {
        assert_eq!(fs::read_to_string(to.path().join(&path)).unwrap(), text, "{path}");
    }
}
