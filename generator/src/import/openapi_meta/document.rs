//! One file: the product, what its actions share, and the actions.

use super::action::action;
use super::at::{At, Reader};
use super::field::{self, Side};
use super::known;
use crate::diag::{Diagnostic, Diagnostics, Origin};
use crate::import::draft::{Field, ProductDraft};
use crate::import::imported::Harvest;
use crate::import::{Input, Language, Options};
use crate::spec::{Endpoints, Map, Product, Protocol, strict};
use serde_json::Value;
use std::collections::BTreeSet;

/// Reads one file.
pub(super) fn read(input: &Input, options: &Options) -> (Harvest, Diagnostics) {
    let (value, wrong) = strict::parse(&input.text);
    let mut problems = Diagnostics::new();
    let mut refused = BTreeSet::new();
    let mut whole = true;
    for problem in wrong {
        let (diagnostic, pointer) = strict::diagnostic(&input.file, problem);
        // A key that stands twice inside an action spoils that action alone.
        match pointer.as_deref().and_then(|pointer| pointer.strip_prefix("/apis/")?.split_once('/')) {
            Some((action, _)) => drop(refused.insert(action.to_owned())),
            None => whole = false,
        }
        problems.push(diagnostic);
    }
    let Some(value) = value.filter(|_| whole) else {
        return (Harvest::default(), problems);
    };
    let root = At::root(&value);
    let components = root.get("components");
    let schemas = components.as_ref().and_then(|components| components.get("schemas"));
    let names: BTreeSet<&str> = schemas.iter().flat_map(|schemas| schemas.members().map(|(name, _)| name)).collect();
    let language = language(&input.text);
    let mut reader = Reader { file: &input.file, language, schemas: &names, problems };
    let Some(facts) = facts(&mut reader, &root, schemas.as_ref(), input) else {
        return (Harvest::default(), reader.problems);
    };
    let mut harvest = Harvest::default();
    let actions = root.get("apis");
    for (name, at) in actions.iter().flat_map(At::members) {
        if refused.contains(name) {
            continue;
        }
        if !options.wants(name) {
            harvest.passed_over.push(name.to_owned());
            continue;
        }
        let problems = Diagnostics::new();
        let mut own = Reader { file: reader.file, language, schemas: reader.schemas, problems };
        let draft = action(&mut own, name, &at, schemas.as_ref(), &facts);
        let sound = !own.problems.has_errors();
        reader.problems.extend(own.problems);
        harvest.drafts.extend(draft.filter(|_| sound));
    }
    harvest.facts.push(facts);
    (harvest, reader.problems)
}

fn facts(reader: &mut Reader<'_>, root: &At<'_>, schemas: Option<&At<'_>>, input: &Input) -> Option<ProductDraft> {
    if !reader.is_object(root) {
        return None;
    }
    reader.keys(root, known::DOCUMENT);
    let info = root.get("info");
    let said = |reader: &mut Reader<'_>, key: &str| {
        let info = info.as_ref()?;
        reader.text(info, key).map(str::to_owned)
    };
    let (product, version) = (said(reader, "product"), said(reader, "version"));
    let (Some(product), Some(version), Some(actions)) = (product, version, root.get("apis")) else {
        let origin = Origin::file(reader.file);
        reader.problems.push(
            Diagnostic::error(
                "not-metadata",
                origin,
                "the file has no `info` with `product` and `version`, or no `apis`",
            )
            .help("give the api-docs.json of a product's version"),
        );
        return None;
    };
    if let Some(info) = &info {
        reader.keys(info, known::INFO);
    }
    if !reader.is_object(&actions) {
        return None;
    }
    let by_path = actions.members().any(|(_, action)| {
        action.get("path").and_then(|path| path.value.as_str()).is_some_and(|path| !path.is_empty())
    });
    let style = match said(reader, "style").as_deref() {
        Some("RPC") => Protocol::Rpc,
        Some("ROA") => Protocol::Roa,
        // Other styles differ in how requests are signed. How they are addressed shows.
        _ if by_path => Protocol::Roa,
        _ => Protocol::Rpc,
    };
    let facts = Product {
        schema: Some("../../schema/product.schema.json".to_owned()),
        product,
        version,
        style,
        title: None,
        doc: None,
        endpoints: endpoints(reader, root),
        schemas: Map::new(),
        errors: Map::new(),
        waiters: Map::new(),
        glossary: None,
    };
    let mut shapes: Vec<Field> = vec![];
    for (name, at) in schemas.iter().flat_map(|schemas| schemas.members()) {
        shapes.extend(match schemas.and_then(|schemas| meant(name, schemas)) {
            Some(meant) => field::field(reader, name, &meant, Side::Shared),
            None => Some(field::of_nothing(reader, name, &at)),
        });
    }
    Some(ProductDraft { document: input.document().to_owned(), language: reader.language, facts, shapes })
}

/// What a schema means: itself, or the one that it only gives a second name. `None` if that leads nowhere, or back.
fn meant<'a>(name: &'a str, schemas: &'a At<'a>) -> Option<At<'a>> {
    let mut meant = schemas.get(name)?;
    let mut seen = BTreeSet::from([name]);
    while let Some(reference) = meant.value.get("$ref").and_then(Value::as_str) {
        let other = reference.strip_prefix(field::REFERENCE)?;
        if !seen.insert(other) {
            return None;
        }
        meant = schemas.get(other)?;
    }
    Some(meant)
}

/// The hosts by region. What is none is told and left out.
fn endpoints(reader: &mut Reader<'_>, root: &At<'_>) -> Option<Endpoints> {
    let list = root.get("endpoints")?;
    let mut regions = Map::new();
    for at in list.items() {
        reader.keys(&at, known::ENDPOINT);
        let (Some(region), Some(host)) = (reader.text(&at, "regionId"), reader.text(&at, "endpoint")) else {
            continue;
        };
        let host = host.trim();
        if is_host(region) && is_host(host) && host.contains('.') {
            regions.insert(region.to_owned(), host.to_owned());
        } else {
            let message = format!("`{}` at `{}` is no host of a region", host.escape_debug(), region.escape_debug());
            reader.warn("endpoint", &at, message, "it is left out; name the host in product.json");
        }
    }
    (!regions.is_empty()).then_some(Endpoints { pattern: None, regions })
}

fn is_host(text: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.split('.').all(label)
}

/// The language of a document: Chinese, unless it has prose and hardly a Chinese character.
fn language(text: &str) -> Language {
    const SELDOM: usize = 500;
    let chinese = text.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count();
    if chinese * SELDOM < text.len() && text.contains("\"description\"") { Language::En } else { Language::Zh }
}
