//! What a process gives to the services it runs.

use std::{path::PathBuf, sync::Arc};

use auth::{PublicKey, Signer};
use bus::Bus;
use runtime::{clock::Clock, health::Health, life::Life};

use crate::caller::Keys;

/// What all services of a process share. Cheap to clone.
#[derive(Clone)]
pub struct Platform {
    /// Calls and events.
    pub bus: Bus,
    /// The one clock.
    pub clock: Clock,
    /// Tasks and the wish to stop.
    pub life: Life,
    /// What `/readyz` tells.
    pub health: Health,
    /// The files of the installation.
    pub blobs: blob::Store,
    /// Whose signatures are believed.
    pub keys: Arc<Keys>,
    /// Where services keep private keys of their own.
    pub key_folder: PathBuf,
    /// Whether this start follows a restore, so that publishers begin a new epoch.
    pub restored: bool,
}

/// The keys with which the services of one process speak for themselves.
#[derive(Clone)]
pub struct ServiceKeys {
    folder: PathBuf,
}

impl ServiceKeys {
    /// Keys kept as files `<service>.pem` in a folder, made when they are not there.
    #[must_use]
    pub fn in_folder(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The key of one service.
    ///
    /// # Errors
    /// When its file cannot be read or written, or others can read it.
    pub fn signer(&self, service: &str) -> anyhow::Result<Signer> {
        std::fs::create_dir_all(&self.folder)?;
        let file = self.folder.join(format!("{service}.pem"));
        Signer::load_or_create(&file, &auth::service_issuer(service), crate::issuing::fresh_seed())
    }

    /// The public key of one service.
    ///
    /// # Errors
    /// As [`ServiceKeys::signer`].
    pub fn public(&self, service: &str) -> anyhow::Result<PublicKey> {
        Ok(self.signer(service)?.public())
    }
}
