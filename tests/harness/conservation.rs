//! Nothing is lost on the way: for every action, the parameters of the spec are the fields of the request, the rows of
//! its table, the values that it shows to a visitor, and the rows of its pages.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use bindery::model::Action;
use bindery_tests::case::{api, generate};
use bindery_tests::page;
use bindery_tests::source::{files, root};
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What a module of a generated crate holds of the parameters of its action.
#[derive(Debug, Default)]
struct Module {
    /// Fields by struct: the key that serde reads, and the type's name.
    structs: BTreeMap<String, Vec<(String, String)>>,
    /// Structs that are objects on the wire, and no groups of parameters.
    objects: BTreeSet<String>,
    /// The type that is a request.
    request: String,
    /// The names of the table's rows.
    rows: Vec<String>,
    /// The indices that are shown to a visitor, in order.
    visits: Vec<usize>,
}

impl Module {
    fn parse(text: &str) -> Module {
        let mut module = Module::default();
        for item in syn::parse_file(text).unwrap().items {
            match item {
                syn::Item::Struct(item) => {
                    let fields = item.fields.iter().map(|field| (key(field), last_type(&field.ty)));
                    module.structs.insert(item.ident.to_string(), fields.collect());
                }
                syn::Item::Impl(item) => {
                    let role = item.trait_.as_ref().map(|(path, _)| path.to_token_stream().to_string());
                    let name = last_type(&item.self_ty);
                    match role.as_deref() {
                        Some("Object") => _ = module.objects.insert(name),
                        Some("Request") => {
                            module.request = name;
                            let visited = after(item.to_token_stream(), "visit");
                            module.visits = visited.iter().filter_map(|arguments| arguments.parse().ok()).collect();
                        }
                        _ => {}
                    }
                }
                syn::Item::Mod(item) if item.ident == "table" => {
                    // `Parameter::of("…", …)`; what follows `Shape::of` is no text.
                    let rows = after(item.to_token_stream(), "of");
                    let name = |row: &String| Some(row.strip_prefix('"')?.trim_end_matches('"').to_owned());
                    module.rows = rows.iter().filter_map(name).collect();
                }
                _ => {}
            }
        }
        module
    }

    /// The wire name of every field that is no group, groups unfolded.
    fn leaves(&self, name: &str, prefix: &str, found: &mut Vec<String>) {
        for (key, ty) in &self.structs[name] {
            let key = format!("{prefix}{}", key.trim_end_matches(".*"));
            if self.structs.contains_key(ty) && !self.objects.contains(ty) {
                self.leaves(ty, &format!("{key}."), found);
            } else {
                found.push(key);
            }
        }
    }
}

fn key(field: &syn::Field) -> String {
    let renamed = field.attrs.iter().find_map(|attribute| {
        let text = attribute.to_token_stream().to_string();
        Some(text.split_once("rename = \"")?.1.split_once('"')?.0.to_owned())
    });
    renamed.unwrap_or_else(|| "nothing".to_owned())
}

/// `Option < Name >` → `Name`.
fn last_type(ty: &syn::Type) -> String {
    let text = ty.to_token_stream().to_string();
    text.trim_start_matches("Option <").trim_end_matches('>').trim().to_owned()
}

/// The first words, up to a comma, of every group that follows a name.
fn after(tokens: TokenStream, name: &str) -> Vec<String> {
    let (mut found, mut named) = (Vec::new(), false);
    for token in tokens {
        if let TokenTree::Group(group) = &token {
            if named {
                let first =
                    group.stream().into_iter().take_while(|t| !matches!(t, TokenTree::Punct(p) if p.as_char() == ','));
                found.push(first.collect::<TokenStream>().to_string());
            }
            found.extend(after(group.stream(), name));
        }
        named = matches!(&token, TokenTree::Ident(ident) if ident == name);
    }
    found
}

fn keeps_everything(action: &Action, made: &BTreeMap<String, String>) {
    let action_name = action.name.as_str();
    let expected: Vec<&str> = action.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
    let row = format!("action: \"{action_name}\"");
    let (path, text) = made.iter().find(|(path, text)| path.ends_with(".rs") && text.contains(&row)).unwrap();
    let module = Module::parse(text);
    assert_eq!(module.rows, expected, "rows of the table in {path}");
    assert_eq!(module.visits, (0..expected.len()).collect::<Vec<_>>(), "visits in {path}");
    let mut leaves = Vec::new();
    module.leaves(&module.request, "", &mut leaves);
    leaves.sort_unstable();
    let mut sorted = expected.clone();
    sorted.sort_unstable();
    assert_eq!(leaves, sorted, "fields in {path}");
    for (folder, header) in [("docs/src/en/", "Parameter"), ("docs/src/zh/", "参数")] {
        let title = format!("\n# {action_name}\n");
        let pages = made.iter().filter(|(path, text)| path.starts_with(folder) && text.contains(&title));
        let rows: Vec<usize> = pages.map(|(_, page)| page::read(page, header).parameter_rows).collect();
        assert_eq!(rows, [expected.len()], "rows of {action_name} in {folder}");
    }
}

fn check(case: &Path, specs: &Path) -> usize {
    let made = generate(case).unwrap_or_else(|problems| panic!("{problems}"));
    let actions = api(specs).actions;
    actions.iter().for_each(|action| keeps_everything(action, &made));
    actions.len()
}

#[test]
fn no_parameter_is_lost() {
    let course = root().join("tests/golden/obstacle");
    let written = |folder: &str| {
        let actions = files(folder, &[".json"]).into_iter().filter(|file| file.path.contains("/actions/"));
        actions.count()
    };
    assert_eq!(check(&course, &course.join("api-specs")), written("tests/golden/obstacle/api-specs"));
    assert_eq!(check(&root(), &root().join("api-specs/dts/2020-01-01")), written("api-specs"));
}
