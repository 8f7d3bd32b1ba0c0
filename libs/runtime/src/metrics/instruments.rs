//! Every instrument of the process: its name, its unit, and the bounds of its buckets.

use opentelemetry::metrics::{Counter, Gauge, Histogram, Meter};

/// Upper bounds in seconds, those that the semantic conventions advise for requests, calls and messages.
const SECONDS: [f64; 14] = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0];
/// Those that they advise for databases, whose statements are shorter.
const SHORT_SECONDS: [f64; 9] = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0];
/// A commit is one sync of a disk: half a millisecond on a good one, tens on a tired one.
const SYNC_SECONDS: [f64; 11] = [0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0];

/// The instruments of one reader.
pub(super) struct Instruments {
    pub(super) calls: Histogram<f64>,
    pub(super) calls_sent: Histogram<f64>,
    pub(super) http: Histogram<f64>,
    pub(super) jobs: Histogram<f64>,
    pub(super) operations: Histogram<f64>,
    pub(super) sent: Counter<u64>,
    pub(super) consumed: Counter<u64>,
    pub(super) processing: Histogram<f64>,
    pub(super) statements: Histogram<f64>,
    pub(super) connection_waits: Histogram<f64>,
    pub(super) commits: Histogram<f64>,
    pub(super) connections: Gauge<u64>,
    pub(super) most_connections: Gauge<u64>,
    pub(super) pending_requests: Gauge<u64>,
    pub(super) outbox_depth: Gauge<u64>,
    pub(super) outbox_age: Gauge<f64>,
    pub(super) consumer_lag: Gauge<u64>,
    pub(super) dead_letters: Gauge<u64>,
    pub(super) jobs_due: Gauge<u64>,
    pub(super) jobs_late: Gauge<f64>,
    pub(super) jobs_parked: Gauge<u64>,
    pub(super) unsealed: Gauge<u64>,
    pub(super) unsealed_age: Gauge<f64>,
    pub(super) storage_free: Gauge<u64>,
    pub(super) storage_limit: Gauge<u64>,
    pub(super) database_size: Gauge<u64>,
    pub(super) wal_size: Gauge<u64>,
}

impl Instruments {
    pub(super) fn new(meter: &Meter) -> Self {
        let seconds = |name, bounds: &[f64], about| {
            let histogram = meter.f64_histogram(name).with_description(about);
            histogram.with_unit("s").with_boundaries(bounds.to_vec()).build()
        };
        let count = |name, unit, about| meter.u64_gauge(name).with_description(about).with_unit(unit).build();
        let age = |name, about| meter.f64_gauge(name).with_description(about).with_unit("s").build();
        let messages = |name, about| meter.u64_counter(name).with_description(about).with_unit("{message}").build();
        Self {
            calls: seconds("rpc.server.call.duration", &SECONDS, "how long calls took"),
            calls_sent: seconds("rpc.client.call.duration", &SECONDS, "how long the answers to calls were waited for"),
            http: seconds("http.server.request.duration", &SECONDS, "how long requests at the HTTP door took"),
            jobs: seconds("vanphong.job.duration", &SECONDS, "how long jobs took"),
            operations: seconds("messaging.client.operation.duration", &SECONDS, "how long the broker took to take"),
            sent: messages("messaging.client.sent.messages", "messages handed to the broker, taken or not"),
            consumed: messages("messaging.client.consumed.messages", "messages that the broker delivered"),
            processing: seconds("messaging.process.duration", &SECONDS, "how long applying a message took"),
            statements: seconds("db.client.operation.duration", &SHORT_SECONDS, "how long statements took"),
            connection_waits: seconds(
                "db.client.connection.wait_time",
                &SHORT_SECONDS,
                "how long writes waited for a connection with a transaction",
            ),
            commits: seconds(
                "vanphong.commit.duration",
                &SYNC_SECONDS,
                "how long commits took, the sync to disk included",
            ),
            connections: count("db.client.connection.count", "{connection}", "connections by state"),
            most_connections: count("db.client.connection.max", "{connection}", "the most connections there may be"),
            pending_requests: count("db.client.connection.pending_requests", "{request}", "writes that wait to begin"),
            outbox_depth: count("vanphong.outbox.depth", "{event}", "events not yet handed to the bus"),
            outbox_age: age("vanphong.outbox.age", "how long the oldest event has waited for the bus"),
            consumer_lag: count("vanphong.consumer.lag", "{event}", "events of a publisher not yet applied"),
            dead_letters: count(
                "vanphong.dead_letter.count",
                "{event}",
                "events put aside because applying them failed",
            ),
            jobs_due: count("vanphong.job.due", "{job}", "jobs whose time has come"),
            jobs_late: age("vanphong.job.lateness", "how long ago the time of the oldest of them came"),
            jobs_parked: count("vanphong.job.parked", "{job}", "jobs put aside because they failed too often"),
            unsealed: count("vanphong.audit.unsealed", "{record}", "audit records without a place in the signed log"),
            unsealed_age: age("vanphong.audit.unsealed.age", "how long the oldest of them has waited"),
            storage_free: count("vanphong.storage.free", "By", "bytes that may still be written to the disk"),
            storage_limit: count("vanphong.storage.limit", "By", "the size of the disk"),
            database_size: count("vanphong.database.size", "By", "the size of the database's file"),
            wal_size: count("vanphong.database.wal.size", "By", "the size of the log that is not yet in that file"),
        }
    }
}
