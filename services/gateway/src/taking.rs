//! Taking a file into staging: for whom and what for, streamed in constant memory, hashed and looked at on the way, and
//! the ticket for the service that takes it. Uploads of the API and files in forms of pages both come through here.

use std::{
    pin::pin,
    time::{Duration, SystemTime},
};

use auth::{Caller, TICKET_LIFE, TicketClaims};
use blob::{Format, HEAD_BYTES, Staging};
use bytes::Bytes;
use futures_util::{Stream, StreamExt as _};
use service::Platform;
use tokio::time::Instant as Tick;
use wire::{Fault, Instant, Kind, Ticket, id::OfficeId};

use crate::{Refusal, client::Client, events::Asker, gate::Gate, problem::Problem, slots::Slot, staged::Charge};

/// How long a chunk is waited for.
pub(crate) const STALLED_AFTER: Duration = Duration::from_secs(30);
/// Who sends less than this, in bytes a second on average, is not uploading but holding a place. The first minute is not
/// counted.
const SLOWEST: u64 = 1024;
const FIRST_MINUTE: Duration = Duration::from_secs(60);
/// Staged files go this long after their tickets have expired.
const GRACE: Duration = Duration::from_secs(3600);
/// The longest file name, in bytes: it stands in the ticket, and on disks.
const NAME_LIMIT: usize = 255;
/// The purpose kept for uploads that are encrypted on arrival.
const SEALED: &str = "sealed";

/// Takes files of one person, for one office and purpose.
pub(crate) struct Taker<'a> {
    gate: &'a Gate,
    principal: String,
    office: OfficeId,
    purpose: String,
    _slot: Slot,
}

/// A file that has arrived whole. Dropped, it leaves nothing behind.
pub(crate) struct Arrived {
    staging: Staging,
    charge: Charge,
    format: Format,
    name: String,
}

/// A file in staging.
pub(crate) struct Taken {
    pub(crate) ticket: Ticket,
    pub(crate) claims: TicketClaims,
    pub(crate) until: Instant,
}

impl<'a> Taker<'a> {
    /// For a signed-in person; it holds one of their places for uploads while it lives.
    ///
    /// # Errors
    /// When nobody is signed in, the session has ended, the office is not theirs, or too many uploads are under way.
    pub(crate) async fn of(
        gate: &'a Gate,
        client: &Client,
        office: OfficeId,
        purpose: String,
    ) -> Result<Self, Problem> {
        let person = client.person()?.clone();
        let principal = Caller::Person(person.clone()).principal();
        let slot = gate.uploads.take(principal.clone())?;
        // A token may outlive its session by minutes, and a file is for an office in which its bearer works.
        let offices = Asker::new(gate, person).offices().await?;
        if !offices.contains(&office) {
            return Err(no_such_office().into());
        }
        Ok(Self { gate, principal, office, purpose, _slot: slot })
    }

    /// Streams a file into staging. `stated` is what the client says of its length in bytes, nought when it does not.
    ///
    /// # Errors
    /// What is wrong with the file, or that there is no room for it; whatever was written is gone then.
    pub(crate) async fn take<E>(
        &self,
        name: String,
        stated: u64,
        chunks: impl Stream<Item = Result<Bytes, E>>,
    ) -> Result<Arrived, Problem> {
        let gate = self.gate;
        check_name(&name)?;
        let limit = gate.settings.upload_bytes;
        if stated > limit {
            return Err(Refusal::FileTooLarge { limit }.into());
        }
        let mut charge = gate.staged.begin(self.principal.clone());
        room(gate, &charge, stated).await?;
        let staging = gate.platform.blobs.stage(limit).await.map_err(|error| failed(gate, &error))?;
        let (staging, format) = fill(gate, staging, &mut charge, &name, chunks).await?;
        Ok(Arrived { staging, charge, format, name })
    }

    /// Makes the file durable and gives the ticket for it.
    ///
    /// # Errors
    /// When the disk fails.
    pub(crate) async fn keep(&self, arrived: Arrived) -> Result<Taken, Problem> {
        let Arrived { staging, charge, format, name } = arrived;
        let staged = staging.finish().await.map_err(|error| failed(self.gate, &error))?;
        let now = self.gate.platform.clock.now();
        charge.finish(&staged.hash, now);
        let claims = TicketClaims {
            sha256: staged.hash,
            size: staged.size,
            media_type: format.media_type().to_owned(),
            name,
            principal: self.principal.clone(),
            office: self.office,
            purpose: self.purpose.clone(),
        };
        let ticket = self.gate.signer.sign_ticket(&claims, now, TICKET_LIFE);
        Ok(Taken { ticket, claims, until: now.plus(TICKET_LIFE) })
    }
}

/// Refuses purposes that are none, and the one that nothing takes yet.
pub(crate) fn check_purpose(purpose: &str) -> Result<(), Refusal> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._".contains(&byte);
    if purpose.is_empty() || purpose.len() > 64 || !purpose.bytes().all(plain) {
        return Err(wrong("purpose", "what the file is for, such as `documents.attachment`"));
    }
    if purpose == SEALED { Err(Refusal::SealedNotYet) } else { Ok(()) }
}

/// Whether a letter of a name shows what it is: no control character, and none that turns the direction of writing.
pub(crate) fn shows(c: char) -> bool {
    const TURNING: [char; 12] = [
        '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2067}',
        '\u{2068}', '\u{2069}', '\u{feff}',
    ];
    !c.is_control() && !TURNING.contains(&c)
}

/// Refuses names that say something else than they show, or that no disk takes.
pub(crate) fn check_name(name: &str) -> Result<(), Refusal> {
    let bad = |c: char| "/\\".contains(c) || !shows(c);
    if name.trim().is_empty() || name.len() > NAME_LIMIT || name.contains(bad) {
        return Err(wrong("name", "a file name of at most 255 bytes without folders and control characters"));
    }
    Ok(())
}

fn no_such_office() -> Fault {
    Fault::new(Kind::Missing, "wire.missing", "there is no such thing", "không tìm thấy").at("office")
}

pub(crate) fn wrong(at: &str, expected: &str) -> Refusal {
    Refusal::WrongValue { at: at.to_owned(), expected: expected.to_owned() }
}

/// Streams a file into staging. It is looked at as soon as enough of it is there, so that two gigabytes of the wrong
/// kind are refused after eight kilobytes.
async fn fill<E>(
    gate: &Gate,
    mut staging: Staging,
    charge: &mut Charge,
    name: &str,
    chunks: impl Stream<Item = Result<Bytes, E>>,
) -> Result<(Staging, Format), Problem> {
    let mut chunks = pin!(chunks);
    let (begun, mut received) = (Tick::now(), 0_u64);
    let mut format = None;
    loop {
        let next = tokio::time::timeout(STALLED_AFTER, chunks.next()).await.map_err(|_| Refusal::BodyLate)?;
        let Some(chunk) = next else { break };
        let chunk = chunk.map_err(|_| Refusal::BodyBroken)?;
        received = received.saturating_add(chunk.len() as u64);
        if is_too_slow(received, begun.elapsed()) {
            return Err(Refusal::BodyLate.into());
        }
        room(gate, charge, chunk.len() as u64).await?;
        charge.grow(chunk.len() as u64);
        staging.write(chunk).await.map_err(|error| failed(gate, &error))?;
        if format.is_none() && staging.head().len() >= HEAD_BYTES {
            format = Some(recognised(staging.head(), name)?);
        }
    }
    let format = match format {
        Some(format) => format,
        None => recognised(staging.head(), name)?,
    };
    Ok((staging, format))
}

/// Whether so few bytes in so long a time are no upload.
pub(crate) fn is_too_slow(received: u64, within: Duration) -> bool {
    received < SLOWEST.saturating_mul(within.saturating_sub(FIRST_MINUTE).as_secs())
}

/// Refuses what is more than the account may have in staging. Before that it looks which of its files were taken.
async fn room(gate: &Gate, charge: &Charge, more: u64) -> Result<(), Problem> {
    let now = gate.platform.clock.now();
    if charge.fits(more, now) {
        return Ok(());
    }
    let settled = gate.platform.blobs.settled(charge.waiting()).await.map_err(|error| failed(gate, &error))?;
    charge.settle(settled);
    if charge.fits(more, now) { Ok(()) } else { Err(charge.refused(now)) }
}

fn recognised(head: &[u8], name: &str) -> Result<Format, Refusal> {
    blob::recognise(head, name).map_err(Refusal::from)
}

fn failed(gate: &Gate, error: &blob::Error) -> Problem {
    match error {
        blob::Error::TooLarge { limit } => return Refusal::FileTooLarge { limit: *limit }.into(),
        blob::Error::NoSpace => return Refusal::NoSpace.into(),
        _ => {}
    }
    tracing::error!(error = %error, "an upload could not be stored");
    if error.must_stop() {
        gate.platform.life.fatal("the disk failed while an upload was stored");
    }
    Refusal::Broken.into()
}

/// Removes uploads whose tickets have expired.
pub(crate) async fn sweep(platform: &Platform) {
    let before = platform.clock.now().minus(TICKET_LIFE + GRACE);
    let micros = u64::try_from(before.micros()).unwrap_or_default();
    match platform.blobs.sweep_staging(SystemTime::UNIX_EPOCH + Duration::from_micros(micros)).await {
        Ok(0) => {}
        Ok(count) => tracing::info!(count, "unclaimed uploads were removed"),
        Err(error) => tracing::error!(error = %error, "unclaimed uploads could not be removed"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_sends_a_byte_now_and_then_is_not_uploading() {
        let cases = [(1, 59, false), (1, 61, true), (1024, 61, false), (2_000_000, 1_900, false), (60, 1_740, true)];
        for (received, seconds, expected) in cases {
            assert_eq!(is_too_slow(received, Duration::from_secs(seconds)), expected, "{received} in {seconds} s");
        }
    }

    #[test]
    fn a_name_shows_what_it_is() {
        for good in ["a.pdf", "Công văn số 12-CV/TU".replace('/', "-").as_str(), "😀.png"] {
            assert!(check_name(good).is_ok(), "{good}");
        }
        let long = "á".repeat(128);
        for bad in ["", "  ", "../a.pdf", "a\\b.pdf", "a\nb", "exe.\u{202e}fdp", &long] {
            assert!(check_name(bad).is_err(), "{bad:?}");
        }
    }
}
