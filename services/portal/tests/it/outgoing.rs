//! What goes out, through the portal's pages: a draft, its versions, its number, and what is shown once it is issued.

use schema_documents::{IssueOutgoing, OutgoingDocument};
use serde_json::json;

use crate::{
    page_rules::ids_are_unique_and_labels_lead_somewhere,
    world::{World, text},
};

/// A day as people write it.
fn written(day: wire::Day) -> String {
    day.to_string().split('-').rev().collect::<Vec<_>>().join("/")
}

/// A draft in its second version, which answers the letter.
async fn second_version(world: &World) -> OutgoingDocument {
    let draft = world.house.draft(&world.me, Some(world.paper.id)).await;
    world.house.redraft(&world.me, &draft, "Kính gửi: Sở Ví Dụ\nĐã rà soát 12 đơn vị.", "Sửa số liệu").await;
    draft
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn drafts_are_written_compared_and_numbered_on_their_pages() {
    let world = World::start().await;
    world.house.open_outgoing(&world.me).await;
    a_document_goes_from_its_draft_to_its_number_by_the_pages_alone(&world).await;
    world.anew();
    two_versions_stand_side_by_side_and_one_alone_says_so(&world).await;
    world.anew();
    a_refused_number_keeps_what_was_typed_and_an_earlier_day_is_confirmed_by_one_more_click(&world).await;
    world.anew();
    a_submission_names_what_is_missing(&world).await;
    world.anew();
    a_copy_begins_on_the_page_of_what_arrived(&world).await;
    world.anew();
    every_page_is_whole_the_menu_leads_there_and_silence_has_its_place(&world).await;
    world.finish().await;
}

async fn a_submission_names_what_is_missing(world: &World) {
    let path = "/van-ban/di/phieu-trinh";
    let page = text(world.get(path).await, 200).await;
    ids_are_unique_and_labels_lead_somewhere(path, &page);
    let mut typed = vec![
        ("problem", "Trụ sở xuống cấp."),
        ("option1", "Sửa chữa"),
        ("resources", "Kinh phí 2 tỷ đồng."),
        ("timetable", "Quý I"),
        ("to", "Ban Thường vụ"),
        ("summary", "Về sửa trụ sở"),
        ("body_code", "TU"),
    ];
    let refused = text(world.post(path, &page, &typed).await, 422).await;
    for part in ["Chưa có phần: Các phương án", "Chưa có phần: Trách nhiệm", "3/5", "Trụ sở xuống cấp.</textarea>"]
    {
        assert!(refused.contains(part), "{part} is not in {refused}");
    }
    typed.extend([("option2", "Xây mới"), ("anyway", "1")]);
    let begun = world.post(path, &refused, &typed).await;
    assert!(begun.headers()["location"].to_str().unwrap().ends_with("?xong=soan"));
    let asked = world.last("draft_outgoing.v1");
    let expected = "Kính gửi: Ban Thường vụ\nI- SỰ CẦN THIẾT\nTrụ sở xuống cấp.\nII- CÁC PHƯƠNG ÁN\n\
        Phương án 1: Sửa chữa\nPhương án 2: Xây mới\nIII- NGUỒN LỰC\nKinh phí 2 tỷ đồng.\nIV- LỘ TRÌNH THỰC HIỆN\nQuý I";
    assert_eq!((&asked["genre"], &asked["text"]), (&json!("submission"), &json!(expected)));
}

async fn a_copy_begins_on_the_page_of_what_arrived(world: &World) {
    let paper = world.paper.id.to_string();
    let record = format!("/van-ban/den/{paper}");
    let page = text(world.get(&record).await, 200).await;
    ids_are_unique_and_labels_lead_somewhere("copying", &page);
    assert!(!page.contains("value=\"replaces\""), "what others issued is theirs to replace: {page}");
    let typed = [("incoming", paper.as_str()), ("kind", "extract"), ("body_code", "")];
    let refused = text(world.post("/van-ban/quan-he", &page, &typed).await, 422).await;
    assert!(refused.contains("<option value=\"extract\" selected>"), "{refused}");
    let typed = [("incoming", paper.as_str()), ("kind", "full_copy"), ("body_code", "TU")];
    let begun = world.post("/van-ban/quan-he", &page, &typed).await;
    let to = begun.headers()["location"].to_str().unwrap().to_owned();
    let draft = text(world.get(&to).await, 200).await;
    assert!(draft.contains("Sao y") && draft.contains(&format!("href=\"{record}\"")), "{draft}");
    let page = text(world.get(&record).await, 200).await;
    assert!(page.contains("Được sao y bởi") && page.contains("Dự thảo"), "{page}");
}

async fn a_document_goes_from_its_draft_to_its_number_by_the_pages_alone(world: &World) {
    let (paper, unit) = (world.paper.id.to_string(), world.house.unit_called("Ban Nội chính").await.to_string());
    let page = text(world.get(&format!("/van-ban/di/soan?tra-loi={paper}")).await, 200).await;
    for part in ["Số đến 2.418", &format!("name=\"replies_to\" value=\"{paper}\""), "Sở Ví Dụ</textarea>"] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let own = world.house.unit.to_string();
    let typed = [
        ("genre", "report"),
        ("issuing_unit", own.as_str()),
        ("summary", "Kết quả <b>rà soát</b>"),
        ("replies_to", paper.as_str()),
        ("recipients", "Sở Ví Dụ\r\nSở B"),
        ("text", "Một\r\nHai"),
    ];
    let begun = world.post("/van-ban/di/soan", &page, &typed).await;
    let to = begun.headers()["location"].to_str().unwrap().to_owned();
    let record = to.strip_suffix("?xong=soan").unwrap();
    let out = record.rsplit('/').next().unwrap();
    let asked = world.last("draft_outgoing.v1");
    assert_eq!((&asked["text"], &asked["replies_to"]), (&json!("Một\nHai"), &json!([paper])));
    assert_eq!(asked["recipients"][1]["name"], "Sở B");

    let page = text(world.get(&to).await, 200).await;
    for part in ["Dự thảo lần 1", "<p>Hai</p>", "Kết quả &#60;b&#62;rà soát", "Sở B"] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let redrafted = [("text", "Đã rà soát 12 đơn vị."), ("note", "Rút gọn")];
    let redrafted = world.post(&format!("{record}/ban-moi"), &page, &redrafted).await;
    assert_eq!(redrafted.headers()["location"], format!("{record}?xong=ban-moi"));
    let page = text(world.get(record).await, 200).await;
    for part in ["Dự thảo lần 2", "Đã rà soát 12 đơn vị.", "Rút gọn"] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let addressed = [("units", unit.as_str()), ("recipients", "Sở C")];
    assert_eq!(world.post(&format!("{record}/noi-nhan"), &page, &addressed).await.status(), 303);
    assert_eq!(world.last("set_recipients.v1")["recipients"][0]["unit"], unit);

    let queue = text(world.get(&format!("/van-ban/di/cho-cap-so?xem={out}")).await, 200).await;
    let version = crate::world::hidden(&queue, "draft");
    let (year, number) = (world.house.today().year(), world.house.next_out(&world.me).await);
    for part in [&format!("<strong>{number}</strong>"), &format!("Văn bản đi VPTU {year}"), "Sở C"] {
        assert!(queue.contains(part), "{part} is not in {queue}");
    }
    let day = written(world.house.today());
    let typed = [
        ("draft", version.as_str()),
        ("from_queue", "1"),
        ("signatory", "CHÁNH VĂN PHÒNG Ví Dụ"),
        ("copies", "5"),
        ("dated", day.as_str()),
    ];
    let numbered = world.post(&format!("{record}/cap-so"), &queue, &typed).await;
    assert_eq!(numbered.headers()["location"], format!("/van-ban/di/cho-cap-so?da-cap={out}"));
    let asked = world.last("issue_outgoing.v1");
    assert_eq!((&asked["draft"], &asked["copies"]), (&json!(version), &json!(5)));

    let queue = text(world.get(&format!("/van-ban/di/cho-cap-so?da-cap={out}")).await, 200).await;
    assert!(queue.contains(&format!("Đã cấp số: {number}-BC/VPTU.")), "{queue}");
    let sent = text(world.get("/van-ban/di?loc=da-phat-hanh").await, 200).await;
    for part in [&format!("{number}-BC/VPTU"), "; Sở C", "Chưa kèm bản ký", "<td class=\"num\">5</td>"] {
        assert!(sent.contains(part), "{part} is not in {sent}");
    }
    let page = text(world.get(record).await, 200).await;
    assert!(page.contains("CHÁNH VĂN PHÒNG Ví Dụ") && !page.contains(&format!("{record}/cap-so")), "{page}");
}

async fn every_page_is_whole_the_menu_leads_there_and_silence_has_its_place(world: &World) {
    let draft = second_version(world).await;
    let record = format!("/van-ban/di/{}", draft.id);
    let paths = [
        "/van-ban/di".to_owned(),
        "/van-ban/di?loc=tat-ca&loai=report".to_owned(),
        "/van-ban/di/soan".to_owned(),
        "/van-ban/di/cho-cap-so".to_owned(),
        format!("/van-ban/di/cho-cap-so?xem={}", draft.id),
        format!("{record}?ban=1"),
        format!("{record}/so-sanh"),
        record.clone(),
    ];
    for path in paths {
        let page = text(world.get(&path).await, 200).await;
        ids_are_unique_and_labels_lead_somewhere(&path, &page);
        assert!(page.contains("href=\"/van-ban/di/cho-cap-so\"") && !page.contains(" style="), "{path}");
        assert_eq!(page.matches("<h1").count(), 1, "{path}");
    }
    let page = text(world.get("/van-ban/di/soan").await, 200).await;
    let page = text(world.post("/van-ban/di/soan", &page, &[("text", "Nội dung <dài>")]).await, 422).await;
    assert!(page.contains("href=\"#genre\"") && page.contains("Nội dung &#60;dài&#62;</textarea>"), "{page}");
    world.lose("get_draft.v1");
    world.lose("list_drafts.v1");
    let page = text(world.get(&record).await, 200).await;
    assert!(page.contains("Văn bản chưa trả lời kịp.") && page.contains("Sở Ví Dụ"), "{page}");
    world.lose("list_outgoing.v1");
    let page = text(world.get("/van-ban/di/cho-cap-so").await, 200).await;
    assert!(page.contains("Văn bản chưa trả lời kịp."), "{page}");
}

async fn two_versions_stand_side_by_side_and_one_alone_says_so(world: &World) {
    let draft = second_version(world).await;
    let path = format!("/van-ban/di/{}/so-sanh", draft.id);
    let page = text(world.get(&path).await, 200).await;
    for part in ["<del>10 </del>", "<ins>12 </ins>", "Sửa số liệu"] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    assert_eq!(world.asked("get_draft.v1").len(), 2);
    world.house.redraft(&world.me, &draft, "Kính gửi: Sở Ví Dụ\nĐã rà soát 12 đơn vị.", "Soát lại").await;
    let page = text(world.get(&path).await, 200).await;
    assert!(page.contains("Hai bản không khác nhau về chữ") && page.contains("Soát lại"), "{page}");
    let single = world.house.draft(&world.me, None).await;
    let page = text(world.get(&format!("/van-ban/di/{}/so-sanh", single.id)).await, 200).await;
    assert!(page.contains("Mới có một bản nội dung"), "{page}");
}

async fn a_refused_number_keeps_what_was_typed_and_an_earlier_day_is_confirmed_by_one_more_click(world: &World) {
    let draft = second_version(world).await;
    let (record, today) = (format!("/van-ban/di/{}", draft.id), world.house.today());
    let path = format!("{record}/cap-so");
    let page = text(world.get(&record).await, 200).await;
    let typed = [("signatory", "Ví Dụ \"A\""), ("dated", "31/02/2026"), ("copies", "ba")];
    let page = text(world.post(&path, &page, &typed).await, 422).await;
    for part in ["href=\"#dated\"", "href=\"#copies\"", "value=\"ba\"", "Ví Dụ &#34;A&#34;"] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    assert!(world.asked("issue_outgoing.v1").is_empty());
    let other = world.house.draft(&world.me, None).await;
    world.house.ask::<IssueOutgoing>(&world.me, json!({ "id": other.id, "signatory": "Ví Dụ", "copies": 1 })).await;
    let before = written(today.plus(-1).unwrap());
    let typed = [("signatory", "Ví Dụ"), ("dated", before.as_str()), ("copies", "2")];
    let page = text(world.post(&path, &page, &typed).await, 409).await;
    for part in [&written(today), "name=\"late\" value=\"1\"", &format!("value=\"{before}\"")] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    // Somebody wrote another version meanwhile, so that what was read is not what would be numbered.
    let old = draft.draft.unwrap().to_string();
    let changed = [&typed[..], &[("draft", old.as_str()), ("late", "1")]].concat();
    let page = text(world.post(&path, &page, &changed).await, 409).await;
    let now = crate::world::hidden(&page, "draft");
    assert!(page.contains("href=\"#draft\"") && now != old && !now.is_empty(), "{page}");
    assert_eq!(world.last("issue_outgoing.v1")["late"], true);
    let confirmed = [&typed[..], &[("draft", now.as_str()), ("late", "1")]].concat();
    let response = world.post(&path, &page, &confirmed).await;
    assert_eq!(response.headers()["location"], format!("{record}?xong=cap-so"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_may_only_read_is_offered_nothing_else() {
    let world = World::of(&["archivist"]).await;
    let writer = world.house.hire("th.soan", "Hồ Văn Thử", "Chuyên viên", &["specialist"]).await;
    let draft = world.house.draft(&writer, None).await;
    let page = text(world.get(&format!("/van-ban/di/{}", draft.id)).await, 200).await;
    for path in ["/ban-moi", "/noi-nhan", "/cap-so", "/huy"] {
        assert!(!page.contains(&format!("{}{path}", draft.id)), "{path}");
    }
    assert!(!page.contains("/van-ban/di/cho-cap-so") && page.contains("href=\"/van-ban/di\""), "{page}");
    let list = text(world.get("/van-ban/di").await, 200).await;
    assert!(!list.contains("/van-ban/di/soan") && list.contains("Chờ cấp số"), "{list}");
    assert!(world.asked("list_registers.v1").is_empty() && world.asked("find_units.v1").is_empty());
    world.finish().await;
}
