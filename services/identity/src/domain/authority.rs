//! What a person may do: one grant for each appointment in force, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use schema_identity::Reach;
use wire::{
    Authority, Day, FreshProof, Grant,
    id::{AccountId, AppointmentId, OfficeId, PersonId, PositionId, UnitId},
};

use super::{interval::Interval, roles, withholding::Withheld};

/// An appointment with what its position gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Held {
    /// The appointment.
    pub(crate) appointment: AppointmentId,
    /// The position.
    pub(crate) position: PositionId,
    /// The office of the position.
    pub(crate) office: OfficeId,
    /// The unit of the position.
    pub(crate) unit: UnitId,
    /// The title of the position.
    pub(crate) title: String,
    /// Its roles.
    pub(crate) roles: Vec<String>,
    /// Whether it is the head of the unit.
    pub(crate) head: bool,
    /// How far it looks.
    pub(crate) reach: Reach,
    /// The days of the appointment.
    pub(crate) appointed: Interval,
    /// The days of the position.
    pub(crate) stands: Interval,
}

impl Held {
    /// Whether it gives authority on a day: the appointment and the position are both in force.
    pub(crate) fn in_force(&self, day: Day) -> bool {
        self.appointed.contains(day) && self.stands.contains(day)
    }
}

/// The most direct reports that one grant names.
pub(crate) const MOST_REPORTS: usize = 200;

/// Who has a direct head on a day: a position that names one, or one that names none and so has the head of its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reports {
    /// To this position, which it names.
    To(PositionId),
    /// To the head of this unit, in which it stands.
    ToHeadOf(UnitId),
}

impl Held {
    /// The positions whose direct head this one is, at most [`MOST_REPORTS`] of them.
    fn direct_reports(&self, reports: &[(Reports, PositionId)]) -> Vec<PositionId> {
        let is_mine = |reports: Reports| match reports {
            Reports::To(position) => position == self.position,
            Reports::ToHeadOf(unit) => self.head && unit == self.unit,
        };
        let mine = reports.iter().filter(|(to, position)| is_mine(*to) && *position != self.position);
        mine.map(|(_, position)| *position).take(MOST_REPORTS).collect()
    }
}

impl Held {
    /// The ended offices whose rows its office reaches, and those below when it looks below.
    fn inherited(
        &self,
        below: &BTreeMap<OfficeId, Vec<OfficeId>>,
        inherited: &BTreeMap<OfficeId, Vec<OfficeId>>,
    ) -> Vec<OfficeId> {
        let looks_below = below.get(&self.office).filter(|_| self.reach == Reach::Below);
        let reached = std::iter::once(&self.office).chain(looks_below.into_iter().flatten());
        let inherited: BTreeSet<OfficeId> =
            reached.filter_map(|office| inherited.get(office)).flatten().copied().collect();
        inherited.into_iter().collect()
    }
}

/// The authority of a person on a day, less what is `withheld` from roles. `below` names the offices directly below each office that is looked below from,
/// `inherited` the ended offices whose rows each office reaches, `reports` who reports to what is held.
pub(crate) fn authority(
    (account, person): (AccountId, PersonId),
    held: Vec<Held>,
    withheld: &Withheld,
    below: &BTreeMap<OfficeId, Vec<OfficeId>>,
    inherited: &BTreeMap<OfficeId, Vec<OfficeId>>,
    reports: &[(Reports, PositionId)],
    day: Day,
) -> Authority {
    let grant = |held: Held| Grant {
        direct_reports: held.direct_reports(reports),
        office: held.office,
        offices_below: match held.reach {
            Reach::Own => Vec::new(),
            Reach::Below => below.get(&held.office).cloned().unwrap_or_default(),
        },
        offices_inherited: held.inherited(below, inherited),
        unit: held.unit,
        position: held.position,
        appointment: held.appointment,
        permissions: roles::permissions(&held.roles, withheld),
        head: held.head,
        on_behalf_of: None,
    };
    let grants = held.into_iter().filter(|held| held.in_force(day)).map(grant).collect();
    Authority { account, person, grants, fresh_proof: FreshProof::default() }
}

/// Every office that what a person holds reaches, now or later.
pub(crate) fn offices<'a>(
    held: &'a [Held],
    below: &'a BTreeMap<OfficeId, Vec<OfficeId>>,
) -> impl Iterator<Item = OfficeId> + 'a {
    held.iter().flat_map(|held| {
        let reached = match held.reach {
            Reach::Own => None,
            Reach::Below => below.get(&held.office),
        };
        std::iter::once(held.office).chain(reached.into_iter().flatten().copied())
    })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn day(offset: i64) -> Day {
        Day::new(2026, 1, 1).unwrap().plus(offset).unwrap()
    }

    fn held(number: u128, reach: Reach, from: i64, to: Option<i64>) -> Held {
        let id = Uuid::from_u128(number);
        Held {
            appointment: id.into(),
            position: id.into(),
            office: Uuid::from_u128(1).into(),
            unit: id.into(),
            title: "Quản trị hệ thống".into(),
            roles: vec!["administrator".into()],
            head: false,
            reach,
            appointed: Interval { from: day(from), to: to.map(day) },
            stands: Interval { from: day(0), to: Some(day(50)) },
        }
    }

    fn on(day: Day) -> Authority {
        let nil = Uuid::nil();
        let held = vec![held(2, Reach::Own, 10, Some(20)), held(3, Reach::Below, 15, None)];
        let below = BTreeMap::from([(Uuid::from_u128(1).into(), vec![OfficeId(Uuid::from_u128(9))])]);
        let inherited = BTreeMap::from([
            (Uuid::from_u128(1).into(), vec![OfficeId(Uuid::from_u128(7))]),
            (Uuid::from_u128(9).into(), vec![OfficeId(Uuid::from_u128(7)), OfficeId(Uuid::from_u128(8))]),
        ]);
        authority((nil.into(), nil.into()), held, &Withheld::default(), &below, &inherited, &[], day)
    }

    #[test]
    fn those_who_name_nobody_report_to_the_head_of_their_unit() {
        let head = Held { head: true, unit: Uuid::from_u128(30).into(), ..held(2, Reach::Own, 0, None) };
        let other = Held { head: false, ..head.clone() };
        let position = |number: u128| PositionId(Uuid::from_u128(number));
        let unit = |number: u128| Reports::ToHeadOf(Uuid::from_u128(number).into());
        let reports = [
            (Reports::To(position(2)), position(5)),
            (Reports::To(position(3)), position(6)),
            (unit(30), position(2)),
            (unit(30), position(7)),
            (unit(31), position(8)),
        ];
        assert_eq!(head.direct_reports(&reports), [position(5), position(7)]);
        assert_eq!(other.direct_reports(&reports), [position(5)]);
        let many: Vec<_> = (0..300).map(|number| (Reports::To(position(2)), position(100 + number))).collect();
        assert_eq!(head.direct_reports(&many).len(), MOST_REPORTS);
    }

    #[test]
    fn an_appointment_gives_authority_from_its_first_day_until_before_its_last() {
        let positions = |authority: Authority| -> Vec<u128> {
            authority.grants.iter().map(|grant| grant.position.0.as_u128()).collect()
        };
        let table = [(9, vec![]), (10, vec![2]), (15, vec![2, 3]), (20, vec![3]), (49, vec![3]), (50, vec![])];
        for (offset, expected) in table {
            assert_eq!(positions(on(day(offset))), expected, "day {offset}");
        }
    }

    #[test]
    fn only_a_reach_below_names_further_offices() {
        let grants = on(day(16)).grants;
        assert!(grants[0].offices_below.is_empty());
        assert_eq!(grants[1].offices_below, [OfficeId(Uuid::from_u128(9))]);
        assert_eq!(grants[0].offices_inherited, [OfficeId(Uuid::from_u128(7))]);
        let both = [OfficeId(Uuid::from_u128(7)), OfficeId(Uuid::from_u128(8))];
        assert_eq!(grants[1].offices_inherited, both);
        assert!(grants[1].permissions.contains("identity.people.change"));
    }
}
