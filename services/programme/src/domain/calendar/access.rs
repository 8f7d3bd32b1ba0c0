//! Who may do what with the calendar, beyond the permission that a call needs; and who sees what.

use schema_programme::{AssignmentActor, CalendarEntry, Refusal};
use wire::{
    Authority, Grant,
    id::{OfficeId, UnitId},
};

use crate::domain::access::{actor, holder};

/// The permission to propose entries for one's unit.
pub(crate) const PROPOSE: &str = "programme.calendar.propose";
/// The permission to approve the calendar of an office.
pub(crate) const APPROVE: &str = "programme.calendar.approve";

/// What of an office's calendar somebody sees before it is announced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Eyes {
    /// Everything: who approves has to.
    All,
    /// What these units propose, being theirs.
    Units(Vec<UnitId>),
}

impl Eyes {
    /// Whether they see an entry.
    pub(crate) fn see(&self, entry: &CalendarEntry) -> bool {
        match self {
            Self::All => true,
            Self::Units(units) => entry.announced || units.contains(&entry.unit),
        }
    }
}

/// What the caller sees of an office's calendar.
pub(crate) fn eyes(authority: &Authority, office: OfficeId) -> Eyes {
    if holder(authority, office, APPROVE).is_ok() {
        return Eyes::All;
    }
    let there = authority.grants.iter().filter(|grant| grant.office == office);
    Eyes::Units(there.map(|grant| grant.unit).collect())
}

/// The caller as one who approves the calendar of an office.
pub(crate) fn approver(authority: &Authority, office: OfficeId) -> Result<AssignmentActor, Refusal> {
    holder(authority, office, APPROVE).map_err(|_| Refusal::NotApprover)
}

/// The caller as one who proposes, and the unit for which.
pub(crate) fn proposer(
    authority: &Authority,
    office: OfficeId,
    unit: Option<UnitId>,
) -> Result<(AssignmentActor, UnitId), Refusal> {
    let mut may = authority.grants.iter().filter(|grant| proposes(grant, office));
    let grant = may.find(|grant| unit.is_none_or(|unit| grant.unit == unit)).ok_or(Refusal::NotMember)?;
    Ok((actor(authority, grant), grant.unit))
}

/// The caller as one who changes or cancels an entry: before it was announced whoever proposed it, whoever holds that
/// position now and the head of the unit; those who approve at any time.
pub(crate) fn owner(authority: &Authority, entry: &CalendarEntry) -> Result<AssignmentActor, Refusal> {
    if entry.announced {
        return approver(authority, entry.office);
    }
    let by = entry.proposed_by;
    let proposing = || authority.grants.iter().filter(|grant| proposes(grant, entry.office));
    let own = proposing()
        .find(|grant| grant.position == by.position || (grant.head && grant.unit == entry.unit))
        .or_else(|| proposing().find(|_| authority.person == by.person));
    match own {
        Some(grant) => Ok(actor(authority, grant)),
        None => holder(authority, entry.office, APPROVE).map_err(|_| Refusal::NotEntryOwner),
    }
}

fn proposes(grant: &Grant, office: OfficeId) -> bool {
    grant.office == office && grant.permissions.contains(PROPOSE)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;
    use wire::id::{PersonId, PositionId};

    use super::*;
    use crate::domain::{calendar::sample::entry, sample};

    fn other(unit: UnitId, head: bool, permissions: &[&str]) -> Authority {
        let (person, position) = (PersonId(Uuid::from_u128(71)), PositionId(Uuid::from_u128(72)));
        sample::authority(AssignmentActor { person, position, on_behalf_of: None }, unit, head, permissions)
    }

    #[test]
    fn an_entry_is_its_units_until_it_is_announced_and_the_offices_then() {
        let proposed = entry(1);
        let announced = CalendarEntry { announced: true, ..entry(1) };
        let mut moved = other(sample::OTHER_UNIT, false, &[PROPOSE]);
        moved.person = sample::clerk().person;
        let mut successor = other(sample::OTHER_UNIT, false, &[PROPOSE]);
        successor.grants[0].position = sample::clerk().position;
        let table = [
            ("who proposed it", sample::authority(sample::clerk(), sample::UNIT, false, &[PROPOSE]), true, false),
            ("the same in another position", moved, true, false),
            ("who holds that position now", successor, true, false),
            ("the head of the unit", other(sample::UNIT, true, &[PROPOSE]), true, false),
            ("a head who may not propose", other(sample::UNIT, true, &[]), false, false),
            ("a colleague", other(sample::UNIT, false, &[PROPOSE]), false, false),
            ("the head of another unit", other(sample::OTHER_UNIT, true, &[PROPOSE]), false, false),
            ("who approves", other(sample::OTHER_UNIT, false, &[APPROVE]), true, true),
        ];
        for (who, authority, before, after) in table {
            assert_eq!(owner(&authority, &proposed).is_ok(), before, "{who}");
            assert_eq!(owner(&authority, &announced).is_ok(), after, "{who}, announced");
            assert!(before || owner(&authority, &proposed) == Err(Refusal::NotEntryOwner), "{who}");
            assert!(after || owner(&authority, &announced) == Err(Refusal::NotApprover), "{who}");
        }
    }

    #[test]
    fn proposals_are_seen_by_the_unit_and_by_who_approves() {
        let (proposed, announced) = (entry(1), CalendarEntry { announced: true, ..entry(1) });
        let sees = |authority: &Authority, entry| eyes(authority, sample::OFFICE).see(entry);
        let (colleague, neighbour) = (other(sample::UNIT, false, &[]), other(sample::OTHER_UNIT, true, &[PROPOSE]));
        assert!(sees(&colleague, &proposed) && !sees(&neighbour, &proposed));
        assert!(sees(&colleague, &announced) && sees(&neighbour, &announced));
        let mut chief = other(sample::OTHER_UNIT, false, &[APPROVE]);
        assert!(sees(&chief, &proposed));
        chief.grants[0].office = OfficeId(Uuid::from_u128(99));
        chief.grants[0].unit = sample::UNIT;
        assert!(!sees(&chief, &proposed), "who approves elsewhere");
    }

    #[test]
    fn one_proposes_for_a_unit_in_which_one_may() {
        let authority = other(sample::UNIT, false, &[PROPOSE]);
        let unit = |named| proposer(&authority, sample::OFFICE, named).map(|(_, unit)| unit);
        assert_eq!((unit(None), unit(Some(sample::UNIT))), (Ok(sample::UNIT), Ok(sample::UNIT)));
        assert_eq!(unit(Some(sample::OTHER_UNIT)), Err(Refusal::NotMember));
        assert_eq!(proposer(&authority, OfficeId(Uuid::from_u128(99)), None), Err(Refusal::NotMember));
    }
}
