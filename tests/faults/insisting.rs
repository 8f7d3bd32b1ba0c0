//! Somebody who repeats every attempt with its key until it is answered, whatever happens to the installation meanwhile.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use reqwest::Method;
use serde_json::Value;
use testbed::process::until;
use tests::{client::Client, staff::PASSWORD};

/// How long a sign-in is attempted: an installation may be away for ten minutes in a drill.
const SIGN_IN_WITHIN: Duration = Duration::from_secs(900);
/// What a client takes for "not now": it repeats the attempt with its key.
const AGAIN: [u16; 7] = [404, 408, 429, 500, 502, 503, 504];
/// How long it waits before that.
const PAUSE: Duration = Duration::from_millis(50);

/// An account at a door, and how its attempts ended.
pub(crate) struct Insisting {
    door: Client,
    username: String,
    /// How many attempts ended with which status; 0 is no answer at all.
    statuses: Mutex<BTreeMap<u16, u64>>,
}

impl Insisting {
    pub(crate) fn new(door: Client, username: String) -> Self {
        Self { door, username, statuses: Mutex::default() }
    }

    pub(crate) async fn sign_in(&self) -> Client {
        let signed =
            until("the sign-in", SIGN_IN_WITHIN, || async { self.door.sign_in(&self.username, PASSWORD).await.ok() });
        signed.await.unwrap()
    }

    /// How the attempts ended so far.
    pub(crate) fn statuses(&self) -> BTreeMap<u16, u64> {
        self.statuses.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Sends until there is a success; signs in again when the token has run out.
    pub(crate) async fn insist(&self, person: &mut Client, path: &str, body: &Value, key: &str) -> Value {
        self.again(person, path, Some((body, key))).await
    }

    /// Reads until the answer is such.
    pub(crate) async fn read_until(&self, person: &mut Client, path: &str, fits: impl Fn(&Value) -> bool) -> Value {
        loop {
            let answer = self.again(person, path, None).await;
            if fits(&answer) {
                return answer;
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    async fn again(&self, person: &mut Client, path: &str, write: Option<(&Value, &str)>) -> Value {
        loop {
            let sent = match write {
                Some((body, key)) => {
                    person.try_send(Method::POST, path, Some(body.clone()), &[("Idempotency-Key", key)]).await
                }
                None => person.try_send(Method::GET, path, None, &[]).await,
            };
            let status = sent.as_ref().map_or(0, |answer| answer.status.as_u16());
            *self.statuses.lock().unwrap_or_else(PoisonError::into_inner).entry(status).or_default() += 1;
            match sent {
                Ok(answer) if answer.status.is_success() => return answer.body,
                Ok(_) if status == 401 => *person = self.sign_in().await,
                Ok(answer) => assert!(AGAIN.contains(&status), "{path}: {status} {}", answer.body),
                Err(_) => {}
            }
            tokio::time::sleep(PAUSE).await;
        }
    }
}
