//! The small numbers beside the menu: what waits for whoever looks. They are asked with the reader's own token and kept
//! until something changes in an office of theirs, or they do something.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use schema_notices::ListNotices;
use schema_programme::{DueCase, ListMyAssignments};
use wire::{Instant, Page};

use crate::{
    asking::{self, Part},
    session::Signed,
    visit::Visit,
};

/// How many are counted; more are "and more".
const COUNTED: u16 = 100;
/// How long the numbers are believed when no hint says otherwise, and when a service did not say its number.
const BELIEVED: (Duration, Duration) = (Duration::from_secs(60), Duration::from_secs(10));
/// Readers whose numbers are kept at once.
const KEPT: usize = 10_000;

/// A number beside a line of the menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Badge {
    pub(crate) text: String,
    /// Whether something of it is overdue.
    pub(crate) late: bool,
}

/// What waits for somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Badges {
    /// Notices that were not read.
    pub(crate) unread: Option<Badge>,
    /// Work that is owed.
    pub(crate) work: Option<Badge>,
}

/// The numbers of those who looked lately, by what their forms bear.
#[derive(Default)]
pub(crate) struct Kept(Mutex<HashMap<String, One>>);

struct One {
    badges: Badges,
    stamp: u64,
    until: Instant,
}

impl Badge {
    fn of<T>(page: &Page<T>, counts: impl Fn(&&T) -> bool, late: bool) -> Option<Self> {
        let count = page.items.iter().filter(counts).count();
        let more = if page.next.is_some() { "+" } else { "" };
        (count > 0).then(|| Self { text: format!("{count}{more}"), late })
    }
}

impl Kept {
    /// Forgets somebody's numbers, because they did something.
    pub(crate) fn forget(&self, who: &Signed) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&who.csrf);
    }

    fn known(&self, who: &Signed, stamp: u64, now: Instant) -> Option<Badges> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(&who.csrf).filter(|one| one.stamp == stamp && now < one.until).map(|one| one.badges.clone())
    }

    fn keep(&self, who: &Signed, one: One, now: Instant) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= KEPT {
            all.retain(|_, one| now < one.until);
        }
        if all.len() < KEPT {
            all.insert(who.csrf.clone(), one);
        }
    }
}

/// What waits for somebody just now.
pub(crate) async fn of(visit: &Visit, who: &Signed) -> Badges {
    let (portal, now) = (&visit.portal, visit.now);
    // The stamp is taken first: what changes while the services are asked is asked for again.
    let stamp = portal.changes.stamp(who.me.posts.iter().map(|post| post.office));
    if let Some(known) = portal.badges.known(who, stamp, now) {
        return known;
    }
    let notices = ListNotices { unread: true, limit: Some(COUNTED), ..ListNotices::default() };
    let own = ListMyAssignments { limit: Some(COUNTED), cursor: None };
    let works = who.may("programme.assignments.work");
    let (notices, own) = futures_util::join!(asking::part(portal, who, visit.words, &notices), async {
        if works { Some(asking::part(portal, who, visit.words, &own).await) } else { None }
    });
    let late = |page: &Page<DueCase>| page.items.iter().any(|case| case.days_left < 0 && case.state.owed());
    let badges = Badges {
        unread: notices.here().and_then(|page| Badge::of(page, |_| true, false)),
        work: own.as_ref().and_then(Part::here).and_then(|page| Badge::of(page, |_| true, late(page))),
    };
    let all_here = notices.here().is_some() && own.as_ref().is_none_or(|own| own.here().is_some());
    let until = now.plus(if all_here { BELIEVED.0 } else { BELIEVED.1 });
    portal.badges.keep(who, One { badges: badges.clone(), stamp, until }, now);
    badges
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::heat::tests::case;
    use wire::Cursor;

    #[test]
    fn nothing_has_no_badge_and_more_than_was_counted_says_so() {
        let page = |count: usize, next: Option<&str>| Page {
            items: (0..count).map(|_| case("A", -1)).collect(),
            next: next.map(|next| Cursor(next.to_owned())),
        };
        let text = |page: Page<DueCase>| Badge::of(&page, |_| true, false).map(|badge| badge.text);
        assert_eq!(text(page(0, None)), None);
        assert_eq!(text(page(3, None)).as_deref(), Some("3"));
        assert_eq!(text(page(100, Some("x"))).as_deref(), Some("100+"));
    }
}
