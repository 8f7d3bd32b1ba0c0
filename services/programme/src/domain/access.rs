//! Who may do what, beyond the permission that a call needs; and in which position they act.

use schema_programme::{Assignment, AssignmentActor, Refusal};
use wire::{
    Authority, Grant,
    id::{OfficeId, PersonId, PositionId, UnitId},
};

/// The permission to work on assignments of one's own unit.
pub(crate) const WORK: &str = "programme.assignments.work";
/// The permission to give work, and to return, close, hand over and withdraw it.
pub(crate) const ASSIGN: &str = "programme.assignments.assign";
/// The permission to decide extensions.
pub(crate) const EXTEND: &str = "programme.assignments.extend";

/// The caller in the position that gives them a permission over an office.
pub(crate) fn holder(authority: &Authority, office: OfficeId, permission: &str) -> Result<AssignmentActor, Refusal> {
    let grant = authority.grants.iter().find(|grant| {
        (grant.office == office || grant.offices_below.contains(&office)) && grant.permissions.contains(permission)
    });
    grant.map(|grant| actor(authority, grant)).ok_or(Refusal::NotYours)
}

/// The caller as one who works on the assignment: in the lead unit, as its head, or as the handler in whatever unit
/// they are by now.
pub(crate) fn worker(authority: &Authority, assignment: &Assignment) -> Result<AssignmentActor, Refusal> {
    let in_lead = authority.grants.iter().filter(|grant| leads(grant, assignment));
    let in_lead = in_lead.max_by_key(|grant| (assignment.lead_position == Some(grant.position), grant.head));
    if let Some(grant) = in_lead {
        return Ok(actor(authority, grant));
    }
    if assignment.handler == Some(authority.person) {
        return holder(authority, assignment.office, WORK);
    }
    Err(Refusal::NotYours)
}

/// The caller as one who may accept: where the work is addressed to a position, its holder or the head of the unit.
pub(crate) fn acceptor(authority: &Authority, assignment: &Assignment) -> Result<AssignmentActor, Refusal> {
    let Some(position) = assignment.lead_position else { return worker(authority, assignment) };
    let in_lead = authority.grants.iter().filter(|grant| leads(grant, assignment));
    let chosen = in_lead.filter(|grant| grant.position == position || grant.head).max_by_key(|grant| !grant.head);
    chosen.map(|grant| actor(authority, grant)).ok_or(Refusal::NotAddressed)
}

fn leads(grant: &Grant, assignment: &Assignment) -> bool {
    grant.office == assignment.office
        && grant.unit == assignment.lead_unit
        && (grant.head || grant.permissions.contains(WORK))
}

fn actor(authority: &Authority, grant: &Grant) -> AssignmentActor {
    AssignmentActor { person: authority.person, position: grant.position }
}

/// What is the caller's own: what they handle, and what waits for their position or for the unit they head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Own {
    /// The caller.
    pub(crate) person: PersonId,
    /// The positions they hold.
    pub(crate) positions: Vec<PositionId>,
    /// The units they head.
    pub(crate) headed: Vec<UnitId>,
}

/// What is the caller's own.
pub(crate) fn own(authority: &Authority) -> Own {
    Own {
        person: authority.person,
        positions: authority.grants.iter().map(|grant| grant.position).collect(),
        headed: headed(authority),
    }
}

/// Whose list by person the caller may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ByPerson {
    /// Their own.
    Own,
    /// A subordinate's, within the units they head.
    Within(Vec<UnitId>),
}

impl ByPerson {
    /// The units within which the list may look; everywhere when it is one's own.
    pub(crate) fn units(&self) -> Option<&[UnitId]> {
        match self {
            Self::Own => None,
            Self::Within(units) => Some(units),
        }
    }
}

/// A list by person is for that person and the direct head.
pub(crate) fn by_person(authority: &Authority, handler: PersonId) -> Result<ByPerson, Refusal> {
    if handler == authority.person {
        return Ok(ByPerson::Own);
    }
    let units = headed(authority);
    if units.is_empty() { Err(Refusal::OwnOrDirectHead) } else { Ok(ByPerson::Within(units)) }
}

fn headed(authority: &Authority) -> Vec<UnitId> {
    authority.grants.iter().filter(|grant| grant.head).map(|grant| grant.unit).collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::sample;

    const POSITION: PositionId = PositionId(Uuid::from_u128(41));

    fn member(unit: UnitId, head: bool, permissions: &[&str]) -> Authority {
        sample::authority(sample::clerk(), unit, head, permissions)
    }

    #[test]
    fn members_the_head_and_the_handler_work_on_it_and_nobody_else() {
        let work = sample::accepted();
        let allowed = |authority: &Authority| worker(authority, &work).is_ok();
        assert!(allowed(&member(sample::UNIT, false, &[WORK])));
        assert!(allowed(&member(sample::UNIT, true, &[])), "the head");
        assert!(!allowed(&member(sample::UNIT, false, &[])), "a member who may not");
        let stranger = sample::authority(sample::head(), sample::OTHER_UNIT, true, &[WORK]);
        assert_eq!(worker(&stranger, &work), Err(Refusal::NotYours), "the head of another unit");
        assert_eq!(work.handler, Some(sample::clerk().person));
        assert!(allowed(&member(sample::OTHER_UNIT, false, &[WORK])), "the handler, who has moved");
    }

    #[test]
    fn what_is_addressed_to_a_position_is_accepted_by_its_holder_or_the_head() {
        let open = sample::assigned();
        let addressed = Assignment { lead_position: Some(POSITION), ..open.clone() };
        let clerk = member(sample::UNIT, false, &[WORK]);
        assert!(acceptor(&clerk, &open).is_ok());
        assert_eq!(acceptor(&clerk, &addressed), Err(Refusal::NotAddressed));
        assert!(acceptor(&member(sample::UNIT, true, &[]), &addressed).is_ok());
        let holder = AssignmentActor { position: POSITION, ..sample::clerk() };
        let holder = sample::authority(holder, sample::UNIT, false, &[WORK]);
        assert_eq!(acceptor(&holder, &addressed).unwrap().position, POSITION);
    }

    #[test]
    fn one_acts_in_the_position_that_gives_the_permission() {
        let mut authority = member(sample::UNIT, false, &[WORK]);
        authority.grants.extend(sample::authority(sample::head(), sample::OTHER_UNIT, true, &[ASSIGN]).grants);
        let by = holder(&authority, sample::OFFICE, ASSIGN).unwrap();
        assert_eq!((by.person, by.position), (sample::clerk().person, sample::head().position));
        assert_eq!(holder(&authority, sample::OFFICE, EXTEND), Err(Refusal::NotYours));
        assert_eq!(holder(&authority, OfficeId(Uuid::from_u128(99)), ASSIGN), Err(Refusal::NotYours));
    }

    #[test]
    fn a_list_by_person_is_for_that_person_and_the_direct_head() {
        let clerk = member(sample::UNIT, false, &[WORK]);
        assert_eq!(by_person(&clerk, clerk.person), Ok(ByPerson::Own));
        assert_eq!(by_person(&clerk, sample::head().person), Err(Refusal::OwnOrDirectHead));
        let head = sample::authority(sample::head(), sample::UNIT, true, &[]);
        assert_eq!(by_person(&head, clerk.person), Ok(ByPerson::Within(vec![sample::UNIT])));
    }
}
