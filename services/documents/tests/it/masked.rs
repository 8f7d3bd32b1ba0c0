//! Documents above the secrecy ceiling: number, day and marks, wherever they are shown or told.

use schema_documents::{
    DraftOutgoing, GetIncoming, GetOutgoing, IssueOutgoing, ListOutgoing, ListOutgoingHistory, ListProtections,
    MaskedVoidReason, OutgoingDocument, VoidIncoming, VoidOutgoing,
};
use sea_orm::ConnectionTrait as _;
use serde::Serialize;
use testbed::Pair;
use wire::Secrecy;

use crate::{house::House, lists::everything, numbers::entries, outgoing::issue};

/// Words that would say of what kind and whose the document below is.
const WORDS: [&str; 5] = ["conclusion", "kết luận", "ĐU", "01-KL", "Văn phòng Đảng ủy"];

fn silent(what: &str, shown: &impl Serialize) {
    let text = serde_json::to_string(shown).unwrap();
    for word in WORDS {
        assert!(!text.contains(word), "{what} says `{word}`: {text}");
    }
}

pub(crate) async fn drafted(house: &House) -> OutgoingDocument {
    let unit = house.unit("Văn phòng Đảng ủy xã Ngọc Sơn", Some("ĐU"));
    let order = DraftOutgoing {
        genre: "conclusion".into(),
        issuing_unit: Some(unit.id),
        secrecy: Secrecy::Secret,
        summary: None,
        text: None,
        recipients: vec![],
        ..house.draft()
    };
    house.clerk.call(&order).await.unwrap()
}

#[tokio::test]
async fn a_masked_outgoing_document_says_nothing_anywhere_on_sqlite() {
    says_nothing(Pair::LocalSqlite).await;
}

#[tokio::test]
async fn a_masked_outgoing_document_says_nothing_anywhere_on_postgres() {
    says_nothing(Pair::LocalPostgres).await;
}

async fn says_nothing(pair: Pair) {
    let house = House::open(pair).await;
    let drafted = drafted(&house).await;
    silent("the draft", &drafted);
    let id = drafted.id;
    let issued = house.clerk.call(&IssueOutgoing { signatory: None, ..issue(id) }).await.unwrap();
    assert_eq!((issued.number, issued.dated, issued.copies), (Some(1), Some(house.today()), Some(5)));
    silent("the issued document", &issued);
    assert_eq!(house.clerk.call(&GetOutgoing { id }).await.unwrap(), issued);
    let list = everything(&house);
    assert_eq!(house.clerk.call(&list).await.unwrap().items, std::slice::from_ref(&issued));
    let genre = ListOutgoing { genre: Some("conclusion".into()), ..list };
    assert_eq!(house.clerk.call(&genre).await.unwrap().items, [], "a list of a genre would tell it");
    for q in ["01-KL", "kết luận", "Văn phòng Đảng ủy"] {
        let words = ListOutgoing { genre: None, q: Some(q.into()), ..genre.clone() };
        assert_eq!(house.clerk.call(&words).await.unwrap().items, [], "{q}");
    }

    let list = ListProtections { office: house.office, due: false, limit: None, cursor: None };
    let protected = house.clerk.call(&list).await.unwrap().items;
    silent("its protection", &protected);
    assert_eq!((protected[0].outgoing, protected[0].set_on, protected[0].number), (Some(id), house.today(), 1));

    let typed = VoidOutgoing { id, reason: "trùng kế hoạch".into(), masked_reason: None };
    assert_eq!(house.refused(&typed).await, "documents.above_ceiling");
    let silently = VoidOutgoing { reason: String::new(), ..typed };
    assert_eq!(house.refused(&silently).await, "documents.field_missing");
    let listed = VoidOutgoing { masked_reason: Some(MaskedVoidReason::EnteredTwice), ..silently };
    let voided = house.clerk.call(&listed).await.unwrap();
    assert_eq!(voided.void_reason.as_deref(), Some("vào sổ hoặc lấy số hai lần"));
    silent("the voided document", &voided);
    let line = entries(&house.clerk, issued.register.unwrap()).await.pop().unwrap();
    assert_eq!(line.note, voided.void_reason);
    silent("its line in the register", &line);
    let history = house.clerk.call(&ListOutgoingHistory { id, limit: None, cursor: None }).await.unwrap().items;
    assert_eq!((history.len(), &history[1].values["dated"]), (3, &house.today().to_string()));
    silent("its history", &history);
    for event in house.bench.events("documents").await.unwrap() {
        silent("an event", &event.body);
    }
    house.close().await;
}

#[tokio::test]
async fn what_was_typed_before_there_was_a_list_of_reasons_is_not_shown() {
    let house = House::plain().await;
    let OutgoingDocument { id, .. } = drafted(&house).await;
    let tx = house.bench.service("documents").db().begin().await.unwrap();
    let earlier = "UPDATE outgoing SET state = 'voided', void_reason = 'trùng kết luận', version = version + 1";
    tx.execute_unprepared(earlier).await.unwrap();
    tx.commit().await.unwrap();
    let shown = house.clerk.call(&GetOutgoing { id }).await.unwrap();
    assert_eq!(shown.void_reason.as_deref(), Some("lý do ghi trong sổ văn bản mật"));
    house.close().await;
}

#[tokio::test]
async fn a_masked_incoming_line_is_voided_with_a_reason_of_the_list() {
    let house = House::plain().await;
    let line = house.clerk.call(&house.bare(Secrecy::TopSecret)).await.unwrap();
    let typed = VoidIncoming { id: line.id, reason: "nhầm".into(), masked_reason: None, citizen_letter: false };
    assert_eq!(house.refused(&typed).await, "documents.above_ceiling");
    let masked_reason = Some(MaskedVoidReason::Withdrawn);
    let listed = VoidIncoming { reason: String::new(), masked_reason, ..typed.clone() };
    let open = house.registered(1).await;
    assert_eq!(house.refused(&VoidIncoming { id: open.id, ..listed.clone() }).await, "documents.not_masked");
    let voided = house.clerk.call(&listed).await.unwrap();
    assert_eq!(voided.void_reason.as_deref(), Some("không ban hành, hoặc cơ quan gửi thu hồi"));
    assert_eq!(house.clerk.call(&GetIncoming { id: line.id }).await.unwrap(), voided);
    house.close().await;
}
