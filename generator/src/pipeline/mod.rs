//! The order of the stages: the only module that knows it. It stops between stages, never inside one, so that a person
//! sees every problem of a stage at once.

mod settings;

pub use settings::{Code, Known, Options, Pages};

use crate::artifact::Tree;
use crate::diag::{Diagnostic, Diagnostics, Level, Origin, Sources, did_you_mean};
use crate::export::{self, Standard};
use crate::model::Api;
use crate::project::{Project, Settings};
use crate::spec::scenario::Scenario;
use crate::spec::{Amended, Catalog, Texts};
use crate::stage::lower::describe::Describe;
use crate::stage::read::Folder;
use crate::stage::{amend, check, lower, prove, read, render, resolve};
use crate::target::{self, Target};
use crate::view;
use rayon::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What came of reading a spec folder.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The API; missing after an error.
    pub api: Option<Api>,
    /// Every problem found.
    pub diagnostics: Diagnostics,
    /// What was read, so that problems can be shown in their place.
    pub sources: Sources,
}

/// Reads, amends and resolves the folder of one product's version.
pub fn load(dir: &Path) -> Loaded {
    loaded(Folder::Disk(dir))
}

/// Reads, amends and resolves the files of one product's version, that lie in memory.
pub fn load_texts(texts: &Texts) -> Loaded {
    loaded(Folder::Texts(texts))
}

/// Amends and resolves what lies in memory and no file holds. Actions with errors are left out, and the others are there
/// beside the errors.
pub fn load_catalog(catalog: Catalog) -> Loaded {
    let mut loaded = Loaded::default();
    let amended = amend::run(catalog, &mut loaded.diagnostics);
    loaded.api = amended.and_then(|amended| resolve::run(&amended, &mut loaded.diagnostics));
    loaded
}

/// As [`load_texts`], but an overlay that no longer applies is no reason to give no API: only an error beside the others.
pub fn load_beside_overlays(texts: &Texts) -> Loaded {
    let mut loaded = Loaded::default();
    let catalog = read::run(Folder::Texts(texts), &mut loaded.sources, &mut loaded.diagnostics);
    if let Some(catalog) = catalog.filter(|_| !loaded.diagnostics.has_errors()) {
        let mut later = Diagnostics::new();
        let amended = amend::run(catalog, &mut loaded.diagnostics);
        loaded.api = amended.and_then(|amended| resolved(&amended, &mut later));
        loaded.diagnostics.extend(later);
    }
    loaded
}

fn loaded(folder: Folder<'_>) -> Loaded {
    let mut loaded = Loaded::default();
    let catalog = read::run(folder, &mut loaded.sources, &mut loaded.diagnostics);
    if let Some(catalog) = catalog.filter(|_| !loaded.diagnostics.has_errors()) {
        let amended = amend::run(catalog, &mut loaded.diagnostics);
        loaded.api = amended.and_then(|amended| resolved(&amended, &mut loaded.diagnostics));
    }
    loaded
}

/// Reads what a local service shall play, and the name under which diagnostics speak of the file. `None`: an error was
/// pushed.
pub fn scenario(path: &Path, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<(Arc<str>, Scenario)> {
    let mut document = read::scenario(path, sources, diagnostics)?;
    if let Some(name) = document.value.get("extends").and_then(Value::as_str) {
        let beside = path.parent().and_then(|folder| folder.parent());
        let Some(base) = beside.and_then(|folder| scenario_file(folder, name)) else {
            let problem = Diagnostic::error(
                "no-scenario",
                Origin::value(&document.file, "/extends"),
                format!("there is no scenario `{name}` in the same folder `{}`", read::SCENARIOS),
            );
            diagnostics.push(problem.help("name a file of that folder, without `.json`"));
            return None;
        };
        let base = read::scenario(&base, sources, diagnostics)?;
        if base.value.get("extends").is_some() {
            let problem = Diagnostic::error(
                "extends",
                Origin::value(&document.file, "/extends"),
                format!("`{name}` extends another scenario itself"),
            );
            diagnostics.push(problem.help("extend one that stands alone"));
            return None;
        }
        let patch = std::mem::replace(&mut document.value, base.value);
        json_patch::merge(&mut document.value, &patch);
    }
    match serde_json::from_value(document.value) {
        Ok(scenario) => Some((document.file, scenario)),
        // What the schema lets through and the type does not.
        Err(error) => {
            let problem = Diagnostic::error("type", Origin::file(&document.file), error.to_string());
            diagnostics.push(problem.help("`bindery schema scenario` prints what goes where"));
            None
        }
    }
}

/// The file of a scenario that a spec folder has under a name.
pub fn scenario_file(dir: &Path, name: &str) -> Option<PathBuf> {
    scenarios(dir).contains(&name.to_owned()).then(|| dir.join(read::SCENARIOS).join(format!("{name}.json")))
}

/// The names of the scenarios that a spec folder has.
pub fn scenarios(dir: &Path) -> Vec<String> {
    read::scenarios(dir)
}

/// Reads and amends the folder of one product's version. `None`: it cannot be read. Where overlays alone are at fault,
/// what they give is there to be looked at beside the errors.
pub fn amended(dir: &Path, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<Amended> {
    let catalog = read::run(Folder::Disk(dir), sources, diagnostics).filter(|_| !diagnostics.has_errors())?;
    amend::run(catalog, diagnostics)
}

/// Resolves what was amended without errors. `None`: there was an error, before or now.
pub fn resolved(amended: &Amended, diagnostics: &mut Diagnostics) -> Option<Api> {
    if diagnostics.has_errors() {
        return None;
    }
    resolve::run(amended, diagnostics).filter(|_| !diagnostics.has_errors())
}

/// Makes everything that a project file asks for: a tree a target, under its key ([`crate::project::Package::key`]) and
/// with paths below [`Project::out`]. `None`: an error was pushed.
pub fn generate(
    project: &Project,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<BTreeMap<String, Tree>> {
    let mut trees = BTreeMap::new();
    unused_templates(project, diagnostics);
    for package in &project.packages {
        let mut loaded = load(&package.specs);
        sources.extend(loaded.sources);
        diagnostics.extend(loaded.diagnostics);
        let Some(api) = &mut loaded.api else { continue };
        let wanted: Option<Vec<String>> =
            package.actions.as_ref().map(|actions| actions.iter().map(|action| action.value.clone()).collect());
        keep_actions(api, &wanted.unwrap_or_default(), diagnostics);
        let sound = sound(api, diagnostics);
        let targets = package.targets.par_iter().map(|(name, settings)| {
            let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::new());
            let files = match standard(project, name) {
                Some(standard) => documents(api, standard, settings, sound, &mut diagnostics),
                None => bind(project, name, settings, &mut sources, &mut diagnostics)
                    .filter(|_| sound)
                    .and_then(|bound| Some((spelled(api, &bound, &mut diagnostics)?, bound)))
                    .map(|(package, bound)| poured(api, &bound, package, &mut diagnostics).into_files())
                    .unwrap_or_default(),
            };
            let mut tree = Tree::new();
            for (path, content) in files {
                if let Err(error) = tree.insert(&settings.file(&path), content) {
                    diagnostics.push(Diagnostic::error("project", settings.origin.clone(), error.to_string()));
                }
            }
            (package.key(name), tree, sources, diagnostics)
        });
        for (key, tree, found, problems) in targets.collect::<Vec<_>>() {
            sources.extend(found);
            diagnostics.extend(problems);
            trees.insert(key, tree);
        }
    }
    (!diagnostics.has_errors()).then_some(trees)
}

/// The public standard of a name that the project has no templates of its own for.
fn standard(project: &Project, name: &str) -> Option<Standard> {
    let own = project.templates.as_deref().is_some_and(|dir| target::is_in(dir, name));
    Standard::ALL.into_iter().find(|standard| standard.name() == name && !own)
}

/// An API in the words of a standard, a file a document. A spec that no target may be made of gives none.
fn documents(
    api: &Api,
    standard: Standard,
    settings: &Settings,
    sound: bool,
    diagnostics: &mut Diagnostics,
) -> Vec<(String, String)> {
    let language = Options::language(settings, diagnostics).filter(|_| sound);
    let documents = language.map(|language| standard.documents(api, language)).unwrap_or_default();
    documents.into_iter().map(|(name, document)| (name, export::text(&document))).collect()
}

/// Whether the check finds no error. Its warnings are for `lint` to show.
fn sound(api: &Api, diagnostics: &mut Diagnostics) -> bool {
    let mut findings = Diagnostics::new();
    check::run(api, &mut findings);
    diagnostics.extend(findings.into_iter().filter(|finding| finding.level == Level::Error));
    !diagnostics.has_errors()
}

/// A folder of templates that has none of the targets would be passed over in silence: a slip in its name.
fn unused_templates(project: &Project, diagnostics: &mut Diagnostics) {
    let Some(dir) = &project.templates else { return };
    let mut wanted = project.packages.iter().flat_map(|package| package.targets.keys());
    if !wanted.clone().any(|name| target::is_in(dir, name)) {
        let message = format!("`{}` has templates for none of the targets", read::shown(dir));
        let example = wanted.next().map_or("rust", String::as_str);
        let help = format!("a target is a folder in it: `{example}/target.toml` and its *.hbs files");
        diagnostics.push(Diagnostic::placeless("templates", message).help(help));
    }
}

/// A target, and what is asked of it.
#[derive(Debug, Clone)]
pub struct Bound {
    /// The target.
    pub target: Target,
    /// What is asked of it.
    pub options: Options,
}

/// A target that a project asks for: of the project's own templates if they have it, else built in. `None`: an error
/// was pushed.
pub fn bind(
    project: &Project,
    name: &str,
    settings: &Settings,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Bound> {
    let target = match project.templates.as_deref().filter(|dir| target::is_in(dir, name)) {
        Some(dir) => target::load(dir, name, sources, diagnostics)?,
        None => find(name, Some(&settings.origin), sources, diagnostics)?,
    };
    let options = Options::read(&target, settings, diagnostics)?;
    Some(Bound { target, options })
}

/// A built-in target that no project file says anything about: Rust as modules, pages in every language. `None`: an
/// error was pushed.
pub fn builtin(name: &str, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<Bound> {
    let target = find(name, None, sources, diagnostics)?;
    match Options::plain(&target.manifest) {
        Ok(options) => Some(Bound { target, options }),
        Err(faults) => {
            diagnostics.extend(faults.into_iter().map(|fault| settings::faulty(&target, fault)));
            None
        }
    }
}

fn find(name: &str, origin: Option<&Origin>, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<Target> {
    let mut known = target::builtin_names();
    if !known.contains(&name) {
        known.extend(Standard::ALL.map(Standard::name));
        let help = match did_you_mean(name, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("built in: {}; `templates = \"DIR\"` brings your own", known.join(", ")),
        };
        let problem = Diagnostic::placeless("unknown-target", format!("there is no target `{name}`")).help(help);
        diagnostics.push(Diagnostic { origin: origin.cloned(), ..problem });
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
        diagnostics.push(unknown_action(name, api.actions.iter().map(|action| action.name.as_str())));
    }
    api.actions.retain(|action| wanted.iter().any(|name| name == action.name.as_str()));
    api.waiters.retain(|waiter| wanted.iter().any(|name| name == waiter.action.as_str()));
}

/// That there is no such action, and which one may be meant.
pub(crate) fn unknown_action<'a>(name: &str, known: impl Iterator<Item = &'a str> + Clone) -> Diagnostic {
    let help = match did_you_mean(name, known.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("known actions: {}", known.collect::<Vec<_>>().join(", ")),
    };
    Diagnostic::placeless("unknown-action", format!("there is no action `{name}`")).help(help)
}

/// Checks an API and spells it for a target: what the templates see. `None`: an error was pushed. Warnings of the check
/// are for `lint` to show.
pub fn lowered(api: &Api, bound: &Bound, diagnostics: &mut Diagnostics) -> Option<view::Package> {
    if !sound(api, diagnostics) {
        return None;
    }
    spelled(api, bound, diagnostics)
}

/// Spells an API that is sound.
fn spelled(api: &Api, bound: &Bound, diagnostics: &mut Diagnostics) -> Option<view::Package> {
    let package = match &bound.options {
        Options::Rust(layout) => lower::rust::run(api, &bound.target, layout, diagnostics),
        Options::Markdown(options) => pages(api, options, diagnostics),
        Options::Code(code) => {
            lower::code::run(Describe::new(api, code.docs), &code.language, &code.settings, diagnostics)
        }
    };
    (!diagnostics.has_errors()).then_some(package)
}

/// Pours and proves what was spelled. What comes out is not yet on disk; nothing comes out after an error.
pub fn poured(api: &Api, bound: &Bound, package: view::Package, diagnostics: &mut Diagnostics) -> Tree {
    let tree = render::run(package, &bound.target, diagnostics);
    if diagnostics.has_errors() {
        return Tree::new();
    }
    let banner = |text: &str| text.replace("{product}", api.product.as_str()).replace("{version}", &api.version);
    let prove::Proved(tree) = prove::run(&tree, &bound.target, &banner, diagnostics);
    tree
}

/// Pages, with an example in Rust for each action if the project names the crate.
fn pages(api: &Api, options: &Pages, diagnostics: &mut Diagnostics) -> view::Package {
    let rust = target::builtin("rust", &mut Sources::default(), diagnostics);
    let examples = rust.zip(options.crate_name.as_deref()).map(|(rust, name)| lower::rust::examples(api, &rust, name));
    lower::markdown::run(api, &options.languages, &examples.unwrap_or_default(), diagnostics)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn waiters_go_with_the_action_that_they_ask() {
        let specs = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/golden/parcels/api-specs");
        for (kept, waiters) in [("ListParcels", 2), ("SendParcel", 0)] {
            let (mut api, mut diagnostics) = (load(Path::new(specs)).api.unwrap(), Diagnostics::new());
            keep_actions(&mut api, &[kept.to_owned()], &mut diagnostics);
            assert!(diagnostics.is_empty(), "{diagnostics:?}");
            assert_eq!((api.actions.len(), api.waiters.len()), (1, waiters), "{kept}");
        }
    }
}
