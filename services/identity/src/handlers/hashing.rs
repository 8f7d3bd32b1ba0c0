//! Password hashes: Argon2id, made away from the threads that answer, and only a few at a time.

use anyhow::{Context as _, anyhow};
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use service::Result;
use tokio::{sync::Semaphore, task::spawn_blocking};

use crate::settings::Settings;

/// How many hashes are made at once: each takes the memory of the settings, and a crowd at the door must not take all.
static AT_ONCE: Semaphore = Semaphore::const_new(4);

/// The hash of a new password, as a PHC string.
pub(crate) async fn hash(password: String, settings: &Settings) -> Result<String> {
    let argon = argon(settings)?;
    work(move || hashed(&argon, &password)).await
}

/// Whether a password fits a hash. Without a hash the answer is no and takes as long.
pub(crate) async fn verify(password: String, stored: Option<String>, settings: &Settings) -> Result<bool> {
    let argon = argon(settings)?;
    work(move || match stored {
        Some(stored) => Ok(argon.verify_password(password.as_bytes(), stored.as_str()).is_ok()),
        None => hashed(&argon, &password).map(|_| false),
    })
    .await
}

/// Whether a hash was made with other parameters than those of the settings, so that it should be made anew.
pub(crate) fn is_outdated(stored: &str, settings: &Settings) -> bool {
    let Settings { password_memory_kib: m, password_passes: t, password_lanes: p, .. } = settings;
    !stored.starts_with(&format!("$argon2id$v=19$m={m},t={t},p={p}$"))
}

fn argon(settings: &Settings) -> Result<Argon2<'static>> {
    let Settings { password_memory_kib, password_passes, password_lanes, .. } = settings;
    let params = Params::new(*password_memory_kib, *password_passes, *password_lanes, None)
        .map_err(|error| anyhow!("{error}"))
        .context("the settings `password_…` of `identity` are no parameters of Argon2id")?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hashed(argon: &Argon2<'_>, password: &str) -> Result<String> {
    let salt: [u8; 16] = rand::random();
    let hash = argon.hash_password_with_salt(password.as_bytes(), &salt).map_err(|error| anyhow!("{error}"))?;
    Ok(hash.to_string())
}

async fn work<T: Send + 'static>(make: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let _turn = AT_ONCE.acquire().await?;
    spawn_blocking(make).await?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_names_its_parameters_and_fits_its_password_alone() {
        let settings = Settings { password_memory_kib: 64, password_passes: 1, ..Settings::default() };
        let argon = argon(&settings).unwrap();
        let hash = hashed(&argon, "bảy con sếu bay").unwrap();
        assert!(argon.verify_password("bảy con sếu bay".as_bytes(), hash.as_str()).is_ok());
        assert!(argon.verify_password("bảy con sếu ba".as_bytes(), hash.as_str()).is_err());
        assert!(!is_outdated(&hash, &settings));
        assert!(is_outdated(&hash, &Settings::default()));
        assert_ne!(hash, hashed(&argon, "bảy con sếu bay").unwrap());
    }
}
