//! Secrets that rest in a database: sealed with AES-256-GCM under a key of the key folder.

use std::{fmt, path::Path};

use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use ed25519_dalek::SigningKey;
use ring::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    hkdf::{HKDF_SHA256, Salt},
    hmac::{self, HMAC_SHA256},
};

use crate::key_file;

/// Says what the derived key is for, so that it is never the same as one for something else.
const PURPOSE: &[u8] = b"vanphong/sealing/v1";
/// The same for the key that marks are made with.
const MARKS: &[u8] = b"vanphong/marks/v1";

/// Random bytes that each sealing needs, never used twice under one key.
pub type SealingNonce = [u8; NONCE_LEN];

/// A key that seals short secrets. What is sealed for one place does not open in another.
pub struct SealingKey {
    cipher: LessSafeKey,
    marks: hmac::Key,
}

impl SealingKey {
    /// The sealing key whose file stands at `path`. The file is like those of signing keys, and made from 32 random bytes
    /// when nothing stands there yet; the key is derived from it (HKDF-SHA-256), so that the file serves nothing else.
    ///
    /// # Errors
    /// When the file can be used by its group or the world, holds no such key, or cannot be read or written.
    pub fn load_or_create(path: &Path, seed: [u8; 32]) -> anyhow::Result<Self> {
        let fresh = SigningKey::from_bytes(&seed);
        let id = hex_of(fresh.verifying_key().as_bytes());
        let kept = key_file::load_or_create(path, fresh, &id)?;
        let derived = Salt::new(HKDF_SHA256, b"").extract(kept.as_bytes());
        let underivable = |_| anyhow::anyhow!("a key cannot be derived");
        let cipher = derived.expand(&[PURPOSE], &AES_256_GCM).map_err(underivable)?;
        let marks = derived.expand(&[MARKS], HMAC_SHA256).map_err(underivable)?;
        Ok(Self { cipher: LessSafeKey::new(UnboundKey::from(cipher)), marks: hmac::Key::from(marks) })
    }

    /// Seals a secret for a place, such as the id of the row it stands in.
    ///
    /// # Errors
    /// When the secret is longer than the cipher takes.
    pub fn seal(&self, place: &[u8], clear: &[u8], nonce: SealingNonce) -> anyhow::Result<String> {
        let mut sealed = clear.to_vec();
        self.cipher
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(place), &mut sealed)
            .map_err(|_| anyhow::anyhow!("a secret cannot be sealed"))?;
        let mut whole = nonce.to_vec();
        whole.append(&mut sealed);
        Ok(STANDARD_NO_PAD.encode(whole))
    }

    /// A mark by which a content is known again, and from which nobody without the key can tell or try out what it was
    /// (HMAC-SHA-256, hex). A plain hash of a letter would let anybody who guesses the letter prove that it came.
    #[must_use]
    pub fn mark(&self, content: &[u8]) -> String {
        hex_of(hmac::sign(&self.marks, content).as_ref())
    }

    /// Opens what was sealed for a place; nothing when it was sealed for another one, under another key, or was changed.
    #[must_use]
    pub fn open(&self, place: &[u8], sealed: &str) -> Option<Vec<u8>> {
        let whole = STANDARD_NO_PAD.decode(sealed).ok()?;
        let (nonce, sealed) = whole.split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut sealed = sealed.to_vec();
        self.cipher.open_in_place(nonce, Aad::from(place), &mut sealed).ok().map(|clear| clear.to_vec())
    }
}

fn hex_of(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealingKey(▮)")
    }
}
