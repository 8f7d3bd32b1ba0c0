//! The clerk's queue: sealed files, batches, and the next item beside its form.

use schema_documents::{ListIncoming, RegisterIncoming, SetIntakeAside};
use serde_json::json;
use wire::Day;

use crate::world::{World, hidden, text};

/// What a clerk types beside an item.
fn letter<'a>(intake: &'a str, summary: &'a str, symbol: &'a str) -> [(&'a str, &'a str); 6] {
    [
        ("intake", intake),
        ("author_body", "Sở Thử"),
        ("symbol", symbol),
        ("document_day", "05/01/2026"),
        ("genre_name", "Công văn"),
        ("summary", summary),
    ]
}

/// A number as pages write it.
fn dotted(number: i64) -> String {
    format!("{}.{:03}", number / 1000, number % 1000)
}

/// How many letters stand in the register with this abstract.
async fn letters(world: &World, summary: &str) -> usize {
    let call = json!({ "office": world.house.office, "limit": 100 });
    let all = world.house.ask::<ListIncoming>(&world.me, call).await.items;
    all.iter().filter(|one| one.summary.as_deref() == Some(summary)).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_clerk_works_through_the_queue() {
    let world = World::start().await;
    let page = text(world.get("/van-ban/cho?loc=de-rieng").await, 200).await;
    assert!(page.contains("Không có văn bản bị trả lại."), "{page}");
    the_queue_shows_what_waits_and_what_was_set_aside(&world).await;
    world.anew();
    a_sealed_item_is_marked_and_never_shown(&world).await;
    world.anew();
    an_official_item_stands_beside_its_form_and_the_next_one_opens(&world).await;
    world.anew();
    a_batch_brings_in_the_good_files_and_names_each_bad_one(&world).await;
    world.finish().await;
}

async fn the_queue_shows_what_waits_and_what_was_set_aside(world: &World) {
    let sealed = world.house.bring_in(&world.me, "quét <1>.pdf").await;
    world.house.bring_in_official(&world.me, "công văn.pdf").await;
    let page = text(world.get("/van-ban/cho").await, 200).await;
    for part in [
        "quét &#60;1&#62;.pdf",
        "Niêm phong",
        &format!("href=\"/van-ban/cho/{}\"", sealed.id),
        ">2<",
        "href=\"/van-ban/den\"",
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    world.house.ask::<SetIntakeAside>(&world.me, json!({ "id": sealed.id, "reason": "incomplete" })).await;
    let page = text(world.get("/van-ban/cho?loc=de-rieng").await, 200).await;
    assert!(page.contains("Thiếu trang"), "{page}");
    assert_eq!(world.last("list_intake.v1")["state"], "set_aside");
    world.lose("list_intake.v1");
    let page = text(world.get("/van-ban/cho").await, 200).await;
    assert!(page.contains("Văn bản chưa trả lời kịp."), "{page}");
    world.house.clear_queue(&world.me).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_may_not_register_sees_no_queue_in_the_menu_and_brings_no_files() {
    let world = World::of(&["specialist"]).await;
    let page = text(world.get("/van-ban/den").await, 200).await;
    assert!(!page.contains("href=\"/van-ban/cho\""), "{page}");
    let (csrf, key) = (hidden(&page, "_csrf"), hidden(&page, "_key"));
    let own = [("_csrf", csrf.as_str()), ("_key", key.as_str())];
    let response = world.ask_in("/van-ban/den", Some(&world.me.secret), &own).await;
    assert!(response.status() == 403 && !response.headers().contains_key("x-hand-in-token"));
    world.finish().await;
}

async fn a_sealed_item_is_marked_and_never_shown(world: &World) {
    let (item, other) =
        (world.house.bring_in(&world.me, "a.pdf").await, world.house.bring_in(&world.me, "b.pdf").await);
    let path = format!("/van-ban/cho/{}", item.id);
    let page = text(world.get(&path).await, 200).await;
    assert!(page.contains("Còn niêm phong") && !page.contains("<iframe") && page.contains("Mục 1 trên 2"), "{page}");
    let response = world.post(&format!("{path}/cong-vu"), &page, &[]).await;
    assert_eq!(response.headers()["location"], format!("{path}?xong=cong-vu"));
    let page = text(world.get(&path).await, 200).await;
    assert!(page.contains("<iframe") && !page.contains("Còn niêm phong"), "{page}");
    let refused = text(world.post(&format!("{path}/de-rieng"), &page, &[]).await, 422).await;
    assert!(refused.contains("Chọn một lý do.") && world.asked("set_intake_aside.v1").is_empty(), "{refused}");
    let response = world.post(&format!("{path}/de-rieng"), &refused, &[("reason", "misdirected")]).await;
    assert_eq!(response.headers()["location"], "/van-ban/cho?xong=de-rieng");
    assert_eq!(world.last("set_intake_aside.v1")["reason"], "misdirected");
    let path = format!("/van-ban/cho/{}", other.id);
    let page = text(world.get(&path).await, 200).await;
    let counted = [("sheets", "3"), ("envelopes", "1")];
    world.post(&format!("{path}/don-thu"), &page, &counted).await;
    let asked = world.last("mark_intake_citizen_letter.v1");
    assert_eq!((&asked["sheets"], &asked["envelopes"], &asked["late"]), (&json!(3), &json!(1), &json!(false)));
    assert_eq!(world.post(&format!("{path}/xoa"), &page, &[]).await.status(), 404);
    let page = text(world.get(&path).await, 200).await;
    assert!(!page.contains("b.pdf"), "nothing of a citizen's letter is kept: {page}");
    world.house.clear_queue(&world.me).await;
}

async fn an_official_item_stands_beside_its_form_and_the_next_one_opens(world: &World) {
    let number = world.house.next_in(&world.me).await;
    let item = world.house.bring_in_official(&world.me, "một.pdf").await;
    let next = world.house.bring_in_official(&world.me, "hai.pdf").await;
    let (item_id, next_id) = (item.id.to_string(), next.id.to_string());
    let path = format!("/van-ban/cho/{item_id}");
    let page = text(world.get(&path).await, 200).await;
    for part in [
        &format!("src=\"{path}/tep?xem=1\""),
        &format!("name=\"intake\" value=\"{item_id}\""),
        "Vào sổ và mở tiếp",
        &dotted(number),
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let shown = world.get(&format!("{path}/tep?xem=1")).await;
    assert_eq!(shown.headers()["x-hand-out"], format!("/api/v1/intake-items/{item_id}/file"));
    let bad = [("intake", item_id.as_str()), ("summary", "Về việc thử"), ("pages", "ba")];
    let refused = text(world.post("/van-ban/den", &page, &bad).await, 422).await;
    assert!(
        refused.contains("value=\"ba\"") && refused.contains("<iframe"),
        "the item stays beside the form: {refused}"
    );
    let typed = letter(&item_id, "Về việc thử", "1/ST");
    let response = world.post("/van-ban/den", &refused, &typed).await;
    let to = response.headers()["location"].to_str().unwrap().to_owned();
    let (there, entered) = to.split_once("?da-vao=").unwrap();
    assert_eq!(there, format!("/van-ban/cho/{next_id}"));
    assert_eq!(world.last("register_incoming.v1")["intake"], item_id);
    let page = text(world.get(&to).await, 200).await;
    assert!(page.contains(&format!("số đến {}", dotted(number))), "{page}");
    let typed = letter(&next_id, "Về việc khác", "2/ST");
    let response = world.post("/van-ban/den", &page, &typed).await;
    let to = response.headers()["location"].to_str().unwrap().to_owned();
    assert!(to.starts_with("/van-ban/cho?da-vao=") && !to.ends_with(entered), "{to}");
    let page = text(world.get(&to).await, 200).await;
    assert!(page.contains(&format!("số đến {}", dotted(number + 1))), "{page}");
    assert_eq!((letters(world, "Về việc thử").await, letters(world, "Về việc khác").await), (1, 1));
    world.house.clear_queue(&world.me).await;
}

async fn a_batch_brings_in_the_good_files_and_names_each_bad_one(world: &World) {
    let page = text(world.get("/van-ban/cho/nhap").await, 200).await;
    let (csrf, key) = (hidden(&page, "_csrf"), hidden(&page, "_key"));
    let own = [("_csrf", csrf.as_str()), ("_key", key.as_str())];
    let response = world.ask_in("/van-ban/cho/nhap", Some(&world.me.secret), &own).await;
    assert_eq!(response.headers()["x-hand-in"], format!("{} intake_item", world.house.office));
    let mut files = Vec::new();
    for name in ["a.pdf", "b.pdf", "d.pdf", "e.pdf"] {
        let ticket = world.house.upload(&world.me, name, name.as_bytes(), "intake_item").await;
        files.push(format!("{} {name}", ticket.0));
    }
    let both =
        [("files", files[0].as_str()), ("files", files[1].as_str()), ("files.refused", "gateway.file_kind c.exe")];
    let said = text(world.post("/van-ban/cho/nhap", &page, &both).await, 422).await;
    assert!(said.contains("c.exe: không nhận loại tệp này") && said.contains("0 / 2"), "{said}");
    assert_eq!(world.last("bring_in_intake.v1")["tickets"].as_array().unwrap().len(), 2);
    let batch = hidden(&said, "batch");
    let response = world.post("/van-ban/cho/nhap", &said, &[("files", &files[2]), ("batch", &batch)]).await;
    assert_eq!(response.headers()["location"], format!("/van-ban/cho/lo/{batch}"));
    assert_eq!(world.last("bring_in_intake.v1")["batch"], batch);
    let page = text(world.get(&format!("/van-ban/cho/lo/{batch}")).await, 200).await;
    for part in ["max=\"3\" value=\"0\"", "Niêm phong", "a.pdf", "d.pdf"] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let nothing = text(world.post("/van-ban/cho/nhap", &page, &[]).await, 422).await;
    assert!(nothing.contains("Chọn ít nhất một tệp."), "{nothing}");
    // What the service takes for no file of ours is refused, and waits in the form.
    let stolen = format!("{}x e.pdf", files[3].split(' ').next().unwrap());
    let kept = text(world.post("/van-ban/cho/nhap", &nothing, &[("files", &stolen)]).await, 422).await;
    assert!(kept.contains(&format!("value=\"{stolen}\" checked")), "{kept}");
    let page = text(world.get(&format!("/van-ban/cho/lo/{batch}")).await, 200).await;
    assert!(page.contains("max=\"3\""), "{page}");
    world.house.clear_queue(&world.me).await;
}

/// The last day of the register stands after the day of today only where somebody moved the clock.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_citizens_letter_of_an_earlier_day_is_confirmed_by_one_more_click() {
    let mut world = World::by_hand(&["chief_of_office", "document_clerk"]).await;
    let clock = world.house.bench.platform.clock.clone();
    let (today, tomorrow) = (clock.now(), clock.now().plus(std::time::Duration::from_secs(86_400)));
    clock.set(tomorrow);
    world.me = world.me.again(&world.house).await;
    let letter = json!({
        "office": world.house.office, "author_body": "Sở Thử", "symbol": "9/ST", "summary": "Về ngày mai",
        "document_day": Day::new(2026, 1, 5).unwrap(), "genre_name": "Công văn",
    });
    world.house.ask::<RegisterIncoming>(&world.me, letter).await;
    clock.set(today);
    world.me = world.me.again(&world.house).await;
    let item = world.house.bring_in(&world.me, "đơn.pdf").await;
    let path = format!("/van-ban/cho/{}", item.id);
    let page = text(world.get(&path).await, 200).await;
    let counted = [("sheets", "3"), ("envelopes", "1")];
    let page = text(world.post(&format!("{path}/don-thu"), &page, &counted).await, 409).await;
    assert!(page.contains("name=\"late\" value=\"1\""), "{page}");
    let again = [counted[0], counted[1], ("late", "1")];
    let response = world.post(&format!("{path}/don-thu"), &page, &again).await;
    assert_eq!(response.headers()["location"], "/van-ban/cho?xong=don-thu");
    assert_eq!(world.last("mark_intake_citizen_letter.v1")["late"], true);
    world.finish().await;
}
