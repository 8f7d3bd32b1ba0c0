//! What time alone makes happen: work comes due, people change places by the day, what is over is forgotten.

use std::time::Duration;

use service::{Result, Write};

use crate::{
    Settings,
    handlers::telling::settle,
    store::{mails, matters, notices},
};

/// How often matters are looked at.
pub(crate) const LOOK_EVERY: Duration = Duration::from_secs(15);
/// The most matters of one run, so that its transaction stays short.
const MATTERS: u64 = 100;
/// How often what is over is forgotten.
pub(crate) const FORGET_EVERY: Duration = Duration::from_secs(600);
/// The most rows that one run forgets.
const ROWS: u64 = 500;

/// Looks at what may need somebody: each matter once a working day, from its beginning on; and at any time those whose
/// people have changed. Only the look of the working day tells what is due.
pub(crate) async fn look(cx: Write) -> Result<()> {
    let today = cx.now.day();
    let daily = cx.settings::<Settings>().hours().has_begun(cx.now);
    let day = if daily { today } else { today.plus(-1).unwrap_or(today) };
    for matter in matters::to_look(cx.tx(), cx.scope(), day, MATTERS).await? {
        settle(&cx, &matter, Some(&matter), daily).await?;
        matters::looked(cx.tx(), &matter, day).await?;
    }
    Ok(())
}

/// Forgets notices and mails that have been over for as long as the settings say.
pub(crate) async fn forget(cx: Write) -> Result<()> {
    let days = cx.settings::<Settings>().keep_days;
    let before = cx.now.minus(Duration::from_secs(u64::from(days) * 24 * 3600));
    notices::forget(cx.tx(), before, ROWS).await?;
    Ok(mails::forget(cx.tx(), before, ROWS).await?)
}
