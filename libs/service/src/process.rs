//! The main function of every service that runs as a process of its own.

use std::{path::PathBuf, process::ExitCode, sync::Arc, time::Duration};

use anyhow::Context as _;
use bus::Bus;
use clap::{Parser, Subcommand};
use db::Db;
use runtime::{
    clock::Clock,
    health::Health,
    life::Life,
    settings::{self, Loaded},
    telemetry,
};

use crate::{
    Configured, Keys, Platform, Service, ServiceKeys,
    builtin::{POSITION, StandsAt, WhereAreYou},
    caller::service_meta,
    settings::{ProcessSettings, refuse_unread},
};

/// How long running work may take to end after the wish to stop.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long a healthy service may take to say where it stands.
const HEALTHY_WITHIN: Duration = Duration::from_secs(5);

#[derive(Parser)]
#[command(about = "One service of Văn phòng, as a process of its own", version)]
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
    Serve {
        /// The database was put back from an older copy: begin a new epoch, so that every consumer reconciles.
        #[arg(long)]
        restored: bool,
    },
    /// Print the effective settings and where each came from.
    Config,
    /// Bring the database up to date and stop.
    Migrate,
    /// Print the contract as JSON.
    Contract,
    /// Ask the running service where it stands: bus, service and database must answer. Ends with 0 when they do.
    Health,
}

/// Runs a service as a process: reads settings, connects, serves until it is told to stop.
#[must_use]
pub fn main(make: fn() -> Service) -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error.into()),
    };
    match runtime.block_on(run(arguments, make)) {
        Ok(code) => code,
        Err(error) => failed(&error),
    }
}

fn failed(error: &anyhow::Error) -> ExitCode {
    // The chain is walked here, at the edge: each cause on its own line.
    eprintln!("error: {error}");
    error.chain().skip(1).for_each(|cause| eprintln!("  because: {cause}"));
    ExitCode::from(78)
}

async fn run(arguments: Arguments, make: fn() -> Service) -> anyhow::Result<ExitCode> {
    let service = make();
    let loaded = load(arguments.config.as_deref(), &service)?;
    match arguments.command {
        Some(Command::Config) => println!("{}", settings::render(&loaded)),
        Some(Command::Contract) => println!("{}", serde_json::to_string_pretty(service.contract())?),
        Some(Command::Migrate) => crate::migrate(&service, &Db::open(&loaded.value.database).await?).await?,
        Some(Command::Health) => health(service.name(), &loaded.value).await?,
        None => return serve(service, loaded, false).await,
        Some(Command::Serve { restored }) => return serve(service, loaded, restored).await,
    }
    Ok(ExitCode::SUCCESS)
}

fn load(file: Option<&std::path::Path>, service: &Service) -> anyhow::Result<Loaded<ProcessSettings>> {
    let mut defaults = ProcessSettings::default();
    defaults.database.schema = service.name().replace('-', "_");
    defaults.sections.insert(service.name().to_owned(), service.section.defaults());
    let loaded = settings::load_over(&defaults, file, &[])?;
    refuse_unread(&loaded, &loaded.value.sections, [service])?;
    Ok(loaded)
}

/// Asks over the bus, as others would, for something that only the database knows.
async fn health(name: &str, settings: &ProcessSettings) -> anyhow::Result<()> {
    let bus = Bus::nats(&settings.nats, name).await.context("connecting to NATS")?;
    let own = ServiceKeys::in_folder(settings.data.join("keys")).signer(name)?;
    let meta = service_meta(&own, Clock::system().now());
    let question = serde_json::to_vec(&WhereAreYou { at: None })?;
    let answer = bus.call(&wire::call_subject(name, POSITION), &meta, question.into(), HEALTHY_WITHIN).await?;
    if answer.fault {
        return Err(serde_json::from_slice::<wire::Fault>(&answer.body)?.into());
    }
    let stands: StandsAt = serde_json::from_slice(&answer.body)?;
    println!("healthy: epoch {}, event {}", stands.last.epoch, stands.last.seq);
    Ok(())
}

async fn serve(service: Service, loaded: Loaded<ProcessSettings>, restored: bool) -> anyhow::Result<ExitCode> {
    let settings = &loaded.value;
    let telemetry = telemetry::init(&settings.telemetry, service.name())?;
    let life = Life::new();
    life.on_signals()?;
    let bus = Bus::nats(&settings.nats, service.name()).await.context("connecting to NATS")?;
    let db = Db::open(&settings.database).await.context("opening the database")?;
    let keys = ServiceKeys::in_folder(settings.data.join("keys"));
    let platform = Platform {
        bus,
        clock: Clock::system(),
        life: life.clone(),
        health: Health::new(),
        blobs: blob::Store::folder(settings.data.join("blobs"))?,
        keys: Arc::new(Keys::from_file(&settings.data.join("keys").join("services.json"))?),
        key_folder: settings.data.join("keys"),
        restored,
    };
    let section = settings.sections.get(service.name()).cloned();
    let configured = Configured::of(section, &loaded, |_| true);
    let running = crate::start(service, &platform, &keys, db, configured).await?;
    tracing::info!(service = running.name(), "serving");
    life.stopping().await;
    running.stop().await;
    let late = life.stop_and_wait(PATIENCE).await;
    if !late.is_empty() {
        tracing::warn!(count = late.len(), "some work did not end in time");
    }
    telemetry.shutdown().await;
    Ok(life.exit_code())
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use serde::{Deserialize, Serialize};
    use wire::Contract;

    use super::*;

    wire::refusals! {
        /// A service with nothing to refuse.
        pub enum Nothing {
            /// Never given.
            Never => Conflict, "desk.never", en "never", vi "không bao giờ";
        }
    }

    #[derive(Default, Serialize, Deserialize)]
    #[serde(default)]
    struct Desk {
        due_soon_days: u32,
    }

    #[test]
    fn a_key_that_nobody_reads_refuses_the_start_whatever_its_section() {
        let desk = Service::new::<Nothing>(Contract::new("desk", Vec::new())).settings::<Desk>();
        let cases = [
            ("[desk]\ndue_soon_days = 3", None),
            ("[desk]\ndue_soon_day = 3", Some(("desk.due_soon_day", "did you mean `desk.due_soon_days`"))),
            ("[desk]\ncolour = 3", Some(("desk.colour", "known there: `desk.due_soon_days`"))),
            ("[dsk]\ndue_soon_days = 3", Some(("dsk", "did you mean `desk`"))),
            ("[databse]\nurl = \"x\"", Some(("databse", "did you mean `database`"))),
            ("desk = 3", Some(("desk", "unknown setting"))),
            ("[database]\nurll = \"x\"", Some(("database", "urll"))),
        ];
        for (text, expected) in cases {
            let mut file = tempfile::Builder::new().suffix(".toml").tempfile().unwrap();
            file.write_all(text.as_bytes()).unwrap();
            let said = load(Some(file.path()), &desk).err().map(|error| format!("{error:#}"));
            match (said, expected) {
                (None, None) => {}
                (Some(said), Some((key, remedy))) => assert!(said.contains(key) && said.contains(remedy), "{said}"),
                (said, expected) => panic!("{text}: {said:?} where {expected:?} was expected"),
            }
        }
    }
}
