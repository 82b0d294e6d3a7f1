//! What somebody else put into a folder of results stays when the results are made anew. The manifest lists what is ours.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use serde_json::Value;

use crate::output::manifest::MANIFEST;
use crate::output::place::{self, MARK};
use crate::output::report::REPORT;

/// The files that recirc wrote into a folder, by their names within it; none if the folder is none of its.
pub(super) fn ours(folder: &Path) -> Option<BTreeSet<String>> {
    let bytes = fs::read(folder.join(MANIFEST)).ok()?;
    let manifest: Value = serde_json::from_slice(&bytes).ok()?;
    manifest["recirc"].as_str()?;
    let listed = manifest["files"].as_object()?.keys().cloned();
    Some(listed.chain([MANIFEST, REPORT, MARK].map(str::to_owned)).collect())
}

/// Move everything that is not ours from the old folder into the new one, to the same place in it. Where the new one has a
/// file of that name, the foreign file is given a number.
pub(super) fn carry_over(old: &Path, new: &Path) -> io::Result<()> {
    let ours = ours(old).unwrap_or_else(|| BTreeSet::from([MARK.to_owned()]));
    carry(old, new, "", &ours)
}

fn carry(old: &Path, new: &Path, within: &str, ours: &BTreeSet<String>) -> io::Result<()> {
    for entry in fs::read_dir(old)? {
        let entry = entry?;
        let name = format!("{within}{}", entry.file_name().to_string_lossy());
        let (from, to) = (entry.path(), new.join(entry.file_name()));
        let inner = format!("{name}/");
        if entry.file_type()?.is_dir() && (to.is_dir() || ours.iter().any(|file| file.starts_with(&inner))) {
            carry(&from, &to, &inner, ours)?;
        } else if !ours.contains(&name) {
            fs::create_dir_all(new)?;
            fs::rename(&from, if to.symlink_metadata().is_ok() { place::free(&to) } else { to })?;
        }
    }
    Ok(())
}
