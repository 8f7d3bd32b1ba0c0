//! What every process needs to run: settings, telemetry, an orderly life, readiness, the one clock.
//!
//! Only this crate names `config`, `opentelemetry*`, `tracing-subscriber` and `tracing-opentelemetry`.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

/// The one source of time and of fresh ids.
pub mod clock;
/// Whether the process can do its work, part by part.
pub mod health;
/// Tasks that are waited for, and the ways in which a process stops.
pub mod life;
/// Measures, sent to a collector and shown to Prometheus.
pub mod metrics;
/// Settings in layers, each value knowing where it came from.
pub mod settings;
/// Logs and traces, with allowed fields only.
pub mod telemetry;
/// W3C trace context, to be sent along and taken up.
pub mod trace;

pub use clock::{Clock, fresh_id};
pub use health::{Health, State};
pub use life::Life;
