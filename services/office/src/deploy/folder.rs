//! The folder of keys and configuration that a deployment is made from, for its owner's eyes only; and an account of
//! what was made in it.

use std::{
    collections::BTreeSet,
    fmt,
    fs::{self, File, OpenOptions},
    io::Write as _,
    os::unix::fs::{MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _, chown},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};

/// The user and group of the programs in the image, to whom everything is given when root makes it.
pub const USER: u32 = 10001;

/// What happened to the files of the folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Files that were not there.
    pub made: BTreeSet<String>,
    /// Files that hold something else now.
    pub changed: BTreeSet<String>,
    /// How many files are as they were.
    pub kept: usize,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.made.iter().try_for_each(|file| writeln!(f, "made     {file}"))?;
        self.changed.iter().try_for_each(|file| writeln!(f, "changed  {file}"))?;
        write!(f, "{} made, {} changed, {} left as they were", self.made.len(), self.changed.len(), self.kept)
    }
}

/// The folder.
pub(crate) struct Folder {
    root: PathBuf,
    /// Who is to read it: whoever owns it, or [`USER`] when that is root.
    pub(crate) owner: (u32, u32),
    report: Report,
}

impl Folder {
    /// Opens the folder; makes it when it is not there. Git and its kin never look into it.
    pub(crate) fn open(root: &Path) -> Result<Self> {
        make_private(root)?;
        let found = fs::metadata(root)?;
        let owner = if found.uid() == 0 { (USER, USER) } else { (found.uid(), found.gid()) };
        let mut folder = Self { root: root.to_path_buf(), owner, report: Report::default() };
        folder.write(".gitignore", "*\n")?;
        Ok(folder)
    }

    /// Where a file of the folder is.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// A folder in it.
    pub(crate) fn below(&self, name: &str) -> Result<PathBuf> {
        let path = self.path(name);
        make_private(&path)?;
        Ok(path)
    }

    /// What a file holds, when it is there.
    pub(crate) fn read(&self, name: &str) -> Result<Option<String>> {
        let path = self.path(name);
        if !path.exists() {
            return Ok(None);
        }
        fs::read_to_string(&path).map(Some).with_context(|| format!("reading `{}`", path.display()))
    }

    /// What a secret file holds; makes it when it is not there, or when it shall be new.
    pub(crate) fn secret(&mut self, name: &str, fresh: bool, make: impl FnOnce() -> Result<String>) -> Result<String> {
        match self.read(name)? {
            Some(text) if !fresh => {
                self.write(name, &text)?;
                Ok(text)
            }
            _ => {
                let text = make()?;
                self.write(name, &text)?;
                Ok(text)
            }
        }
    }

    /// Sees to it that a file holds this text, durably and for its owner only.
    pub(crate) fn write(&mut self, name: &str, text: &str) -> Result<()> {
        let path = self.path(name);
        let before = self.read(name)?;
        if before.as_deref() == Some(text) {
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600))?;
            self.report.kept += 1;
            return Ok(());
        }
        let parent = path.parent().unwrap_or(&self.root).to_path_buf();
        make_private(&parent)?;
        let doing = || format!("writing `{}`", path.display());
        let beside = path.with_extension("new");
        let mut file =
            OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&beside).with_context(doing)?;
        file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).with_context(doing)?;
        fs::rename(&beside, &path).with_context(doing)?;
        File::open(&parent).and_then(|folder| folder.sync_all()).with_context(doing)?;
        self.note(name, before.is_some());
        Ok(())
    }

    /// Notes a file that others have written for us.
    pub(crate) fn note(&mut self, name: &str, was_there: bool) {
        let list = if was_there { &mut self.report.changed } else { &mut self.report.made };
        list.insert(name.to_owned());
    }

    /// Counts a file of others as being as it was.
    pub(crate) fn keep(&mut self) {
        self.report.kept += 1;
    }

    /// Gives everything to its owner, and tells what was done.
    pub(crate) fn close(self) -> Result<Report> {
        give(&self.root, self.owner)?;
        Ok(self.report)
    }
}

/// Makes a folder that nobody else can look into.
pub(crate) fn make_private(path: &Path) -> Result<()> {
    let doing = || format!("making the folder `{}`", path.display());
    fs::create_dir_all(path).with_context(doing)?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o700)).with_context(doing)
}

/// Gives a folder and all that is in it to a user, where we may.
fn give(path: &Path, owner: (u32, u32)) -> Result<()> {
    give_one(path, owner)?;
    if fs::symlink_metadata(path)?.is_dir() {
        for entry in fs::read_dir(path)? {
            give(&entry?.path(), owner)?;
        }
    }
    Ok(())
}

/// Gives one file or folder to a user, where we may.
pub(crate) fn give_one(path: &Path, owner: (u32, u32)) -> Result<()> {
    let found = fs::symlink_metadata(path)?;
    if (found.uid(), found.gid()) == owner {
        return Ok(());
    }
    chown(path, Some(owner.0), Some(owner.1)).with_context(|| format!("giving `{}` to its user", path.display()))
}
