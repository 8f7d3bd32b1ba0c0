//! Work is given to a unit: its head is told, nobody else is, and the notice goes when somebody accepts the work. In both
//! deployed profiles.

use std::time::Duration;

use serde_json::{Value, json};
use testbed::process::until;
use tests::{
    client::Client,
    installation::{Installation, Profile},
    staff::{enrol, hire, office_of},
};

const PATIENCE: Duration = Duration::from_secs(60);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_head_of_a_unit_is_told_standalone() {
    the_head_of_a_unit_is_told(Profile::Standalone).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_head_of_a_unit_is_told_as_services() {
    the_head_of_a_unit_is_told(Profile::Services).await;
}

async fn the_head_of_a_unit_is_told(profile: Profile) {
    let installation = Installation::start(profile).await.unwrap();
    installation.load_few_units().await.unwrap();
    let code = installation.first_code("TW").await.unwrap();
    let admin = enrol(&installation.door(), &code, "quan-tri").await;
    let office = office_of(&admin).await;
    let units = admin.get(&format!("/api/v1/units?office={office}&limit=200")).await.ok();
    let parent = units["items"][0]["id"].as_str().unwrap().to_owned();
    let ours = json!({ "office": office, "parent": parent, "name": "Tổ Ví Dụ", "from": "2025-07-01" });
    let unit = admin.post("/api/v1/units", ours).await.ok()["id"].as_str().unwrap().to_owned();
    let chief = hire(&admin, &office, &parent, "Trần Văn Chánh", &["chief_of_office"], false).await;
    let head = hire(&admin, &office, &unit, "Phạm Thị Trưởng", &["specialist"], true).await;
    let specialist = hire(&admin, &office, &unit, "Lê Văn Chuyên", &["specialist"], false).await;

    let order = json!({ "office": office, "source": { "kind": "spoken_order", "label": "Giao ban" },
        "title": "Rà soát nhà văn hóa thôn", "expected_product": "Báo cáo", "lead_unit": unit });
    let given = until("the new unit to be known", PATIENCE, || async {
        let answer = chief.post("/api/v1/assignments", order.clone()).await;
        answer.status.is_success().then_some(answer.body)
    });
    let work = given.await.unwrap()["id"].as_str().unwrap().to_owned();

    let told = until("the head to be told", PATIENCE, || async { notices(&head).await.into_iter().next() });
    let notice = told.await.unwrap();
    assert_eq!((&notice["kind"], &notice["source"]["id"]), (&json!("work_given_to_unit"), &json!(work)), "{notice}");
    assert!(!notice.to_string().contains("nhà văn hóa"), "a notice says nothing of the work: {notice}");
    for other in [&specialist, &chief] {
        assert_eq!(notices(other).await, Vec::<Value>::new());
    }
    let path = format!("/api/v1/notices/{}/read-marks", notice["id"].as_str().unwrap());
    assert_eq!(specialist.post(&path, json!({})).await.code(), "notices.notice_missing");
    head.post(&path, json!({})).await.ok();

    specialist.post(&format!("/api/v1/assignments/{work}/acceptance"), json!({})).await.ok();
    let settled = until("the notice to go", PATIENCE, || async { notices(&head).await.is_empty().then_some(()) });
    settled.await.unwrap();
}

async fn notices(person: &Client) -> Vec<Value> {
    person.get("/api/v1/notices").await.ok()["items"].as_array().unwrap().clone()
}
