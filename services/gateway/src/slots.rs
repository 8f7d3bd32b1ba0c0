//! How many things at once a caller may do: uploads and hint streams hold a slot while they last.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use crate::Refusal;

type Taken = Arc<Mutex<HashMap<String, usize>>>;

/// So many at once for each caller.
pub(crate) struct Slots {
    limit: usize,
    taken: Taken,
}

/// One of them, given back when dropped.
pub(crate) struct Slot {
    caller: String,
    taken: Taken,
}

impl Slots {
    /// So many at once.
    pub(crate) fn new(limit: usize) -> Self {
        Self { limit, taken: Taken::default() }
    }

    /// Takes one for a caller.
    ///
    /// # Errors
    /// When the caller holds as many as there may be.
    pub(crate) fn take(&self, caller: String) -> Result<Slot, Refusal> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let held = taken.get(&caller).copied().unwrap_or_default();
        if held >= self.limit {
            return Err(Refusal::TooManyAtOnce { limit: self.limit });
        }
        taken.insert(caller.clone(), held + 1);
        Ok(Slot { caller, taken: Arc::clone(&self.taken) })
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        match taken.get_mut(&self.caller) {
            Some(held) if *held > 1 => *held -= 1,
            _ => drop(taken.remove(&self.caller)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_is_free_again_when_it_is_dropped_and_nobody_is_remembered_then() {
        let slots = Slots::new(2);
        let (first, second) = (slots.take("a".into()).unwrap(), slots.take("a".into()).unwrap());
        assert_eq!(slots.take("a".into()).err(), Some(Refusal::TooManyAtOnce { limit: 2 }));
        assert!(slots.take("b".into()).is_ok(), "callers do not disturb each other");
        drop(first);
        assert!(slots.take("a".into()).is_ok());
        drop(second);
        assert!(slots.taken.lock().unwrap().is_empty());
    }
}
