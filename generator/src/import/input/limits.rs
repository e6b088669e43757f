//! How much one import may read: more than any real source holds, less than any machine has.

/// The bytes of one document. The largest real one has three million.
pub(super) const DOCUMENT: u64 = 64 << 20;
/// The bytes of all documents, and of everything that an archive unpacks to.
const TOTAL: u64 = 2 << 30;
/// The bytes of an archive that cannot be read piece by piece.
const ARCHIVE: u64 = 512 << 20;
/// The files of all folders and archives. The largest real source has 25,000.
const ENTRIES: usize = 500_000;
/// How deep a folder may lie in another.
pub(super) const DEPTH: usize = 64;

/// What is left of the limits.
#[derive(Debug)]
pub(super) struct Budget {
    bytes: u64,
    entries: usize,
}

impl Default for Budget {
    fn default() -> Budget {
        Budget { bytes: TOTAL, entries: ENTRIES }
    }
}

impl Budget {
    /// Takes a file of this size; `false` if it is more than is left.
    pub fn take(&mut self, bytes: u64) -> bool {
        let left = self.bytes.checked_sub(bytes).zip(self.entries.checked_sub(1));
        if let Some((bytes, entries)) = left {
            (self.bytes, self.entries) = (bytes, entries);
        }
        left.is_some()
    }

    /// What a stream may unpack to.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// What an archive on stdin may have.
    pub fn of_an_archive(&self) -> u64 {
        ARCHIVE.min(self.bytes)
    }
}

/// The limits in words.
pub(super) fn in_words() -> String {
    format!("an import reads at most {ENTRIES} files and {} GiB, {} MiB a document", TOTAL >> 30, DOCUMENT >> 20)
}
