//! What was poured: files by path, before anything touches the disk.
//!
//! A path that is in a [`Tree`] means one file, below the folder that it is put in, on every system that people use:
//! who holds a tree need not check again.

use std::collections::BTreeMap;
use std::fmt;

/// The files of one target, by path below the output root. Paths have forward slashes and are known to be harmless.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    files: BTreeMap<String, String>,
    /// The path of every file and of every folder on the way to one, by itself in lower case: finds twins.
    taken: BTreeMap<String, String>,
}

/// Why a path was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathError {
    /// The path.
    pub path: String,
    /// What is wrong with it.
    pub reason: String,
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {}", self.path, self.reason)
    }
}

impl std::error::Error for PathError {}

impl Tree {
    /// No files yet.
    pub fn new() -> Tree {
        Tree::default()
    }

    /// Adds a file.
    ///
    /// # Errors
    /// If the path is not harmless ([`check_path`]), or it, or a folder on the way to it, stands where another path is,
    /// be it only where case does not count.
    pub fn insert(&mut self, path: &str, content: String) -> Result<(), PathError> {
        check_path(path)?;
        let folders: Vec<&str> = path.match_indices('/').filter_map(|(end, _)| path.get(..end)).collect();
        for step in folders.iter().copied().chain([path]) {
            let Some(other) = self.taken.get(&step.to_ascii_lowercase()) else { continue };
            let shares_folder = step.len() < path.len() && other == step && !self.files.contains_key(other);
            if !shares_folder {
                let reason = match other == path {
                    true => "is that of another file, too".to_owned(),
                    false => format!("is where {other:?} is (many file systems do not tell upper from lower case)"),
                };
                return Err(PathError { path: path.to_owned(), reason });
            }
        }
        for step in folders.into_iter().chain([path]) {
            self.taken.insert(step.to_ascii_lowercase(), step.to_owned());
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

    /// Path and content, sorted by path.
    pub fn into_files(self) -> Vec<(String, String)> {
        self.files.into_iter().collect()
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

/// Checks that a path stays below the folder that it is put in and means the same file on every system.
///
/// # Errors
/// If it is absolute, or has a part that is empty, `.`, `..`, a device of Windows, `.git`, or ends in a dot, or a
/// character other than ASCII letters, digits and `.` `_` `-` `+` `@`.
pub fn check_path(path: &str) -> Result<(), PathError> {
    match path.split('/').find_map(bad_segment) {
        Some(reason) => Err(PathError { path: path.to_owned(), reason: reason.to_owned() }),
        None => Ok(()),
    }
}

/// What makes one part of a path unfit for some system.
fn bad_segment(segment: &str) -> Option<&'static str> {
    // With an extension it is still the device: learn.microsoft.com, "Naming Files, Paths, and Namespaces".
    let stem = segment.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let port = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    let is_port = port.is_some_and(|number| number.len() == 1 && number.bytes().all(|digit| digit.is_ascii_digit()));
    if segment.is_empty() || segment == "." || segment == ".." {
        Some("is absolute, or has an empty, `.` or `..` part")
    } else if segment.chars().any(|c| !(c.is_ascii_alphanumeric() || "._-+@".contains(c))) {
        Some("has a character other than letters, digits and . _ - + @, which some file system refuses")
    } else if matches!(stem.as_str(), "con" | "prn" | "aux" | "nul") || is_port {
        Some("is the name of a device on some systems")
    } else if segment.ends_with('.') {
        Some("has a part that ends in a dot, which some systems drop")
    } else if segment.eq_ignore_ascii_case(".git") {
        Some("lies in a folder of git's own, whose files are run")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::Tree;

    #[test]
    fn only_harmless_paths() {
        for good in
            ["a", "src/lib.rs", ".bindery.json", "en/A.md", "com/x.rs", "con2.rs", "com10", ".gitignore", "a..b"]
        {
            assert_eq!(Tree::new().insert(good, String::new()), Ok(()), "{good}");
        }
        let bad = [
            "",
            "/",
            "/a",
            "a/",
            "a//b",
            "..",
            "../a",
            "a/./b",
            "a/../b",
            "a\\b",
            "c:x",
            "a:b",
            "a\nb",
            "a\0",
            "a.",
            "a ",
            "a~1",
            "ü",
            "CON",
            "src/nul.rs",
            "x/Aux/y",
            "com1.rs",
            "LPT0",
            ".git/config",
            "a/.GIT/hooks/x",
        ];
        for bad in bad {
            assert!(Tree::new().insert(bad, String::new()).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn no_path_in_the_place_of_another() {
        let mut tree = Tree::new();
        for good in ["src/a.rs", "src/b.rs"] {
            assert_eq!(tree.insert(good, good.to_owned()), Ok(()));
        }
        for twin in ["src/a.rs", "src/A.rs", "Src/c.rs", "src", "src/a.rs/x", "SRC/A.RS/x"] {
            assert!(tree.insert(twin, String::new()).is_err(), "{twin:?}");
        }
        assert_eq!(tree.iter().collect::<Vec<_>>(), [("src/a.rs", "src/a.rs"), ("src/b.rs", "src/b.rs")]);
    }
}
