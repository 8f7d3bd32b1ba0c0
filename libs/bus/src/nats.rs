//! A connection to a NATS server: how it stands, and calls over it.

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use async_nats::{Client, HeaderMap, HeaderValue, RequestErrorKind, connection::State, jetstream};
use bytes::Bytes;
use tokio::sync::Notify;
use wire::{Meta, header};

use crate::{Answer, CallError};

/// How often an unfinished wait for the connection looks again, in case the client dropped the event.
const LOOK_AGAIN: Duration = Duration::from_millis(200);

/// The NATS transport.
pub(crate) struct Nats {
    pub(crate) client: Client,
    pub(crate) jetstream: jetstream::Context,
    /// Wakes whoever waits for a change of the connection.
    changed: Arc<Notify>,
}

impl Nats {
    pub(crate) fn new(client: Client, jetstream: jetstream::Context, changed: Arc<Notify>) -> Self {
        Self { client, jetstream, changed }
    }

    pub(crate) fn is_up(&self) -> bool {
        self.client.connection_state() == State::Connected
    }

    /// The number of the present connection, as soon as there is one. What was asked over an earlier one must be asked
    /// again.
    pub(crate) async fn connection(&self) -> u64 {
        loop {
            let changed = self.changed.notified();
            if self.is_up() {
                return self.connections();
            }
            let _ = tokio::time::timeout(LOOK_AGAIN, changed).await;
        }
    }

    /// Waits until the connection of this number is no more.
    pub(crate) async fn connection_lost(&self, number: u64) {
        loop {
            let changed = self.changed.notified();
            if !self.is_up() || self.connections() != number {
                return;
            }
            changed.await;
        }
    }

    fn connections(&self) -> u64 {
        self.client.statistics().connects.load(Ordering::Relaxed)
    }

    pub(crate) async fn call(&self, subject: &str, meta: &Meta, body: Bytes) -> Result<Answer, CallError> {
        if !self.is_up() {
            // Sent now it would lie in a queue and be done long after the caller has given up.
            return Err(CallError::Away("disconnected".to_owned()));
        }
        let headers = headers(&meta.headers()).map_err(CallError::Malformed)?;
        let request = async_nats::Request::new().headers(headers).payload(body).timeout(None);
        let message =
            self.client.send_request(subject.to_owned(), request).await.map_err(|error| match error.kind() {
                RequestErrorKind::NoResponders => CallError::NobodyListens,
                RequestErrorKind::TimedOut => CallError::OutOfTime,
                RequestErrorKind::InvalidSubject => CallError::Malformed(chain(&error)),
                _ => CallError::Away(chain(&error)),
            })?;
        let outcome = message.headers.as_ref().and_then(|headers| headers.get(header::OUTCOME));
        Ok(Answer { fault: outcome.is_some_and(|outcome| outcome.as_str() == "fault"), body: message.payload })
    }
}

pub(crate) fn headers(pairs: &[(&'static str, String)]) -> Result<HeaderMap, String> {
    let mut headers = HeaderMap::new();
    for (name, value) in pairs {
        let value: HeaderValue = value.parse().map_err(|_| format!("`{name}` holds a line break"))?;
        headers.insert(*name, value);
    }
    Ok(headers)
}

/// An error with its causes, in one line.
pub(crate) fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let next = error.to_string();
        if !text.contains(&next) {
            text.push_str(": ");
            text.push_str(&next);
        }
        cause = error.source();
    }
    text
}
