//! Committees: terms that follow each other, by-elections and dismissals as dated acts, in the order of official lists.

use schema_identity::*;
use testbed::Pair;
use wire::{Day, id::PartyMemberId};

use crate::{
    party::{act, commune},
    world::{World, code, day},
};

fn term(of: &PartyOrganisation, from: &str, to: Option<&str>) -> CreatePartyCommittee {
    let (from, to) = (day(from), to.map(day));
    CreatePartyCommittee {
        organisation: of.id, congress: "Đại hội lần thứ I".into(), from, to, instrument: act()
    }
}

fn sit(committee: &PartyCommittee, member: PartyMemberId, post: PartyPost, from: &str) -> SeatPartyMember {
    let (manner, from) = (PartySeatManner::Elected, day(from));
    SeatPartyMember { id: committee.id, member, post, manner, from, instrument: act() }
}

fn names(record: &PartyCommitteeRecord) -> Vec<&str> {
    record.seats.iter().map(|seat| seat.full_name.as_str()).collect()
}

async fn sits(pair: Pair) {
    use PartyPost::{CommitteeMember, DeputySecretary, Secretary};
    let world = World::start(pair).await;
    let admin = world.administrator("95", Reach::Below).await;
    let here = commune(&world, &admin, "binh minh", "mai an").await;
    let (keeper, base) = (&here.keeper, &here.base);
    let hoa = here.enter(&world, 0, "Lê Thị Hoa").await.id;
    let duc = here.enter(&world, 0, "Bùi Văn Đức").await.id;
    let cuc = here.enter(&world, 1, "An Thị Cúc").await.id;
    let early = world.call(keeper, &term(base, "2025-06-30", None)).await;
    assert_eq!(code(early), "identity.interval_outside");
    let first = world.call(keeper, &term(base, "2025-07-20", Some("2030-07-20"))).await.unwrap();
    let again = world.call(keeper, &term(base, "2025-07-20", None)).await;
    assert_eq!(code(again), "identity.party_term_overlaps");
    let secretary = world.call(keeper, &sit(&first, hoa, Secretary, "2025-07-20")).await.unwrap();
    assert_eq!((secretary.to, secretary.full_name.as_str()), (Some(day("2030-07-20")), "Lê Thị Hoa"));
    for member in [duc, cuc] {
        world.call(keeper, &sit(&first, member, CommitteeMember, "2025-07-20")).await.unwrap();
    }
    for (call, refused) in [
        (sit(&first, duc, Secretary, "2026-01-01"), "party_secretary_taken"),
        (sit(&first, duc, CommitteeMember, "2026-01-01"), "party_seat_held"),
        (sit(&first, duc, DeputySecretary, "2025-07-10"), "interval_outside"),
        (sit(&first, PartyMemberId(uuid::Uuid::nil()), CommitteeMember, "2026-01-01"), "party_member_missing"),
    ] {
        assert_eq!(code(world.call(keeper, &call).await), format!("identity.{refused}"));
    }
    // Elected in the course of the term: the post before it ends on that day.
    let risen =
        SeatPartyMember { manner: PartySeatManner::ByElection, ..sit(&first, duc, DeputySecretary, "2026-03-01") };
    world.call(keeper, &risen).await.unwrap();
    let on = |as_of: Option<Day>| GetPartyCommittee { id: first.id, as_of };
    let before = world.call(keeper, &on(Some(day("2026-02-28")))).await.unwrap();
    assert_eq!(names(&before), ["Lê Thị Hoa", "An Thị Cúc", "Bùi Văn Đức"]);
    let after = world.call(keeper, &on(Some(day("2026-03-01")))).await.unwrap();
    assert_eq!(names(&after), ["Lê Thị Hoa", "Bùi Văn Đức", "An Thị Cúc"]);
    assert_eq!(world.call(keeper, &on(None)).await.unwrap().seats.len(), 4);
    // Dismissed by an act; whoever leaves the roll leaves the committee too.
    let dismissed = EndPartySeat { id: secretary.id, to: day("2026-04-01"), instrument: act() };
    assert_eq!(world.call(keeper, &dismissed).await.unwrap().to, Some(day("2026-04-01")));
    assert_eq!(code(world.call(keeper, &dismissed).await), "identity.already_ended");
    world.call(keeper, &sit(&first, duc, Secretary, "2026-04-01")).await.unwrap();
    let died = EndPartyMember { id: cuc, to: day("2026-05-01"), way: PartyLeavingWay::Died, instrument: Some(act()) };
    world.call(keeper, &died).await.unwrap();
    let after = world.call(keeper, &on(Some(day("2026-05-01")))).await.unwrap();
    assert_eq!(names(&after), ["Bùi Văn Đức"]);
    let gone = sit(&first, cuc, CommitteeMember, "2026-06-01");
    assert_eq!(code(world.call(keeper, &gone).await), "identity.party_not_on_roll");
    // The next term ends this one, and an organisation that ends takes its committee with it.
    let next = world.call(keeper, &term(base, "2026-08-01", None)).await.unwrap();
    let terms = ListPartyCommittees { organisation: base.id, as_of: None, limit: Some(1), cursor: None };
    let page = world.call(keeper, &terms).await.unwrap();
    assert_eq!((page.items[0].id, page.items[0].to), (first.id, Some(day("2026-08-01"))));
    let page = world.call(keeper, &ListPartyCommittees { cursor: page.next, ..terms }).await.unwrap();
    assert_eq!(page.items, std::slice::from_ref(&next));
    assert_eq!(world.call(keeper, &on(Some(day("2026-08-01")))).await.unwrap().seats, []);
    let end = EndPartyCommittee { id: next.id, to: day("2026-09-01"), instrument: act() };
    assert_eq!(code(world.expecting(keeper, 7, &end).await), "wire.stale");
    assert_eq!(world.call(keeper, &end).await.unwrap().to, Some(day("2026-09-01")));
    let told = world.bench.events("identity").await.unwrap();
    let last = told.iter().rfind(|event| event.kind == "party_committee_changed.v1").unwrap();
    let told: PartyCommitteeChanged = serde_json::from_value(last.body.clone()).unwrap();
    assert_eq!((told.committee.id, told.committee.to), (next.id, Some(day("2026-09-01"))));
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn committees_have_terms_and_who_sits_in_them_is_dated_on_sqlite() {
    sits(Pair::LocalSqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn committees_have_terms_and_who_sits_in_them_is_dated_on_postgresql() {
    sits(Pair::LocalPostgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_organisation_takes_its_committee_with_it() {
    let world = World::local().await;
    let admin = world.administrator("95", Reach::Below).await;
    let here = commune(&world, &admin, "binh minh", "mai an").await;
    let (keeper, [one, two]) = (&here.keeper, &here.cells);
    let hoa = here.enter(&world, 0, "Lê Thị Hoa").await.id;
    let committee = world.call(keeper, &term(one, "2025-07-20", None)).await.unwrap();
    world.call(keeper, &sit(&committee, hoa, PartyPost::Secretary, "2025-07-20")).await.unwrap();
    let to = day("2026-06-01");
    let merge = MergePartyOrganisations { id: two.id, predecessors: vec![one.id], day: to, instrument: act() };
    world.call(keeper, &merge).await.unwrap();
    let record = world.call(keeper, &GetPartyCommittee { id: committee.id, as_of: None }).await.unwrap();
    assert_eq!((record.committee.to, record.seats[0].to), (Some(to), Some(to)));
    assert_eq!(record.seats[0].ended_by.as_ref().map(|by| by.number.as_str()), Some("12-QĐ/ĐU"));
    world.finish().await;
}
