//! What a call is made of: request, answer, endpoint, and the ways in which a call can fail.

use std::{fmt, panic::AssertUnwindSafe, sync::Arc};

use bytes::Bytes;
use futures_util::{FutureExt as _, future::BoxFuture};
use uuid::Uuid;
use wire::{Fault, Instant, Kind, MESSAGE_LIMIT, Meta};

use crate::{local::LocalServing, nats_serve::NatsServing};

/// What a handler gets. It cannot be printed: it holds the caller's token and what people wrote.
#[derive(Clone)]
pub struct Request {
    /// The subject it was sent to.
    pub subject: String,
    /// What travelled beside the body.
    pub meta: Meta,
    /// The body.
    pub body: Bytes,
}

/// What a handler gives back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Whether the body is a [`Fault`] rather than the reply of the call.
    pub fault: bool,
    /// The body.
    pub body: Bytes,
}

impl Answer {
    /// A success.
    pub fn ok(body: impl Into<Bytes>) -> Self {
        Self { fault: false, body: body.into() }
    }

    /// A no.
    #[must_use]
    pub fn fault(fault: &Fault) -> Self {
        Self { fault: true, body: serde_json::to_vec(fault).unwrap_or_default().into() }
    }
}

/// What answers the requests of one subject. It runs on a task of its own that no caller can cancel.
pub type Handler = Arc<dyn Fn(Request) -> BoxFuture<'static, Answer> + Send + Sync>;

/// One subject and what answers it.
#[derive(Clone)]
pub struct Endpoint {
    /// Verb, noun and version, such as `register_incoming.v1`.
    pub name: String,
    /// The subject, such as `call.documents.register_incoming.v1`.
    pub subject: String,
    /// What answers.
    pub handler: Handler,
}

/// Who serves: its name is the queue group that its replicas share.
#[derive(Clone, Debug)]
pub struct ServiceInfo {
    /// The service, such as `documents`: letters, digits, `_` and `-`.
    pub name: String,
    /// The version of its program, as semantic versioning writes it.
    pub version: String,
    /// One sentence for whoever lists the services.
    pub description: String,
    /// This replica.
    pub instance: Uuid,
    /// When this replica began to serve.
    pub started: Instant,
}

/// A service that is being served. Dropped, it takes no new requests; running handlers still finish.
pub struct Serving(pub(crate) ServingOver);

pub(crate) enum ServingOver {
    Local(LocalServing),
    Nats(NatsServing),
}

impl Serving {
    /// Takes no new requests, lets the running ones finish and answer, then returns. How long that may take is for
    /// the caller to bound. Over NATS a request that crosses the news of our leaving may get no answer: its caller
    /// runs out of time and asks again.
    pub async fn stop(self) {
        match self.0 {
            ServingOver::Local(serving) => serving.stop().await,
            ServingOver::Nats(serving) => serving.stop().await,
        }
    }
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallError {
    /// Nobody serves this subject just now.
    NobodyListens,
    /// The time allowed has passed; whether it was done is not known.
    OutOfTime,
    /// The request is larger than a message may be; sizes in bytes.
    TooLarge {
        /// The size of the body.
        size: usize,
        /// What is allowed.
        limit: usize,
    },
    /// The broker cannot be reached just now, with what is known of the reason.
    Away(String),
    /// The subject or what travels beside the body cannot be sent by any transport.
    Malformed(String),
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NobodyListens => write!(f, "nobody serves this subject just now"),
            Self::OutOfTime => write!(f, "no answer within the time allowed; whether it was done is not known"),
            Self::TooLarge { size, limit } => {
                write!(f, "the request has {size} bytes, more than the {limit} that a message may have")
            }
            Self::Away(reason) => write!(f, "the message broker cannot be reached: {reason}"),
            Self::Malformed(what) => write!(f, "the request cannot be sent: {what}"),
        }
    }
}

impl std::error::Error for CallError {}

/// Runs a handler so that whatever it does there is an answer, and one that fits into a message.
pub(crate) async fn answer(handler: &Handler, request: Request) -> Answer {
    let subject = request.subject.clone();
    let answer = match AssertUnwindSafe(async { handler(request).await }).catch_unwind().await {
        Ok(answer) => answer,
        Err(_) => {
            tracing::error!(subject, "a handler panicked");
            return Answer::fault(&Fault::new(
                Kind::Broken,
                "bus.handler_panicked",
                "the service failed while it worked on this request",
                "dịch vụ gặp lỗi khi xử lý yêu cầu này",
            ));
        }
    };
    if answer.body.len() <= MESSAGE_LIMIT {
        return answer;
    }
    let size = answer.body.len();
    tracing::error!(subject, bytes = size, "an answer is too large for the bus");
    Answer::fault(&Fault::new(
        Kind::Broken,
        "bus.answer_too_large",
        format!("the answer has {size} bytes, more than the {MESSAGE_LIMIT} that a message may have"),
        format!("kết quả có {size} byte, vượt quá giới hạn {MESSAGE_LIMIT} byte của một thông điệp"),
    ))
}

/// Refuses what one of the transports could not carry, so that both refuse the same.
pub(crate) fn check(subject: &str, meta: &Meta, body: &Bytes) -> Result<(), CallError> {
    let plain = |token: &str| {
        !token.is_empty()
            && token != "*"
            && token != ">"
            && !token.contains(|c: char| c.is_whitespace() || c.is_control())
    };
    if !subject.split('.').all(plain) {
        return Err(CallError::Malformed(format!("`{subject}` is no subject")));
    }
    for (name, value) in meta.headers() {
        if value.contains(char::is_control) {
            return Err(CallError::Malformed(format!("`{name}` holds a control character")));
        }
    }
    if body.len() > MESSAGE_LIMIT {
        return Err(CallError::TooLarge { size: body.len(), limit: MESSAGE_LIMIT });
    }
    Ok(())
}

/// A service, publisher or consumer is named by letters, digits, `_` and `-`, because its name becomes part of
/// subjects, streams and inboxes.
pub(crate) fn check_name(name: &str) -> anyhow::Result<()> {
    let fits = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    anyhow::ensure!(fits, "`{name}` cannot name a service: use letters, digits, `_` and `-` only");
    Ok(())
}
