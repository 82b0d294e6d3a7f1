//! `recirc new`: a folder with a scenario to change, commented, and the schema for the editor.

use super::error::ScenarioError;
use super::levers::LEVERS;
use super::schema;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// The scenario that a newcomer starts from.
pub fn scenario() -> String {
    let mut text = String::from(START);
    for lever in LEVERS.iter().filter(|lever| lever.name != "local_invitations") {
        text += &format!("\n# {}\n", lever.meaning);
        for line in lever.entry(lever.example).lines() {
            text += &format!("# {line}\n");
        }
    }
    text
}

const START: &str = r#"#:schema scenario.schema.json
# A scenario of your own. It starts from Leeds as it is and writes only what differs.
#
#   recirc check scenario.toml                      is it sound?
#   recirc compare leeds/baseline scenario.toml     what does it change?
#   recirc levers                                   what may a policy change?

extends = "leeds/baseline"
name = "my policy"
description = "What do I want to know?"

# Uncomment for a quick look: a twentieth of the city, two years.
# [run]
# scale = 0.05
# years = 2

# A policy is a list of levers pulled, each from `start` until the month before `end`, by the anchors and for
# the spending categories listed, or by all and for all when those lines are left out.

[[policy.local_invitations]]
name = "invite locals"
start = "2026-04"
at_least = 3
# end = "2031-04"
# anchors = ["council"]

# Other levers, to uncomment and change:
"#;

/// Write the folder, whole or not at all; nothing that exists is overwritten. Answers with the scenario's path.
pub fn write(dir: &Path) -> Result<PathBuf, ScenarioError> {
    if dir.symlink_metadata().is_ok() {
        return Err(ScenarioError::Exists(dir.to_owned()));
    }
    let unwritable = |cause| ScenarioError::Unwritable { path: dir.to_owned(), cause };
    let Some(name) = dir.file_name() else {
        return Err(unwritable(io::Error::new(io::ErrorKind::InvalidInput, "it has no name")));
    };
    let partial = dir.with_file_name(format!(".{}.partial-{}", name.to_string_lossy(), std::process::id()));
    let written = fill(&partial).and_then(|()| fs::rename(&partial, dir));
    if let Err(cause) = written {
        let _ = fs::remove_dir_all(&partial);
        return Err(unwritable(cause));
    }
    Ok(dir.join("scenario.toml"))
}

fn fill(dir: &Path) -> io::Result<()> {
    fs::create_dir_all(dir)?;
    fs::write(dir.join("scenario.toml"), scenario())?;
    fs::write(dir.join("scenario.schema.json"), schema::text())
}
