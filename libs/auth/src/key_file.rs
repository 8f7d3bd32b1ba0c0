//! Private keys at rest: PEM of PKCS#8, mode 600, written once, refused when others can read them.

use std::{
    fs::{File, OpenOptions, hard_link, remove_file},
    io::{ErrorKind, Read as _, Write as _},
    os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _},
    path::Path,
};

use anyhow::{Context as _, Result, bail};
use ed25519_dalek::{
    SigningKey,
    pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _, KeypairBytes, spki::der::pem::LineEnding},
};

/// More than any key of ours takes; what is longer is some other file.
const LONGEST: u64 = 4 * 1024;

/// Reads the key at `path`, or writes `fresh` there when there is none yet.
pub(crate) fn load_or_create(path: &Path, fresh: SigningKey, id: &str) -> Result<SigningKey> {
    match File::open(path) {
        Ok(file) => load(path, &file),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            create(path, &fresh, id).with_context(|| format!("cannot write the key file `{}`", path.display()))?;
            // Another process may have been first: what counts is what stands in the file.
            load(path, &File::open(path).with_context(|| format!("cannot read the key file `{}`", path.display()))?)
        }
        Err(error) => Err(error).with_context(|| format!("cannot read the key file `{}`", path.display())),
    }
}

fn load(path: &Path, file: &File) -> Result<SigningKey> {
    let shown = path.display();
    let mode = file.metadata().with_context(|| format!("cannot look at the key file `{shown}`"))?.permissions().mode();
    if mode & 0o077 != 0 {
        bail!(
            "the key file `{shown}` can be used by others (mode {:o}); run `chmod 600 '{shown}'`, and make a new key if \
             anyone else may have read it",
            mode & 0o777
        );
    }
    let mut pem = String::new();
    file.take(LONGEST).read_to_string(&mut pem).with_context(|| format!("cannot read the key file `{shown}`"))?;
    match SigningKey::from_pkcs8_pem(&pem) {
        Ok(key) => Ok(key),
        Err(_) => bail!("the key file `{shown}` holds no Ed25519 key in PKCS#8 PEM; restore it from a backup"),
    }
}

/// Writes beside `path`, then links: `path` never holds half a key, and never replaces another process's key.
fn create(path: &Path, fresh: &SigningKey, id: &str) -> Result<()> {
    // Version 1 of PKCS#8, without the public half, is what every tool reads.
    let pem = KeypairBytes { secret_key: fresh.to_bytes(), public_key: None }
        .to_pkcs8_pem(LineEnding::LF)
        .map_err(|_| anyhow::anyhow!("the key cannot be encoded"))?;
    let beside = path.with_added_extension(id);
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside)?;
    let written = file.write_all(pem.as_bytes()).and_then(|()| file.sync_all()).and_then(|()| hard_link(&beside, path));
    remove_file(&beside)?;
    match written {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error.into()),
        _ => {}
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()?;
    Ok(())
}
