//! A folder made by `vanphong deploy init`, and a broker that runs with what stands in it.

use std::path::PathBuf;

use bus::{Bus, NatsSettings};
use office::deploy::{
    certificates::ROOT,
    folder::Report,
    init::{Wish, init},
    keys::NKEY,
    operator::Broker,
};
use tempfile::TempDir;
use testbed::{
    dir,
    nats::{Options, Server},
};
use wire::Instant;

/// The moment at which the folders of these tests are made: now, since certificates are checked against the clock.
pub(crate) fn now() -> Instant {
    runtime::Clock::system().now()
}

/// A deployment's folder.
pub(crate) struct Deployment {
    folder: TempDir,
}

impl Deployment {
    pub(crate) fn make() -> Self {
        let made = Self { folder: dir::temp().unwrap() };
        made.init(now(), false);
        made
    }

    /// Runs `init` once more.
    pub(crate) fn init(&self, at: Instant, rotate: bool) -> Report {
        self.init_as(at, rotate, None)
    }

    pub(crate) fn init_as(&self, at: Instant, rotate: bool, origin: Option<&str>) -> Report {
        let data = self.folder.path().join("data");
        let wish = Wish { out: self.path(""), data, origin: origin.map(str::to_owned), rotate };
        init(&office::services(), &wish, at).unwrap()
    }

    /// A file or folder of it.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("state").join(name)
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// Starts a broker with the certificates and users of the folder. Where it listens is the test's to choose, and
    /// its certificate lies elsewhere than in a container.
    pub(crate) async fn broker(&self) -> Server {
        let made = self.read("nats/nats.conf");
        let (_, own) = made.split_at(made.find("\ntls {").unwrap());
        let more = own.replace("/etc/nats", self.path("nats").to_str().unwrap());
        Server::start_with(Options { more, ..Options::default() }).await.unwrap()
    }

    /// How a user of the folder connects.
    pub(crate) fn settings(&self, server: &Server, user: &str) -> NatsSettings {
        NatsSettings {
            urls: vec![server.url()],
            monitor: server.monitor_url(),
            nkey_seed_file: Some(self.path(user).join(NKEY)),
            ca_file: Some(self.path(user).join(ROOT)),
            ..NatsSettings::default()
        }
    }

    pub(crate) async fn bus(&self, server: &Server, user: &str) -> Bus {
        Bus::nats(&self.settings(server, user), user).await.unwrap()
    }

    /// Makes the streams and consumers, as an operator does.
    pub(crate) async fn prepare(&self, server: &Server) {
        let broker = Broker { nats: server.url(), monitor: server.monitor_url() };
        office::deploy::operator::prepare(&broker, &self.path("admin")).await.unwrap();
    }
}
