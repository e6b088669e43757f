//! The order of the stages: the only module that knows it. It stops between stages, never inside one, so that a person
//! sees every problem of a stage at once.

mod settings;

pub use settings::{Options, Pages};

use crate::artifact::Tree;
use crate::diag::{Diagnostic, Diagnostics, Level, Sources, did_you_mean};
use crate::model::Api;
use crate::project::{Project, Settings};
use crate::stage::{amend, check, lower, prove, read, render, resolve};
use crate::target::{self, Target};
use crate::view::Package;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What came of reading a spec folder.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The API; missing after an error.
    pub api: Option<Api>,
    /// Every problem found.
    pub diagnostics: Diagnostics,
    /// What was read, so that problems can be shown in their place.
    pub sources: Sources,
    /// The files and folders that were read: what a build must watch.
    pub watched: Vec<PathBuf>,
}

/// Reads, amends and resolves the folder of one product's version.
pub fn load(dir: &Path) -> Loaded {
    let mut loaded = Loaded::default();
    let catalog = read::run(dir, &mut loaded.sources, &mut loaded.diagnostics);
    let Some(catalog) = catalog else { return loaded };
    loaded.watched.clone_from(&catalog.watched);
    if loaded.diagnostics.has_errors() {
        return loaded;
    }
    let amended = amend::run(catalog, &mut loaded.diagnostics);
    if loaded.diagnostics.has_errors() {
        return loaded;
    }
    let api = resolve::run(&amended, &mut loaded.diagnostics);
    loaded.api = api.filter(|_| !loaded.diagnostics.has_errors());
    loaded
}

/// Makes everything that a project file asks for: a tree a target, under its key ([`crate::project::Package::key`]) and
/// with paths below [`Project::out`]. `None`: an error was pushed.
pub fn generate(
    project: &Project,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<BTreeMap<String, Tree>> {
    let mut trees = BTreeMap::new();
    for package in &project.packages {
        let mut loaded = load(&package.specs);
        sources.extend(loaded.sources);
        diagnostics.extend(loaded.diagnostics);
        let Some(api) = &mut loaded.api else { continue };
        let wanted: Option<Vec<String>> =
            package.actions.as_ref().map(|actions| actions.iter().map(|action| action.value.clone()).collect());
        keep_actions(api, &wanted.unwrap_or_default(), diagnostics);
        for (name, settings) in &package.targets {
            let target = find(name, settings, project.templates.as_deref(), sources, diagnostics);
            let Some(target) = target else { continue };
            let Some(options) = Options::read(target.manifest.spelling, settings, diagnostics) else { continue };
            let poured = pour(api, &target, &options, diagnostics);
            let mut tree = Tree::new();
            for (path, content) in poured.iter() {
                if let Err(error) = tree.insert(&format!("{}/{path}", settings.path), content.to_owned()) {
                    diagnostics.push(Diagnostic::error("project", settings.origin.clone(), error.to_string()));
                }
            }
            trees.insert(package.key(name), tree);
        }
    }
    (!diagnostics.has_errors()).then_some(trees)
}

/// A target of a user's folder if there is one, else one that is built in.
fn find(
    name: &str,
    settings: &Settings,
    templates: Option<&Path>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Target> {
    if let Some(dir) = templates.filter(|dir| target::is_in(dir, name)) {
        return target::load(dir, name, sources, diagnostics);
    }
    let known = target::builtin_names();
    if !known.contains(&name) {
        let help = match did_you_mean(name, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("built in: {}; `templates = \"DIR\"` brings your own", known.join(", ")),
        };
        let message = format!("there is no target `{name}`");
        diagnostics.push(Diagnostic::error("unknown-target", settings.origin.clone(), message).help(help));
        return None;
    }
    target::builtin(name, sources, diagnostics)
}

/// Leaves the wanted actions, or all if none is named; an unknown one is an error.
pub fn keep_actions(api: &mut Api, wanted: &[String], diagnostics: &mut Diagnostics) {
    if wanted.is_empty() {
        return;
    }
    for name in wanted.iter().filter(|name| api.action(name).is_none()) {
        let known = api.actions.iter().map(|action| action.name.as_str());
        let help = match did_you_mean(name, known.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known actions: {}", known.collect::<Vec<_>>().join(", ")),
        };
        diagnostics.push(Diagnostic::placeless("unknown-action", format!("there is no action `{name}`")).help(help));
    }
    api.actions.retain(|action| wanted.iter().any(|name| name == action.name.as_str()));
}

/// Checks, spells, pours and proves one target of an API. What comes out is not yet on disk. Warnings of the check are
/// for `lint` to show.
pub fn pour(api: &Api, target: &Target, options: &Options, diagnostics: &mut Diagnostics) -> Tree {
    let mut findings = Diagnostics::new();
    check::run(api, &mut findings);
    diagnostics.extend(findings.into_iter().filter(|finding| finding.level == Level::Error));
    if diagnostics.has_errors() {
        return Tree::new();
    }
    let package = match options {
        Options::Rust(layout) => lower::rust::run(api, target, layout, diagnostics),
        Options::Markdown(options) => pages(api, options, diagnostics),
    };
    if diagnostics.has_errors() {
        return Tree::new();
    }
    let tree = render::run(&package, target, diagnostics);
    if diagnostics.has_errors() {
        return Tree::new();
    }
    let banner = |text: &str| text.replace("{product}", api.product.as_str()).replace("{version}", &api.version);
    let prove::Proved(tree) = prove::run(&tree, target, &banner, diagnostics);
    tree
}

/// Pages, with an example in Rust for each action if the project names the crate.
fn pages(api: &Api, options: &Pages, diagnostics: &mut Diagnostics) -> Package {
    let rust = target::builtin("rust", &mut Sources::default(), diagnostics);
    let examples = rust.zip(options.crate_name.as_deref()).map(|(rust, name)| lower::rust::examples(api, &rust, name));
    lower::markdown::run(api, &options.languages, &examples.unwrap_or_default(), diagnostics)
}
