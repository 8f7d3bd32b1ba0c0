//! Speaking to the broker of a deployment: making its streams and consumers, and the first steps of a new office.

use std::{path::Path, time::Duration};

use anyhow::{Context as _, Result};
use bus::{Bus, ConnectError, NatsSettings};
use clap::Args;
use identity::listing;
use runtime::Clock;
use schema_identity::{Bootstrap, Reach};
use service::ServiceKeys;
use wire::Meta;

use super::{
    certificates::ROOT,
    keys::NKEY,
    rights::{self, ADMINISTRATOR, OPERATOR},
};
use crate::{services, units};

/// How long a broker that is just starting is waited for.
const PATIENCE: Duration = Duration::from_secs(60);
/// The pause between two attempts.
const PAUSE: Duration = Duration::from_secs(1);
/// How long a part of the list of units may take.
const ANSWER_WITHIN: Duration = Duration::from_secs(60);
/// How long a token of the operator is good for.
const TOKEN_LIFE: Duration = Duration::from_secs(60);

/// Where the broker is.
#[derive(Clone, Debug, Args)]
pub struct Broker {
    /// Where clients of the broker connect
    #[arg(long, value_name = "URL", default_value = "tls://nats:4222")]
    pub nats: String,
    /// The monitoring address of the broker
    #[arg(long, value_name = "URL", default_value = "http://nats:8222")]
    pub monitor: String,
}

impl Broker {
    /// Connects with the key in a folder, and waits for a broker that does not answer yet.
    ///
    /// # Errors
    /// When it does not answer in time, is not safe, or knows no such key.
    pub async fn connect(&self, user: &str, folder: &Path) -> Result<Bus> {
        let settings = NatsSettings {
            urls: vec![self.nats.clone()],
            monitor: self.monitor.clone(),
            nkey_seed_file: Some(folder.join(NKEY)),
            ca_file: Some(folder.join(ROOT)),
            ..NatsSettings::default()
        };
        let until = tokio::time::Instant::now() + PATIENCE;
        loop {
            match Bus::nats(&settings, user).await {
                Err(ConnectError::Away(_)) if tokio::time::Instant::now() < until => tokio::time::sleep(PAUSE).await,
                result => return result.context("connecting to NATS"),
            }
        }
    }
}

/// Makes the streams and consumers of every service; what is there already stays.
///
/// # Errors
/// When the broker cannot be reached or refuses.
pub async fn prepare(broker: &Broker, folder: &Path) -> Result<()> {
    let topology = rights::topology(&services());
    broker.connect(ADMINISTRATOR, folder).await?.prepare(&topology).await?;
    for (publisher, consumers) in &topology.publishers {
        let consumers: Vec<&str> = consumers.iter().map(String::as_str).collect();
        println!("stream EV_{publisher}, heard by: {}", consumers.join(", "));
    }
    Ok(())
}

/// Loads the official list of offices and makes the first administrator; prints the one-time code.
///
/// # Errors
/// When identity cannot be reached or refuses, because there is an administrator already among others.
pub async fn first(broker: &Broker, folder: &Path, office: &str, full_name: &str) -> Result<()> {
    let bus = broker.connect(OPERATOR, folder).await?;
    let signer = ServiceKeys::in_folder(folder.to_path_buf()).signer(OPERATOR)?;
    let clock = Clock::system();
    let meta = || Meta {
        token: Some(signer.sign_service(clock.now(), TOKEN_LIFE)),
        key: Some(runtime::fresh_id().to_string()),
        ..Meta::default()
    };
    let rows = units::read(listing::OFFICIAL)?;
    units::load(&rows, listing::OFFICIAL_SINCE, async |call| Ok(bus.ask(&meta(), &call, ANSWER_WITHIN).await?)).await?;
    let call = Bootstrap { office: office.to_owned(), full_name: full_name.to_owned(), reach: Reach::Below };
    let made = bus.ask(&Meta { key: None, ..meta() }, &call, ANSWER_WITHIN).await?;
    println!("{full_name} ({office}) takes this one-time code into use at `/api/v1/enrolments`:");
    println!("  {}", made.enrolment.code.0);
    Ok(())
}
