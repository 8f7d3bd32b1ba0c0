//! A few papers at a time, each on a thread of its own, with a limit of time for whoever waits. Typst cannot be stopped
//! half-way: a paper that takes too long keeps its place until it is done, and what it may have to do is bounded by how much
//! there may be on a paper.

use std::{thread, time::Duration};

use schema_forms::Refusal;
use service::Result;
use tokio::{
    sync::{Semaphore, oneshot},
    time::timeout,
};

use super::printing::{Printed, print};
use crate::domain::sheet::Sheet;

/// How many are set at once; a large one takes all places, because it takes hundreds of megabytes.
const PLACES: u32 = 2;
/// How long one waits for a place.
const WAIT: Duration = Duration::from_secs(10);
/// How long a paper may take, in seconds.
const PATIENCE: u32 = 30;
/// Room for the nesting of templates, which is deep in a build that is not optimised.
const STACK: usize = 16 * 1024 * 1024;

static QUEUE: Semaphore = Semaphore::const_new(PLACES as usize);

/// Sets a sheet when there is a place.
///
/// # Errors
/// [`Refusal::PressBusy`], [`Refusal::TooSlow`], and as [`print`].
pub(crate) async fn set(sheet: Sheet) -> Result<Printed> {
    let places = if sheet.is_large { PLACES } else { 1 };
    let place = timeout(WAIT, QUEUE.acquire_many(places)).await.map_err(|_| Refusal::PressBusy)??;
    let (tell, told) = oneshot::channel();
    thread::Builder::new().name("press".to_owned()).stack_size(STACK).spawn(move || {
        let printed = print(sheet);
        drop(place);
        // Whoever asked may have stopped waiting.
        let _ = tell.send(printed);
    })?;
    match timeout(Duration::from_secs(PATIENCE.into()), told).await {
        Ok(Ok(printed)) => printed,
        Ok(Err(_)) => anyhow::bail!("the press fell over a paper"),
        Err(_) => Err(Refusal::TooSlow { seconds: PATIENCE }.into()),
    }
}
