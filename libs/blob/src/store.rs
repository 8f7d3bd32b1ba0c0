//! The store, and the area of it that belongs to one service for one office.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt};

use crate::folder::{self, Folder};
use crate::reading::{self, Content};
use crate::staging::{Staged, Staging};
use crate::{Error, Format, bare::Plan, cutting, key};

/// The one blob store of an installation. Cloning it is cheap.
#[derive(Clone)]
pub struct Store {
    folder: Arc<Folder>,
    objects: Arc<dyn ObjectStore>,
}

/// What one service holds for one office. Nothing is shared between areas, whatever their contents.
#[derive(Clone)]
pub struct Area {
    store: Store,
    service: String,
    office: String,
}

/// A file in an area.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Held {
    /// SHA-256 of the content, hex.
    pub hash: String,
    /// Size in bytes.
    pub size: u64,
}

impl Store {
    /// Opens a local folder, which is made when it is not there. Blocks; called once, at start.
    ///
    /// # Errors
    /// When the folder cannot be made, read or synced.
    pub fn folder(root: impl Into<PathBuf>) -> Result<Self, Error> {
        let folder = Folder::open(root.into())?;
        let local = LocalFileSystem::new_with_prefix(folder.root())
            .map_err(|e| Error::io("opening", folder.root(), std::io::Error::other(e)))?;
        Ok(Self { folder: Arc::new(folder), objects: Arc::new(local) })
    }

    /// The folder that the files are kept in.
    #[must_use]
    pub fn root(&self) -> &std::path::Path {
        self.folder.root()
    }

    /// Begins an upload of at most `limit` bytes.
    ///
    /// # Errors
    /// [`Error::NoSpace`] on a full disk.
    pub async fn stage(&self, limit: u64) -> Result<Staging, Error> {
        Staging::start(Arc::clone(&self.folder), key::STAGING, limit).await
    }

    /// Opens a staged file for reading, its hash checked on the way.
    ///
    /// # Errors
    /// [`Error::Missing`] when it is not staged (any more).
    pub async fn staged(&self, hash: &str) -> Result<Content, Error> {
        let hash = key::hash(hash)?;
        reading::open(&self.objects, &Path::from_iter([key::STAGING, hash]), hash, None).await
    }

    /// Removes a staged file at once, whoever staged it; `false` when there was none. For uploads that may not rest as
    /// they came: whoever staged the same content is told to upload it again.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn unstage(&self, hash: &str) -> Result<bool, Error> {
        let (folder, hash) = (Arc::clone(&self.folder), key::hash(hash)?.to_owned());
        blocking(move || folder.unstage(&hash)).await
    }

    /// The area of a service (`documents`) for an office (the text of its UUID).
    ///
    /// # Errors
    /// [`Error::BadKey`] when either cannot be one.
    pub fn area(&self, service: &str, office: &str) -> Result<Area, Error> {
        let (service, office) = (key::service(service)?.to_owned(), key::office(office)?.to_owned());
        Ok(Area { store: self.clone(), service, office })
    }

    /// Which of these staged files need no room of their own any more: they were claimed or swept. A store whose claims
    /// are copies cannot tell, and calls none of them claimed.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub async fn settled(&self, hashes: Vec<String>) -> Result<Vec<String>, Error> {
        let folder = Arc::clone(&self.folder);
        blocking(move || folder.settled(hashes)).await
    }

    /// Removes unclaimed uploads, and whatever else a crash left in passage, last written before this moment.
    /// Tickets must have expired by then. Returns how many files went.
    ///
    /// # Errors
    /// When the folder cannot be read or written.
    pub async fn sweep_staging(&self, before: SystemTime) -> Result<u64, Error> {
        let folder = Arc::clone(&self.folder);
        blocking(move || folder.sweep(before)).await
    }
}

impl Area {
    /// Takes the staged file of this hash and size into the area, durably. Doing it again changes nothing, even
    /// when the staged copy is gone by then.
    ///
    /// # Errors
    /// [`Error::Missing`] when it is not staged, [`Error::Altered`] when it has another size, [`Error::NoSpace`].
    pub async fn claim(&self, hash: &str, size: u64) -> Result<(), Error> {
        let (area, hash) = (self.clone(), key::hash(hash)?.to_owned());
        blocking(move || area.store.folder.claim(&area.service, &area.office, &hash, size)).await
    }

    /// Begins a file of at most `limit` bytes that goes into the area without having been staged.
    ///
    /// # Errors
    /// [`Error::NoSpace`] on a full disk.
    pub async fn begin(&self, limit: u64) -> Result<Staging, Error> {
        Staging::start(Arc::clone(&self.store.folder), &self.service, limit).await
    }

    /// Makes a file that was begun here durable in the area, under its hash.
    ///
    /// # Errors
    /// [`Error::NoSpace`] on a full disk; one that [must stop the process](Error::must_stop) when a sync fails.
    pub async fn keep(&self, begun: Staging) -> Result<Staged, Error> {
        let (service, office) = (self.service.clone(), self.office.clone());
        begun.end(move |folder, part| folder.keep(part, &service, &office)).await
    }

    /// Opens a file for reading: all of it, or a range of bytes clipped to its end. Only a whole file is checked
    /// against its hash.
    ///
    /// # Errors
    /// [`Error::Missing`], or [`Error::OutOfRange`] when the range is empty or begins behind the end.
    pub async fn open(&self, hash: &str, range: Option<Range<u64>>) -> Result<Content, Error> {
        let hash = key::hash(hash)?;
        reading::open(&self.store.objects, &self.path(hash), hash, range).await
    }

    /// How to show a picture without what was written into it; nothing when the format is not
    /// [covered](crate::bare::covers) and the file is shown as it is. Reads what tells the parts of the picture, in
    /// constant memory.
    ///
    /// # Errors
    /// [`Error::Missing`], or [`Error::Picture`] when it cannot be read as its format says.
    pub async fn plan(&self, hash: &str, format: Format) -> Result<Option<Plan>, Error> {
        let hash = key::hash(hash)?;
        cutting::plan(&*self.store.objects, &self.path(hash), hash, format).await
    }

    /// Opens what the plan shows of a file: all of it, or a range of the bytes that are shown. For all of it the whole
    /// file is read and its hash compared, as [`Area::open`] does; the last chunk is held back until it agrees.
    ///
    /// # Errors
    /// As those of [`Area::open`].
    pub async fn open_bare(&self, hash: &str, plan: &Plan, range: Option<Range<u64>>) -> Result<Content, Error> {
        let hash = key::hash(hash)?;
        cutting::open(&self.store.objects, &self.path(hash), hash, plan, range).await
    }

    /// Removes a file for good; `false` when there was none.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn remove(&self, hash: &str) -> Result<bool, Error> {
        let hash = key::hash(hash)?;
        match self.store.objects.delete(&self.path(hash)).await {
            Ok(()) => {}
            Err(object_store::Error::NotFound { .. }) => return Ok(false),
            Err(error) => return Err(Error::object(hash, error)),
        }
        let directory = self.store.folder.root().join(&self.service).join(&self.office).join(key::fan(hash));
        blocking(move || folder::sync(&directory)).await.map(|()| true)
    }

    /// Every file of the area, in no particular order.
    #[must_use]
    pub fn list(&self) -> BoxStream<'static, Result<Held, Error>> {
        let prefix = Path::from_iter([self.service.as_str(), self.office.as_str()]);
        let found = self.store.objects.list(Some(&prefix));
        let held = found.filter_map(async |entry| match entry {
            // Only what carries a hash for a name is ours.
            Ok(entry) => {
                let hash = key::hash(entry.location.filename()?).ok()?.to_owned();
                Some(Ok(Held { hash, size: entry.size }))
            }
            Err(error) => Some(Err(Error::listing(error))),
        });
        held.boxed()
    }

    fn path(&self, hash: &str) -> Path {
        Path::from_iter([self.service.as_str(), self.office.as_str(), key::fan(hash), hash])
    }
}

/// Runs blocking work to its end, even when nobody waits for it any more.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let joined = tokio::task::spawn_blocking(work).await;
    joined.map_err(|e| Error::Io { doing: "running file work".to_owned(), source: std::io::Error::other(e) })?
}
