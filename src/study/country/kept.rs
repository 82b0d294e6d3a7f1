//! Finished replicates of a country, kept beside the folder that they are to be in: one that is stopped or killed goes on
//! where it was. When all are done they are removed.

use crate::measure::country::Replicate;
use crate::output::error::OutputError;
use crate::output::folder::{beside, free};
use crate::output::manifest::sha256;
use crate::output::whole;
use crate::scenario::Scenario;
use crate::study::{StudyError, key, store};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Raised when replicates kept by an earlier program can no longer be read.
const FORMAT: u32 = 1;

/// Length of a SHA-256 in hexadecimal, which every file of ours begins with, whoever's it is.
const HEAD: usize = 64;

pub struct Kept {
    dir: PathBuf,
    /// Settings, data and program: all that a replicate hangs on but its number.
    of: String,
}

impl Kept {
    /// Those of the folder `target`.
    pub fn beside(target: &Path, scenario: &Scenario) -> Result<Kept, StudyError> {
        let place = scenario.load_place().map_err(StudyError::Scenario)?;
        let key = key::of_run(&scenario.settings, &place, 0).map_err(StudyError::Scenario)?;
        let of = format!("country {FORMAT}\n{}\n{key}", store::build());
        let kept = Kept { dir: beside(target, ".replicates"), of };
        let theirs = |number: &u16| kept.path(*number).exists() && !is_ours(&kept.path(*number));
        let in_the_way = (1..=scenario.settings.run.replicates).find(theirs).map(|number| kept.path(number));
        let a_file = (kept.dir.exists() && !kept.dir.is_dir()).then(|| kept.dir.clone());
        match a_file.or(in_the_way) {
            None => Ok(kept),
            Some(neighbour) => {
                let (folder, free) = (target.to_owned(), free(target));
                Err(OutputError::Neighbour { neighbour, folder, free }.into())
            }
        }
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
        whole::write(&path, &bytes)
    }

    /// Remove what was kept, when it is where it should be: all replicates that are there, under whatever settings, and nothing
    /// that somebody else put there.
    pub fn clear(&self) {
        let ours = |path: &PathBuf| {
            let stem = path.file_stem().and_then(|stem| stem.to_str());
            stem.is_some_and(|stem| stem.parse::<u16>().is_ok())
                && (path.extension().is_some_and(|end| end == whole::UNFINISHED)
                    || path.extension().is_none() && is_ours(path))
        };
        // What cannot be removed only takes room; the next run of this name tries again.
        let entries = fs::read_dir(&self.dir).into_iter().flatten().flatten();
        for path in entries.map(|entry| entry.path()).filter(ours) {
            let _ = fs::remove_file(path);
        }
        let _ = fs::remove_dir(&self.dir);
    }
}

/// Whether a file begins as ours do, fit or not.
fn is_ours(path: &Path) -> bool {
    let mut head = [0; HEAD];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut head));
    read.is_ok() && head.iter().all(|c| c.is_ascii_digit() || (b'a'..=b'f').contains(c))
}
