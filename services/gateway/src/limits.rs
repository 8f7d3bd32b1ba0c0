//! How often a caller or an address may ask. Who waited may spend a minute's share at once; after that requests are
//! admitted evenly.

use std::{
    hash::Hash,
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
    sync::atomic::{AtomicU32, Ordering},
};

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock as _, clock::DefaultClock};

use crate::{Refusal, client::Client, problem::Problem, settings::LimitSettings};

/// After so many admissions keys that have recovered are forgotten, so that strangers cannot fill our memory.
const SWEEP_AFTER: u32 = 50_000;

/// The limits of one gateway.
pub(crate) struct Limits {
    accounts: PerMinute<String>,
    addresses: PerMinute<IpAddr>,
    pages: PerMinute<IpAddr>,
    sign_ins: PerMinute<IpAddr>,
}

/// At most so many a minute for each key.
struct PerMinute<K: Clone + Hash + Eq> {
    limiter: DefaultKeyedRateLimiter<K>,
    clock: DefaultClock,
    since_sweep: AtomicU32,
}

impl Limits {
    /// Fresh limits; nobody has asked yet.
    pub(crate) fn new(settings: &LimitSettings) -> Self {
        Self {
            accounts: PerMinute::new(settings.account_per_minute),
            addresses: PerMinute::new(settings.address_per_minute),
            pages: PerMinute::new(settings.pages_per_minute),
            sign_ins: PerMinute::new(settings.sign_in_per_minute),
        }
    }

    /// Counts a request to the account that a good token names, otherwise to the address.
    ///
    /// # Errors
    /// Says when to ask again.
    pub(crate) fn admit(&self, client: &Client) -> Result<(), Problem> {
        match client.principal() {
            Some(principal) => self.accounts.admit(&principal),
            None => self.addresses.admit(&neighbourhood(client.network)),
        }
    }

    /// Counts a page to the address it is shown at: who looks is known to the portal only.
    ///
    /// # Errors
    /// Says when to ask again.
    pub(crate) fn admit_page(&self, network: IpAddr) -> Result<(), Problem> {
        self.pages.admit(&neighbourhood(network))
    }

    /// Counts an attempt to sign in, or anything else that strangers may change.
    ///
    /// # Errors
    /// Says when to ask again.
    pub(crate) fn admit_sign_in(&self, network: IpAddr) -> Result<(), Problem> {
        self.sign_ins.admit(&neighbourhood(network))
    }

    /// Forgets whoever has recovered.
    pub(crate) fn sweep(&self) {
        self.accounts.sweep();
        self.addresses.sweep();
        self.pages.sweep();
        self.sign_ins.sweep();
    }
}

impl<K: Clone + Hash + Eq> PerMinute<K> {
    fn new(requests: u32) -> Self {
        let quota = Quota::per_minute(NonZeroU32::new(requests).unwrap_or(NonZeroU32::MIN));
        Self { limiter: RateLimiter::keyed(quota), clock: DefaultClock::default(), since_sweep: AtomicU32::new(0) }
    }

    fn admit(&self, key: &K) -> Result<(), Problem> {
        if self.since_sweep.fetch_add(1, Ordering::Relaxed) >= SWEEP_AFTER {
            self.sweep();
        }
        self.limiter.check_key(key).map_err(|not_until| {
            let wait = not_until.wait_time_from(self.clock.now());
            let seconds = u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).saturating_add(1);
            Problem::from(Refusal::TooOften).retry_after(seconds)
        })
    }

    fn sweep(&self) {
        self.since_sweep.store(0, Ordering::Relaxed);
        self.limiter.retain_recent();
        self.limiter.shrink_to_fit();
    }
}

/// The addresses that count as one: an IPv4 address, or the /64 that one IPv6 subscriber can choose from freely.
pub(crate) fn neighbourhood(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(six) => {
            let [a, b, c, d, ..] = six.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
        four @ IpAddr::V4(_) => four,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_has_a_share_of_its_own_and_is_told_when_to_come_back() {
        let limits = Limits::new(&LimitSettings { sign_in_per_minute: 2, ..LimitSettings::default() });
        let (one, other): (IpAddr, IpAddr) = ("192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap());
        assert!(limits.admit_sign_in(one).is_ok() && limits.admit_sign_in(one).is_ok());
        let problem = limits.admit_sign_in(one).expect_err("the share is used up");
        let response = problem.response(wire::Lang::Vi, None);
        assert_eq!(response.status().as_u16(), 429);
        let wait: u32 = response.headers()["retry-after"].to_str().unwrap().parse().unwrap();
        assert!((1..=31).contains(&wait), "{wait}");
        assert!(limits.admit_sign_in(other).is_ok());
    }

    #[test]
    fn whoever_chooses_addresses_freely_is_one_neighbour() {
        let same = ["2001:db8:1:2::1", "2001:db8:1:2:ffff::9"].map(|text| neighbourhood(text.parse().unwrap()));
        assert_eq!(same[0], same[1]);
        assert_ne!(same[0], neighbourhood("2001:db8:1:3::1".parse().unwrap()));
        assert_eq!(neighbourhood("::ffff:192.0.2.1".parse().unwrap()), "192.0.2.1".parse::<IpAddr>().unwrap());
    }

    #[test]
    fn what_has_recovered_is_forgotten() {
        let limit = PerMinute::new(60_000_000);
        (0..200_u32).for_each(|key| assert!(limit.admit(&key).is_ok()));
        limit.since_sweep.store(SWEEP_AFTER, Ordering::Relaxed);
        // At a million a second each key has recovered by now.
        assert!(limit.admit(&1).is_ok());
        assert!(limit.limiter.len() < 100, "{}", limit.limiter.len());
    }
}
