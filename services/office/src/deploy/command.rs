//! `vanphong deploy`: the commands of whoever runs an office as services.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, Subcommand};
use runtime::Clock;

use super::{
    health,
    init::{self, Wish},
    operator::{self, Broker},
    rights::ADMINISTRATOR,
};
use crate::services;

/// What `vanphong deploy` takes.
#[derive(Debug, Subcommand)]
pub enum Deploy {
    /// Make keys, certificates, roles and configuration that are missing; print what was made
    Init(Init),
    /// Make the streams and consumers of the broker, with the administrator's key
    Prepare(Prepare),
    /// Load the list of offices and make the first administrator; print the one-time code
    First(First),
    /// Ask an address whether all is well; ends with 0 when it is
    Health(Health),
}

/// What `vanphong deploy init` takes.
#[derive(Debug, Args)]
pub struct Init {
    /// The folder of keys and configuration
    #[arg(long, value_name = "DIR", default_value = "deploy/state")]
    out: PathBuf,
    /// The folder of databases, streams and files
    #[arg(long, value_name = "DIR", default_value = "deploy/data")]
    volumes: PathBuf,
    /// What clients write before the path, such as https://vanphong.example [default: as before, or https://localhost:8443]
    #[arg(long, value_name = "URL")]
    origin: Option<String>,
    /// Make every key, password and certificate anew; the office's authority stays
    #[arg(long)]
    rotate: bool,
    /// Then make the streams and consumers of this broker too
    #[arg(long, value_name = "URL", requires = "monitor")]
    nats: Option<String>,
    /// The monitoring address of that broker
    #[arg(long, value_name = "URL", requires = "nats")]
    monitor: Option<String>,
}

/// What `vanphong deploy prepare` takes.
#[derive(Debug, Args)]
pub struct Prepare {
    /// The folder of the administrator's key
    #[arg(long, value_name = "DIR", default_value = "deploy/state/admin")]
    keys: PathBuf,
    #[command(flatten)]
    broker: Broker,
}

/// What `vanphong deploy first` takes.
#[derive(Debug, Args)]
pub struct First {
    /// The folder of the operator's keys
    #[arg(long, value_name = "DIR", default_value = "deploy/state/office")]
    keys: PathBuf,
    #[command(flatten)]
    broker: Broker,
    /// The official code of the administrator's office; `TW` is the centre
    #[arg(long, value_name = "CODE", default_value = "TW")]
    office: String,
    /// The full name of the administrator
    #[arg(long, value_name = "NAME", default_value = "Quản trị viên đầu tiên")]
    administrator: String,
}

/// What `vanphong deploy health` takes.
#[derive(Debug, Args)]
pub struct Health {
    /// The address
    #[arg(value_name = "URL")]
    address: reqwest::Url,
    /// The certificate that is trusted
    #[arg(long, value_name = "FILE", default_value = "deploy/state/office-ca.pem")]
    root: PathBuf,
}

/// Runs a command.
///
/// # Errors
/// When something is refused or cannot be reached.
pub async fn run(command: Deploy) -> Result<()> {
    match command {
        Deploy::Init(wish) => init(wish).await,
        Deploy::Prepare(wish) => operator::prepare(&wish.broker, &wish.keys).await,
        Deploy::First(wish) => operator::first(&wish.broker, &wish.keys, &wish.office, &wish.administrator).await,
        Deploy::Health(wish) => health::ask(&wish.address, &wish.root).await,
    }
}

async fn init(asked: Init) -> Result<()> {
    let wish = Wish { out: asked.out, data: asked.volumes, origin: asked.origin, rotate: asked.rotate };
    let report = init::init(&services(), &wish, Clock::system().now())?;
    println!("{report}");
    let (Some(nats), Some(monitor)) = (asked.nats, asked.monitor) else { return Ok(()) };
    operator::prepare(&Broker { nats, monitor }, &wish.out.join(ADMINISTRATOR)).await
}
