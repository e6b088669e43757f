//! The order of the stages: the only module that knows it. It stops between stages, never inside one, so that a person
//! sees every problem of a stage at once.

use crate::artifact::Tree;
use crate::diag::{Diagnostics, Sources};
use crate::model::Api;
use crate::stage::{amend, lower, prove, read, render, resolve};
use crate::target::Target;
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

/// What the project file says about one target of one package.
#[derive(Debug, Clone)]
pub enum Settings {
    /// Rust.
    Rust(lower::rust::Layout),
}

/// Spells, pours and proves one target of an API. What comes out is not yet on disk.
pub fn pour(api: &Api, target: &Target, settings: &Settings, diagnostics: &mut Diagnostics) -> Tree {
    let package = match settings {
        Settings::Rust(options) => lower::rust::run(api, target, options, diagnostics),
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
