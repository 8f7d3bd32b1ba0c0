//! Housekeeping: forgets old claims and events that everyone has passed, and tells how the parts are.

use std::{sync::Arc, time::Duration};

use runtime::health::State;

use crate::{measuring, running::Shared};

/// How long the answer to a write is kept for repeats.
const CLAIMS_FOR: Duration = Duration::from_secs(14 * 24 * 3600);
/// How long events are kept at least.
const EVENTS_FOR: Duration = Duration::from_secs(7 * 24 * 3600);
/// How long a consumer may be silent before events are not kept for it any more; as long as the courier keeps them.
const CONSUMERS_FOR: Duration = Duration::from_secs(30 * 24 * 3600);
const LOOK_EVERY: Duration = Duration::from_secs(2);
const MEASURE_EVERY: u32 = 5;
const TIDY_EVERY: u32 = 300;

/// Keeps house until the process stops.
pub(crate) async fn run(shared: Arc<Shared>) {
    let stopping = shared.platform.life.stopping();
    tokio::pin!(stopping);
    let mut looks: u32 = 0;
    loop {
        report(&shared).await;
        if looks.is_multiple_of(MEASURE_EVERY) {
            measuring::look(&shared).await;
        }
        if looks.is_multiple_of(TIDY_EVERY) {
            tidy(&shared).await;
        }
        looks = looks.wrapping_add(1);
        tokio::select! {
            () = &mut stopping => return,
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
}

async fn report(shared: &Shared) {
    let name = shared.name();
    let state = |up: bool, why: &'static str| if up { State::Up } else { State::Down(why) };
    let health = &shared.platform.health;
    health.set(&format!("{name}.bus"), state(shared.platform.bus.is_up(), "the broker cannot be reached"));
    health.set(&format!("{name}.database"), state(shared.db.answers().await, "the database does not answer"));
    if let (Ok(head), Ok(unnumbered), Ok(since)) =
        (shared.db.head().await, shared.db.unnumbered_events().await, shared.db.waiting_since().await)
    {
        let waiting = head.last.seq.saturating_sub(head.sent).saturating_add(unnumbered);
        let age = since.map_or(Duration::ZERO, |since| shared.platform.clock.now().since(since));
        runtime::metrics::outbox(name, u64::try_from(waiting).unwrap_or(0), age.as_secs_f64());
    }
}

async fn tidy(shared: &Shared) {
    let now = shared.platform.clock.now();
    while let Ok(1..) = shared.db.prune_claims(now.minus(CLAIMS_FOR)).await {}
    while let Ok(1..) = shared.db.prune_events(now.minus(EVENTS_FOR), now.minus(CONSUMERS_FOR)).await {}
}
