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
use super::manifest::{MANIFEST, Manifest, sha256};
pub use folder::{Folder, ReportError};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use view::View;

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
    let line =
        |of: &view::Of| Some(format!("{}: {}", words::capital(&of.name), words::verdict(of, &view.city)?));
    told.extend(view.policies().filter_map(line));
    told
}

/// Write the page of a folder into it, or to another file. It appears whole or not at all.
pub fn write(folder: &Folder, to: Option<&Path>) -> Result<PathBuf, OutputError> {
    let path = to.map_or_else(|| folder.path.join(REPORT), Path::to_owned);
    whole(&path, html(folder).as_bytes())?;
    Ok(path)
}

/// Enter the page's hash in the manifest of its folder.
pub fn entered(folder: &Folder, page: &Path) -> Result<(), OutputError> {
    let bytes = fs::read(page).map_err(|cause| OutputError::from_io(page, cause))?;
    let path = folder.path.join(MANIFEST);
    let broken = |cause: serde_json::Error| OutputError::Render {
        file: path.display().to_string(),
        problem: cause.to_string(),
    };
    let mut manifest: Manifest = serde_json::from_value(folder.manifest.clone()).map_err(broken)?;
    if manifest.files.insert(REPORT.to_owned(), sha256(&bytes)).is_some_and(|old| old == sha256(&bytes)) {
        return Ok(());
    }
    whole(&path, &manifest.bytes())
}

/// Write a file that appears whole or not at all.
fn whole(path: &Path, bytes: &[u8]) -> Result<(), OutputError> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".partial");
    let temporary = path.with_file_name(name);
    let put = || -> io::Result<()> {
        let mut out = File::create(&temporary)?;
        out.write_all(bytes)?;
        out.sync_all()?;
        fs::rename(&temporary, path)
    };
    put().map_err(|cause| {
        // What is left of it is no file of ours; if it cannot be removed either there is nothing more to do.
        let _ = fs::remove_file(&temporary);
        OutputError::from_io(path, cause)
    })
}
