//! Party organisations and their members: a dated tree, a roll without accounts, and moves that lose nobody.

use schema_identity::*;
use sea_orm::ConnectionTrait as _;
use testbed::Pair;
use wire::{
    Day, Fault, Page,
    id::{OfficeId, PartyMemberId, PartyOrganisationId, PersonId},
};

use crate::world::{Someone, World, code, day};

/// The days on which the story happens, long past.
const FOUNDED: &str = "2025-07-01";
const MOVED: &str = "2026-03-01";

pub(crate) fn act() -> PartyInstrument {
    PartyInstrument { number: " 12-QĐ/ĐU".into(), day: day(FOUNDED), body: "Ban Thường vụ Đảng ủy".into() }
}

pub(crate) fn founding(
    office: OfficeId,
    name: &str,
    kind: PartyOrganisationKind,
    parent: Option<PartyOrganisationId>,
) -> CreatePartyOrganisation {
    let (name, from) = (name.into(), day(FOUNDED));
    CreatePartyOrganisation { office, name, kind, code: None, parent, from, instrument: act() }
}

pub(crate) fn entering(cell: PartyOrganisationId, name: &str, person: Option<PersonId>) -> CreatePartyMember {
    CreatePartyMember {
        organisation: cell,
        full_name: name.into(),
        person,
        admitted: day("2019-05-19"),
        official: Some(day("2020-05-19")),
        from: day(FOUNDED),
        instrument: None,
    }
}

fn moving(id: PartyMemberId, organisation: PartyOrganisationId, from: Day) -> TransferPartyMember {
    TransferPartyMember { id, organisation, kind: PartyMembershipKind::Regular, from, to: None, instrument: act() }
}

/// Who keeps the roll of an office, and its organisations: the top, a base organisation below it and two cells.
pub(crate) struct Commune {
    pub(crate) keeper: Someone,
    pub(crate) office: OfficeId,
    pub(crate) top: PartyOrganisation,
    pub(crate) base: PartyOrganisation,
    pub(crate) cells: [PartyOrganisation; 2],
}

pub(crate) async fn commune(world: &World, admin: &Someone, words: &str, keeper: &str) -> Commune {
    use PartyOrganisationKind::{AboveBase, Base, Cell};
    let office = world.office(words).await;
    let keeper = world.someone(admin, office, keeper, &["party_organiser"]).await;
    let found = |name: &str, kind, parent| founding(office, name, kind, parent);
    let top = world.call(&keeper, &found("Đảng bộ xã", AboveBase, None)).await.unwrap();
    let base = world.call(&keeper, &found("Đảng bộ cơ quan", Base, Some(top.id))).await.unwrap();
    let one = world.call(&keeper, &found("Chi bộ Văn phòng", Cell, Some(base.id))).await.unwrap();
    let two = world.call(&keeper, &found("Chi bộ Ủy ban", Cell, Some(base.id))).await.unwrap();
    Commune { keeper, office, top, base, cells: [one, two] }
}

impl Commune {
    pub(crate) async fn enter(&self, world: &World, cell: usize, name: &str) -> PartyMember {
        world.call(&self.keeper, &entering(self.cells[cell].id, name, None)).await.unwrap()
    }

    async fn roll(&self, world: &World, cell: Option<usize>, as_of: Option<Day>) -> Vec<String> {
        let organisation = cell.map(|cell| self.cells[cell].id);
        let call = ListPartyMembers { organisation, as_of, ..listing(self.office) };
        let page: Page<PartyRollEntry> = world.call(&self.keeper, &call).await.unwrap();
        page.items.into_iter().map(|entry| entry.full_name).collect()
    }
}

pub(crate) fn listing(office: OfficeId) -> ListPartyMembers {
    ListPartyMembers { office, organisation: None, q: None, as_of: None, limit: None, cursor: None }
}

async fn get(world: &World, who: &Someone, id: PartyMemberId) -> Result<PartyMemberRecord, Fault> {
    world.call(who, &GetPartyMember { id }).await
}

async fn moves(pair: Pair) {
    let world = World::start(pair).await;
    let admin = world.administrator("95", Reach::Below).await;
    let here = commune(&world, &admin, "binh minh", "mai an").await;
    let there = commune(&world, &admin, "hung dao", "mai binh").await;
    let (keeper, [one, two]) = (&here.keeper, &here.cells);
    let hoa = here.enter(&world, 0, "Lê Thị Hoa").await;
    here.enter(&world, 0, "Bùi Văn Đức").await;
    assert_eq!(here.roll(&world, Some(0), None).await, ["Bùi Văn Đức", "Lê Thị Hoa"]);
    assert!(here.roll(&world, None, Some(day("2025-06-30"))).await.is_empty());
    // Within the office: the same member, in the one cell until the day and in the other from it on.
    let moved = world.call(keeper, &moving(hoa.id, two.id, day(MOVED))).await.unwrap();
    assert_eq!((moved.id, moved.memberships.len(), moved.version.0), (hoa.id, 2, 2));
    assert_eq!(moved.memberships[0].to, Some(day(MOVED)));
    assert_eq!(moved.memberships[1].instrument.as_ref().unwrap().number, "12-QĐ/ĐU");
    assert_eq!(here.roll(&world, Some(0), Some(day("2026-02-28"))).await, ["Bùi Văn Đức", "Lê Thị Hoa"]);
    assert_eq!(here.roll(&world, Some(1), Some(day(MOVED))).await, ["Lê Thị Hoa"]);
    assert_eq!(here.roll(&world, Some(0), Some(day(MOVED))).await, ["Bùi Văn Đức"]);
    let stale = world.expecting(keeper, 1, &moving(hoa.id, one.id, day("2026-04-01"))).await;
    assert_eq!(code(stale), "wire.stale");
    for (cell, from, refused) in [
        (two.id, "2026-04-01", "party_same_cell"),
        (one.id, "2026-02-01", "party_membership_later"),
        (one.id, "2019-01-01", "party_organisation_missing"),
        (here.base.id, "2026-04-01", "party_not_cell"),
        (there.cells[0].id, "2026-04-01", "party_organisation_missing"),
    ] {
        let result = world.call(keeper, &moving(hoa.id, cell, day(from))).await;
        assert_eq!(code(result), format!("identity.{refused}"), "{from}");
    }
    // To another office: introduced by the one and received by the other, who sees where the member was.
    let (other, cell) = (&there.keeper, &there.cells[0]);
    let receive = moving(hoa.id, cell.id, day("2026-06-01"));
    assert_eq!(code(world.call(other, &receive).await), "identity.party_member_missing");
    let waiting = ListPartyIntroductions { office: there.office, limit: None, cursor: None };
    let introduce = IntroducePartyMember { id: hoa.id, office: there.office, instrument: act() };
    assert!(world.call(other, &waiting).await.unwrap().items.is_empty());
    world.call(keeper, &introduce).await.unwrap();
    let newcomers = world.call(other, &waiting).await.unwrap().items;
    assert_eq!(newcomers.iter().map(|one| one.id).collect::<Vec<_>>(), [hoa.id]);
    assert_eq!(code(get(&world, other, hoa.id).await), "identity.party_member_missing");
    let received = world.call(other, &receive).await.unwrap();
    assert_eq!((received.id, received.memberships.len(), received.introduced), (hoa.id, 3, None));
    assert!(world.call(other, &waiting).await.unwrap().items.is_empty());
    let whole = get(&world, other, hoa.id).await.unwrap();
    let names: Vec<&str> = whole.cells.iter().map(|cell| cell.name.as_str()).collect();
    assert_eq!(names, ["Chi bộ Văn phòng", "Chi bộ Ủy ban", "Chi bộ Văn phòng"]);
    // Who kept the member knows what was here, and changes nothing any more.
    assert_eq!(get(&world, keeper, hoa.id).await.unwrap().member.memberships.len(), 2);
    let back = moving(hoa.id, one.id, day("2026-07-01"));
    assert_eq!(code(world.call(keeper, &back).await), "identity.party_member_missing");
    assert_eq!(here.roll(&world, None, None).await, ["Bùi Văn Đức"]);
    assert_eq!(here.roll(&world, None, Some(day("2026-05-31"))).await, ["Bùi Văn Đức", "Lê Thị Hoa"]);
    assert_eq!(there.roll(&world, None, Some(day("2026-06-01"))).await, ["Lê Thị Hoa"]);
    let tx = world.bench.service("identity").db().begin().await.unwrap();
    let changed = tx.execute_unprepared("UPDATE party_membership SET from_day = '2020-01-01'").await.unwrap_err();
    assert!(changed.to_string().contains("memberships are history"), "{changed}");
    tx.rollback().await.unwrap();
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_moves_between_cells_and_keeps_identity_and_history_on_sqlite() {
    moves(Pair::LocalSqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_moves_between_cells_and_keeps_identity_and_history_on_postgresql() {
    moves(Pair::LocalPostgres).await;
}

async fn merged(pair: Pair) {
    let world = World::start(pair).await;
    let admin = world.administrator("95", Reach::Below).await;
    let here = commune(&world, &admin, "binh minh", "mai an").await;
    let (keeper, [one, two], today) = (&here.keeper, &here.cells, world.now().day());
    let (hoa, duc) = (here.enter(&world, 0, "Lê Thị Hoa").await, here.enter(&world, 1, "Bùi Văn Đức").await);
    let later = today.plus(30).unwrap();
    let end = |id, to| EndPartyOrganisation { id, to, instrument: act() };
    for id in [one.id, here.base.id, here.top.id] {
        assert_eq!(code(world.call(keeper, &end(id, today)).await), "identity.party_in_use");
    }
    let merge = |id, predecessors: &[PartyOrganisationId], day| {
        let predecessors = predecessors.to_vec();
        MergePartyOrganisations { id, predecessors, day, instrument: act() }
    };
    assert_eq!(code(world.call(keeper, &merge(here.base.id, &[one.id], later)).await), "identity.party_not_cell");
    assert_eq!(code(world.call(keeper, &merge(one.id, &[one.id], later)).await), "identity.lineage_bad");
    let heir = world.call(keeper, &merge(two.id, &[one.id], later)).await.unwrap();
    assert_eq!(heir.id, two.id);
    assert_eq!(code(world.call(keeper, &merge(two.id, &[one.id], later)).await), "identity.lineage_named");
    let history = world.call(keeper, &GetPartyOrganisationHistory { id: one.id }).await.unwrap();
    let went = PartySuccessor { organisation: two.id, day: later, share: Share::Whole };
    assert_eq!((history.successors.as_slice(), history.spans[0].to), (&[went][..], Some(later)));
    // On the last day one is there, and on the next in the successor; so is whoever comes meanwhile.
    let new = world.call(keeper, &entering(one.id, "An Thị Cúc", None)).await.unwrap();
    let before = later.plus(-1).unwrap();
    for id in [hoa.id, new.id] {
        let member = get(&world, keeper, id).await.unwrap().member;
        assert_eq!((member.cell(before), member.cell(later)), (Some(one.id), Some(two.id)));
    }
    assert_eq!(here.roll(&world, Some(0), Some(before)).await, ["An Thị Cúc", "Lê Thị Hoa"]);
    assert_eq!(here.roll(&world, Some(1), Some(later)).await, ["An Thị Cúc", "Bùi Văn Đức", "Lê Thị Hoa"]);
    // Whoever dies before the merger does not reach the successor.
    let died = EndPartyMember { id: new.id, to: today, way: PartyLeavingWay::Died, instrument: None };
    world.call(keeper, &died).await.unwrap();
    assert_eq!(here.roll(&world, Some(1), Some(later)).await, ["Bùi Văn Đức", "Lê Thị Hoa"]);
    let split = SplitPartyOrganisation {
        id: two.id,
        successors: vec![one.id, two.id],
        main: one.id,
        day: later,
        instrument: act(),
    };
    assert_eq!(code(world.call(keeper, &split).await), "identity.lineage_bad");
    let three = founding(here.office, "Chi bộ Ba", PartyOrganisationKind::Cell, Some(here.base.id));
    let three = world.call(keeper, &three).await.unwrap();
    let four = founding(here.office, "Chi bộ Bốn", PartyOrganisationKind::Cell, Some(here.base.id));
    let four = world.call(keeper, &four).await.unwrap();
    let day = later.plus(10).unwrap();
    let split = SplitPartyOrganisation { successors: vec![four.id, three.id], main: three.id, day, ..split };
    world.call(keeper, &split).await.unwrap();
    // The main part has them, and a transfer on the same day takes one on to the other part.
    world.call(keeper, &moving(duc.id, four.id, day)).await.unwrap();
    for (id, cell) in [(hoa.id, three.id), (duc.id, four.id)] {
        let member = get(&world, keeper, id).await.unwrap().member;
        assert_eq!((member.cell(day.plus(-1).unwrap()), member.cell(day)), (Some(two.id), Some(cell)));
    }
    let told = world.bench.events("identity").await.unwrap();
    let last = |kind: &str| told.iter().rfind(|event| event.kind == kind).unwrap().body.clone();
    let organisation: PartyOrganisationChanged = serde_json::from_value(last("party_organisation_changed.v1")).unwrap();
    assert_eq!((organisation.organisation.id, organisation.organisation.successors.len()), (two.id, 2));
    let member: PartyMemberChanged = serde_json::from_value(last("party_member_changed.v1")).unwrap();
    assert_eq!((member.member.id, member.member.cell(day)), (duc.id, Some(four.id)));
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_members_of_cells_that_merge_and_split_go_on_without_a_day_between_on_sqlite() {
    merged(Pair::LocalSqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_members_of_cells_that_merge_and_split_go_on_without_a_day_between_on_postgresql() {
    merged(Pair::LocalPostgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tree_is_dated_and_goes_on_above_the_office() {
    use PartyOrganisationKind::{BaseCell, Cell, Central, Section};
    let world = World::local().await;
    let admin = world.administrator("95", Reach::Below).await;
    let here = commune(&world, &admin, "binh minh", "mai an").await;
    let (keeper, one) = (&here.keeper, &here.cells[0]);
    let province = world.someone(&admin, admin.office(), "mai cam", &["party_organiser"]).await;
    let party = founding(admin.office(), "Đảng bộ tỉnh", Central, None);
    let party = world.call(&province, &party).await.unwrap();
    let above = |id, as_of| GetPartyOrganisation { id, as_of };
    let place = world.call(keeper, &above(one.id, None)).await.unwrap();
    let line: Vec<PartyOrganisationId> = place.above.iter().map(|above| above.id).collect();
    assert_eq!(line, [here.base.id, here.top.id, party.id]);
    let early = world.call(keeper, &above(one.id, Some(day("2025-06-30")))).await;
    assert_eq!(code(early), "identity.party_organisation_missing");
    let office = here.office;
    for (call, refused) in [
        (founding(office, "Đảng bộ hai", BaseCell, None), "identity.party_top_taken"),
        (founding(office, "Chi bộ", Cell, Some(here.top.id)), "identity.party_place_bad"),
        (founding(office, "Bộ phận", Section, Some(one.id)), "identity.party_place_bad"),
        (founding(office, "Chi bộ", BaseCell, Some(party.id)), "identity.party_organisation_missing"),
        (founding(admin.office(), "Chi bộ", BaseCell, None), "wire.missing"),
        (founding(office, " ", BaseCell, Some(here.top.id)), "identity.text_length"),
        (
            CreatePartyOrganisation {
                code: Some("38.168".into()),
                ..founding(office, "A", BaseCell, Some(here.top.id))
            },
            "identity.party_code_bad",
        ),
    ] {
        assert_eq!(code(world.call(keeper, &call).await), refused);
    }
    let change = ChangePartyOrganisation {
        id: one.id,
        from: day(MOVED),
        name: Some("Chi bộ Văn phòng Đảng ủy".into()),
        kind: Some(BaseCell),
        code: Some("38.168.053.000.001".into()),
        parent: Some(here.top.id),
        instrument: act(),
    };
    let to_base = ChangePartyOrganisation { kind: Some(PartyOrganisationKind::Base), ..change.clone() };
    assert_eq!(code(world.call(keeper, &to_base).await), "identity.party_kind_fixed");
    let changed = world.expecting(keeper, 1, &change).await.unwrap();
    assert_eq!((changed.kind, changed.parent, changed.version.0), (BaseCell, Some(here.top.id), 2));
    let then = world.call(keeper, &above(one.id, Some(day("2026-02-28")))).await.unwrap();
    assert_eq!((then.organisation.name.as_str(), then.above[0].id), ("Chi bộ Văn phòng", here.base.id));
    let list = |parent, as_of| ListPartyOrganisations {
        office,
        parent: Some(parent),
        q: Some("chi bo".into()),
        as_of: Some(day(as_of)),
        limit: Some(1),
        cursor: None,
    };
    let first = world.call(keeper, &list(here.base.id, "2026-02-28")).await.unwrap();
    assert_eq!(first.items[0].id, here.cells[1].id);
    let next = ListPartyOrganisations { cursor: first.next, ..list(here.base.id, "2026-02-28") };
    assert_eq!(world.call(keeper, &next).await.unwrap().items[0].id, one.id);
    assert_eq!(world.call(keeper, &list(here.top.id, MOVED)).await.unwrap().items, [changed]);
    let ended = EndPartyOrganisation { id: here.cells[1].id, to: day(MOVED), instrument: act() };
    assert_eq!(world.call(keeper, &ended).await.unwrap().to, Some(day(MOVED)));
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_is_a_name_and_two_days_with_or_without_a_person_of_the_office() {
    let world = World::local().await;
    let admin = world.administrator("95", Reach::Below).await;
    let here = commune(&world, &admin, "binh minh", "mai an").await;
    let (keeper, cell) = (&here.keeper, here.cells[0].id);
    let own = keeper.me.person.id;
    let entered = world.call(keeper, &entering(cell, " Mai An ", Some(own))).await.unwrap();
    assert_eq!((entered.full_name.as_str(), entered.person), ("Mai An", Some(own)));
    let twice = entering(here.cells[1].id, "Mai An", Some(own));
    assert_eq!(code(world.call(keeper, &twice).await), "identity.party_member_entered");
    let stranger = entering(cell, "Đỗ Quang Huy", Some(admin.me.person.id));
    assert_eq!(code(world.call(keeper, &stranger).await), "identity.person_missing");
    let early = CreatePartyMember { admitted: day("2025-07-02"), official: None, ..entering(cell, "An", None) };
    assert_eq!(code(world.call(keeper, &early).await), "identity.party_dates_bad");
    // Whoever is no more than a member stands in no list of the people who work here.
    here.enter(&world, 0, "Lê Thị Hoa").await;
    let people = ListPeople { office: here.office, q: Some("hoa".into()), as_of: None, limit: None, cursor: None };
    assert!(world.call(&admin, &people).await.unwrap().items.is_empty());
    let change = ChangePartyMember {
        id: entered.id,
        full_name: Some("Mai Thị An".into()),
        admitted: None,
        official: Some(day("2020-06-01")),
    };
    let changed = world.call(keeper, &change).await.unwrap();
    assert_eq!((changed.official, changed.version.0), (Some(day("2020-06-01")), 2));
    assert_eq!(here.roll(&world, None, None).await, ["Lê Thị Hoa", "Mai Thị An"]);
    let words = ListPartyMembers { q: Some("thi ho".into()), ..listing(here.office) };
    assert_eq!(world.call(keeper, &words).await.unwrap().items.len(), 1);
    let page = ListPartyMembers { limit: Some(1), ..listing(here.office) };
    let next = ListPartyMembers { cursor: world.call(keeper, &page).await.unwrap().next, ..page };
    assert_eq!(world.call(keeper, &next).await.unwrap().items[0].full_name, "Mai Thị An");
    // For some weeks in another cell, beside the own one.
    let lent = TransferPartyMember {
        kind: PartyMembershipKind::Temporary,
        to: Some(day("2026-05-01")),
        ..moving(entered.id, here.cells[1].id, day(MOVED))
    };
    let endless = TransferPartyMember { to: None, ..lent.clone() };
    assert_eq!(code(world.call(keeper, &endless).await), "identity.party_temporary_bad");
    world.call(keeper, &lent).await.unwrap();
    assert_eq!(here.roll(&world, Some(1), Some(day("2026-04-30"))).await, ["Mai Thị An"]);
    assert_eq!(here.roll(&world, Some(0), Some(day("2026-04-30"))).await.len(), 2);
    assert!(here.roll(&world, Some(1), Some(day("2026-05-01"))).await.is_empty());
    let leave =
        EndPartyMember { id: entered.id, to: day("2026-09-01"), way: PartyLeavingWay::LeftRoll, instrument: None };
    world.call(keeper, &leave).await.unwrap();
    assert_eq!(code(world.call(keeper, &leave).await), "identity.already_ended");
    assert_eq!(here.roll(&world, None, None).await, ["Lê Thị Hoa"]);
    // Readers read, and clerks do not even that.
    let secretary = world.someone(&admin, here.office, "tran bi", &["secretary"]).await;
    assert_eq!(world.call(&secretary, &listing(here.office)).await.unwrap().items.len(), 1);
    assert_eq!(code(world.call(&secretary, &leave).await), "wire.denied");
    let clerk = world.someone(&admin, here.office, "tran nam", &["document_clerk"]).await;
    assert_eq!(code(world.call(&clerk, &listing(here.office)).await), "wire.denied");
    world.finish().await;
}
