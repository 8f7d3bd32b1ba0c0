//! Files: attached with a ticket, told apart by content, taken off, and swept when nothing names them.

use std::time::Duration;

use futures_util::TryStreamExt as _;
use schema_documents::{
    AttachIncomingFile, AttachIssuedOutgoingFile, AttachOutgoingFile, DetachIncomingFile, DetachOutgoingFile,
    DocumentAct, DownloadIncomingFile, FilesSwept, IncomingDocument, ListOutgoingHistory, RegisterIncoming, SweepFiles,
};
use sea_orm::ConnectionTrait as _;
use testbed::Bench;
use wire::{Kind, Meta, Secrecy, id::OfficeId};

use crate::{
    house::{House, refused},
    outgoing::issue,
};

const INCOMING: &str = "incoming_document";

#[tokio::test]
async fn a_file_is_attached_downloaded_and_taken_off() {
    let house = House::plain().await;
    let ticket = house.upload(&house.clerk, "nội dung", "../cong-van.txt", INCOMING).await;
    let order = RegisterIncoming { files: vec![ticket.clone(), ticket.clone()], ..house.order(1) };
    let IncomingDocument { id, files, .. } = house.clerk.call(&order).await.unwrap();
    assert_eq!(files.len(), 1, "one content is one file");
    let file = &files[0];
    assert_eq!((file.name.as_str(), file.size), ("cong-van.txt", 10));
    let download = house.clerk.call(&DownloadIncomingFile { id, file: file.id }).await.unwrap();
    assert_eq!((download.sha256.as_str(), download.office), (file.sha256.as_str(), house.office));
    let area = house.bench.platform.blobs.area("documents", &house.office.to_string()).unwrap();
    assert_eq!(area.open(&download.sha256, None).await.unwrap().size, 10);

    let again = AttachIncomingFile { id, ticket };
    assert_eq!(house.refused(&again).await, "documents.file_attached_already");
    let detached = house.clerk.call(&DetachIncomingFile { id, file: file.id }).await.unwrap();
    assert!(detached.files.is_empty());
    let gone = DownloadIncomingFile { id, file: file.id };
    assert_eq!(house.refused(&gone).await, "documents.file_missing");
    assert_eq!(house.refused(&DetachIncomingFile { id, file: file.id }).await, "documents.file_missing");
    house.close().await;
}

#[tokio::test]
async fn a_ticket_is_for_one_person_office_and_purpose() {
    let house = House::plain().await;
    let IncomingDocument { id, .. } = house.registered(1).await;
    let other = house.bench.person(&[(house.office, crate::house::CLERK)]);
    let theirs = house.upload(&other, "của người khác", "a.txt", INCOMING).await;
    assert_eq!(house.refused(&AttachIncomingFile { id, ticket: theirs }).await, "wire.bad_ticket");
    let purpose = house.upload(&house.clerk, "việc khác", "a.txt", "outgoing_document").await;
    assert_eq!(house.refused(&AttachIncomingFile { id, ticket: purpose }).await, "wire.bad_ticket");
    house.close().await;
}

#[tokio::test]
async fn the_same_file_is_a_likely_duplicate() {
    let house = House::plain().await;
    let ticket = house.upload(&house.clerk, "bản quét", "quet.txt", INCOMING).await;
    let first = RegisterIncoming { files: vec![ticket.clone()], ..house.order(1) };
    let first = house.clerk.call(&first).await.unwrap();
    let second = RegisterIncoming { files: vec![ticket], ..house.order(2) };
    let fault = refused(&house.clerk, &second).await;
    assert_eq!(fault.code, "documents.likely_duplicate");
    assert_eq!(fault.detail.unwrap()["id"], first.id.to_string());
    house.close().await;
}

#[tokio::test]
async fn what_lies_above_the_ceiling_leaves_no_file_behind() {
    let house = House::plain().await;
    let ticket = house.upload(&house.clerk, "nội dung mật", "mat.txt", INCOMING).await;
    let secret = RegisterIncoming { files: vec![ticket.clone()], ..house.bare(Secrecy::Secret) };
    assert_eq!(house.refused(&secret).await, "documents.above_ceiling");
    let line = house.clerk.call(&house.bare(Secrecy::Secret)).await.unwrap();
    assert_eq!(house.refused(&AttachIncomingFile { id: line.id, ticket }).await, "documents.masked");
    assert_eq!(held(&house).await, 0);
    house.close().await;
}

#[tokio::test]
async fn the_signed_copy_comes_from_whoever_issues_and_no_file_goes_any_more() {
    let house = House::plain().await;
    let specialist = house.bench.person(&[(house.office, &["documents.outgoing.read", "documents.outgoing.draft"])]);
    let clerk = house.bench.person(&[(house.office, &["documents.outgoing.read", "documents.outgoing.issue"])]);
    let draft = specialist.call(&house.draft()).await.unwrap();
    let id = draft.id;
    let upload =
        async |who: &testbed::Person, content| house.upload(who, content, "tep.txt", "outgoing_document").await;
    let early = AttachIssuedOutgoingFile { id, ticket: upload(&clerk, "sớm").await };
    assert_eq!(refused(&clerk, &early).await.code, "documents.not_issued");
    let ticket = upload(&specialist, "phụ lục").await;
    let with = specialist.call(&AttachOutgoingFile { id, ticket }).await.unwrap();
    clerk.call(&issue(id)).await.unwrap();

    let ticket = upload(&specialist, "thêm").await;
    assert_eq!(
        refused(&specialist, &AttachOutgoingFile { id, ticket: ticket.clone() }).await.code,
        "documents.issued_files"
    );
    assert_eq!(refused(&specialist, &AttachIssuedOutgoingFile { id, ticket }).await.kind, Kind::Denied);
    let ticket = upload(&clerk, "bản ký").await;
    let signed = clerk.call(&AttachIssuedOutgoingFile { id, ticket }).await.unwrap();
    assert_eq!(signed.files.len(), 2);
    let history = clerk.call(&ListOutgoingHistory { id, limit: None, cursor: None }).await.unwrap().items;
    let last = history.last().unwrap();
    assert_eq!(
        (last.act, last.by, last.values["file"].as_str()),
        (DocumentAct::FileAttached, Some(clerk.id()), "tep.txt")
    );
    let detach = DetachOutgoingFile { id, file: with.files[0].id };
    assert_eq!(refused(&specialist, &detach).await.code, "documents.not_a_draft");
    house.close().await;
}

/// How many contents the office holds.
pub(crate) async fn held(house: &House) -> usize {
    let area = house.bench.platform.blobs.area("documents", &house.office.to_string()).unwrap();
    area.list().try_collect::<Vec<_>>().await.unwrap().len()
}

pub(crate) async fn sweep(bench: &Bench, office: OfficeId) -> FilesSwept {
    let now = bench.platform.clock.now();
    let token = bench.signer("testbed").unwrap().sign_service(now, Duration::from_secs(60));
    let meta = Meta { token: Some(token), ..Meta::default() };
    bench.platform.bus.ask(&meta, &SweepFiles { office }, Duration::from_secs(20)).await.unwrap()
}

/// Lets the loose contents of the office grow older.
async fn age(house: &House, days: i64) {
    grow(house, days * 24 * 3600).await;
}

async fn grow(house: &House, seconds: i64) {
    let tx = house.bench.service("documents").db().begin().await.unwrap();
    let micros = seconds * 1_000_000;
    let older = format!("UPDATE loose_file SET since = since - {micros}, removed_at = removed_at - {micros}");
    tx.execute_unprepared(&older).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_content_goes_when_nothing_names_it_and_not_before_seven_days() {
    let house = House::plain().await;
    let (first, second) = (house.registered(1).await.id, house.registered(2).await.id);
    let attach = async |id| {
        let ticket = house.upload(&house.clerk, "dùng chung", "a.txt", INCOMING).await;
        house.clerk.call(&AttachIncomingFile { id, ticket }).await
    };
    let (one, two) = (attach(first).await.unwrap(), attach(second).await.unwrap());
    let detach = async |document: &IncomingDocument| {
        let order = DetachIncomingFile { id: document.id, file: document.files[0].id };
        house.clerk.call(&order).await.unwrap()
    };
    let swept = async || sweep(&house.bench, house.office).await;

    detach(&one).await;
    age(&house, 8).await;
    swept().await;
    assert_eq!((swept().await.removed, held(&house).await), (0, 1), "the second document still names it");

    detach(&two).await;
    age(&house, 6).await;
    swept().await;
    assert_eq!((swept().await.removed, held(&house).await), (0, 1), "seven days are not over");
    age(&house, 2).await;
    swept().await;
    let fault = attach(first).await.unwrap_err();
    assert_eq!((fault.kind, fault.code.as_str()), (Kind::Busy, "documents.file_cleared"), "condemned is condemned");
    let until = |fault: wire::Fault| fault.detail.unwrap()["until"].as_str().unwrap().parse::<wire::Instant>().unwrap();
    let now = house.bench.platform.clock.now();
    let hours = |hours: u64| Duration::from_secs(hours * 3_600);
    assert!((now.plus(hours(2))..=now.plus(hours(4))).contains(&until(fault)), "three hours from now");
    assert_eq!((swept().await.removed, held(&house).await), (1, 0));
    // A claim from before the removal comes to its row only now: it must not name what is gone.
    let fault = attach(first).await.unwrap_err();
    assert_eq!(fault.code, "documents.file_cleared");
    assert!(until(fault) <= house.bench.platform.clock.now().plus(hours(2)), "it went already");
    assert_eq!((swept().await.removed, held(&house).await), (0, 1), "what comes after the removal is let be");
    grow(&house, 2 * 3_600 - 600).await;
    assert_eq!(attach(first).await.unwrap_err().code, "documents.file_cleared", "two hours are not over");
    grow(&house, 601).await;
    assert_eq!(attach(first).await.unwrap().files.len(), 1, "the same content may come again, without another sweep");
    swept().await;
    age(&house, 8).await;
    swept().await;
    assert_eq!((swept().await.removed, held(&house).await), (0, 1));
    house.close().await;
}

#[tokio::test]
async fn a_content_that_came_back_and_was_refused_is_loose_anew() {
    let house = House::plain().await;
    let swept = async || sweep(&house.bench, house.office).await;
    let area = house.bench.platform.blobs.area("documents", &house.office.to_string()).unwrap();
    let content = async || {
        let staged = house.bench.platform.blobs.stage(100).await.unwrap().finish().await.unwrap();
        area.claim(&staged.hash, staged.size).await.unwrap();
    };
    content().await;
    swept().await;
    age(&house, 8).await;
    swept().await;
    assert_eq!((swept().await.removed, held(&house).await), (1, 0));
    content().await;
    for (hours, removed) in [(3, 0), (0, 0), (8 * 24, 0), (0, 1)] {
        grow(&house, hours * 3_600).await;
        assert_eq!(swept().await.removed, removed, "after {hours} hours");
    }
    assert_eq!(held(&house).await, 0);
    house.close().await;
}

#[tokio::test]
async fn what_is_taken_up_again_is_loose_no_more() {
    let house = House::plain().await;
    let id = house.registered(1).await.id;
    let ticket = house.upload(&house.clerk, "nội dung", "a.txt", INCOMING).await;
    let area = house.bench.platform.blobs.area("documents", &house.office.to_string()).unwrap();
    // An order that was refused after its file had been claimed leaves such a content.
    let staged = house.bench.platform.blobs.stage(100).await.unwrap().finish().await.unwrap();
    area.claim(&staged.hash, staged.size).await.unwrap();
    assert_eq!(sweep(&house.bench, house.office).await, FilesSwept { removed: 0, loose: 1 });
    age(&house, 8).await;
    let attached = house.clerk.call(&AttachIncomingFile { id, ticket }).await.unwrap();
    for removed in [0, 1, 0] {
        assert_eq!(sweep(&house.bench, house.office).await.removed, removed);
    }
    assert_eq!(held(&house).await, 1);
    assert!(area.open(&attached.files[0].sha256, None).await.is_ok());
    house.close().await;
}
