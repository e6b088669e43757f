//! Archives, read as a stream: nothing of them is ever written to the disk.

use super::{Gatherer, limits, shown};
use crate::diag::{Diagnostic, Origin};
use flate2::read::MultiGzDecoder;
use std::collections::BTreeMap;
use std::io::{self, Read, Seek};

/// The bytes by which an archive is told.
pub(super) const HEAD: usize = 262;

/// The form of an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Tar,
    TarGz,
    Zip,
    /// One that cannot be read, by the name of what made it.
    Unread(&'static str),
}

/// The form of an archive, by its first bytes; `None`: it is none.
pub(super) fn form(head: &[u8]) -> Option<Form> {
    let forms: [(&[u8], Form); 7] = [
        (b"\x1f\x8b", Form::TarGz),
        (b"PK\x03\x04", Form::Zip),
        (b"PK\x05\x06", Form::Zip),
        (b"BZh", Form::Unread("bzip2")),
        (b"\xfd7zXZ", Form::Unread("xz")),
        (b"\x28\xb5\x2f\xfd", Form::Unread("zstd")),
        (b"7z\xbc\xaf", Form::Unread("7-Zip")),
    ];
    let tar = || (head.get(257..262) == Some(b"ustar")).then_some(Form::Tar);
    forms.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, form)| *form).or_else(tar)
}

/// Whether a file is called what archives are called.
pub(super) fn is_named(name: &str) -> bool {
    let name = name.to_lowercase();
    [".zip", ".tar", ".tar.gz", ".tgz"].iter().any(|end| name.ends_with(end))
}

impl Gatherer<'_> {
    /// Every document of an archive.
    pub(super) fn archive(&mut self, name: &str, form: Form, bytes: impl Read + Seek) {
        let limit = self.budget.bytes();
        let outcome = match form {
            Form::Tar => self.tar(name, bytes.take(limit)),
            // A stream that unpacks to more than the limit ends there, in the middle of an entry: that is told.
            Form::TarGz => self.tar(name, MultiGzDecoder::new(bytes).take(limit)),
            Form::Zip => self.zip(name, bytes),
            Form::Unread(maker) => Err(io::Error::other(format!("archives of {maker} cannot be read"))),
        };
        if let Err(error) = outcome {
            self.problem("archive", name, error, "give a whole .tar.gz or .zip, or unpack it and give the folder");
        }
    }

    fn tar(&mut self, name: &str, stream: impl Read) -> io::Result<()> {
        let mut archive = tar::Archive::new(stream);
        let mut found = vec![];
        for entry in archive.entries()? {
            let mut entry = entry?;
            let kind = entry.header().entry_type();
            if kind.is_dir() || kind.is_pax_global_extensions() {
                continue;
            }
            if !kind.is_file() {
                self.left_out.links += 1;
                continue;
            }
            let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            self.entry(name, path, &mut entry, &mut found)?;
        }
        self.documents(found);
        Ok(())
    }

    fn zip(&mut self, name: &str, bytes: impl Read + Seek) -> io::Result<()> {
        let mut archive = zip::ZipArchive::new(bytes)?;
        let mut found = vec![];
        for at in 0..archive.len() {
            let mut entry = archive.by_index(at)?;
            if entry.is_dir() {
                continue;
            }
            if entry.is_symlink() {
                self.left_out.links += 1;
                continue;
            }
            let path = entry.name()?.into_owned();
            self.entry(name, path, &mut entry, &mut found)?;
        }
        self.documents(found);
        Ok(())
    }

    /// Takes one file of an archive, if its name is harmless and may be a document's.
    fn entry(
        &mut self,
        archive: &str,
        path: String,
        content: &mut impl Read,
        found: &mut Vec<(String, Vec<u8>)>,
    ) -> io::Result<()> {
        let path = path.strip_prefix("./").unwrap_or(&path).to_owned();
        let name = format!("{archive}!{path}");
        if !harmless(&path) {
            let message = format!("{}: no entry of an archive may be named so", shown(&name));
            let help = "a name is a path below the archive: no `..`, no `\\`, nothing absolute, no control characters";
            self.diagnostics.push(Diagnostic::placeless("entry-name", message).help(help));
            return Ok(());
        }
        if !self.may_be_a_document(&path) {
            if !self.budget.take(0) {
                self.spent(&name);
            }
            self.leave_out(&path);
            return Ok(());
        }
        let mut bytes = vec![];
        content.take(limits::DOCUMENT + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limits::DOCUMENT {
            self.too_large(&name, limits::DOCUMENT);
        } else if self.budget.take(bytes.len() as u64) {
            found.push((name, bytes));
        } else {
            self.spent(&name);
        }
        Ok(())
    }

    /// The documents of an archive, in the order of their names. Of two with the same name the later one counts, as it
    /// does for whoever unpacks the archive.
    fn documents(&mut self, found: Vec<(String, Vec<u8>)>) {
        let mut documents: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        for (name, bytes) in found {
            if let Some(former) = documents.insert(name.clone(), bytes)
                && documents.get(&name) != Some(&former)
            {
                let message = "the archive holds another file of this name, with other content, which is left out";
                let problem = Diagnostic::warning("entry-twice", Origin::file(&shown(&name).into()), message);
                self.diagnostics.push(problem.help("the later one counts; pack the archive anew"));
            }
        }
        for (name, bytes) in documents {
            self.document(name, bytes, false);
        }
    }
}

/// Nothing is unpacked, yet the name of an entry says of which product and language it is, and is shown.
fn harmless(path: &str) -> bool {
    !path.is_empty()
        && !path.starts_with('/')
        && !path.contains('\u{fffd}')
        && !path.contains(|c: char| c == '\\' || (c.is_control() && c != '\n'))
        && path.split('/').all(|part| part != "..")
        && path.as_bytes().get(1).is_none_or(|colon| *colon != b':')
}
