//! A process of a service beside the bench: with a life, connections and threads of its own, so that it can be stopped or
//! killed alone.

use std::time::Duration;

use bus::{Bus, NatsSettings};
use db::Db;
use runtime::{health::Health, life::Life};
use service::{Platform, Running, Service, ServiceKeys};
use testbed::Bench;
use tokio::runtime::{Builder, Runtime};

/// One process of a service.
pub struct Replica {
    running: Running,
    life: Life,
    threads: Runtime,
}

impl Replica {
    /// Starts a process of a service that others on the bench listen to, over the database it had.
    pub async fn start(bench: &mut Bench, service: Service) -> Self {
        let threads = Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let settings = bench.database(service.name()).await.unwrap();
        let nats = bench.broker.as_ref().map(|server| NatsSettings {
            urls: vec![server.url()],
            monitor: server.monitor_url(),
            ..NatsSettings::default()
        });
        let life = Life::new();
        let mut platform = Platform { life: life.clone(), health: Health::new(), ..bench.platform.clone() };
        let started = async move {
            if let Some(nats) = nats {
                platform.bus = Bus::nats(&nats, service.name()).await.unwrap();
            }
            let keys = ServiceKeys::in_folder(platform.key_folder.clone());
            let db = Db::open(&settings).await.unwrap();
            service::start(service, &platform, &keys, db, None).await.unwrap()
        };
        let running = threads.spawn(started).await.unwrap();
        Self { running, life, threads }
    }

    /// Its database.
    pub fn db(&self) -> &Db {
        self.running.db()
    }

    /// Stops it as an operator would.
    pub async fn stop(self) {
        let Self { running, life, threads } = self;
        let stopped = async move {
            let db = running.db().clone();
            running.stop().await;
            let late = life.stop_and_wait(Duration::from_secs(20)).await;
            assert!(late.is_empty(), "tasks that did not stop: {late:?}");
            db.close().await;
        };
        threads.spawn(stopped).await.unwrap();
        threads.shutdown_background();
    }

    /// Ends it between two steps, whatever it was doing: its connections break, and nothing is said.
    pub fn kill(self) {
        self.threads.shutdown_background();
    }
}
