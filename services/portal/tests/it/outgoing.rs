//! What goes out, through the portal's pages: a draft, its versions, its number, and what is shown once it is issued.

use serde_json::{Value, json};
use wire::{Fault, Kind};

use crate::{
    page_rules::ids_are_unique_and_labels_lead_somewhere,
    stage::{OFFICE, PAPER, REGISTER, World, fault, text},
};

const OUT: &str = "01938a2c-0000-7000-8000-0000000000dd";
const FIRST: &str = "01938a2c-0000-7000-8000-0000000000e1";
const SECOND: &str = "01938a2c-0000-7000-8000-0000000000e2";

/// A draft in its second version, ready for a number.
fn draft() -> Value {
    json!({
        "id": OUT, "office": OFFICE, "version": 3, "state": "draft", "genre": "bao_cao", "genre_name": "Báo cáo",
        "body_code": "VPTU", "issuing_unit": OFFICE, "issuing_unit_name": "Văn phòng", "summary": "Kết quả <b>rà soát</b>",
        "secrecy": "open", "urgency": "urgent", "masked": false, "replies_to": [PAPER], "draft": SECOND,
        "draft_ordinal": 2, "recipients": [{ "name": "Sở Ví Dụ" }, { "name": "Ban Ví Dụ", "unit": OFFICE }],
    })
}

fn issued() -> Value {
    let mut document = draft();
    let given = json!({
        "state": "issued", "register": REGISTER, "number": 13, "symbol": "13-BC/VPTU", "dated": "2026-11-20",
        "signatory": "CHÁNH VĂN PHÒNG Ví Dụ", "copies": 5, "issued_at": "2026-11-20T02:00:00Z",
    });
    document.as_object_mut().unwrap().extend(given.as_object().unwrap().clone());
    document
}

fn version(id: &str, nth: u32, note: &str) -> Value {
    json!({ "id": id, "document": OUT, "ordinal": nth, "by": OFFICE, "at": "2026-11-19T01:00:00Z", "note": note })
}

/// A portal for somebody with these permissions, with a draft that everybody knows.
async fn world(permissions: &[&str]) -> World {
    let world = World::of(permissions).await;
    let page = |items: Value| Ok(json!({ "items": items }));
    let book = json!({
        "id": REGISTER, "office": OFFICE, "version": 1, "kind": "outgoing", "body_code": "VPTU", "genres": ["bao_cao"],
        "period": "year", "first_day": "2026-01-01", "opening": 1, "last": 12, "state": "open",
    });
    let genre = json!({
        "key": "bao_cao", "name": "Báo cáo", "gloss": "report", "code": "BC", "mark": "verified",
        "instrument": "Quy định 399-QĐ/TW", "valid_from": "2026-01-09",
    });
    let unit = json!({ "id": OFFICE, "office": OFFICE, "name": "Ban Ví Dụ", "from": "2020-01-01", "version": 1 });
    let text_of = |draft: Value, text: &str| json!({ "draft": draft, "text": text });
    for (name, answer) in [
        ("list_outgoing.v1", page(json!([draft()]))),
        ("get_outgoing.v1", Ok(draft())),
        ("draft_outgoing.v1", Ok(draft())),
        ("add_draft.v1", Ok(version(SECOND, 2, "Sửa số liệu"))),
        ("set_recipients.v1", Ok(draft())),
        ("issue_outgoing.v1", Ok(issued())),
        ("void_outgoing.v1", Ok(draft())),
        ("list_drafts.v1", page(json!([version(FIRST, 1, "Bản đầu"), version(SECOND, 2, "Sửa số liệu")]))),
        ("get_draft.v1", Ok(text_of(version(SECOND, 2, "Sửa số liệu"), "Kính gửi: Sở Ví Dụ\nĐã rà soát 12 đơn vị."))),
        ("list_registers.v1", page(json!([book]))),
        ("list_genres.v1", page(json!([genre]))),
        ("find_units.v1", page(json!([unit]))),
    ] {
        world.answer(name, answer);
    }
    world
}

const ALL: [&str; 5] = [
    "documents.incoming.read",
    "documents.outgoing.read",
    "documents.outgoing.draft",
    "documents.outgoing.issue",
    "documents.registers.read",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_document_goes_from_its_draft_to_its_number_by_the_pages_alone() {
    let world = world(&ALL).await;
    let page = text(world.get(&format!("/van-ban/di/soan?tra-loi={PAPER}")).await, 200).await;
    for part in ["Số đến 2.418", &format!("name=\"replies_to\" value=\"{PAPER}\""), "Sở Ví Dụ</textarea>"] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let typed =
        [("genre", "bao_cao"), ("summary", "Kết quả"), ("replies_to", PAPER), ("recipients", "Sở Ví Dụ\r\nSở B")];
    let begun = world.post("/van-ban/di/soan", &page, &[&typed[..], &[("text", "Một\r\nHai")]].concat()).await;
    let record = format!("/van-ban/di/{OUT}");
    assert_eq!(begun.headers()["location"], format!("{record}?xong=soan"));
    let asked = &world.asked("draft_outgoing.v1")[0].body;
    assert_eq!((&asked["text"], asked["replies_to"][0].as_str()), (&json!("Một\nHai"), Some(PAPER)));
    assert_eq!(asked["recipients"][1]["name"], "Sở B");

    let page = text(world.get(&format!("{record}?xong=soan")).await, 200).await;
    for part in ["Dự thảo lần 2", "Đã rà soát 12 đơn vị.", "Bản đầu", "Kết quả &#60;b&#62;rà soát"]
    {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let redrafted = world.post(&format!("{record}/ban-moi"), &page, &[("text", "Ba"), ("note", "Rút gọn")]).await;
    assert_eq!(redrafted.headers()["location"], format!("{record}?xong=ban-moi"));
    let addressed =
        world.post(&format!("{record}/noi-nhan"), &page, &[("units", OFFICE), ("recipients", "Sở C")]).await;
    assert_eq!(addressed.status(), 303);
    assert_eq!(world.asked("set_recipients.v1")[0].body["recipients"][0]["unit"], OFFICE);

    let queue = text(world.get(&format!("/van-ban/di/cho-cap-so?xem={OUT}")).await, 200).await;
    for part in ["<strong>13</strong>", "Văn bản đi VPTU 2026", &format!("name=\"draft\" value=\"{SECOND}\"")] {
        assert!(queue.contains(part), "{part} is not in {queue}");
    }
    let typed =
        [("draft", SECOND), ("from_queue", "1"), ("signatory", "Ví Dụ"), ("copies", "5"), ("dated", "20/11/2026")];
    let numbered = world.post(&format!("{record}/cap-so"), &queue, &typed).await;
    assert_eq!(numbered.headers()["location"], format!("/van-ban/di/cho-cap-so?da-cap={OUT}"));
    let asked = &world.asked("issue_outgoing.v1")[0].body;
    assert_eq!((&asked["draft"], &asked["dated"], &asked["copies"]), (&json!(SECOND), &json!("2026-11-20"), &json!(5)));

    world.answer("get_outgoing.v1", Ok(issued()));
    let queue = text(world.get(&format!("/van-ban/di/cho-cap-so?da-cap={OUT}")).await, 200).await;
    assert!(queue.contains("Đã cấp số: 13-BC/VPTU."), "{queue}");
    world.answer("list_outgoing.v1", Ok(json!({ "items": [issued()] })));
    let sent = text(world.get("/van-ban/di?loc=da-phat-hanh").await, 200).await;
    for part in ["13-BC/VPTU", "Sở Ví Dụ; Ban Ví Dụ", "Chưa kèm bản ký", "<td class=\"num\">5</td>"] {
        assert!(sent.contains(part), "{part} is not in {sent}");
    }
    let page = text(world.get(&record).await, 200).await;
    assert!(page.contains("CHÁNH VĂN PHÒNG Ví Dụ") && !page.contains(&format!("{record}/cap-so")), "{page}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_is_whole_and_the_menu_leads_there() {
    let world = world(&ALL).await;
    let record = format!("/van-ban/di/{OUT}");
    let paths = [
        "/van-ban/di".to_owned(),
        "/van-ban/di?loc=tat-ca&loai=bao_cao".to_owned(),
        "/van-ban/di/soan".to_owned(),
        "/van-ban/di/cho-cap-so".to_owned(),
        format!("/van-ban/di/cho-cap-so?xem={OUT}"),
        format!("{record}?ban=1"),
        format!("{record}/so-sanh"),
        record,
    ];
    for path in paths {
        let page = text(world.get(&path).await, 200).await;
        ids_are_unique_and_labels_lead_somewhere(&path, &page);
        assert!(page.contains("href=\"/van-ban/di/cho-cap-so\"") && !page.contains(" style="), "{path}");
        assert_eq!(page.matches("<h1").count(), 1, "{path}");
    }
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_versions_stand_side_by_side_and_one_alone_says_so() {
    let world = world(&ALL).await;
    let page = text(world.get(&format!("/van-ban/di/{OUT}/so-sanh")).await, 200).await;
    assert!(page.contains("Hai bản không khác nhau về chữ") && page.contains("Sửa số liệu"), "{page}");
    let asked: Vec<Value> = world.asked("get_draft.v1").into_iter().map(|asked| asked.body["draft"].clone()).collect();
    assert!(asked.contains(&json!(FIRST)) && asked.contains(&json!(SECOND)), "{asked:?}");
    world.answer("list_drafts.v1", Ok(json!({ "items": [version(FIRST, 1, "Bản đầu")] })));
    let page = text(world.get(&format!("/van-ban/di/{OUT}/so-sanh")).await, 200).await;
    assert!(page.contains("Mới có một bản nội dung"), "{page}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_number_keeps_what_was_typed_and_an_earlier_day_is_confirmed_by_one_more_click() {
    let world = world(&ALL).await;
    let path = format!("/van-ban/di/{OUT}/cap-so");
    let page = text(world.get(&format!("/van-ban/di/{OUT}")).await, 200).await;
    let typed = [("signatory", "Ví Dụ \"A\""), ("dated", "31/02/2026"), ("copies", "ba")];
    let page = text(world.post(&path, &page, &typed).await, 422).await;
    for part in ["href=\"#dated\"", "href=\"#copies\"", "value=\"ba\"", "Ví Dụ &#34;A&#34;"] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    assert!(world.asked("issue_outgoing.v1").is_empty());
    let late = fault(Kind::Conflict, "documents.late_entry", json!({ "last_day": "2026-11-21" }));
    world.answer("issue_outgoing.v1", Err(late));
    let page = text(world.post(&path, &page, &[("signatory", "Ví Dụ"), ("dated", "20/11/2026")]).await, 409).await;
    for part in ["21/11/2026", "name=\"late\" value=\"1\"", "value=\"20/11/2026\""] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let changed = fault(Kind::Conflict, "documents.draft_changed", json!({ "ordinal": 3 })).at("draft");
    world.answer("issue_outgoing.v1", Err(changed));
    let page = text(world.post(&path, &page, &[("draft", FIRST), ("late", "1")]).await, 409).await;
    assert!(page.contains("href=\"#draft\"") && page.contains(&format!("name=\"draft\" value=\"{SECOND}\"")), "{page}");
    assert_eq!(world.asked("issue_outgoing.v1")[1].body["late"], true);
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_that_is_refused_keeps_its_text_and_silence_has_its_place() {
    let world = world(&ALL).await;
    let page = text(world.get("/van-ban/di/soan").await, 200).await;
    let page = text(world.post("/van-ban/di/soan", &page, &[("text", "Nội dung <dài>")]).await, 422).await;
    assert!(page.contains("href=\"#genre\"") && page.contains("Nội dung &#60;dài&#62;</textarea>"), "{page}");
    world.answer("get_draft.v1", Err(Fault::new(Kind::OutOfTime, "wire.out_of_time", "late", "chậm")));
    world.answer("list_drafts.v1", Err(Fault::new(Kind::Busy, "wire.busy", "busy", "bận")));
    let page = text(world.get(&format!("/van-ban/di/{OUT}")).await, 200).await;
    assert!(page.contains("Văn bản chưa trả lời kịp.") && page.contains("Sở Ví Dụ"), "{page}");
    world.answer("list_outgoing.v1", Err(Fault::new(Kind::Busy, "wire.busy", "busy", "bận")));
    let page = text(world.get("/van-ban/di/cho-cap-so").await, 200).await;
    assert!(page.contains("Văn bản chưa trả lời kịp."), "{page}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_may_only_read_is_offered_nothing_else() {
    let world = world(&["documents.outgoing.read"]).await;
    let page = text(world.get(&format!("/van-ban/di/{OUT}")).await, 200).await;
    for path in ["/ban-moi", "/noi-nhan", "/cap-so", "/huy"] {
        assert!(!page.contains(&format!("{OUT}{path}")), "{path}");
    }
    assert!(!page.contains("/van-ban/di/cho-cap-so") && page.contains("href=\"/van-ban/di\""), "{page}");
    let list = text(world.get("/van-ban/di").await, 200).await;
    assert!(!list.contains("/van-ban/di/soan") && list.contains("Chờ cấp số"), "{list}");
    assert!(world.asked("list_registers.v1").is_empty() && world.asked("find_units.v1").is_empty());
    world.finish().await;
}
