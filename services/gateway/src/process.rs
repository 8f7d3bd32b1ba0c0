//! The main function of a gateway that runs as a process of its own.

use std::{path::PathBuf, process::ExitCode, sync::Arc, time::Duration};

use anyhow::Context as _;
use bus::{Bus, NatsSettings};
use clap::{Parser, Subcommand};
use runtime::{
    Clock, Health, Life, settings,
    telemetry::{self, TelemetrySettings},
};
use serde::{Deserialize, Serialize};
use service::{Keys, Platform, ServiceKeys};

use crate::Settings;

/// The name under which the gateway speaks on the bus.
const NAME: &str = "gateway";
/// How long running work may take to end after the wish to stop.
const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Parser)]
#[command(about = "The HTTP door of Văn phòng, as a process of its own", version)]
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
}

/// Settings of the process.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct ProcessSettings {
    /// Where files and keys are kept.
    data: PathBuf,
    /// The broker.
    nats: NatsSettings,
    /// Logs, traces, metrics.
    telemetry: TelemetrySettings,
    /// The door.
    gateway: Settings,
}

impl Default for ProcessSettings {
    fn default() -> Self {
        Self {
            data: PathBuf::from("/var/lib/vanphong"),
            nats: NatsSettings::default(),
            telemetry: TelemetrySettings::default(),
            gateway: Settings::default(),
        }
    }
}

/// Runs the gateway: reads settings, connects, serves until it is told to stop.
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
    if let Some(Command::Config) = arguments.command {
        println!("{}", settings::render(&loaded));
        return Ok(ExitCode::SUCCESS);
    }
    let ProcessSettings { data, nats, telemetry, gateway } = loaded.value;
    let telemetry = telemetry::init(&telemetry, NAME)?;
    let life = Life::new();
    life.on_signals()?;
    let key_folder = data.join("keys");
    let platform = Platform {
        bus: Bus::nats(&nats, NAME).await.context("connecting to NATS")?,
        clock: Clock::system(),
        life: life.clone(),
        health: Health::new(),
        blobs: blob::Store::folder(data.join("blobs"))?,
        keys: Arc::new(Keys::from_file(&key_folder.join("services.json"))?),
        key_folder: key_folder.clone(),
        restored: false,
    };
    let signer = ServiceKeys::in_folder(key_folder).signer(NAME)?;
    let door = crate::start(&platform, signer, Settings { folder: data, ..gateway }).await?;
    life.stopping().await;
    door.stop().await;
    let late = life.stop_and_wait(PATIENCE).await;
    if !late.is_empty() {
        tracing::warn!(count = late.len(), "some work did not end in time");
    }
    telemetry.shutdown().await;
    Ok(life.exit_code())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_from_a_file_and_a_mistyped_key_is_refused() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let load = |text: &str| {
            std::fs::write(&file, text).unwrap();
            settings::load::<ProcessSettings>(Some(file.path()), &[("gateway.request_seconds".into(), "7".into())])
        };
        let text = "data = \"/srv/vp\"\n[gateway]\nlisten = \"[::1]:9000\"\nproxies = [\"10.0.0.1\"]\n\
                    [gateway.limits]\naccount_per_minute = 9";
        let read = load(text).unwrap().value;
        assert_eq!(read.gateway.listen.to_string(), "[::1]:9000");
        assert_eq!(read.gateway.limits.account_per_minute, 9);
        assert_eq!(read.gateway.request_seconds, 7);
        assert!(!read.gateway.is_secure());
        let error = load("[gateway]\nlisten_on = \"x\"").unwrap_err().to_string();
        assert!(error.contains("gateway.listen"), "{error}");
        assert!(load("[gateway]\nfolder = \"/x\"").is_err(), "the folder is the process's to say");
    }
}
