//! The order of the stages: the only module that knows it. It stops between stages, never inside one, so that a person
//! sees every problem of a stage at once.

use crate::diag::{Diagnostics, Sources};
use crate::model::Api;
use crate::stage::{amend, read, resolve};
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
