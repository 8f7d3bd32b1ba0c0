//! The seal book and the hand-over book.

use schema_documents::{
    DraftOutgoing, GetIncoming, HandOverPapers, ListPaperHandovers, ListSealImprints, OutgoingDocument,
    RecordSealImprint, VoidIncoming, VoidOutgoing,
};
use schema_identity::Unit;
use testbed::Pair;
use wire::id::{OutgoingId, RegisterId};

use crate::{
    bodies::body,
    house::{House, refused},
    instructions::{MEMBER, direct, work},
    outgoing::issue,
};

impl House {
    async fn issued_by(&self, code: &str) -> OutgoingDocument {
        let draft = DraftOutgoing { body_code: Some(code.to_owned()), ..self.draft() };
        let OutgoingDocument { id, .. } = self.clerk.call(&draft).await.unwrap();
        self.clerk.call(&issue(id)).await.unwrap()
    }
}

fn over(unit: &Unit, register: RegisterId, numbers: &[i64]) -> HandOverPapers {
    HandOverPapers { register, unit: unit.id, numbers: numbers.to_vec(), confirmed: false, note: None }
}

fn stamp(id: OutgoingId, copies: u32) -> RecordSealImprint {
    RecordSealImprint { id, copies, note: None }
}

#[tokio::test]
async fn each_use_of_a_seal_is_a_line_that_stays_on_both_databases() {
    for pair in [Pair::LocalSqlite, Pair::LocalPostgres] {
        let house = House::open(pair).await;
        let sealless = house.issued_by("ĐU").await;
        assert_eq!(house.refused(&stamp(sealless.id, 3)).await, "documents.no_seal");
        house.clerk.call(&body(&house, "VPĐU", "Con dấu tròn số 02")).await.unwrap();
        let draft = DraftOutgoing { body_code: Some("VPĐU".into()), ..house.draft() };
        let draft = house.clerk.call(&draft).await.unwrap();
        assert_eq!(house.refused(&stamp(draft.id, 3)).await, "documents.not_issued", "a number comes first");
        let letter = house.issued_by("VPĐU").await;
        assert_eq!(house.refused(&stamp(letter.id, 0)).await, "documents.field_out_of_range");
        let first = house.clerk.call(&stamp(letter.id, 12)).await.unwrap();
        assert_eq!((first.seal.as_str(), first.digital, first.by), ("Con dấu tròn số 02", false, house.clerk.id()));
        let again = RecordSealImprint { note: Some("Thêm cho Ban B".into()), ..stamp(letter.id, 1) };
        let second = house.clerk.call(&again).await.unwrap();
        let call = ListSealImprints {
            office: house.office,
            from: Some(house.today()),
            to: None,
            limit: Some(1),
            cursor: None,
        };
        let page = house.clerk.call(&call).await.unwrap();
        assert_eq!(page.items, std::slice::from_ref(&second), "the latest first");
        let rest = house.clerk.call(&ListSealImprints { cursor: page.next, ..call.clone() }).await.unwrap();
        assert_eq!((rest.items, rest.next), (vec![first], None));
        let before = ListSealImprints { from: None, to: Some(house.day(-1)), ..call };
        assert!(house.clerk.call(&before).await.unwrap().items.is_empty());
        let gone = VoidOutgoing { id: letter.id, reason: "Nhầm".into(), masked_reason: None };
        house.clerk.call(&gone).await.unwrap();
        assert_eq!(house.refused(&stamp(letter.id, 1)).await, "documents.already_voided");
        let reader = house.hired(&["documents.outgoing.read"]);
        assert_eq!(refused(&reader, &stamp(letter.id, 1)).await.code, "wire.denied");
        house.close().await;
    }
}

#[tokio::test]
async fn papers_go_to_a_unit_by_their_numbers_all_or_none_on_both_databases() {
    for pair in [Pair::LocalSqlite, Pair::LocalPostgres] {
        let house = House::open(pair).await;
        let (one, two, three) = (house.registered(1).await, house.registered(2).await, house.registered(3).await);
        let (register, desk) = (one.register, house.unit("Ban Dân vận", None));
        assert_eq!(house.refused(&over(&desk, register, &[])).await, "documents.numbers_missing");
        let far = over(&desk, register, &[one.number, 9_999]);
        assert_eq!(house.refused(&far).await, "documents.number_unknown");
        let untouched = house.clerk.call(&GetIncoming { id: one.id }).await.unwrap();
        assert_eq!(untouched.desk, None, "none of them went");
        let gone = VoidIncoming { id: three.id, reason: "Nhầm".into(), masked_reason: None, citizen_letter: false };
        house.clerk.call(&gone).await.unwrap();
        assert_eq!(house.refused(&over(&desk, register, &[three.number])).await, "documents.number_unknown");

        let order = over(&desk, register, &[two.number, one.number, two.number]);
        let handed = house.clerk.call(&HandOverPapers { note: Some("Kèm đĩa".into()), ..order }).await.unwrap().items;
        assert_eq!(handed.iter().map(|line| line.number).collect::<Vec<_>>(), [two.number, one.number]);
        let there = house.clerk.call(&GetIncoming { id: two.id }).await.unwrap();
        assert_eq!(there.desk.unwrap().unit, desk.id);
        assert_eq!(house.refused(&over(&desk, register, &[one.number])).await, "documents.at_that_desk");
        let call = ListPaperHandovers { office: house.office, day: house.today(), limit: None, cursor: None };
        let book = house.clerk.call(&call).await.unwrap().items;
        assert_eq!(book.len(), 2);
        assert!(book.iter().all(|line| line.note.as_deref() == Some("Kèm đĩa")));
        assert!(house.clerk.call(&ListPaperHandovers { day: house.day(-1), ..call }).await.unwrap().items.is_empty());
        house.close().await;
    }
}

/// A paper that goes where nobody instructed it to go is asked about once more.
#[tokio::test]
async fn the_wrong_unit_is_asked_about() {
    let house = House::plain().await;
    let (paper, member, elsewhere) = (house.registered(1).await, house.hired(MEMBER), house.unit("Ban Dân vận", None));
    let given = member.call(&direct(paper.id, work(&house))).await.unwrap();
    let order = over(&elsewhere, paper.register, &[paper.number]);
    assert_eq!(house.refused(&order).await, "documents.wrong_unit");
    house.clerk.call(&HandOverPapers { confirmed: true, ..order.clone() }).await.unwrap();
    let lead = HandOverPapers { unit: given.routing.lead.unwrap(), ..order };
    assert_eq!(house.clerk.call(&lead).await.unwrap().items[0].unit_name, "Văn phòng Đảng ủy");
    house.close().await;
}
