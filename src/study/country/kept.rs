//! Finished replicates of a country, kept beside the folder that they are to be in: one that is stopped or killed goes on
//! where it was. When all are done they are removed.

use crate::measure::country::Replicate;
use crate::output::error::OutputError;
use crate::output::folder::beside;
use crate::output::manifest::sha256;
use crate::scenario::{Scenario, ScenarioError};
use crate::study::{key, store};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Raised when replicates kept by an earlier program can no longer be read.
const FORMAT: u32 = 1;

pub struct Kept {
    dir: PathBuf,
    /// Settings, data and program: all that a replicate hangs on but its number.
    of: String,
}

impl Kept {
    /// Those of the folder `target`.
    pub fn beside(target: &Path, scenario: &Scenario) -> Result<Kept, ScenarioError> {
        let key = key::of_run(&scenario.settings, &scenario.load_place()?, 0)?;
        let of = format!("country {FORMAT}\n{}\n{key}", store::build());
        Ok(Kept { dir: beside(target, ".replicates"), of })
    }

    fn path(&self, number: u16) -> PathBuf {
        self.dir.join(number.to_string())
    }

    /// What a file begins with; one that begins otherwise is another's.
    fn head(&self, number: u16) -> String {
        sha256(format!("{}\n{number}\n", self.of).as_bytes())
    }

    /// A replicate that was kept, with the year of its prices; none if there is none, or it is another's, or damaged.
    pub fn load(&self, number: u16) -> Option<(Replicate, String)> {
        let (head, bytes) = (self.head(number), fs::read(self.path(number)).ok()?);
        let (sum, state) = bytes.strip_prefix(head.as_bytes())?.split_at_checked(head.len())?;
        if sum != sha256(state).as_bytes() {
            return None;
        }
        postcard::from_bytes(state).ok()
    }

    /// Keep a finished replicate: it is on the disk when this returns.
    pub fn save(&self, done: &(Replicate, String)) -> Result<(), OutputError> {
        let (path, head) = (self.path(done.0.number), self.head(done.0.number));
        let failed = |cause| OutputError::from_io(&path, cause);
        let state = postcard::to_stdvec(done).map_err(|cause| failed(io::Error::other(cause)))?;
        let bytes = [head.as_bytes(), sha256(&state).as_bytes(), &state].concat();
        fs::create_dir_all(&self.dir).map_err(failed)?;
        store::put(&path, &bytes).map_err(failed)
    }

    /// Remove what was kept, when it is where it should be.
    pub fn clear(&self) {
        // What cannot be removed only takes room; the next run of this name tries again.
        let _ = fs::remove_dir_all(&self.dir);
    }
}
