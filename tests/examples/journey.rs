//! Walks a letter's way through an installation that runs already, such as the one of `docker-compose.yml`. It hires
//! people and leaves a letter: for a trial installation, never for one in use. The code is that of the first administrator of the
//! central office (`first` without `--office`).

use anyhow::{Context as _, Result};
use tests::{client::Client, letter, staff::enrol};

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let mut next = || arguments.next().context("usage: journey ORIGIN ROOT-CERTIFICATE ENROLMENT-CODE");
    let (origin, root, code) = (next()?, next()?, next()?);
    let root = std::fs::read(&root).with_context(|| format!("reading `{root}`"))?;
    let admin = enrol(&Client::trusting(&origin, &root)?, &code, "quan-tri").await;
    letter::is_answered(&admin).await;
    println!("a letter was registered, assigned, answered, numbered and issued at {origin}");
    Ok(())
}
