//! What came back, the send list of a day, and both kinds of documents by words, before the real services.

use std::time::Duration;

use pades::TrialAuthority;
use schema_documents::{
    AttachIncomingFile, DraftOutgoing, IssueOutgoing, OpenRegister, OutgoingDocument, OutgoingRecipient, PassIncoming,
    PeriodKind, PostingWay, RecordPosting, RegisterKind, ReturnIncoming,
};
use testbed::{
    pdf::{page, signed},
    process::until,
};
use wire::{Day, Secrecy, Urgency};

use crate::{
    page_rules::ids_are_unique_and_labels_lead_somewhere,
    world::{World, text},
};

/// A document that goes to two recipients, issued today.
pub(crate) async fn issued(world: &World) -> OutgoingDocument {
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
        together_with: Vec::new(),
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
    let issue =
        IssueOutgoing { id: draft.id, dated: None, late: false, signatory, signer: None, copies: Some(7), draft: None };
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
    let id = issued(&world).await.id;
    let page = text(world.get("/van-ban/di/ban-gui").await, 200).await;
    assert!(!page.contains("Bưu điện"), "nothing is sent yet: {page}");
    let recipients = vec!["Sở Ví Dụ".to_owned()];
    let sent = RecordPosting { id, recipients, way: PostingWay::ByPost, on: None, note: None };
    world.call(&world.me, &sent).await.unwrap();
    let page = text(world.get(&format!("/van-ban/di/{id}")).await, 200).await;
    assert!(page.contains("Gửi ngoài hệ thống") && page.contains("Bưu điện"), "{page}");
    let page = text(world.get("/van-ban/di/ban-gui").await, 200).await;
    assert_eq!(page.matches("Bưu điện").count(), 1, "to one of the two: {page}");
    for part in ["41-CV/VPTU", "Huyện ủy Ví Dụ", "Sở Ví Dụ", "1 văn bản · 2 lượt gửi"] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    assert_eq!(page.matches(">7<").count(), 1, "copies are said once for a document: {page}");
    let page = text(world.get("/van-ban/di/ban-gui?ngay=01/01/2026").await, 200).await;
    assert!(page.contains("Không có văn bản phát hành"), "{page}");
    let page = text(world.get("/van-ban/di?loc=da-phat-hanh").await, 200).await;
    assert!(page.contains("href=\"/van-ban/di/ban-gui\""), "{page}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_document_says_who_signed_its_files_and_what_is_wrong_with_that() {
    let world = World::start().await;
    let now = world.house.bench.platform.clock.now();
    let whole = signed(&mut TrialAuthority::new("Tổ chức thử nghiệm", now).unwrap(), now);
    let mut altered = whole.clone();
    let place = altered.windows(10).position(|bytes| bytes == b"Bao cao so").unwrap();
    altered[place] = b'R';
    for (name, content) in [("ky.pdf", whole), ("sua.pdf", altered), ("quet.pdf", page("Ban quet"))] {
        let ticket = world.house.upload(&world.me, name, &content, "incoming_document").await;
        world.call(&world.me, &AttachIncomingFile { id: world.paper.id, ticket }).await.unwrap();
    }
    let path = format!("/van-ban/den/{}", world.paper.id);
    let page = until("the files to be looked at", Duration::from_secs(20), || async {
        let page = text(world.get(&path).await, 200).await;
        (!page.contains("Đang kiểm")).then_some(page)
    })
    .await
    .unwrap();
    ids_are_unique_and_labels_lead_somewhere(&path, &page);
    let card = page.split("id=\"signed-title\"").nth(1).unwrap().split("</section>").next().unwrap();
    for part in [
        "ky.pdf",
        "Nguyễn Văn Mẫu",
        "Chưa đủ căn cứ",
        "Nội dung không đổi từ khi ký",
        "Nơi cấp chưa nằm trong danh sách tin cậy",
        "Không hợp lệ",
        "Nội dung khác với lúc ký",
        "Không có chữ ký số",
        "Không đọc được",
    ] {
        assert!(card.contains(part), "{part} is not in {card}");
    }
    world.lose("get_incoming_signatures.v1");
    let page = text(world.get(&path).await, 200).await;
    assert!(
        page.contains("Văn bản chưa trả lời kịp.") && page.contains(&world.paper.symbol.clone().unwrap()),
        "{page}"
    );
    world.finish().await;
}
