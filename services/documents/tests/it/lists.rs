//! Lists: filters, words, cursors.

use schema_documents::{
    Disposition, IncomingState, ListGenres, ListIncoming, ListOrder, ListOutgoing, OutgoingState, RegisterIncoming,
    VoidIncoming,
};
use testbed::Pair;
use wire::{Cursor, Page};

use crate::{house::House, outgoing::issue};

pub(crate) fn all(house: &House) -> ListIncoming {
    ListIncoming {
        office: house.office,
        register: None,
        from: None,
        to: None,
        state: None,
        disposition: None,
        due_before: None,
        unassigned: false,
        unit: None,
        q: None,
        order: ListOrder::LatestFirst,
        limit: None,
        cursor: None,
    }
}

/// Every outgoing document.
pub(crate) fn everything(house: &House) -> ListOutgoing {
    ListOutgoing {
        office: house.office,
        state: None,
        genre: None,
        replies_to: None,
        from: None,
        to: None,
        q: None,
        order: ListOrder::LatestFirst,
        limit: None,
        cursor: None,
    }
}

pub(crate) async fn numbers(house: &House, call: ListIncoming) -> Vec<i64> {
    let page = house.clerk.call(&call).await.unwrap();
    page.items.into_iter().map(|document| document.number).collect()
}

#[tokio::test]
async fn incoming_documents_are_filtered() {
    let house = House::plain().await;
    let old = RegisterIncoming { arrived: Some(house.day(-3)), document_day: None, ..house.order(1) };
    house.clerk.call(&old).await.unwrap();
    let work = RegisterIncoming {
        disposition: Some(Disposition::ToProcess),
        summary: Some("Kế hoạch kiểm tra ĐẢNG VIÊN".into()),
        ..house.order(2)
    };
    house.clerk.call(&work).await.unwrap();
    let third = house.registered(3).await;
    house
        .clerk
        .call(&VoidIncoming { id: third.id, reason: "nhầm".into(), masked_reason: None, citizen_letter: false })
        .await
        .unwrap();

    assert_eq!(numbers(&house, all(&house)).await, [3, 2, 1], "latest arrival first");
    let of = |change: fn(&mut ListIncoming)| {
        let mut call = all(&house);
        change(&mut call);
        call
    };
    assert_eq!(numbers(&house, of(|call| call.state = Some(IncomingState::Registered))).await, [2, 1]);
    assert_eq!(numbers(&house, of(|call| call.disposition = Some(Disposition::ToProcess))).await, [2]);
    assert_eq!(numbers(&house, of(|call| call.q = Some("dang vien ke hoach".into()))).await, [2]);
    assert_eq!(numbers(&house, of(|call| call.q = Some("03-CV/VPTU".into()))).await, [3]);
    assert_eq!(numbers(&house, of(|call| call.q = Some("%".into()))).await, [3, 2, 1], "a wildcard is no word");
    let recent = ListIncoming { from: Some(house.day(-1)), ..all(&house) };
    assert_eq!(numbers(&house, recent).await, [3, 2]);
    let old = ListIncoming { to: Some(house.day(-1)), register: Some(third.register), ..all(&house) };
    assert_eq!(numbers(&house, old).await, [1]);
    let long = ListIncoming { q: Some("x".into()), from: Some(house.day(-800)), ..all(&house) };
    assert_eq!(house.refused(&long).await, "documents.range_too_long");
    house.close().await;
}

/// The numbers of all pages of a list, one after the other.
async fn paged(house: &House, call: ListIncoming) -> Vec<i64> {
    let (mut seen, mut cursor) = (Vec::new(), None);
    loop {
        let Page { items, next } =
            house.clerk.call(&ListIncoming { limit: Some(3), cursor, ..call.clone() }).await.unwrap();
        seen.extend(items.into_iter().map(|document| document.number));
        match next {
            Some(next) => cursor = Some(next),
            None => break seen,
        }
    }
}

#[tokio::test]
async fn pages_follow_each_other_without_loss_on_sqlite() {
    pages_follow_each_other_without_loss(Pair::LocalSqlite).await;
}

#[tokio::test]
async fn pages_follow_each_other_without_loss_on_postgres() {
    pages_follow_each_other_without_loss(Pair::LocalPostgres).await;
}

/// In both orders, with days on which several came.
async fn pages_follow_each_other_without_loss(pair: Pair) {
    let house = House::open(pair).await;
    for number in 1..=7 {
        let order = RegisterIncoming { arrived: Some(house.day(-(7 - i64::from(number)) / 3)), ..house.order(number) };
        house.clerk.call(&order).await.unwrap();
    }
    assert_eq!(paged(&house, all(&house)).await, [7, 6, 5, 4, 3, 2, 1]);
    let oldest = ListIncoming { order: ListOrder::OldestFirst, ..all(&house) };
    assert_eq!(paged(&house, oldest.clone()).await, [1, 2, 3, 4, 5, 6, 7]);
    let standing = ListIncoming { state: Some(IncomingState::Registered), ..oldest };
    assert_eq!(paged(&house, standing).await, [1, 2, 3, 4, 5, 6, 7]);
    let strange = ListIncoming { cursor: Some(Cursor("x".into())), ..all(&house) };
    assert_eq!(house.refused(&strange).await, "documents.cursor_unknown");

    let mut begun = Vec::new();
    for _ in 0..5 {
        begun.push(house.clerk.call(&house.draft()).await.unwrap().id);
    }
    let (mut seen, mut cursor) = (Vec::new(), None);
    for _ in 0..3 {
        let order = ListOrder::OldestFirst;
        let call = ListOutgoing { limit: Some(2), cursor, order, ..everything(&house) };
        let Page { items, next } = house.clerk.call(&call).await.unwrap();
        seen.extend(items.into_iter().map(|document| document.id));
        cursor = next;
    }
    assert_eq!((seen, cursor), (begun, None));
    house.close().await;
}

#[tokio::test]
async fn outgoing_documents_are_filtered() {
    let house = House::plain().await;
    let letter = house.registered(1).await;
    let answer = schema_documents::DraftOutgoing { replies_to: vec![letter.id], ..house.draft() };
    let answer = house.clerk.call(&answer).await.unwrap();
    let notice = schema_documents::DraftOutgoing { genre: "notice".into(), ..house.draft() };
    let notice = house.clerk.call(&notice).await.unwrap();
    house.clerk.call(&issue(answer.id)).await.unwrap();
    let all = everything(&house);
    let of = async |call: ListOutgoing| {
        let page = house.clerk.call(&call).await.unwrap();
        page.items.into_iter().map(|document| document.id).collect::<Vec<_>>()
    };
    assert_eq!(of(all.clone()).await, [notice.id, answer.id]);
    assert_eq!(of(ListOutgoing { state: Some(OutgoingState::Issued), ..all.clone() }).await, [answer.id]);
    assert_eq!(of(ListOutgoing { genre: Some("notice".into()), ..all.clone() }).await, [notice.id]);
    assert_eq!(of(ListOutgoing { replies_to: Some(letter.id), ..all }).await, [answer.id]);
    house.close().await;
}

#[tokio::test]
async fn words_find_outgoing_documents_on_sqlite() {
    words_find_outgoing_documents(Pair::LocalSqlite).await;
}

#[tokio::test]
async fn words_find_outgoing_documents_on_postgres() {
    words_find_outgoing_documents(Pair::LocalPostgres).await;
}

async fn words_find_outgoing_documents(pair: Pair) {
    let house = House::open(pair).await;
    let to = |name: &str| vec![schema_documents::OutgoingRecipient { name: name.into(), unit: None }];
    let summary = |text: &str| Some(text.to_owned());
    let answer = schema_documents::DraftOutgoing {
        summary: summary("V/v kiểm tra Uỷ ban nhân dân"),
        recipients: to("Huyện ủy Đông Bình"),
        ..house.draft()
    };
    let issued = house.clerk.call(&answer).await.unwrap().id;
    house.clerk.call(&issue(issued)).await.unwrap();
    let other = schema_documents::DraftOutgoing { summary: summary("Kế hoạch năm"), ..house.draft() };
    let draft = house.clerk.call(&other).await.unwrap().id;
    let letter = house.registered(12).await;
    let symbol = letter.symbol.clone().unwrap();
    assert_eq!(symbol, "12-CV/VPTU");

    let of = async |call: ListOutgoing| {
        let page = house.clerk.call(&call).await.unwrap();
        page.items.into_iter().map(|document| document.id).collect::<Vec<_>>()
    };
    let search = |q: &str| ListOutgoing { q: Some(q.into()), ..everything(&house) };
    for q in ["ủy ban", "UỶ BAN", "uy ban nhan", "dong binh", "01-CV/ĐU", "01cvdu", "cv du 01", "01 CV/ĐU kiem tra"]
    {
        assert_eq!(of(search(q)).await, [issued], "{q}");
    }
    assert_eq!(of(search("kế hoạch")).await, [draft], "a draft bears no day and is found all the same");
    for q in ["02cvdu", "huyen uy dong anh"] {
        assert_eq!(of(search(q)).await, [], "{q}");
    }
    for q in ["12cvvptu", "12 cv vptu", "12CV-VPTƯ"] {
        assert_eq!(numbers(&house, ListIncoming { q: Some(q.into()), ..all(&house) }).await, [letter.number], "{q}");
    }
    let today = ListOutgoing { from: Some(house.today()), to: Some(house.today()), ..everything(&house) };
    let issued_only = |call: ListOutgoing| ListOutgoing { state: Some(OutgoingState::Issued), ..call };
    assert_eq!(of(issued_only(today.clone())).await, [issued]);
    let before = ListOutgoing { from: None, to: Some(house.day(-1)), ..today };
    assert_eq!(of(issued_only(before)).await, []);
    let first = house.clerk.call(&ListOutgoing { limit: Some(1), ..search("cv") }).await.unwrap();
    assert_eq!((first.items.len(), first.next), (1, None), "drafts have no symbol yet");
    let long = ListOutgoing { from: Some(house.day(-800)), ..search("x") };
    assert_eq!(house.refused(&long).await, "documents.range_too_long");
    let stranger = house.bench.person(&[]);
    assert!(stranger.call(&search("uy ban")).await.is_err(), "whoever may not read does not search");
    house.close().await;
}

#[tokio::test]
async fn genres_are_listed_with_their_instrument() {
    let house = House::plain().await;
    let first = house.clerk.call(&ListGenres { day: None, limit: Some(20), cursor: None }).await.unwrap();
    let rest = house.clerk.call(&ListGenres { day: None, limit: Some(20), cursor: first.next }).await.unwrap();
    assert_eq!((first.items.len(), rest.items.len(), rest.next), (20, 14, None));
    assert!(rest.items.iter().all(|genre| genre.instrument == "399-QĐ/TW"));
    let of = async |day: &str| {
        let call = ListGenres { day: Some(day.parse().unwrap()), limit: Some(200), cursor: None };
        house.clerk.call(&call).await.unwrap().items
    };
    let before = of("2026-01-08").await;
    assert_eq!(before.len(), 19);
    assert!(before.iter().all(|genre| genre.instrument == "66-QĐ/TW"));
    assert_eq!((of("2026-01-09").await.len(), of("2017-02-05").await.len()), (34, 0));
    house.close().await;
}
