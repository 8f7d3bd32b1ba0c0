//! Identity's own signing keys: the newest signs, older ones are published until every token they signed has run out.

use std::{path::Path, time::Duration};

use auth::{IDENTITY_ISSUER, Signer};
use wire::Instant;

/// After this long a new key is made at the next start.
const SIGNS_FOR: Duration = Duration::from_secs(30 * 24 * 3600);

/// 32 random bytes for a new key.
pub(crate) fn fresh_seed() -> [u8; 32] {
    rand::random()
}

/// The signing keys in a folder, newest first; makes one when there is none or the newest has served its time. File
/// names are the second of creation, so that order and age need nothing else.
pub(crate) fn load(folder: &Path, now: Instant) -> anyhow::Result<Vec<Signer>> {
    std::fs::create_dir_all(folder)?;
    let mut born: Vec<i64> =
        std::fs::read_dir(folder)?.filter_map(|entry| entry.ok()?.path().file_stem()?.to_str()?.parse().ok()).collect();
    born.sort_unstable_by(|a, b| b.cmp(a));
    let age = i64::try_from(SIGNS_FOR.as_secs()).unwrap_or(i64::MAX);
    if born.first().is_none_or(|newest| now.unix_seconds().saturating_sub(*newest) > age) {
        born.insert(0, now.unix_seconds());
    }
    // A token lives minutes; two keys cover every one that is still good.
    born.truncate(2);
    born.iter()
        .map(|second| Signer::load_or_create(&folder.join(format!("{second}.pem")), IDENTITY_ISSUER, fresh_seed()))
        .collect()
}
