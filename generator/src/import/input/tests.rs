//! What is taken of folders, globs and archives, and what is told about the rest. Only compiled under `#[cfg(test)]`.
#![allow(clippy::unwrap_used)]

use super::*;
use std::fs;
use std::io::Write;
use std::path::PathBuf;

const PAGE: &str = "# Page\n\n## Request parameters\n";

fn gathered(named: &[&str], kind: Kind) -> (Vec<String>, LeftOut, Vec<String>) {
    let named: Vec<String> = named.iter().map(|name| (*name).to_owned()).collect();
    let mut diagnostics = Diagnostics::new();
    let found = gather(&named, kind, &mut |_| {}, &mut diagnostics);
    let files = found.documents.iter().map(|document| document.file.to_string()).collect();
    (
        files,
        found.left_out,
        diagnostics.iter().map(|told| format!("{told} {}", told.help.as_deref().unwrap_or_default())).collect(),
    )
}

/// A folder with these files, its path, and a function that takes the path off a text.
fn folder(files: &[(&str, &[u8])]) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let path = folder.path().to_str().unwrap().to_owned();
    (folder, path)
}

fn below(root: &str, texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| text.replace(&format!("{root}/"), "")).collect()
}

/// A tar archive with these entries, whatever their names are.
fn tar(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(vec![]);
    for (name, text) in entries {
        let mut header = tar::Header::new_ustar();
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(text.len() as u64);
        header.set_cksum();
        builder.append(&header, *text).unwrap();
    }
    builder.into_inner().unwrap()
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(vec![], flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn folders_and_globs_give_the_documents_of_a_form_in_the_order_of_their_names() {
    let page = PAGE.as_bytes();
    let (_kept, root) = folder(&[
        ("b/2.md", page),
        ("b/10.md", page),
        ("a.md", page),
        ("b/x.png", b"x"),
        ("b/y.json", b"{}"),
        (".git/c.md", page),
    ]);
    let (files, left_out, told) = gathered(&[&root], Kind::Markdown);
    assert_eq!(below(&root, &files), ["a.md", "b/10.md", "b/2.md"]);
    assert_eq!(left_out.files, BTreeMap::from([("json".into(), 1), ("md".into(), 1), ("png".into(), 1)]));
    assert_eq!(told, Vec::<String>::new());
    let (files, ..) =
        gathered(&[&format!("{root}/**/1*.md"), &format!("{root}/a.md"), &format!("{root}/*.md")], Kind::Markdown);
    assert_eq!(below(&root, &files), ["b/10.md", "a.md"], "a file is taken once");
}

#[test]
fn what_does_not_fit_is_told_with_what_would() {
    let api = br#"{"version": "1.0", "info": {"product": "Toy"}, "apis": {}}"#;
    let (_kept, root) = folder(&[
        ("api.json", api),
        ("page.md", PAGE.as_bytes()),
        ("lfs.md", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"),
        ("latin.md", b"# A\n\xe9"),
        ("empty/a.txt", b""),
    ]);
    let told = |name: &str, kind| below(&root, &gathered(&[&format!("{root}/{name}")], kind).2).join("\n");
    assert_eq!(told("api.json", Kind::OpenapiMeta), "");
    assert!(told("api.json", Kind::Markdown).contains("bindery import openapi-meta api.json"));
    assert!(told("page.md", Kind::CliMeta).contains("looks like a Markdown page"));
    assert!(told("lfs.md", Kind::Markdown).contains("git lfs pull"));
    assert!(told("latin.md", Kind::Markdown).starts_with("latin.md:2:1: error[not-utf-8]"));
    assert!(told("pag.md", Kind::Markdown).contains("did you mean `page.md`?"));
    assert!(told("empty", Kind::Markdown).contains("error[no-documents]"));
    assert!(told("", Kind::CliMeta).contains("perhaps `bindery import openapi-meta` fits"));
    assert!(told("*.html", Kind::Markdown).contains("error[no-documents]"));
    assert!(told("a[.md", Kind::Markdown).contains("error[glob]"));
}

#[test]
fn archives_are_read_and_their_entries_named() {
    let page = PAGE.as_bytes();
    let mut zipped = zip::ZipWriter::new(std::io::Cursor::new(vec![]));
    for name in ["z/b.md", "z/a.md", "z/c.txt"] {
        zipped.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zipped.write_all(page).unwrap();
    }
    let zipped = zipped.finish().unwrap().into_inner();
    let tarred = gz(&tar(&[("./t/b.md", page), ("t/a.md", page), ("t/c.txt", page)]));
    // An archive is told by what it holds, not by its name.
    let (_kept, root) = folder(&[("pages.zip", &zipped), ("pages.bin", &tarred), ("half.zip", &zipped[..40])]);
    let (files, left_out, told) =
        gathered(&[&format!("{root}/pages.zip"), &format!("{root}/pages.bin")], Kind::Markdown);
    assert_eq!(below(&root, &files), ["pages.zip!z/a.md", "pages.zip!z/b.md", "pages.bin!t/a.md", "pages.bin!t/b.md"]);
    assert_eq!((left_out.files.get("txt"), told.len()), (Some(&2), 0));
    let (_, _, told) = gathered(&[&format!("{root}/half.zip")], Kind::Markdown);
    assert!(told[0].contains("error[archive]"), "{told:?}");
}

#[test]
fn names_that_lead_out_of_an_archive_are_refused_and_bombs_do_not_go_off() {
    let page = PAGE.as_bytes();
    let names = [
        ("../up.md", page),
        ("/root.md", page),
        ("a/../../b.md", page),
        ("c:\\d.md", page),
        ("e.md", page),
        ("e.md", b"# Other"),
        ("f.md", page),
        ("f.md", page),
    ];
    let bomb = vec![b' '; (limits::DOCUMENT + 1) as usize];
    let bomb = gz(&tar(&[("bomb.md", &bomb)]));
    assert!(bomb.len() < 1 << 20);
    let (_kept, root) = folder(&[("names.tar", &tar(&names)), ("bomb.tar.gz", &bomb)]);
    let codes = |name: &str| -> Vec<String> {
        let (_, _, told) = gathered(&[&format!("{root}/{name}")], Kind::Markdown);
        told.iter().map(|text| text.split_once('[').unwrap().1.split(']').next().unwrap().to_owned()).collect()
    };
    assert_eq!(codes("names.tar"), ["entry-name", "entry-name", "entry-name", "entry-name", "entry-twice"]);
    assert_eq!(codes("bomb.tar.gz"), ["too-large"]);
}

#[cfg(unix)]
#[test]
fn links_are_counted_and_not_followed() {
    let (kept, root) = folder(&[("a.md", PAGE.as_bytes())]);
    std::os::unix::fs::symlink("/", kept.path().join("all")).unwrap();
    std::os::unix::fs::symlink(PathBuf::from("a.md"), kept.path().join("b.md")).unwrap();
    let (files, left_out, _) = gathered(&[&root], Kind::Markdown);
    assert_eq!((files.len(), left_out.links), (1, 2));
}
