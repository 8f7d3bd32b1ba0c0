//! The clerk's queue: brought in sealed, marked, entered, destroyed; nothing of a citizen's letter stays.

use std::{fs, path::Path, time::Duration};

use futures_util::TryStreamExt as _;
use schema_documents::{
    BringInIntake, DiscardIntake, DownloadIncomingFile, DownloadIntake, GetIntake, GetIntakeBatch, GetIntakeOpen,
    IntakeBatch, IntakeItem, IntakeReason, IntakeState, ListIntake, ListIntakeBatches, MarkIntakeCitizenLetter,
    MarkIntakeOfficial, RegisterIncoming, SetIntakeAside,
};
use sea_orm::ConnectionTrait as _;
use testbed::{Pair, process::until};
use wire::{Kind, Secrecy, Version, id::IntakeItemId};

use crate::{
    files::{held, sweep},
    house::{House, refused},
};

const ITEM: &str = "intake_item";
/// What no file of ours holds by chance.
const CANARY: &str = "CHIM-HOANG-YEN-0471 kính gửi đồng chí";

/// Brings files in as one batch.
async fn brought(house: &House, files: &[(&str, &str)]) -> IntakeBatch {
    let mut tickets = Vec::new();
    for (content, name) in files {
        tickets.push(house.upload(&house.clerk, content, name, ITEM).await);
    }
    house.clerk.call(&BringInIntake { office: house.office, batch: None, tickets }).await.unwrap()
}

fn all(house: &House, state: Option<IntakeState>) -> ListIntake {
    ListIntake { office: house.office, state, batch: None, limit: None, cursor: None }
}

async fn listed(house: &House, state: Option<IntakeState>) -> Vec<IntakeItem> {
    house.clerk.call(&all(house, state)).await.unwrap().items
}

/// One item, brought in.
async fn item(house: &House, content: &str, name: &str) -> IntakeItem {
    let batch = brought(house, &[(content, name)]).await.id;
    let call = ListIntake { batch: Some(batch), ..all(house, None) };
    house.clerk.call(&call).await.unwrap().items.remove(0)
}

fn letter(id: IntakeItemId) -> MarkIntakeCitizenLetter {
    MarkIntakeCitizenLetter { id, arrived: None, late: false, sheets: 2, envelopes: 1 }
}

/// The files below a folder that hold one of these in any byte.
pub(crate) fn holding(folder: &Path, wanted: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(holding(&path, wanted));
        } else {
            let bytes = fs::read(&path).unwrap_or_default();
            let has = |text: &&str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
            if wanted.iter().any(has) {
                found.push(path.display().to_string());
            }
        }
    }
    found
}

/// Waits until the uploads are gone from staging.
async fn unstaged(house: &House) {
    let staging = house.bench.platform.blobs.root().join("staging");
    let empty = || async { fs::read_dir(&staging).unwrap().next().is_none().then_some(()) };
    until("the uploads to be gone", Duration::from_secs(20), empty).await.unwrap();
}

#[tokio::test]
async fn nothing_of_a_citizens_letter_is_left_in_any_byte() {
    let house = House::plain().await;
    let data = house.bench.platform.key_folder.parent().unwrap().to_owned();
    let name = "don-cua-nguyen-thi-chim.txt";
    let canaries = [CANARY, "nguyen-thi-chim"];
    let upload = house.upload(&house.clerk, CANARY, name, ITEM).await;
    assert_eq!(holding(&data, &canaries).len(), 1, "the upload itself, until it is brought in");
    let call = BringInIntake { office: house.office, batch: None, tickets: vec![upload] };
    let batch = house.clerk.call(&call).await.unwrap();
    unstaged(&house).await;
    assert_eq!(holding(&data, &canaries), Vec::<String>::new(), "sealed from then on");
    let listed = listed(&house, Some(IntakeState::Waiting)).await;
    assert_eq!((listed.len(), listed[0].name.as_deref()), (1, Some(name)), "the clerk sees what it is called");

    let line = house.clerk.call(&letter(listed[0].id)).await.unwrap();
    assert_eq!((line.number, line.sheets), (1, 2));
    let after = house.clerk.call(&GetIntake { id: listed[0].id }).await.unwrap();
    assert_eq!((after.state, after.letter), (IntakeState::CitizenLetter, Some(line.id)));
    assert_eq!((after.name, after.media_type, after.size), (None, None, None));
    let batch = house.clerk.call(&GetIntakeBatch { id: batch.id }).await.unwrap();
    assert_eq!((batch.waiting, batch.citizen_letter), (0, 1));
    sweep(&house.bench, house.office).await;
    sweep(&house.bench, house.office).await;
    assert_eq!(held(&house).await, 0, "the sealed content went, too");
    house.bench.settled().await;
    assert_eq!(holding(&data, &canaries), Vec::<String>::new());
    house.close().await;
}

#[tokio::test]
async fn an_item_goes_from_the_queue_into_the_register_on_both_databases() {
    for pair in [Pair::LocalSqlite, Pair::LocalPostgres] {
        let house = House::open(pair).await;
        let batch = brought(&house, &[("một", "1.txt"), ("hai", "2.txt"), ("một", "1-lai.txt"), ("ba", "3.txt")]).await;
        assert_eq!((batch.waiting, batch.official), (3, 0), "one content is one item");
        let items = listed(&house, None).await;
        let names: Vec<_> = items.iter().filter_map(|item| item.name.as_deref()).collect();
        assert_eq!(names, ["1.txt", "2.txt", "3.txt"], "the oldest first");
        let id = items[1].id;
        assert_eq!(house.refused(&DownloadIntake { id, part: None }).await, "documents.intake_sealed");
        let early = RegisterIncoming { intake: Some(id), ..house.order(1) };
        assert_eq!(house.refused(&early).await, "documents.intake_sealed");

        let official = house.clerk.call(&MarkIntakeOfficial { id }).await.unwrap();
        assert_eq!((official.state, official.name.as_deref()), (IntakeState::Official, Some("2.txt")));
        assert_eq!(house.refused(&MarkIntakeOfficial { id }).await, "documents.intake_unchanged");
        let download = house.clerk.call(&DownloadIntake { id, part: None }).await.unwrap();
        assert_eq!((download.name.as_str(), download.size), ("2.txt", 3));
        let area = house.bench.platform.blobs.area("documents", &house.office.to_string()).unwrap();
        assert!(area.open(&download.sha256, None).await.is_ok());
        let open = house.clerk.call(&GetIntakeOpen { office: house.office }).await.unwrap();
        assert_eq!((open.waiting, open.official, open.set_aside), (2, 1, 0));

        let secret = RegisterIncoming { intake: Some(id), ..house.bare(Secrecy::Secret) };
        assert_eq!(house.refused(&secret).await, "documents.above_ceiling");
        let order = RegisterIncoming { intake: Some(id), ..house.order(1) };
        let document = house.clerk.call(&order).await.unwrap();
        assert_eq!((document.files.len(), document.files[0].name.as_str()), (1, "2.txt"));
        let file = DownloadIncomingFile { id: document.id, file: document.files[0].id };
        assert_eq!(house.clerk.call(&file).await.unwrap().sha256, download.sha256);
        let closed = house.clerk.call(&GetIntake { id }).await.unwrap();
        assert_eq!((closed.state, closed.incoming), (IntakeState::Registered, Some(document.id)));
        assert_eq!((closed.file, closed.name), (None, None));
        assert_eq!(house.refused(&DownloadIntake { id, part: None }).await, "documents.intake_settled");
        assert_eq!(house.refused(&letter(id)).await, "documents.intake_settled");
        let again = RegisterIncoming { intake: Some(id), ..house.order(2) };
        assert_eq!(house.refused(&again).await, "documents.intake_settled");
        assert_eq!(house.registered(3).await.number, 2, "no number was lost");

        let listed = ListIntakeBatches { office: house.office, limit: None, cursor: None };
        let batches = house.clerk.call(&listed).await.unwrap().items;
        assert_eq!((batches.len(), batches[0].waiting, batches[0].registered), (1, 2, 1));
        house.close().await;
    }
}

#[tokio::test]
async fn what_is_set_aside_stays_sealed_and_comes_back_by_a_mark() {
    let house = House::plain().await;
    let IntakeItem { id, .. } = item(&house, "thiếu trang", "a.txt").await;
    let aside = SetIntakeAside { id, reason: IntakeReason::Incomplete };
    let set = house.clerk.expecting(Version(1)).call(&aside).await.unwrap();
    assert_eq!((set.state, set.reason), (IntakeState::SetAside, Some(IntakeReason::Incomplete)));
    assert_eq!(house.refused(&aside).await, "documents.intake_unchanged");
    assert_eq!(house.clerk.expecting(Version(1)).call(&aside).await.unwrap_err().kind, Kind::Stale);
    assert!(listed(&house, None).await.is_empty());
    let back = listed(&house, Some(IntakeState::SetAside)).await;
    assert_eq!(back[0].name.as_deref(), Some("a.txt"));
    assert_eq!(house.refused(&DownloadIntake { id, part: None }).await, "documents.intake_sealed");

    house.clerk.call(&MarkIntakeOfficial { id }).await.unwrap();
    let open = house.clerk.call(&SetIntakeAside { id, reason: IntakeReason::Misdirected }).await.unwrap();
    assert_eq!((open.file, open.name.as_deref()), (None, Some("a.txt")));
    let again = house.clerk.call(&MarkIntakeOfficial { id }).await.unwrap();
    assert!(again.file.is_some() && again.reason.is_none());
    let gone = house.clerk.call(&DiscardIntake { id, reason: IntakeReason::Misdirected }).await.unwrap();
    assert_eq!((gone.state, gone.name, gone.file), (IntakeState::Discarded, None, None));
    assert_eq!(house.refused(&DiscardIntake { id, reason: IntakeReason::Duplicate }).await, "documents.intake_settled");
    sweep(&house.bench, house.office).await;
    sweep(&house.bench, house.office).await;
    assert_eq!(held(&house).await, 0);
    house.close().await;
}

#[tokio::test]
async fn bringing_in_twice_is_bringing_in_once_and_a_batch_can_grow() {
    let house = House::plain().await;
    let ticket = house.upload(&house.clerk, "nội dung", "a.txt", ITEM).await;
    let call = BringInIntake { office: house.office, batch: None, tickets: vec![ticket.clone()] };
    let keyed = house.clerk.with_key("one-use");
    let first = keyed.call(&call).await.unwrap();
    unstaged(&house).await;
    assert_eq!(keyed.call(&call).await.unwrap(), first, "a repeat after the upload is gone");
    assert_eq!(house.refused(&call).await, "wire.bad_ticket", "a ticket brings one file in once");
    let more = house.upload(&house.clerk, "thêm", "b.txt", ITEM).await;
    let grown = BringInIntake { batch: Some(first.id), tickets: vec![more], ..call.clone() };
    assert_eq!(house.clerk.call(&grown).await.unwrap().waiting, 2);

    let strange = BringInIntake { batch: Some(runtime::fresh_id().into()), ..grown };
    assert_eq!(house.refused(&strange).await, "documents.intake_batch_missing");
    assert_eq!(house.refused(&BringInIntake { tickets: Vec::new(), ..call.clone() }).await, "documents.field_missing");
    let other = house.upload(&house.clerk, "việc khác", "c.txt", "incoming_document").await;
    assert_eq!(house.refused(&BringInIntake { tickets: vec![other], ..call }).await, "wire.bad_ticket");
    house.close().await;
}

#[tokio::test]
async fn whoever_may_not_register_sees_nothing_of_the_queue() {
    let house = House::plain().await;
    let IntakeItem { id, .. } = item(&house, "nội dung", "a.txt").await;
    let reader = house.hired(&["documents.incoming.read", "documents.incoming.dispose"]);
    assert_eq!(refused(&reader, &GetIntake { id }).await.kind, Kind::Denied);
    assert_eq!(refused(&reader, &all(&house, None)).await.kind, Kind::Denied);
    assert_eq!(refused(&reader, &MarkIntakeOfficial { id }).await.kind, Kind::Denied);
    let elsewhere = house.bench.person(&[(house.bench.office(), crate::house::CLERK)]);
    assert_eq!(refused(&elsewhere, &GetIntake { id }).await.code, "documents.intake_missing");
    assert_eq!(refused(&elsewhere, &letter(id)).await.code, "documents.intake_missing");
    house.close().await;
}

#[tokio::test]
async fn files_of_every_size_come_back_as_they_went() {
    let house = House::plain().await;
    for size in [0, 65_535, 65_536, 65_537, 300_000] {
        let content: Vec<u8> = (0..size).map(|at| u8::try_from(at % 251).unwrap()).collect();
        let ticket = house.upload_bytes(&house.clerk, content.clone(), &format!("{size}.bin"), ITEM).await;
        let call = BringInIntake { office: house.office, batch: None, tickets: vec![ticket] };
        let batch = house.clerk.call(&call).await.unwrap().id;
        let found = house.clerk.call(&ListIntake { batch: Some(batch), ..all(&house, None) }).await.unwrap();
        let official = house.clerk.call(&MarkIntakeOfficial { id: found.items[0].id }).await.unwrap();
        let file = official.file.unwrap();
        let area = house.bench.platform.blobs.area("documents", &house.office.to_string()).unwrap();
        let read: Vec<bytes::Bytes> = area.open(&file.sha256, None).await.unwrap().bytes.try_collect().await.unwrap();
        assert!(read.concat() == content && file.size == size, "{size} bytes");
    }
    house.close().await;
}

#[tokio::test]
async fn a_mark_that_was_cut_off_leaves_no_clear_content_of_a_letter() {
    let house = House::plain().await;
    let IntakeItem { id, .. } = item(&house, CANARY, "a.txt").await;
    // What `mark_intake_official` writes before its transaction, which then is refused.
    let area = house.bench.platform.blobs.area("documents", &house.office.to_string()).unwrap();
    let mut begun = area.begin(100).await.unwrap();
    begun.write(CANARY.into()).await.unwrap();
    area.keep(begun).await.unwrap();
    assert_eq!(held(&house).await, 2);
    house.clerk.call(&letter(id)).await.unwrap();
    sweep(&house.bench, house.office).await;
    sweep(&house.bench, house.office).await;
    assert_eq!(held(&house).await, 0);
    house.close().await;
}

#[tokio::test]
async fn a_destroyed_key_does_not_come_back_by_plain_sql() {
    for pair in [Pair::LocalSqlite, Pair::LocalPostgres] {
        let house = House::open(pair).await;
        let waiting = item(&house, "một", "1.txt").await.id;
        let gone = item(&house, "hai", "2.txt").await.id;
        house.clerk.call(&letter(gone)).await.unwrap();
        let attacks = [
            "UPDATE intake_item SET sealed = 'x', version = version + 1 WHERE state = 'citizen_letter'",
            "UPDATE intake_item SET state = 'waiting', version = version + 1 WHERE state = 'citizen_letter'",
            "UPDATE intake_item SET state = 'official', version = version + 1 WHERE state = 'waiting'",
            "UPDATE intake_item SET sealed = 'x', state = 'set_aside', version = version + 1 WHERE state = 'waiting'",
            "DELETE FROM intake_item",
            "DELETE FROM intake_batch",
        ];
        for attack in attacks {
            let tx = house.bench.service("documents").db().begin().await.unwrap();
            assert!(tx.execute_unprepared(attack).await.is_err(), "{attack}");
            tx.rollback().await.unwrap();
        }
        assert_eq!(house.clerk.call(&GetIntake { id: waiting }).await.unwrap().state, IntakeState::Waiting);
        house.close().await;
    }
}
