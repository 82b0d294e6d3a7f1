//! A file that appears whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use crate::output::error::OutputError;
use crate::output::place;

/// How the name of a file ends that is being written; what is left of one after a kill may be removed.
pub const UNFINISHED: &str = "partial";

/// Refuse to write where something is, unless it is a file and may be replaced.
pub fn may_write(path: &Path, overwrite: bool) -> Result<(), OutputError> {
    match path.symlink_metadata() {
        Ok(there) if !overwrite || there.is_dir() => Err(OutputError::Written { path: path.to_owned() }),
        _ => Ok(()),
    }
}

/// Write a file under another name and rename it once it is on the disk. It is there for good when this returns.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), OutputError> {
    let temporary = place::beside(path, &format!(".{UNFINISHED}"));
    let put = || -> io::Result<()> {
        let mut out = File::create(&temporary)?;
        out.write_all(bytes)?;
        out.sync_all()?;
        fs::rename(&temporary, path)?;
        place::sync(place::parent(path))
    };
    put().map_err(|cause| {
        // What is half-written would only take room on a disk that may be full.
        let _ = fs::remove_file(&temporary);
        OutputError::from_io(path, cause)
    })
}
