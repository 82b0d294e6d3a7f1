//! Where finished runs are kept: `DIR/runs`, a file a run. A file appears whole or not at all, and says itself whether it
//! is still whole. A lock keeps two studies out of one folder.

use super::burn_ins::{BurnIns, Keep};
use super::kept::{Kept, Unfit};
use crate::output::error::OutputError;
use crate::output::folder::free;
use crate::output::manifest::sha256;
use crate::output::whole;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

const RUNS: &str = "runs";
const LOCK: &str = ".lock";
const END: &str = "run";

/// The folder of a study, held while the study goes on.
pub struct Store {
    dir: PathBuf,
    build: String,
    pub burn_ins: BurnIns,
    _lock: File,
}

impl Store {
    /// Open the folder of a study, or make it. With `anew`, runs and burn-ins kept before are removed.
    pub fn open(dir: &Path, anew: bool, keep: Keep) -> Result<Store, OutputError> {
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |cause: io::Error| OutputError::from_io(&path, cause)
        };
        let runs = dir.join(RUNS);
        if dir.exists() && !dir.is_dir() {
            return Err(OutputError::FileInTheWay { path: dir.to_owned() });
        }
        let empty = !dir.exists() || fs::read_dir(dir).map_err(failed(dir))?.next().is_none();
        if !empty && !runs.is_dir() && !dir.join(LOCK).exists() {
            return Err(OutputError::NotARun { folder: dir.to_owned(), free: free(dir) });
        }
        fs::create_dir_all(dir).map_err(failed(dir))?;
        let path = dir.join(LOCK);
        let lock = File::create(&path).map_err(failed(&path))?;
        // Some network disks have no locks; a study there is only unprotected against its own twin.
        if let Err(TryLockError::WouldBlock) = lock.try_lock() {
            return Err(OutputError::InUse { folder: dir.to_owned(), free: free(dir) });
        }
        fs::create_dir_all(&runs).map_err(failed(&runs))?;
        for entry in fs::read_dir(&runs).map_err(failed(&runs))? {
            let path = entry.map_err(failed(&runs))?.path();
            // What is left of files that were being written at a kill goes.
            let ends = |with: &str| path.extension().is_some_and(|end| end == with);
            if ends(whole::UNFINISHED) || anew && ends(END) {
                fs::remove_file(&path).map_err(failed(&path))?;
            }
        }
        let build = build();
        let burn_ins = BurnIns::open(dir, &build, keep, anew)?;
        Ok(Store { dir: dir.to_owned(), build, burn_ins, _lock: lock })
    }

    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Keep a short note in the folder, such as what was decided for the study in it.
    pub fn note(&self, name: &str, text: &str) -> Result<(), OutputError> {
        whole::write(&self.dir.join(name), text.as_bytes())
    }

    fn path(&self, key: &str) -> PathBuf {
        self.dir.join(RUNS).join(format!("{key}.{END}"))
    }

    /// A run that was kept before; none when there is none; why not, when its file is unfit.
    pub fn load(&self, key: &str, with_tables: bool) -> Result<Option<Kept>, (PathBuf, Unfit)> {
        let path = self.path(key);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(_) => return Err((path, Unfit::Damaged)),
        };
        Kept::read(&bytes, key, &self.build, with_tables).map(Some).map_err(|unfit| (path, unfit))
    }

    /// Keep a finished run: it is on the disk when this returns.
    pub fn save(&self, key: &str, of: (&str, u16), kept: &Kept) -> Result<(), OutputError> {
        whole::write(&self.path(key), kept.text(key, &self.build, of).as_bytes())
    }
}

/// What tells one build of the program from another: the SHA-256 of the program itself.
pub(super) fn build() -> String {
    let bytes = std::env::current_exe().and_then(fs::read);
    bytes.map_or_else(|_| env!("CARGO_PKG_VERSION").to_owned(), |bytes| sha256(&bytes))
}
