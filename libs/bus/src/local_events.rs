//! Events within the process: one bounded queue for each publisher and consumer, and a broadcast for hints.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex},
    time::Duration,
};

use bytes::Bytes;
use tokio::{
    sync::{Notify, broadcast},
    time::Instant,
};

use crate::{
    Delivery,
    event::Receipt,
    local::{Local, lock},
};

/// How many messages a queue holds before its oldest make room.
const QUEUE_MESSAGES: usize = 1024;
/// How many bytes a queue holds before its oldest messages make room.
const QUEUE_BYTES: usize = 16 * 1024 * 1024;
/// How many hints a slow reader may be behind before it misses some.
const WATCH_MESSAGES: usize = 256;

/// Every queue and every broadcast of the process.
#[derive(Default)]
pub(crate) struct Events {
    publishers: Mutex<HashMap<String, Publisher>>,
}

struct Publisher {
    consumers: HashMap<String, Arc<Queue>>,
    hints: broadcast::Sender<Bytes>,
}

impl Default for Publisher {
    fn default() -> Self {
        Self { consumers: HashMap::new(), hints: broadcast::Sender::new(WATCH_MESSAGES) }
    }
}

impl Events {
    pub(crate) fn publish(&self, publisher: &str, body: &Bytes) {
        let mut publishers = lock(&self.publishers);
        let publisher = publishers.entry(publisher.to_owned()).or_default();
        for queue in publisher.consumers.values() {
            queue.push(body.clone());
        }
        // Without a watcher a hint has nobody to reach, which is no failure.
        let _ = publisher.hints.send(body.clone());
    }

    /// Opens the queue of a consumer; from now on it is kept, whether somebody reads or not.
    pub(crate) fn open(&self, publisher: &str, consumer: &str) -> Arc<Queue> {
        let mut publishers = lock(&self.publishers);
        let publisher = publishers.entry(publisher.to_owned()).or_default();
        publisher.consumers.entry(consumer.to_owned()).or_default().clone()
    }

    fn hints(&self, publisher: &str) -> broadcast::Receiver<Bytes> {
        lock(&self.publishers).entry(publisher.to_owned()).or_default().hints.subscribe()
    }
}

/// What waits for one consumer.
#[derive(Default)]
pub(crate) struct Queue {
    state: Mutex<State>,
    changed: Notify,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<Bytes>,
    bytes: usize,
    /// Whether a message is in the hands of a reader; none is handed out beside it.
    out: bool,
    /// Nothing is handed out before this moment.
    not_before: Option<Instant>,
}

impl Queue {
    fn push(&self, body: Bytes) {
        let mut state = lock(&self.state);
        state.bytes += body.len();
        state.waiting.push_back(body);
        while state.waiting.len() > QUEUE_MESSAGES || state.bytes > QUEUE_BYTES {
            let Some(oldest) = state.waiting.pop_front() else { break };
            state.bytes -= oldest.len();
        }
        drop(state);
        self.changed.notify_waiters();
    }

    /// The next message, or the moment until which there is none.
    fn take(&self) -> Result<Bytes, Option<Instant>> {
        let mut state = lock(&self.state);
        if state.out {
            return Err(None);
        }
        if let Some(moment) = state.not_before
            && moment > Instant::now()
        {
            return Err(Some(moment));
        }
        let body = state.waiting.pop_front().ok_or(None)?;
        state.bytes -= body.len();
        state.out = true;
        state.not_before = None;
        Ok(body)
    }

    fn settle(&self, again: Option<(Bytes, Duration)>) {
        let mut state = lock(&self.state);
        state.out = false;
        if let Some((body, delay)) = again {
            state.bytes += body.len();
            state.waiting.push_front(body);
            state.not_before = Instant::now().checked_add(delay);
        }
        drop(state);
        self.changed.notify_waiters();
    }
}

/// A reader of one queue.
pub(crate) struct LocalSubscription {
    local: Arc<Local>,
    queue: Arc<Queue>,
}

impl LocalSubscription {
    pub(crate) fn new(local: &Arc<Local>, publisher: &str, consumer: &str) -> Self {
        Self { queue: local.events.open(publisher, consumer), local: local.clone() }
    }

    pub(crate) async fn next(&mut self) -> Option<Delivery> {
        let mut away = self.local.away.subscribe();
        loop {
            away.wait_for(|away| !away).await.ok()?;
            // Made before looking, so that a change between looking and waiting is not slept through.
            let changed = self.queue.changed.notified();
            match self.queue.take() {
                Ok(body) => {
                    let receipt = LocalReceipt { queue: self.queue.clone(), body: Some(body.clone()) };
                    return Some(Delivery { body, receipt: Receipt::Local(receipt) });
                }
                Err(Some(moment)) => {
                    let _ = tokio::time::timeout_at(moment, changed).await;
                }
                Err(None) => changed.await,
            }
        }
    }
}

/// Gives a message back to its queue unless it is acknowledged.
pub(crate) struct LocalReceipt {
    queue: Arc<Queue>,
    body: Option<Bytes>,
}

impl LocalReceipt {
    pub(crate) fn ack(mut self) {
        self.body = None;
        self.queue.settle(None);
    }

    pub(crate) fn nak(mut self, delay: Duration) {
        self.queue.settle(self.body.take().map(|body| (body, delay)));
    }
}

impl Drop for LocalReceipt {
    fn drop(&mut self) {
        if let Some(body) = self.body.take() {
            self.queue.settle(Some((body, Duration::ZERO)));
        }
    }
}

/// A reader of hints.
pub(crate) struct LocalWatch {
    hints: broadcast::Receiver<Bytes>,
    /// The sending end lives as long as its readers, as a connection does.
    _local: Arc<Local>,
}

impl LocalWatch {
    pub(crate) fn new(local: &Arc<Local>, publisher: &str) -> Self {
        Self { hints: local.events.hints(publisher), _local: local.clone() }
    }

    pub(crate) async fn next(&mut self) -> Option<Bytes> {
        loop {
            match self.hints.recv().await {
                Ok(body) => return Some(body),
                Err(broadcast::error::RecvError::Lagged(missed)) => {
                    tracing::debug!(count = missed, "a slow reader missed hints")
                }
                Err(broadcast::error::RecvError::Closed) => return None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn next(subscription: &mut LocalSubscription) -> Bytes {
        let delivery = subscription.next().await.unwrap();
        let body = delivery.body.clone();
        delivery.ack().await;
        body
    }

    #[tokio::test]
    async fn a_full_queue_forgets_its_oldest_messages_and_no_others() {
        let local = Arc::<Local>::default();
        let mut by_count = LocalSubscription::new(&local, "documents", "search");
        for number in 0..QUEUE_MESSAGES + 2 {
            local.events.publish("documents", &number.to_string().into());
        }
        for number in 2..QUEUE_MESSAGES + 2 {
            assert_eq!(next(&mut by_count).await, number.to_string());
        }

        let mut by_size = LocalSubscription::new(&local, "finance", "search");
        let large = QUEUE_BYTES / 4;
        for letter in [b'a', b'b', b'c', b'd', b'e'] {
            local.events.publish("finance", &vec![letter; large].into());
        }
        for letter in [b'b', b'c', b'd', b'e'] {
            assert_eq!(next(&mut by_size).await, vec![letter; large]);
        }
    }

    #[tokio::test]
    async fn a_slow_watcher_misses_the_oldest_hints_and_goes_on() {
        let local = Arc::<Local>::default();
        let mut watch = LocalWatch::new(&local, "documents");
        for number in 0..WATCH_MESSAGES + 3 {
            local.events.publish("documents", &number.to_string().into());
        }
        for number in 3..WATCH_MESSAGES + 3 {
            assert_eq!(watch.next().await.unwrap(), number.to_string());
        }
    }
}
