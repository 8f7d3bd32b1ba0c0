//! What changed in which office, as the bus hints it: each publisher is heard once for the process, and whoever listens
//! learns that something changed, never what.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::sync::broadcast::{self, Receiver, Sender};
use wire::{Bundle, id::OfficeId};

use crate::{manifest, shared::Portal};

/// How many changes a listener may be behind before it takes everything as changed.
const REMEMBERED: usize = 1024;
/// How long a publisher that cannot be heard is left alone, at first and at most.
const PAUSES: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(30));

/// Something changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    /// Who told it.
    pub(crate) service: &'static str,
    /// Whose it is; every office's when hints may have been missed.
    pub(crate) office: Option<OfficeId>,
}

/// Where pages listen.
pub(crate) struct Changes {
    told: Sender<Change>,
    counted: Mutex<Counted>,
}

/// How often something changed, by office and for all.
#[derive(Default)]
struct Counted {
    all: u64,
    offices: HashMap<OfficeId, u64>,
}

impl Changes {
    /// Nothing has changed and nobody listens yet.
    pub(crate) fn new() -> Self {
        Self { told: broadcast::channel(REMEMBERED).0, counted: Mutex::default() }
    }

    /// Everything from now on.
    pub(crate) fn listen(&self) -> Receiver<Change> {
        self.told.subscribe()
    }

    /// A number that differs when something has changed in one of these offices meanwhile.
    pub(crate) fn stamp(&self, offices: impl Iterator<Item = OfficeId>) -> u64 {
        let counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        let own: u64 = offices.filter_map(|office| counted.offices.get(&office)).sum();
        counted.all.wrapping_add(own)
    }

    /// Tells everybody who listens; it is no matter when nobody does.
    fn tell(&self, change: Change) {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        match change.office {
            Some(office) => *counted.offices.entry(office).or_default() += 1,
            None => counted.all += 1,
        }
        drop(counted);
        let _ = self.told.send(change);
    }
}

/// Hears every publisher until the portal ends.
pub(crate) fn hear(portal: &Portal, life: &runtime::Life) {
    for publisher in manifest::heard() {
        let (portal, mut ended) = (Portal::clone(portal), portal.ended.clone());
        life.spawn("hints for pages", async move {
            tokio::select! {
                () = hear_one(&portal, publisher) => {}
                _ = ended.wait_for(|ended| *ended) => {}
            }
        });
    }
}

async fn hear_one(portal: &Portal, publisher: &'static str) {
    let mut pause = PAUSES.0;
    loop {
        match portal.bus.watch(publisher).await {
            Ok(mut watch) => {
                while let Some(message) = watch.next().await {
                    pause = PAUSES.0;
                    pass_on(&portal.changes, publisher, &message);
                }
                tracing::debug!(publisher, "hints have ended");
            }
            Err(error) => tracing::warn!(publisher, error = %error, "a publisher cannot be heard; pages do not change"),
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(PAUSES.1);
        portal.changes.tell(Change { service: publisher, office: None });
    }
}

fn pass_on(changes: &Changes, publisher: &'static str, message: &[u8]) {
    match serde_json::from_slice::<Bundle>(message) {
        Ok(bundle) if bundle.publisher == publisher => {
            for envelope in bundle.envelopes {
                changes.tell(Change { service: publisher, office: Some(envelope.office) });
            }
        }
        _ => tracing::warn!(publisher, "a message is no bundle of this publisher and changes no page"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use uuid::Uuid;

    #[test]
    fn a_hint_changes_its_office_only_and_one_that_was_missed_changes_all() {
        let (changes, one, other) = (Changes::new(), OfficeId(Uuid::nil()), OfficeId(Uuid::max()));
        let mut listener = changes.listen();
        let before = [changes.stamp([one].into_iter()), changes.stamp([other].into_iter())];
        let bundle = json!({ "publisher": "notices", "envelopes": [{
            "id": Uuid::nil(), "type": "notice_given.v1", "epoch": 1, "seq": 1, "aggregate": Uuid::nil(),
            "office": Uuid::nil(), "at": "2026-11-20T01:00:00Z", "body": { "secret": 1 },
        }] });
        pass_on(&changes, "documents", bundle.to_string().as_bytes());
        assert!(listener.try_recv().is_err(), "nobody speaks for another");
        pass_on(&changes, "notices", bundle.to_string().as_bytes());
        assert_eq!(listener.try_recv().unwrap(), Change { service: "notices", office: Some(one) });
        assert_ne!(changes.stamp([one].into_iter()), before[0]);
        assert_eq!(changes.stamp([other].into_iter()), before[1]);
        changes.tell(Change { service: "notices", office: None });
        assert_ne!(changes.stamp([other].into_iter()), before[1]);
    }
}
