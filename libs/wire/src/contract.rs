//! What a service promises, as data: from these rows come endpoints, routes, OpenAPI, clients and checks.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use uuid::Uuid;

use crate::{RefusalRow, id::OfficeId};

/// A question or an order, answered by exactly one service. Implemented by [`contract!`](crate::contract).
pub trait Call: Serialize + DeserializeOwned + JsonSchema + Clone + Send + Sync + 'static {
    /// What a success answers.
    type Reply: Serialize + DeserializeOwned + JsonSchema + Send + Sync + 'static;
    /// The service that answers.
    const SERVICE: &'static str;
    /// Verb, noun and version, such as `register_incoming.v1`.
    const NAME: &'static str;
    /// Whether it changes anything.
    const EFFECT: Effect;
}

/// A fact, published after the commit that made it true. Implemented by [`contract!`](crate::contract).
pub trait Event: Serialize + DeserializeOwned + JsonSchema + Clone + Send + Sync + 'static {
    /// The publishing service.
    const SERVICE: &'static str;
    /// What happened and its version, such as `incoming_registered.v1`.
    const KIND: &'static str;
    /// The noun it is about; its events are applied in order.
    fn aggregate(&self) -> Uuid;
    /// The office whose row changed.
    fn office(&self) -> OfficeId;
}

/// The bus subject of a call.
#[must_use]
pub fn call_subject(service: &str, name: &str) -> String {
    format!("call.{service}.{name}")
}

/// The bus subject of everything a service publishes.
#[must_use]
pub fn event_subject(service: &str) -> String {
    format!("event.{service}")
}

/// Whether a call changes anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Looks only.
    Read,
    /// Changes state, in one transaction.
    Write,
}

/// Who may call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// Everyone, signed in or not. The list of these is a golden file.
    Open,
    /// Whoever is signed in; the handler looks at the caller's own things only.
    SignedIn,
    /// Whoever holds this permission in some office; the rows seen are those of such offices.
    Permission(String),
    /// Our own services and jobs only.
    Services,
}

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(clippy::upper_case_acronyms)]
pub enum Method {
    /// Read.
    GET,
    /// Make, or do.
    POST,
    /// Replace.
    PUT,
    /// Change in part.
    PATCH,
    /// Take away.
    DELETE,
}

/// Where a call stands at the HTTP door.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Http {
    /// The method.
    pub method: Method,
    /// The path, with `{field}` for fields of the call.
    pub path: String,
}

/// A request and its reply that work against the demo office; ids stand as placeholders such as `{unit}`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Example {
    /// The fields of the call, path and query fields included.
    pub request: serde_json::Value,
    /// What it answers.
    #[serde(default)]
    pub reply: serde_json::Value,
}

/// One call of a service.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CallRow {
    /// Verb, noun and version.
    pub name: String,
    /// Read or write.
    pub effect: Effect,
    /// Its place at the HTTP door; absent for calls between services.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub http: Option<Http>,
    /// Who may call.
    pub need: Need,
    /// Whether the answer to a write is kept for repeats of the same idempotency key.
    pub stored: bool,
    /// Whether the reply is a [`Download`](crate::Download) that the gateway streams.
    pub download: bool,
    /// Whether a person of whom it is demanded needs a fresh proof of who they are (step-up) to call.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub step_up: bool,
    /// The schema of the call.
    pub request: Schema,
    /// The schema of the reply.
    pub reply: Schema,
    /// A request and reply that work against the demo.
    pub example: Example,
}

/// One kind of event of a service.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventRow {
    /// What happened, and its version.
    pub kind: String,
    /// The schema of the fact.
    pub body: Schema,
}

/// Everything a service promises.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contract {
    /// The service.
    pub service: String,
    /// What it answers.
    pub calls: Vec<CallRow>,
    /// What it tells.
    pub events: Vec<EventRow>,
    /// How it says no.
    pub refusals: Vec<RefusalRow>,
    /// Named schemas that the rows refer to as `#/components/schemas/Name`.
    pub schemas: BTreeMap<String, serde_json::Value>,
}

impl Contract {
    /// An empty contract; [`contract!`](crate::contract) fills it.
    #[must_use]
    pub fn new(service: &str, refusals: Vec<RefusalRow>) -> Self {
        Self { service: service.to_owned(), calls: Vec::new(), events: Vec::new(), refusals, schemas: BTreeMap::new() }
    }

    /// The same service with one more part, for a contract whose areas are tables of their own. What every service
    /// answers about itself stays behind all of them.
    #[must_use]
    pub fn and(mut self, part: Self) -> Self {
        debug_assert_eq!(self.service, part.service, "parts of one service");
        let standing = self.own_calls().count();
        let added: Vec<_> = part.own_calls().cloned().collect();
        self.calls.splice(standing..standing, added);
        self.events.extend(part.events);
        self.refusals.extend(part.refusals);
        for (name, schema) in part.schemas {
            let known = self.schemas.entry(name).or_insert_with(|| schema.clone());
            debug_assert_eq!(*known, schema, "two schemas under one name");
        }
        self
    }

    /// The row of a call by its name.
    #[must_use]
    pub fn call(&self, name: &str) -> Option<&CallRow> {
        self.calls.iter().find(|row| row.name == name)
    }

    /// The calls of the service's own business: those of its table, without what every service answers about itself.
    pub fn own_calls(&self) -> impl Iterator<Item = &CallRow> {
        self.calls.iter().filter(|row| !crate::standard::is_standard(&row.name))
    }

    /// A generator whose named schemas land where OpenAPI wants them.
    #[doc(hidden)]
    #[must_use]
    pub fn generator() -> SchemaGenerator {
        SchemaSettings::draft2020_12()
            .with(|settings| settings.definitions_path = "/components/schemas".into())
            .into_generator()
    }

    /// The rows of what every service answers about itself.
    #[doc(hidden)]
    #[must_use]
    pub fn standard(service: &str, generator: &mut SchemaGenerator) -> Vec<CallRow> {
        crate::standard::rows(service, generator)
    }

    /// Takes over the named schemas a generator has met.
    #[doc(hidden)]
    pub fn take_schemas(&mut self, mut generator: SchemaGenerator) {
        self.schemas.extend(generator.take_definitions(true));
    }
}
