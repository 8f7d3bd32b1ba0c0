//! How long failed sign-ins make an account or a network wait: longer each time, never for ever.

use std::time::Duration;

use wire::Instant;

/// Failed attempts so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Failures {
    /// How many since the last quiet time.
    pub(crate) count: u32,
    /// When the last one was.
    pub(crate) last: Instant,
}

/// How patient we are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Patience {
    /// How many failures cost nothing.
    pub(crate) free: u32,
    /// The longest wait.
    pub(crate) longest: Duration,
    /// After this long without a failure all are forgotten.
    pub(crate) forget: Duration,
}

impl Patience {
    /// How much longer to wait; nothing when an attempt may be made now.
    pub(crate) fn wait(&self, failures: Option<Failures>, now: Instant) -> Option<Duration> {
        let failures = self.remembered(failures, now)?;
        let doublings = failures.count.checked_sub(self.free)?;
        let wait = Duration::from_secs(2_u64.saturating_pow(doublings)).min(self.longest);
        let left = wait.saturating_sub(now.since(failures.last));
        (!left.is_zero()).then_some(left)
    }

    /// Failures whose last was at this moment or before are forgotten.
    pub(crate) fn forgotten(&self, now: Instant) -> Instant {
        now.minus(self.forget)
    }

    fn remembered(&self, failures: Option<Failures>, now: Instant) -> Option<Failures> {
        failures.filter(|failures| failures.last > self.forgotten(now))
    }
}

/// Whole seconds of a wait, rounded up, as callers are told.
pub(crate) fn seconds(wait: Duration) -> u32 {
    let up = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
    u32::try_from(up).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PATIENCE: Patience =
        Patience { free: 5, longest: Duration::from_secs(900), forget: Duration::from_secs(3600) };

    fn at(seconds: u64) -> Instant {
        Instant::from_micros(1_800_000_000_000_000).plus(Duration::from_secs(seconds))
    }

    #[test]
    fn waits_double_from_the_fifth_failure_up_to_a_quarter_of_an_hour() {
        let table = [(1, None), (4, None), (5, Some(1)), (6, Some(2)), (7, Some(4)), (10, Some(32)), (14, Some(512))];
        for (count, wait) in table {
            let waiting = PATIENCE.wait(Some(Failures { count, last: at(0) }), at(0));
            assert_eq!(waiting, wait.map(Duration::from_secs), "{count}");
        }
        for count in [15, 100, u32::MAX] {
            let waiting = PATIENCE.wait(Some(Failures { count, last: at(0) }), at(0));
            assert_eq!(waiting, Some(Duration::from_secs(900)));
        }
    }

    #[test]
    fn nobody_is_shut_out_for_ever() {
        let worst = Failures { count: u32::MAX, last: at(0) };
        assert_eq!(PATIENCE.wait(Some(worst), at(899)), Some(Duration::from_secs(1)));
        assert_eq!(PATIENCE.wait(Some(worst), at(900)), None);
        let strict = Patience { longest: Duration::from_secs(7200), ..PATIENCE };
        assert_eq!(strict.wait(Some(worst), at(3599)), Some(Duration::from_secs(3601)));
        assert_eq!(strict.wait(Some(worst), at(3600)), None);
    }

    #[test]
    fn part_of_a_second_is_a_second_to_wait() {
        assert_eq!(seconds(Duration::from_millis(1)), 1);
        assert_eq!(seconds(Duration::from_secs(2)), 2);
    }

    proptest! {
        #[test]
        fn a_clock_that_is_set_back_does_not_lengthen_the_wait(count in 0..200u32, back in 0..10_000u64) {
            let failures = Failures { count, last: at(10_000) };
            let waiting = PATIENCE.wait(Some(failures), at(10_000 - back)).unwrap_or_default();
            prop_assert!(waiting <= PATIENCE.longest);
        }

        #[test]
        fn more_failures_never_mean_a_shorter_wait(count in 0..200u32, later in 0..1000u64) {
            let wait = |count| PATIENCE.wait(Some(Failures { count, last: at(0) }), at(later)).unwrap_or_default();
            prop_assert!(wait(count) <= wait(count + 1));
        }
    }
}
