//! Uploads: streamed into staging in constant memory, hashed and looked at on the way, answered with a ticket.

use std::{
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, SystemTime},
};

use auth::{Caller, TICKET_LIFE, TicketClaims};
use axum::{
    body::Body,
    extract::{DefaultBodyLimit, FromRequest as _, Multipart},
    http::{HeaderMap, Request, Response, StatusCode, header},
};
use blob::{Format, HEAD_BYTES, Staging};
use bytes::Bytes;
use futures_util::{Stream, StreamExt as _};
use serde_json::json;
use service::Platform;
use tokio::time::Instant as Tick;
use wire::{Fault, Kind, id::OfficeId};

use crate::{
    Refusal, client::Client, events::Asker, gate::Gate, problem::Problem, query, reply, request::stated_length,
    staged::Charge,
};

/// How long a chunk is waited for.
const STALLED_AFTER: Duration = Duration::from_secs(30);
/// Who sends less than this, in bytes a second on average, is not uploading but holding a place. The first minute is not
/// counted.
const SLOWEST: u64 = 1024;
const FIRST_MINUTE: Duration = Duration::from_secs(60);
/// Staged files go this long after their tickets have expired.
const GRACE: Duration = Duration::from_secs(3600);
/// The longest file name, in bytes: it stands in the ticket, and on disks.
const NAME_LIMIT: usize = 255;
/// How much of a form may come before its part begins, in bytes.
const PREAMBLE_LIMIT: usize = 256 * 1024;
/// The purpose kept for uploads that are encrypted on arrival.
const SEALED: &str = "sealed";

/// What the query of an upload says.
#[derive(Debug, PartialEq, Eq)]
struct Asked {
    office: OfficeId,
    purpose: String,
    name: Option<String>,
}

/// Takes one file from a signed-in person.
///
/// # Errors
/// Says what is wrong with the request or the file; whatever was written is gone then.
pub(crate) async fn upload(gate: &Gate, client: &Client, request: Request<Body>) -> Result<Response<Body>, Problem> {
    let principal = Caller::Person(client.person()?.clone()).principal();
    let asked = Asked::read(query::pairs(request.uri())?)?;
    let limit = gate.settings.upload_bytes;
    if request.headers().get(header::CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity") {
        return Err(Refusal::Encoded.into());
    }
    let _slot = gate.uploads.take(principal.clone())?;
    // A token may outlive its session by minutes, and a file is for an office in which its bearer works.
    let offices = Asker::new(gate, client.person()?.clone()).offices().await?;
    if !offices.contains(&asked.office) {
        return Err(no_such_office().into());
    }
    let mut charge = gate.staged.begin(principal.clone());
    let staging = gate.platform.blobs.stage(limit).await.map_err(|error| failed(gate, &error))?;
    let (office, purpose) = (asked.office, asked.purpose);
    let (staging, format, name) = if is_multipart(request.headers()) {
        from_form(gate, staging, &mut charge, asked.name, request).await?
    } else {
        let name = asked.name.ok_or_else(|| wrong("name", "the name of the file"))?;
        let stated = stated_length(request.headers()).unwrap_or_default();
        if stated > limit {
            return Err(Refusal::FileTooLarge { limit }.into());
        }
        room(gate, &charge, stated).await?;
        let (staging, format) = fill(gate, staging, &mut charge, &name, request.into_body().into_data_stream()).await?;
        (staging, format, name)
    };
    let staged = staging.finish().await.map_err(|error| failed(gate, &error))?;
    let now = gate.platform.clock.now();
    charge.finish(&staged.hash, now);
    let media_type = format.media_type().to_owned();
    let (sha256, size) = (staged.hash, staged.size);
    let claims = TicketClaims { sha256, size, media_type, name, principal, office, purpose };
    let ticket = gate.signer.sign_ticket(&claims, now, TICKET_LIFE);
    let body = json!({
        "ticket": ticket, "sha256": claims.sha256, "size": claims.size, "media_type": claims.media_type,
        "name": claims.name, "expires_at": now.plus(TICKET_LIFE)
    });
    Ok(reply::json(StatusCode::CREATED, &body))
}

impl Asked {
    fn read(pairs: Vec<(String, String)>) -> Result<Self, Refusal> {
        let (mut office, mut purpose, mut name) = (None, None, None);
        for (at, text) in pairs {
            let place = match at.as_str() {
                "office" => &mut office,
                "purpose" => &mut purpose,
                "name" => &mut name,
                _ => return Err(Refusal::UnknownField { at }),
            };
            if place.replace(text).is_some() {
                return Err(Refusal::FieldTwice { at });
            }
        }
        let office = office.and_then(|text| text.parse().ok()).ok_or_else(|| wrong("office", "the id of an office"))?;
        let purpose = purpose.unwrap_or_default();
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._".contains(&byte);
        if purpose.is_empty() || purpose.len() > 64 || !purpose.bytes().all(plain) {
            return Err(wrong("purpose", "what the file is for, such as `documents.attachment`"));
        }
        if purpose == SEALED {
            return Err(Refusal::SealedNotYet);
        }
        if let Some(name) = &name {
            check_name(name)?;
        }
        Ok(Self { office, purpose, name })
    }
}

/// Refuses names that say something else than they show, or that no disk takes.
fn check_name(name: &str) -> Result<(), Refusal> {
    const TURNING: [char; 12] = [
        '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2067}',
        '\u{2068}', '\u{2069}', '\u{feff}',
    ];
    let bad = |c: char| c.is_control() || "/\\".contains(c) || TURNING.contains(&c);
    if name.trim().is_empty() || name.len() > NAME_LIMIT || name.contains(bad) {
        return Err(wrong("name", "a file name of at most 255 bytes without folders and control characters"));
    }
    Ok(())
}

fn no_such_office() -> Fault {
    Fault::new(Kind::Missing, "wire.missing", "there is no such thing", "không tìm thấy").at("office")
}

fn wrong(at: &str, expected: &str) -> Refusal {
    Refusal::WrongValue { at: at.to_owned(), expected: expected.to_owned() }
}

fn is_multipart(headers: &HeaderMap) -> bool {
    let stated = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    stated.trim_start().to_ascii_lowercase().starts_with("multipart/form-data")
}

/// Takes the one file of a form. A name in the query stands over the one in the form.
async fn from_form(
    gate: &Gate,
    staging: Staging,
    charge: &mut Charge,
    name: Option<String>,
    mut request: Request<Body>,
) -> Result<(Staging, Format, String), Problem> {
    // The limit is ours to keep: the store counts the file, and `Preamble` what comes before it, which the reader of
    // forms holds in memory until it has found where the part begins.
    let preamble = Preamble::default();
    DefaultBodyLimit::disable().apply(&mut request);
    let request = preamble.bound(request);
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| Refusal::BodyBroken)?;
    let first = tokio::time::timeout(STALLED_AFTER, form.next_field()).await.map_err(|_| Refusal::BodyLate)?;
    let part = first.map_err(|_| Refusal::BodyBroken)?.ok_or(Refusal::OneFile)?;
    preamble.is_over();
    let name = match name.or_else(|| part.file_name().map(str::to_owned)) {
        Some(name) => name,
        None => return Err(Refusal::OneFile.into()),
    };
    check_name(&name)?;
    let (staging, format) = fill(gate, staging, charge, &name, part).await?;
    let after = tokio::time::timeout(STALLED_AFTER, form.next_field()).await.map_err(|_| Refusal::BodyLate)?;
    match after {
        Ok(None) => Ok((staging, format, name)),
        Ok(Some(_)) => Err(Refusal::OneFile.into()),
        Err(_) => Err(Refusal::BodyBroken.into()),
    }
}

/// What comes before the one part of a form, which must be short.
#[derive(Clone, Default)]
struct Preamble(Arc<AtomicBool>);

impl Preamble {
    /// The part has begun: from now on the store counts.
    fn is_over(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// The same request with a body that breaks off when the part does not begin soon.
    fn bound(&self, request: Request<Body>) -> Request<Body> {
        let over = Arc::clone(&self.0);
        request.map(|body| {
            let mut read = 0_usize;
            Body::from_stream(body.into_data_stream().map(move |chunk| {
                let chunk = chunk.map_err(std::io::Error::other)?;
                read = read.saturating_add(chunk.len());
                let fits = read <= PREAMBLE_LIMIT || over.load(Ordering::Relaxed);
                if fits { Ok(chunk) } else { Err(std::io::Error::other("no part of the form begins")) }
            }))
        })
    }
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

fn is_too_slow(received: u64, within: Duration) -> bool {
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

    const OFFICE: &str = "01938a2c-0000-7000-8000-000000000001";

    fn read(pairs: &[(&str, &str)]) -> Result<Asked, Refusal> {
        Asked::read(pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect())
    }

    #[test]
    fn office_and_purpose_are_needed_and_nothing_else_is_known() {
        let good = read(&[("office", OFFICE), ("purpose", "documents.attachment"), ("name", "công văn.pdf")]).unwrap();
        assert_eq!(good.name.as_deref(), Some("công văn.pdf"));
        let field = |refusal: Refusal| match refusal {
            Refusal::WrongValue { at, .. } | Refusal::UnknownField { at } | Refusal::FieldTwice { at } => at,
            other => format!("{other:?}"),
        };
        let cases: [(&[(&str, &str)], &str); 7] = [
            (&[("purpose", "x")], "office"),
            (&[("office", "here"), ("purpose", "x")], "office"),
            (&[("office", OFFICE)], "purpose"),
            (&[("office", OFFICE), ("purpose", "Tệp")], "purpose"),
            (&[("office", OFFICE), ("purpose", "x"), ("folder", "y")], "folder"),
            (&[("office", OFFICE), ("office", OFFICE)], "office"),
            (&[("office", OFFICE), ("purpose", "sealed")], "SealedNotYet"),
        ];
        for (pairs, expected) in cases {
            assert_eq!(field(read(pairs).unwrap_err()), expected, "{pairs:?}");
        }
    }

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
