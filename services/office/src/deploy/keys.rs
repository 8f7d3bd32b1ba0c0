//! Keys and passwords: made once, kept, and made anew when the operator asks for it.

use std::{collections::BTreeMap, fs};

use anyhow::{Context as _, Result};
use auth::{PublicKey, SealingKey};
use nkeys::{KeyPair, KeyPairType};
use serde::{Deserialize, Serialize};
use service::ServiceKeys;

use super::{
    folder::Folder,
    roles::{self, Roles},
};

/// The file of a user's nkey seed, in the user's folder.
pub const NKEY: &str = "nats.nk";
/// The file of a database password, in the folder of who uses it.
pub const PGPASS: &str = "database.pgpass";
/// Signing keys that were replaced: what they signed, audit checkpoints among it, can still be checked.
const RETIRED: &str = "retired-keys.json";

/// A key that signs no more.
#[derive(Serialize, Deserialize)]
struct Retired {
    service: String,
    key: PublicKey,
}

/// The public half of a user's nkey.
pub(crate) fn nkey(folder: &mut Folder, user: &str, fresh: bool) -> Result<String> {
    let file = format!("{user}/{NKEY}");
    let seed = folder.secret(&file, fresh, || {
        let pair = KeyPair::new_from_raw(KeyPairType::User, rand::random())?;
        Ok(format!("{}\n", pair.seed()?))
    })?;
    let pair = KeyPair::from_seed(seed.trim()).with_context(|| {
        format!("`{}` holds no nkey seed: restore it, or remove it to get a new one", folder.path(&file).display())
    })?;
    Ok(pair.public_key())
}

/// The signing keys of these services; tells everyone in their folders whose signatures are believed.
pub(crate) fn signing(folder: &mut Folder, names: &[String], fresh: bool) -> Result<()> {
    let mut public = BTreeMap::new();
    for name in names {
        public.insert(name.clone(), signing_key(folder, name, fresh)?);
    }
    let text = serde_json::to_string_pretty(&public)?;
    names.iter().try_for_each(|name| folder.write(&format!("{name}/services.json"), &text))
}

/// The key for what a service keeps sealed. It is never made anew: what was sealed under it would be lost.
pub(crate) fn sealing(folder: &mut Folder, name: &str) -> Result<()> {
    let file = format!("{name}/{name}-sealing.pem");
    let was_there = folder.path(&file).exists();
    folder.below(name)?;
    SealingKey::load_or_create(&folder.path(&file), rand::random())?;
    if was_there {
        folder.keep()
    } else {
        folder.note(&file, false)
    }
    Ok(())
}

fn signing_key(folder: &mut Folder, name: &str, fresh: bool) -> Result<PublicKey> {
    let file = format!("{name}/{name}.pem");
    let keys = ServiceKeys::in_folder(folder.below(name)?);
    let was_there = folder.path(&file).exists();
    if was_there && fresh {
        retire(folder, name, keys.public(name)?)?;
        fs::remove_file(folder.path(&file))?;
    }
    let public = keys.public(name)?;
    if fresh || !was_there {
        folder.note(&file, was_there);
    } else {
        folder.keep();
    }
    Ok(public)
}

fn retire(folder: &mut Folder, service: &str, key: PublicKey) -> Result<()> {
    let mut all: Vec<Retired> = match folder.read(RETIRED)? {
        Some(text) => serde_json::from_str(&text).with_context(|| format!("reading `{RETIRED}`"))?,
        None => Vec::new(),
    };
    all.push(Retired { service: service.to_owned(), key });
    folder.write(RETIRED, &serde_json::to_string_pretty(&all)?)
}

/// The roles of a service; each password stands in a file of whoever uses it.
pub(crate) fn roles(folder: &mut Folder, service: &str, fresh: bool) -> Result<Roles> {
    let mut role = |file: String, role: String| {
        let line = folder.secret(&file, fresh, || Ok(roles::pgpass(&role, &password())))?;
        let password = line.trim_end().rsplit(':').next().unwrap_or_default();
        let good = password.len() >= 32 && password.chars().all(|c| c.is_ascii_hexdigit());
        anyhow::ensure!(good, "`{file}` holds no password made here: restore it, or remove it to get a new one");
        Ok(password.to_owned())
    };
    Ok(Roles {
        service: service.to_owned(),
        owner_password: role(format!("{service}-migrate/{PGPASS}"), roles::owner(service))?,
        runtime_password: role(format!("{service}/{PGPASS}"), roles::runtime(service))?,
    })
}

/// 192 random bits, which stand in a line, an address and a statement alike.
pub(crate) fn password() -> String {
    rand::random::<[u8; 24]>().iter().map(|byte| format!("{byte:02x}")).collect()
}
