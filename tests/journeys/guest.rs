//! A small service that a test runs itself, beside the processes of an installation, in two versions of its contract.

use std::{sync::Arc, time::Duration};

use db::Db;
use runtime::{Clock, Health, Life};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use service::{Keys, Platform, Read, Result, Running, Service};
use tests::installation::Installation;
use wire::{Contract, Http, Method};

/// The name of the service, and the first segment of its paths.
pub(crate) const NAME: &str = "desk";
pub(crate) const SEGMENT: &str = "greetings";

wire::refusals! {
    /// Why the desk says no: it never does, and a contract must name something.
    pub enum Refusal {
        /// Nobody is there.
        Closed => Missing, "desk.closed", en "the desk is closed", vi "quầy đóng cửa";
    }
}

/// What the desk says.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Greeting {
    /// The words.
    pub words: String,
}

/// What the desk says since its second version.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct WarmGreeting {
    /// The words.
    pub words: String,
    /// How warmly they are meant.
    pub warmth: u8,
}

/// Asks for a greeting.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Greet {}

/// Says goodbye.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Part {}

mod first {
    use super::{Greet, Greeting, Refusal};
    wire::contract! {
        service "desk" refuses Refusal;
        calls { Read Greet => Greeting, "greet.v1", BUS, open; }
        events {}
    }
}

mod second {
    use super::{Part, Refusal, WarmGreeting};
    /// The same question, with an answer that has grown.
    #[derive(Clone, Debug, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
    pub(crate) struct Greet {}
    wire::contract! {
        service "desk" refuses Refusal;
        calls {
            Read Greet => WarmGreeting, "greet.v1", BUS, open;
            Read Part => WarmGreeting, "part.v1", BUS, open;
        }
        events {}
    }
}

/// Gives the calls their places at the HTTP door.
fn offered(mut contract: Contract) -> Contract {
    for row in &mut contract.calls {
        let path = match row.name.as_str() {
            "greet.v1" => "/api/v1/greetings",
            "part.v1" => "/api/v1/greetings/farewell",
            _ => continue,
        };
        row.http = Some(Http { method: Method::GET, path: path.to_owned() });
    }
    contract
}

/// The desk as it was.
pub(crate) fn first() -> Service {
    async fn greet(_: Read, _: Greet) -> Result<Greeting> {
        Ok(Greeting { words: "xin chào".to_owned() })
    }
    Service::new::<Refusal>(offered(first::contract())).read(greet)
}

/// The desk as it has become: its answer has grown, and there is one call more.
pub(crate) fn second() -> Service {
    async fn greet(_: Read, _: second::Greet) -> Result<WarmGreeting> {
        Ok(WarmGreeting { words: "xin chào".to_owned(), warmth: 7 })
    }
    async fn part(_: Read, _: Part) -> Result<WarmGreeting> {
        Ok(WarmGreeting { words: "tạm biệt".to_owned(), warmth: 9 })
    }
    Service::new::<Refusal>(offered(second::contract())).read(greet).read(part)
}

/// The desk at work.
pub(crate) struct Guest {
    running: Running,
    life: Life,
}

impl Guest {
    /// Starts it as a process would, with a connection and a database of its own.
    pub(crate) async fn start(installation: &Installation, service: Service) -> Self {
        let folder = installation.folder();
        let life = Life::new();
        let platform = Platform {
            bus: installation.bus(NAME).await.unwrap(),
            clock: Clock::system(),
            life: life.clone(),
            health: Health::new(),
            blobs: blob::Store::folder(folder.join("blobs")).unwrap(),
            keys: Arc::new(Keys::from_file(&folder.join("keys").join("services.json")).unwrap()),
            key_folder: folder.join("keys"),
            restored: false,
        };
        let database = folder.join(format!("{}.db", runtime::fresh_id()));
        let db = Db::open(&Db::file(&database)).await.unwrap();
        let running = service::start(service, &platform, &installation.keys(), db, None).await.unwrap();
        Self { running, life }
    }

    /// Stops it as `SIGTERM` would.
    pub(crate) async fn stop(self) {
        self.running.stop().await;
        assert!(self.life.stop_and_wait(Duration::from_secs(60)).await.is_empty());
    }
}
