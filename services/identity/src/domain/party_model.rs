//! Random histories of party organisations and members against a plain model that knows every day by itself: which cell
//! a member belongs to, and what stands above it.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use schema_identity::{
    PartyInstrument, PartyLeaving, PartyLeavingWay, PartyMember, PartyMembershipKind, PartyOrganisationHistory,
    PartyOrganisationKind as Kind, PartyOrganisationSpan, PartySuccessor, Refusal, Share,
};
use uuid::Uuid;
use wire::{
    Day, Version,
    id::{OfficeId, PartyMembershipId, PartyOrganisationId},
};

use super::{
    interval::Interval,
    members::{self, Cell},
    organisations::{self, Change, above, fits, is_above, leads, lifetime},
};

/// The days that are looked at, and the one on which everything is written down.
const DAYS: i64 = 40;
const TODAY: i64 = 15;

fn day(offset: i64) -> Day {
    Day::new(2026, 1, 1).unwrap().plus(offset).unwrap()
}

fn id(number: usize) -> PartyOrganisationId {
    Uuid::from_u128(number as u128).into()
}

fn act() -> PartyInstrument {
    PartyInstrument { number: "12-QĐ/ĐU".into(), day: day(0), body: "Ban Thường vụ".into() }
}

/// Something that is done; organisations and members are numbered in the order of their making.
#[derive(Clone, Copy, Debug)]
enum Act {
    Found { kind: Kind, parent: Option<usize>, from: i64 },
    Change { which: usize, kind: Option<Kind>, parent: Option<usize>, from: i64 },
    End { which: usize, to: i64 },
    Merge { which: usize, heir: usize, day: i64 },
    Enter { cell: usize, from: i64 },
    Transfer { member: usize, cell: usize, from: i64 },
    Lend { member: usize, cell: usize, from: i64, to: i64 },
    Leave { member: usize, to: i64 },
}

/// What the rules make of the acts, put together as the handlers do.
#[derive(Clone)]
struct Kept {
    organisations: BTreeMap<PartyOrganisationId, PartyOrganisationHistory>,
    members: Vec<PartyMember>,
    memberships: u128,
}

impl Kept {
    fn check(&self, one: &PartyOrganisationHistory) -> Result<(), Refusal> {
        for parent in one.spans.iter().filter_map(|span| span.parent).collect::<BTreeSet<_>>() {
            fits(one, self.organisations.get(&parent).ok_or(Refusal::PartyOrganisationMissing)?)?;
        }
        let all: Vec<PartyOrganisationHistory> = self.organisations.values().cloned().collect();
        all.iter().try_for_each(|below| fits(below, one))?;
        leads(one, &all)
    }

    fn found(&mut self, kind: Kind, parent: Option<usize>, from: i64) -> Result<(), Refusal> {
        let id = id(self.organisations.len());
        let (from, parent) = (day(from), parent.map(self::id));
        let name = format!("tổ chức {id}");
        let span = PartyOrganisationSpan { from, to: None, name, kind, code: None, parent, instrument: act() };
        let office = OfficeId(Uuid::from_u128(1));
        let (spans, version) = (vec![span], Version::FIRST);
        let one = PartyOrganisationHistory { id, office, spans, ended_by: None, successors: Vec::new(), version };
        self.check(&one)?;
        self.organisations.insert(id, one);
        Ok(())
    }

    fn get(&self, which: usize) -> Result<PartyOrganisationHistory, Refusal> {
        self.organisations.get(&id(which)).cloned().ok_or(Refusal::PartyOrganisationMissing)
    }

    fn end(&mut self, one: PartyOrganisationHistory, to: Day) -> Result<(), Refusal> {
        let ended = organisations::end(one, to, act())?;
        let all: Vec<PartyOrganisationHistory> = self.organisations.values().cloned().collect();
        let needed = ended.successors.iter().any(|step| to < step.day)
            || all.iter().flat_map(|one| &one.successors).any(|step| step.organisation == ended.id && to <= step.day);
        let mut held = self.members.iter().flat_map(|member| &member.memberships);
        let belongs = held.any(|held| held.organisation == ended.id && members::days(held).reaches(to));
        if needed || belongs || is_above(ended.id, &all, to) {
            return Err(Refusal::PartyInUse { to });
        }
        self.organisations.insert(ended.id, ended);
        Ok(())
    }

    fn merge(&mut self, which: usize, heir: usize, on: Day) -> Result<(), Refusal> {
        let (ended, heir) = (self.get(which)?, self.get(heir)?);
        let then = heir.at(on).ok_or(Refusal::PartyOrganisationMissing)?;
        if ended.id == heir.id || !ended.successors.is_empty() || then.kind.is_cell() != ended.spans[0].kind.is_cell() {
            return Err(Refusal::PartyNotCell);
        }
        for place in 0..self.members.len() {
            let cell = Cell { organisation: heir.id, office: heir.office };
            let ids = &mut self.memberships;
            let carried = members::carry(self.members[place].clone(), || next(ids), ended.id, cell, on, &act())?;
            self.members[place] = self.place(carried, heir.clone())?;
        }
        if lifetime(&ended).unwrap().to != Some(on) {
            self.end(ended.clone(), on)?;
        }
        let step = PartySuccessor { organisation: heir.id, day: on, share: Share::Whole };
        let ended = self.organisations.get_mut(&ended.id).unwrap();
        ended.ended_by = Some(act());
        ended.successors.push(step);
        Ok(())
    }

    fn cell(&self, which: usize, from: Day) -> Result<PartyOrganisationHistory, Refusal> {
        let cell = self.get(which)?;
        let kind = cell.at(from).ok_or(Refusal::PartyOrganisationMissing)?.kind;
        if kind.is_cell() { Ok(cell) } else { Err(Refusal::PartyNotCell) }
    }

    fn place(&mut self, mut member: PartyMember, mut cell: PartyOrganisationHistory) -> Result<PartyMember, Refusal> {
        while let Some(end) = lifetime(&cell).unwrap().to {
            let stays = |held: &schema_identity::PartyMembership| {
                held.organisation == cell.id && members::days(held).reaches(end)
            };
            if !member.memberships.iter().any(stays) {
                break;
            }
            let heir = cell.successors.first().ok_or(Refusal::PartyInUse { to: end })?.organisation;
            let to = Cell { organisation: heir, office: cell.office };
            member = members::carry(member, || next(&mut self.memberships), cell.id, to, end, &act())?;
            cell = self.organisations[&heir].clone();
        }
        Ok(member)
    }

    fn transfer(&mut self, member: PartyMember, cell: usize, from: i64) -> Result<PartyMember, Refusal> {
        let cell = self.cell(cell, day(from))?;
        let to = Cell { organisation: cell.id, office: cell.office };
        let id = next(&mut self.memberships);
        let moved = members::transfer(member, id, to, (day(from), day(TODAY)), None)?;
        self.place(moved, cell)
    }

    fn member(&self, which: usize) -> Result<PartyMember, Refusal> {
        self.members.get(which).cloned().ok_or(Refusal::PartyMemberMissing)
    }

    /// Does it, or refuses and leaves a state that is thrown away.
    fn act(&mut self, act: Act) -> Result<(), Refusal> {
        match act {
            Act::Found { kind, parent, from } => self.found(kind, parent, from)?,
            Act::Change { which, kind, parent, from } => {
                let (from, parent, instrument) = (day(from), parent.map(id), self::act());
                let change = Change { from, name: None, kind, code: None, parent, instrument };
                let changed = organisations::change(self.get(which)?, change)?;
                self.check(&changed)?;
                self.organisations.insert(changed.id, changed);
            }
            Act::End { which, to } => self.end(self.get(which)?, day(to))?,
            Act::Merge { which, heir, day: on } => self.merge(which, heir, day(on))?,
            Act::Enter { cell, from } => {
                let member = nobody(self.members.len());
                let member = self.transfer(member, cell, from)?;
                self.members.push(member);
            }
            Act::Transfer { member, cell, from } => {
                let moved = self.transfer(self.member(member)?, cell, from)?;
                self.members[member] = moved;
            }
            Act::Lend { member, cell, from, to } => {
                let there = self.cell(cell, day(from))?;
                let to = Interval { from: day(from), to: Some(day(to)) };
                let id = next(&mut self.memberships);
                let place = Cell { organisation: there.id, office: there.office };
                let lent = members::lend(self.member(member)?, id, place, to, self::act())?;
                self.members[member] = self.place(lent, there)?;
            }
            Act::Leave { member, to } => {
                let leaving = PartyLeaving { way: PartyLeavingWay::TransferredOut, instrument: None };
                self.members[member] = members::leave(self.member(member)?, day(to), leaving)?;
            }
        }
        Ok(())
    }
}

fn next(ids: &mut u128) -> PartyMembershipId {
    *ids += 1;
    PartyMembershipId(Uuid::from_u128(*ids))
}

fn nobody(number: usize) -> PartyMember {
    PartyMember {
        id: Uuid::from_u128(number as u128).into(),
        office: OfficeId(Uuid::from_u128(1)),
        person: None,
        full_name: "Người Thử".into(),
        admitted: day(0),
        official: None,
        introduced: None,
        memberships: Vec::new(),
        version: Version::FIRST,
    }
}

/// The kind and the parent of each organisation that exists on a day.
type Tree = BTreeMap<usize, (Kind, Option<usize>)>;

/// Every day by itself: the kind and the parent of each organisation that exists, and the cell of each member.
#[derive(Clone, Default)]
struct Plain {
    days: Vec<(Tree, Vec<Option<usize>>)>,
    heirs: BTreeMap<usize, (usize, i64)>,
    made: usize,
}

impl Plain {
    fn new() -> Self {
        Self { days: vec![Default::default(); DAYS as usize], ..Self::default() }
    }

    /// Where whoever comes to a cell is on a day.
    fn stands(&self, mut cell: usize, on: i64) -> usize {
        while let Some((heir, _)) = self.heirs.get(&cell).filter(|(_, from)| *from <= on) {
            cell = *heir;
        }
        cell
    }

    fn act(&mut self, act: Act) {
        if let Act::Merge { which, heir, day } = act {
            self.heirs.insert(which, (heir, day));
        }
        let before = self.clone();
        let made = self.made;
        self.made += usize::from(matches!(act, Act::Found { .. }));
        let mut leaves = false;
        for (on, (organisations, cells)) in (0..).zip(&mut self.days) {
            match act {
                Act::Found { kind, parent, from } if from <= on => drop(organisations.insert(made, (kind, parent))),
                Act::Change { which, kind, parent, from } if from <= on => {
                    // What was planned for later is replaced by what holds from that day on.
                    let then = before.days[from as usize].0.get(&which).copied().unwrap();
                    let now = (kind.unwrap_or(then.0), parent.or(then.1));
                    organisations.entry(which).and_modify(|held| *held = now);
                }
                Act::End { which, to } if to <= on => drop(organisations.remove(&which)),
                Act::Merge { which, day, .. } if day <= on => {
                    organisations.remove(&which);
                    for cell in cells.iter_mut().flatten() {
                        *cell = before.stands(*cell, on);
                    }
                }
                Act::Enter { cell, from } => cells.push((from <= on).then(|| before.stands(cell, on))),
                Act::Transfer { member, cell, from } if from <= on => {
                    let begins = before.days[from as usize].1[member].is_none();
                    leaves |= !begins && cells[member].is_none();
                    if !leaves {
                        cells[member] = Some(before.stands(cell, on));
                    }
                }
                Act::Leave { member, to } if to <= on => cells[member] = None,
                _ => {}
            }
        }
    }

    fn above(&self, on: i64, mut which: usize) -> Vec<usize> {
        let organisations = &self.days[on as usize].0;
        let mut line = Vec::new();
        while let Some(parent) = organisations.get(&which).and_then(|(_, parent)| *parent) {
            assert!(line.len() < 10, "an organisation stands below itself");
            line.push(parent);
            which = parent;
        }
        line
    }

    /// What must hold on every day, whatever was done.
    fn holds(&self) {
        for (organisations, cells) in &self.days {
            let above = |parent: &usize| organisations.get(parent).expect("an organisation above").0;
            for (kind, parent) in organisations.values() {
                assert!(organisations::may_stand(*kind, parent.as_ref().map(above)));
            }
            assert!(organisations.values().filter(|(_, parent)| parent.is_none()).count() <= 1);
            assert!(cells.iter().flatten().all(|cell| organisations[cell].0.is_cell()));
        }
    }
}

fn compare(kept: &Kept, plain: &Plain) {
    for on in 0..DAYS {
        let (organisations, cells) = &plain.days[on as usize];
        for (id, one) in &kept.organisations {
            let number = Uuid::from(*id).as_u128() as usize;
            assert_eq!(one.at(day(on)).is_some(), organisations.contains_key(&number), "{number} on {on}");
            let line: Vec<PartyOrganisationId> =
                above(*id, &kept.organisations, day(on)).into_iter().map(|above| above.id).collect();
            assert_eq!(line, plain.above(on, number).into_iter().map(self::id).collect::<Vec<_>>());
        }
        for (member, cell) in kept.members.iter().zip(cells) {
            assert_eq!(member.cell(day(on)), cell.map(id), "member {} on {on}", member.id);
            let then = |kind: PartyMembershipKind| {
                let held = member.memberships.iter().filter(move |held| held.kind == kind);
                held.filter(|held| members::days(held).contains(day(on))).collect::<Vec<_>>()
            };
            let (regular, temporary) = (then(PartyMembershipKind::Regular), then(PartyMembershipKind::Temporary));
            assert!(regular.len() <= 1 && temporary.len() <= regular.len(), "a day is lost or counted twice on {on}");
            for held in temporary {
                assert_ne!(held.organisation, regular[0].organisation);
                assert!(kept.organisations[&held.organisation].at(day(on)).is_some_and(|cell| cell.kind.is_cell()));
            }
        }
    }
}

fn kind() -> impl Strategy<Value = Kind> {
    use Kind::{AboveBase, Base, BaseCell, Cell, Central, Section};
    let some = proptest::sample::select(vec![Central, AboveBase, Base, Section, BaseCell]);
    prop_oneof![some, Just(Cell)]
}

fn anything() -> impl Strategy<Value = Act> {
    let (one, days) = (|| 0..9usize, || 0..DAYS);
    let some = || proptest::option::of(0..9usize);
    prop_oneof![
        2 => (kind(), some(), days()).prop_map(|(kind, parent, from)| Act::Found { kind, parent, from }),
        2 => (one(), proptest::option::of(kind()), some(), days())
            .prop_map(|(which, kind, parent, from)| Act::Change { which, kind, parent, from }),
        1 => (one(), days()).prop_map(|(which, to)| Act::End { which, to }),
        3 => (one(), one(), days()).prop_map(|(which, heir, day)| Act::Merge { which, heir, day }),
        2 => (one(), days()).prop_map(|(cell, from)| Act::Enter { cell, from }),
        4 => (0..4usize, one(), days()).prop_map(|(member, cell, from)| Act::Transfer { member, cell, from }),
        2 => (0..4usize, one(), days(), 1..12i64)
            .prop_map(|(member, cell, from, length)| Act::Lend { member, cell, from, to: from + length }),
        1 => (0..4usize, days()).prop_map(|(member, to)| Act::Leave { member, to }),
    ]
}

/// Does what is accepted in both; gives how much that was.
fn run(acts: impl IntoIterator<Item = Act>) -> usize {
    let mut kept = Kept { organisations: BTreeMap::new(), members: Vec::new(), memberships: 0 };
    let mut plain = Plain::new();
    let mut accepted = 0;
    for act in acts {
        let mut tried = kept.clone();
        if tried.act(act).is_ok() {
            kept = tried;
            plain.act(act);
            plain.holds();
            compare(&kept, &plain);
            accepted += 1;
        }
    }
    accepted
}

/// An office with a base organisation, a section, cells in both, and members.
fn office() -> Vec<Act> {
    use Kind::{AboveBase, Base, Cell, Section};
    let found = |kind, parent| Act::Found { kind, parent, from: 0 };
    let mut acts = vec![found(AboveBase, None), found(Base, Some(0)), found(Base, Some(0)), found(Section, Some(1))];
    acts.extend([1, 1, 2, 3].map(|parent| found(Cell, Some(parent))));
    acts.extend([4, 5, 6].map(|cell| Act::Enter { cell, from: 0 }));
    acts
}

#[test]
fn one_history_is_accepted_whole() {
    let acts = [
        Act::Transfer { member: 0, cell: 5, from: 5 },
        Act::Merge { which: 5, heir: 6, day: 20 },
        Act::Transfer { member: 2, cell: 5, from: 12 },
        Act::Lend { member: 1, cell: 7, from: 8, to: 30 },
        Act::Change { which: 6, kind: None, parent: Some(1), from: 22 },
        Act::End { which: 2, to: 25 },
        Act::Leave { member: 0, to: 33 },
        Act::Transfer { member: 0, cell: 4, from: 36 },
    ];
    let all: Vec<Act> = office().into_iter().chain(acts).collect();
    assert_eq!(run(all.clone()), all.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn random_histories_equal_a_plain_model(acts in proptest::collection::vec(anything(), 1..30)) {
        run(office().into_iter().chain(acts));
    }
}
