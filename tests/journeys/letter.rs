//! A letter is answered, in both deployed profiles.

use tests::{
    installation::{Installation, Profile},
    letter,
    staff::enrol,
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_letter_is_answered_standalone() {
    a_letter_is_answered(Profile::Standalone).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_letter_is_answered_as_services() {
    a_letter_is_answered(Profile::Services).await;
}

async fn a_letter_is_answered(profile: Profile) {
    let installation = Installation::start(profile).await.unwrap();
    installation.load_units().await.unwrap();
    let code = installation.first_code("TW").await.unwrap();
    let admin = enrol(&installation.door(), &code, "quan-tri").await;
    letter::is_answered(&admin).await;
}
