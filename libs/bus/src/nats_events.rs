//! Events over JetStream: acknowledged publication, durable consumers pulled one message at a time, and hints.

use std::{sync::Arc, time::Duration};

use async_nats::{Message, StatusCode, Subject, Subscriber, jetstream, jetstream::AckKind};
use bytes::Bytes;
use futures_util::StreamExt as _;
use tokio::time::Instant;
use wire::event_subject;

use crate::{
    Delivery, PublishError,
    event::Receipt,
    nats::{Nats, chain},
    topology::stream_name,
};

/// How long one pull waits on the server before it is made anew.
const PULL_EXPIRES: Duration = Duration::from_secs(30);
/// How often the server says that a pull is still known to it.
const HEARTBEAT: Duration = Duration::from_secs(5);
/// A pull without message or heartbeat for this long has been lost, and is made anew.
const STALL: Duration = Duration::from_secs(12);
/// The pause after a pull that found no consumer; it doubles up to the longest.
const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// Hands a message to the stream of its publisher and waits until it is on disk there.
pub(crate) async fn publish(nats: &Nats, publisher: &str, message_id: &str, body: Bytes) -> Result<(), PublishError> {
    if !nats.is_up() {
        return Err(PublishError::Away("disconnected".to_owned()));
    }
    let message = jetstream::message::PublishMessage::build()
        .message_id(message_id)
        .expected_stream(stream_name(publisher))
        .payload(body);
    let away = |error: jetstream::context::PublishError| PublishError::Away(chain(&error));
    nats.jetstream.send_publish(event_subject(publisher), message).await.map_err(away)?.await.map_err(away)?;
    Ok(())
}

/// Every message of a publisher from now on. The broker reads the subscription before anything that this connection asks
/// afterwards: whoever watches, then asks how things stand, misses nothing. Against what another connection tells in the
/// same moment there is no order.
pub(crate) async fn watch(nats: &Arc<Nats>, publisher: &str) -> anyhow::Result<NatsWatch> {
    let messages = nats.client.subscribe(event_subject(publisher)).await?;
    nats.client.flush().await?;
    Ok(NatsWatch(messages))
}

/// A reader of hints.
pub(crate) struct NatsWatch(Subscriber);

impl NatsWatch {
    pub(crate) async fn next(&mut self) -> Option<Bytes> {
        self.0.next().await.map(|message| message.payload)
    }
}

/// A reader of one durable consumer.
pub(crate) struct NatsSubscription {
    nats: Arc<Nats>,
    /// What this reads, for the log.
    consumer: String,
    /// Where the server takes requests for this consumer's next message.
    next_subject: String,
    pull: Option<Pull>,
    pause: Duration,
    not_before: Option<Instant>,
}

/// A request for one message, under way. It has an inbox of its own, so that a pull given up finds no reader and the
/// server forgets it.
struct Pull {
    inbox: Subscriber,
    connection: u64,
    /// When the server last let us hear that it knows of this pull.
    heard: Instant,
}

/// How a pull ended.
enum Pulled {
    Message(Message),
    /// It ran out, or its connection did: pull again at once.
    Over,
    /// The server knows no such consumer, or not at this moment: pull again after a pause.
    Refused(String),
    /// The client itself has ended.
    Ended,
}

impl NatsSubscription {
    pub(crate) fn new(nats: &Arc<Nats>, publisher: &str, consumer: &str) -> Self {
        let stream = stream_name(publisher);
        Self {
            nats: nats.clone(),
            next_subject: format!("$JS.API.CONSUMER.MSG.NEXT.{stream}.{consumer}"),
            consumer: format!("{stream}/{consumer}"),
            pull: None,
            pause: FIRST_PAUSE,
            not_before: None,
        }
    }

    /// Every wait in here keeps its state in `self`, so that being cancelled loses nothing.
    pub(crate) async fn next(&mut self) -> Option<Delivery> {
        loop {
            if let Some(moment) = self.not_before {
                tokio::time::sleep_until(moment).await;
                self.not_before = None;
            }
            if self.pull.is_none() {
                let connection = self.nats.connection().await;
                match self.ask(connection).await {
                    Ok(pull) => self.pull = Some(pull),
                    Err(error) => {
                        self.rest(&error);
                        continue;
                    }
                }
            }
            let pulled = match &mut self.pull {
                Some(pull) => pull.wait(&self.nats).await,
                None => continue,
            };
            self.pull = None;
            match pulled {
                Pulled::Message(message) => {
                    self.well();
                    let receipt = NatsReceipt { nats: self.nats.clone(), reply: message.reply };
                    return Some(Delivery { body: message.payload, receipt: Receipt::Nats(receipt) });
                }
                Pulled::Over => self.well(),
                Pulled::Refused(reason) => self.rest(&reason),
                Pulled::Ended => return None,
            }
        }
    }

    async fn ask(&self, connection: u64) -> Result<Pull, String> {
        let client = &self.nats.client;
        let inbox = client.new_inbox();
        let subscriber = client.subscribe(inbox.clone()).await.map_err(|error| chain(&error))?;
        let request = serde_json::json!({
            "batch": 1,
            "expires": PULL_EXPIRES.as_nanos() as u64,
            "idle_heartbeat": HEARTBEAT.as_nanos() as u64,
        });
        client
            .publish_with_reply(self.next_subject.clone(), inbox, request.to_string().into())
            .await
            .map_err(|error| chain(&error))?;
        Ok(Pull { inbox: subscriber, connection, heard: Instant::now() })
    }

    fn well(&mut self) {
        if self.pause != FIRST_PAUSE {
            tracing::info!(consumer = self.consumer, "the broker knows this consumer again");
        }
        self.pause = FIRST_PAUSE;
    }

    /// The first refusal is worth a line; the same again every few seconds until somebody prepares the broker is not.
    fn rest(&mut self, reason: &str) {
        if self.pause == FIRST_PAUSE {
            tracing::warn!(consumer = self.consumer, error = reason, "waiting for the broker to know this consumer");
        }
        self.not_before = Some(Instant::now() + self.pause);
        self.pause = LONGEST_PAUSE.min(self.pause * 2);
    }
}

impl Pull {
    async fn wait(&mut self, nats: &Nats) -> Pulled {
        loop {
            let message = tokio::select! {
                biased;
                message = self.inbox.next() => message,
                () = nats.connection_lost(self.connection) => return Pulled::Over,
                () = tokio::time::sleep_until(self.heard + STALL) => return Pulled::Over,
            };
            let Some(message) = message else { return Pulled::Ended };
            match message.status {
                None => return Pulled::Message(message),
                Some(StatusCode::IDLE_HEARTBEAT) => self.heard = Instant::now(),
                Some(StatusCode::TIMEOUT) => return Pulled::Over,
                Some(status) => {
                    return Pulled::Refused(message.description.unwrap_or_else(|| format!("status {status}")));
                }
            }
        }
    }
}

/// Tells the server what became of a message.
pub(crate) struct NatsReceipt {
    nats: Arc<Nats>,
    reply: Option<Subject>,
}

impl NatsReceipt {
    pub(crate) async fn ack(&self) {
        self.tell(AckKind::Ack).await;
    }

    pub(crate) async fn nak(&self, delay: Duration) {
        self.tell(AckKind::Nak(Some(delay))).await;
    }

    pub(crate) async fn in_progress(&self) {
        self.tell(AckKind::Progress).await;
    }

    /// A word that is lost on the way costs a redelivery, nothing more.
    async fn tell(&self, kind: AckKind) {
        if let Some(reply) = self.reply.clone()
            && let Err(error) = self.nats.client.publish(reply, kind.into()).await
        {
            tracing::warn!(%error, "an acknowledgement could not be sent");
        }
    }
}
