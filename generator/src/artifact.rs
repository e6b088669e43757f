//! What was poured: files by path, before anything touches the disk.

use std::collections::BTreeMap;
use std::fmt;

/// The files of one target, by path below the output root. Paths have forward slashes and are known to be harmless.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    files: BTreeMap<String, String>,
}

/// Why a path was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathError {
    /// The path.
    pub path: String,
    /// What is wrong with it.
    pub reason: &'static str,
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {}", self.path, self.reason)
    }
}

impl Tree {
    /// No files yet.
    pub fn new() -> Tree {
        Tree::default()
    }

    /// Adds a file.
    ///
    /// # Errors
    /// If the path leaves the root, means something special somewhere, or differs from another one in case alone.
    pub fn insert(&mut self, path: &str, content: String) -> Result<(), PathError> {
        let refuse = |reason| Err(PathError { path: path.to_owned(), reason });
        if let Some(reason) = path.split('/').find_map(bad_segment) {
            return refuse(reason);
        }
        if self.files.keys().any(|known| known.eq_ignore_ascii_case(path)) {
            return refuse("stands twice (many file systems do not tell upper from lower case)");
        }
        self.files.insert(path.to_owned(), content);
        Ok(())
    }

    /// Replaces the content of a file that is there.
    pub fn replace(&mut self, path: &str, content: String) {
        if let Some(slot) = self.files.get_mut(path) {
            *slot = content;
        }
    }

    /// The content of a file.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Path and content, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, content)| (path.as_str(), content.as_str()))
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

/// What makes one part of a path unfit for some system.
fn bad_segment(segment: &str) -> Option<&'static str> {
    const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];
    let stem = segment.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let port = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    if segment.is_empty() || segment == "." || segment == ".." {
        Some("is absolute, or has an empty, `.` or `..` part")
    } else if segment.chars().any(|c| c.is_control() || "\\:*?\"<>|".contains(c) || !c.is_ascii()) {
        Some("has a character that some file systems refuse")
    } else if DEVICES.contains(&stem.as_str()) || port.is_some_and(|n| n.len() == 1 && n.as_bytes()[0].is_ascii_digit())
    {
        Some("is the name of a device on some systems")
    } else if segment.ends_with(['.', ' ']) {
        Some("has a part that ends in a dot or a blank, which some systems drop")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::Tree;

    #[test]
    fn only_harmless_paths() {
        let mut tree = Tree::new();
        for good in ["a", "src/lib.rs", ".bindery.json", "en/A.md", "com/x.rs", "con2.rs"] {
            assert_eq!(tree.insert(good, String::new()), Ok(()), "{good}");
        }
        for bad in [
            "",
            "/a",
            "a//b",
            "../a",
            "a/./b",
            "a\\b",
            "CON",
            "src/nul.rs",
            "com1.rs",
            "a.",
            "a ",
            "c:x",
            "SRC/LIB.RS",
            "ü",
        ] {
            assert!(tree.insert(bad, String::new()).is_err(), "{bad}");
        }
        assert_eq!(tree.len(), 6);
    }
}
