//! What an operator may set about sign-in: the section `[identity]`.

use std::{path::PathBuf, time::Duration};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::domain::{backoff::Patience, proof::Policy};

/// Settings of identity. Durations are in seconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Memory of one password hash, in KiB (OWASP: 19456).
    pub password_memory_kib: u32,
    /// Passes over that memory (OWASP: 2).
    pub password_passes: u32,
    /// Lanes of one hash (OWASP: 1).
    pub password_lanes: u32,
    /// The file of breached passwords, where there is one: SHA-1 hashes in order, one to a line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breached_passwords: Option<PathBuf>,
    /// Life of an access token; at most 900.
    pub access_token_s: u64,
    /// How long a refresh token may lie unused.
    pub refresh_token_s: u64,
    /// How long a session lasts at most, however often it is refreshed.
    pub session_s: u64,
    /// How long a one-time code works.
    pub enrolment_s: u64,
    /// Of whom the calls that are marked `step_up` ask for a fresh proof of who is there: `enrolled` for everyone who has a
    /// second factor, `everyone` for all, who then prove it with their password while they have none.
    pub step_up: Policy,
    /// How long such a proof counts.
    pub step_up_s: u64,
    /// How long the second step of a sign-in, or the answer of a passkey, is waited for.
    pub challenge_s: u64,
    /// How long a recovery waits for its second administrator.
    pub recovery_s: u64,
    /// Scheme, host and port under which browsers know this installation: passkeys are bound to it exactly. `vanphong`
    /// takes it from the door; as a process of its own identity is told what the gateway is told.
    pub public_origin: String,
    /// Models (AAGUIDs) of authenticators that are taken as passkeys; empty for any. What an authenticator says of its
    /// model is not proven.
    pub passkey_models: Vec<Uuid>,
    /// How many failed sign-ins of one account cost nothing.
    pub free_failures: u32,
    /// How many failed sign-ins from one network cost nothing: a whole office may stand behind one address.
    pub network_free_failures: u32,
    /// The longest wait after failed sign-ins.
    pub longest_wait_s: u64,
    /// After this long without a failure all are forgotten.
    pub forget_failures_s: u64,
}

impl Default for Settings {
    fn default() -> Self {
        const HOUR: u64 = 3600;
        Self {
            password_memory_kib: 19_456,
            password_passes: 2,
            password_lanes: 1,
            breached_passwords: None,
            access_token_s: 5 * 60,
            refresh_token_s: 12 * HOUR,
            session_s: 7 * 24 * HOUR,
            enrolment_s: 72 * HOUR,
            step_up: Policy::Enrolled,
            step_up_s: 5 * 60,
            challenge_s: 5 * 60,
            recovery_s: 72 * HOUR,
            public_origin: "http://localhost:8080".to_owned(),
            passkey_models: Vec::new(),
            free_failures: 5,
            network_free_failures: 50,
            longest_wait_s: 15 * 60,
            forget_failures_s: HOUR,
        }
    }
}

impl Settings {
    /// The life of an access token; nobody believes one that lives longer than a quarter of an hour.
    pub(crate) fn access_life(&self) -> Duration {
        Duration::from_secs(self.access_token_s.min(900))
    }

    /// Whether passkeys of a model are taken.
    pub(crate) fn takes(&self, model: Uuid) -> bool {
        self.passkey_models.is_empty() || self.passkey_models.contains(&model)
    }

    /// How patient we are with failed sign-ins of an account.
    pub(crate) fn patience(&self) -> Patience {
        Patience {
            free: self.free_failures,
            longest: Duration::from_secs(self.longest_wait_s),
            forget: Duration::from_secs(self.forget_failures_s),
        }
    }

    /// How patient we are with failed sign-ins from a network.
    pub(crate) fn network_patience(&self) -> Patience {
        Patience { free: self.network_free_failures, ..self.patience() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_model_is_taken_unless_there_is_a_list() {
        let (listed, other) = (Uuid::from_u128(1), Uuid::nil());
        let taken = |passkey_models: Vec<Uuid>| {
            let settings = Settings { passkey_models, ..Settings::default() };
            [settings.takes(listed), settings.takes(other)]
        };
        assert_eq!(taken(Vec::new()), [true, true]);
        assert_eq!(taken(vec![listed]), [true, false]);
    }

    #[test]
    fn of_whom_a_fresh_proof_is_demanded_is_a_word() {
        let read = |word: &str| {
            let mut settings = serde_json::to_value(Settings::default()).unwrap();
            settings["step_up"] = word.into();
            serde_json::from_value::<Settings>(settings).ok().map(|settings| settings.step_up)
        };
        assert_eq!(read("enrolled"), Some(Policy::Enrolled));
        assert_eq!(read("everyone"), Some(Policy::Everyone));
        assert_eq!(read("nobody"), None);
    }
}
