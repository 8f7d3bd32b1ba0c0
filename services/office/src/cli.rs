//! The command line: what can be typed, and which command runs.

use std::{collections::BTreeMap, net::SocketAddr, path::PathBuf, process::ExitCode};

use clap::{Args, Parser, Subcommand, error::ErrorKind};
use runtime::settings::Loaded;
use wire::Day;

use crate::{Settings, command, deploy, exit, settings, supervise};

const EXAMPLES: &str = "\
Ví dụ · Examples:
  vanphong demo                                      look around with invented content
  vanphong up --data /srv/vanphong                   begin or continue a real office
  vanphong enrol --code 7K2M-… --username hoa        take a one-time code into use
  vanphong import units units-2027.csv               load a newer list of offices
  vanphong signatures cong-van.pdf --trust ca.pem    who signed it, and is it what they signed
  vanphong edxml check cong-van.edxml                what is wrong with it, where, how to mend it
  VANPHONG__GATEWAY__LISTEN=0.0.0.0:443 vanphong up  any setting comes from the environment too

Exit codes:
  0 done · 1 the office refused, a signature is not proven, a file has errors · 64 the command cannot be read
  70 a part broke · 74 the disk failed · 78 settings, folder or address must be put right first";

/// Everything that can be typed.
#[derive(Debug, Parser)]
#[command(
    name = "vanphong",
    version,
    about = "Văn phòng cấp ủy trong một chương trình.\nThe office of a Party committee in one program: documents, work, people. No other software is needed.",
    after_help = EXAMPLES,
    disable_help_subcommand = true
)]
pub struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

/// What every command takes.
#[derive(Debug, Args)]
struct Common {
    /// The folder of the office: databases, files, keys [default: ./vanphong-data]
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
    /// A settings file (TOML); `vanphong config` prints every setting there is
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Run under the process that keeps the office alive.
    #[arg(long = supervise::FLAG, global = true, hide = true)]
    supervised: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run an office with invented people and a week of invented documents, to look around
    Demo(Door),
    /// Run the real office; the first start prints the one-time code of its first administrator
    Up(Up),
    /// Take a one-time code into use: choose a name to sign in with and a password
    Enrol(Enrol),
    /// Load data that others publish
    #[command(subcommand)]
    Import(Import),
    /// Tell whether the office runs, where, and how its parts are
    Status,
    /// Print the effective settings and where each came from, secrets masked
    Config(Door),
    /// Bring the databases up to date, and stop
    Migrate,
    /// Tell who signed a PDF, and whether it is what they signed; no office needs to run
    Signatures(Signatures),
    /// Look at messages as offices exchange them (edXML)
    #[command(subcommand)]
    Edxml(command::edxml::Edxml),
    /// Look after the index that searches go through
    #[cfg(feature = "search")]
    #[command(subcommand)]
    Search(Search),
    /// Run an office as services: keys, certificates, roles, streams
    #[command(subcommand)]
    Deploy(deploy::command::Deploy),
}

#[derive(Debug, Args)]
struct Door {
    /// Where to listen; HTTPS unless on a loopback address [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
}

/// What `vanphong up` takes.
#[derive(Debug, Args)]
pub(crate) struct Up {
    #[command(flatten)]
    door: Door,
    /// The folder was restored from a backup: let every service compare notes anew
    #[arg(long)]
    pub(crate) restored: bool,
    /// Whose first administrator the first start makes: an official code
    #[arg(long, value_name = "CODE", default_value = "TW")]
    pub(crate) office: String,
    /// The full name of that administrator
    #[arg(long, value_name = "NAME", default_value = "Quản trị viên đầu tiên")]
    pub(crate) administrator: String,
}

/// What `vanphong enrol` takes.
#[derive(Debug, Args)]
pub(crate) struct Enrol {
    /// The one-time code; capitals, spaces and hyphens do not matter
    #[arg(long)]
    pub(crate) code: String,
    /// The name to sign in with. The password is asked for, or read from the standard input
    #[arg(long, value_name = "NAME")]
    pub(crate) username: String,
}

#[derive(Debug, Subcommand)]
enum Import {
    /// Load a list of units (CSV: `code,name,kind,parent_code`, provinces before communes)
    Units(Units),
}

#[cfg(feature = "search")]
#[derive(Debug, Subcommand)]
enum Search {
    /// Make the index anew from what the services say now, while the old one serves, and wait for it
    Rebuild,
    /// Tell how the index is
    Status,
}

/// What `vanphong import units` takes.
#[derive(Debug, Args)]
pub(crate) struct Units {
    /// The list
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// The day on which new offices begin, such as 2025-07-01
    #[arg(long, value_name = "DAY", default_value = "2025-07-01")]
    pub(crate) from: Day,
}

/// What `vanphong signatures` takes.
#[derive(Debug, Args)]
pub(crate) struct Signatures {
    /// The document
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Certificates of authorities that are trusted (PEM or DER); may be given again
    #[arg(long, value_name = "FILE")]
    pub(crate) trust: Vec<PathBuf>,
    /// A list of revoked certificates (CRL, DER); may be given again
    #[arg(long, value_name = "FILE")]
    pub(crate) revoked: Vec<PathBuf>,
    /// Print the whole report as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Reads the command line and runs the command.
#[must_use]
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            let asked = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
            return if asked { ExitCode::SUCCESS } else { ExitCode::from(exit::USAGE) };
        }
    };
    run(cli).unwrap_or_else(|error| exit::failed(&error))
}

fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let loaded = match &cli.command {
        // It runs beside services, whose settings in the environment are not those of an office in one process.
        Command::Deploy(_) | Command::Signatures(_) | Command::Edxml(_) => {
            Loaded { value: Settings::default(), origins: BTreeMap::new() }
        }
        _ => settings::load(cli.common.config.as_deref(), &cli.overrides())?,
    };
    if matches!(cli.command, Command::Demo(_) | Command::Up(_)) && !cli.common.supervised {
        return supervise::keep_alive();
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match cli.command {
            Command::Demo(_) => command::demo::run(loaded.value).await,
            Command::Up(up) => command::up::run(&loaded.value, &up).await,
            Command::Enrol(enrol) => done(command::enrol::run(&loaded.value, enrol).await),
            Command::Import(Import::Units(units)) => done(command::import::units(&loaded.value, units).await),
            Command::Status => done(command::look::status(&loaded.value).await),
            Command::Config(_) => done(config(&loaded)),
            Command::Migrate => done(command::look::migrate(&loaded.value).await),
            Command::Signatures(given) => command::signatures::run(&given),
            Command::Edxml(given) => command::edxml::run(&given),
            #[cfg(feature = "search")]
            Command::Search(Search::Rebuild) => done(command::search::rebuild(&loaded.value).await),
            #[cfg(feature = "search")]
            Command::Search(Search::Status) => done(command::search::status(&loaded.value).await),
            Command::Deploy(wish) => done(deploy::command::run(wish).await),
        }
    })
}

fn done(result: anyhow::Result<()>) -> anyhow::Result<ExitCode> {
    result.map(|()| ExitCode::SUCCESS)
}

fn config(loaded: &Loaded<Settings>) -> anyhow::Result<()> {
    print!("{}", runtime::settings::render(loaded));
    Ok(())
}

impl Cli {
    /// What was typed, as settings.
    fn overrides(&self) -> Vec<(String, String)> {
        let data = self.common.data.as_ref().map(|data| ("data".to_owned(), data.display().to_string()));
        let listen = match &self.command {
            Command::Demo(door) | Command::Config(door) | Command::Up(Up { door, .. }) => door.listen,
            _ => None,
        };
        let listen = listen.map(|listen| ("gateway.listen".to_owned(), listen.to_string()));
        data.into_iter().chain(listen).collect()
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn verify_cli() {
        Cli::command().debug_assert();
    }

    #[test]
    fn help_of_every_command_fits_a_terminal_and_names_no_hidden_flag() {
        let mut command = Cli::command();
        command.build();
        let mut pages = vec![command.render_help().to_string()];
        pages.extend(command.get_subcommands_mut().map(|command| command.render_help().to_string()));
        for page in pages {
            assert!(page.lines().all(|line| line.chars().count() <= 110), "{page}");
            assert!(!page.contains(supervise::FLAG), "{page}");
        }
    }

    #[test]
    fn what_is_typed_becomes_settings() {
        let cli = Cli::try_parse_from(["vanphong", "demo", "--listen", "127.0.0.1:9000", "--data", "x"]).unwrap();
        let expected = [("data", "x"), ("gateway.listen", "127.0.0.1:9000")];
        assert_eq!(cli.overrides(), expected.map(|(key, value)| (key.to_owned(), value.to_owned())));
        assert!(Cli::try_parse_from(["vanphong", "up", "--listen", "nowhere"]).is_err());
    }
}
