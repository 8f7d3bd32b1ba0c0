//! The section `[documents]` of the settings.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use wire::Secrecy;

/// What an installation decides about its documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The highest degree of secrecy whose content may be kept here. A system with a way to the Internet keeps none:
    /// `open`, the default. Above it only masked lines are entered.
    pub secrecy_ceiling: Secrecy,
    /// Whether registers open themselves, with number 1: the arrival register of a calendar year with its first document,
    /// the series of a body and genre with the first document issued. An office that comes from paper books mid-term
    /// opens its registers with their next numbers first, or turns this off.
    pub open_registers: bool,
    /// Whose digital signatures are trusted.
    pub signatures: SignatureSettings,
}

/// The section `[documents.signatures]`: by which authorities a signature on what arrives is trusted. Without one every
/// signature that holds is told to be unproven.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SignatureSettings {
    /// Files with certificates of authorities, in PEM or DER.
    pub authorities: Vec<PathBuf>,
    /// Files with lists of revoked certificates (CRL, in DER).
    pub revoked: Vec<PathBuf>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { secrecy_ceiling: Secrecy::Open, open_registers: true, signatures: SignatureSettings::default() }
    }
}
