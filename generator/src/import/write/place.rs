//! Where the products of an import go: into one product's folder, or into a folder a product and version.

use super::problem;
use crate::diag::{Diagnostic, Diagnostics};
use crate::import::{Imported, ImportedProduct, Version};
use serde_json::Value;
use std::io;
use std::path::{Path, PathBuf};

/// The files of a product's folder that say which product it is: upstream's word, and a person's patch of it.
pub(super) const UPSTREAM: &str = "upstream.json";
const PRODUCT: &str = "product.json";
/// The schema that both name.
pub(super) const SCHEMA: &str = "../../schema/product.schema.json";
/// The folder of the facts.
pub(super) const ACTIONS: &str = "actions";
/// The folder of people's judgement.
pub(super) const OVERLAYS: &str = "overlays";

/// What a folder of specs holds so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holds {
    /// One version of one product; which, if it says so.
    OneProduct(Option<Version>),
    /// Nothing, or folders of products.
    Products,
}

/// What a folder of specs holds so far.
///
/// # Errors
/// If it is no folder, or says of which product it is and cannot be read.
pub fn holds(specs: &Path) -> Result<Holds, Diagnostic> {
    if specs.exists() && !specs.is_dir() {
        let message = format!("{}: this is no folder, and specs are written into one", specs.display());
        return Err(Diagnostic::placeless("file", message).help("name the folder of a product's version, or a new one"));
    }
    let upstream = said(&specs.join(UPSTREAM))?;
    let product = said(&specs.join(PRODUCT))?;
    if upstream.is_none() && product.is_none() && !specs.join(ACTIONS).is_dir() {
        return Ok(Holds::Products);
    }
    // A person's word patches upstream's.
    let word = |key: &str| {
        let said = [&product, &upstream].into_iter().flatten().find_map(|file| file.get(key)?.as_str());
        said.map(str::to_owned)
    };
    Ok(Holds::OneProduct(word("product").zip(word("version"))))
}

fn said(path: &Path) -> Result<Option<Value>, Diagnostic> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(problem(path, &error)),
    };
    serde_json::from_str(&text).map(Some).map_err(|error| problem(path, &error))
}

/// The folder of every product of an import, in order. What cannot be placed is told and left out.
pub fn folders<'a>(
    imported: &'a Imported,
    specs: &Path,
    diagnostics: &mut Diagnostics,
) -> Vec<(PathBuf, &'a ImportedProduct)> {
    let one = match holds(specs) {
        Ok(holds) => holds != Holds::Products,
        Err(problem) => {
            diagnostics.push(problem);
            return vec![];
        }
    };
    let products = &imported.products;
    if products.len() > 1 && one {
        let names: Vec<String> = products.iter().map(|product| named(product.version.as_ref())).collect();
        diagnostics.push(
            Diagnostic::placeless(
                "several-products",
                format!(
                    "the documents are of {}, and {} is the folder of one product",
                    names.join(", "),
                    specs.display()
                ),
            )
            .help("give `--specs` a folder above it, in which every product gets one, or the documents of one product"),
        );
        return vec![];
    }
    if products.len() == 1 {
        return products.iter().map(|product| (specs.to_owned(), product)).collect();
    }
    let mut found = vec![];
    for product in products {
        match folder(specs, product.version.as_ref()) {
            Ok(folder) => found.push((folder, product)),
            Err(problem) => diagnostics.push(problem),
        }
    }
    found
}

fn named(version: Option<&Version>) -> String {
    version.map_or("a product that they do not name".to_owned(), |(product, version)| format!("{product} {version}"))
}

fn folder(specs: &Path, version: Option<&Version>) -> Result<PathBuf, Diagnostic> {
    let Some((product, version)) = version else {
        let problem = Diagnostic::placeless(
            "no-product",
            "some documents do not say of which product and version they are, and the others are of several",
        );
        return Err(problem.help("import them alone, into the folder of their product"));
    };
    // The names come out of documents: they become folders, so they are refused unless they are harmless.
    let harmless = |name: &str| {
        name.len() <= 100
            && name.starts_with(|c: char| c.is_ascii_alphanumeric())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
            && !name.contains("..")
    };
    if harmless(product) && harmless(version) {
        return Ok(specs.join(product.to_lowercase()).join(version));
    }
    let message =
        format!("`{}` `{}` cannot name a product and a version", product.escape_debug(), version.escape_debug());
    Err(Diagnostic::placeless("name", message).help("letters, digits, `-`, `_` and `.`, first a letter or a digit"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn imported(versions: &[Option<(&str, &str)>]) -> Imported {
        let product = |version: &Option<(&str, &str)>| ImportedProduct {
            version: version.map(|(product, version)| (product.into(), version.into())),
            ..ImportedProduct::default()
        };
        Imported { products: versions.iter().map(product).collect(), ..Imported::default() }
    }

    #[test]
    fn one_product_goes_where_it_is_told_and_several_get_folders() {
        let root = tempfile::tempdir().unwrap();
        let placed = |imported: &Imported| {
            let mut diagnostics = Diagnostics::new();
            let folders = folders(imported, root.path(), &mut diagnostics);
            let short = |path: &PathBuf| path.strip_prefix(root.path()).unwrap().to_string_lossy().into_owned();
            let codes: Vec<&str> = diagnostics.iter().map(|problem| problem.code).collect();
            (folders.iter().map(|(path, _)| short(path)).collect::<Vec<_>>(), codes)
        };
        let two = imported(&[Some(("Toy", "2020-01-01")), Some(("Play-Ground", "2021-01-01"))]);
        assert_eq!(placed(&imported(&[Some(("Toy", "1"))])), (vec![String::new()], vec![]));
        assert_eq!(placed(&two), (vec!["toy/2020-01-01".into(), "play-ground/2021-01-01".into()], vec![]));
        let bad = imported(&[Some(("Toy", "1")), Some(("../up", "1")), Some(("a", "..")), None]);
        assert_eq!(placed(&bad), (vec!["toy/1".into()], vec!["name", "name", "no-product"]));
        std::fs::write(root.path().join("product.json"), r#"{"product": "Toy"}"#).unwrap();
        std::fs::write(root.path().join("upstream.json"), r#"{"product": "Tox", "version": "1"}"#).unwrap();
        assert_eq!(holds(root.path()).unwrap(), Holds::OneProduct(Some(("Toy".into(), "1".into()))));
        assert_eq!(placed(&two), (vec![], vec!["several-products"]));
    }
}
