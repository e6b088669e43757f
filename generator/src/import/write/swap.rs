//! Puts files in place as a whole. Knows nothing about what they hold.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Writes one file, whole or not at all.
pub(super) fn file(path: &Path, text: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut builder = temporary();
    // A rename will make it an ordinary file: others may read it, as far as the user's mask lets them.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(text)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Writes files into a folder, all of them or none; other files of the folder stay. A folder in which somebody keeps more
/// than files is not exchanged: there, every file is written whole, one after the other.
pub(super) fn files(folder: &Path, files: &[(String, Vec<u8>)]) -> io::Result<()> {
    if files.len() < 2 || !only_files(folder)? {
        return files.iter().try_for_each(|(name, text)| file(&folder.join(name), text));
    }
    let above = folder.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(above)?;
    let staging = temporary().tempdir_in(above)?;
    // The staged folder gets the rights that the user's mask gives, not those of a temporary one.
    let staged = staging.path().join("new");
    fs::create_dir(&staged)?;
    for (name, text) in files {
        fs::OpenOptions::new().write(true).create_new(true).open(staged.join(name))?.write_all(text)?;
    }
    sync(&staged, files)?;
    if folder.is_dir() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let new = staged.join(entry.file_name());
            if !new.try_exists()? {
                link(&entry.path(), &new)?;
            }
        }
        put_in_place(&staged, folder, &staging.path().join("old"))?;
    } else {
        fs::rename(&staged, folder)?;
    }
    fs::File::open(above)?.sync_all()
}

/// Makes new files last through a loss of power, in one call: one by one, a thousand would take seconds.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn sync(folder: &Path, _: &[(String, Vec<u8>)]) -> io::Result<()> {
    Ok(rustix::fs::syncfs(fs::File::open(folder)?)?)
}

/// Makes new files last through a loss of power.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn sync(folder: &Path, files: &[(String, Vec<u8>)]) -> io::Result<()> {
    let open = |name: &String| fs::OpenOptions::new().write(true).open(folder.join(name));
    files.iter().try_for_each(|(name, _)| open(name)?.sync_all())
}

fn only_files(folder: &Path) -> io::Result<bool> {
    match fs::read_dir(folder) {
        Ok(mut entries) => entries.try_fold(true, |all, entry| Ok(all && entry?.file_type()?.is_file())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}

/// The same file, or where there are no links, a copy.
fn link(old: &Path, new: &Path) -> io::Result<()> {
    fs::hard_link(old, new).or_else(|_| fs::copy(old, new).map(|_| ()))
}

fn put_in_place(staged: &Path, folder: &Path, former: &Path) -> io::Result<()> {
    if exchange(staged, folder)? {
        return Ok(());
    }
    fs::rename(folder, former)?;
    fs::rename(staged, folder).inspect_err(|_| drop(fs::rename(former, folder)))
}

/// `false`: this system or file system cannot exchange.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(a: &Path, b: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<bool> {
    Ok(false)
}

/// What is not in place yet bears a name by which people know what left it.
fn temporary() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".import-");
    builder
}
