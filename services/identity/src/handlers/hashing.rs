//! Password hashes: Argon2id, made away from the threads that answer, a few at a time, in memory that is used again.

use std::sync::{LazyLock, Mutex, PoisonError};

use anyhow::{Context as _, anyhow};
use argon2::{
    ARGON2ID_IDENT, Algorithm, Argon2, Block, Params, PasswordHash, Version,
    password_hash::phc::{Output, ParamsString, Salt},
};
use schema_identity::Refusal;
use service::Result;
use tokio::{sync::Semaphore, task::spawn_blocking};
use wire::Refusal as _;

use crate::settings::Settings;

/// How many may wait for their turn. Whoever comes then is told to try again: they would give up before it is theirs.
const WAITING: usize = 64;

/// When to try again, in seconds.
const AGAIN_S: u32 = 2;

/// How many bytes a hash has.
const BYTES: usize = Params::DEFAULT_OUTPUT_LEN;

/// Where this process makes its hashes: one at a time for each processor, and never more than four.
static DESK: LazyLock<Desk> = LazyLock::new(|| {
    let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    Desk::new(processors.min(4), WAITING)
});

/// The hash of a new password, as a PHC string.
pub(crate) async fn hash(password: String, settings: &Settings) -> Result<String> {
    let params = params(settings)?;
    DESK.work(move |memory| hashed(&params, &password, memory)).await
}

/// Whether a password fits a hash. Without a hash the answer is no and takes as long.
pub(crate) async fn verify(password: String, stored: Option<String>, settings: &Settings) -> Result<bool> {
    let params = params(settings)?;
    DESK.work(move |memory| match stored {
        Some(stored) => fits(&stored, &password, memory),
        None => hashed(&params, &password, memory).map(|_| false),
    })
    .await
}

/// Whether a hash was made with other parameters than those of the settings, so that it should be made anew.
pub(crate) fn is_outdated(stored: &str, settings: &Settings) -> bool {
    let Settings { password_memory_kib: m, password_passes: t, password_lanes: p, .. } = settings;
    !stored.starts_with(&format!("$argon2id$v=19$m={m},t={t},p={p}$"))
}

fn params(settings: &Settings) -> Result<Params> {
    let Settings { password_memory_kib, password_passes, password_lanes, .. } = settings;
    Params::new(*password_memory_kib, *password_passes, *password_lanes, Some(BYTES))
        .map_err(|error| anyhow!("{error}"))
        .context("the settings `password_…` of `identity` are no parameters of Argon2id")
}

/// Memory of hashes, filled anew by each.
type Memory = Vec<Block>;

/// Places for those who wait, turns for those who are served, and the memory of those who were: taken from the system
/// once, because what is given back in pieces stays with the process anyway.
struct Desk {
    places: Semaphore,
    turns: Semaphore,
    memory: Mutex<Vec<Memory>>,
}

impl Desk {
    const fn new(at_once: usize, waiting: usize) -> Self {
        Self {
            places: Semaphore::const_new(at_once + waiting),
            turns: Semaphore::const_new(at_once),
            memory: Mutex::new(Vec::new()),
        }
    }

    /// Works when it is our turn; refused when too many wait.
    async fn work<T: Send + 'static>(
        &'static self,
        make: impl FnOnce(&mut Memory) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let place = self.places.try_acquire().map_err(|_| Refusal::Crowded.fault().retry_after(AGAIN_S))?;
        let turn = self.turns.acquire().await?;
        spawn_blocking(move || {
            // Held by the work itself: a caller who goes away does not make room for more at once.
            let _held = (place, turn);
            let mut memory = self.kept().pop().unwrap_or_default();
            let made = make(&mut memory);
            self.kept().push(memory);
            made
        })
        .await?
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Vec<Memory>> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn hashed(params: &Params, password: &str, memory: &mut Memory) -> Result<String> {
    let salt: [u8; 16] = rand::random();
    let mut bytes = [0; BYTES];
    fill(Version::V0x13, params, password, &salt, &mut bytes, memory)?;
    let hash = PasswordHash {
        algorithm: ARGON2ID_IDENT,
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(params).map_err(|error| anyhow!("{error}"))?,
        salt: Some(Salt::new(&salt).map_err(|error| anyhow!("{error}"))?),
        hash: Some(Output::new(&bytes).map_err(|error| anyhow!("{error}"))?),
    };
    Ok(hash.to_string())
}

/// Whether the password makes the same hash with the salt and parameters of the kept one.
fn fits(stored: &str, password: &str, memory: &mut Memory) -> Result<bool> {
    let unreadable = |error: String| anyhow!("a kept password hash cannot be read: {error}");
    let kept = PasswordHash::new(stored).map_err(|error| unreadable(error.to_string()))?;
    let params = Params::try_from(&kept).map_err(|error| unreadable(error.to_string()))?;
    let version = Version::try_from(kept.version.unwrap_or_default()).map_err(|error| unreadable(error.to_string()))?;
    let (Some(salt), Some(hash)) = (kept.salt, kept.hash) else { return Ok(false) };
    if kept.algorithm != ARGON2ID_IDENT {
        return Ok(false);
    }
    let mut bytes = vec![0; hash.len()];
    fill(version, &params, password, &salt, &mut bytes, memory)?;
    // Compared in a time that does not tell where they differ.
    Ok(Output::new(&bytes).is_ok_and(|made| made == hash))
}

fn fill(
    version: Version,
    params: &Params,
    password: &str,
    salt: &[u8],
    bytes: &mut [u8],
    memory: &mut Memory,
) -> Result<()> {
    let blocks = params.block_count();
    if memory.len() < blocks {
        *memory = vec![Block::new(); blocks];
    }
    let memory = memory.get_mut(..blocks).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, version, params.clone())
        .hash_password_into_with_memory(password.as_bytes(), salt, bytes, memory)
        .map_err(|error| anyhow!("{error}"))
}

#[cfg(test)]
mod tests {
    use argon2::{PasswordHasher as _, PasswordVerifier as _};
    use tokio::sync::oneshot;
    use wire::{Fault, Kind};

    use super::*;

    fn weak() -> Settings {
        Settings { password_memory_kib: 64, password_passes: 1, ..Settings::default() }
    }

    #[test]
    fn a_hash_names_its_parameters_and_fits_its_password_alone() {
        let (params, mut memory) = (params(&weak()).unwrap(), Memory::new());
        let hash = hashed(&params, "bảy con sếu bay", &mut memory).unwrap();
        assert!(fits(&hash, "bảy con sếu bay", &mut memory).unwrap());
        assert!(!fits(&hash, "bảy con sếu ba", &mut memory).unwrap());
        assert!(!is_outdated(&hash, &weak()));
        assert!(is_outdated(&hash, &Settings::default()));
        assert_ne!(hash, hashed(&params, "bảy con sếu bay", &mut memory).unwrap());
        assert!(!fits("$argon2id$v=19$m=64,t=1,p=1", "bảy con sếu bay", &mut memory).unwrap());
        assert!(fits("bảy con sếu bay", "bảy con sếu bay", &mut memory).is_err());
    }

    #[test]
    fn hashes_in_used_memory_are_those_of_the_library() {
        let mut memory = Memory::new();
        let settings = Settings { password_lanes: 2, ..weak() };
        for settings in [Settings { password_memory_kib: 128, ..weak() }, settings, weak()] {
            let params = params(&settings).unwrap();
            let library = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone());
            let hash = hashed(&params, "bảy con sếu bay", &mut memory).unwrap();
            assert!(library.verify_password("bảy con sếu bay".as_bytes(), hash.as_str()).is_ok(), "{hash}");
            let theirs = library.hash_password_with_salt("gỗ lim".as_bytes(), &[7; 16]).unwrap().to_string();
            assert!(fits(&theirs, "gỗ lim", &mut memory).unwrap(), "{theirs}");
            assert!(!fits(&theirs, "gỗ lin", &mut memory).unwrap(), "{theirs}");
        }
        assert_eq!(memory.len(), 128);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn whoever_comes_when_too_many_wait_is_told_to_try_again() {
        let desk: &'static Desk = Box::leak(Box::new(Desk::new(1, 1)));
        let (begun, has_begun) = oneshot::channel();
        let (go, gone) = oneshot::channel::<()>();
        let first = tokio::spawn(desk.work(move |memory| {
            memory.resize(8, Block::new());
            begun.send(()).unwrap();
            gone.blocking_recv().unwrap();
            Ok(())
        }));
        has_begun.await.unwrap();
        let mut second = Box::pin(desk.work(|memory| Ok(memory.len())));
        // Polled once, so that it waits.
        assert!(tokio::time::timeout(std::time::Duration::ZERO, &mut second).await.is_err());
        let third = desk.work(|_| Ok(())).await.unwrap_err();
        let fault = third.downcast_ref::<Fault>().unwrap();
        assert_eq!((fault.kind, fault.code.as_str(), fault.retry_after_s), (Kind::Busy, "identity.crowded", Some(2)));
        go.send(()).unwrap();
        first.await.unwrap().unwrap();
        assert_eq!(second.await.unwrap(), 8, "memory is used again");
        assert_eq!(desk.kept().len(), 1);
    }
}
