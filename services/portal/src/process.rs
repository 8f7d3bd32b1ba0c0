//! The main function of a portal that runs as a process of its own.

use std::{path::PathBuf, process::ExitCode, time::Duration};

use anyhow::Context as _;
use bus::{Bus, NatsSettings};
use clap::{Parser, Subcommand};
use runtime::{
    Clock, Life, settings,
    telemetry::{self, TelemetrySettings},
};
use serde::{Deserialize, Serialize};

use crate::{Settings, manifest::NAME};

/// How long running work may take to end after the wish to stop.
const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Parser)]
#[command(about = "The pages of Văn phòng, as a process of their own", version)]
struct Arguments {
    /// The settings file (TOML).
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve (what happens without a command).
    Serve,
    /// Print the effective settings and where each came from.
    Config,
    /// Ask the portal of these settings whether it runs.
    Health,
}

/// Settings of the process.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct ProcessSettings {
    /// The broker.
    nats: NatsSettings,
    /// Logs, traces, metrics.
    telemetry: TelemetrySettings,
    /// The pages.
    portal: Settings,
}

/// Runs the portal: reads settings, connects, serves until it is told to stop.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(anyhow::Error::from)
        .and_then(|runtime| runtime.block_on(run(arguments)));
    outcome.unwrap_or_else(|error| {
        eprintln!("error: {error}");
        error.chain().skip(1).for_each(|cause| eprintln!("  because: {cause}"));
        // `EX_CONFIG` of `sysexits.h`.
        ExitCode::from(78)
    })
}

async fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let loaded = settings::load::<ProcessSettings>(arguments.config.as_deref(), &[])?;
    match arguments.command {
        Some(Command::Config) => {
            println!("{}", settings::render(&loaded));
            return Ok(ExitCode::SUCCESS);
        }
        Some(Command::Health) => return health(&loaded.value.portal).await,
        Some(Command::Serve) | None => {}
    }
    let shown = settings::shown(&loaded);
    let ProcessSettings { nats, telemetry, portal } = loaded.value;
    let portal = Settings { shown, ..portal };
    let telemetry = telemetry::init(&telemetry, NAME)?;
    let life = Life::new();
    life.on_signals()?;
    let bus = Bus::nats(&nats, NAME).await.context("connecting to NATS")?;
    let open = crate::start(bus, Clock::system(), &life, portal).await?;
    life.stopping().await;
    open.stop().await;
    let late = life.stop_and_wait(PATIENCE).await;
    if !late.is_empty() {
        tracing::warn!(count = late.len(), "some work did not end in time");
    }
    telemetry.shutdown().await;
    Ok(life.exit_code())
}

/// Whether something listens where the portal should.
async fn health(settings: &Settings) -> anyhow::Result<ExitCode> {
    let mut address = settings.listen;
    if address.ip().is_unspecified() {
        address.set_ip(std::net::Ipv4Addr::LOCALHOST.into());
    }
    let connecting = tokio::time::timeout(Duration::from_secs(5), tokio::net::TcpStream::connect(address)).await;
    match connecting {
        Ok(Ok(_)) => Ok(ExitCode::SUCCESS),
        _ => Ok(ExitCode::FAILURE),
    }
}
