//! The stream of an open page: "something in your office changed in X". The page then asks for itself again and shows
//! what is new; without scripts it is reloaded by hand.

use std::{
    collections::{BTreeSet, HashMap},
    convert::Infallible,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{
    body::Body,
    http::{HeaderMap, Response},
    response::{
        IntoResponse as _, Sse,
        sse::{Event, KeepAlive},
    },
};
use futures_util::stream;
use tokio::{
    sync::{
        broadcast::{Receiver, error::RecvError},
        watch,
    },
    time::Instant as Tick,
};
use wire::id::OfficeId;

use crate::{changes::Change, csp, session::Signed, shared::Portal, visit::Visit};

/// How many pages of one session may be open at once: as many as browsers keep connections to one host over HTTP/1.1.
const PAGES: usize = 6;
/// How many streams there may be in all.
const STREAMS: usize = 5_000;
/// A page changes at most this often.
const EACH: Duration = Duration::from_secs(1);
/// How often it is looked whether the session still stands.
const CHECKED_EVERY: Duration = Duration::from_secs(5);
/// A page that was left open for so long changes no more until it is loaded again.
const LONGEST: Duration = Duration::from_secs(30 * 60);
/// How often a quiet stream says that it lives.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// How long a browser waits at first before it connects again; htmx doubles it with each attempt.
const RETRY: Duration = Duration::from_secs(3);

/// How many streams each session holds.
#[derive(Clone, Default)]
pub(crate) struct Streams(Arc<Mutex<HashMap<String, usize>>>);

/// One of them, given back when dropped.
struct Slot {
    session: String,
    streams: Streams,
}

/// One open stream.
struct Listening {
    portal: Portal,
    secret: String,
    offices: BTreeSet<OfficeId>,
    told: Receiver<Change>,
    ended: watch::Receiver<bool>,
    stage: Stage,
    /// When the page was last told something.
    said: Tick,
    checked: Tick,
    until: Tick,
    _slot: Slot,
}

/// How far a stream is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Nothing was said yet.
    New,
    /// It goes on after it was cut, so that something may have been missed.
    Resumed,
    Open,
    Over,
}

/// What comes next.
enum Next {
    /// Something changed in what this service keeps.
    Changed(&'static str),
    /// The page is to listen no more.
    Over,
    /// The portal ends; the page connects again.
    Cut,
}

impl Streams {
    fn take(&self, session: &str) -> Option<Slot> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let held = all.get(session).copied().unwrap_or_default();
        let room = held < PAGES && all.values().sum::<usize>() < STREAMS;
        room.then(|| {
            all.insert(session.to_owned(), held + 1);
            Slot { session: session.to_owned(), streams: self.clone() }
        })
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut all = self.streams.0.lock().unwrap_or_else(PoisonError::into_inner);
        match all.get_mut(&self.session) {
            Some(held) if *held > 1 => *held -= 1,
            _ => drop(all.remove(&self.session)),
        }
    }
}

/// The stream of a page. Whoever is not signed in, or has too many pages open, is told at once that it is over.
pub(crate) async fn open(visit: Visit, headers: HeaderMap) -> Response<Body> {
    // Listening begins before it is asked who looks, so that nothing falls between.
    let told = visit.portal.changes.listen();
    let signed = visit.signed().await.ok().flatten();
    let taken = signed.and_then(|who| Some((visit.portal.streams.take(&who.csrf)?, who)));
    let (Some((slot, who)), Some(secret)) = (taken, visit.secret.clone()) else {
        return answer(stream::iter([Ok(over())]), &visit);
    };
    let now = Tick::now();
    let resumed = headers.contains_key("last-event-id");
    let listening = Listening {
        offices: offices(&who),
        told,
        ended: visit.portal.ended.clone(),
        portal: Portal::clone(&visit.portal),
        secret,
        stage: if resumed { Stage::Resumed } else { Stage::New },
        said: now,
        checked: now,
        until: now + LONGEST,
        _slot: slot,
    };
    answer(stream::unfold(listening, Listening::next), &visit)
}

fn answer<S>(events: S, visit: &Visit) -> Response<Body>
where
    S: stream::Stream<Item = Result<Event, Infallible>> + Send + 'static,
{
    let mut response = Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)).into_response();
    csp::protect(response.headers_mut(), &visit.nonce);
    response
}

fn offices(who: &Signed) -> BTreeSet<OfficeId> {
    who.me.posts.iter().map(|post| post.office).collect()
}

/// Waits until the portal ends.
async fn end(ended: &mut watch::Receiver<bool>) {
    let _ = ended.wait_for(|ended| *ended).await;
}

/// htmx closes the stream at this word and does not come back.
fn over() -> Event {
    Event::default().event("xong").data("")
}

impl Listening {
    async fn next(mut self) -> Option<(Result<Event, Infallible>, Self)> {
        if self.stage == Stage::New {
            self.stage = Stage::Open;
            return Some((Ok(Event::default().event("chao").id("1").retry(RETRY).data("")), self));
        }
        if self.stage == Stage::Over {
            return None;
        }
        match self.wait().await {
            Next::Changed(service) => {
                self.said = Tick::now();
                Some((Ok(Event::default().event("doi").id("1").retry(RETRY).data(service)), self))
            }
            Next::Over => {
                self.stage = Stage::Over;
                Some((Ok(over()), self))
            }
            Next::Cut => None,
        }
    }

    /// Waits until there is something to say; what changes within a second is said once.
    async fn wait(&mut self) -> Next {
        let mut changed = (self.stage == Stage::Resumed).then_some("");
        self.stage = Stage::Open;
        let mut ended = self.ended.clone();
        loop {
            tokio::select! {
                biased;
                () = end(&mut ended) => return Next::Cut,
                () = tokio::time::sleep_until(self.until) => return Next::Over,
                () = tokio::time::sleep_until(self.checked + CHECKED_EVERY) => {
                    if !self.still_signed_in().await {
                        return Next::Over;
                    }
                }
                () = tokio::time::sleep_until(self.said + EACH), if changed.is_some() => {
                    return Next::Changed(changed.unwrap_or_default());
                }
                told = self.told.recv() => match told {
                    Ok(change) if change.office.is_none_or(|office| self.offices.contains(&office)) => {
                        changed = Some(change.service);
                    }
                    Ok(_) => {}
                    Err(RecvError::Lagged(_)) => changed = Some(""),
                    Err(RecvError::Closed) => return Next::Cut,
                },
            }
        }
    }

    /// Whether the session still stands. While identity cannot say, the stream goes on: it tells nothing of content.
    async fn still_signed_in(&mut self) -> bool {
        self.checked = Tick::now();
        match self.portal.sessions.signed(&self.portal, &self.secret).await {
            Ok(Some(who)) => self.offices = offices(&who),
            Ok(None) => return false,
            Err(_) => {}
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_has_so_many_streams_and_gets_them_back() {
        let streams = Streams::default();
        let mut slots: Vec<Slot> = (0..PAGES).filter_map(|_| streams.take("a")).collect();
        assert!(slots.len() == PAGES && streams.take("a").is_none());
        assert!(streams.take("b").is_some(), "sessions do not disturb each other");
        slots.pop();
        assert!(streams.take("a").is_some());
        slots.clear();
        assert!(streams.0.lock().unwrap().is_empty());
    }
}
