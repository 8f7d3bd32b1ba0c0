//! Fills a new folder with the demo, all or nothing.
//!
//! The content is made in a folder inside the one it is for, by a clock that begins a week ago and is moved from act to
//! act, so that numbers, due days, histories and the audit log are those of a week that was lived. Only when everything
//! is there does it move up; the file of the accounts moves last and says that the folder is whole.

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::Path,
    time::Duration,
};

use anyhow::{Context as _, Result, ensure};
use pades::TrialAuthority;
use runtime::{Clock, Life};

use super::{
    accounts, calendar,
    desk::Desk,
    filing, hiring, mail, party, script, signing_keys,
    week::{self, working_days},
};
use crate::{Settings, Standalone, Start, lock::FolderLock, standalone, units};

/// The folder inside, while it is being filled.
const INSIDE: &str = "filling";
/// What belongs to a process and not to the data.
const PASSING: [&str; 2] = ["office.lock", "office.sock"];
/// How long the services may take to hear of everything.
const SETTLING: Duration = Duration::from_secs(120);

/// Fills the folder of the settings unless it holds the demo already. `life` is asked whether to go on.
///
/// # Errors
/// When the folder holds something else, is in use, or a call is refused.
pub async fn fill(settings: &Settings, clock: &Clock, life: &Life) -> Result<()> {
    let folder = &settings.data;
    if folder.join(accounts::FILE).is_file() {
        return Ok(());
    }
    standalone::private(folder)?;
    let _lock = FolderLock::take(folder).await?;
    standalone::refuse_taken(settings.gateway.listen)?;
    let inside = folder.join(INSIDE);
    if !inside.join(accounts::FILE).is_file() {
        refuse_foreign(folder)?;
        if inside.exists() {
            fs::remove_dir_all(&inside).with_context(|| format!("cannot remove `{}`", inside.display()))?;
        }
        make(settings, &inside, clock, life).await?;
    }
    move_up(&inside, folder).with_context(|| format!("cannot finish the demo in `{}`", folder.display()))
}

/// A folder with anything else in it might be a real office's.
fn refuse_foreign(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        let ours = name == INSIDE || PASSING.iter().any(|passing| name == *passing);
        ensure!(
            ours,
            "`{}` holds `{}` and no demo: choose an empty folder with `--data`, or run `vanphong up` over this one",
            folder.display(),
            name.display()
        );
    }
    Ok(())
}

/// Makes the demo in a fresh folder.
async fn make(settings: &Settings, inside: &Path, clock: &Clock, life: &Life) -> Result<()> {
    let today = clock.now().day();
    let begins = working_days(today)?.first().copied().context("a week has days")?;
    let moved = Clock::fixed(begins.start());
    let gateway = gateway::Settings {
        listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
        public_origin: None,
        folder: inside.to_owned(),
        limits: unlimited(),
        ..settings.gateway.clone()
    };
    let settings = signing_keys::named(Settings { data: inside.to_owned(), gateway, ..settings.clone() });
    let mut authority = signing_keys::begin(inside, moved.now())?;
    let own = Life::new();
    let start = Start { clock: moved.clone(), life: own.clone(), restored: false };
    let office = Standalone::start(&settings, start).await?;
    let filled = tokio::select! {
        filled = perform(&office, (&moved, &mut authority), inside, today) => filled,
        () = life.stopping() => Err(anyhow::anyhow!("stopped before the demo was made: the next start begins it anew")),
    };
    office.stop().await;
    ensure!(own.failure().is_none(), "the office failed while the demo was made: see its log above");
    filled
}

async fn perform(
    office: &Standalone,
    (clock, authority): (&Clock, &mut TrialAuthority),
    folder: &Path,
    today: wire::Day,
) -> Result<()> {
    units::load_at_first(office, folder).await?;
    let cast = script::cast()?;
    let mut desk = Desk::new(office, clock.clone())?;
    let (places, accounts) = hiring::hire(&mut desk, &cast).await?;
    signing_keys::issue(&mut desk, authority, (folder, clock.now()), &places, &accounts).await?;
    units::known_everywhere(office).await?;
    let (province, commune) = (script::province()?, script::commune()?);
    let offices: Vec<_> = places
        .iter()
        .filter(|place| place.code != script::CENTRE)
        .map(|place| (place, if place.code == script::PROVINCE { &province } else { &commune }))
        .collect();
    week::play(&mut desk, &offices, today).await?;
    // The calendar names positions, of which the programme has to have heard.
    office.settled(SETTLING).await?;
    mail::begin(folder, &places, today)?;
    for (place, _) in offices.iter().filter(|(place, _)| place.code == script::PROVINCE) {
        filing::keep(&mut desk, place, today).await?;
    }
    let kept: Vec<_> = offices.iter().map(|(place, _)| *place).collect();
    calendar::keep(&mut desk, &kept, today).await?;
    party::keep(&mut desk, &kept).await?;
    office.settled(SETTLING).await?;
    accounts::write(folder, &accounts)
}

/// Nobody but the demo itself is at this door.
fn unlimited() -> gateway::settings::LimitSettings {
    gateway::settings::LimitSettings {
        account_per_minute: u32::MAX,
        address_per_minute: u32::MAX,
        sign_in_per_minute: u32::MAX,
        ..gateway::settings::LimitSettings::default()
    }
}

/// Moves what was made up into the folder; interrupted, it goes on where it stopped.
fn move_up(inside: &Path, folder: &Path) -> Result<()> {
    for entry in fs::read_dir(inside)? {
        let name = entry?.file_name();
        if name != accounts::FILE && !PASSING.iter().any(|passing| name == *passing) {
            fs::rename(inside.join(&name), folder.join(&name))?;
        }
    }
    fs::rename(inside.join(accounts::FILE), folder.join(accounts::FILE))?;
    fs::remove_dir_all(inside)?;
    fs::File::open(folder)?.sync_all()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_move_that_was_interrupted_goes_on_and_ends_with_the_accounts() {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join(INSIDE);
        fs::create_dir_all(inside.join("keys")).unwrap();
        for name in ["identity.db", "office.lock", accounts::FILE] {
            fs::write(inside.join(name), "made").unwrap();
        }
        // What an earlier attempt has moved, and the lock of the folder itself.
        fs::write(folder.path().join("programme.db"), "moved").unwrap();
        fs::write(folder.path().join("office.lock"), "held").unwrap();
        move_up(&inside, folder.path()).unwrap();
        assert!(!inside.exists() && folder.path().join("keys").is_dir());
        for (name, content) in
            [("identity.db", "made"), ("programme.db", "moved"), ("office.lock", "held"), (accounts::FILE, "made")]
        {
            assert_eq!(fs::read_to_string(folder.path().join(name)).unwrap(), content, "{name}");
        }
    }

    #[test]
    fn a_folder_of_something_else_is_refused_by_name() {
        let folder = tempfile::tempdir().unwrap();
        for ours in [INSIDE, "office.lock"] {
            fs::write(folder.path().join(ours), "").unwrap();
            refuse_foreign(folder.path()).unwrap();
        }
        fs::write(folder.path().join("identity.db"), "").unwrap();
        let error = refuse_foreign(folder.path()).unwrap_err().to_string();
        assert!(error.contains("`identity.db` and no demo"), "{error}");
    }
}
