//! Sending to other offices: everybody has it at once, and the sender sees where it is.

use schema_documents::{
    AttachIssuedOutgoingFile, CirculationMark, Delivery, DeliveryState as State, Dispatch, DispatchOutgoing,
    DownloadArrival, DraftRelated, GetArrival, GetIncoming, GiveBackIncoming, LimitCirculation, ListArrivals,
    ListCirculations, ListDeliveries, ListDispatches, ListPostings, OpenArrival, OutgoingDocument, PostingWay,
    RecallDispatch, ReceiveArrival, RecordPosting, RelationKind, ReturnArrival, Tier,
};
use sea_orm::prelude::Uuid;
use testbed::{Pair, Person, pdf::page};
use wire::id::{OfficeId, OutgoingId};

use crate::{
    house::{BELOW, CLERK, House, refused},
    outgoing::issue,
};

/// An issued document with the scan of its signed paper.
async fn issued(house: &House) -> OutgoingDocument {
    let id = house.drafted().await.id;
    house.clerk.call(&issue(id)).await.unwrap();
    let content = page(&format!("Ban ky {id}"));
    let ticket = house.upload_bytes(&house.clerk, content, "ban-ky.pdf", "outgoing_document").await;
    house.clerk.call(&AttachIssuedOutgoingFile { id, ticket }).await.unwrap()
}

fn to(id: OutgoingId, offices: Vec<OfficeId>, tiers: Vec<Tier>) -> DispatchOutgoing {
    DispatchOutgoing { id, offices, tiers, circulation: None, limit: None, return_by: None, no_paper: true }
}

/// The clerk of one of the offices below.
fn clerk(house: &House, number: u32) -> (Person, OfficeId) {
    let office = OfficeId::from(Uuid::from_u128(number.into()));
    (house.bench.person(&[(office, CLERK)]), office)
}

async fn queue(who: &Person, office: OfficeId) -> Vec<Delivery> {
    who.call(&ListArrivals { office, state: None, limit: None, cursor: None }).await.unwrap().items
}

async fn dispatched(house: &House, id: OutgoingId) -> Dispatch {
    house.clerk.call(&ListDispatches { id, limit: None, cursor: None }).await.unwrap().items.remove(0)
}

#[tokio::test]
async fn what_is_sent_stands_in_every_queue_and_is_entered_without_retyping() {
    for pair in [Pair::LocalSqlite, Pair::LocalPostgres] {
        let house = House::open(pair).await;
        let id = issued(&house).await.id;
        let sent = house.clerk.call(&to(id, Vec::new(), vec![Tier::Communes])).await.unwrap();
        assert_eq!((sent.total, sent.delivered), (BELOW, BELOW));

        let (reader, office) = clerk(&house, 7);
        let waiting = queue(&reader, office).await;
        let [one] = &waiting[..] else { panic!("{waiting:?}") };
        assert_eq!((one.state, one.sent.symbol.as_str()), (State::Delivered, "01-CV/ĐU"));
        let file = one.sent.files[0].clone();
        let download = reader.call(&DownloadArrival { id: one.id, file: file.id }).await.unwrap();
        assert_eq!((download.office, download.sha256.as_str()), (house.office, file.sha256.as_str()));
        let opened = reader.call(&OpenArrival { id: one.id }).await.unwrap();
        assert_eq!(reader.call(&OpenArrival { id: one.id }).await.unwrap(), opened, "opening twice changes nothing");

        let received = reader.call(&ReceiveArrival { id: one.id, note: None, duplicate_of: None }).await.unwrap();
        let incoming = reader.call(&GetIncoming { id: received.incoming.unwrap() }).await.unwrap();
        assert_eq!((incoming.symbol.as_deref(), incoming.summary), (Some("01-CV/ĐU"), one.sent.summary.clone()));
        assert_eq!((incoming.number, incoming.files[0].sha256.as_str()), (1, file.sha256.as_str()));
        let area = house.bench.platform.blobs.area("documents", &office.to_string()).unwrap();
        assert!(area.open(&file.sha256, None).await.is_ok(), "the content lies with who entered it");
        assert!(queue(&reader, office).await.is_empty());

        let (other, elsewhere) = clerk(&house, 8);
        assert_eq!(refused(&other, &GetArrival { id: one.id }).await.code, "documents.delivery_missing");
        let theirs = queue(&other, elsewhere).await.remove(0);
        let back = ReturnArrival { id: theirs.id, reason: "Gửi nhầm nơi nhận".into() };
        assert_eq!(other.call(&back).await.unwrap().state, State::Returned);
        assert_eq!(refused(&other, &back).await.code, "documents.delivery_settled");

        let seen = dispatched(&house, id).await;
        assert_eq!((seen.delivered, seen.received, seen.returned), (BELOW - 2, 1, 1));
        let list = |state| ListDeliveries { id: sent.id, state, limit: Some(200), cursor: None };
        let page = house.clerk.call(&list(None)).await.unwrap();
        assert_eq!((page.items.len(), page.next), (BELOW as usize, None));
        let received = house.clerk.call(&list(Some(State::Received))).await.unwrap().items;
        assert_eq!((received.len(), received[0].incoming), (1, None), "under which number is their business");
        assert_eq!(refused(&other, &list(None)).await.code, "documents.dispatch_missing");
        house.close().await;
    }
}

#[tokio::test]
async fn what_is_recalled_leaves_the_queues_of_those_who_have_not_entered_it() {
    let house = House::plain().await;
    let id = issued(&house).await.id;
    let (early, office) = clerk(&house, 1);
    let (late, elsewhere) = clerk(&house, 2);
    let sent = house.clerk.call(&to(id, vec![office, elsewhere, house.office], Vec::new())).await.unwrap();
    assert_eq!(sent.total, 2, "one's own office is left out");
    let first = queue(&early, office).await.remove(0);
    early.call(&ReceiveArrival { id: first.id, note: None, duplicate_of: None }).await.unwrap();
    let second = queue(&late, elsewhere).await.remove(0);

    let recall = RecallDispatch { id: sent.id, reason: "Gửi nhầm bản".into() };
    let recalled = house.clerk.call(&recall).await.unwrap();
    assert_eq!((recalled.received, recalled.recalled, recalled.recalled_at.is_some()), (1, 1, true));
    assert_eq!(house.refused(&recall).await, "documents.recalled_already");
    assert!(queue(&late, elsewhere).await.is_empty());
    let receive = ReceiveArrival { id: second.id, note: None, duplicate_of: None };
    assert_eq!(refused(&late, &receive).await.code, "documents.delivery_settled");
    let gone = DownloadArrival { id: second.id, file: second.sent.files[0].id };
    assert_eq!(refused(&late, &gone).await.code, "documents.delivery_settled");

    // Who sent it back or lost it by recall may get it again; who has it does not get it twice.
    let again = house.refused(&to(id, vec![office], Vec::new())).await;
    assert_eq!(again, "documents.sent_already");
    assert_eq!(house.clerk.call(&to(id, vec![elsewhere], Vec::new())).await.unwrap().total, 1);
    house.close().await;
}

#[tokio::test]
async fn what_is_to_go_back_is_not_copied_and_leaves_nothing_when_it_went() {
    for pair in [Pair::LocalSqlite, Pair::LocalPostgres] {
        let house = House::open(pair).await;
        let id = issued(&house).await.id;
        let (reader, office) = clerk(&house, 7);
        let (limit, day) = (Some(CirculationMark::ReturnAfterReading), Some(house.day(10)));
        let call = DispatchOutgoing { limit, return_by: day, ..to(id, vec![office], Vec::new()) };
        let spread = DispatchOutgoing { limit: Some(CirculationMark::NotToSpread), ..call.clone() };
        assert_eq!(house.refused(&spread).await, "documents.return_day_unfit");
        let late = DispatchOutgoing { return_by: Some(house.day(-1)), ..call.clone() };
        assert_eq!(house.refused(&late).await, "documents.return_day_unfit");
        let sent = house.clerk.call(&call).await.unwrap();
        assert_eq!(sent.circulation.as_deref(), Some("Xem xong trả lại"));

        let one = queue(&reader, office).await.remove(0);
        let received = reader.call(&ReceiveArrival { id: one.id, note: None, duplicate_of: None }).await.unwrap();
        let incoming = received.incoming.unwrap();
        let owed = ListCirculations { office, document: None, owed: true, limit: None, cursor: None };
        let waiting = reader.call(&owed).await.unwrap().items.remove(0);
        assert_eq!((waiting.document, waiting.return_by, waiting.number), (incoming, day, Some(1)));

        let copy = DraftRelated {
            office,
            kind: RelationKind::FullCopy,
            outgoing: None,
            incoming: Some(incoming),
            genre: None,
            body_code: Some("ĐU".into()),
        };
        assert_eq!(refused(&reader, &copy).await.code, "documents.circulation_limited");
        let deliveries = ListDeliveries { id: sent.id, state: None, limit: None, cursor: None };
        let seen = house.clerk.call(&deliveries).await.unwrap().items.remove(0);
        assert_eq!(seen.given_back_at, None);

        let back = GiveBackIncoming { id: incoming, note: Some("Giao tận tay".into()) };
        assert!(reader.call(&back).await.unwrap().given_back_at.is_some());
        assert_eq!(refused(&reader, &back).await.code, "documents.given_back_already");
        assert!(reader.call(&GetIncoming { id: incoming }).await.unwrap().files.is_empty());
        assert!(reader.call(&owed).await.unwrap().items.is_empty());
        let seen = house.clerk.call(&deliveries).await.unwrap().items.remove(0);
        assert!(seen.given_back_at.is_some(), "whoever sent it sees that it came back");
        house.close().await;
    }
}

#[tokio::test]
async fn a_clerk_reads_the_limit_from_a_paper() {
    let house = House::plain().await;
    let document = house.registered(1).await;
    let give = GiveBackIncoming { id: document.id, note: None };
    assert_eq!(house.refused(&give).await, "documents.not_to_give_back");
    let limit = |mark, return_by| LimitCirculation { id: document.id, mark, return_by };
    let unfit = limit(CirculationMark::NotToSpread, Some(house.day(1)));
    assert_eq!(house.refused(&unfit).await, "documents.return_day_unfit");
    house.clerk.call(&limit(CirculationMark::NotToSpread, None)).await.unwrap();
    assert_eq!(house.refused(&give).await, "documents.not_to_give_back", "it may stay, but not be spread");
    house.clerk.call(&limit(CirculationMark::Collected, Some(house.day(1)))).await.unwrap();
    house.clerk.call(&give).await.unwrap();
    assert_eq!(house.refused(&limit(CirculationMark::Collected, None)).await, "documents.given_back_already");
    house.close().await;
}

#[tokio::test]
async fn what_goes_outside_is_written_down_with_way_and_day() {
    for pair in [Pair::LocalSqlite, Pair::LocalPostgres] {
        let house = House::open(pair).await;
        let id = issued(&house).await.id;
        let (recipients, way) = (vec!["Công ty Ví Dụ".to_owned()], PostingWay::ByPost);
        let call = RecordPosting { id, recipients, way, on: None, note: Some("Bưu gửi 12".into()) };
        let nobody = RecordPosting { recipients: Vec::new(), ..call.clone() };
        assert_eq!(house.refused(&nobody).await, "documents.posted_to_nobody");
        for day in [-1, 1] {
            let unfit = RecordPosting { on: Some(house.day(day)), ..call.clone() };
            assert_eq!(house.refused(&unfit).await, "documents.posting_day_unfit");
        }
        let draft = RecordPosting { id: house.drafted().await.id, ..call.clone() };
        assert_eq!(house.refused(&draft).await, "documents.not_issued");
        let (first, second) = (house.clerk.call(&call).await.unwrap(), house.clerk.call(&call).await.unwrap());
        assert_eq!((first.ordinal, second.ordinal, first.on), (1, 2, house.today()));
        let (office, day) = (house.office, Some(house.today()));
        let list = ListPostings { office, document: Some(id), day, limit: Some(1), cursor: None };
        let page = house.clerk.call(&list).await.unwrap();
        assert_eq!(page.items, [second]);
        let rest = house.clerk.call(&ListPostings { cursor: page.next, ..list }).await.unwrap();
        assert_eq!((rest.items, rest.next), (vec![first], None));
        house.close().await;
    }
}

#[tokio::test]
async fn what_is_not_ready_is_not_sent() {
    let house = House::plain().await;
    let draft = house.drafted().await;
    let table = [
        (to(draft.id, Vec::new(), vec![Tier::Communes]), "documents.dispatch_not_ready"),
        (to(issued(&house).await.id, Vec::new(), Vec::new()), "documents.nobody_to_send_to"),
        (to(issued(&house).await.id, vec![house.office], Vec::new()), "documents.nobody_to_send_to"),
        (to(issued(&house).await.id, vec![house.office; 501], Vec::new()), "documents.offices_too_many"),
    ];
    for (call, code) in table {
        assert_eq!(house.refused(&call).await, code);
    }
    house.close().await;
}
