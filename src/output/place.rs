//! Where a run folder may go: which names are taken, free, safe to replace.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use crate::output::error::OutputError;
use crate::output::manifest::MANIFEST;

/// File that a run at work holds locked inside its `.partial` folder.
pub(super) const LOCK: &str = ".lock";

/// Refuse a target that holds something, unless it is an earlier run and may be replaced.
pub(super) fn check(target: &Path, overwrite: bool) -> Result<(), OutputError> {
    if target.file_name().is_none() {
        let reason = "it is not the name of a folder that could be made".to_owned();
        return Err(OutputError::NotWritable { path: target.to_owned(), reason });
    }
    restore(target)?;
    if !target.exists() {
        return Ok(());
    }
    if !target.is_dir() {
        return Err(OutputError::FileInTheWay { path: target.to_owned() });
    }
    let mut entries = fs::read_dir(target).map_err(|e| OutputError::from_io(target, e))?;
    let (empty, run) = (entries.next().is_none(), target.join(MANIFEST).is_file());
    let (folder, free) = (target.to_owned(), free(target));
    match (overwrite, empty, run) {
        (_, true, _) | (true, _, true) => Ok(()),
        (_, _, false) => Err(OutputError::NotARun { folder, free }),
        (false, _, true) => Err(OutputError::Exists { folder, free }),
    }
}

/// A machine that stopped between the two renames of a replacement leaves the old run set aside: put it back.
fn restore(target: &Path) -> Result<(), OutputError> {
    let aside = beside(target, ".replaced");
    if !aside.exists() {
        return Ok(());
    }
    if target.exists() {
        remove(&aside)
    } else {
        fs::rename(&aside, target).map_err(|e| OutputError::from_io(target, e))
    }
}

pub(super) fn is_taken(target: &Path) -> bool {
    target.exists() || is_at_work(&beside(target, ".partial"))
}

/// Whether a live run is writing this `.partial` folder.
pub(super) fn is_at_work(partial: &Path) -> bool {
    File::open(partial.join(LOCK)).is_ok_and(|file| matches!(file.try_lock(), Err(TryLockError::WouldBlock)))
}

/// The first of `NAME-2`, `NAME-3` ... that is not taken.
pub fn free(target: &Path) -> PathBuf {
    (2u64..)
        .map(|n| beside(target, &format!("-{n}")))
        .find(|p| !is_taken(p))
        .unwrap_or_else(|| target.to_owned())
}

/// `target` with `suffix` after its name.
pub fn beside(target: &Path, suffix: &str) -> PathBuf {
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(suffix);
    target.with_file_name(name)
}

/// The folder that holds `path`.
pub(super) fn parent(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Remove a folder of ours, if it is there.
pub(super) fn remove(folder: &Path) -> Result<(), OutputError> {
    match fs::remove_dir_all(folder) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(OutputError::from_io(folder, e)),
        _ => Ok(()),
    }
}

/// A scenario's name as the name of a folder: lower case, with a dash for what is neither letter nor digit.
pub fn folder_name(scenario: &str) -> String {
    let words = scenario.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|w| !w.is_empty());
    let name = words.collect::<Vec<_>>().join("-").to_lowercase();
    if name.is_empty() { "run".to_owned() } else { name }
}
