//! How much an account has uploaded that nothing has taken yet. An upload is charged while it streams; its file stays
//! charged until a service has claimed it, or its ticket has expired. Like the other limits this is kept in memory, and
//! begins afresh with the process.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use auth::TICKET_LIFE;
use wire::Instant;

use crate::{Refusal, problem::Problem};

/// How many files of one account may wait, however small.
const MOST_WAITING: usize = 10_000;

/// What is charged to whom.
type Charged = Arc<Mutex<HashMap<String, Account>>>;

/// The bytes each account may have in staging.
pub(crate) struct Budget {
    limit: u64,
    charged: Charged,
}

/// What is charged to one account.
#[derive(Default)]
struct Account {
    /// Bytes of uploads under way.
    arriving: u64,
    /// Finished uploads by hash: the same content lies there once.
    waiting: HashMap<String, Waiting>,
    /// What these come to.
    waiting_bytes: u64,
}

struct Waiting {
    size: u64,
    until: Instant,
}

/// The charge of one upload under way, given back when it is dropped.
pub(crate) struct Charge {
    account: String,
    size: u64,
    limit: u64,
    charged: Charged,
}

impl Budget {
    /// So many bytes for each account.
    pub(crate) fn new(limit: u64) -> Self {
        Self { limit, charged: Charged::default() }
    }

    /// Begins an upload.
    pub(crate) fn begin(&self, account: String) -> Charge {
        Charge { account, size: 0, limit: self.limit, charged: Arc::clone(&self.charged) }
    }

    /// Forgets files whose tickets have expired, and accounts without any.
    pub(crate) fn sweep(&self, now: Instant) {
        lock(&self.charged).retain(|_, account| {
            account.keep(|_, waiting| waiting.until > now);
            account.arriving > 0 || !account.waiting.is_empty()
        });
    }
}

impl Charge {
    /// Whether so many bytes more would be within the account's share.
    pub(crate) fn fits(&self, more: u64, now: Instant) -> bool {
        let mut charged = lock(&self.charged);
        let Some(account) = charged.get_mut(&self.account) else { return more <= self.limit };
        if !account.fits(more, self.limit) {
            account.keep(|_, waiting| waiting.until > now);
        }
        account.fits(more, self.limit)
    }

    /// Charges so many bytes more.
    pub(crate) fn grow(&mut self, more: u64) {
        lock(&self.charged).entry(self.account.clone()).or_default().arriving += more;
        self.size += more;
    }

    /// The files that wait to be taken, by hash.
    pub(crate) fn waiting(&self) -> Vec<String> {
        lock(&self.charged)
            .get(&self.account)
            .map(|account| account.waiting.keys().cloned().collect())
            .unwrap_or_default()
    }

    /// These files need no room of their own any more.
    pub(crate) fn settle(&self, hashes: Vec<String>) {
        let settled: HashSet<String> = hashes.into_iter().collect();
        if let Some(account) = lock(&self.charged).get_mut(&self.account) {
            account.keep(|hash, _| !settled.contains(hash));
        }
    }

    /// The upload has become the file of this hash, which waits from now on.
    pub(crate) fn finish(self, hash: &str, now: Instant) {
        let waiting = Waiting { size: self.size, until: now.plus(TICKET_LIFE) };
        let mut charged = lock(&self.charged);
        let account = charged.entry(self.account.clone()).or_default();
        let before = account.waiting.insert(hash.to_owned(), waiting).map_or(0, |same| same.size);
        account.waiting_bytes = account.waiting_bytes.saturating_sub(before).saturating_add(self.size);
        drop(charged);
    }

    /// Says that the share is used up, and when the first file's ticket expires.
    pub(crate) fn refused(&self, now: Instant) -> Problem {
        let charged = lock(&self.charged);
        let first = charged.get(&self.account).and_then(|account| account.waiting.values().map(|one| one.until).min());
        // With nothing waiting the uploads under way fill the share, and end sooner.
        let wait = first.map_or(5, |until| until.since(now).as_secs().saturating_add(1));
        let problem = Problem::from(Refusal::StagedTooMuch { limit: self.limit });
        problem.retry_after(u32::try_from(wait).unwrap_or(u32::MAX))
    }
}

impl Account {
    fn fits(&self, more: u64, limit: u64) -> bool {
        let sum = self.arriving.saturating_add(self.waiting_bytes).saturating_add(more);
        sum <= limit && self.waiting.len() < MOST_WAITING
    }

    fn keep(&mut self, stays: impl Fn(&str, &Waiting) -> bool) {
        self.waiting.retain(|hash, waiting| stays(hash, waiting));
        self.waiting_bytes = self.waiting.values().map(|waiting| waiting.size).sum();
    }
}

impl Drop for Charge {
    fn drop(&mut self) {
        let mut charged = lock(&self.charged);
        let Some(account) = charged.get_mut(&self.account) else { return };
        account.arriving = account.arriving.saturating_sub(self.size);
        if account.arriving == 0 && account.waiting.is_empty() {
            charged.remove(&self.account);
        }
    }
}

fn lock(charged: &Charged) -> MutexGuard<'_, HashMap<String, Account>> {
    charged.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        text.parse().unwrap()
    }

    #[test]
    fn a_file_is_charged_while_it_arrives_and_until_it_is_taken_or_its_ticket_expires() {
        let budget = Budget::new(100);
        let now = at("2026-11-20T01:00:00Z");
        let mut first = budget.begin("a".into());
        first.grow(60);
        let mut second = budget.begin("a".into());
        assert!(second.fits(40, now) && !second.fits(41, now), "what is under way counts");
        assert!(budget.begin("b".into()).fits(100, now), "accounts do not disturb each other");
        first.finish("one", now);
        second.grow(40);
        assert!(!budget.begin("a".into()).fits(1, now));
        let response = second.refused(now).response(wire::Lang::En, None);
        assert_eq!(response.status().as_u16(), 429);
        assert_eq!(response.headers()["retry-after"], (TICKET_LIFE.as_secs() + 1).to_string());
        drop(second);
        let third = budget.begin("a".into());
        assert!(third.fits(40, now), "an upload that broke off is free again");
        assert_eq!(third.waiting(), ["one"]);
        assert!(third.fits(100, now.plus(TICKET_LIFE)), "its ticket has expired");
        drop(third);
        assert!(lock(&budget.charged).is_empty(), "nobody is remembered then");
    }

    #[test]
    fn the_same_content_is_charged_once_and_what_was_taken_not_at_all() {
        let budget = Budget::new(100);
        let now = at("2026-11-20T01:00:00Z");
        for _ in 0..2 {
            let mut charge = budget.begin("a".into());
            charge.grow(50);
            charge.finish("one", now);
        }
        let charge = budget.begin("a".into());
        assert!(charge.fits(50, now) && !charge.fits(51, now));
        charge.settle(vec!["one".to_owned()]);
        assert!(charge.fits(100, now));
        assert!(!charge.fits(101, now), "a file larger than the share never fits");
    }

    #[test]
    fn files_are_counted_too_however_small() {
        let budget = Budget::new(u64::MAX);
        let now = at("2026-11-20T01:00:00Z");
        for number in 0..MOST_WAITING {
            budget.begin("a".into()).finish(&number.to_string(), now);
        }
        assert!(!budget.begin("a".into()).fits(1, now));
    }

    #[test]
    fn what_has_expired_is_forgotten() {
        let budget = Budget::new(100);
        let now = at("2026-11-20T01:00:00Z");
        let mut charge = budget.begin("a".into());
        charge.grow(1);
        charge.finish("one", now);
        budget.sweep(now);
        assert_eq!(lock(&budget.charged).len(), 1);
        budget.sweep(now.plus(TICKET_LIFE));
        assert!(lock(&budget.charged).is_empty());
    }
}
