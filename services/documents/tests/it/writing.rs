//! The text of a document: what the rules of form find in it, and its page when nobody lays papers out.

use schema_documents::{
    AddDraft, CheckDraft, DownloadOutgoingPrint, DraftOutgoing, FindingPlace, FindingSeverity, VoidOutgoing,
};
use testbed::Pair;
use wire::{Kind, Secrecy};

use crate::{
    house::{House, refused},
    outgoing::issue,
};

#[tokio::test]
async fn a_version_is_checked_and_a_better_one_has_less_to_say() {
    for pair in [Pair::LocalSqlite, Pair::NatsPostgres] {
        let house = House::open(pair).await;
        let text = Some("Kính gửi: Văn phòng Tỉnh ủy\nĐiều 1. Một.\nĐiều 3. Ba.".to_owned());
        let order = DraftOutgoing { recipients: Vec::new(), text, ..house.draft() };
        let draft = house.clerk.call(&order).await.unwrap();
        let check = house.clerk.call(&CheckDraft { id: draft.id, draft: None }).await.unwrap();
        assert_eq!((check.draft, check.day), (draft.draft, house.today()));
        let found: Vec<&str> = check.findings.iter().map(|finding| finding.rule.as_str()).collect();
        assert_eq!(found, ["recipients_missing", "signature_missing", "number_out_of_order"]);
        assert_eq!(check.findings[0].severity, FindingSeverity::Must);
        assert_eq!(check.findings[2].place, FindingPlace::Line { line: 3, begins: "Điều 3. Ba.".into() });

        let text = "Kính gửi: Văn phòng Tỉnh ủy\nĐiều 1. Một.\nĐiều 2. Hai.\nT/M ĐẢNG ỦY\nBÍ THƯ".to_owned();
        house.clerk.call(&AddDraft { id: draft.id, text, note: None }).await.unwrap();
        let better = house.clerk.call(&CheckDraft { id: draft.id, draft: None }).await.unwrap();
        assert_eq!(better.findings.len(), 1, "{:?}", better.findings);
        let before = house.clerk.call(&CheckDraft { id: draft.id, draft: draft.draft }).await.unwrap();
        assert_eq!(before.findings, check.findings, "a version that is named is the one that is read");
        house.close().await;
    }
}

#[tokio::test]
async fn what_has_no_text_or_no_press_says_so() {
    let house = House::plain().await;
    let bare = house.clerk.call(&DraftOutgoing { text: None, ..house.draft() }).await.unwrap();
    let print = DownloadOutgoingPrint { id: bare.id, draft: None };
    assert_eq!(house.refused(&print).await, "documents.text_not_there");
    let drafted = house.drafted().await;
    let away = refused(&house.clerk, &DownloadOutgoingPrint { id: drafted.id, draft: None }).await;
    assert_eq!((away.code.as_str(), away.kind), ("documents.press_away", Kind::Busy));

    let masked =
        DraftOutgoing { secrecy: Secrecy::TopSecret, summary: None, text: None, recipients: vec![], ..house.draft() };
    let masked = house.clerk.call(&masked).await.unwrap();
    assert_eq!(house.refused(&CheckDraft { id: masked.id, draft: None }).await, "documents.masked");
    assert_eq!(house.refused(&DownloadOutgoingPrint { id: masked.id, draft: None }).await, "documents.masked");
    house.clerk.call(&issue(drafted.id)).await.unwrap();
    let void = VoidOutgoing { id: drafted.id, reason: "trùng".into(), masked_reason: None };
    house.clerk.call(&void).await.unwrap();
    assert_eq!(house.refused(&CheckDraft { id: drafted.id, draft: None }).await, "documents.already_voided");

    let stranger = house.hired(&[]);
    assert_eq!(refused(&stranger, &CheckDraft { id: bare.id, draft: None }).await.kind, Kind::Denied);
    house.close().await;
}
