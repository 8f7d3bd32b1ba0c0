//! Who may do what, beyond the permission that a call needs; and in which position they act.

use schema_programme::{Assignment, AssignmentActor, Refusal};
use wire::{
    Authority, Grant,
    id::{OfficeId, PersonId, PositionId, UnitId},
};

/// The permission to work on assignments of one's own unit.
pub(crate) const WORK: &str = "programme.assignments.work";
/// The permission to give work, and to return, close, hand over and withdraw what was given in one's position.
pub(crate) const ASSIGN: &str = "programme.assignments.assign";
/// The permission to decide extensions.
pub(crate) const EXTEND: &str = "programme.assignments.extend";

/// The permission to oversee the work of an office, whoever gave it.
pub(crate) const OVERSEE: &str = "programme.assignments.oversee";

/// The caller in the position that gives them a permission over an office.
pub(crate) fn holder(authority: &Authority, office: OfficeId, permission: &str) -> Result<AssignmentActor, Refusal> {
    let mut there = authority.grants.iter().filter(|grant| reaches(grant, office));
    let grant = there.find(|grant| grant.permissions.contains(permission));
    grant.map(|grant| actor(authority, grant)).ok_or(Refusal::NotYours)
}

/// The caller as one who works on the assignment: in the lead unit, as its head, or as the handler in whatever unit
/// they are by now.
pub(crate) fn worker(authority: &Authority, assignment: &Assignment) -> Result<AssignmentActor, Refusal> {
    let in_lead = authority.grants.iter().filter(|grant| leads(grant, assignment));
    let nearest = |grant: &&Grant| (assignment.lead_position == Some(grant.position), is_own(grant), grant.head);
    let in_lead = in_lead.max_by_key(nearest);
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
    let chosen = in_lead
        .filter(|grant| grant.position == position || grant.head)
        .max_by_key(|grant| (grant.position == position, is_own(grant)));
    chosen.map(|grant| actor(authority, grant)).ok_or(Refusal::NotAddressed)
}

/// The caller as one who disposes of work that was given: in the position that gave it, whoever holds that now; as the
/// direct head of that position; or as one who oversees the office's work. In the nearest of these.
pub(crate) fn giver(authority: &Authority, assignment: &Assignment) -> Result<AssignmentActor, Refusal> {
    let there = || authority.grants.iter().filter(|grant| reaches(grant, assignment.office));
    let gives = || there().filter(|grant| grant.permissions.contains(ASSIGN));
    let given_in = assignment.assigned_by.position;
    let nearest = gives()
        .find(|grant| grant.position == given_in)
        .or_else(|| gives().find(|grant| grant.direct_reports.contains(&given_in)))
        .or_else(|| there().find(|grant| grant.permissions.contains(OVERSEE)));
    nearest.map(|grant| actor(authority, grant)).ok_or(Refusal::NotGiver)
}

/// The caller as one who hands work over to a unit: as [`giver`], and within the lead unit also as its head, who answers
/// for it there whoever in the unit does it.
pub(crate) fn passer(authority: &Authority, assignment: &Assignment, to: UnitId) -> Result<AssignmentActor, Refusal> {
    let giver = giver(authority, assignment);
    if to != assignment.lead_unit {
        return giver;
    }
    let heads = |grant: &&Grant| grant.head && leads(grant, assignment) && grant.permissions.contains(ASSIGN);
    giver.or_else(|refusal| {
        let head = authority.grants.iter().find(heads);
        head.map(|grant| actor(authority, grant)).ok_or(refusal)
    })
}

fn reaches(grant: &Grant, office: OfficeId) -> bool {
    grant.offices().any(|reached| reached == office)
}

fn leads(grant: &Grant, assignment: &Assignment) -> bool {
    grant.office == assignment.office
        && grant.unit == assignment.lead_unit
        && (grant.head || grant.permissions.contains(WORK))
}

/// The caller in the position of a grant, and for whom when it is lent.
pub(crate) fn actor(authority: &Authority, grant: &Grant) -> AssignmentActor {
    let on_behalf_of = grant.on_behalf_of.as_ref().and_then(|lent| lent.person);
    AssignmentActor { person: authority.person, position: grant.position, on_behalf_of }
}

/// Whether a grant is the caller's own: what they may do themselves they do not do for another.
fn is_own(grant: &Grant) -> bool {
    grant.on_behalf_of.is_none()
}

/// What makes work the caller's own: they handle it, it is owed and was accepted in a position they hold, it waits for
/// their position or the unit they head, or it was given in their position and waits to be closed.
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
    /// A subordinate's, in so far as that person handles work as one.
    Of(Subordinates),
}

/// Whom the caller is the direct head of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Subordinates {
    /// The positions they are the direct head of: work that was accepted in one of these.
    pub(crate) positions: Vec<PositionId>,
    /// The units they head: work of these of which nobody knows in which position it was accepted.
    pub(crate) headed: Vec<UnitId>,
}

impl ByPerson {
    /// As whose head the caller looks; nothing when the list is their own.
    pub(crate) fn subordinates(&self) -> Option<&Subordinates> {
        match self {
            Self::Own => None,
            Self::Of(subordinates) => Some(subordinates),
        }
    }
}

/// A list by person is for that person and the direct head; for the head it shows no more than what the person handles
/// in a position under them.
pub(crate) fn by_person(authority: &Authority, handler: PersonId) -> Result<ByPerson, Refusal> {
    if handler == authority.person {
        return Ok(ByPerson::Own);
    }
    // Figures about a person are for the direct head alone: they are not lent with the head's powers.
    let own = || authority.grants.iter().filter(|grant| is_own(grant));
    let positions: Vec<_> = own().flat_map(|grant| grant.direct_reports.iter().copied()).collect();
    let headed: Vec<_> = own().filter(|grant| grant.head).map(|grant| grant.unit).collect();
    if positions.is_empty() && headed.is_empty() {
        return Err(Refusal::OwnOrDirectHead);
    }
    Ok(ByPerson::Of(Subordinates { positions, headed }))
}

fn headed(authority: &Authority) -> Vec<UnitId> {
    authority.grants.iter().filter(|grant| grant.head).map(|grant| grant.unit).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use uuid::Uuid;
    use wire::OnBehalfOf;

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
        let of = |positions, headed| Ok(ByPerson::Of(Subordinates { positions, headed }));
        assert_eq!(by_person(&head, clerk.person), of(vec![], vec![sample::UNIT]), "what was accepted in no position");
        let mut direct = sample::authority(sample::head(), sample::OTHER_UNIT, false, &[]);
        direct.grants[0].direct_reports = vec![sample::clerk().position];
        assert_eq!(by_person(&direct, clerk.person), of(vec![sample::clerk().position], vec![]));
    }

    /// Someone in a position of their own, in the other unit.
    fn outsider(permissions: &[&str]) -> Authority {
        let person = PersonId(Uuid::from_u128(61));
        sample::authority(
            AssignmentActor { person, position: POSITION, on_behalf_of: None },
            sample::OTHER_UNIT,
            false,
            permissions,
        )
    }

    #[test]
    fn work_is_disposed_of_by_its_giver_the_givers_head_and_whoever_oversees_the_office() {
        let work = sample::accepted();
        let given_in = work.assigned_by.position;
        let with = |permissions: &[&str], change: fn(&mut Grant, PositionId)| {
            let mut authority = outsider(permissions);
            change(&mut authority.grants[0], given_in);
            authority
        };
        let nothing = |_: &mut Grant, _| ();
        let elsewhere = |grant: &mut Grant, given_in| {
            grant.office = OfficeId(Uuid::from_u128(99));
            grant.position = given_in;
        };
        let table = [
            ("another who may give work", with(&[ASSIGN], nothing), false),
            ("the head of another unit", with(&[ASSIGN], |grant, _| grant.head = true), false),
            ("whoever holds the giver's position now", with(&[ASSIGN], |grant, own| grant.position = own), true),
            ("the direct head of that position", with(&[ASSIGN], |grant, own| grant.direct_reports = vec![own]), true),
            ("a direct head who may not give work", with(&[], |grant, own| grant.direct_reports = vec![own]), false),
            ("whoever oversees the office", with(&[OVERSEE], nothing), true),
            ("the same in another office", with(&[ASSIGN, OVERSEE], elsewhere), false),
        ];
        for (who, authority, allowed) in table {
            let found = giver(&authority, &work);
            assert_eq!(found.is_ok(), allowed, "{who}");
            assert!(allowed || found == Err(Refusal::NotGiver), "{who}");
        }
        let mut moved = outsider(&[ASSIGN]);
        moved.person = work.assigned_by.person;
        assert_eq!(giver(&moved, &work), Err(Refusal::NotGiver), "the giver, who has another position now");
    }

    /// The authority with everything that another holds, lent.
    fn standing_in(mut deputy: Authority, holder: &Authority) -> Authority {
        let lend = |grant: &Grant| {
            let lent = OnBehalfOf {
                delegation: Uuid::from_u128(90).into(),
                person: Some(holder.person),
                own_position: POSITION,
                genres: BTreeSet::new(),
                highest: None,
            };
            Grant { on_behalf_of: Some(lent), ..grant.clone() }
        };
        deputy.grants.extend(holder.grants.iter().map(lend));
        deputy
    }

    #[test]
    fn a_deputy_acts_for_the_holder_where_they_may_not_themselves() {
        let holder = member(sample::UNIT, false, &[WORK]);
        let addressed = Assignment { lead_position: Some(sample::clerk().position), ..sample::assigned() };
        let deputy = standing_in(outsider(&[]), &holder);
        let by = acceptor(&deputy, &addressed).unwrap();
        assert_eq!((by.person, by.on_behalf_of), (deputy.person, Some(holder.person)));
        assert_eq!(by.position, sample::clerk().position);
        // A colleague in the unit works in their own name, and accepts what is addressed to the holder in the holder's.
        let mut colleague = outsider(&[WORK]);
        colleague.grants[0].unit = sample::UNIT;
        let colleague = standing_in(colleague, &holder);
        assert_eq!(worker(&colleague, &sample::accepted()).unwrap().on_behalf_of, None);
        assert_eq!(acceptor(&colleague, &addressed).unwrap().on_behalf_of, Some(holder.person));
        assert!(own(&deputy).positions.contains(&sample::clerk().position), "what waits for the absent is theirs");
        let mut head = sample::authority(sample::head(), sample::UNIT, true, &[]);
        head.grants[0].direct_reports = vec![sample::clerk().position];
        let for_head = standing_in(outsider(&[]), &head);
        let person = sample::clerk().person;
        assert_eq!(by_person(&for_head, person), Err(Refusal::OwnOrDirectHead), "figures about people are not lent");
    }

    #[test]
    fn one_disposes_of_work_in_the_nearest_position() {
        let work = sample::accepted();
        let mut authority = outsider(&[OVERSEE]);
        authority.grants.extend(sample::authority(work.assigned_by, sample::UNIT, false, &[ASSIGN]).grants);
        assert_eq!(giver(&authority, &work).unwrap().position, work.assigned_by.position);
    }

    #[test]
    fn within_the_unit_its_head_passes_work_on_and_not_beyond() {
        let work = sample::accepted();
        let mut head = outsider(&[ASSIGN]);
        head.grants[0].head = true;
        assert_eq!(passer(&head, &work, sample::UNIT), Err(Refusal::NotGiver), "the head of another unit");
        head.grants[0].unit = sample::UNIT;
        assert_eq!(passer(&head, &work, sample::UNIT).unwrap().position, POSITION);
        assert_eq!(passer(&head, &work, sample::OTHER_UNIT), Err(Refusal::NotGiver));
        head.grants[0].head = false;
        assert_eq!(passer(&head, &work, sample::UNIT), Err(Refusal::NotGiver), "a member");
    }
}
