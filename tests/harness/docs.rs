//! Pages for people: each folder of `tests/golden` that holds `docs/` is poured again and compared. `BINDERY_BLESS=1`
//! writes what is poured instead.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use bindery::artifact::Tree;
use bindery::diag::{Diagnostics, Sources};
use bindery::model::{Api, Language};
use bindery::stage::{lower, prove, render};
use bindery::{pipeline, target};
use bindery_tests::page::read;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const LANGUAGES: [Language; 2] = [Language::En, Language::Zh];

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn load(case: &Path) -> Api {
    let loaded = pipeline::load(&case.join("api-specs"));
    let problems: Vec<String> = loaded.diagnostics.iter().map(ToString::to_string).collect();
    loaded.api.unwrap_or_else(|| panic!("{}", problems.join("\n")))
}

fn pour(api: &Api) -> Tree {
    let mut diagnostics = Diagnostics::new();
    let target = target::load(&project().join("templates"), "docs", &mut Sources::default(), &mut diagnostics);
    let target = target.unwrap();
    let rust = BTreeMap::from([("SendParcel".to_owned(), "let parcel = SendParcel::new(\"birthday\");\n".to_owned())]);
    let package = lower::markdown::run(api, &LANGUAGES, &rust, &mut diagnostics);
    let tree = render::run(package, &target, &mut diagnostics);
    let banner = |text: &str| text.replace("{product}", api.product.as_str()).replace("{version}", &api.version);
    let proved = prove::run(&tree, &target, &banner, &mut diagnostics);
    let problems: Vec<String> = diagnostics.iter().map(ToString::to_string).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    proved.0
}

fn cases() -> Vec<PathBuf> {
    let cases = fs::read_dir(project().join("tests/golden")).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<PathBuf> = cases.filter(|case| case.join("docs").is_dir()).collect();
    cases.sort();
    assert!(!cases.is_empty());
    cases
}

fn files(root: &Path, dir: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(root, &path, found);
        } else {
            found.insert(path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/"));
        }
    }
}

#[test]
fn pages_are_as_they_were() {
    for case in cases() {
        let tree = pour(&load(&case));
        let docs = case.join("docs");
        if std::env::var_os("BINDERY_BLESS").is_some() {
            fs::remove_dir_all(&docs).unwrap();
            for (path, content) in tree.iter() {
                fs::create_dir_all(docs.join(path).parent().unwrap()).unwrap();
                fs::write(docs.join(path), content).unwrap();
            }
        }
        let mut expected = BTreeSet::new();
        files(&docs, &docs, &mut expected);
        assert_eq!(tree.iter().map(|(path, _)| path.to_owned()).collect::<BTreeSet<_>>(), expected);
        for (path, content) in tree.iter() {
            let golden = fs::read_to_string(docs.join(path)).unwrap();
            assert!(content == golden, "{path} of {} differs; BINDERY_BLESS=1 accepts it", case.display());
        }
    }
}

#[test]
fn no_parameter_is_lost_and_nothing_runs() {
    for case in cases() {
        let api = load(&case);
        let tree = pour(&api);
        let pages: BTreeSet<&str> = tree.iter().map(|(path, _)| path).collect();
        for (folder, header) in [("en", "Parameter"), ("zh", "参数")] {
            let prefix = format!("src/{folder}/");
            for (path, page) in tree.iter().filter(|(path, _)| path.starts_with(&prefix)) {
                let seen = read(page, header);
                let name = page.lines().find_map(|line| line.strip_prefix("# ")).unwrap();
                let expected = api.action(name).map_or(0, |action| action.parameters.len());
                assert_eq!(seen.parameter_rows, expected, "{path}");
                assert!(seen.special.is_empty(), "{path}: {:?}", seen.special);
                let banner = seen.html.concat();
                assert!(banner.starts_with("<!--") && banner.matches('<').count() == 1, "{path}: {:?}", seen.html);
                for link in &seen.links {
                    let target = match link.strip_prefix("../") {
                        Some(other) => format!("src/{other}"),
                        None => format!("{prefix}{link}"),
                    };
                    let web = link.starts_with("https://") || link.starts_with("http://");
                    assert!(web || pages.contains(target.as_str()), "{path}: {link}");
                }
                let known = ["json", "rust,ignore", "text", "xml"];
                assert!(seen.fences.iter().all(|word| known.contains(&word.as_str())), "{path}: {:?}", seen.fences);
                assert!(!page.contains("never-shown"), "{path} shows what is sensitive");
            }
        }
    }
}
