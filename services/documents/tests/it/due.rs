//! Due lists: what is to be processed, by when, and that nobody has it; and whose the due day is.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use schema_documents::{
    DisposeIncoming, Disposition, IncomingChanged, IncomingDocument, IncomingState, ListIncoming, PassIncoming,
    RegisterIncoming, VoidIncoming,
};
use schema_programme::AssignmentChanged;
use sea_orm::prelude::Uuid;
use service::Service;
use testbed::{Pair, process::until};
use wire::{Contract, Event as _, Page};

use crate::{
    house::House,
    lists::{all, numbers},
    telling::{Never, WORK, assignment},
};

fn dispose(document: &IncomingDocument, disposition: Disposition) -> DisposeIncoming {
    DisposeIncoming { id: document.id, disposition, due: None, note: None }
}

/// A document due so many days from today.
async fn due(house: &House, number: u32, days: i64) -> IncomingDocument {
    house.clerk.call(&RegisterIncoming { due: Some(house.day(days)), ..house.order(number) }).await.unwrap()
}

/// Plays what programme tells of work from a document, version by version.
async fn told(house: &mut House, document: &IncomingDocument, states: &[(i64, &str)]) {
    for (version, state) in states {
        house.bench.publish(&assignment(house.office, document.id, *version, state)).await.unwrap();
    }
    house.bench.settled().await;
}

/// A reader begins at a snapshot, and a played publisher offers none: the first telling only makes it begin.
pub(crate) async fn begun(pair: Pair) -> House {
    let mut house = House::open(pair).await;
    let strange = runtime::fresh_id().into();
    house.bench.publish(&assignment(house.office, strange, 1, "assigned")).await.unwrap();
    house.bench.settled().await;
    house
}

#[tokio::test]
async fn what_nobody_has_is_listed_by_its_due_day_on_sqlite() {
    what_nobody_has(Pair::LocalSqlite).await;
}

#[tokio::test]
async fn what_nobody_has_is_listed_by_its_due_day_on_postgres() {
    what_nobody_has(Pair::LocalPostgres).await;
}

async fn what_nobody_has(pair: Pair) {
    let mut house = begun(pair).await;
    let late = due(&house, 1, 20).await;
    let soon = due(&house, 2, 3).await;
    let known = house.registered(3).await;
    house.clerk.call(&dispose(&known, Disposition::ToKnow)).await.unwrap();
    // Before 1 July 2025 there is no usual term, so that work from then has no day.
    let undated = RegisterIncoming {
        arrived: Some("2025-06-02".parse().unwrap()),
        document_day: None,
        disposition: Some(Disposition::ToProcess),
        late: true,
        ..house.order(4)
    };
    let undated = house.clerk.call(&undated).await.unwrap();
    assert_eq!(undated.due, None);
    let gone = due(&house, 5, 1).await;
    let void = VoidIncoming { id: gone.id, reason: "nhầm".into(), masked_reason: None, citizen_letter: false };
    house.clerk.call(&void).await.unwrap();

    let nobody = ListIncoming { unassigned: true, ..all(&house) };
    let ids = async |house: &House, call: &ListIncoming| {
        let page = house.clerk.call(call).await.unwrap();
        page.items.into_iter().map(|document| document.id).collect::<Vec<_>>()
    };
    assert_eq!(
        ids(&house, &nobody).await,
        [soon.id, late.id, undated.id],
        "the earliest first, those without a day last"
    );
    let before = |days| ListIncoming { due_before: Some(house.day(days)), ..nobody.clone() };
    let (third, fourth) = (before(3), before(4));
    assert_eq!(ids(&house, &third).await, [], "the day itself is not before it");
    assert_eq!(ids(&house, &fourth).await, [soon.id]);

    let (mut seen, mut cursor) = (Vec::new(), None);
    loop {
        let call = ListIncoming { limit: Some(1), cursor, ..nobody.clone() };
        let Page { items, next } = house.clerk.call(&call).await.unwrap();
        seen.extend(items.into_iter().map(|document| document.id));
        match next {
            Some(next) => cursor = Some(next),
            None => break,
        }
    }
    assert_eq!(seen, [soon.id, late.id, undated.id], "{pair:?}: page by page");

    told(&mut house, &soon, &[(1, "assigned"), (2, "accepted")]).await;
    assert_eq!(ids(&house, &nobody).await, [late.id, undated.id]);
    let anyone = ListIncoming { unassigned: false, ..fourth };
    assert_eq!(ids(&house, &anyone).await, [soon.id], "it is due whoever has it");
    told(&mut house, &soon, &[(3, "withdrawn"), (2, "accepted")]).await;
    assert_eq!(
        ids(&house, &nobody).await,
        [soon.id, late.id, undated.id],
        "withdrawn work is nobody's, heard late or not"
    );
    house.close().await;
}

#[tokio::test]
async fn what_nobody_has_is_listed_by_the_unit_at_whose_desk_it_lies() {
    let house = House::plain().await;
    let (head, board) = (house.unit("Thường trực Đảng ủy", None), house.unit("Ban Xây dựng Đảng", None));
    for (number, unit) in [(1, &head), (2, &board), (3, &head)] {
        let document = due(&house, number, i64::from(10 - number)).await;
        let pass = PassIncoming { id: document.id, unit: unit.id, position: None, note: None };
        house.clerk.call(&pass).await.unwrap();
    }
    let at = |unassigned| ListIncoming { unit: Some(head.id), unassigned, ..all(&house) };
    assert_eq!(numbers(&house, at(true)).await, [3, 1], "earliest due day first");
    assert_eq!(numbers(&house, at(false)).await, [3, 1], "latest arrival first");
    let one = ListIncoming { unit: Some(board.id), ..at(true) };
    assert_eq!(numbers(&house, one).await, [2]);
    house.close().await;
}

#[tokio::test]
async fn the_due_day_is_programmes_while_work_is_under_way_on_sqlite() {
    due_day_of_work(Pair::LocalSqlite).await;
}

#[tokio::test]
async fn the_due_day_is_programmes_while_work_is_under_way_on_postgres() {
    due_day_of_work(Pair::LocalPostgres).await;
}

async fn due_day_of_work(pair: Pair) {
    let mut house = begun(pair).await;
    let document = due(&house, 1, 9).await;
    told(&mut house, &document, &[(1, "assigned")]).await;
    let later = DisposeIncoming { due: Some(house.day(30)), ..dispose(&document, Disposition::ToProcess) };
    let filed = dispose(&document, Disposition::ToFile);
    for (version, state) in [(2, "in_progress"), (3, "done"), (4, "returned")] {
        told(&mut house, &document, &[(version, state)]).await;
        let fault = crate::house::refused(&house.clerk, &later).await;
        assert_eq!(
            (fault.code.as_str(), fault.field.as_deref()),
            ("documents.work_owed", Some("disposition")),
            "{state}"
        );
        assert_eq!(fault.detail.unwrap()["assignment"], WORK);
        assert_eq!(house.refused(&filed).await, "documents.work_owed", "{state}");
    }
    told(&mut house, &document, &[(5, "closed")]).await;
    let nobody = ListIncoming { unassigned: true, ..all(&house) };
    assert_eq!(numbers(&house, nobody.clone()).await, [0; 0], "closed work was done by somebody");
    let anew = house.clerk.call(&later).await.unwrap();
    assert_eq!((anew.due, anew.version.0), (Some(house.day(30)), 2));
    assert_eq!(numbers(&house, nobody.clone()).await, [1], "new work that nobody has");
    told(&mut house, &document, &[(5, "closed")]).await;
    assert_eq!(numbers(&house, nobody).await, [1], "what was closed before is no answer to it");
    house.close().await;
}

#[tokio::test]
async fn a_document_is_voided_though_work_is_owed_and_says_so() {
    let mut house = begun(Pair::LocalSqlite).await;
    let document = due(&house, 1, 9).await;
    told(&mut house, &document, &[(1, "assigned")]).await;
    let void = VoidIncoming { id: document.id, reason: "nhầm".into(), masked_reason: None, citizen_letter: false };
    house.clerk.call(&void).await.unwrap();
    let events = house.bench.events("documents").await.unwrap();
    let last = events.iter().rfind(|event| event.kind == IncomingChanged::KIND).unwrap();
    let IncomingChanged { document, .. } = serde_json::from_value(last.body.clone()).unwrap();
    assert_eq!((document.state, document.disposition), (IncomingState::Voided, Some(Disposition::ToProcess)));
    // Programme takes the work back, and that changes nothing of a line that does not stand.
    told(&mut house, &document, &[(2, "withdrawn")]).await;
    assert_eq!(numbers(&house, ListIncoming { unassigned: true, ..all(&house) }).await, [0; 0]);
    house.close().await;
}

#[tokio::test]
async fn after_a_restore_of_programme_its_older_word_stands_and_what_it_does_not_know_is_forgotten() {
    let mut house = House::plain().await;
    let document = due(&house, 1, 9).await;
    let work = |version, state| vec![assignment(house.office, document.id, version, state)];
    let steps = [(1, work(1, "withdrawn"), 1), (2, work(2, "assigned"), 0), (3, Vec::new(), 1)];
    let known: Arc<Mutex<Vec<AssignmentChanged>>> = Arc::new(Mutex::new(work(3, "accepted")));
    let told = Arc::clone(&known);
    let snapshot = move |_, after: Option<Uuid>, _| {
        let nouns = if after.is_none() { told.lock().unwrap().clone() } else { Vec::new() };
        async { Ok(nouns) }
    };
    let programme = Service::new::<Never>(Contract::new("programme", Vec::new())).snapshot(snapshot);
    house.bench.run(programme).await.unwrap();
    let listed = async |count: usize| {
        let nobody = ListIncoming { unassigned: true, ..all(&house) };
        let seen = || async { (numbers(&house, nobody.clone()).await.len() == count).then_some(()) };
        until("the list to follow programme", Duration::from_secs(30), seen).await.unwrap();
    };
    listed(0).await;
    for (epoch, nouns, count) in steps {
        *known.lock().unwrap() = nouns;
        house.bench.service("programme").db().begin_epoch(epoch).await.unwrap();
        listed(count).await;
    }
    house.clerk.call(&dispose(&document, Disposition::ToFile)).await.unwrap();
    house.close().await;
}
