//! Failed attempts at a password make the account and the network wait.

use std::time::Duration;

use schema_identity::Refusal;
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use service::Result;
use wire::{Instant, Refusal as _};

use crate::{
    domain::{
        backoff::{self, Patience},
        code, network,
    },
    settings::Settings,
    store,
};

/// Under what failures count.
#[derive(Clone)]
pub(crate) struct Key {
    /// The key of the row.
    name: String,
    /// Whether it is that of a network; that of an account otherwise.
    network: bool,
    /// How patient we are with it.
    patience: Patience,
}

/// The keys of an attempt, in the order in which their rows are locked.
pub(crate) fn keys(username: Option<&str>, network: Option<&str>, settings: &Settings) -> Vec<Key> {
    let account = username.map(|name| Key {
        name: format!("account:{}", code::secret_hash(name)),
        network: false,
        patience: settings.patience(),
    });
    let network = network.and_then(network::of).map(|network| Key {
        name: format!("network:{network}"),
        network: true,
        patience: settings.network_patience(),
    });
    account.into_iter().chain(network).collect()
}

/// Refuses while one of them waits, before any work is done.
pub(crate) async fn look(db: &impl ConnectionTrait, keys: &[Key], now: Instant) -> Result<()> {
    for key in keys {
        if let Some(wait) = key.patience.wait(store::attempts::get(db, &key.name).await?, now) {
            return Err(limited(wait));
        }
    }
    Ok(())
}

/// Refuses while one of them waits, and lets nobody else count until the transaction ends: many attempts at once must
/// not count as none.
pub(crate) async fn lock(tx: &DatabaseTransaction, keys: &[Key], now: Instant) -> Result<()> {
    for key in keys {
        if let Some(wait) = key.patience.wait(store::attempts::lock(tx, &key.name).await?, now) {
            return Err(limited(wait));
        }
    }
    Ok(())
}

/// Counts a failure.
pub(crate) async fn failed(tx: &DatabaseTransaction, keys: &[Key], now: Instant) -> Result<()> {
    for key in keys {
        store::attempts::count(tx, &key.name, key.patience.forgotten(now), now).await?;
    }
    Ok(())
}

/// Forgets the failures of the account, and half of those of the network: one known password must not wipe out the
/// guesses at others.
pub(crate) async fn succeeded(tx: &DatabaseTransaction, keys: &[Key]) -> Result<()> {
    for key in keys {
        if key.network {
            store::attempts::halve(tx, &key.name).await?;
        } else {
            store::attempts::forget(tx, &key.name).await?;
        }
    }
    Ok(())
}

fn limited(wait: Duration) -> anyhow::Error {
    let seconds = backoff::seconds(wait);
    Refusal::SignInLimited { seconds }.fault().retry_after(seconds).into()
}
