//! Kill -9 at random moments under load, twenty times: every acknowledged registration is there, no number is missing or
//! doubled, every event is applied once.

use std::time::Duration;

use tests::installation::{Installation, Profile};

use crate::{check::nothing_lost_nothing_doubled, load::Load};

const KILLS: u32 = 20;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_kills_lose_nothing_standalone() {
    twenty_kills_lose_nothing(Profile::Standalone).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_kills_lose_nothing_as_services() {
    twenty_kills_lose_nothing(Profile::Services).await;
}

async fn twenty_kills_lose_nothing(profile: Profile) {
    let mut installation = Installation::start(profile).await.unwrap();
    installation.load_units().await.unwrap();
    let folder = testbed::dir::temp().unwrap();
    let load = Load::prepare(&installation, folder.path()).await;
    let clerks = load.begin();
    for _ in 0..KILLS {
        // The one place where chance is wanted: the moment of the kill.
        tokio::time::sleep(Duration::from_millis(rand_millis())).await;
        installation.kill();
        installation.start_again().await.unwrap();
    }
    load.end(clerks).await;
    let told = nothing_lost_nothing_doubled(&installation, &load).await;
    println!("{told} registrations acknowledged over {KILLS} kills");
}

/// Between half a second and two seconds, from the randomness of an id.
fn rand_millis() -> u64 {
    500 + runtime::fresh_id().as_u128() as u64 % 1_500
}
