//! What a file's path says: `LANGUAGE/PRODUCT/ACTION.json`. Each step may be missing, from the left.

use crate::import::Language;

/// Where a file stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// The folder that it stands in; empty if the path has none.
    pub folder: &'a str,
    /// The product: the folder's own name.
    pub product: Option<&'a str>,
    /// The language: the name of the folder above.
    pub language: Option<Language>,
    /// The file's name without its ending: the action, or `version`.
    pub stem: &'a str,
}

impl Place<'_> {
    /// Takes a path apart.
    pub fn of(file: &str) -> Place<'_> {
        let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
        let mut above = folder.rsplit('/').filter(|step| !step.is_empty() && *step != ".");
        let product = above.next().filter(|step| *step != ".." && language(step).is_none());
        Place {
            folder,
            product,
            language: above.next().and_then(language),
            stem: name.strip_suffix(".json").unwrap_or(name),
        }
    }
}

/// The language that a folder's name stands for.
fn language(step: &str) -> Option<Language> {
    match step.to_ascii_lowercase().split(['-', '_']).next() {
        Some("zh") => Some(Language::Zh),
        Some("en") => Some(Language::En),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_tells_what_it_can() {
        let told = |file| {
            let Place { product, language, stem, .. } = Place::of(file);
            (product, language, stem)
        };
        assert_eq!(told("a/zh-CN/toy/DoIt.json"), (Some("toy"), Some(Language::Zh), "DoIt"));
        assert_eq!(told("en-US/toy/version.json"), (Some("toy"), Some(Language::En), "version"));
        assert_eq!(told("./toy/DoIt.json"), (Some("toy"), None, "DoIt"));
        assert_eq!(told("zh-CN/DoIt.json"), (None, None, "DoIt"));
        assert_eq!(told("DoIt.json"), (None, None, "DoIt"));
    }
}
