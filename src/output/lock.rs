//! One run at a time writes to a folder: the one that holds the lock file beside it, `.NAME.lock`, from before it looks
//! what stands there until all is in place.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use crate::output::error::OutputError;
use crate::output::place;

/// After so many files that are not the one of their name, this is a disk whose files have no lasting numbers, and there is no
/// telling.
const TRIES: u32 = 1000;

/// Held until dropped.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
    path: PathBuf,
}

impl Lock {
    /// The lock on `target`, unless a live run holds it.
    pub(super) fn on(target: &Path) -> Result<Lock, OutputError> {
        let path = beside(target);
        let failed = |e| OutputError::from_io(target, e);
        for tries in 1.. {
            let open = OpenOptions::new().write(true).create(true).truncate(false).open(&path);
            let file = open.map_err(failed)?;
            match file.try_lock() {
                Err(TryLockError::WouldBlock) => break,
                // Some network disks have no locks; a run there is only unprotected against its own twin.
                Ok(()) | Err(TryLockError::Error(_)) => {}
            }
            // Whoever held it may have removed the file between the opening and the locking.
            if tries == TRIES || is_at(&file, &path).map_err(failed)? {
                return Ok(Lock { file, path });
            }
        }
        Err(OutputError::InUse { folder: target.to_owned(), free: place::free(target) })
    }

    /// Whether a live run holds the lock on `target`.
    pub(super) fn is_held(target: &Path) -> bool {
        let file = File::open(beside(target));
        file.is_ok_and(|file| matches!(file.try_lock(), Err(TryLockError::WouldBlock)))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // A file with something in it is somebody else's. Where it cannot be told whether a file is still the one of its
        // name, it stays for the next run.
        if cfg!(unix) && self.file.metadata().is_ok_and(|of| of.len() == 0) {
            // Nobody is left to tell; an empty file does no harm.
            let _ = fs::remove_file(&self.path);
        }
    }
}

fn beside(target: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(".lock");
    target.with_file_name(name)
}

/// Whether the open file is still the one that stands at `path`.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let held = file.metadata()?;
    match fs::metadata(path) {
        Ok(there) => Ok((there.dev(), there.ino()) == (held.dev(), held.ino())),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(e) => Err(e),
    }
}

/// Elsewhere the file is never removed.
#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> io::Result<bool> {
    Ok(true)
}
