//! A key for one file: the file rests as chunks of AES-256-GCM in the STREAM construction, so that no chunk can be left
//! out, moved or cut off at the end without notice.
//!
//! STREAM: V. T. Hoang, R. Reyhanitabar, P. Rogaway, D. Vizár, "Online Authenticated-Encryption and its Nonce-Reuse
//! Misuse-Resistance", 2015. The nonce of a chunk is seven bytes of zero, its number (32 bits, big-endian), and whether it
//! is the last. A key seals one file and nothing else, so that no nonce is used twice under it.

use std::fmt;

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, MAX_TAG_LEN, NONCE_LEN, Nonce, UnboundKey};

/// Bytes of a clear chunk; only the last is shorter.
pub const CHUNK: usize = 64 * 1024;
/// Bytes by which a sealed chunk is longer.
pub const TAG: usize = MAX_TAG_LEN;

/// The key of one file.
#[derive(Clone)]
pub struct ItemKey([u8; 32]);

/// Seals the chunks of one file, in order.
pub struct Sealing(Chunks);

/// Opens the chunks of one file, in order.
pub struct Opening(Chunks);

struct Chunks {
    key: LessSafeKey,
    next: u32,
}

impl ItemKey {
    /// The key of these random bytes.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Its bytes, to be kept sealed.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Begins to seal the one file of this key.
    ///
    /// # Errors
    /// When the cipher does not take the key.
    pub fn sealing(&self) -> anyhow::Result<Sealing> {
        Ok(Sealing(self.chunks()?))
    }

    /// Begins to open it.
    ///
    /// # Errors
    /// When the cipher does not take the key.
    pub fn opening(&self) -> anyhow::Result<Opening> {
        Ok(Opening(self.chunks()?))
    }

    fn chunks(&self) -> anyhow::Result<Chunks> {
        let key =
            UnboundKey::new(&AES_256_GCM, &self.0).map_err(|_| anyhow::anyhow!("the cipher takes no such key"))?;
        Ok(Chunks { key: LessSafeKey::new(key), next: 0 })
    }
}

impl Sealing {
    /// Seals the next chunk in place.
    ///
    /// # Errors
    /// When the file is longer than the construction takes.
    pub fn seal(&mut self, chunk: &mut Vec<u8>, last: bool) -> anyhow::Result<()> {
        let nonce = self.0.nonce(last)?;
        let sealed = self.0.key.seal_in_place_append_tag(nonce, Aad::empty(), chunk);
        sealed.map_err(|_| anyhow::anyhow!("a chunk cannot be sealed"))
    }
}

impl Opening {
    /// Opens the next chunk in place.
    ///
    /// # Errors
    /// When it was sealed under another key, in another place or as another file's, or was changed.
    pub fn open(&mut self, chunk: &mut Vec<u8>, last: bool) -> anyhow::Result<()> {
        let nonce = self.0.nonce(last)?;
        let opened = self.0.key.open_in_place(nonce, Aad::empty(), chunk);
        let length = opened.map_err(|_| anyhow::anyhow!("a sealed chunk is not what was sealed"))?.len();
        chunk.truncate(length);
        Ok(())
    }
}

impl Chunks {
    fn nonce(&mut self, last: bool) -> anyhow::Result<Nonce> {
        let number = self.next;
        self.next = number.checked_add(1).ok_or_else(|| anyhow::anyhow!("the file has too many chunks"))?;
        let [a, b, c, d] = number.to_be_bytes();
        let bytes: [u8; NONCE_LEN] = [0, 0, 0, 0, 0, 0, 0, a, b, c, d, u8::from(last)];
        Ok(Nonce::assume_unique_for_key(bytes))
    }
}

impl fmt::Debug for ItemKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ItemKey(▮)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed(key: &ItemKey, chunks: &[&[u8]]) -> Vec<Vec<u8>> {
        let mut sealing = key.sealing().unwrap();
        let seal = |(at, chunk): (usize, &&[u8])| {
            let mut chunk = chunk.to_vec();
            sealing.seal(&mut chunk, at + 1 == chunks.len()).unwrap();
            chunk
        };
        chunks.iter().enumerate().map(seal).collect()
    }

    fn opened(key: &ItemKey, chunks: &[Vec<u8>]) -> anyhow::Result<Vec<u8>> {
        let mut opening = key.opening()?;
        let mut whole = Vec::new();
        for (at, chunk) in chunks.iter().enumerate() {
            let mut chunk = chunk.clone();
            opening.open(&mut chunk, at + 1 == chunks.len())?;
            whole.extend(chunk);
        }
        Ok(whole)
    }

    #[test]
    fn a_file_opens_as_it_was_sealed_and_in_no_other_way() {
        let key = ItemKey::new([7; 32]);
        let chunks = sealed(&key, &[b"one ", b"two ", b"three"]);
        assert_eq!(opened(&key, &chunks).unwrap(), b"one two three");
        assert_eq!(opened(&key, &sealed(&key, &[b""])).unwrap(), b"");
        let [one, two, three] = [0, 1, 2].map(|at| chunks[at].clone());
        let mut bent = three.clone();
        bent[0] ^= 1;
        let forgeries = [
            vec![one.clone(), two.clone()],
            vec![two.clone(), one.clone(), three.clone()],
            vec![one.clone(), three.clone()],
            vec![one.clone(), two.clone(), three.clone(), three],
            vec![one, two, bent],
        ];
        assert!(forgeries.iter().all(|forged| opened(&key, forged).is_err()));
        assert!(opened(&ItemKey::new([8; 32]), &chunks).is_err());
    }

    #[test]
    fn a_key_is_not_shown() {
        assert_eq!(format!("{:?}", ItemKey::new([7; 32])), "ItemKey(▮)");
    }
}
