//! Keeps two runs on one output apart. The system drops the lock with the process, so it is never stale.

use super::{Doing, Failure, Outcome};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Held until it is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    /// The lock is this handle's.
    _file: File,
}

/// Takes the lock, or fails at once if another run holds it.
pub(super) fn acquire(path: &Path) -> Outcome<Lock> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).doing("create the folder", folder)?;
    }
    loop {
        let mut file = open(path).doing("open the lock", path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let owner = fs::read_to_string(path).ok().and_then(|text| text.trim().parse().ok());
                return Err(Failure::Locked { path: path.to_owned(), owner });
            }
            Err(TryLockError::Error(error)) => return Err(error).doing("take the lock", path),
        }
        // The holder before us may have removed the file between our opening and our locking of it.
        if is_still_at(&file, path).doing("look at the lock", path)? {
            file.set_len(0).and_then(|()| writeln!(file, "{}", std::process::id())).doing("sign the lock", path)?;
            return Ok(Lock { path: path.to_owned(), _file: file });
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Only where `is_still_at` can tell may the file go; elsewhere it stays, empty of meaning.
        #[cfg(unix)]
        let _ = fs::remove_file(&self.path);
    }
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed());
    }
    options.open(path)
}

#[cfg(unix)]
fn is_still_at(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let held = file.metadata()?;
    match fs::symlink_metadata(path) {
        Ok(found) => Ok((found.dev(), found.ino()) == (held.dev(), held.ino())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(not(unix))]
fn is_still_at(_: &File, _: &Path) -> io::Result<bool> {
    Ok(true)
}
