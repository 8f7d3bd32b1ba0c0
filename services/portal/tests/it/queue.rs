//! The clerk's queue: sealed files, batches, and the next item beside its form.

use serde_json::{Value, json};
use wire::{Fault, Kind};

use crate::stage::{OFFICE, PAPER, World, fault, hidden, text};

const ITEM: &str = "01938a2c-0000-7000-8000-000000000071";
const NEXT: &str = "01938a2c-0000-7000-8000-000000000072";
const BATCH: &str = "01938a2c-0000-7000-8000-000000000070";

fn item(id: &str, state: &str) -> Value {
    let mut item = json!({
        "id": id, "office": OFFICE, "version": 1, "batch": BATCH, "state": state, "source": "upload",
        "brought_in_at": "2026-11-20T01:00:00Z", "name": "quét <1>.pdf", "media_type": "application/pdf", "size": 120_433,
    });
    if state == "official" {
        item["file"] =
            json!({ "id": id, "name": "quét <1>.pdf", "media_type": "application/pdf", "size": 5, "sha256": "00" });
    }
    item
}

fn batch() -> Value {
    json!({
        "id": BATCH, "office": OFFICE, "brought_in_at": "2026-11-20T01:00:00Z", "waiting": 1, "official": 1,
        "set_aside": 1, "registered": 4, "citizen_letter": 2, "discarded": 1,
    })
}

/// A portal before a queue of two items.
async fn world(state: &str) -> World {
    let world = World::start().await;
    world.answer("list_intake.v1", Ok(json!({ "items": [item(ITEM, state), item(NEXT, "official")] })));
    world.answer("get_intake.v1", Ok(item(ITEM, state)));
    let open = json!({ "office": OFFICE, "waiting": 14, "official": 3, "set_aside": 2 });
    world.answer("get_intake_open.v1", Ok(open));
    world.answer("get_intake_batch.v1", Ok(batch()));
    world.answer("list_intake_batches.v1", Ok(json!({ "items": [batch()] })));
    world.answer("bring_in_intake.v1", Ok(batch()));
    for call in ["mark_intake_official.v1", "set_intake_aside.v1", "discard_intake.v1"] {
        world.answer(call, Ok(item(ITEM, "official")));
    }
    world
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_queue_shows_what_waits_and_what_was_set_aside() {
    let world = world("waiting").await;
    let page = text(world.get("/van-ban/cho").await, 200).await;
    for part in [
        "quét &#60;1&#62;.pdf",
        "Niêm phong",
        &format!("href=\"/van-ban/cho/{ITEM}\""),
        ">17<",
        "href=\"/van-ban/den\"",
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let mut aside = item(ITEM, "set_aside");
    aside["reason"] = json!("incomplete");
    world.answer("list_intake.v1", Ok(json!({ "items": [aside] })));
    let page = text(world.get("/van-ban/cho?loc=de-rieng").await, 200).await;
    assert!(page.contains("Thiếu trang"), "{page}");
    assert_eq!(world.asked("list_intake.v1")[1].body["state"], "set_aside");
    world.answer("list_intake.v1", Ok(json!({ "items": [] })));
    let page = text(world.get("/van-ban/cho?loc=de-rieng").await, 200).await;
    assert!(page.contains("Không có văn bản bị trả lại."), "{page}");
    world.answer("list_intake.v1", Err(Fault::new(Kind::Busy, "wire.busy", "busy", "bận")));
    let page = text(world.get("/van-ban/cho").await, 200).await;
    assert!(page.contains("Văn bản chưa trả lời kịp."), "{page}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_may_not_register_sees_no_queue_in_the_menu() {
    let world = World::of(&["documents.incoming.read"]).await;
    let page = text(world.get("/van-ban/den").await, 200).await;
    assert!(!page.contains("href=\"/van-ban/cho\""), "{page}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sealed_item_is_marked_and_never_shown() {
    let world = world("waiting").await;
    let path = format!("/van-ban/cho/{ITEM}");
    let page = text(world.get(&path).await, 200).await;
    assert!(page.contains("Còn niêm phong") && !page.contains("<iframe") && page.contains("Mục 1 trên 2"), "{page}");
    let response = world.post(&format!("{path}/cong-vu"), &page, &[]).await;
    assert_eq!(response.headers()["location"], format!("{path}?xong=cong-vu"));
    let refused = text(world.post(&format!("{path}/de-rieng"), &page, &[]).await, 422).await;
    assert!(refused.contains("Chọn một lý do.") && world.asked("set_intake_aside.v1").is_empty(), "{refused}");
    let response = world.post(&format!("{path}/de-rieng"), &page, &[("reason", "misdirected")]).await;
    assert_eq!(response.headers()["location"], "/van-ban/cho?xong=de-rieng");
    assert_eq!(world.asked("set_intake_aside.v1")[0].body["reason"], "misdirected");
    let late = fault(Kind::Conflict, "documents.late_entry", json!({ "last_day": "2026-11-21" }));
    world.answer("mark_intake_citizen_letter.v1", Err(late));
    let page =
        text(world.post(&format!("{path}/don-thu"), &page, &[("sheets", "3"), ("envelopes", "1")]).await, 409).await;
    assert!(page.contains("name=\"late\" value=\"1\""), "{page}");
    let asked = &world.asked("mark_intake_citizen_letter.v1")[0].body;
    assert_eq!((&asked["sheets"], &asked["envelopes"], &asked["late"]), (&json!(3), &json!(1), &json!(false)));
    let nothing = world.post(&format!("{path}/xoa"), &page, &[]).await;
    assert_eq!(nothing.status(), 404);
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_official_item_stands_beside_its_form_and_the_next_one_opens() {
    let world = world("official").await;
    let path = format!("/van-ban/cho/{ITEM}");
    let page = text(world.get(&path).await, 200).await;
    for part in [
        &format!("src=\"{path}/tep?xem=1\""),
        &format!("name=\"intake\" value=\"{ITEM}\""),
        "Vào sổ và mở tiếp",
        "2.419",
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let shown = world.get(&format!("{path}/tep?xem=1")).await;
    assert_eq!(shown.headers()["x-hand-out"], format!("/api/v1/intake-items/{ITEM}/file"));
    let bad = [("intake", ITEM), ("summary", "Về việc thử"), ("pages", "ba")];
    let refused = text(world.post("/van-ban/den", &page, &bad).await, 422).await;
    assert!(
        refused.contains("value=\"ba\"") && refused.contains("<iframe"),
        "the item stays beside the form: {refused}"
    );
    world.answer("list_intake.v1", Ok(json!({ "items": [item(NEXT, "official")] })));
    let response = world.post("/van-ban/den", &page, &[("intake", ITEM), ("summary", "Về việc thử")]).await;
    assert_eq!(response.headers()["location"], format!("/van-ban/cho/{NEXT}?da-vao={PAPER}"));
    assert_eq!(world.asked("register_incoming.v1")[0].body["intake"], ITEM);
    world.answer("list_intake.v1", Ok(json!({ "items": [] })));
    let response = world.post("/van-ban/den", &page, &[("intake", ITEM), ("summary", "Về việc khác")]).await;
    assert_eq!(response.headers()["location"], format!("/van-ban/cho?da-vao={PAPER}"));
    let page = text(world.get(&format!("/van-ban/cho?da-vao={PAPER}")).await, 200).await;
    assert!(page.contains("số đến 2.418"), "{page}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_batch_brings_in_the_good_files_and_names_each_bad_one() {
    let world = world("waiting").await;
    let page = text(world.get("/van-ban/cho/nhap").await, 200).await;
    let (csrf, key) = (hidden(&page, "_csrf"), hidden(&page, "_key"));
    let response = world.ask_in("/van-ban/cho/nhap", Some("good-secret"), &[("_csrf", &csrf), ("_key", &key)]).await;
    assert_eq!(response.headers()["x-hand-in"], format!("{OFFICE} intake_item"));
    let both = [("files", "t1 a.pdf"), ("files", "t2 b.pdf"), ("files.refused", "gateway.file_kind c.exe")];
    let said = text(world.post("/van-ban/cho/nhap", &page, &both).await, 422).await;
    assert!(said.contains("c.exe: không nhận loại tệp này") && said.contains("7 / 10"), "{said}");
    assert_eq!(world.asked("bring_in_intake.v1")[0].body["tickets"], json!(["t1", "t2"]));
    let response = world.post("/van-ban/cho/nhap", &page, &[("files", "t3 d.pdf"), ("batch", BATCH)]).await;
    assert_eq!(response.headers()["location"], format!("/van-ban/cho/lo/{BATCH}"));
    assert_eq!(world.asked("bring_in_intake.v1")[1].body["batch"], BATCH);
    let page = text(world.get(&format!("/van-ban/cho/lo/{BATCH}")).await, 200).await;
    for part in ["max=\"10\" value=\"7\"", "đã vào sổ 4", "Niêm phong"] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let nothing = text(world.post("/van-ban/cho/nhap", &page, &[]).await, 422).await;
    assert!(nothing.contains("Chọn ít nhất một tệp."), "{nothing}");
    let large = Fault::new(Kind::TooLarge, "documents.intake_too_large", "too large", "quá lớn");
    world.answer("bring_in_intake.v1", Err(large));
    let kept = text(world.post("/van-ban/cho/nhap", &page, &[("files", "t4 e.pdf")]).await, 413).await;
    assert!(kept.contains("Quá lớn.") && kept.contains("value=\"t4 e.pdf\" checked"), "{kept}");
    world.finish().await;
}
