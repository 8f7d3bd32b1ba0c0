//! Outgoing documents: from draft to number, and nothing changes after that.

use schema_documents::{
    AddDraft, DocumentAct, DraftOutgoing, DraftText, EntryKind, GetDraft, GetOutgoing, IssueOutgoing, ListDrafts,
    ListIncomingHistory, ListOutgoingHistory, OutgoingDocument, OutgoingRecipient, OutgoingState, SetRecipients,
    VoidIncoming, VoidOutgoing,
};
use testbed::Pair;
use tokio::task::JoinSet;
use wire::{Kind, Secrecy, id::OutgoingId};

use crate::{
    house::{CLERK, House, refused},
    numbers::entries,
};

pub(crate) fn issue(id: OutgoingId) -> IssueOutgoing {
    let signatory = Some("PHÓ BÍ THƯ Trần Văn Minh".into());
    IssueOutgoing { id, dated: None, late: false, signatory, signer: None, copies: Some(5), draft: None }
}

#[tokio::test]
async fn a_joint_document_keeps_who_issues_it_and_takes_the_number_of_who_leads() {
    for pair in [Pair::LocalSqlite, Pair::LocalPostgres] {
        let house = House::open(pair).await;
        let together_with = vec!["Ủy ban nhân dân xã".to_owned(), " Ủy ban nhân dân xã ".to_owned()];
        let order = DraftOutgoing { together_with, ..house.draft() };
        let draft = house.clerk.call(&order).await.unwrap();
        assert_eq!(draft.together_with, ["Ủy ban nhân dân xã"]);
        let issued = house.clerk.call(&issue(draft.id)).await.unwrap();
        assert_eq!((issued.number, issued.together_with.len()), (Some(1), 1));
        assert_eq!(house.clerk.call(&GetOutgoing { id: draft.id }).await.unwrap(), issued);
        house.close().await;
    }
}

#[tokio::test]
async fn a_draft_becomes_an_issued_document() {
    let house = House::plain().await;
    let letter = house.registered(1).await;
    let order = DraftOutgoing { replies_to: vec![letter.id], ..house.draft() };
    let OutgoingDocument { id, number, draft_ordinal, .. } = house.clerk.call(&order).await.unwrap();
    assert_eq!((number, draft_ordinal), (None, 1));
    let second = AddDraft {
        id, text: "Đảng ủy xã xin báo cáo.\nTrân trọng.".into(), note: Some("sửa câu".into())
    };
    let draft = house.clerk.call(&second).await.unwrap();
    assert_eq!((draft.ordinal, draft.by), (2, house.clerk.id()));
    let unit = house.unit("Ban Xây dựng Đảng", None);
    let named = vec![
        OutgoingRecipient { name: "Văn phòng Tỉnh ủy".into(), unit: None },
        OutgoingRecipient { name: String::new(), unit: Some(unit.id) },
    ];
    house.clerk.call(&SetRecipients { id, recipients: named }).await.unwrap();

    let issued = house.clerk.call(&issue(id)).await.unwrap();
    assert_eq!(
        (issued.state, issued.number, issued.symbol.as_deref()),
        (OutgoingState::Issued, Some(1), Some("01-CV/ĐU"))
    );
    assert_eq!((issued.dated, issued.draft), (Some(house.today()), Some(draft.id)));
    assert_eq!(issued.recipients[1].name, "Ban Xây dựng Đảng");
    assert_eq!(house.clerk.call(&GetOutgoing { id }).await.unwrap(), issued);
    let text = house.clerk.call(&GetDraft { id, draft: draft.id }).await.unwrap();
    assert_eq!(text, DraftText { draft, text: second.text });
    let versions = house.clerk.call(&ListDrafts { id, limit: None, cursor: None }).await.unwrap().items;
    assert_eq!(versions.iter().map(|draft| draft.ordinal).collect::<Vec<_>>(), [1, 2]);

    let told = house.clerk.call(&ListIncomingHistory { id: letter.id, limit: None, cursor: None }).await.unwrap().items;
    assert_eq!(told.last().unwrap().act, DocumentAct::Answered);
    assert_eq!(told.last().unwrap().values["symbol"], "01-CV/ĐU");
    house.close().await;
}

#[tokio::test]
async fn what_was_issued_does_not_change() {
    let house = House::plain().await;
    let OutgoingDocument { id, .. } = house.drafted().await;
    house.clerk.call(&issue(id)).await.unwrap();
    let text = AddDraft { id, text: "khác".into(), note: None };
    assert_eq!(house.refused(&text).await, "documents.not_a_draft");
    assert_eq!(house.refused(&SetRecipients { id, recipients: vec![] }).await, "documents.not_a_draft");
    assert_eq!(house.refused(&issue(id)).await, "documents.not_a_draft");
    let voided =
        house.clerk.call(&VoidOutgoing { id, reason: "ban hành trùng".into(), masked_reason: None }).await.unwrap();
    assert_eq!((voided.state, voided.number), (OutgoingState::Voided, Some(1)));
    assert_eq!(
        house.refused(&VoidOutgoing { id, reason: "lại".into(), masked_reason: None }).await,
        "documents.already_voided"
    );
    let next = house.drafted().await;
    assert_eq!(house.clerk.call(&issue(next.id)).await.unwrap().number, Some(2), "a voided number is spent");
    let history = house.clerk.call(&ListOutgoingHistory { id, limit: None, cursor: None }).await.unwrap().items;
    let acts: Vec<DocumentAct> = history.into_iter().map(|entry| entry.act).collect();
    assert_eq!(acts, [DocumentAct::Drafted, DocumentAct::Issued, DocumentAct::Voided]);
    house.close().await;
}

#[tokio::test]
async fn what_is_refused_by_code() {
    let house = House::plain().await;
    let voided = house.registered(1).await;
    house
        .clerk
        .call(&VoidIncoming { id: voided.id, reason: "nhầm".into(), masked_reason: None, citizen_letter: false })
        .await
        .unwrap();
    let plain = || house.draft();
    let missing = runtime::fresh_id().into();
    let table = [
        (DraftOutgoing { genre: "novel".into(), ..plain() }, "documents.genre_unknown"),
        (DraftOutgoing { genre: "party_charter".into(), ..plain() }, "documents.genre_uncoded"),
        (DraftOutgoing { body_code: Some("Đ/U".into()), ..plain() }, "documents.body_code_unfit"),
        (DraftOutgoing { body_code: None, ..plain() }, "documents.field_missing"),
        (DraftOutgoing { replies_to: vec![missing], ..plain() }, "documents.incoming_missing"),
        (DraftOutgoing { replies_to: vec![voided.id], ..plain() }, "documents.answers_voided"),
        (DraftOutgoing { secrecy: Secrecy::Secret, ..plain() }, "documents.above_ceiling"),
        (DraftOutgoing { issuing_unit: Some(runtime::fresh_id().into()), ..plain() }, "documents.unit_unknown"),
    ];
    for (order, code) in table {
        assert_eq!(house.refused(&order).await, code);
    }
    let bare = house.clerk.call(&DraftOutgoing { text: None, ..plain() }).await.unwrap();
    assert_eq!(house.refused(&issue(bare.id)).await, "documents.nothing_to_issue");
    let unaddressed = house.clerk.call(&DraftOutgoing { recipients: vec![], ..plain() }).await.unwrap();
    assert_eq!(house.refused(&issue(unaddressed.id)).await, "documents.no_recipients");
    let early = IssueOutgoing { dated: Some(house.day(1)), ..issue(house.drafted().await.id) };
    assert_eq!(house.refused(&early).await, "documents.day_in_future");
    let congress = house.clerk.call(&DraftOutgoing { body_code: Some("ĐH".into()), ..plain() }).await.unwrap();
    assert_eq!(house.refused(&issue(congress.id)).await, "documents.no_series");
    assert_eq!(house.refused(&GetOutgoing { id: runtime::fresh_id().into() }).await, "documents.outgoing_missing");
    let strange = GetDraft { id: bare.id, draft: runtime::fresh_id().into() };
    assert_eq!(house.refused(&strange).await, "documents.draft_missing");
    house.close().await;
}

#[tokio::test]
async fn a_version_that_nobody_read_is_not_issued() {
    let house = House::plain().await;
    let OutgoingDocument { id, draft: read, .. } = house.drafted().await;
    let second = house.clerk.call(&AddDraft { id, text: "khác".into(), note: None }).await.unwrap();
    let fault = refused(&house.clerk, &IssueOutgoing { draft: read, ..issue(id) }).await;
    assert_eq!((fault.kind, fault.code.as_str()), (Kind::Conflict, "documents.draft_changed"));
    assert_eq!(fault.detail.unwrap()["ordinal"], 2);
    let issued = house.clerk.call(&IssueOutgoing { draft: Some(second.id), ..issue(id) }).await.unwrap();
    assert_eq!((issued.number, issued.draft), (Some(1), Some(second.id)));
    house.close().await;
}

#[tokio::test]
async fn an_answer_is_issued_though_what_it_answers_was_voided() {
    let house = House::plain().await;
    let (voided, standing) = (house.registered(1).await.id, house.registered(2).await.id);
    let order = DraftOutgoing { replies_to: vec![voided, standing], ..house.draft() };
    let draft = house.clerk.call(&order).await.unwrap();
    house
        .clerk
        .call(&VoidIncoming { id: voided, reason: "nhầm".into(), masked_reason: None, citizen_letter: false })
        .await
        .unwrap();
    assert_eq!(house.clerk.call(&issue(draft.id)).await.unwrap().number, Some(1));
    let last = async |id| {
        let history = house.clerk.call(&ListIncomingHistory { id, limit: None, cursor: None }).await.unwrap();
        history.items.last().unwrap().act
    };
    assert_eq!((last(voided).await, last(standing).await), (DocumentAct::Voided, DocumentAct::Answered));
    house.close().await;
}

#[tokio::test]
async fn each_genre_of_a_body_counts_for_itself() {
    let house = House::plain().await;
    let unit = house.unit("Văn phòng Đảng ủy xã Ngọc Sơn", Some("VPĐU"));
    let notice = DraftOutgoing { genre: "notice".into(), ..house.draft() };
    let office = DraftOutgoing { body_code: None, issuing_unit: Some(unit.id), ..house.draft() };
    let mut symbols = Vec::new();
    for order in [house.draft(), notice, office, house.draft()] {
        let draft = house.clerk.call(&order).await.unwrap();
        symbols.push(house.clerk.call(&issue(draft.id)).await.unwrap().symbol.unwrap());
    }
    assert_eq!(symbols, ["01-CV/ĐU", "01-TB/ĐU", "01-CV/VPĐU", "02-CV/ĐU"]);
    house.close().await;
}

#[tokio::test]
async fn a_secret_document_takes_a_number_of_the_common_series_and_shows_nothing() {
    let house = House::plain().await;
    let secret =
        DraftOutgoing { secrecy: Secrecy::Secret, summary: None, text: None, recipients: vec![], ..house.draft() };
    let draft = house.clerk.call(&secret).await.unwrap();
    let issued = house.clerk.call(&IssueOutgoing { signatory: None, ..issue(draft.id) }).await.unwrap();
    assert!(issued.masked && issued.number == Some(1));
    let line = entries(&house.clerk, issued.register.unwrap()).await.pop().unwrap();
    assert_eq!((line.kind, line.symbol, line.genre_name, line.summary), (EntryKind::Outgoing, None, None, None));
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_at_once_are_numbered_without_a_gap() {
    let house = House::plain().await;
    let mut clerks = JoinSet::new();
    for _ in 0..16 {
        let (clerk, draft) = (house.bench.person(&[(house.office, CLERK)]), house.drafted().await);
        clerks.spawn(async move { clerk.call(&issue(draft.id)).await.unwrap().number.unwrap() });
    }
    let mut numbers = clerks.join_all().await;
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=16).collect::<Vec<_>>());
    house.close().await;
}
