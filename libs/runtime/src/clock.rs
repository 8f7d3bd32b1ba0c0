//! The one source of time and of fresh ids; everything else receives them as arguments.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use wire::Instant;

/// Tells what moment it is: by the system's clock, or by a clock that tests move by hand.
///
/// Clones of a hand-moved clock move together, so that every part of a service under test agrees.
#[derive(Clone, Debug)]
pub struct Clock {
    /// Microseconds since 1970 of a hand-moved clock; absent for the system's clock.
    by_hand: Option<Arc<AtomicI64>>,
}

impl Clock {
    /// The system's clock.
    #[must_use]
    pub fn system() -> Self {
        Self { by_hand: None }
    }

    /// A clock that stands at `moment` until it is moved.
    #[must_use]
    pub fn fixed(moment: Instant) -> Self {
        Self { by_hand: Some(Arc::new(AtomicI64::new(moment.micros()))) }
    }

    /// The present moment, in UTC, to the microsecond.
    #[must_use]
    pub fn now(&self) -> Instant {
        match &self.by_hand {
            Some(micros) => Instant::from_micros(micros.load(Ordering::SeqCst)),
            None => system_now(),
        }
    }

    /// Puts a hand-moved clock at `moment`, which may be earlier. The system's clock is not ours to move: nothing
    /// happens there.
    pub fn set(&self, moment: Instant) {
        if let Some(micros) = &self.by_hand {
            micros.store(moment.micros(), Ordering::SeqCst);
        }
    }

    /// Moves a hand-moved clock forward. Nothing happens to the system's clock.
    pub fn advance(&self, by: Duration) {
        if let Some(micros) = &self.by_hand {
            let step = i64::try_from(by.as_micros()).unwrap_or(i64::MAX);
            // The closure always gives a value, so the update cannot fail.
            let _ = micros.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |now| Some(now.saturating_add(step)));
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the system's clock")]
fn system_now() -> Instant {
    Instant::new(time::OffsetDateTime::now_utc())
}

/// A fresh UUIDv7. Ids made in one process sort in the order in which they were made.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is the one place that makes ids")]
pub fn fresh_id() -> uuid::Uuid {
    uuid::Uuid::now_v7()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hand_moved_clock_stands_still_and_its_clones_move_with_it() {
        let start: Instant = "2026-11-22T08:30:00Z".parse().unwrap();
        let clock = Clock::fixed(start);
        let clone = clock.clone();
        assert_eq!(clock.now(), start);
        assert_eq!(clock.now(), start);
        clock.advance(Duration::from_secs(90));
        assert_eq!(clone.now().to_string(), "2026-11-22T08:31:30Z");
        clone.set(start.minus(Duration::from_secs(1)));
        assert_eq!(clock.now().to_string(), "2026-11-22T08:29:59Z");
    }

    #[test]
    fn the_system_clock_moves_by_itself_and_is_not_ours_to_set() {
        let clock = Clock::system();
        let before = clock.now();
        clock.set(Instant::from_micros(0));
        clock.advance(Duration::from_secs(1 << 40));
        let after = clock.now();
        assert!(after >= before);
        assert!(after.since(before) < Duration::from_secs(3600));
    }

    #[test]
    fn fresh_ids_sort_in_the_order_they_were_made() {
        let ids: Vec<_> = (0..1000).map(|_| fresh_id()).collect();
        assert!(ids.is_sorted());
        assert!(ids.iter().all(|id| id.get_version_num() == 7));
    }
}
