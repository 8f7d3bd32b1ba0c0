//! The section `[documents]` of the settings.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use wire::{Secrecy, id::OfficeId};

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
    /// With which keys documents are signed here.
    pub signing: SigningSettings,
    /// Where electronic mail comes in, an office after another.
    pub mail_in: Vec<MailIn>,
}

/// An entry `[[documents.mail_in]]`: the folders by which an office exchanges mail. Whatever fetches mail, or brings messages
/// from the document axis, puts each into `folder` under another name and renames it when it is whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailIn {
    /// The office.
    pub office: OfficeId,
    /// Where letters (.eml) and messages (edXML) lie. What has been taken into the queue is removed from it; what cannot be
    /// taken stands in its subfolder `quarantine` with the reason beside it.
    pub folder: PathBuf,
    /// Where the files of statuses are written for whoever carries them to the senders.
    #[serde(default)]
    pub outbox: Option<PathBuf>,
    /// The identifier of the office in interchange, such as `A32.65` (Quyết định 20/2020/QĐ-TTg).
    pub organ_id: String,
    /// The name under which the office answers.
    pub organ_name: String,
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

/// The section `[documents.signing]`: where the keys lie with which this office's people and bodies sign. A key is found by
/// its label: `person-` and the id of the person, or `body-`, the id of the office, `-` and the code of the body. Whoever
/// is signed in and has proved it once more signs with the own key alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SigningSettings {
    /// The library of the security module (PKCS #11), as its maker installs it.
    pub module: Option<PathBuf>,
    /// The label of the token in that module.
    pub token: String,
    /// The file with the PIN of the token's user.
    pub pin_file: Option<PathBuf>,
    /// A folder with keys in files, `LABEL.key.pem` and the certificates from the signer's upwards in `LABEL.pem`: for demonstrations and tests, since whoever reads the
    /// folder can sign. Ignored where a module is named.
    pub folder: Option<PathBuf>,
    /// Files with certificates of authorities between those in the token and the trusted ones, in PEM or DER.
    pub intermediates: Vec<PathBuf>,
    /// The time-stamp authority (RFC 3161), an address with `http` or `https`. Without one nobody vouches for moments.
    pub stamps: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            secrecy_ceiling: Secrecy::Open,
            open_registers: true,
            signatures: SignatureSettings::default(),
            signing: SigningSettings::default(),
            mail_in: Vec::new(),
        }
    }
}
