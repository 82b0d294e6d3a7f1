//! What makes a run the run it is: the key under which it is kept.

use crate::output::manifest::sha256;
use crate::place::Place;
use crate::scenario::settings::Settings;
use crate::scenario::{ScenarioError, canonical};

/// Raised when runs kept by an earlier program can no longer be read.
const FORMAT: u32 = 1;

/// Settings without what does not change a replicate's run.
fn plain(settings: &Settings) -> Settings {
    let mut plain = settings.clone();
    plain.name = String::new();
    plain.description = String::new();
    plain.run.replicates = 1;
    plain
}

/// The key of a run: SHA-256 over the program's version, the resolved settings, the data of the place and the replicate.
pub fn of_run(settings: &Settings, place: &Place, replicate: u16) -> Result<String, ScenarioError> {
    let (text, _) = canonical(&plain(settings))?;
    Ok(hash(&text, place, replicate))
}

/// The key of the burn-in that runs differing only in policy and length share.
pub fn of_burn_in(settings: &Settings, place: &Place, replicate: u16) -> Result<String, ScenarioError> {
    let mut plain = plain(settings).without_policy();
    plain.run.years = 0;
    let (text, _) = canonical(&plain)?;
    Ok(hash(&text, place, replicate))
}

fn hash(settings: &str, place: &Place, replicate: u16) -> String {
    let mut all = format!("{FORMAT}\n{}\n{replicate}\n{settings}\n", env!("CARGO_PKG_VERSION"));
    for (name, hash) in place.data_hashes() {
        // A town is the same wherever its file lies.
        let name = if matches!(place, Place::Town(_)) { "town" } else { &name };
        all += &format!("{name} {hash}\n");
    }
    sha256(all.as_bytes())
}
