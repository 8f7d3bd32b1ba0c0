//! Q1: what the office says of itself, on its page and in the corner of every page.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use schema_identity::SetOfficeProfile;
use serde_json::json;

use crate::{
    page_rules::ids_are_unique_and_labels_lead_somewhere,
    world::{World, hidden, text},
};

/// A picture of one pixel.
const DOT: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const PATH: &str = "/quan-tri/co-quan";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_administrator_says_where_the_office_is_and_everyone_sees_its_emblem() {
    let world = World::of(&["administrator"]).await;
    let page = text(world.get(PATH).await, 200).await;
    for part in ["Vùng mạng", "Chưa ghi", "name=\"hours_mon\"", "enctype=\"multipart/form-data\"", ">VP</b>"] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    assert!(!page.contains("Các lần ghi"), "{page}");
    let typed = |monday| [("address", "01 phố Ví Dụ"), ("telephone", "080 1234"), ("hours_mon", monday), ("seen", "0")];
    let again = text(world.post(&format!("{PATH}/ho-so"), &page, &typed("cả ngày")).await, 422).await;
    assert!(again.contains("Hãy ghi như 07:30-11:30") && again.contains("value=\"01 phố Ví Dụ\""), "{again}");
    assert!(world.asked("set_office_profile.v1").is_empty());
    let done = world.post(&format!("{PATH}/ho-so"), &again, &typed("7h30-11h30, 13h30-17h")).await;
    assert_eq!(done.headers()["location"], format!("{PATH}?xong=ho-so"));
    let asked = world.last("set_office_profile.v1");
    assert_eq!(asked["hours"][0]["afternoon"], json!({ "from": "13:30", "to": "17:00" }));
    let page = text(world.get(&format!("{PATH}?xong=ho-so")).await, 200).await;
    for part in ["Đã lưu.", "07:30-11:30, 13:30-17:00", "Các lần ghi", "Trần Thị Ví Dụ", "name=\"seen\" value=\"1\""]
    {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    ids_are_unique_and_labels_lead_somewhere(PATH, &page);
    // Somebody else changed it meanwhile: nothing of theirs is written over.
    let id = world.house.office;
    let other = SetOfficeProfile { id, address: None, telephone: None, email: None, hours: Vec::new() };
    world.call(&world.house.admin, &other).await.unwrap();
    let page = text(world.get(PATH).await, 200).await;
    let stale = [("address", "02 phố Ví Dụ"), ("seen", "1")];
    let again = text(world.post(&format!("{PATH}/ho-so"), &page, &stale).await, 409).await;
    assert!(again.contains("role=\"alert\"") && again.contains("value=\"02 phố Ví Dụ\""), "{again}");
    let again = text(world.post(&format!("{PATH}/bieu-trung"), &page, &[("seen", "2")]).await, 422).await;
    assert!(again.contains("Hãy chọn một tệp PNG"), "{again}");
    let (csrf, key) = (hidden(&page, "_csrf"), hidden(&page, "_key"));
    let form = [("_csrf", csrf.as_str()), ("_key", key.as_str())];
    let granted = world.ask_in(&format!("{PATH}/bieu-trung"), Some(&world.me.secret), &form).await;
    assert_eq!(granted.headers()["x-hand-in"], format!("{id} office_emblem"));
    let ticket = world.house.upload(&world.me, "dau.png", &STANDARD.decode(DOT).unwrap(), "office_emblem").await;
    let file = format!("{} dau.png", ticket.0);
    let done = world.post(&format!("{PATH}/bieu-trung"), &page, &[("seen", "2"), ("emblem", file.as_str())]).await;
    assert_eq!(done.headers()["location"], format!("{PATH}?xong=bieu-trung"));
    let page = text(world.get("/ca-nhan").await, 200).await;
    let address = page.split("<img src=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert!(address.starts_with(&format!("/bieu-trung/{id}/")) && !page.contains(">VP</b>"), "{page}");
    let picture = world.get(&address).await;
    assert_eq!(
        (&picture.headers()["content-type"], picture.headers()["x-content-type-options"].to_str().unwrap()),
        (&"image/png".parse::<reqwest::header::HeaderValue>().unwrap(), "nosniff")
    );
    assert!(picture.bytes().await.unwrap().starts_with(b"\x89PNG"));
    assert_eq!(world.get(&format!("/bieu-trung/{id}/0123")).await.status(), 404);
    assert_eq!(world.get_outside(&address).await.status(), 303, "whoever is not signed in sees none");
    let page = text(world.get(PATH).await, 200).await;
    let done = world.post(&format!("{PATH}/bo-bieu-trung"), &page, &[("seen", "3")]).await;
    assert_eq!(done.headers()["location"], format!("{PATH}?xong=bo-bieu-trung"));
    let page = text(world.get(PATH).await, 200).await;
    assert!(!page.contains("<img src=\"/bieu-trung"), "{page}");
    world.finish().await;
}
