//! A key in a token or a security module (PKCS #11): the key never leaves it.

use std::path::PathBuf;

use cryptoki::{
    context::{CInitializeArgs, CInitializeFlags, Pkcs11},
    error::{Error, RvError},
    mechanism::Mechanism,
    object::{Attribute, AttributeType, ObjectClass, ObjectHandle},
    session::{Session, UserType},
    slot::Slot,
    types::AuthPin,
};

use crate::{
    algorithm::Scheme,
    asn1,
    certificate::Certificate,
    signer::{KeyFailed, Signer},
};

/// Where a key is found.
#[derive(Clone)]
pub struct TokenPlace {
    /// The library that speaks with the token, as its maker installs it.
    pub module: PathBuf,
    /// The label of the token.
    pub token: String,
    /// The label of the key, and of its certificate.
    pub key: String,
    /// The PIN of the token's user.
    pub pin: String,
}

/// A key in a token. Every signature opens a session of its own, so that a token that was pulled out and put back works.
pub struct TokenKey {
    library: Pkcs11,
    token: String,
    key: String,
    pin: AuthPin,
    chain: Vec<Certificate>,
}

impl TokenKey {
    /// Loads the module, finds the token, and reads the certificate that stands beside the key. `authorities` are the
    /// certificates above it, which tokens often lack.
    ///
    /// # Errors
    /// When the module, the token, the key or the certificate is not there, or the PIN is refused.
    pub fn open(place: TokenPlace, authorities: &[Certificate]) -> Result<Self, KeyFailed> {
        let library = Pkcs11::new(&place.module).map_err(failed)?;
        match library.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)) {
            // Another token of the same module may be open in this process.
            Ok(()) | Err(Error::Pkcs11(RvError::CryptokiAlreadyInitialized, _)) => {}
            Err(error) => return Err(failed(error)),
        }
        let pin = AuthPin::new(place.pin.into());
        let mut opened = Self { library, token: place.token, key: place.key, pin, chain: Vec::new() };
        let session = opened.session()?;
        opened.object(&session, ObjectClass::PRIVATE_KEY)?;
        let certificate = opened.object(&session, ObjectClass::CERTIFICATE)?;
        let attributes = session.get_attributes(certificate, &[AttributeType::Value]).map_err(failed)?;
        let Some(Attribute::Value(der)) = attributes.first() else { return Err(KeyFailed::NoCertificate) };
        opened.chain.push(Certificate::from_der(der)?);
        opened.chain.extend_from_slice(authorities);
        Ok(opened)
    }

    fn slot(&self) -> Result<Slot, KeyFailed> {
        for slot in self.library.get_slots_with_initialized_token().map_err(failed)? {
            if self.library.get_token_info(slot).is_ok_and(|info| info.label().trim_end() == self.token) {
                return Ok(slot);
            }
        }
        Err(KeyFailed::TokenAway)
    }

    fn session(&self) -> Result<Session, KeyFailed> {
        let session = self.library.open_ro_session(self.slot()?).map_err(failed)?;
        match session.login(UserType::User, Some(&self.pin)) {
            // All sessions of a process with a token share one login.
            Ok(()) | Err(Error::Pkcs11(RvError::UserAlreadyLoggedIn, _)) => Ok(session),
            Err(error) => Err(failed(error)),
        }
    }

    fn object(&self, session: &Session, class: ObjectClass) -> Result<ObjectHandle, KeyFailed> {
        let label = Attribute::Label(self.key.clone().into_bytes());
        let found = session.find_objects(&[Attribute::Class(class), label]).map_err(failed)?;
        found.first().copied().ok_or(KeyFailed::NoKey)
    }
}

impl Signer for TokenKey {
    fn chain(&self) -> &[Certificate] {
        &self.chain
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, KeyFailed> {
        let scheme = self.chain.first().and_then(|certificate| certificate.key.our_scheme());
        let session = self.session()?;
        let key = self.object(&session, ObjectClass::PRIVATE_KEY)?;
        match scheme {
            Some(Scheme::RsaPkcs1(_)) => session.sign(&Mechanism::Sha256RsaPkcs, key, message).map_err(failed),
            Some(Scheme::Ecdsa(digest)) => {
                // Few tokens hash for ECDSA themselves; all sign a digest.
                let digest = digest.of_bytes(message).ok_or(KeyFailed::UnfitKey)?;
                let halves = session.sign(&Mechanism::Ecdsa, key, &digest).map_err(failed)?;
                let (first, second) = halves.split_at(halves.len() / 2);
                Ok(asn1::der(asn1::SEQUENCE, &[asn1::integer(first), asn1::integer(second)]))
            }
            _ => Err(KeyFailed::UnfitKey),
        }
    }
}

fn failed(error: Error) -> KeyFailed {
    use RvError::{
        DeviceRemoved, PinExpired, PinIncorrect, PinInvalid, PinLocked, SessionHandleInvalid, SlotIdInvalid,
        TokenNotPresent, TokenNotRecognized,
    };
    match error {
        Error::Pkcs11(PinIncorrect | PinInvalid | PinLocked | PinExpired, _) => KeyFailed::PinRefused,
        Error::Pkcs11(
            DeviceRemoved | TokenNotPresent | TokenNotRecognized | SessionHandleInvalid | SlotIdInvalid,
            _,
        ) => KeyFailed::TokenAway,
        Error::Pkcs11(error, function) => KeyFailed::Module(format!("{function}: {error:?}")),
        error => KeyFailed::Module(error.to_string()),
    }
}
