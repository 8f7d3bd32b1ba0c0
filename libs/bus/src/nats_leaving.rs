//! Leaving a queue group without losing a request that is on its way.
//!
//! The client forgets a subscription before the broker has heard that we leave (async-nats 0.51, `Subscriber::drain`);
//! what the broker hands us in between is dropped, and whoever asked waits in vain. So we leave after a number of messages
//! that both sides count, a little above those that may be on their way, and send ourselves what is missing to it.

use std::{sync::atomic::Ordering::Relaxed, time::Duration};

use async_nats::{Client, Subscriber, connection::State};
use tokio::time::{Interval, MissedTickBehavior, interval};

/// More requests than can be on their way to one subject of one process.
const ROOM: u64 = 64;

/// How often the missing messages are sent: other members of the group get their share of them and ignore it.
const FILL_EVERY: Duration = Duration::from_millis(3);

/// How one subscription is left.
pub(crate) struct Leaving {
    client: Client,
    subject: String,
    /// How often the client had connected when it subscribed: after another time the broker counts from nothing.
    connects: u64,
    taken: u64,
    every: Option<Interval>,
}

impl Leaving {
    /// For a subscription that has just been made.
    pub(crate) fn new(client: &Client, subject: &str) -> Self {
        let connects = client.statistics().connects.load(Relaxed);
        Self { client: client.clone(), subject: subject.to_owned(), connects, taken: 0, every: None }
    }

    /// A message was taken.
    pub(crate) fn taken(&mut self) {
        self.taken += 1;
    }

    /// Tells the broker. The subscription must be read until it ends, with [`Leaving::fill`] beside it.
    ///
    /// # Errors
    /// When the connection is no more.
    pub(crate) async fn begin(&mut self, requests: &mut Subscriber) -> Result<(), async_nats::UnsubscribeError> {
        let counts = self.client.statistics().connects.load(Relaxed) == self.connects;
        if !counts || self.client.connection_state() != State::Connected {
            return requests.drain().await;
        }
        let mut every = interval(FILL_EVERY);
        every.set_missed_tick_behavior(MissedTickBehavior::Delay);
        self.every = Some(every);
        requests.unsubscribe_after(self.taken + ROOM).await
    }

    /// Sends what is missing, now and then; for ever pending where nothing is.
    pub(crate) async fn fill(&mut self) {
        let Some(every) = &mut self.every else { return std::future::pending().await };
        every.tick().await;
        for _ in 0..ROOM {
            // Empty and without a reply subject: no request. Without a connection the broker has let us go anyway.
            if self.client.publish(self.subject.clone(), bytes::Bytes::new()).await.is_err() {
                return;
            }
        }
    }
}
