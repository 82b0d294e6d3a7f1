//! What can go wrong while results are written, as sentences with a remedy.

use std::io;
use std::path::{Path, PathBuf};

#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    #[error(
        "the folder {} already holds a run\n  \
         remedy: give `--overwrite` to replace it, or write elsewhere with `--out {}`",
        .folder.display(), .free.display()
    )]
    Exists { folder: PathBuf, free: PathBuf },

    #[error(
        "{} holds files that recirc did not write, so it is not replaced\n  \
         remedy: write elsewhere with `--out {}`, or empty the folder yourself",
        .folder.display(), .free.display()
    )]
    NotARun { folder: PathBuf, free: PathBuf },

    #[error(
        "{} is a file, and results need a folder there\n  \
         remedy: move the file away, or give another folder with `--out`",
        .path.display()
    )]
    FileInTheWay { path: PathBuf },

    #[error(
        "the file {} exists already and is not overwritten\n  \
         remedy: name a file that does not exist yet",
        .path.display()
    )]
    Written { path: PathBuf },

    #[error(
        "another run is writing to {} at this moment\n  \
         remedy: wait for it to end, or give another folder with `--out {}`",
        .folder.display(), .free.display()
    )]
    InUse { folder: PathBuf, free: PathBuf },

    #[error(
        "{} is in the way: recirc needs that name while it writes {}, and did not make what is there\n  \
         remedy: move it away, or write elsewhere with `--out {}`",
        .neighbour.display(), .folder.display(), .free.display()
    )]
    Neighbour { neighbour: PathBuf, folder: PathBuf, free: PathBuf },

    #[error(
        "cannot write to {} ({reason})\n  \
         remedy: give a place that you may write to, for results with `--out`",
        .path.display()
    )]
    NotWritable { path: PathBuf, reason: String },

    #[error(
        "{} could not be written: there is no folder {}\n  \
         remedy: make the folder first, or name one that is there",
        .path.display(), .folder.display()
    )]
    NoFolder { path: PathBuf, folder: PathBuf },

    #[error(
        "the disk is full: {} could not be written\n  \
         remedy: free some space, or give a folder on another disk with `--out`",
        .path.display()
    )]
    DiskFull { path: PathBuf },

    #[error(
        "{} could not be written: {source}\n  \
         remedy: check the disk, or give a folder on another one with `--out`",
        .path.display()
    )]
    Io { path: PathBuf, source: io::Error },

    #[error("{file} could not be made: {problem}\n  this is a fault in recirc; please report it")]
    Render { file: String, problem: String },
}

impl OutputError {
    /// Whether another command line would have avoided it, rather than another machine or program.
    pub fn is_users(&self) -> bool {
        match self {
            OutputError::Exists { .. }
            | OutputError::NotARun { .. }
            | OutputError::FileInTheWay { .. }
            | OutputError::InUse { .. }
            | OutputError::Written { .. }
            | OutputError::Neighbour { .. }
            | OutputError::NoFolder { .. }
            | OutputError::NotWritable { .. } => true,
            OutputError::DiskFull { .. } | OutputError::Io { .. } | OutputError::Render { .. } => false,
        }
    }

    /// What the operating system said about `path`, sorted by what a user can do about it.
    pub fn from_io(path: &Path, source: io::Error) -> OutputError {
        use io::ErrorKind::*;
        let path = path.to_owned();
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.exists());
        if let (NotFound, Some(folder)) = (source.kind(), folder) {
            return OutputError::NoFolder { folder: folder.to_owned(), path };
        }
        let refused = |path, reason: &str| OutputError::NotWritable { path, reason: reason.to_owned() };
        match source.kind() {
            StorageFull | QuotaExceeded | FileTooLarge => OutputError::DiskFull { path },
            PermissionDenied => refused(path, "permission denied"),
            ReadOnlyFilesystem => refused(path, "the disk is read-only"),
            InvalidFilename => refused(path, "the name is not allowed there"),
            NotADirectory | AlreadyExists => OutputError::FileInTheWay { path: nearest_file(&path) },
            _ => OutputError::Io { path, source },
        }
    }
}

/// The first part of `path` that is not a folder, which is what stands in the way.
fn nearest_file(path: &Path) -> PathBuf {
    let mut parts: Vec<&Path> = path.ancestors().collect();
    parts.reverse();
    parts.into_iter().find(|p| p.exists() && !p.is_dir()).unwrap_or(path).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let (missing, there) = (Path::new("/no such folder/report.html"), Path::new("/report.html"));
        let told = |path| OutputError::from_io(path, io::ErrorKind::NotFound.into());
        assert!(told(missing).is_users() && told(missing).to_string().contains("no folder /no such folder"));
        assert!(matches!(told(there), OutputError::Io { .. }));
    }
}
