//! The pages in a real browser: the gates that every screen keeps, and a day of the office told as a story.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

/// A browser and its driver.
mod chrome;
/// What strangers try.
mod doors;
/// Eight o'clock: from handwriting to work.
mod eight;
/// A keyboard, and Vietnamese input methods.
mod keys;
/// The day goes on, till noon.
mod later;
/// How alike two pictures are.
mod likeness;
/// A passkey of the browser.
mod passkey;
/// Screens that look the same every day, compared with what was agreed on.
mod pictures;
/// The table of screens: a new one is a row of it.
mod screens;
/// What must hold on every screen at every width.
mod sound;
/// The people of the demo.
mod staff;
/// A day of the office, from half past seven.
mod story;
/// Vietnamese typing.
mod telex;
/// A browser without scripts.
mod unscripted;
/// The keyboard alone.
mod walk;

use std::{any::Any, panic::AssertUnwindSafe};

use anyhow::Result;
use chrome::Chrome;
use futures_util::FutureExt as _;
use screens::{CHIEF, CLERK, Gate, HEAD, SCREENS};
use staff::{Staff, sign_in, sign_out};
use tests::installation::{Installation, Profile, Wish};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_screen_keeps_its_gates() -> Result<()> {
    let settings = vec![("VANPHONG__PORTAL__GALLERY", "true".to_owned())];
    let office = Installation::start_with(Profile::Demo, Wish { settings, ..Wish::default() }).await?;
    let staff = Staff::of(&office)?;
    let (chrome, plain) = (Chrome::start(&office.origin()).await?, Chrome::without_scripts(&office.origin()).await?);
    let mut broken = Broken::default();
    let scripted = async {
        all_screens(&chrome, &staff, &mut broken).await?;
        by_keyboard(&chrome, &staff, &mut broken).await?;
        let strangers = doors::are_shut(&chrome, &office, &staff);
        broken.note("what strangers try", strangers).await;
        anyhow::Ok(broken)
    };
    let unscripted = async {
        let mut broken = Broken::default();
        broken.note("without scripts", unscripted::day(&plain, &staff)).await;
        anyhow::Ok(broken)
    };
    let (mut broken, more) = tokio::try_join!(scripted, unscripted)?;
    broken.0.extend(more.0);
    tokio::try_join!(chrome.close(), plain.close())?;
    assert!(broken.0.is_empty(), "{:#?}", broken.0);
    Ok(())
}

/// The gates that did not hold. One that breaks does not keep the others from being looked at.
#[derive(Default)]
struct Broken(Vec<String>);

impl Broken {
    async fn note(&mut self, what: &str, gate: impl Future<Output = Result<()>>) {
        match AssertUnwindSafe(gate).catch_unwind().await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => self.0.push(format!("{what}: {error:#}")),
            Err(panic) => self.0.push(format!("{what}: {}", words(panic.as_ref()))),
        }
    }
}

/// What an assertion said.
fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default()
}

/// Every row of the table, by whoever sees it.
async fn all_screens(chrome: &Chrome, staff: &Staff, broken: &mut Broken) -> Result<()> {
    broken.note("the comparison", pictures::tell_letters_from_layout(chrome, "/dang-nhap")).await;
    let mut signed_in = None;
    for screen in SCREENS {
        if screen.account != signed_in {
            if signed_in.is_some() {
                leave(chrome).await?;
            }
            if let Some(account) = screen.account {
                sign_in(chrome, staff, account).await?;
            }
            signed_in = screen.account;
        }
        let (name, path) = (screen.name, screen.path(chrome).await?);
        broken.note(name, sound::is_sound(chrome, name, &path)).await;
        for gate in screen.gates {
            let what = format!("{name}, {gate:?}");
            match gate {
                Gate::Light => broken.note(&what, sound::is_light(chrome, name, &path)).await,
                Gate::Walked => broken.note(&what, walk::is_walked(chrome, name, &path)).await,
                Gate::Looks(masks) => broken.note(&what, pictures::looks_as_agreed(chrome, name, &path, masks)).await,
            }
        }
    }
    leave(chrome).await
}

/// What has to be done with the keyboard rather than looked at.
async fn by_keyboard(chrome: &Chrome, staff: &Staff, broken: &mut Broken) -> Result<()> {
    chrome.size(1440, sound::HEIGHT).await?;
    sign_in(chrome, staff, CLERK).await?;
    broken.note("the clerk's keys", walk::clerks_keys(chrome)).await;
    broken.note("Vietnamese typing", telex::harms_nothing(chrome)).await;
    broken.note("keys turned off", walk::keys_can_be_turned_off(chrome)).await;
    leave(chrome).await?;
    sign_in(chrome, staff, CHIEF).await?;
    broken.note("the chief's keys", walk::chiefs_keys(chrome)).await;
    leave(chrome).await?;
    broken.note("a passkey", passkey::opens_the_door(chrome, staff, HEAD)).await;
    Ok(())
}

/// Signs out, wherever one is.
async fn leave(chrome: &Chrome) -> Result<()> {
    chrome.open("/ca-nhan").await?;
    sign_out(chrome).await.map(drop)
}
