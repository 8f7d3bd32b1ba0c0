//! When a connection last did something: began a request, sent or took a piece of a body. While a request is being
//! answered a connection may be quiet, because every answer has a time-out of its own; a connection that asks nothing,
//! or takes nothing of what it asked for, is cut after a while.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::body::{Body, HttpBody as _};
use futures_util::StreamExt as _;
use tokio::time::Instant as Tick;

/// What is known of one connection. Cloning it is cheap.
#[derive(Clone)]
pub(crate) struct Activity(Arc<Mutex<Known>>);

struct Known {
    /// Whether anything was ever asked.
    asked: bool,
    /// Requests that have no answer yet.
    answering: usize,
    last: Tick,
}

/// A request that has no answer yet.
pub(crate) struct Open(Activity);

impl Activity {
    /// A connection that has just begun.
    pub(crate) fn new() -> Self {
        Self(Arc::new(Mutex::new(Known { asked: false, answering: 0, last: Tick::now() })))
    }

    /// Begins a request, which is being answered until what is returned is dropped.
    pub(crate) fn begin(&self) -> Open {
        self.note(|known| {
            known.asked = true;
            known.answering += 1;
        });
        Open(self.clone())
    }

    /// When the connection is to be cut unless something happens on it: `silent` after its beginning while nothing was
    /// asked, `idle` after the last that was done later. Nothing while a request is being answered.
    pub(crate) fn ends(&self, silent: Duration, idle: Duration) -> Option<Tick> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let patience = if known.asked { idle } else { silent };
        (known.answering == 0).then(|| known.last + patience)
    }

    /// The same body. The pieces of one that is made while it is sent are noted when they are taken; one that is
    /// complete is small enough to be taken at once.
    pub(crate) fn noted(&self, body: Body) -> Body {
        if body.size_hint().exact().is_some() {
            return body;
        }
        let activity = self.clone();
        Body::from_stream(body.into_data_stream().inspect(move |_| activity.note(|_| ())))
    }

    fn note(&self, change: impl FnOnce(&mut Known)) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut known);
        known.last = Tick::now();
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.note(|known| known.answering = known.answering.saturating_sub(1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SILENT: Duration = Duration::from_secs(30);
    const IDLE: Duration = Duration::from_secs(300);

    #[tokio::test(start_paused = true)]
    async fn a_connection_ends_when_it_has_done_nothing_for_too_long() {
        let activity = Activity::new();
        let begun = Tick::now();
        assert_eq!(activity.ends(SILENT, IDLE), Some(begun + SILENT), "nothing was asked");
        let open = activity.begin();
        assert_eq!(activity.ends(SILENT, IDLE), None, "a request is being answered");
        tokio::time::advance(IDLE * 2).await;
        drop(open);
        let answered = Tick::now();
        assert_eq!(activity.ends(SILENT, IDLE), Some(answered + IDLE));
        let pieces = futures_util::stream::iter([Ok::<_, std::io::Error>("a"), Ok("b")]);
        let mut body = activity.noted(Body::from_stream(pieces)).into_data_stream();
        for _ in 0..2 {
            tokio::time::advance(SILENT).await;
            assert!(body.next().await.is_some());
            assert_eq!(activity.ends(SILENT, IDLE), Some(Tick::now() + IDLE), "a piece was taken");
        }
        assert_eq!(activity.noted(Body::from("whole")).size_hint().exact(), Some(5), "its length is still known");
    }
}
