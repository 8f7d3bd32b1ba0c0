//! The hint stream of one client: hints for the offices of its authority, which is asked for again every few seconds.

use std::{collections::BTreeSet, convert::Infallible, sync::Arc, time::Duration};

use auth::PersonCaller;
use axum::{
    body::Body,
    http::Response,
    response::{
        IntoResponse as _, Sse,
        sse::{Event, KeepAlive},
    },
};
use bus::Bus;
use futures_util::stream;
use runtime::Clock;
use schema_identity::GetAuthority;
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::Instant as Tick,
};
use tokio_util::sync::CancellationToken;
use wire::{Fault, Grant, Kind, Meta, id::OfficeId};

use crate::{
    client::Client,
    gate::Gate,
    hints::{Hint, Told},
    problem::Problem,
    slots::Slot,
};

/// How often authority is asked for again: an ended session must lose its stream within five seconds.
const CHECKED_EVERY: Duration = Duration::from_secs(4);
/// How long identity's answer is waited for.
const PATIENCE: Duration = Duration::from_millis(900);
/// How often a quiet stream says that it lives.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// How long our token is good that we ask identity with.
const TOKEN_LIFE: Duration = Duration::from_secs(60);

/// One open stream.
struct Listening {
    hints: Receiver<Told>,
    offices: BTreeSet<OfficeId>,
    /// Whether hints may have been kept from the client, who has to read everything again.
    missed: bool,
    checked: Tick,
    asker: Asker,
    stop: CancellationToken,
    _slot: Slot,
}

/// Asks identity what a person may do.
pub(crate) struct Asker {
    person: PersonCaller,
    bus: Bus,
    clock: Clock,
    signer: Arc<auth::Signer>,
}

/// Opens a stream for a signed-in person.
///
/// # Errors
/// When nobody is signed in, the session has ended, or too many streams are open.
pub(crate) async fn events(gate: &Gate, client: &Client) -> Result<Response<Body>, Problem> {
    let person = client.person()?.clone();
    let slot = gate.streams.take(format!("account:{}", person.account))?;
    let asker = Asker::new(gate, person);
    // Listening begins before authority is asked for, so that nothing falls between.
    let hints = gate.hints.listen();
    let offices = asker.offices().await?;
    let checked = Tick::now();
    let stop = gate.stop.clone();
    let listening = Listening { hints, offices, missed: false, checked, asker, stop, _slot: slot };
    let alive = KeepAlive::new().interval(KEEP_ALIVE);
    Ok(Sse::new(stream::unfold(listening, Listening::next)).keep_alive(alive).into_response())
}

impl Listening {
    /// What is sent next; nothing when the stream ends.
    async fn next(mut self) -> Option<(Result<Event, Infallible>, Self)> {
        loop {
            if self.missed && !self.offices.is_empty() {
                self.missed = false;
                return Some((Ok(Event::default().event("resync").data("{}")), self));
            }
            let stop = self.stop.clone();
            tokio::select! {
                biased;
                () = stop.cancelled() => return None,
                () = tokio::time::sleep_until(self.checked + CHECKED_EVERY) => self.check().await?,
                told = self.hints.recv() => match told {
                    Ok(Told::Changed(hint)) => {
                        if let Some(event) = self.event(&hint) {
                            return Some((Ok(event), self));
                        }
                    }
                    Ok(Told::Missed) | Err(RecvError::Lagged(_)) => self.missed = true,
                    Err(RecvError::Closed) => return None,
                },
            }
        }
    }

    fn event(&self, hint: &Hint) -> Option<Event> {
        let concerns = self.offices.contains(&hint.office);
        concerns.then(|| Event::default().event("hint").data(serde_json::to_string(hint).unwrap_or_default()))
    }

    /// Asks again what the person may do. The stream ends with the session. While identity cannot answer nothing is
    /// told, and afterwards the client begins anew.
    async fn check(&mut self) -> Option<()> {
        match self.asker.offices().await {
            Ok(offices) => {
                self.missed |= !offices.is_subset(&self.offices);
                self.offices = offices;
            }
            Err(fault) if matches!(fault.kind, Kind::Busy | Kind::OutOfTime | Kind::Broken) => {
                self.offices.clear();
                self.missed = true;
            }
            Err(_) => return None,
        }
        self.checked = Tick::now();
        Some(())
    }
}

impl Asker {
    /// Asks for a person.
    pub(crate) fn new(gate: &Gate, person: PersonCaller) -> Self {
        let platform = &gate.platform;
        Self { person, bus: platform.bus.clone(), clock: platform.clock.clone(), signer: Arc::clone(&gate.signer) }
    }

    /// The offices in which the person holds anything just now.
    ///
    /// # Errors
    /// When the session has ended, or identity cannot answer.
    pub(crate) async fn offices(&self) -> Result<BTreeSet<OfficeId>, Fault> {
        let token = self.signer.sign_service(self.clock.now(), TOKEN_LIFE);
        let meta = Meta { token: Some(token), ..Meta::default() };
        let call = GetAuthority { account: self.person.account, session: self.person.session };
        let authority = self.bus.ask(&meta, &call, PATIENCE).await?;
        Ok(authority.grants.iter().flat_map(Grant::offices).collect())
    }
}
