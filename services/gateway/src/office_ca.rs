//! The office's own certificate authority, made at the first start. Clients download its root once and trust it; the
//! certificates it signs live in memory only.

use std::{
    fs::{self, OpenOptions},
    io::Write as _,
    os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _},
    path::Path,
    time::Duration,
};

use anyhow::Context as _;
use rcgen::{
    BasicConstraints, Certificate, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use rustls::{pki_types::PrivateKeyDer, sign::CertifiedKey};
use time::OffsetDateTime;
use wire::Instant;

/// How long the root is good for: clients must install the next one by hand.
const ROOT_GOOD_FOR: Duration = Duration::from_secs(10 * 365 * 24 * 3600);
/// Certificates begin a little earlier, because clocks differ.
const BACKDATED: Duration = Duration::from_secs(3600);

/// The authority, with its key.
pub struct OfficeCa {
    root: String,
    issuer: Issuer<'static, KeyPair>,
}

impl OfficeCa {
    /// Reads `office-ca.pem` from the data folder and `office-ca.key` from the key folder, or makes both when neither is
    /// there.
    ///
    /// # Errors
    /// When only one of them is there, the key can be read by others, or a file cannot be read or written.
    pub fn load_or_make(folder: &Path, key_folder: &Path, name: &str, now: Instant) -> anyhow::Result<Self> {
        let (root_file, key_file) = (folder.join("office-ca.pem"), key_folder.join("office-ca.key"));
        match (root_file.exists(), key_file.exists()) {
            (false, false) => {
                let key = KeyPair::generate()?;
                let root = root(name, now)?.self_signed(&key)?.pem();
                fs::create_dir_all(folder)?;
                fs::create_dir_all(key_folder)?;
                // The key goes last: a root without its key is noticed at the next start, and can be thrown away.
                write(&root_file, 0o644, &root)?;
                write(&key_file, 0o600, &key.serialize_pem())?;
            }
            (true, true) => {}
            (has_root, _) => {
                let (there, missing) = if has_root { (&root_file, &key_file) } else { (&key_file, &root_file) };
                anyhow::bail!(
                    "`{}` is there and `{}` is not: restore it from a backup, or remove the other to make a new office \
                     authority that clients must then trust anew",
                    there.display(),
                    missing.display()
                );
            }
        }
        refuse_shared(&key_file)?;
        let read = |file: &Path| fs::read_to_string(file).with_context(|| format!("reading `{}`", file.display()));
        let (root, key) = (read(&root_file)?, read(&key_file)?);
        let issuer = KeyPair::from_pem(&key).and_then(|key| Issuer::from_ca_cert_pem(&root, key));
        Ok(Self { issuer: issuer.with_context(|| format!("reading `{}`", key_file.display()))?, root })
    }

    /// The root certificate (PEM).
    #[must_use]
    pub fn root(&self) -> &str {
        &self.root
    }

    /// A fresh certificate for these names and addresses, with a key of its own, kept in memory.
    ///
    /// # Errors
    /// When a name cannot stand in a certificate.
    pub(crate) fn issue(&self, names: &[String], now: Instant, good_for: Duration) -> anyhow::Result<CertifiedKey> {
        let (certificate, key) = self.sign(names, now, good_for)?;
        let der = PrivateKeyDer::Pkcs8(key.serialize_der().into());
        let signing = rustls::crypto::ring::sign::any_supported_type(&der)?;
        Ok(CertifiedKey::new(vec![certificate.der().clone()], signing))
    }

    /// A fresh certificate and its key as PEM, for servers that read theirs from files.
    ///
    /// # Errors
    /// When a name cannot stand in a certificate.
    pub fn issue_pem(&self, names: &[String], now: Instant, good_for: Duration) -> anyhow::Result<(String, String)> {
        let (certificate, key) = self.sign(names, now, good_for)?;
        Ok((certificate.pem(), key.serialize_pem()))
    }

    fn sign(&self, names: &[String], now: Instant, good_for: Duration) -> anyhow::Result<(Certificate, KeyPair)> {
        let key = KeyPair::generate()?;
        let mut params = CertificateParams::new(names).context("a name that no certificate can carry")?;
        params.distinguished_name.push(DnType::CommonName, names.first().map_or("localhost", String::as_str));
        (params.not_before, params.not_after) = span(now, good_for)?;
        params.use_authority_key_identifier_extension = true;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        Ok((params.signed_by(&key, &self.issuer)?, key))
    }
}

fn root(name: &str, now: Instant) -> anyhow::Result<CertificateParams> {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, format!("{name}: chứng thư nội bộ"));
    params.distinguished_name.push(DnType::OrganizationName, name);
    (params.not_before, params.not_after) = span(now, ROOT_GOOD_FOR)?;
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    Ok(params)
}

fn span(now: Instant, good_for: Duration) -> anyhow::Result<(OffsetDateTime, OffsetDateTime)> {
    let moment = |instant: Instant| OffsetDateTime::from_unix_timestamp(instant.unix_seconds());
    Ok((moment(now.minus(BACKDATED))?, moment(now.plus(good_for))?))
}

/// Writes a file that is not there yet, durably.
fn write(path: &Path, mode: u32, text: &str) -> anyhow::Result<()> {
    let doing = || format!("writing `{}`", path.display());
    let mut file = OpenOptions::new().write(true).create_new(true).mode(mode).open(path).with_context(doing)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).with_context(doing)
}

/// Refuses a private key that its group or the world can use.
///
/// # Errors
/// Says what to do about it.
pub(crate) fn refuse_shared(path: &Path) -> anyhow::Result<()> {
    let metadata = fs::metadata(path).with_context(|| format!("looking at the key `{}`", path.display()))?;
    anyhow::ensure!(
        metadata.permissions().mode() & 0o077 == 0,
        "the key `{0}` can be used by others: run `chmod 600 {0}`",
        path.display()
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Instant {
        "2026-11-20T08:00:00Z".parse().unwrap()
    }

    #[test]
    fn the_authority_outlives_a_restart_and_its_key_is_for_its_owner_only() {
        let folder = tempfile::tempdir().unwrap();
        let keys = folder.path().join("keys");
        let load = || OfficeCa::load_or_make(folder.path(), &keys, "Văn phòng Đảng ủy", now());
        let first = load().unwrap().root().to_owned();
        assert_eq!(load().unwrap().root(), first);
        let key = keys.join("office-ca.key");
        assert_eq!(fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);

        fs::set_permissions(&key, fs::Permissions::from_mode(0o640)).unwrap();
        let error = load().err().unwrap().to_string();
        assert!(error.contains("chmod 600"), "{error}");

        fs::remove_file(&key).unwrap();
        let error = load().err().unwrap().to_string();
        assert!(error.contains("restore it from a backup"), "{error}");
    }

    #[test]
    fn a_name_that_no_certificate_can_carry_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let authority = OfficeCa::load_or_make(folder.path(), folder.path(), "Văn phòng", now()).unwrap();
        assert!(authority.issue(&["vp.example".into(), "192.0.2.7".into()], now(), BACKDATED).is_ok());
        assert!(authority.issue(&["văn-phòng".into()], now(), BACKDATED).is_err());
    }
}
