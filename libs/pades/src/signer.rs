//! Who signs: a key and its certificate, in a file or in a token. A signer signs a message; what the message is made of
//! is none of its business.

use std::fmt;

use ring::{
    rand::SystemRandom,
    signature::{self, EcdsaKeyPair, KeyPair as _, RsaKeyPair},
};
use x509_parser::pem::Pem;

use crate::{
    algorithm::{Digest, Scheme},
    certificate::{Certificate, NoCertificate},
};

/// A key that signs, with the certificate that says whose it is. A call may take long (a token asks its hardware), so
/// whoever must not wait gives it a thread of its own.
pub trait Signer {
    /// The signer's certificate first, then those of the authorities above it as far as they are known.
    fn chain(&self) -> &[Certificate];

    /// The signature over a message: RSA (PKCS #1 v1.5) with SHA-256, ECDSA on P-256 with SHA-256, ECDSA on P-384 with
    /// SHA-384, as the key is.
    ///
    /// # Errors
    /// When the key cannot be used; nothing was signed then.
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, KeyFailed>;
}

/// Why a key does not sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyFailed {
    /// The certificate is missing or broken.
    NoCertificate,
    /// The bytes are no key of a kind that signs here, or it is too short.
    UnfitKey,
    /// The key is not the one in the certificate.
    OtherKey,
    /// The module of a token cannot be loaded or used.
    Module(String),
    /// The token is not there: it was pulled out, or its label is another.
    TokenAway,
    /// The PIN is wrong, or locked after too many wrong ones.
    PinRefused,
    /// No key with that label is in the token.
    NoKey,
}

impl fmt::Display for KeyFailed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoCertificate => "the certificate is missing or broken: give the signer's and those above it",
            Self::UnfitKey => "the key cannot sign: give one of RSA (2,048 bits or more), P-256 or P-384",
            Self::OtherKey => "the key is not the one in the certificate: give those that belong together",
            Self::Module(why) => return write!(f, "the module of the token fails: {why}"),
            Self::TokenAway => "the token is not there: put it in and sign again",
            Self::PinRefused => "the token refuses the PIN: check it before trying again, since tokens lock themselves",
            Self::NoKey => "the token has no key, or no certificate, with that label",
        })
    }
}

impl std::error::Error for KeyFailed {}

impl From<NoCertificate> for KeyFailed {
    fn from(_: NoCertificate) -> Self {
        Self::NoCertificate
    }
}

/// A key that is held in memory.
pub struct SoftwareKey {
    key: Key,
    chain: Vec<Certificate>,
}

enum Key {
    Rsa(Box<RsaKeyPair>),
    Ecdsa(Box<EcdsaKeyPair>),
}

impl SoftwareKey {
    /// A key (PKCS #8 in DER) and the certificates from the signer's upwards.
    ///
    /// # Errors
    /// When the key is of no kind that signs here, or is not the one in the first certificate.
    pub fn new(pkcs8: &[u8], chain: Vec<Certificate>) -> Result<Self, KeyFailed> {
        let public = &chain.first().ok_or(KeyFailed::NoCertificate)?.key;
        let ecdsa = |algorithm| {
            EcdsaKeyPair::from_pkcs8(algorithm, pkcs8, &SystemRandom::new()).map(|key| Key::Ecdsa(Box::new(key)))
        };
        let key = match public.our_scheme() {
            Some(Scheme::Ecdsa(Digest::Sha384)) => ecdsa(&signature::ECDSA_P384_SHA384_ASN1_SIGNING),
            Some(Scheme::Ecdsa(_)) => ecdsa(&signature::ECDSA_P256_SHA256_ASN1_SIGNING),
            Some(_) => RsaKeyPair::from_pkcs8(pkcs8).map(|key| Key::Rsa(Box::new(key))),
            None => return Err(KeyFailed::UnfitKey),
        };
        let key = key.map_err(|_| KeyFailed::UnfitKey)?;
        let own = match &key {
            Key::Rsa(key) => key.public().as_ref(),
            Key::Ecdsa(key) => key.public_key().as_ref(),
        };
        if own == public.bits() { Ok(Self { key, chain }) } else { Err(KeyFailed::OtherKey) }
    }

    /// The same from PEM texts: a block `PRIVATE KEY`, and the certificates from the signer's upwards.
    ///
    /// # Errors
    /// As [`SoftwareKey::new`].
    pub fn from_pem(key: &[u8], chain: &[u8]) -> Result<Self, KeyFailed> {
        let block = Pem::iter_from_buffer(key).flatten().find(|block| block.label == "PRIVATE KEY");
        Self::new(&block.ok_or(KeyFailed::UnfitKey)?.contents, Certificate::from_pem(chain)?)
    }
}

impl Signer for SoftwareKey {
    fn chain(&self) -> &[Certificate] {
        &self.chain
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, KeyFailed> {
        let random = SystemRandom::new();
        match &self.key {
            Key::Ecdsa(key) => key.sign(&random, message).map(|signature| signature.as_ref().to_vec()),
            Key::Rsa(key) => {
                let mut signature = vec![0; key.public().modulus_len()];
                key.sign(&signature::RSA_PKCS1_SHA256, &random, message, &mut signature).map(|()| signature)
            }
        }
        .map_err(|_| KeyFailed::UnfitKey)
    }
}
