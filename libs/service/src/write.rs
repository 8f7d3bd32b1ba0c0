//! A write: prepare outside, then begin, claim, decide, store the reply, commit. Nothing is acknowledged before COMMIT.

use std::sync::Arc;

use auth::TicketClaims;
use bytes::Bytes;
use db::claims::{self, Claimed, Key};
use serde_json::Value;
use sha2::{Digest, Sha256};
use tracing::Instrument as _;
use wire::{CallRow, Fault, Kind, MESSAGE_LIMIT};

use crate::{
    Read, Result, Write,
    context::Frame,
    door::is_stored,
    error::{broken, outcome, unknown_end},
    measuring,
    table::{PrepareFn, Work},
};

/// How often work is run when the database asks for it to be run again.
const ATTEMPTS: u32 = 3;
/// The longest idempotency key, in bytes.
const KEY_LIMIT: usize = 200;

/// The idempotency key of a request, when its answer is to be kept.
pub(crate) fn key(frame: &Frame, row: &CallRow, body: &Bytes) -> Result<Option<Key>> {
    if !is_stored(row) {
        return Ok(None);
    }
    let key = frame.meta.key.as_deref().filter(|key| !key.is_empty() && key.len() <= KEY_LIMIT);
    let key = key.ok_or_else(|| {
        Fault::new(
            Kind::Invalid,
            "wire.key_missing",
            "send an `Idempotency-Key` header of 1 to 200 characters with every change, the same one when you repeat it",
            "mỗi yêu cầu thay đổi cần tiêu đề `Idempotency-Key` dài 1–200 ký tự, khi gửi lại thì giữ nguyên",
        )
    })?;
    Ok(Some(Key {
        subject: frame.subject.clone(),
        principal: frame.principal(),
        key: key.to_owned(),
        body_hash: request_hash(body, &sealed_fields(&row.request)),
    }))
}

/// SHA-256 of a request, hex: of its JSON with sorted names and without the named fields, which are sealed anew by every
/// attempt. A ticket counts as what it says of its file, because whoever repeats a form uploads the same file once more
/// and is given another ticket for it.
#[must_use]
pub fn request_hash(body: &[u8], without: &[String]) -> String {
    let mut value: Value = serde_json::from_slice(body).unwrap_or_default();
    if let Value::Object(fields) = &mut value {
        without.iter().for_each(|name| drop(fields.remove(name)));
    }
    name_files(&mut value);
    value.sort_all_objects();
    hex::encode(Sha256::digest(value.to_string()))
}

/// Puts in the place of every ticket what it says of its file. Whether the ticket is to be believed does not matter here:
/// a forged one is refused where its file is claimed, and what is refused leaves no answer to repeat.
fn name_files(value: &mut Value) {
    match value {
        Value::String(text) => {
            if let Some(file) = TicketClaims::said(text) {
                *value = serde_json::to_value(file).unwrap_or_default();
            }
        }
        Value::Array(items) => items.iter_mut().for_each(name_files),
        Value::Object(fields) => fields.values_mut().for_each(name_files),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn sealed_fields(request: &schemars::Schema) -> Vec<String> {
    let Some(Value::Object(fields)) = request.get("properties") else { return Vec::new() };
    let sealed = |field: &Value| field.get("x-sealed").is_some();
    fields.iter().filter(|(_, field)| sealed(field)).map(|(name, _)| name.clone()).collect()
}

/// Runs a write to its committed end.
pub(crate) async fn run(frame: &Arc<Frame>, prepare: &PrepareFn, body: Bytes, key: Option<Key>) -> Result<Vec<u8>> {
    if let Some(seen) = twin(frame, key.as_ref()).await? {
        return earlier(seen);
    }
    let work = match prepare(Read { now: frame.now, frame: Arc::clone(frame) }, body).await {
        Ok(work) => work,
        // A twin of this request may have been done meanwhile, and have taken what both wanted to prepare, as a file that
        // goes out of staging.
        Err(error) => return twin(frame, key.as_ref()).await?.map_or(Err(error), earlier),
    };
    let mut attempt = 1;
    loop {
        match once(frame, &work, key.as_ref()).await {
            Err(error) if attempt < ATTEMPTS && outcome(&error, &frame.shared.service.as_fault).retry => attempt += 1,
            result => return result,
        }
    }
}

/// What was done under the same key before.
async fn twin(frame: &Frame, key: Option<&Key>) -> Result<Option<Claimed>> {
    let Some(key) = key else { return Ok(None) };
    Ok(claims::seen(frame.shared.db.reader(), key).await?)
}

async fn once(frame: &Arc<Frame>, work: &Work, key: Option<&Key>) -> Result<Vec<u8>> {
    let shared = &frame.shared;
    let tx = shared.db.begin().await?;
    if let Some(key) = key {
        match claims::claim(&tx, key, frame.now).await? {
            Claimed::Fresh => {}
            seen => {
                tx.rollback().await?;
                return earlier(seen);
            }
        }
    }
    let tx = Arc::new(tx);
    let cx = Write { now: frame.now, frame: Arc::clone(frame), tx: Arc::clone(&tx) };
    let result = work(cx).await;
    let tx = Arc::into_inner(tx).ok_or_else(|| anyhow::anyhow!("the handler kept its context past its end"))?;
    match result {
        Ok(reply) => {
            if reply.len() > MESSAGE_LIMIT {
                tx.rollback().await?;
                return Err(broken().into());
            }
            if let Some(key) = key {
                let text = String::from_utf8(reply.clone())?;
                claims::store_reply(&tx, key, &text).await?;
            }
            let commit = tracing::info_span!("commit", service = shared.name());
            measuring::commit(shared, tx).instrument(commit).await.map_err(unknown_end)?;
            shared.wake_relay.notify_one();
            shared.wake_worker.notify_one();
            Ok(reply)
        }
        Err(error) if outcome(&error, &shared.service.as_fault).keep => {
            if let Some(key) = key {
                // The refusal was acted upon and recorded; a repeat is a new attempt, so the key is not used up.
                claims::release(&tx, key).await?;
            }
            tx.commit().await?;
            shared.wake_relay.notify_one();
            Err(error)
        }
        Err(error) => {
            tx.rollback().await?;
            Err(error)
        }
    }
}

fn earlier(seen: Claimed) -> Result<Vec<u8>> {
    match seen {
        Claimed::Answered(reply) => Ok(reply.into_bytes()),
        Claimed::OtherBody | Claimed::Fresh => Err(Fault::new(
            Kind::Conflict,
            "wire.key_reused",
            "this `Idempotency-Key` was used for another request; take a new one for a new change",
            "`Idempotency-Key` này đã dùng cho một yêu cầu khác; hãy dùng khóa mới cho thay đổi mới",
        )
        .into()),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use auth::Signer;
    use wire::{Instant, Ticket, id::OfficeId};

    use super::*;

    #[test]
    fn the_hash_knows_order_and_sealed_fields_for_what_they_are() {
        let one = request_hash(br#"{"a":1,"b":{"c":2,"d":3},"name":"x"}"#, &["name".into()]);
        let two = request_hash(br#"{"name":"y","b":{"d":3,"c":2},"a":1}"#, &["name".into()]);
        assert_eq!(one, two);
        assert_ne!(one, request_hash(br#"{"a":2,"b":{"c":2,"d":3}}"#, &[]));
    }

    #[test]
    fn the_same_file_under_another_ticket_is_the_same_request() {
        let signer = Signer::from_seed("service:gateway", [7; 32]);
        let file = |sha256: &str, name: &str| TicketClaims {
            sha256: sha256.to_owned(),
            size: 5,
            media_type: "application/pdf".to_owned(),
            name: name.to_owned(),
            principal: "account:1".to_owned(),
            office: OfficeId(uuid::Uuid::from_u128(1)),
            purpose: "incoming_document".to_owned(),
        };
        let at = |claims: &TicketClaims, seconds: i64| {
            let now = Instant::from_micros(seconds * 1_000_000);
            let Ticket(ticket) = signer.sign_ticket(claims, now, Duration::from_secs(600));
            let request = serde_json::json!({ "id": 1, "files": [ticket, "not.a.ticket"] });
            request_hash(request.to_string().as_bytes(), &[])
        };
        let one = file("aa", "a.pdf");
        assert_eq!(at(&one, 1_000), at(&one, 2_000));
        assert_ne!(at(&one, 1_000), at(&file("bb", "a.pdf"), 1_000), "another content");
        assert_ne!(at(&one, 1_000), at(&file("aa", "b.pdf"), 1_000), "another name");
    }
}
