//! The HTTP door of an installation: what services promise on the bus, offered to clients as HTTP.
//!
//! The gateway has no database and no rules. It learns the contracts of the services while it runs, checks who is asking
//! and how often, turns requests into calls and answers into responses, streams files, and passes on hints. Whoever may
//! do what is decided by the service that answers, which verifies the token again.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

/// The office's own certificate authority; a deployment makes the certificates of its other servers with it too.
pub mod office_ca;
/// OpenAPI 3.1, made from the contracts.
pub mod openapi;
/// The main function of a gateway that runs as a process of its own.
pub mod process;
/// Settings of the door.
pub mod settings;

/// When a connection last did something.
mod activity;
/// A request that is a call of a service: gathered, asked, answered.
mod call;
/// Names in a request that its schema does not know.
mod check;
/// Who is asking: network address, language, token.
mod client;
/// Learning the contracts while running, and keeping the last good ones.
mod discovery;
/// The reference page.
mod docs_page;
/// The pieces of the reference page.
mod docs_parts;
/// Starting, accepting connections, stopping.
mod door;
/// Downloads: a reply that names a file becomes a stream.
mod download;
/// The hint stream of one client.
mod events;
/// What everything in the gateway shares, and which page answers which path.
mod gate;
/// Refusals that any call may meet.
mod general;
/// Files in forms of pages.
mod hand_in;
/// Security headers.
mod headers;
/// `/livez`, `/readyz`, `/metrics`.
mod health;
/// Hints from the bus, for all streams.
mod hints;
/// How often a caller or an address may ask.
mod limits;
/// Reading on for a while after a refusal.
mod lingering;
/// Forms in parts.
mod multipart;
/// One span, one measure and one set of headers for each request.
mod observe;
/// What OpenAPI says beside the calls of the services.
mod openapi_parts;
/// Which service may offer which paths.
mod owners;
/// Pages, which the portal makes.
mod pages;
/// A no, as RFC 9457 writes it.
mod problem;
/// Query and path texts, read as their schemas say.
mod query;
/// Byte ranges.
mod ranges;
/// How the gateway itself says no.
mod refusal;
/// A reply as a response: status, place, entity tag.
mod reply;
/// Path, query and body of a request, made into one call.
mod request;
/// Looking into JSON schemas.
mod schema;
/// How many things at once a caller may do.
mod slots;
/// How much an account has uploaded that nothing has taken yet.
mod staged;
/// JSON read strictly.
mod strict;
/// The paths that are offered just now.
mod table;
/// Taking a file into staging.
mod taking;
/// HTTPS.
mod tls;
/// One contract from those of several versions.
mod union;
/// Uploads: one file in a request, answered with a ticket.
mod upload;

pub use door::{Door, start};
pub use refusal::Refusal;
pub use settings::Settings;
