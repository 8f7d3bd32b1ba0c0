//! Learning the contracts while running: every service is asked what it promises, again and again, and the last good
//! answers are kept in a file, so that after a restart the paths of a service that is away are known to exist.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc, time::Duration};

use bytes::Bytes;
use futures_util::future::join_all;
use runtime::health::State;
use service::builtin::{DESCRIBE, Described};
use tokio::time::Instant as Tick;
use wire::{Contract, Meta, call_subject};

use crate::{gate::Gate, table::Table, union::union};

/// How often the services are asked, and how long an answer is waited for.
const EVERY: Duration = Duration::from_secs(1);
const PATIENCE: Duration = Duration::from_millis(900);
/// Each question reaches one replica. A replica that has not answered for so long, while others have, is gone.
const FORGOTTEN_AFTER: Duration = Duration::from_secs(60);
/// How long our token is good that we ask with.
const TOKEN_LIFE: Duration = Duration::from_secs(60);

/// What is known of the services.
pub(crate) struct Discovery {
    gate: Arc<Gate>,
    seen: BTreeMap<String, Vec<Seen>>,
    kept: BTreeMap<String, Contract>,
    file: PathBuf,
}

/// A replica that has answered.
struct Seen {
    answer: Bytes,
    described: Described,
    at: Tick,
}

impl Discovery {
    /// Begins with what the file has kept.
    pub(crate) async fn begin(gate: Arc<Gate>) -> Self {
        let file = gate.settings.folder.join("gateway-contracts.json");
        let mut kept: BTreeMap<String, Contract> = match tokio::fs::read(&file).await {
            Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or_else(|error| {
                tracing::warn!(path = %file.display(), error = %error, "the kept contracts cannot be read and are left");
                BTreeMap::new()
            }),
            Err(_) => BTreeMap::new(),
        };
        kept.retain(|service, contract| gate.owners.services().contains(service) && contract.service == *service);
        let discovery = Self { gate, seen: BTreeMap::new(), kept, file };
        discovery.offer();
        discovery
    }

    /// Asks until the door shuts.
    pub(crate) async fn run(mut self) {
        let mut ticks = tokio::time::interval(EVERY);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let stop = self.gate.stop.clone();
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = ticks.tick() => self.round().await,
            }
        }
    }

    /// Asks every service once, and offers what has changed.
    pub(crate) async fn round(&mut self) {
        let asked = join_all(self.gate.owners.services().iter().map(|service| ask(&self.gate, service))).await;
        let services: Vec<String> = self.gate.owners.services().to_vec();
        let mut changed = false;
        let answering = asked.iter().filter(|answer| answer.is_some()).count();
        for (service, answer) in services.into_iter().zip(asked) {
            let Some(answer) = answer else { continue };
            if self.note(&service, answer) {
                let whole = self.seen.get(&service).and_then(|seen| union(seen.iter().map(|one| &one.described)));
                if let Some(whole) = whole.filter(|whole| self.kept.get(&service) != Some(whole)) {
                    tracing::info!(service, "its contract is new or has changed");
                    self.kept.insert(service, whole);
                    changed = true;
                }
            }
        }
        if changed {
            self.offer();
            self.keep().await;
        }
        self.report(answering);
    }

    /// Takes an answer; tells whether it, or a replica that is gone, may have changed the whole.
    fn note(&mut self, service: &str, answer: Bytes) -> bool {
        let now = Tick::now();
        let seen = self.seen.entry(service.to_owned()).or_default();
        let before = seen.len();
        seen.retain(|one| one.answer == answer || now.duration_since(one.at) < FORGOTTEN_AFTER);
        let mut changed = seen.len() != before;
        if let Some(known) = seen.iter_mut().find(|one| one.answer == answer) {
            known.at = now;
            return changed;
        }
        match serde_json::from_slice::<Described>(&answer) {
            Ok(described) if described.contract.service == service => {
                seen.retain(|one| one.described.instance != described.instance);
                seen.push(Seen { answer, described, at: now });
                changed = true;
            }
            Ok(_) => tracing::error!(service, "it describes another service; its contract is left out"),
            Err(error) => tracing::error!(service, position = error.column(), "its contract cannot be read"),
        }
        changed
    }

    /// Makes the routes of what is known, and tells what was left out of them.
    fn offer(&self) {
        let (table, left_out) = Table::new(self.kept.values().cloned(), &self.gate.owners);
        for one in left_out {
            let (service, call) = (one.service.as_str(), one.call.as_str());
            tracing::error!(service, call, kind = one.why, "a call is left out of what the door offers");
        }
        self.gate.table.store(Arc::new(table));
    }

    /// Writes the file anew, beside its place and then into it. It is a convenience: losing it costs a few 404s.
    async fn keep(&self) {
        let written = async {
            let bytes = serde_json::to_vec(&self.kept)?;
            let beside = self.file.with_extension("new");
            tokio::fs::create_dir_all(&self.gate.settings.folder).await?;
            tokio::fs::write(&beside, bytes).await?;
            tokio::fs::rename(&beside, &self.file).await
        };
        if let Err(error) = written.await {
            tracing::warn!(path = %self.file.display(), error = %error, "the contracts could not be kept");
        }
    }

    fn report(&self, answering: usize) {
        let (bus, contracts) = match (self.gate.platform.bus.is_up(), self.kept.is_empty()) {
            (false, _) => (State::Down("the broker cannot be reached"), State::Lagging),
            (true, true) => (State::Up, State::Down("no service has said what it offers")),
            (true, false) if answering < self.gate.owners.services().len() => (State::Up, State::Lagging),
            (true, false) => (State::Up, State::Up),
        };
        self.gate.platform.health.set("gateway.bus", bus);
        self.gate.platform.health.set("gateway.contracts", contracts);
    }
}

/// What one replica of a service answers; nothing when none does.
async fn ask(gate: &Gate, service: &str) -> Option<Bytes> {
    let token = gate.signer.sign_service(gate.platform.clock.now(), TOKEN_LIFE);
    let meta = Meta { token: Some(token), ..Meta::default() };
    let subject = call_subject(service, DESCRIBE);
    let answer = gate.platform.bus.call(&subject, &meta, Bytes::from_static(b"{}"), PATIENCE).await.ok()?;
    if answer.fault {
        tracing::warn!(service, "it refuses to say what it offers");
    }
    (!answer.fault).then_some(answer.body)
}
