//! What the gateway and NATS add, at the median, to a direct call of the handler: the same services run once more inside
//! this program, on the same databases, where a call is a function. One client.

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};
use axum::{Router, extract::State, routing::get};
use bus::Bus;
use db::Db;
use futures_util::StreamExt as _;
use runtime::{Clock, Health, Life};
use schema_documents::{GetIncoming, RegisterIncoming};
use service::{Keys, Platform, Running, ServiceKeys};
use tests::{client::Client, installation::topology};
use wire::{Call, Meta};

use crate::{
    clerk::{Clerk, INCOMING},
    house::{House, Profile},
    round::{Figure, Goal, Report, interleaved, median},
};

/// Calls in a round.
const CALLS: usize = 300;
/// From one call to the next: what a write sets off in the background ends in between, on both sides.
const EVERY: Duration = Duration::from_millis(50);
const PATIENCE: Duration = Duration::from_secs(10);

pub(crate) async fn run(folder: &Path, report: &mut Report) -> Result<()> {
    let house = House::open(Profile::Services, folder).await?;
    let clerk = house.clerk().await?;
    let inside = Inside::start(&house).await?;
    let person = clerk.signed_in().await?;
    let letter = clerk.register(&person).await?;
    let path = format!("{INCOMING}/{}", letter["id"].as_str().context("an id")?);
    let question: GetIncoming = serde_json::from_value(serde_json::json!({ "id": letter["id"] }))?;

    let bare = Bare::start(&house.servers()?.0.url()).await?;
    let (hops, _) = interleaved("hops.bare", async || bare.median(&person).await, async || Ok(())).await?;
    println!("hops.bare: bare axum and bare NATS take {:.2} ms at the median", median(&hops));

    let (ours, limit) = interleaved(
        "hops.read",
        async || {
            let person = clerk.signed_in().await?;
            half_of(CALLS, async || {
                person.get(&path).await.ok();
                Ok(())
            })
            .await
        },
        async || inside.median(&clerk, || question.clone()).await,
    )
    .await?;
    let limit = ("a direct call", limit);
    report.tell(Figure { name: "hops.read", unit: "ms at p50", ours, limit, goal: Goal::MoreByAtMost(2.0) });

    let (ours, limit) = interleaved(
        "hops.write",
        async || {
            let person = clerk.signed_in().await?;
            half_of(CALLS, async || clerk.register(&person).await.map(drop)).await
        },
        async || {
            let fresh = || serde_json::from_value::<RegisterIncoming>(clerk.letter()).expect("a registration");
            inside.median(&clerk, fresh).await
        },
    )
    .await?;
    let limit = ("a direct call", limit);
    report.tell(Figure { name: "hops.write", unit: "ms at p50", ours, limit, goal: Goal::MoreByAtMost(2.0) });
    inside.stop().await;
    house.close().await
}

/// How long half of these take at most, in milliseconds.
async fn half_of(count: usize, mut one: impl AsyncFnMut() -> Result<()>) -> Result<f64> {
    let mut taken = Vec::with_capacity(count);
    let mut beat = tokio::time::interval(EVERY);
    beat.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    for _ in 0..count {
        beat.tick().await;
        let begun = Instant::now();
        one().await?;
        taken.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    Ok(median(&taken))
}

/// The services inside this program.
struct Inside {
    bus: Bus,
    life: Life,
    running: Vec<Running>,
}

impl Inside {
    async fn start(house: &House) -> Result<Self> {
        let (bus, life, keys) = (Bus::local(), Life::new(), house.data().join("keys"));
        let platform = Platform {
            bus: bus.clone(),
            clock: Clock::system(),
            life: life.clone(),
            health: Health::new(),
            blobs: blob::Store::folder(house.data().join("blobs"))?,
            keys: Arc::new(Keys::from_file(&keys.join("services.json"))?),
            key_folder: keys.clone(),
            restored: false,
        };
        bus.prepare(&topology()).await?;
        let keys = ServiceKeys::in_folder(keys);
        let mut running = Vec::new();
        for service in [identity::service(), documents::service()] {
            let db = Db::open(&house.database(service.name())).await?;
            running.push(service::start(service, &platform, &keys, db, None).await?);
        }
        Ok(Self { bus, life, running })
    }

    /// How long half of the direct calls take at most, in milliseconds.
    async fn median<C: Call>(&self, clerk: &Clerk, mut fresh: impl FnMut() -> C) -> Result<f64> {
        let token = clerk.signed_in().await?.token().to_owned();
        half_of(CALLS, async || {
            let key = Some(runtime::fresh_id().to_string());
            let meta = Meta { token: Some(token.clone()), key, ..Meta::default() };
            self.bus.ask(&meta, &fresh(), PATIENCE).await?;
            Ok(())
        })
        .await
    }

    async fn stop(self) {
        for running in self.running {
            running.stop().await;
        }
        self.life.stop_and_wait(PATIENCE).await;
    }
}

/// A bare door before a bare broker: nothing is decoded, nobody is asked who they are.
struct Bare {
    url: String,
}

impl Bare {
    async fn start(broker: &str) -> Result<Self> {
        let echo = async_nats::connect(broker).await?;
        let mut asked = echo.subscribe("bare.echo").await?;
        tokio::spawn(async move {
            while let Some(message) = asked.next().await {
                if let Some(reply) = message.reply {
                    let _ = echo.publish(reply, message.payload).await;
                }
            }
        });
        let asking = async_nats::connect(broker).await?;
        let door = Router::new().route("/", get(through)).with_state(asking);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}/", listener.local_addr()?);
        tokio::spawn(async move { axum::serve(listener, door).await });
        Ok(Self { url })
    }

    async fn median(&self, client: &Client) -> Result<f64> {
        half_of(CALLS, async || {
            client.http().get(&self.url).send().await?.bytes().await?;
            Ok(())
        })
        .await
    }
}

async fn through(State(broker): State<async_nats::Client>) -> Vec<u8> {
    let answer = broker.request("bare.echo", "{}".into()).await;
    answer.map(|answer| answer.payload.to_vec()).unwrap_or_default()
}
