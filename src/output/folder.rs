//! The folder of a run appears whole or not at all. Files go into `NAME.partial` beside it, reach the disk,
//! and the folder is then renamed. A lock, held until then, tells a run at work from a dead one's remains.

use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::measure::table::Table;
use crate::output::error::OutputError;
use crate::output::manifest::sha256;
use crate::output::place::{self, LOCK};

pub use crate::output::place::{beside, folder_name, free};

/// A run folder being written. Dropped before [`RunFolder::finish`], it leaves nothing behind.
#[derive(Debug)]
pub struct RunFolder {
    target: PathBuf,
    partial: PathBuf,
    overwrite: bool,
    files: BTreeMap<String, String>,
    lock: Option<File>,
}

impl RunFolder {
    /// Begin the folder `target`. A run that is already there is an error unless `overwrite`, and stays in
    /// place until the new one is whole.
    pub fn at(target: &Path, overwrite: bool) -> Result<RunFolder, OutputError> {
        place::check(target, overwrite)?;
        let partial = place::beside(target, ".partial");
        let parent = place::parent(target);
        fs::create_dir_all(parent).map_err(|e| OutputError::from_io(parent, e))?;
        if place::is_at_work(&partial) {
            return Err(OutputError::InUse { folder: target.to_owned(), free: place::free(target) });
        }
        place::remove(&partial)?;
        match fs::create_dir(&partial) {
            // Another run began between the look and the step.
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {
                return Err(OutputError::InUse { folder: target.to_owned(), free: place::free(target) });
            }
            made => made.map_err(|e| OutputError::from_io(&partial, e))?,
        }
        let lock = lock(&partial, target)?;
        Ok(RunFolder {
            target: target.to_owned(),
            partial,
            overwrite,
            files: BTreeMap::new(),
            lock: Some(lock),
        })
    }

    /// Begin `parent/NAME`, or `NAME-2`, `NAME-3` and so on when that is taken and not to be overwritten.
    pub fn named(parent: &Path, scenario: &str, overwrite: bool) -> Result<RunFolder, OutputError> {
        let wanted = parent.join(place::folder_name(scenario));
        loop {
            let target =
                if overwrite || !place::is_taken(&wanted) { wanted.clone() } else { place::free(&wanted) };
            match RunFolder::at(&target, overwrite) {
                // Lost a race for the name: take the next one.
                Err(OutputError::Exists { .. } | OutputError::InUse { .. }) if !overwrite => {}
                begun => return begun,
            }
        }
    }

    /// Write one file, such as `monthly.csv` or `charts/paths.svg`, and make sure that it is on the disk.
    pub fn write(&mut self, file: &str, bytes: &[u8]) -> Result<(), OutputError> {
        let path = self.partial.join(file);
        let shown = self.target.join(file);
        let put = || -> io::Result<()> {
            fs::create_dir_all(place::parent(&path))?;
            let mut out = File::create(&path)?;
            out.write_all(bytes)?;
            out.sync_all()
        };
        put().map_err(|e| OutputError::from_io(&shown, e))?;
        self.files.insert(file.to_owned(), sha256(bytes));
        Ok(())
    }

    /// Write `table` as `NAME.csv`.
    pub fn write_table(&mut self, table: &Table) -> Result<(), OutputError> {
        self.write(&format!("{}.csv", table.name), &crate::output::csv::bytes(table)?)
    }

    /// SHA-256 of each file written so far, by name.
    pub fn hashes(&self) -> &BTreeMap<String, String> {
        &self.files
    }

    /// Where it stands while it is being written.
    pub fn working(&self) -> &Path {
        &self.partial
    }

    /// Where the folder will stand.
    pub fn path(&self) -> &Path {
        &self.target
    }

    /// Put the folder in its place, and say where that is.
    pub fn finish(mut self) -> Result<PathBuf, OutputError> {
        place::check(&self.target, self.overwrite)?;
        self.swap().map_err(|e| OutputError::from_io(&self.target, e))?;
        self.lock = None;
        Ok(self.target.clone())
    }

    fn swap(&self) -> io::Result<()> {
        fs::remove_file(self.partial.join(LOCK))?;
        let inner = self.files.keys().filter_map(|f| Path::new(f).parent());
        for folder in inner {
            sync(&self.partial.join(folder))?;
        }
        sync(&self.partial)?;
        let old = place::beside(&self.target, ".replaced");
        let had_old = self.target.exists();
        if had_old {
            fs::rename(&self.target, &old)?;
        }
        if let Err(e) = fs::rename(&self.partial, &self.target) {
            if had_old {
                fs::rename(&old, &self.target)?;
            }
            return Err(e);
        }
        sync(place::parent(&self.target))?;
        if had_old { fs::remove_dir_all(&old) } else { Ok(()) }
    }
}

impl Drop for RunFolder {
    fn drop(&mut self) {
        // Still locked: not finished. There is nobody to tell if the remains cannot be removed either; the
        // next run of this name will try again.
        if self.lock.take().is_some() {
            let _ = fs::remove_dir_all(&self.partial);
        }
    }
}

fn lock(partial: &Path, target: &Path) -> Result<File, OutputError> {
    let path = partial.join(LOCK);
    let file = File::create(&path).map_err(|e| OutputError::from_io(&path, e))?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => {
            Err(OutputError::InUse { folder: target.to_owned(), free: place::free(target) })
        }
        // Some network disks have no locks; a run there is only unprotected against its own twin.
        Ok(()) | Err(TryLockError::Error(_)) => Ok(file),
    }
}

/// Make a folder's list of names reach the disk.
fn sync(folder: &Path) -> io::Result<()> {
    // Only Unix lets a folder be opened as a file.
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
