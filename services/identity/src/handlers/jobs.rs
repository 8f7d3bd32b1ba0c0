//! Recurring work: what is over goes, a little at a time.

use std::time::Duration;

use service::{Result, Write};

use crate::{settings::Settings, store};

/// How long a session that is over is kept, for questions about it.
const SESSIONS_KEPT: Duration = Duration::from_secs(30 * 24 * 3600);

pub(crate) async fn sweep(cx: Write) -> Result<()> {
    let forget = Duration::from_secs(cx.settings::<Settings>().forget_failures_s);
    store::attempts::sweep(cx.tx(), cx.now.minus(forget)).await?;
    store::accounts::sweep_codes(cx.tx(), cx.now).await?;
    store::challenges::sweep(cx.tx(), cx.now).await?;
    store::sessions::sweep(cx.tx(), cx.now.minus(SESSIONS_KEPT)).await?;
    Ok(())
}
