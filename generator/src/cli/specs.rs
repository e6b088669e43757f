//! The spec folders that a subcommand works on: what `--specs` and an action's name mean.

use super::nearest;
use super::report::{misused, report};
use crate::diag::{Diagnostic, Diagnostics, Sources, did_you_mean};
use crate::model::{Action, Api};
use crate::pipeline;
use crate::stage::read::shown;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// How deep below `--specs` a product's version may lie: `PRODUCT/VERSION/product.json`.
pub(super) const DEPTH: usize = 2;

/// Every API of a folder, which is a product's version or holds some, or else of the nearest project.
pub(super) struct Specs {
    pub apis: Vec<Api>,
}

impl Specs {
    /// Loads them, and shows what is wrong with them; an exit code if that leaves nothing to work on.
    pub fn load(named: Option<&Path>) -> Result<Specs, ExitCode> {
        let mut apis = Vec::new();
        let mut outcome = ExitCode::SUCCESS;
        for folder in Specs::folders(named)? {
            let loaded = pipeline::load(&folder);
            let shown = report(&loaded.diagnostics, &loaded.sources);
            if shown != ExitCode::SUCCESS {
                outcome = shown;
            }
            apis.extend(loaded.api);
        }
        if outcome == ExitCode::SUCCESS { Ok(Specs { apis }) } else { Err(outcome) }
    }

    /// The folders of products' versions; shows what is wrong if there are none.
    pub fn folders(named: Option<&Path>) -> Result<Vec<PathBuf>, ExitCode> {
        let folders = match named {
            Some(dir) => versions(dir, DEPTH),
            None => {
                let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::new());
                let folders = nearest::specs("name the specs with `--specs DIR`", &mut sources, &mut diagnostics);
                folders.ok_or_else(|| report(&diagnostics, &sources))?
            }
        };
        if folders.is_empty() {
            let message = format!(
                "no product.json or upstream.json in `{}`, nor in the folders of its folders",
                shown(named.unwrap_or(Path::new(".")))
            );
            let help = "name the folder of the specs with `--specs DIR`";
            return Err(misused(Diagnostic::placeless("no-specs", message).help(help)));
        }
        Ok(folders)
    }

    /// The action of a name: `ConfigureSynchronizationJob` or, with its product, `dts.ConfigureSynchronizationJob`.
    pub fn action(&self, name: &str) -> Result<(&Api, &Action), Diagnostic> {
        let (product, short) = name.split_once('.').map_or((None, name), |(product, short)| (Some(product), short));
        let fits = |api: &Api| product.is_none_or(|product| api.product.as_str().eq_ignore_ascii_case(product));
        let known = || self.apis.iter().filter(|api| fits(api));
        let found: Vec<_> = known().filter_map(|api| api.action(short).map(|action| (api, action))).collect();
        match found.as_slice() {
            [one] => Ok(*one),
            [] => {
                let names = known().flat_map(|api| api.actions.iter().map(|action| action.name.as_str()));
                let help = match did_you_mean(short, names) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "the actions are the files of the spec folder's `actions/`".to_owned(),
                };
                Err(Diagnostic::placeless("unknown-action", format!("there is no action `{name}`")).help(help))
            }
            several => {
                let homes = several.iter().map(|(api, _)| format!("{} {}", api.product, api.version));
                let message = format!("`{name}` is an action of {}", homes.collect::<Vec<_>>().join(" and of "));
                let help = "name the folder of one version with `--specs DIR`, or write PRODUCT.ACTION";
                Err(Diagnostic::placeless("ambiguous-action", message).help(help))
            }
        }
    }
}

/// The folders with a `product.json`, or an import's `upstream.json`, sorted.
pub(super) fn versions(dir: &Path, depth: usize) -> Vec<PathBuf> {
    if ["product.json", "upstream.json"].iter().any(|name| dir.join(name).is_file()) {
        return vec![dir.to_owned()];
    }
    let Some(depth) = depth.checked_sub(1) else { return Vec::new() };
    let mut below: Vec<PathBuf> =
        fs::read_dir(dir).into_iter().flatten().filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    below.sort();
    below.iter().flat_map(|dir| versions(dir, depth)).collect()
}
