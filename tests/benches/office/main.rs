//! The figures that this house promises, each beside a limit measured in the same run: `cargo bench -p tests -- NAME …`
//! measures those named, and all of them without a name. `docs/performance.md` tells what each one means.
//!
//! This program is also every program it measures: it starts itself again under their names, so that nothing else has to
//! be built and the office that is measured is a process of its own.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::{fs::File, io::Write as _, path::PathBuf, process::ExitCode};

use anyhow::{Context as _, Result, ensure};

/// What is measured.
mod figures {
    pub(crate) mod backlog;
    pub(crate) mod files;
    pub(crate) mod hops;
    pub(crate) mod million;
    pub(crate) mod pages;
    pub(crate) mod papers;
    pub(crate) mod people;
    pub(crate) mod register;
    pub(crate) mod search;
    pub(crate) mod search_lag;
    pub(crate) mod syncs;
    pub(crate) mod visible;
}
/// Someone who registers.
mod clerk;
/// Databases filled with a million documents in minutes.
mod filling;
/// An office as processes, on a real disk.
mod house;
/// What this machine can do, and how busy it is.
mod machine;
/// An installation filled with units, positions and people in minutes.
mod peopling;
/// Registering by the raw driver: the statements of the service and nothing else.
mod raw;
/// Interleaved rounds, medians, and how a figure is told.
mod round;
/// The rows of a registration.
mod rows;
/// A broker and a PostgreSQL on a real disk.
mod servers;
/// What the service says to its database when it registers.
mod statements;

use round::Report;

/// Names, what each shows, and the space it needs at most, in GB.
const FIGURES: [(&str, &str, u32); 11] = [
    ("register", "registering by 8 clients against the same statements through the raw driver", 2),
    ("syncs", "commit syncs of one acknowledged registration", 1),
    ("hops", "what the gateway and NATS add to a direct call of the handler", 1),
    ("visible", "from the commit in one service to the commit in another", 1),
    ("backlog", "draining 100,000 events against one message for each", 2),
    ("million", "registering and paging at 1,000 and at 1,000,000 documents", 6),
    ("people", "sessions and pages in an installation of 300,000 units and 60,000 positions", 2),
    ("pages", "pages of the demo, whole and without the time of the services", 1),
    ("papers", "a document of two pages, and a register of 5,000 lines with the memory it needs", 1),
    ("search", "a million papers taken and asked, with the access filter, against the engine alone", 3),
    ("files", "upload and download of 2 GB", 14),
];

/// Under this name the program starts itself as one of those it measures.
pub(crate) const AS: &str = "OFFICE_BENCH_AS";

/// What was asked for.
struct Wish {
    names: Vec<String>,
    json: Option<PathBuf>,
    folder: PathBuf,
}

fn main() -> ExitCode {
    match std::env::var(AS).as_deref() {
        Ok("vanphong") => office::cli::main(),
        Ok("gateway") => gateway::process::main(),
        Ok("identity") => service::main(identity::service),
        Ok("documents") => service::main(documents::service),
        Ok("programme") => service::main(programme::service),
        Ok("notices") => service::main(notices::service),
        Ok("forms") => service::main(forms::service),
        Ok("search") => service::main(search::service),
        _ => measure(),
    }
}

fn measure() -> ExitCode {
    let done = wish().and_then(|wish| {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(run(wish))
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Reads the command line; `cargo bench` adds `--bench` to it.
fn wish() -> Result<Wish> {
    let mut wish = Wish { names: Vec::new(), json: None, folder: PathBuf::from(env!("CARGO_TARGET_TMPDIR")) };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--bench" => {}
            "--json" => wish.json = Some(arguments.next().context("`--json` wants a file")?.into()),
            "--folder" => wish.folder = arguments.next().context("`--folder` wants a folder")?.into(),
            name => {
                let known = FIGURES.map(|(known, _, _)| known);
                ensure!(known.contains(&name), "there is no figure `{name}`; there are {known:?}");
                wish.names.push(name.to_owned());
            }
        }
    }
    if wish.names.is_empty() {
        wish.names = FIGURES.iter().map(|(name, _, _)| (*name).to_owned()).collect();
    }
    Ok(wish)
}

async fn run(wish: Wish) -> Result<()> {
    std::fs::create_dir_all(&wish.folder)?;
    let mut report = Report::default();
    let chosen = FIGURES.iter().filter(|(name, _, _)| wish.names.iter().any(|wished| wished == name));
    for (name, shows, space) in chosen {
        eprintln!("{name}: {shows} (up to {space} GB in {})", wish.folder.display());
        let folder = wish.folder.as_path();
        let done = match *name {
            "register" => figures::register::run(folder, &mut report).await,
            "syncs" => figures::syncs::run(folder, &mut report).await,
            "hops" => figures::hops::run(folder, &mut report).await,
            "visible" => figures::visible::run(folder, &mut report).await,
            "backlog" => figures::backlog::run(folder, &mut report).await,
            "million" => figures::million::run(folder, &mut report).await,
            "people" => figures::people::run(folder, &mut report).await,
            "pages" => figures::pages::run(folder, &mut report).await,
            "papers" => figures::papers::run(folder, &mut report).await,
            "search" => figures::search::run(folder, &mut report).await,
            _ => figures::files::run(folder, &mut report).await,
        };
        done.with_context(|| format!("the figure `{name}` broke"))?;
    }
    if let Some(file) = wish.json {
        let mut file = File::create(&file).with_context(|| format!("`{}` cannot be written", file.display()))?;
        report.lines().iter().try_for_each(|line| writeln!(file, "{line}"))?;
    }
    Ok(())
}
