//! One's own settings: an address is proven before it is used; every refusal of the contract has its occasion.

use std::{collections::BTreeSet, os::unix::fs::PermissionsExt as _};

use schema_notices::{
    ConfirmNoticeAddress, GetNoticeSettings, ListNotices, MarkNoticeRead, MarkNoticesRead, NoticeKind, NoticeSettings,
    PutNoticeSettings, Refusal,
};
use serde_json::json;
use testbed::{Pair, Person, process::until};
use uuid::Uuid;
use wire::{Cursor, Refusal as _, id::NoticeId};

use crate::{
    office::{Office, next_day, time},
    smtp::Server,
};

/// The section with which mail goes to a server.
pub(crate) fn section(server: &Server) -> serde_json::Value {
    json!({ "smtp_url": server.url, "from": "Văn phòng Ví Dụ <vanphong@example.vn>",
        "public_origin": "https://vanphong.example" })
}

/// What somebody sets who wants everything by mail.
pub(crate) fn wish(office: &Office, address: Option<&str>) -> PutNoticeSettings {
    let kinds = NoticeKind::ALL.to_vec();
    PutNoticeSettings { office: office.office, address: address.map(str::to_owned), bundle_minutes: 15, kinds }
}

/// Has mail sent to a person, from the wish to the code; the code is the first mail of the server.
pub(crate) async fn subscribe(office: &Office, server: &Server, person: &Person, address: &str) -> NoticeSettings {
    office.call(person, &wish(office, Some(address))).await.unwrap();
    office.pass(11).await;
    let code = code(&server.mail(1).await.text());
    let confirm = ConfirmNoticeAddress { office: office.office, code };
    // The mail is here a moment before its sender has written that down.
    let done = until("the address to be confirmed", std::time::Duration::from_secs(30), || async {
        office.call(person, &confirm).await.ok()
    });
    done.await.unwrap()
}

fn code(text: &str) -> String {
    let digits: String = text.split("Mã xác nhận: ").nth(1).unwrap().chars().take(8).collect();
    assert!(digits.chars().all(|digit| digit.is_ascii_digit()), "{text}");
    digits
}

#[tokio::test]
async fn an_address_is_the_person_s_own_and_gets_nothing_but_a_code_until_it_is_proven() {
    let server = Server::start().await;
    let folder = testbed::dir::temp().unwrap();
    let password = folder.path().join("smtp-password");
    std::fs::write(&password, "bí mật\n").unwrap();
    std::fs::set_permissions(&password, std::fs::Permissions::from_mode(0o600)).unwrap();
    let mut section = section(&server);
    (section["user"], section["password_file"]) = (json!("vanphong"), json!(password));
    let office = Office::open(Pair::LocalSqlite, section).await;
    // Whoever waits for a code does not wait for Monday.
    let off = next_day(office.clock.now().day(), false);
    office.at(time(off, 22, 0)).await;
    let ask = GetNoticeSettings { office: office.office };
    let before = office.call(&office.head, &ask).await.unwrap();
    assert_eq!((before.address, before.bundle_minutes, before.mail_configured), (None, 60, true));
    let wished = office.call(&office.head, &wish(&office, Some("truong@example.vn"))).await.unwrap();
    assert_eq!((wished.address, wished.unconfirmed_address.as_deref()), (None, Some("truong@example.vn")));
    office.pass(11).await;
    let mail = server.mail(1).await;
    assert_eq!(mail.to, "truong@example.vn");
    assert_eq!(server.credentials(), Some(("vanphong".to_owned(), "bí mật".to_owned())));
    assert!(mail.raw.is_ascii(), "a mail is written so that every server understands it");
    let code = code(&mail.text());
    let other: String = code.chars().rev().collect();
    if other != code {
        let wrong = ConfirmNoticeAddress { office: office.office, code: other };
        assert_eq!(office.refused(&office.head, &wrong).await, "notices.code_wrong");
    }
    let right = ConfirmNoticeAddress { office: office.office, code };
    assert_eq!(office.refused(&office.clerk, &right).await, "notices.nothing_to_confirm", "another's code");
    let proven = office.call(&office.head, &right).await.unwrap();
    assert_eq!((proven.address.as_deref(), proven.unconfirmed_address), (Some("truong@example.vn"), None));
    assert_eq!(office.call(&office.clerk, &ask).await.unwrap().address, None, "each has their own");
    let left = office.call(&office.head, &wish(&office, None)).await.unwrap();
    assert_eq!(left.address, None);
    office.finish().await;
}

#[tokio::test]
async fn every_refusal_has_its_occasion() {
    let server = Server::start().await;
    let mailing = Office::open(Pair::LocalSqlite, section(&server)).await;
    let silent = Office::plain().await;
    let head = &mailing.head;
    let mut seen = BTreeSet::new();
    let unclear = wish(&mailing, Some("truong@"));
    seen.insert(mailing.refused(head, &unclear).await);
    let hasty = PutNoticeSettings { bundle_minutes: 1, ..wish(&mailing, None) };
    seen.insert(mailing.refused(head, &hasty).await);
    seen.insert(silent.refused(&silent.head, &wish(&silent, Some("truong@example.vn"))).await);
    let confirm = ConfirmNoticeAddress { office: mailing.office, code: "x".into() };
    seen.insert(mailing.refused(head, &confirm).await);
    mailing.call(head, &wish(&mailing, Some("truong@example.vn"))).await.unwrap();
    seen.insert(mailing.refused(head, &wish(&mailing, Some("khac@example.vn"))).await);
    mailing.pass(11).await;
    server.mail(1).await;
    let wrong = until("the code to be known", std::time::Duration::from_secs(30), || async {
        let code = mailing.refused(head, &confirm).await;
        (code != "notices.nothing_to_confirm").then_some(code)
    });
    seen.insert(wrong.await.unwrap());
    seen.insert(mailing.refused(head, &MarkNoticeRead { id: NoticeId(Uuid::from_u128(404)) }).await);
    let ahead = MarkNoticesRead { office: None, until: "2999-01-01T00:00:00Z".parse().unwrap() };
    seen.insert(mailing.refused(head, &ahead).await);
    let lost = ListNotices { cursor: Some(Cursor("x".into())), ..ListNotices::default() };
    seen.insert(mailing.refused(head, &lost).await);
    let catalogue: BTreeSet<String> = Refusal::catalogue().into_iter().map(|row| row.code).collect();
    assert_eq!(seen, catalogue);
    mailing.finish().await;
    silent.finish().await;
}
