//! Who acted upon a document, in which position, and for whom.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::id::{PersonId, PositionId};

/// Who did something, in which position, and in whose name: a deputy is always named beside the one whose powers were
/// lent to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentActor {
    /// The person who did it.
    pub person: PersonId,
    /// The position by whose powers it was done: the person's own, or the one they stood in for.
    pub position: PositionId,
    /// Who holds that position, when a deputy acted for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<PersonId>,
}

impl DocumentActor {
    /// Everyone in whose name it was done: the person, and whoever they stood in for.
    pub fn parties(&self) -> impl Iterator<Item = PersonId> {
        std::iter::once(self.person).chain(self.on_behalf_of)
    }
}
