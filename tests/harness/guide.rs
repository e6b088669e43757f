//! The guide for whoever adds a language: its list of fields is read off the types, and holds every field that a
//! template sees. `BINDERY_BLESS=1` writes the list anew. The sample that the guide walks through is tried here, too.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use bindery::diag::{Diagnostics, Sources};
use bindery::pipeline;
use bindery_tests::case::put;
use bindery_tests::source::{files, root};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::process::Command;
use syn::{Expr, ExprLit, Fields, GenericArgument, Item, Lit, Meta, PathArguments, Type};

const GUIDE: &str = "templates/README.md";
const BEGIN: &str = "<!-- fields: written by BINDERY_BLESS=1 cargo test -p bindery-tests --test guide -->\n";
const END: &str = "<!-- fields end -->\n";

/// What stands for a unit in `target.toml`, and the struct that its templates see.
const UNITS: [(&str, &str); 5] = [
    ("package", "Package"),
    ("action", "Action"),
    ("response", "Response"),
    ("schemas", "Schemas"),
    ("schemas-response", "SchemasResponse"),
];

struct Described {
    docs: String,
    fields: Vec<Member>,
}

struct Member {
    name: String,
    /// As the guide says it.
    holds: String,
    /// The struct that it holds, perhaps in a list.
    of: Option<String>,
    /// The struct's fields stand in its place.
    flat: bool,
    docs: String,
}

fn docs(attributes: &[syn::Attribute]) -> String {
    let texts = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value().trim().to_owned()),
            _ => None,
        },
        _ => None,
    });
    // Links of rustdoc's lead nowhere here.
    texts.collect::<Vec<_>>().join(" ").replace("[`", "`").replace("`]", "`").replace('|', "\\|")
}

/// What serde is told of a field: another name, and whether it is flattened.
fn serde(attributes: &[syn::Attribute]) -> (Option<String>, bool) {
    let (mut renamed, mut flat) = (None, false);
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
        attribute
            .parse_nested_meta(|meta| {
                match meta.path.get_ident().map(ToString::to_string).as_deref() {
                    Some("rename") => renamed = Some(meta.value()?.parse::<syn::LitStr>()?.value()),
                    Some("flatten") => flat = true,
                    other => panic!("serde({other:?}) is not understood here"),
                }
                Ok(())
            })
            .unwrap();
    }
    (renamed, flat)
}

/// A type in words, and the struct in it.
fn told(ty: &Type) -> (String, Option<String>) {
    let path = match ty {
        Type::Path(path) => path.path.segments.last().unwrap(),
        Type::Reference(reference) => return told(&reference.elem),
        _ => panic!("a field of a view is of no such type"),
    };
    let inner: Vec<(String, Option<String>)> = match &path.arguments {
        PathArguments::AngleBracketed(generics) => generics
            .args
            .iter()
            .filter_map(|argument| match argument {
                GenericArgument::Type(ty) => Some(told(ty)),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    };
    let first = || inner.first().cloned().unwrap();
    match path.ident.to_string().as_str() {
        "bool" => ("bool".to_owned(), None),
        "usize" | "u32" | "Number" => ("number".to_owned(), None),
        "Name" => ("name".to_owned(), None),
        "Text" => ("literal".to_owned(), None),
        "str" | "String" => ("word".to_owned(), None),
        "Line" => ("line".to_owned(), None),
        "Facets" => ("facets".to_owned(), None),
        "Settings" => ("settings".to_owned(), None),
        "T" => ("the word".to_owned(), None),
        "Vec" => (format!("list of {}", first().0), first().1),
        "Option" => (format!("{}, or nothing", first().0), first().1),
        "Box" => first(),
        "Word" => (format!("[`Word`](#word) of {}", first().0), Some("Word".to_owned())),
        name => (format!("[`{name}`](#{})", name.to_lowercase()), Some(name.to_owned())),
    }
}

/// Every struct that templates see, by name.
fn described() -> BTreeMap<String, Described> {
    let mut found = BTreeMap::new();
    let sources = files("generator/src/view/code", &[".rs"]);
    let comments = files("generator/src/target", &["comment.rs"]);
    for item in sources.iter().chain(&comments).flat_map(|file| syn::parse_file(&file.text).unwrap().items) {
        let Item::Struct(item) = item else { continue };
        let Fields::Named(fields) = &item.fields else { continue };
        let members = fields.named.iter().map(|field| {
            let (renamed, flat) = serde(&field.attrs);
            let (holds, of) = told(&field.ty);
            let name = renamed.unwrap_or_else(|| field.ident.as_ref().unwrap().to_string());
            Member { name, holds, of, flat, docs: docs(&field.attrs) }
        });
        let fields = members.collect();
        found.insert(item.ident.to_string(), Described { docs: docs(&item.attrs), fields });
    }
    found
}

/// The structs that a unit's templates can reach, in the order in which they are met.
fn reached(all: &BTreeMap<String, Described>) -> Vec<&str> {
    let mut order: Vec<&str> = UNITS.iter().map(|(_, name)| *name).collect();
    let mut next = 0;
    while let Some(name) = order.get(next) {
        for name in all[*name].fields.iter().filter_map(|field| field.of.as_deref()) {
            if !order.contains(&name) {
                order.push(name);
            }
        }
        next += 1;
    }
    order
}

fn list() -> String {
    let all = described();
    let mut text = String::new();
    for name in reached(&all) {
        let described = &all[name];
        let unit = UNITS.iter().find(|(_, unit)| *unit == name).map(|(each, _)| format!(" (`each = \"{each}\"`)"));
        write!(text, "\n### {name}\n\n{}{}\n\n", described.docs, unit.unwrap_or_default()).unwrap();
        text += "| Field | Holds | Is |\n| --- | --- | --- |\n";
        for field in &described.fields {
            let flat = if field.flat { " (its fields stand here)" } else { "" };
            writeln!(text, "| `{}` | {}{flat} | {} |", field.name, field.holds, field.docs).unwrap();
        }
    }
    text + "\n"
}

#[test]
fn the_guide_lists_the_fields_that_there_are() {
    let path = root().join(GUIDE);
    let guide = fs::read_to_string(&path).unwrap();
    let (before, rest) = guide.split_once(BEGIN).expect("the guide has a place for the list");
    let (known, after) = rest.split_once(END).expect("the list ends");
    let list = list();
    if std::env::var_os("BINDERY_BLESS").is_some() {
        fs::write(path, format!("{before}{BEGIN}{list}{END}{after}")).unwrap();
        return;
    }
    assert!(known == list, "the list is not what the types say; run again with BINDERY_BLESS=1");
}

/// The names that a struct's JSON has, those of flattened ones included, with what each holds.
fn keys<'a>(all: &'a BTreeMap<String, Described>, name: &str) -> BTreeMap<&'a str, Option<&'a str>> {
    let mut keys = BTreeMap::new();
    for field in &all[name].fields {
        match field.of.as_deref().filter(|_| field.flat) {
            Some(inner) => keys.extend(self::keys(all, inner)),
            None => drop(keys.insert(field.name.as_str(), field.of.as_deref())),
        }
    }
    keys
}

fn compare(all: &BTreeMap<String, Described>, name: &str, data: &Value, seen: &mut BTreeSet<String>) {
    match data {
        Value::Array(elements) => elements.iter().for_each(|element| compare(all, name, element, seen)),
        Value::Object(members) => {
            seen.insert(name.to_owned());
            seen.extend(all[name].fields.iter().filter(|field| field.flat).filter_map(|field| field.of.clone()));
            let known = keys(all, name);
            let (told, there): (Vec<&str>, BTreeSet<&str>) =
                (known.keys().copied().collect(), members.keys().map(String::as_str).collect());
            assert_eq!(told, there.into_iter().collect::<Vec<_>>(), "{name}");
            for (key, of) in known.into_iter().filter_map(|(key, of)| Some((key, of?))) {
                compare(all, of, &members[key], seen);
            }
        }
        other => assert!(other.is_null(), "{name}: {other}"),
    }
}

#[test]
fn templates_see_what_the_guide_lists_and_nothing_else() {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::new());
    let (all, mut seen) = (described(), BTreeSet::new());
    let bound = pipeline::builtin("sample-javascript", &mut sources, &mut diagnostics).unwrap();
    for specs in ["api-specs/dts/2020-01-01", "tests/golden/obstacle/api-specs", "tests/golden/parcels/api-specs"] {
        let api = pipeline::load(&root().join(specs)).api.unwrap();
        for unit in pipeline::lowered(&api, &bound, &mut diagnostics).unwrap().units {
            let name = UNITS.iter().find(|(each, _)| *each == unit.each).expect("the guide knows the unit").1;
            compare(&all, name, &unit.data, &mut seen);
        }
    }
    let unseen: Vec<&str> = reached(&all).into_iter().filter(|name| !seen.contains(*name)).collect();
    assert!(unseen.is_empty(), "no spec here shows {unseen:?}");
}

/// What the guide calls a sample does what it promises: Node reads every file, and the wire form is right.
#[test]
fn the_sample_runs() {
    if Command::new("node").arg("--version").output().is_err() {
        assert!(std::env::var_os("CI").is_none(), "there is no node, and in continuous integration none may lack");
        println!("skipped: no node (nothing reads what the sample target makes)");
        return;
    }
    let lines: usize = files("templates/sample-javascript", &[".hbs", ".toml", ".mjs"])
        .iter()
        .map(|file| file.text.lines().count())
        .sum();
    assert!(lines < 150, "the sample has {lines} lines: it is to be read at once");
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::new());
    let bound = pipeline::builtin("sample-javascript", &mut sources, &mut diagnostics).unwrap();
    for specs in ["api-specs/dts/2020-01-01", "tests/golden/obstacle/api-specs", "tests/golden/parcels/api-specs"] {
        let api = pipeline::load(&root().join(specs)).api.unwrap();
        let view = pipeline::lowered(&api, &bound, &mut diagnostics).unwrap();
        let made: BTreeMap<String, String> =
            pipeline::poured(&api, &bound, view, &mut diagnostics).into_files().into_iter().collect();
        assert!(!diagnostics.has_errors(), "{diagnostics:?}");
        let folder = tempfile::tempdir().unwrap();
        put(folder.path(), &made);
        // One process that imports every file instead of one `node --check` a file.
        let modules: Vec<String> = made.keys().map(|path| format!("./{path}")).collect();
        let program = format!("for (const path of {modules:?}) await import(path)");
        fs::write(folder.path().join("all.mjs"), program).unwrap();
        let run = Command::new("node").arg("all.mjs").current_dir(folder.path()).output().unwrap();
        assert!(run.status.success(), "{specs}: {}", String::from_utf8_lossy(&run.stderr));
    }
}
