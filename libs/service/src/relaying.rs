//! Performs what the relay decides: reads the book, hands messages to the courier. Of the processes of one service, one
//! at a time does so.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use bus::PublishError;
use db::outbox::{Head, Line, NUMBER_LIMIT};
use sea_orm::DbErr;
use tokio::time::Instant as Tick;
use uuid::Uuid;
use wire::Position;

use crate::{
    relay::{Action, Input, Relay, message},
    running::Shared,
};

/// Rows that other replicas wrote wake nobody here.
const LOOK_EVERY: Duration = Duration::from_millis(200);
/// How soon after the last message the next may follow. Whoever writes alone is heard at once; a crowd shares messages,
/// and with them the commits of everyone who listens.
const PACE: Duration = Duration::from_millis(20);
/// How long after a commit the relay begins: the answer that acknowledges it goes first.
const LINGER: Duration = Duration::from_millis(2);
/// How many events are read at once.
const READ: u32 = 1_000;
/// How long another process waits for one that says nothing any more.
const TURN: Duration = Duration::from_secs(5);
/// How long before its end the turn is taken anew.
const RENEW: Duration = Duration::from_secs(3);

/// The relay of this process, and until when it is surely its turn.
struct Relaying {
    shared: Arc<Shared>,
    relay: Relay,
    turn_ends: Option<Tick>,
}

/// Relays until the process stops, and then once more what is left.
pub(crate) async fn run(shared: Arc<Shared>) {
    let mut relaying = Relaying { relay: Relay::default(), turn_ends: None, shared };
    let quiet = relaying.shared.quiet.clone();
    let (mut ticked, mut drained) = (Tick::now(), Tick::now());
    let mut pause = Duration::ZERO;
    loop {
        tokio::select! {
            () = quiet.cancelled() => break,
            () = relaying.shared.wake_relay.notified(), if pause.is_zero() => {}
            () = tokio::time::sleep(if pause.is_zero() { LOOK_EVERY } else { pause }) => {}
        }
        tokio::select! {
            () = quiet.cancelled() => break,
            () = tokio::time::sleep_until((drained + PACE).max(Tick::now() + LINGER)) => {}
        }
        pause = relaying.drain_or_note().await;
        drained = Tick::now();
        if ticked.elapsed() >= Duration::from_secs(1) {
            ticked = Tick::now();
            relaying.mark().await;
        }
    }
    relaying.drain_or_note().await;
    relaying.mark().await;
    if let Err(error) = relaying.shared.db.leave_turn(relaying.shared.instance).await {
        relaying.shared.note_database_error("the relay cannot give its turn up", &error);
    }
}

impl Relaying {
    async fn drain_or_note(&mut self) -> Duration {
        self.drain().await.unwrap_or_else(|error| {
            self.shared.note_database_error("the relay cannot read its book", &error);
            LOOK_EVERY
        })
    }

    /// Sends until nothing is left, the courier refuses, or it is another's turn; gives how long to wait before the next
    /// attempt.
    async fn drain(&mut self) -> Result<Duration, DbErr> {
        let shared = Arc::clone(&self.shared);
        let finished = AtomicBool::new(shared.db.number_events().await? < NUMBER_LIMIT);
        let numbering = async {
            while !finished.load(Ordering::Acquire) {
                let numbered = shared.db.number_events().await;
                finished.store(!matches!(numbered, Ok(NUMBER_LIMIT..)), Ordering::Release);
                numbered?;
            }
            Ok::<_, DbErr>(())
        };
        // While a backlog is sent, the rest of it gets its numbers.
        let (numbered, pause) = tokio::join!(numbering, self.send_until(&finished));
        numbered?;
        pause
    }

    /// Sends what has numbers until all that waits has been given one.
    async fn send_until(&mut self, finished: &AtomicBool) -> Result<Duration, DbErr> {
        loop {
            let last = finished.load(Ordering::Acquire);
            let head = self.shared.db.head().await?;
            if !self.is_our_turn(head).await? {
                return Ok(Duration::ZERO);
            }
            let changed = head.last.epoch != self.relay.sent.epoch;
            let begin = if changed { Input::Epoch(head.last.epoch) } else { Input::Woken };
            let pause = self.send(begin).await?;
            if last || !pause.is_zero() {
                return Ok(pause);
            }
        }
    }

    async fn send(&mut self, begin: Input) -> Result<Duration, DbErr> {
        let mut actions = self.relay.step(begin);
        while let Some(action) = actions.pop() {
            let input = match action {
                Action::Read(place) => {
                    let at = self.shared.db.event_at(place).await?;
                    let events = self.shared.db.lines_after(place.seq, READ).await?;
                    Input::Read { at, more: events.len() >= READ as usize, events }
                }
                Action::Publish { after, lines } => {
                    if !self.keeps_turn().await? {
                        return Ok(Duration::ZERO);
                    }
                    if publish(&self.shared, after, &lines).await { Input::Taken } else { Input::Refused }
                }
                Action::Pause(pause) => return Ok(pause),
                Action::Mark(_) | Action::Rest => return Ok(Duration::ZERO),
            };
            actions = self.relay.step(input);
        }
        Ok(Duration::ZERO)
    }

    /// Whether this process is the one that relays. It asks for the turn only when something waits; having had none, it
    /// begins where the book says that the last one was.
    async fn is_our_turn(&mut self, head: Head) -> Result<bool, DbErr> {
        if self.turn_ends.is_some_and(|ends| Tick::now() < ends) {
            return Ok(true);
        }
        self.turn_ends = None;
        if head.last.seq == head.sent || !self.take_turn().await? {
            return Ok(false);
        }
        // Read anew: whoever had the turn may have noted more meanwhile.
        let head = self.shared.db.head().await?;
        self.relay = Relay::new(Position { epoch: head.last.epoch, seq: head.sent });
        Ok(true)
    }

    async fn keeps_turn(&mut self) -> Result<bool, DbErr> {
        if self.turn_ends.is_some_and(|ends| Tick::now() + RENEW < ends) {
            return Ok(true);
        }
        self.take_turn().await
    }

    async fn take_turn(&mut self) -> Result<bool, DbErr> {
        let asked = Tick::now();
        let ours = self.shared.db.take_turn(self.shared.instance, TURN).await?;
        self.turn_ends = ours.then(|| asked + TURN);
        Ok(ours)
    }

    async fn mark(&mut self) {
        for action in self.relay.step(Input::Tick) {
            let Action::Mark(position) = action else { continue };
            if let Err(error) = self.shared.db.mark_sent(position).await {
                self.shared.note_database_error("the relay cannot note how far it has come", &error);
            }
        }
    }
}

async fn publish(shared: &Shared, after: Option<Uuid>, lines: &[Line]) -> bool {
    // One short span for each event, so that its trace shows when it was handed over although many travel together.
    for event in lines.iter().filter(|event| event.trace.is_some()) {
        let span = tracing::info_span!("relay", service = shared.name(), event = event.kind.as_str());
        runtime::trace::adopt(&span, event.trace.as_deref());
        span.in_scope(|| ());
    }
    let (id, message) = message(shared.name(), after, lines);
    match shared.platform.bus.publish(shared.name(), &id, message.into()).await {
        Ok(()) => true,
        Err(PublishError::TooLarge { size, .. }) => {
            // `emit` refuses an event this large.
            tracing::error!(service = shared.name(), bytes = size, "an event is too large for the bus");
            false
        }
        Err(PublishError::Away(_)) => {
            tracing::warn!(service = shared.name(), "the broker does not take events; they wait in the outbox");
            false
        }
    }
}
