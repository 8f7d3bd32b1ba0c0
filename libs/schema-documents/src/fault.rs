//! How a refusal becomes a fault.

use wire::{Fault, Refusal as _};

use crate::Refusal;

impl Refusal {
    /// The fault of this refusal, naming the field at fault.
    #[must_use]
    pub fn at(&self, field: &str) -> Fault {
        self.fault().at(field)
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        refusal.fault()
    }
}
