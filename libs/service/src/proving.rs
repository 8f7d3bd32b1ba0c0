//! Checks the audit log of a running service for whoever asks: one check at a time, apart from the calls that ask for it,
//! because a long log takes minutes and a caller waits seconds.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use db::audit::Verdict;
use tokio::sync::watch;
use wire::{AuditBreach, AuditProof, AuditState, Instant, VerifyAudit};

use crate::{Read, Result, context::Frame, running::Shared, sealing};

/// How long a call waits for the end of a check.
const PATIENCE: Duration = Duration::from_millis(1_500);

/// The last check, if there was one.
#[derive(Default)]
pub(crate) struct Proving(Mutex<Option<Check>>);

/// A check, at work or ended.
#[derive(Clone)]
struct Check {
    begun: Instant,
    end: watch::Receiver<Option<End>>,
}

/// How a check ended; without a verdict the log could not be read.
#[derive(Clone)]
struct End {
    at: Instant,
    verdict: Option<Verdict>,
}

/// Answers [`VerifyAudit`].
pub(crate) async fn verify(cx: Read, call: VerifyAudit) -> Result<AuditProof> {
    let shared = &cx.frame.shared;
    // A clock that goes ahead of ours must not ask for a check of the future.
    let since = call.since.map(|since| since.min(cx.now));
    let mut check = wanted(shared, since, cx.now);
    // Whoever began it may have stopped with the process: then it has no end. One that is too old is waited for only so
    // that the next one can begin.
    let end = match tokio::time::timeout(PATIENCE, check.end.wait_for(Option::is_some)).await {
        Ok(Ok(end)) if since.is_none_or(|since| check.begun >= since) => end.clone(),
        _ => None,
    };
    let whole = sees_all(&cx.frame).await?;
    let last = shared.db.last_checkpoint().await?;
    let mut proof = AuditProof {
        state: AuditState::Checking,
        begun: check.begun,
        ended: end.as_ref().map(|end| end.at),
        broken: None,
        place: None,
        records: None,
        checkpoint: last.as_ref().map(|last| last.at),
        root: last.filter(|_| whole).and_then(|last| last.note.lines().nth(2).map(str::to_owned)),
    };
    if let Some(End { verdict, .. }) = end {
        judge(&mut proof, verdict, whole);
    }
    Ok(proof)
}

fn judge(proof: &mut AuditProof, verdict: Option<Verdict>, whole: bool) {
    let (broken, place) = match verdict {
        None => return proof.state = AuditState::Unread,
        Some(Verdict::Sound { sealed }) => {
            proof.state = AuditState::Sound;
            proof.records = whole.then_some(sealed);
            return;
        }
        Some(Verdict::RecordChanged { place }) => (AuditBreach::RecordChanged, place),
        Some(Verdict::PlaceMissing { place }) => (AuditBreach::PlaceMissing, place),
        Some(Verdict::RootDiffers { size }) => (AuditBreach::RootDiffers, size),
        Some(Verdict::Unsigned { from }) => (AuditBreach::Unsigned, from),
        Some(Verdict::SignatureBad { size }) => (AuditBreach::SignatureBad, size),
        Some(Verdict::Truncated { found, .. }) => (AuditBreach::Truncated, found),
    };
    proof.state = AuditState::Broken;
    proof.broken = Some(broken);
    proof.place = whole.then_some(place);
}

/// Whether nobody acts here outside the caller's scope. Only then figures tell nothing of others.
pub(crate) async fn sees_all(frame: &Frame) -> Result<bool> {
    let Some(offices) = frame.scope.offices() else { return Ok(true) };
    let offices: Vec<_> = offices.map(Into::into).collect();
    Ok(!frame.shared.db.others_act(&offices).await?)
}

/// The check that counts: one that is at work, or the last one when it began late enough; else a new one.
fn wanted(shared: &Arc<Shared>, since: Option<Instant>, now: Instant) -> Check {
    let mut last = shared.proving.0.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(check) = last.as_ref()
        && (since.is_none_or(|since| check.begun >= since)
            || check.end.borrow().is_none() && check.end.has_changed().is_ok())
    {
        return check.clone();
    }
    let (told, end) = watch::channel(None);
    let check = Check { begun: now, end };
    *last = Some(check.clone());
    let checking = Arc::clone(shared);
    shared.platform.life.spawn("prover", async move {
        tokio::select! {
            () = checking.platform.life.stopping() => {}
            end = run(&checking) => drop(told.send(Some(end))),
        }
    });
    check
}

async fn run(shared: &Shared) -> End {
    let key = shared.signer.public();
    let signed = |note: &str| sealing::is_signed(note, shared.name(), &key);
    let verdict = match shared.db.verify_audit(&sealing::origin(shared.name()), signed).await {
        Ok(verdict) => Some(verdict),
        Err(error) => {
            shared.note_database_error("checking the audit log", &error);
            None
        }
    };
    if !matches!(verdict, Some(Verdict::Sound { .. }) | None) {
        tracing::error!(service = shared.name(), kind = "audit", "the audit log does not hold");
    }
    End { at: shared.platform.clock.now(), verdict }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_for_those_who_may_read_the_whole_log() {
        let blank = AuditProof {
            state: AuditState::Checking,
            begun: Instant::from_micros(0),
            ended: None,
            broken: None,
            place: None,
            records: None,
            checkpoint: None,
            root: None,
        };
        let judged = |verdict, whole| {
            let mut proof = blank.clone();
            judge(&mut proof, verdict, whole);
            (proof.state, proof.broken, proof.place, proof.records)
        };
        let sound = Some(Verdict::Sound { sealed: 7 });
        assert_eq!(judged(sound.clone(), true), (AuditState::Sound, None, None, Some(7)));
        assert_eq!(judged(sound, false), (AuditState::Sound, None, None, None));
        let changed = Some(Verdict::RecordChanged { place: 3 });
        let found = Some(AuditBreach::RecordChanged);
        assert_eq!(judged(changed.clone(), true), (AuditState::Broken, found, Some(3), None));
        assert_eq!(judged(changed, false), (AuditState::Broken, found, None, None));
        assert_eq!(judged(None, true), (AuditState::Unread, None, None, None));
    }
}
