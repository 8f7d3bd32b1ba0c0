//! What came back, the send list of a day, and both kinds of documents by words, before the real services.

use schema_documents::{
    DraftOutgoing, IssueOutgoing, OpenRegister, OutgoingDocument, OutgoingRecipient, PassIncoming, PeriodKind,
    RegisterKind, ReturnIncoming,
};
use wire::{Day, Secrecy, Urgency};

use crate::{
    page_rules::ids_are_unique_and_labels_lead_somewhere,
    world::{World, text},
};

/// A document that goes to two recipients, issued today.
async fn issued(world: &World) -> OutgoingDocument {
    let office = world.house.office;
    let book = OpenRegister {
        office,
        kind: RegisterKind::Outgoing,
        body_code: Some("VPTU".to_owned()),
        genres: Some(vec!["official_letter".to_owned()]),
        period: PeriodKind::Year,
        first_day: Day::new(world.house.today().year(), 1, 1).unwrap(),
        last_day: None,
        opening: Some(41),
    };
    world.call(&world.me, &book).await.unwrap();
    let to = |name: &str| OutgoingRecipient { name: name.to_owned(), unit: None };
    let draft = DraftOutgoing {
        office,
        genre: "official_letter".to_owned(),
        body_code: Some("VPTU".to_owned()),
        issuing_unit: None,
        summary: Some("V/v <b>kiểm tra</b> Uỷ ban".to_owned()),
        secrecy: Secrecy::Open,
        urgency: Urgency::Normal,
        replies_to: Vec::new(),
        text: Some("Kính gửi".to_owned()),
        recipients: vec![to("Huyện ủy Ví Dụ"), to("Sở Ví Dụ")],
    };
    let draft = world.call(&world.me, &draft).await.unwrap();
    let signatory = Some("CHÁNH VĂN PHÒNG Ví Dụ".to_owned());
    let issue = IssueOutgoing { id: draft.id, dated: None, late: false, signatory, copies: Some(7), draft: None };
    world.call(&world.me, &issue).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_kinds_are_found_by_words_however_they_are_typed() {
    let mut world = World::start().await;
    let sent = issued(&world).await;
    let (came, went) = (format!("/van-ban/den/{}", world.paper.id), format!("/van-ban/di/{}", sent.id));
    for q in ["41cvvptu", "41-CV%2FVPTU", "%E1%BB%A7y+ban", "u%E1%BB%B7+ban", "huyen+uy+vi+du"] {
        let page = text(world.get(&format!("/tra-cuu?q={q}")).await, 200).await;
        assert!(page.contains(&went) && !page.contains(&came), "{q}: {page}");
    }
    let page = text(world.get("/tra-cuu?q=7svdvp").await, 200).await;
    assert!(page.contains(&came) && !page.contains(&went), "{page}");
    let page = text(world.get("/tra-cuu?q=vi+du").await, 200).await;
    ids_are_unique_and_labels_lead_somewhere("/tra-cuu", &page);
    assert!(page.contains(&came) && page.contains(&went) && !page.contains("<b>kiểm tra"), "{page}");
    assert_eq!(page.matches("<span class=\"chip num\">1</span>").count(), 2, "each kind has its count: {page}");
    world.lose("list_outgoing.v1");
    world.silence("documents").await;
    let page = text(world.get("/tra-cuu?q=vi+du").await, 200).await;
    assert!(page.contains("chưa trả lời kịp") && !page.contains(&came), "{page}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_came_back_says_from_whom_and_why_until_it_is_passed_on() {
    let mut world = World::start().await;
    let path = "/van-ban/bi-tra";
    let page = text(world.get(path).await, 200).await;
    assert!(page.contains("Không có văn bản bị trả lại."), "{page}");
    let id = world.paper.id;
    let pass = PassIncoming { id, unit: world.house.unit, position: None, note: None };
    world.call(&world.me, &pass).await.unwrap();
    let note = Some("Không <i>thuộc</i> việc của đơn vị".to_owned());
    world.call(&world.me, &ReturnIncoming { id, note }).await.unwrap();
    let page = text(world.get(path).await, 200).await;
    ids_are_unique_and_labels_lead_somewhere(path, &page);
    let reason = "Không &#60;i&#62;thuộc&#60;/i&#62; việc của đơn vị";
    for part in [&format!("/van-ban/den/{id}"), reason, "Trần Thị Ví Dụ", "Chuyển tiếp", "7/SVD-VP"] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    world.call(&world.me, &pass).await.unwrap();
    let page = text(world.get(path).await, 200).await;
    assert!(page.contains("Không có văn bản bị trả lại."), "{page}");
    world.silence("documents").await;
    let page = text(world.get(path).await, 200).await;
    assert!(page.contains("chưa trả lời kịp"), "{page}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_send_list_has_a_line_for_each_recipient_of_the_day() {
    let world = World::start().await;
    let page = text(world.get("/van-ban/di/ban-gui").await, 200).await;
    assert!(page.contains("Không có văn bản phát hành mang ngày này."), "{page}");
    issued(&world).await;
    let page = text(world.get("/van-ban/di/ban-gui").await, 200).await;
    for part in ["41-CV/VPTU", "Huyện ủy Ví Dụ", "Sở Ví Dụ", "1 văn bản · 2 lượt gửi", "chưa ghi việc đã gửi"]
    {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    assert_eq!(page.matches(">7<").count(), 1, "copies are said once for a document: {page}");
    let page = text(world.get("/van-ban/di/ban-gui?ngay=01/01/2026").await, 200).await;
    assert!(page.contains("Không có văn bản phát hành"), "{page}");
    let page = text(world.get("/van-ban/di?loc=da-phat-hanh").await, 200).await;
    assert!(page.contains("href=\"/van-ban/di/ban-gui\""), "{page}");
    world.finish().await;
}
