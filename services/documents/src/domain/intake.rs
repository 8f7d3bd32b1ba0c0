//! The clerk's queue: what may be done with an item, and what it is afterwards.

use std::collections::BTreeMap;

use schema_documents::{IntakeBatch, IntakeItem, IntakeOpen, IntakeReason, IntakeState, Refusal};
use wire::{
    Fault, Instant,
    id::{IncomingId, IntakeBatchId, OfficeId},
};

/// The largest file that the queue takes, in bytes.
pub(crate) const LARGEST: u64 = 100 * 1024 * 1024;
/// The most bytes brought in by one call, so that it ends while its caller waits.
pub(crate) const TOGETHER: u64 = 200 * 1024 * 1024;
/// The most files brought in by one call.
pub(crate) const FILES: usize = 100;
/// The bytes of a key at the beginning of what an item keeps sealed.
const KEY: usize = 32;
/// The digits of the clear content's hash that follow; the rest is the name of the file.
const HASH: usize = 64;

/// What an item keeps sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Secret {
    /// The key of the content.
    pub(crate) key: [u8; KEY],
    /// SHA-256 of the clear content, hex.
    pub(crate) sha256: String,
    /// The name of the file.
    pub(crate) name: String,
}

/// Where an item stands that somebody still has to deal with.
pub(crate) const OPEN: [IntakeState; 3] = [IntakeState::Waiting, IntakeState::Official, IntakeState::SetAside];
/// Every place where an item can stand.
pub(crate) const ALL: [IntakeState; 6] = [
    IntakeState::Waiting,
    IntakeState::Official,
    IntakeState::SetAside,
    IntakeState::Registered,
    IntakeState::CitizenLetter,
    IntakeState::Discarded,
];

/// Refuses more than one call brings in; `sizes` are those that the tickets promise, in bytes.
pub(crate) fn fits(sizes: &[u64]) -> Result<(), Fault> {
    let together = sizes.iter().fold(0_u64, |sum, size| sum.saturating_add(*size));
    if sizes.iter().any(|size| *size > LARGEST) || together > TOGETHER {
        return Err(Refusal::IntakeTooLarge { most: TOGETHER }.into());
    }
    Ok(())
}

impl Secret {
    /// Its bytes.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        [self.key.as_slice(), self.sha256.as_bytes(), self.name.as_bytes()].concat()
    }

    /// The secret of its bytes.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let (key, rest) = bytes.split_at_checked(KEY)?;
        let (sha256, name) = rest.split_at_checked(HASH)?;
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).ok();
        Some(Self { key: key.try_into().ok()?, sha256: text(sha256)?, name: text(name)? })
    }
}

/// Refuses an item that was entered, destroyed or found a citizen's letter.
pub(crate) fn open(item: &IntakeItem) -> Result<(), Refusal> {
    if OPEN.contains(&item.state) { Ok(()) } else { Err(Refusal::IntakeSettled) }
}

/// Refuses an item that cannot be marked official.
pub(crate) fn markable(item: &IntakeItem) -> Result<(), Refusal> {
    open(item)?;
    if item.state == IntakeState::Official { Err(Refusal::IntakeUnchanged) } else { Ok(()) }
}

/// Refuses an item whose file is not to be read, or not here any more.
pub(crate) fn readable(item: &IntakeItem) -> Result<(), Refusal> {
    open(item)?;
    if item.state == IntakeState::Official { Ok(()) } else { Err(Refusal::IntakeSealed) }
}

/// The item that may be read.
pub(crate) fn official(item: &IntakeItem, now: Instant) -> IntakeItem {
    changed(item, IntakeState::Official, None, now)
}

/// The item set aside.
pub(crate) fn set_aside(item: &IntakeItem, reason: IntakeReason, now: Instant) -> Result<IntakeItem, Refusal> {
    open(item)?;
    if item.state == IntakeState::SetAside && item.reason == Some(reason) {
        return Err(Refusal::IntakeUnchanged);
    }
    Ok(changed(item, IntakeState::SetAside, Some(reason), now))
}

/// The item whose file a document bears.
pub(crate) fn registered(item: &IntakeItem, document: IncomingId, now: Instant) -> IntakeItem {
    let settled = changed(item, IntakeState::Registered, None, now);
    IntakeItem { incoming: Some(document), name: None, file: None, parts: Vec::new(), ..settled }
}

/// The item of which nothing is kept but that it was a citizen's letter.
pub(crate) fn letter(item: &IntakeItem, letter: IncomingId, now: Instant) -> IntakeItem {
    IntakeItem { letter: Some(letter), ..emptied(item, IntakeState::CitizenLetter, None, now) }
}

/// The item of which nothing is kept but why.
pub(crate) fn discarded(item: &IntakeItem, reason: IntakeReason, now: Instant) -> IntakeItem {
    emptied(item, IntakeState::Discarded, Some(reason), now)
}

fn emptied(item: &IntakeItem, state: IntakeState, reason: Option<IntakeReason>, now: Instant) -> IntakeItem {
    let parts = Vec::new();
    IntakeItem { name: None, media_type: None, size: None, file: None, parts, ..changed(item, state, reason, now) }
}

fn changed(item: &IntakeItem, state: IntakeState, reason: Option<IntakeReason>, now: Instant) -> IntakeItem {
    IntakeItem { version: item.version.next(), state, reason, handled_at: Some(now), ..item.clone() }
}

/// A batch with its counts.
pub(crate) fn batch(
    (id, office, brought_in_at): (IntakeBatchId, OfficeId, Instant),
    counts: &BTreeMap<IntakeState, u32>,
) -> IntakeBatch {
    let count = |state| counts.get(&state).copied().unwrap_or_default();
    IntakeBatch {
        id,
        office,
        brought_in_at,
        waiting: count(IntakeState::Waiting),
        official: count(IntakeState::Official),
        set_aside: count(IntakeState::SetAside),
        registered: count(IntakeState::Registered),
        citizen_letter: count(IntakeState::CitizenLetter),
        discarded: count(IntakeState::Discarded),
    }
}

/// How much of a queue is open.
pub(crate) fn queue(office: OfficeId, counts: &BTreeMap<IntakeState, u32>) -> IntakeOpen {
    let count = |state| counts.get(&state).copied().unwrap_or_default();
    IntakeOpen {
        office,
        waiting: count(IntakeState::Waiting),
        official: count(IntakeState::Official),
        set_aside: count(IntakeState::SetAside),
    }
}

#[cfg(test)]
mod tests;
