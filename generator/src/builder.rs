//! The API for build scripts: from a spec folder to a Rust file in `OUT_DIR`.

use crate::artifact::Tree;
use crate::diag::{Diagnostic, Diagnostics, Sources};
use crate::model::Api;
use crate::pipeline::{self, Loaded, Options};
use crate::rust::Ident;
use crate::stage::lower::rust::{Layout, Modules};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fmt, fs};

/// Generates requests when a crate is built.
///
/// ```no_run
/// // build.rs
/// fn main() -> Result<(), bindery::BuildError> {
///     bindery::Builder::new().specs("api-specs/dts/2020-01-01").action("ConfigureSynchronizationJob").compile()
/// }
/// ```
///
/// ```text
/// // src/lib.rs
/// include!(concat!(env!("OUT_DIR"), "/dts.rs"));
/// use dts::configure_synchronization_job::ConfigureSynchronizationJob;
/// ```
///
/// The file holds one module that is named after the product, and in it a module an action. The crate depends on
/// `bindery-runtime`, and on `bindery` with `default-features = false` as a build dependency. If it has a feature `serde`,
/// with `serde` itself and `bindery-runtime/serde` in it, requests can be read from JSON.
///
/// Nothing of it knows the network unless [`Builder::client`] says so: then `dts::Client` sends requests, and the crate
/// turns the feature `client` of `bindery-runtime` on.
#[derive(Debug, Clone, Default)]
pub struct Builder {
    specs: PathBuf,
    actions: Vec<String>,
    out: Option<PathBuf>,
    modules: Modules,
}

impl Builder {
    /// A builder that has been told nothing yet.
    #[must_use]
    pub fn new() -> Builder {
        Builder::default()
    }

    /// The folder of one product's version: where `product.json` lies. Relative to the crate that is built.
    #[must_use]
    pub fn specs(mut self, dir: impl Into<PathBuf>) -> Builder {
        self.specs = dir.into();
        self
    }

    /// An action to generate; call it again for more. Without any: all of them.
    #[must_use]
    pub fn action(mut self, name: impl Into<String>) -> Builder {
        self.actions.push(name.into());
        self
    }

    /// Whether there is a client, with the types of answers. Off unless said; needs the feature `client` of
    /// `bindery-runtime`.
    #[must_use]
    pub fn client(mut self, wanted: bool) -> Builder {
        self.modules.client = wanted;
        self
    }

    /// Whether there is a client for code that is not async, beside the other. Off unless said; needs the feature
    /// `blocking` of `bindery-runtime`.
    #[must_use]
    pub fn blocking(mut self, wanted: bool) -> Builder {
        self.modules.blocking = wanted;
        self
    }

    /// Where to write. Default: `OUT_DIR`, as Cargo sets it.
    #[must_use]
    pub fn out_dir(mut self, dir: impl Into<PathBuf>) -> Builder {
        self.out = Some(dir.into());
        self
    }

    /// Generates, writes the file unless it is already what it should be, and tells Cargo what to watch.
    ///
    /// # Errors
    /// Everything that is wrong with the specs, at once, or what kept the file from being written.
    pub fn compile(self) -> Result<(), BuildError> {
        if self.specs.as_os_str().is_empty() {
            return Err(BuildError("no specs are named: say with `specs` where product.json lies".to_owned()));
        }
        // Cargo looks at a folder with all that is in it, so that a new overlay or a removed action counts as well.
        println!("cargo::rerun-if-changed={}", self.specs.display());
        // The user's crate may have a feature `serde`, and need not.
        println!("cargo::rustc-check-cfg=cfg(feature, values(\"serde\"))");
        let Loaded { api, mut diagnostics, mut sources } = pipeline::load(&self.specs);
        let poured = api.and_then(|api| self.pour(api, &mut sources, &mut diagnostics));
        let Some((module, code)) = poured.filter(|_| !diagnostics.has_errors()) else {
            return Err(failed(&diagnostics, &sources));
        };
        let file = out_dir(self.out)?.join(format!("{module}.rs"));
        write_if_new(&file, &code).map_err(|error| BuildError(format!("{} cannot be written: {error}", file.display())))
    }

    /// The name of the one module, and its code.
    fn pour(&self, mut api: Api, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<(String, String)> {
        pipeline::keep_actions(&mut api, &self.actions, diagnostics);
        let mut rust = pipeline::builtin("rust", sources, diagnostics)?;
        rust.options = Options::Rust(Layout::Modules(self.modules));
        let package = pipeline::lowered(&api, &rust, diagnostics)?;
        let tree = pipeline::poured(&api, &rust, package, diagnostics);
        let module = crate::rust::stem(api.product.as_str(), false);
        Some((module.as_str().to_owned(), one_module(module.as_str(), &tree)))
    }
}

fn out_dir(given: Option<PathBuf>) -> Result<PathBuf, BuildError> {
    given.or_else(|| env::var_os("OUT_DIR").map(PathBuf::from)).ok_or_else(|| {
        BuildError("OUT_DIR is not set: run this from a build script, or say where to write with `out_dir`".to_owned())
    })
}

/// The files of a tree as modules of one. A file in a folder is a module in the module of the folder's name.
fn one_module(name: &str, tree: &Tree) -> String {
    let sources: BTreeMap<&str, &str> = tree
        .iter()
        .filter_map(|(path, content)| Some((path.strip_prefix("src/")?.strip_suffix(".rs")?, content)))
        .collect();
    let module = |name: &str, content: &str| format!("pub mod {} {{\n{content}}}\n", Ident::new(name));
    let below = |folder: &str| -> String {
        let inner = sources.iter().filter_map(|(path, content)| Some((path.split_once('/')?, content)));
        inner.filter(|((outer, _), _)| *outer == folder).map(|((_, name), content)| module(name, content)).collect()
    };
    let outer = sources.iter().filter(|(path, _)| !path.contains('/'));
    let modules: String = outer.map(|(path, content)| module(path, &format!("{content}{}", below(path)))).collect();
    let client = if sources.contains_key("client") { "pub use self::client::Client;\n" } else { "" };
    let own = module(name, &format!("pub use self::api::API;\n{client}{modules}"));
    format!("/// Requests that know the rules.\n#[allow(dead_code, clippy::too_many_arguments)]\n{own}")
}

fn write_if_new(file: &Path, content: &str) -> std::io::Result<()> {
    if fs::read_to_string(file).is_ok_and(|old| old == content) { Ok(()) } else { fs::write(file, content) }
}

fn failed(diagnostics: &Diagnostics, sources: &Sources) -> BuildError {
    let line = |diagnostic: &Diagnostic| {
        let place = diagnostic.origin.as_ref().and_then(|origin| sources.locate(origin));
        match (&diagnostic.origin, place) {
            (Some(origin), Some(at)) => {
                let help = diagnostic.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
                let level = diagnostic.level.as_str();
                format!(
                    "{}:{}:{}: {level}[{}]: {}{help}",
                    origin.file, at.line, at.column, diagnostic.code, diagnostic.message
                )
            }
            _ => diagnostic.to_string(),
        }
    };
    BuildError(diagnostics.iter().map(line).collect::<Vec<_>>().join("\n"))
}

/// Everything that kept a build script from generating, a line each.
#[derive(Clone, PartialEq, Eq)]
pub struct BuildError(String);

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// As `Display`: a build script's `main` prints errors with `Debug`.
impl fmt::Debug for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the specs cannot be generated from\n{self}")
    }
}

impl std::error::Error for BuildError {}
