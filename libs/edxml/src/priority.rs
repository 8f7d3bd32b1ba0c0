//! What the number of a priority means. Systems differ, so it is a setting of whoever receives and sends.

use serde::{Deserialize, Serialize};
use wire::Urgency;

/// The degree of urgency (độ khẩn) that each priority 0–4 stands for.
///
/// By default 0–3 ascend, and 4 is read as the highest too: seen in practice, no instrument was found that says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Priorities([Urgency; 5]);

impl Default for Priorities {
    fn default() -> Self {
        Self([Urgency::Normal, Urgency::Urgent, Urgency::VeryUrgent, Urgency::Express, Urgency::Express])
    }
}

impl Priorities {
    /// A map of one's own, from priority 0 up.
    #[must_use]
    pub fn new(degrees: [Urgency; 5]) -> Self {
        Self(degrees)
    }

    /// The degree of a priority; nothing where none or an unknown one is told, so that the clerk looks at the paper.
    #[must_use]
    pub fn urgency(&self, priority: Option<u32>) -> Option<Urgency> {
        self.0.get(usize::try_from(priority?).ok()?).copied()
    }

    /// The lowest priority that stands for a degree; nothing when none does.
    #[must_use]
    pub fn priority(&self, urgency: Urgency) -> Option<u32> {
        let place = self.0.iter().position(|one| *one == urgency)?;
        u32::try_from(place).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn priorities_are_mapped_both_ways() {
        let map = Priorities::default();
        for urgency in [Urgency::Normal, Urgency::Urgent, Urgency::VeryUrgent, Urgency::Express] {
            assert_eq!(map.urgency(map.priority(urgency)), Some(urgency));
        }
        assert_eq!(
            (map.urgency(Some(4)), map.urgency(Some(5)), map.urgency(None)),
            (Some(Urgency::Express), None, None)
        );
        let from_one =
            Priorities::new([Urgency::Normal, Urgency::Normal, Urgency::Urgent, Urgency::VeryUrgent, Urgency::Express]);
        assert_eq!((from_one.priority(Urgency::Normal), from_one.priority(Urgency::Express)), (Some(0), Some(4)));
    }
}
