//! The two sides of a comparison, from wherever they come.

use super::{Args, git};
use crate::cli::changes::{Upstream, upstream};
use crate::cli::specs::versions;
use crate::diag::{Diagnostic, Diagnostics, Level, Sources};
use crate::diff::{self, Change, Parts, Service};
use crate::import::{ImportedProduct, Options};
use crate::model::Api;
use crate::pipeline::{self, Loaded};
use crate::spec::{Catalog, Document};
use crate::stage::read::shown;
use rayon::prelude::*;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// One side.
#[derive(Debug, Default)]
pub(super) struct Side {
    pub apis: BTreeMap<Service, Api>,
    /// The folders that it was read from, if they are folders as they are now.
    pub folders: Vec<PathBuf>,
    /// Actions that upstream's documents have and that cannot be understood: nothing can be said of them.
    pub left_out: BTreeSet<String>,
}

impl Side {
    /// The names of all actions.
    pub fn actions(&self) -> impl Iterator<Item = &str> {
        self.apis.values().flat_map(|api| api.actions.iter().map(|action| action.name.as_str()))
    }

    /// Takes in what was loaded.
    pub fn of(loaded: Vec<Loaded>, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Side {
        let mut side = Side::default();
        for each in loaded {
            sources.extend(each.sources);
            diagnostics.extend(each.diagnostics);
            side.apis.extend(each.api.map(|api| (Service::of(&api), api)));
        }
        side
    }
}

/// Reads both sides. `None`: a problem was pushed.
pub(super) fn both(
    args: &Args,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Result<Option<(Side, Side)>, Diagnostic> {
    match (&args.old, &args.new, &args.specs, args.git.as_slice()) {
        (Some(old), Some(new), ..) => Ok(match args.from {
            Some(kind) => {
                let side = |from: &Path| {
                    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::new());
                    (imported(kind, from, args, &mut sources, &mut diagnostics), sources, diagnostics)
                };
                let (old, new) = rayon::join(|| side(old), || side(new));
                let [old, new] = [old, new].map(|(side, found, problems)| {
                    sources.extend(found);
                    diagnostics.extend(problems);
                    side
                });
                old.zip(new)
            }
            None => {
                let (old, new) = rayon::join(|| read(old), || read(new));
                let (old, new) = (tree(old?, sources, diagnostics), tree(new?, sources, diagnostics));
                Some((old, new))
            }
        }),
        (_, _, Some(specs), [old]) => {
            let old = Side::of(git::load(specs, old)?, sources, diagnostics);
            Ok(Some((old, tree(read(specs)?, sources, diagnostics))))
        }
        (_, _, Some(specs), [old, new]) => {
            let old = Side::of(git::load(specs, old)?, sources, diagnostics);
            Ok(Some((old, Side::of(git::load(specs, new)?, sources, diagnostics))))
        }
        _ => Err(Diagnostic::placeless("usage", "there are more than two revisions")
            .help("name one, to compare it with the files as they are, or two")),
    }
}

type Tree = (Vec<PathBuf>, Vec<Loaded>);

fn read(dir: &Path) -> Result<Tree, Diagnostic> {
    let folders = versions(dir, crate::cli::specs::DEPTH);
    if folders.is_empty() {
        let message =
            format!("no product.json or upstream.json in `{}`, nor in the folders of its folders", shown(dir));
        let help = "name a folder of specs; documents of upstream's are compared with `--from KIND`";
        return Err(Diagnostic::placeless("no-specs", message).help(help));
    }
    let loaded = folders.par_iter().map(|folder| pipeline::load(folder)).collect();
    Ok((folders, loaded))
}

fn tree((folders, loaded): Tree, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Side {
    Side { folders, ..Side::of(loaded, sources, diagnostics) }
}

/// What documents of upstream's say, as a side. `None`: a problem was pushed.
fn imported(
    kind: Upstream,
    from: &Path,
    args: &Args,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Side> {
    let options = Options { declared: args.declared, actions: Vec::new(), ..Options::default() };
    let name = from.to_string_lossy().into_owned();
    let mut imported = upstream(kind, &[name], &options, sources, diagnostics)?;
    let problems = std::mem::take(&mut imported.diagnostics);
    diagnostics.extend(problems.into_iter().filter(|problem| problem.level == Level::Error));
    let file = shown(from);
    let loaded: Vec<Loaded> =
        imported.products.par_iter().map(|product| pipeline::load_catalog(catalog(product, &file))).collect();
    let mut left_out = BTreeSet::new();
    for (product, loaded) in imported.products.iter().zip(&loaded) {
        let is_there = |name: &str| loaded.api.as_ref().is_some_and(|api| api.action(name).is_some());
        left_out.extend(product.actions.keys().filter(|name| !is_there(name)).cloned());
    }
    Some(Side { left_out, ..Side::of(loaded, sources, diagnostics) })
}

/// A product as a spec folder would hold it. A document that does not say what it is about has no style either.
fn catalog(product: &ImportedProduct, file: &Arc<str>) -> Catalog {
    let document = |stem: &str, value: Option<Value>| Document {
        file: Arc::clone(file),
        stem: stem.to_owned(),
        value: value.unwrap_or_default(),
    };
    let facts = match (&product.facts, &product.version) {
        (Some(facts), _) => serde_json::to_value(facts).ok(),
        (None, Some((name, version))) => Some(json!({"product": name, "version": version, "style": "rpc"})),
        (None, None) => Some(json!({"product": "Unnamed", "version": "0", "style": "rpc"})),
    };
    let actions = product.actions.iter().map(|(name, action)| document(name, serde_json::to_value(action).ok()));
    let mut actions: Vec<Document> = actions.collect();
    actions.sort_by(|one, other| one.stem.cmp(&other.stem));
    Catalog { product: None, upstream: Some(document("upstream", facts)), actions, overlays: Vec::new() }
}

/// Compares each service with itself. Where each side has but one, these are compared whatever they are called.
pub(super) fn compare(old: &Side, new: &Side, parts: Parts) -> Vec<Change> {
    let mut changes = compare_all(old, new, parts);
    let left_out: BTreeSet<&String> = old.left_out.union(&new.left_out).collect();
    changes.retain(|change| change.action.as_ref().is_none_or(|action| !left_out.contains(action)));
    changes
}

fn compare_all(old: &Side, new: &Side, parts: Parts) -> Vec<Change> {
    if let ([ours], [theirs]) = (&old.apis.values().collect::<Vec<_>>()[..], &new.apis.values().collect::<Vec<_>>()[..])
    {
        return diff::compare(ours, theirs, parts);
    }
    let services: BTreeSet<&Service> = old.apis.keys().chain(new.apis.keys()).collect();
    let services: Vec<&Service> = services.into_iter().collect();
    let each = services.par_iter().map(|service| match (old.apis.get(service), new.apis.get(service)) {
        (Some(ours), Some(theirs)) => diff::compare(ours, theirs, parts),
        (Some(api), None) => vec![diff::alone(api, false)],
        (None, Some(api)) => vec![diff::alone(api, true)],
        (None, None) => Vec::new(),
    });
    each.collect::<Vec<_>>().into_iter().flatten().collect()
}
