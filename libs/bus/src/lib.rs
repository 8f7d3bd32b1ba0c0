//! Typed calls and event streams over two transports behind one type: NATS between processes, and the process itself.
//!
//! The broker is a courier, the database is the book: nothing here promises that a message arrives once, only that
//! what is not acknowledged comes again. Whoever loses messages finds the hole by their numbers and asks the publisher.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

/// A call as a type: serialised, sent, and every failure turned into a fault.
mod ask;
/// The one type that everybody holds.
mod bus;
/// What a call is made of, and how a handler is run.
mod call;
/// What an event's courier hands over, and how it is acknowledged.
mod event;
/// Calls within the process.
mod local;
/// Events within the process.
mod local_events;
/// A connection to a NATS server, and calls over it.
mod nats;
/// Connecting: keys, certificates, refusals, reconnecting.
mod nats_connect;
/// The listing, ping and statistics that every NATS client may ask of a service.
mod nats_discovery;
/// Events over JetStream.
mod nats_events;
/// Leaving a queue group without losing a request.
mod nats_leaving;
/// Serving endpoints over NATS.
mod nats_serve;
/// What a NATS server must be before anything is entrusted to it.
mod safety;
/// What acts on the bus came to, for whoever measures.
mod seen;
/// How to reach NATS.
mod settings;
/// The streams and consumers of an installation.
mod topology;

pub use bus::Bus;
pub use call::{Answer, CallError, Endpoint, Handler, Request, ServiceInfo, Serving};
pub use event::{Delivery, PublishError, Subscription, Watch};
pub use nats_connect::ConnectError;
pub use nats_serve::heard_subject;
pub use seen::{Observer, Seen};
pub use settings::NatsSettings;
pub use topology::Topology;
