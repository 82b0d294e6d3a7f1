//! The folder of a run appears whole or not at all. Files go into `NAME.partial` beside it, reach the disk,
//! and the folder is then renamed. A lock, held from first to last, tells a run at work from a dead one's remains.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::measure::table::Table;
use crate::output::error::OutputError;
use crate::output::lock::Lock;
use crate::output::manifest::sha256;
use crate::output::place;

pub use crate::output::place::{beside, folder_name, free};

/// A run folder being written. Dropped before [`RunFolder::finish`], it leaves nothing behind.
#[derive(Debug)]
pub struct RunFolder {
    target: PathBuf,
    partial: PathBuf,
    overwrite: bool,
    files: BTreeMap<String, String>,
    finished: bool,
    /// Held until all is in place, or the remains are removed.
    _lock: Lock,
}

impl RunFolder {
    /// Begin the folder `target`. A run that is already there is an error unless `overwrite`, and stays in
    /// place until the new one is whole.
    pub fn at(target: &Path, overwrite: bool) -> Result<RunFolder, OutputError> {
        if target.file_name().is_none() {
            let reason = "it is not the name of a folder that could be made".to_owned();
            return Err(OutputError::NotWritable { path: target.to_owned(), reason });
        }
        let parent = place::parent(target);
        fs::create_dir_all(parent).map_err(|e| OutputError::from_io(parent, e))?;
        let lock = Lock::on(target)?;
        place::check(target, overwrite)?;
        Ok(RunFolder {
            target: target.to_owned(),
            partial: place::begin(target)?,
            overwrite,
            files: BTreeMap::new(),
            finished: false,
            _lock: lock,
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
        self.sync()
            .and_then(|()| place::swap(&self.partial, &self.target))
            .map_err(|e| OutputError::from_io(&self.target, e))?;
        self.finished = true;
        Ok(self.target.clone())
    }

    fn sync(&self) -> io::Result<()> {
        let inner = self.files.keys().filter_map(|file| Path::new(file).parent());
        inner.map(|folder| self.partial.join(folder)).try_for_each(|folder| place::sync(&folder))?;
        place::sync(&self.partial)
    }
}

impl Drop for RunFolder {
    fn drop(&mut self) {
        // There is nobody to tell if the remains cannot be removed; the next run of this name will try again.
        if !self.finished {
            let _ = fs::remove_dir_all(&self.partial);
        }
    }
}
