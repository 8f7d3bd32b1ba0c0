//! What `/readyz` tells: the parts a process leans on, and the state each of them last reported.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

/// How a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It works.
    Up,
    /// It works and is behind; whoever reads gets older facts. The process stays ready.
    Lagging,
    /// It does not work, with a fixed reason that names no person and no host.
    Down(&'static str),
}

/// The register of parts; cheap to clone, all clones write in the same register.
#[derive(Clone, Debug, Default)]
pub struct Health {
    parts: Arc<Mutex<BTreeMap<String, State>>>,
}

impl Health {
    /// An empty register, which is not ready.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes how a part is now. A process names the parts it waits for, as `Down("starting")`, before it starts them;
    /// otherwise it would be ready while one of them has not yet spoken.
    pub fn set(&self, part: &str, state: State) {
        let mut parts = self.parts.lock().unwrap_or_else(PoisonError::into_inner);
        match parts.get_mut(part) {
            Some(known) => *known = state,
            None => {
                parts.insert(part.to_owned(), state);
            }
        }
    }

    /// Whether the process can do its work, and the parts by name. Ready means: some part has reported, and none is
    /// down.
    #[must_use]
    pub fn ready(&self) -> (bool, Vec<(String, State)>) {
        let parts = self.parts.lock().unwrap_or_else(PoisonError::into_inner);
        let ready = !parts.is_empty() && parts.values().all(|state| !matches!(state, State::Down(_)));
        (ready, parts.iter().map(|(part, state)| (part.clone(), *state)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ready_means_that_parts_have_spoken_and_none_is_down() {
        let health = Health::new();
        let cases = [
            ("bus", State::Down("starting"), false),
            ("bus", State::Up, true),
            ("database", State::Down("disk is full"), false),
            ("database", State::Lagging, true),
        ];
        assert!(!health.ready().0, "an empty register is not ready");
        for (part, state, expected) in cases {
            health.clone().set(part, state);
            assert_eq!(health.ready().0, expected, "{part} {state:?}");
        }
        let parts = health.ready().1;
        assert_eq!(parts, vec![("bus".to_owned(), State::Up), ("database".to_owned(), State::Lagging)]);
    }
}
