//! How the files on the disk differ from what would be generated.

use super::manifest::{MANIFEST, with_lf};
use super::plan::{Change, Kind, Plan};
use std::path::Path;

/// What differs; empty if nothing does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drift {
    /// By path.
    pub files: Vec<Difference>,
}

/// One file that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The file as it is shown to people.
    pub path: String,
    /// What generating would do to it.
    pub kind: Kind,
    /// As it is on the disk; what is no UTF-8 is replaced.
    pub old: String,
    /// As it would be.
    pub new: String,
    /// Whether only the line endings differ: git checked the file out with CRLF.
    pub line_endings_only: bool,
}

impl Drift {
    pub(super) fn new(out: &Path, plan: Plan<'_>) -> Drift {
        let shown = |path: &str| out.join(path).display().to_string().replace('\\', "/");
        let difference = |change: Change<'_>| Difference {
            path: shown(&change.path),
            kind: change.kind,
            line_endings_only: change.kind == Kind::Changed && *with_lf(&change.old) == *change.new.as_bytes(),
            old: String::from_utf8_lossy(&change.old).into_owned(),
            new: change.new.into_owned(),
        };
        // The manifest follows the files; only without them is it worth a word.
        let manifest = (plan.changes.is_empty() && plan.manifest_changed).then(|| Difference {
            path: shown(MANIFEST),
            kind: Kind::Changed,
            old: std::fs::read_to_string(out.join(MANIFEST)).unwrap_or_default(),
            new: plan.manifest.clone(),
            line_endings_only: false,
        });
        Drift { files: plan.changes.into_iter().map(difference).chain(manifest).collect() }
    }

    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Unified diffs, with what mends the drift as the last line. Empty if nothing differs.
    #[cfg(feature = "cli")]
    pub fn render(&self) -> String {
        let mut out: String = self.files.iter().map(Difference::render).collect();
        if self.files.iter().any(|file| file.line_endings_only) {
            out.push_str("hint: `* text eol=lf` in .gitattributes keeps git from changing line endings\n");
        }
        if !self.is_empty() {
            let count = self.files.len();
            let files = if count == 1 { "1 file differs".to_owned() } else { format!("{count} files differ") };
            out.push_str(&format!("{files} from what the specs give; run `bindery generate`\n"));
        }
        out
    }
}

#[cfg(feature = "cli")]
impl Difference {
    fn render(&self) -> String {
        let path = &self.path;
        if self.line_endings_only {
            return format!("{path}: line endings only: checked out with CRLF\n");
        }
        let name = |side: &str, absent| if absent { "/dev/null".to_owned() } else { format!("{side}/{path}") };
        let from = name("a", self.kind == Kind::Created);
        let to = name("b", self.kind == Kind::Removed);
        similar::TextDiff::from_lines(self.old.as_str(), self.new.as_str())
            .unified_diff()
            .header(&from, &to)
            .to_string()
    }
}
