//! Who keeps the roll of an office keeps that roll and no other: what is another's looks like what there is not. And
//! administrators, who keep accounts, see nothing of it.

use std::collections::BTreeSet;

use schema_identity::*;
use serde_json::Value;
use testbed::Pair;
use uuid::Uuid;
use wire::{
    Call, Need,
    id::{PartyMemberId, PartyOrganisationId},
};

use crate::{
    party::{Commune, act, commune, entering, founding, listing},
    peers::alike,
    world::{Someone, World, day},
};

/// How the permissions begin that are about the Party.
pub(crate) const PARTY: &str = "identity.party.";

/// A commune with one of everything.
struct Roll {
    of: Commune,
    member: PartyMember,
    committee: PartyCommittee,
    seat: PartySeat,
}

async fn roll(world: &World, admin: &Someone, words: &str, keeper: &str) -> Roll {
    let of = commune(world, admin, words, keeper).await;
    let member = of.enter(world, 0, "Lê Thị Hoa").await;
    let (congress, from) = ("Đại hội lần thứ I".to_owned(), day("2025-07-20"));
    let term = CreatePartyCommittee { organisation: of.base.id, congress, from, to: None, instrument: act() };
    let committee = world.call(&of.keeper, &term).await.unwrap();
    let seat = world.call(&of.keeper, &sit(committee.id, member.id)).await.unwrap();
    Roll { of, member, committee, seat }
}

fn sit(id: wire::id::PartyCommitteeId, member: PartyMemberId) -> SeatPartyMember {
    let (post, manner, from) = (PartyPost::Secretary, PartySeatManner::Elected, day("2025-07-20"));
    SeatPartyMember { id, member, post, manner, from, instrument: act() }
}

async fn about_organisations(world: &World, a: &Roll, b: &Roll) -> Vec<&'static str> {
    let (who, none, to) = (&a.of.keeper, Uuid::nil(), day("2026-10-01"));
    let (ours, theirs) = (a.of.cells[0].id, b.of.cells[0].id);
    let list =
        |office, parent| ListPartyOrganisations { office, parent, q: None, as_of: None, limit: None, cursor: None };
    let below =
        |parent: PartyOrganisationId| founding(a.of.office, "Chi bộ mới", PartyOrganisationKind::Cell, Some(parent));
    let at = |office| founding(office, "Đảng bộ mới", PartyOrganisationKind::Base, None);
    let change = |id, parent| ChangePartyOrganisation {
        id,
        from: to,
        name: Some("Khác".into()),
        kind: None,
        code: None,
        parent,
        instrument: act(),
    };
    let merge =
        |id, predecessor| MergePartyOrganisations { id, predecessors: vec![predecessor], day: to, instrument: act() };
    let split = |id, main| SplitPartyOrganisation {
        id,
        successors: vec![a.of.cells[1].id, main],
        main,
        day: to,
        instrument: act(),
    };
    let get = |id| GetPartyOrganisation { id, as_of: None };
    let end = |id| EndPartyOrganisation { id, to, instrument: act() };
    let history = |id| GetPartyOrganisationHistory { id };
    vec![
        alike(world, who, list(b.of.office, None), list(none.into(), None)).await,
        alike(world, who, list(a.of.office, Some(b.of.base.id)), list(a.of.office, Some(none.into()))).await,
        alike(world, who, get(theirs), get(none.into())).await,
        alike(world, who, history(theirs), history(none.into())).await,
        alike(world, who, at(b.of.office), at(none.into())).await,
        alike(world, who, below(b.of.base.id), below(none.into())).await,
        alike(world, who, change(theirs, None), change(none.into(), None)).await,
        alike(world, who, change(ours, Some(b.of.base.id)), change(ours, Some(none.into()))).await,
        alike(world, who, end(theirs), end(none.into())).await,
        alike(world, who, merge(theirs, ours), merge(none.into(), ours)).await,
        alike(world, who, merge(ours, theirs), merge(ours, none.into())).await,
        alike(world, who, split(theirs, ours), split(none.into(), ours)).await,
        alike(world, who, split(ours, theirs), split(ours, none.into())).await,
    ]
}

async fn about_members(world: &World, a: &Roll, b: &Roll) -> Vec<&'static str> {
    let (who, none, from) = (&a.of.keeper, Uuid::nil(), day("2026-10-01"));
    let (office, cell, other) = (a.of.office, a.of.cells[1].id, b.of.cells[0].id);
    let of = |organisation| ListPartyMembers { organisation: Some(organisation), ..listing(office) };
    let enter = |cell| entering(cell, "Người Mới", None);
    let person = |person| entering(cell, "Người Mới", Some(person));
    let change = |id| ChangePartyMember { id, full_name: Some("Khác".into()), admitted: None, official: None };
    let kind = PartyMembershipKind::Regular;
    let moved = |id, organisation| TransferPartyMember { id, organisation, kind, from, to: None, instrument: act() };
    let introduce = |id| IntroducePartyMember { id, office, instrument: act() };
    let end = |id| EndPartyMember { id, to: from, way: PartyLeavingWay::LeftRoll, instrument: None };
    let waiting = |office| ListPartyIntroductions { office, limit: None, cursor: None };
    let (ours, theirs) = (a.member.id, b.member.id);
    vec![
        alike(world, who, listing(b.of.office), listing(none.into())).await,
        alike(world, who, of(other), of(none.into())).await,
        alike(world, who, GetPartyMember { id: theirs }, GetPartyMember { id: none.into() }).await,
        alike(world, who, enter(other), enter(none.into())).await,
        alike(world, who, person(b.of.keeper.me.person.id), person(none.into())).await,
        alike(world, who, change(theirs), change(none.into())).await,
        alike(world, who, moved(theirs, cell), moved(none.into(), cell)).await,
        alike(world, who, moved(ours, other), moved(ours, none.into())).await,
        alike(world, who, introduce(theirs), introduce(none.into())).await,
        alike(world, who, end(theirs), end(none.into())).await,
        alike(world, who, waiting(b.of.office), waiting(none.into())).await,
    ]
}

async fn about_committees(world: &World, a: &Roll, b: &Roll) -> Vec<&'static str> {
    let (who, none, to) = (&a.of.keeper, Uuid::nil(), day("2026-10-01"));
    let list = |organisation| ListPartyCommittees { organisation, as_of: None, limit: None, cursor: None };
    let get = |id| GetPartyCommittee { id, as_of: None };
    let create = |organisation| CreatePartyCommittee {
        organisation,
        congress: "Đại hội".into(),
        from: to,
        to: None,
        instrument: act(),
    };
    let end = |id| EndPartyCommittee { id, to, instrument: act() };
    let unseat = |id| EndPartySeat { id, to, instrument: act() };
    let (ours, theirs) = (a.committee.id, b.committee.id);
    vec![
        alike(world, who, list(b.of.base.id), list(none.into())).await,
        alike(world, who, get(theirs), get(none.into())).await,
        alike(world, who, create(b.of.base.id), create(none.into())).await,
        alike(world, who, end(theirs), end(none.into())).await,
        alike(world, who, sit(theirs, a.member.id), sit(none.into(), a.member.id)).await,
        alike(world, who, sit(ours, b.member.id), sit(ours, none.into())).await,
        alike(world, who, unseat(b.seat.id), unseat(none.into())).await,
    ]
}

/// All that who keeps a roll sees of it.
async fn everything(world: &World, roll: &Roll) -> Value {
    let (who, Commune { office, base, cells, .. }) = (&roll.of.keeper, &roll.of);
    serde_json::json!([
        world.call(who, &listing(*office)).await.unwrap(),
        world.call(who, &GetPartyMember { id: roll.member.id }).await.unwrap(),
        world.call(who, &GetPartyOrganisationHistory { id: base.id }).await.unwrap(),
        world.call(who, &GetPartyOrganisationHistory { id: cells[0].id }).await.unwrap(),
        world.call(who, &GetPartyCommittee { id: roll.committee.id, as_of: None }).await.unwrap(),
    ])
}

async fn denied<C: Call>(world: &World, who: &Someone, call: C) {
    let fault = world.call(who, &call).await.err().expect(C::NAME);
    assert_eq!(fault.code, "wire.denied", "{}", C::NAME);
}

async fn peers(pair: Pair) {
    let world = World::start(pair).await;
    let admin = world.administrator("95", Reach::Below).await;
    let a = roll(&world, &admin, "binh minh", "mai an").await;
    let b = roll(&world, &admin, "hung dao", "mai binh").await;
    let before = [everything(&world, &a).await, everything(&world, &b).await];
    for (one, other) in [(&a, &b), (&b, &a)] {
        let mut asked: BTreeSet<&str> = BTreeSet::new();
        asked.extend(about_organisations(&world, one, other).await);
        asked.extend(about_members(&world, one, other).await);
        asked.extend(about_committees(&world, one, other).await);
        let calls = schema_identity::contract().calls;
        let ruled = calls.iter().filter(|row| matches!(&row.need, Need::Permission(name) if name.starts_with(PARTY)));
        let left: Vec<&str> = ruled.map(|row| row.name.as_str()).filter(|name| !asked.contains(name)).collect();
        assert!(left.is_empty(), "ask these as the keeper of another roll as well: {left:?}");
    }
    let after = [everything(&world, &a).await, everything(&world, &b).await];
    assert_eq!(after, before, "what was refused changed something");
    // Who administers both keeps neither.
    denied(&world, &admin, listing(a.of.office)).await;
    denied(&world, &admin, GetPartyMember { id: a.member.id }).await;
    denied(&world, &admin, GetPartyOrganisation { id: a.of.base.id, as_of: None }).await;
    denied(&world, &admin, GetPartyCommittee { id: a.committee.id, as_of: None }).await;
    denied(&world, &admin, entering(a.of.cells[0].id, "Người Mới", None)).await;
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_keeps_a_roll_sees_and_does_nothing_in_another_on_sqlite() {
    peers(Pair::LocalSqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_keeps_a_roll_sees_and_does_nothing_in_another_on_postgresql() {
    peers(Pair::LocalPostgres).await;
}
