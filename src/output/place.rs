//! Where a run folder may go: which names are taken, free, safe to replace.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::output::error::OutputError;
use crate::output::foreign;
use crate::output::lock::Lock;

/// File that marks a folder beside the target as one of ours: a run being written, or one set aside for it. Nothing without it
/// is removed.
pub(super) const MARK: &str = ".unfinished";

/// Refuse a target that holds something, unless it is an earlier run and may be replaced. The lock is held.
pub(super) fn check(target: &Path, overwrite: bool) -> Result<(), OutputError> {
    restore(target)?;
    if !target.exists() {
        return Ok(());
    }
    if !target.is_dir() {
        return Err(OutputError::FileInTheWay { path: target.to_owned() });
    }
    let (empty, run) = (is_empty(target)?, foreign::ours(target).is_some());
    let (folder, free) = (target.to_owned(), free(target));
    match (overwrite, empty, run) {
        (_, true, _) | (true, _, true) => not_in_the_way(&set_aside(target), target),
        (_, _, false) => Err(OutputError::NotARun { folder, free }),
        (false, _, true) => Err(OutputError::Exists { folder, free }),
    }
}

fn is_empty(folder: &Path) -> Result<bool, OutputError> {
    for entry in fs::read_dir(folder).map_err(|e| OutputError::from_io(folder, e))? {
        if entry.map_err(|e| OutputError::from_io(folder, e))?.file_name() != MARK {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Make the folder that a run is written into, rid of what a dead one left there. The lock is held.
pub(super) fn begin(target: &Path) -> Result<PathBuf, OutputError> {
    let partial = beside(target, ".partial");
    let failed = |e| OutputError::from_io(&partial, e);
    if partial.join(MARK).is_file() {
        fs::remove_dir_all(&partial).map_err(failed)?;
    }
    // An empty folder is what is left of a run that was killed before it could mark it.
    if fs::remove_dir(&partial).is_err() {
        not_in_the_way(&partial, target)?;
    }
    fs::create_dir(&partial).map_err(failed)?;
    File::create(partial.join(MARK)).map_err(failed)?;
    Ok(partial)
}

/// Refuse to go on where somebody else has what we need the name of.
fn not_in_the_way(neighbour: &Path, target: &Path) -> Result<(), OutputError> {
    if neighbour.symlink_metadata().is_err() {
        return Ok(());
    }
    Err(OutputError::Neighbour {
        neighbour: neighbour.to_owned(),
        folder: target.to_owned(),
        free: free(target),
    })
}

/// Where an earlier run waits while another takes its place.
fn set_aside(target: &Path) -> PathBuf {
    beside(target, ".replaced")
}

/// Put the folder that was written in the place of its target. The lock is held.
pub(super) fn swap(partial: &Path, target: &Path) -> io::Result<()> {
    let (aside, had_old) = (set_aside(target), target.exists());
    if had_old {
        File::create(target.join(MARK))?;
        fs::rename(target, &aside)?;
    }
    if let Err(e) = fs::rename(partial, target) {
        if had_old {
            put_back(&aside, target)?;
        }
        return Err(e);
    }
    fs::remove_file(target.join(MARK))?;
    sync(target)?;
    sync(parent(target))?;
    if had_old { retire(&aside, target) } else { Ok(()) }
}

fn put_back(aside: &Path, target: &Path) -> io::Result<()> {
    fs::rename(aside, target)?;
    match fs::remove_file(target.join(MARK)) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
        _ => Ok(()),
    }
}

/// Remove a run that another took the place of; what is not ours in it goes over.
fn retire(aside: &Path, target: &Path) -> io::Result<()> {
    if aside.is_symlink() {
        // The link goes; the folder that it led to stays as it was.
        fs::remove_file(aside.join(MARK))?;
        return fs::remove_file(aside);
    }
    foreign::carry_over(aside, target)?;
    fs::remove_dir_all(aside)
}

/// A program that ended between the two renames of a replacement, or before it was done with the old run, leaves that set
/// aside: put it back, or be done with it.
fn restore(target: &Path) -> Result<(), OutputError> {
    let aside = set_aside(target);
    let (marked, there) = (aside.join(MARK).is_file(), target.symlink_metadata().is_ok());
    let done = match (marked, there) {
        (true, true) => retire(&aside, target),
        (_, false) if marked || foreign::ours(&aside).is_some() => put_back(&aside, target),
        _ => Ok(()),
    };
    done.map_err(|e| OutputError::from_io(target, e))
}

pub(super) fn is_taken(target: &Path) -> bool {
    target.exists() || Lock::is_held(target)
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

/// Make a folder's list of names reach the disk.
pub(super) fn sync(folder: &Path) -> io::Result<()> {
    // Only Unix lets a folder be opened as a file.
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// A scenario's name as the name of a folder: lower case, with a dash for what is neither letter nor digit.
pub fn folder_name(scenario: &str) -> String {
    let words = scenario.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|w| !w.is_empty());
    let name = words.collect::<Vec<_>>().join("-").to_lowercase();
    if name.is_empty() { "run".to_owned() } else { name }
}
