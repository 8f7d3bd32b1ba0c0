//! Serving endpoints over NATS: a queue group for each subject, a task for each request.

use std::{sync::Arc, time::Duration};

use async_nats::{Client, Message, Subscriber};
use futures_util::StreamExt as _;
use tokio::{task::JoinSet, time::Instant};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use wire::{Fault, MESSAGE_LIMIT, Meta, header};

use crate::{
    Answer, CallError, Endpoint, Handler, Request, ServiceInfo,
    call::answer,
    nats::{Nats, headers},
    nats_discovery::{Discovery, Statistics},
    nats_leaving::Leaving,
};

/// How long the broker may take to let us go; without a connection it never does.
const LEAVE_TIMEOUT: Duration = Duration::from_secs(2);

/// How long the broker may take to send our own message back; after a lost connection the client subscribes again.
const HEARD_TIMEOUT: Duration = Duration::from_secs(2);

/// A service served over NATS.
pub(crate) struct NatsServing {
    client: Client,
    leave: CancellationToken,
    readers: JoinSet<()>,
    tasks: TaskTracker,
}

pub(crate) async fn serve(nats: &Nats, service: &ServiceInfo, endpoints: Vec<Endpoint>) -> anyhow::Result<NatsServing> {
    let client = nats.client.clone();
    let mut serving = NatsServing {
        client: client.clone(),
        leave: CancellationToken::new(),
        readers: JoinSet::new(),
        tasks: TaskTracker::new(),
    };
    let mut discovery = Discovery::new(service)?;
    for endpoint in endpoints {
        let requests = client.queue_subscribe(endpoint.subject.clone(), service.name.clone()).await?;
        let reader = Reader {
            leaving: Leaving::new(&client, &endpoint.subject),
            client: client.clone(),
            handler: endpoint.handler.clone(),
            statistics: discovery.add(&endpoint),
            tasks: serving.tasks.clone(),
        };
        serving.readers.spawn(reader.run(requests, serving.leave.clone()));
    }
    let asked = discovery.subscribe(&client).await?;
    serving.readers.spawn(discovery.run(client.clone(), asked, serving.leave.clone()));
    heard(&client, &service.name).await?;
    Ok(serving)
}

/// Where a service that starts sends itself a message, among its inboxes.
#[must_use]
pub fn heard_subject(service: &str) -> String {
    format!("_INBOX_{service}.heard")
}

/// Waits until the broker has read the subscriptions made so far: a flush ends when they are written to the socket, and
/// whoever calls in between over another connection is told that nobody listens. The broker reads one connection in
/// order, so a message to ourselves comes back after them; so does that of another process of the same service.
async fn heard(client: &Client, service: &str) -> anyhow::Result<()> {
    let subject = heard_subject(service);
    let mut back = client.subscribe(subject.clone()).await?;
    client.publish(subject, bytes::Bytes::new()).await?;
    client.flush().await?;
    if tokio::time::timeout(HEARD_TIMEOUT, back.next()).await.is_err() {
        tracing::warn!("the broker has not confirmed the subscriptions; the first calls may find nobody");
    }
    Ok(())
}

impl NatsServing {
    pub(crate) async fn stop(mut self) {
        self.leave.cancel();
        let left = async { while self.readers.join_next().await.is_some() {} };
        if tokio::time::timeout(LEAVE_TIMEOUT, left).await.is_err() {
            self.readers.shutdown().await;
        }
        self.tasks.close();
        self.tasks.wait().await;
        // The answers are on their way before the process ends; without a connection nobody would get them.
        let _ = tokio::time::timeout(LEAVE_TIMEOUT, self.client.flush()).await;
    }
}

/// Takes the requests of one subject.
struct Reader {
    leaving: Leaving,
    client: Client,
    handler: Handler,
    statistics: Arc<Statistics>,
    tasks: TaskTracker,
}

impl Reader {
    async fn run(mut self, mut requests: Subscriber, leave: CancellationToken) {
        loop {
            tokio::select! {
                message = requests.next() => match message {
                    Some(message) => self.take(message),
                    None => return,
                },
                () = leave.cancelled() => break,
            }
        }
        // What arrives until the broker has let us go is still taken; then the stream ends.
        if self.leaving.begin(&mut requests).await.is_err() {
            return;
        }
        loop {
            tokio::select! {
                message = requests.next() => match message {
                    Some(message) => self.take(message),
                    None => return,
                },
                () = self.leaving.fill() => {}
            }
        }
    }

    fn take(&mut self, message: Message) {
        self.leaving.taken();
        let Some(reply) = message.reply else {
            if message.payload.is_empty() {
                return;
            }
            tracing::warn!(subject = %message.subject, "a message without a reply subject is not a request; ignored");
            return;
        };
        let meta = Meta::from_headers(|name| message.headers.as_ref()?.get(name).map(|value| value.as_str()));
        let request = Request { subject: message.subject.to_string(), meta, body: message.payload };
        let (client, handler, statistics) = (self.client.clone(), self.handler.clone(), self.statistics.clone());
        self.tasks.spawn(async move {
            let began = Instant::now();
            let size = request.body.len();
            let Answer { fault, body } = if size > MESSAGE_LIMIT {
                Answer::fault(&Fault::from(CallError::TooLarge { size, limit: MESSAGE_LIMIT }))
            } else {
                answer(&handler, request).await
            };
            statistics.count(began.elapsed(), fault);
            let outcome = if fault { vec![(header::OUTCOME, "fault".to_owned())] } else { Vec::new() };
            let sent = match headers(&outcome) {
                Ok(headers) => {
                    client.publish_with_headers(reply, headers, body).await.map_err(|error| error.to_string())
                }
                Err(error) => Err(error),
            };
            if let Err(error) = sent {
                tracing::error!(error, "an answer could not be sent");
            }
        });
    }
}
