//! What an event's courier hands over, and how it is acknowledged.

use std::{fmt, time::Duration};

use bytes::Bytes;

use crate::{
    local_events::{LocalReceipt, LocalSubscription, LocalWatch},
    nats_events::{NatsReceipt, NatsSubscription, NatsWatch},
};

/// The messages of one publisher for one durable consumer: in order, one at a time, each until it is acknowledged.
/// Replicas of a consumer may hold one each; every message goes to one of them.
pub struct Subscription(pub(crate) SubscriptionOver);

pub(crate) enum SubscriptionOver {
    Local(LocalSubscription),
    Nats(NatsSubscription),
}

impl Subscription {
    /// The next message. It waits through outages of the broker and through the loss of its store, and may be
    /// cancelled at any time without losing a message. `None` when the bus itself has ended.
    pub async fn next(&mut self) -> Option<Delivery> {
        match &mut self.0 {
            SubscriptionOver::Local(subscription) => subscription.next().await,
            SubscriptionOver::Nats(subscription) => subscription.next().await,
        }
    }
}

/// One message in the consumer's hands. If it is dropped without a word it comes again, within the redelivery time
/// of the [`Topology`](crate::Topology) at the latest.
pub struct Delivery {
    /// The message as it was published.
    pub body: Bytes,
    pub(crate) receipt: Receipt,
}

pub(crate) enum Receipt {
    Local(LocalReceipt),
    Nats(NatsReceipt),
}

impl Delivery {
    /// Done: the next message may come. Should the acknowledgement be lost, this message comes again.
    pub async fn ack(self) {
        match self.receipt {
            Receipt::Local(receipt) => receipt.ack(),
            Receipt::Nats(receipt) => receipt.ack().await,
        }
    }

    /// Not now: the same message comes again after `delay`, and nothing comes before it.
    pub async fn nak(self, delay: Duration) {
        match self.receipt {
            Receipt::Local(receipt) => receipt.nak(delay),
            Receipt::Nats(receipt) => receipt.nak(delay).await,
        }
    }

    /// Still at work: the redelivery time begins anew.
    pub async fn in_progress(&self) {
        match &self.receipt {
            // Within the process nothing is handed out again while somebody still holds it.
            Receipt::Local(_) => {}
            Receipt::Nats(receipt) => receipt.in_progress().await,
        }
    }
}

/// The messages of one publisher from now on, for hints: nothing is acknowledged, and a slow reader misses some.
pub struct Watch(pub(crate) WatchOver);

pub(crate) enum WatchOver {
    Local(LocalWatch),
    Nats(NatsWatch),
}

impl Watch {
    /// The next message. `None` when the bus itself has ended.
    pub async fn next(&mut self) -> Option<Bytes> {
        match &mut self.0 {
            WatchOver::Local(watch) => watch.next().await,
            WatchOver::Nats(watch) => watch.next().await,
        }
    }
}

/// Why the courier did not take a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PublishError {
    /// It is larger than a message may be, and will never be taken; sizes in bytes.
    TooLarge {
        /// The size of the message.
        size: usize,
        /// What is allowed.
        limit: usize,
    },
    /// Not taken just now, with what is known of the reason: the broker cannot be reached, its stream is full, or
    /// its store was lost. Try again.
    Away(String),
}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { size, limit } => {
                write!(f, "the message has {size} bytes, more than the {limit} that a message may have")
            }
            Self::Away(reason) => write!(f, "the message broker did not take the message: {reason}"),
        }
    }
}

impl std::error::Error for PublishError {}
