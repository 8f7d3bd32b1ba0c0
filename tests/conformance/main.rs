//! The conformance suite of the chassis: every promise, on every pair of bus and database.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    unreachable_pub
)]

/// A process of a service beside the bench.
mod replica;
/// Two small services to hold the chassis against: a till that counts, and a mirror that listens to it.
mod till;

mod calls;
mod events;
mod jobs;
mod recovery;
mod side_by_side;
mod starting;
mod stopping;

/// Makes one test per pair out of an async function that takes the pair.
macro_rules! on_every_pair {
    ($($name:ident),+ $(,)?) => { $(
        mod $name {
            use testbed::Pair;

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn local_sqlite() { super::$name(Pair::LocalSqlite).await }
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn local_postgres() { super::$name(Pair::LocalPostgres).await }
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn nats_sqlite() { super::$name(Pair::NatsSqlite).await }
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn nats_postgres() { super::$name(Pair::NatsPostgres).await }
        }
    )+ };
}
pub(crate) use on_every_pair;
