//! What the rules of form find in a draft, and its printed page, on the pages of drafts.

use schema_documents::DownloadOutgoingPrint;
use serde_json::json;
use wire::Kind;

use crate::{
    page_rules::ids_are_unique_and_labels_lead_somewhere,
    world::{World, text},
};

const BAD: &str = "Kính gửi: Sở Ví Dụ\n1. Một <việc>.\n3. Ba.";
const GOOD: &str = "Kính gửi: Sở Ví Dụ\n\n1. Một việc.\n2. Hai việc.\n| TT | Nơi |\n| 1 | Xã A |\n\nK/T CHÁNH VĂN PHÒNG\n\
                    PHÓ CHÁNH VĂN PHÒNG\n\nHồ Văn Thử\n\nNơi nhận:\n- Như trên,\n- Lưu.";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_coach_and_the_printed_page_stand_beside_the_text() {
    let mut world = World::start().await;
    findings_lead_to_their_lines_and_a_better_version_has_none(&world).await;
    world.anew();
    a_draft_is_laid_out_by_the_service_of_forms(&world).await;
    world.anew();
    silence_has_its_place(&mut world).await;
    world.finish().await;
}

async fn findings_lead_to_their_lines_and_a_better_version_has_none(world: &World) {
    let draft = world.house.draft(&world.me, None).await;
    world.house.redraft(&world.me, &draft, BAD, "Soát thể thức").await;
    let record = format!("/van-ban/di/{}", draft.id);
    let page = text(world.get(&record).await, 200).await;
    ids_are_unique_and_labels_lead_somewhere(&record, &page);
    let link = format!("href=\"{record}?ban=2#line-3\">Dòng 3</a>");
    for part in
        [&link, "<p id=\"line-3\" tabindex=\"-1\">3. Ba.</p>", "1 chỗ phải sửa", "Hướng dẫn 05-HD/VPTW", "đánh số lại"]
    {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    assert!(page.contains("<dt>| TT | Đơn vị |</dt>") && !page.contains("<việc>"), "{page}");
    let queue = text(world.get(&format!("/van-ban/di/cho-cap-so?xem={}", draft.id)).await, 200).await;
    ids_are_unique_and_labels_lead_somewhere("queue", &queue);
    for part in ["Thể thức</th>", "1 chỗ phải sửa", &format!("href=\"{record}#line-3\"")] {
        assert!(queue.contains(part), "{part} is not in {queue}");
    }
    world.house.redraft(&world.me, &draft, GOOD, "Đã sửa").await;
    let page = text(world.get(&record).await, 200).await;
    assert!(page.contains("Đủ thể thức") && page.contains("Không thấy thiếu hay sai"), "{page}");
    let both = text(world.get(&format!("{record}/so-sanh")).await, 200).await;
    assert!(both.contains("1 chỗ phải sửa") && both.contains("Đủ thể thức"), "{both}");
    let writing = text(world.get("/van-ban/di/soan").await, 200).await;
    assert!(writing.contains("Cách viết để máy dàn trang đúng"), "{writing}");
}

async fn a_draft_is_laid_out_by_the_service_of_forms(world: &World) {
    let draft = world.house.draft(&world.me, None).await;
    let version = world.house.redraft(&world.me, &draft, GOOD, "Đã sửa").await;
    let path = format!("/van-ban/di/{}/ban-in?ban={}", draft.id, version.id);
    let page = text(world.get(&format!("/van-ban/di/{}", draft.id)).await, 200).await;
    assert!(page.contains(&format!("<iframe class=\"viewer\" src=\"{path}&amp;xem=1\"")), "{page}");
    let shown = world.get(&format!("{path}&xem=1")).await;
    let door = format!("/api/v1/outgoing-documents/{}/print?draft={}", draft.id, version.id);
    assert_eq!(
        (shown.headers()["x-hand-out"].to_str().unwrap(), &shown.headers()["x-hand-out-shown"]),
        (door.as_str(), &"1".parse().unwrap())
    );
    let made = world.house.ask::<DownloadOutgoingPrint>(&world.me, json!({ "id": draft.id })).await;
    assert_eq!((made.media_type.as_str(), made.name.as_str()), ("application/pdf", "du-thao-lan-2.pdf"));
    let again = world.house.ask::<DownloadOutgoingPrint>(&world.me, json!({ "id": draft.id })).await;
    assert_eq!((made.sha256, made.size > 5_000), (again.sha256, true), "the same text gives the same page");
}

async fn silence_has_its_place(world: &mut World) {
    let draft = world.house.draft(&world.me, None).await;
    world.silence("forms").await;
    let call = DownloadOutgoingPrint { id: draft.id, draft: None };
    let away = world.call(&world.me, &call).await.unwrap_err();
    assert_eq!((away.code.as_str(), away.kind), ("documents.press_away", Kind::Busy));
    world.lose("check_draft.v1");
    let page = text(world.get(&format!("/van-ban/di/{}", draft.id)).await, 200).await;
    assert!(page.contains("Văn bản chưa trả lời kịp.") && page.contains("Đã rà soát 10 đơn vị."), "{page}");
}
