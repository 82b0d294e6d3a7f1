//! `report.html`: what a folder of results shows, for a reader who is no modeller, in one file that needs nothing else.

mod data;
mod folder;
mod matters;
mod measures;
mod opening;
mod page;
mod parts;
mod people;
mod sections;
mod view;
mod words;

use super::error::OutputError;
use super::manifest::{MANIFEST, sha256};
use super::whole;
pub use folder::{Folder, ReportError};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use view::View;
pub use words::HANGS_ON_SCALE;

/// The file's name within the folder of results.
pub const REPORT: &str = "report.html";

/// The page of a folder of results. The same tables give the same bytes.
pub fn html(folder: &Folder) -> String {
    page::page(&View::new(folder))
}

/// The answer in sentences: what the page begins with, then each policy's in a line.
pub fn answer(folder: &Folder) -> Vec<String> {
    let view = View::new(folder);
    let mut told = opening::opening(&view);
    let line = |of: &view::Of| Some(format!("{}: {}", words::capital(&of.name), words::verdict(of, &view)?));
    told.extend(view.policies().filter_map(line));
    if view.policies().next().is_some() && words::hangs_on_scale(&view) {
        told.push(words::HANGS_ON_SCALE.to_owned());
    }
    told
}

/// Write the page of a folder into it, or to another file. It appears whole or not at all.
pub fn write(folder: &Folder, to: Option<&Path>) -> Result<PathBuf, OutputError> {
    let path = to.map_or_else(|| folder.path.join(REPORT), Path::to_owned);
    whole::write(&path, html(folder).as_bytes())?;
    Ok(path)
}

/// Enter the page's hash in the manifest of its folder.
pub fn entered(folder: &Folder, page: &Path) -> Result<(), OutputError> {
    let bytes = fs::read(page).map_err(|cause| OutputError::from_io(page, cause))?;
    let path = folder.path.join(MANIFEST);
    // The manifest may be of a later program: what this one knows nothing of stays in it.
    let mut manifest = folder.manifest.clone();
    let hash = Value::from(sha256(&bytes));
    if manifest["files"][REPORT] == hash {
        return Ok(());
    }
    if !manifest["files"].is_object() {
        manifest["files"] = json!({});
    }
    manifest["files"][REPORT] = hash;
    whole::write(&path, format!("{manifest:#}\n").as_bytes())
}
