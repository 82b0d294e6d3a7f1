//! Burn-ins kept on disk, `DIR/burn_ins`, so that a study that is stopped does not simulate them again: a file for each, from
//! the end of the burn-in until all runs that branch from it are kept.

use super::checkpoint::{self, Whose};
use super::kept::Unfit;
use super::{Ready, Simulation};
use crate::measure::record::Record;
use crate::output::error::OutputError;
use crate::output::whole::{self, UNFINISHED};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

const BURN_INS: &str = "burn_ins";
const END: &str = "burn_in";

/// How long burn-ins stay on disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Keep {
    /// Until all runs that branch from them are kept.
    #[default]
    Needed,
    /// For good: a policy added to the study later branches from them.
    All,
    /// They are never written.
    None,
}

/// The folder of the burn-ins of a study.
pub struct BurnIns {
    dir: PathBuf,
    build: String,
    pub keep: Keep,
}

impl BurnIns {
    /// Open the folder, rid of what a kill has left half-written. With `anew`, or when none are kept, rid of all.
    pub(super) fn open(study: &Path, build: &str, keep: Keep, anew: bool) -> Result<BurnIns, OutputError> {
        let of = BurnIns { dir: study.join(BURN_INS), build: build.to_owned(), keep };
        of.remove(|end| end == UNFINISHED || (anew || keep == Keep::None) && end == END)?;
        Ok(of)
    }

    fn path(&self, burn_in: &str) -> PathBuf {
        self.dir.join(format!("{burn_in}.{END}"))
    }

    /// Whether there is a file for it, fit or not.
    pub fn has(&self, burn_in: &str) -> bool {
        self.path(burn_in).exists()
    }

    fn whose(&self, burn_in: &str, ready: &Ready, replicate: u16) -> Whose {
        let run = &ready.scenario.settings.run;
        Whose {
            burn_in: burn_in.to_owned(),
            build: self.build.clone(),
            replicate,
            seed: run.seed,
            month: run.burn_in_months,
        }
    }

    /// A burn-in that was kept; none when there is none; why not, when its file is unfit.
    pub fn load(
        &self,
        burn_in: &str,
        ready: &Ready,
        replicate: u16,
    ) -> Result<Option<(Simulation, Record)>, (PathBuf, Unfit)> {
        let path = self.path(burn_in);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(_) => return Err((path, Unfit::Damaged)),
        };
        let whose = self.whose(burn_in, ready, replicate);
        checkpoint::read(&bytes, &whose, ready).map(Some).map_err(|unfit| (path, unfit))
    }

    /// Keep a burn-in: it is on the disk when this returns. A study does well without, so what went wrong is for a warning.
    pub fn save(
        &self,
        burn_in: &str,
        ready: &Ready,
        replicate: u16,
        state: (&Simulation, &Record),
    ) -> Result<(), OutputError> {
        let path = self.path(burn_in);
        let failed = |path: &Path, cause| OutputError::from_io(path, cause);
        fs::create_dir_all(&self.dir).map_err(|cause| failed(&self.dir, cause))?;
        let whose = self.whose(burn_in, ready, replicate);
        let bytes = checkpoint::write(&whose, state.0, state.1).ok_or_else(|| OutputError::Render {
            file: path.display().to_string(),
            problem: "the state of the city could not be written down".to_owned(),
        })?;
        whole::write(&path, &bytes)
    }

    /// All runs that branch from a burn-in are kept.
    pub fn done_with(&self, burn_in: &str) {
        if self.keep != Keep::All {
            // What cannot be removed now goes when the study is over, or is told then.
            let _ = fs::remove_file(self.path(burn_in));
        }
    }

    /// The study is over: burn-ins that are not to be kept go, those of earlier versions of the study too.
    pub fn over(&self) -> Result<(), OutputError> {
        if self.keep == Keep::All {
            return Ok(());
        }
        self.remove(|end| end == END || end == UNFINISHED)?;
        // The folder may hold what somebody else put there; then it stays.
        let _ = fs::remove_dir(&self.dir);
        Ok(())
    }

    fn remove(&self, which: impl Fn(&str) -> bool) -> Result<(), OutputError> {
        let failed = |path: &Path, cause| OutputError::from_io(path, cause);
        let entries = match fs::read_dir(&self.dir) {
            Ok(entries) => entries,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(cause) => return Err(failed(&self.dir, cause)),
        };
        for entry in entries {
            let path = entry.map_err(|cause| failed(&self.dir, cause))?.path();
            if path.extension().and_then(|end| end.to_str()).is_some_and(&which) {
                fs::remove_file(&path).map_err(|cause| failed(&path, cause))?;
            }
        }
        Ok(())
    }
}
