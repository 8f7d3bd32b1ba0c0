//! Whom this installation trusts, and the keys with which it signs: files and modules, read at each use, so that what an
//! operator replaces counts at once.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use pades::{Certificate, KeyFailed, Signer, SoftwareKey, TokenKey, TokenPlace, Trust};
use schema_documents::ExecutionRefusal;
use wire::id::{OfficeId, PersonId};

use crate::settings::{SignatureSettings, SigningSettings};

/// Whose key it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Holder {
    /// A person's.
    Person(PersonId),
    /// An organisation's: the body of an office, by its code.
    Body(OfficeId, String),
}

impl Holder {
    fn label(&self) -> String {
        match self {
            Self::Person(person) => format!("person-{person}"),
            Self::Body(office, code) => format!("body-{office}-{code}"),
        }
    }
}

/// Whom this installation trusts.
pub(crate) fn trust(given: &SignatureSettings) -> Result<Trust> {
    let mut trust =
        Trust { anchors: certificates(&given.authorities, "documents.signatures.authorities")?, ..Trust::default() };
    for path in &given.revoked {
        trust.lists.push(read(path, "documents.signatures.revoked")?);
    }
    Ok(trust)
}

/// The key of a holder. A device is asked, so that whoever must not wait gives this a thread of its own.
pub(crate) fn key(given: &SigningSettings, holder: &Holder) -> Result<Box<dyn Signer>> {
    let label = holder.label();
    if let Some(module) = &given.module {
        let pin = match &given.pin_file {
            Some(file) => read(file, "documents.signing.pin_file")?,
            None => Vec::new(),
        };
        let pin = String::from_utf8_lossy(&pin).trim().to_owned();
        let place = TokenPlace { module: module.clone(), token: given.token.clone(), key: label, pin };
        let authorities = certificates(&given.intermediates, "documents.signing.intermediates")?;
        return match TokenKey::open(place, &authorities) {
            Ok(key) => Ok(Box::new(key)),
            Err(failed) => Err(refusal(&failed)),
        };
    }
    let missing = || ExecutionRefusal::KeyMissing;
    let folder = given.folder.as_deref().ok_or_else(missing)?;
    // A code of a body is checked where it is recorded; a label that leaves the folder is none of ours.
    if label.contains(['/', '\\']) {
        return Err(missing().into());
    }
    let file = |ending: &str| std::fs::read(folder.join(format!("{label}{ending}"))).map_err(|_| missing());
    let key = SoftwareKey::from_pem(&file(".key.pem")?, &file(".pem")?).map_err(|failed| refusal(&failed))?;
    Ok(Box::new(key))
}

/// What a key that does not sign means to whoever wants to sign. What is the operator's business stands in the log.
pub(crate) fn refusal(failed: &KeyFailed) -> anyhow::Error {
    match failed {
        KeyFailed::NoKey | KeyFailed::NoCertificate => ExecutionRefusal::KeyMissing.into(),
        KeyFailed::UnfitKey | KeyFailed::OtherKey => ExecutionRefusal::CertificateUnfit.into(),
        KeyFailed::Module(_) | KeyFailed::TokenAway | KeyFailed::PinRefused => {
            tracing::error!(error = %failed, "a signing key cannot be used");
            ExecutionRefusal::KeyAway.into()
        }
    }
}

fn certificates(paths: &[PathBuf], setting: &str) -> Result<Vec<Certificate>> {
    let mut all = Vec::new();
    for path in paths {
        let bytes = read(path, setting)?;
        let is_text = bytes.starts_with(b"-----");
        let found =
            if is_text { Certificate::from_pem(&bytes) } else { Certificate::from_der(&bytes).map(|one| vec![one]) };
        all.extend(found.with_context(|| format!("`{}` holds no certificate", path.display()))?);
    }
    Ok(all)
}

fn read(path: &Path, setting: &str) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("reading `{}` (setting `{setting}`)", path.display()))
}
