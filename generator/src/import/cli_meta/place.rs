//! What a file's path says: `LANGUAGE/PRODUCT/ACTION.json`. Each step may be missing, from the left.

use crate::import::{Language, inside};

/// Where a file stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// What stands before its name: files of one folder, or of one archive, have the same.
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
        let path = inside(file);
        let (steps, name) = path.rsplit_once('/').unwrap_or(("", path));
        let folder = file.strip_suffix(name).unwrap_or_default();
        let mut above = steps.rsplit('/').filter(|step| !step.is_empty() && *step != ".");
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
        assert_eq!(told("all.tar.gz!zh-CN/toy/DoIt.json"), (Some("toy"), Some(Language::Zh), "DoIt"));
        assert_eq!(told("toy.zip!DoIt.json"), (None, None, "DoIt"));
    }
}
