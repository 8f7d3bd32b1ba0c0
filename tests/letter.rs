//! A letter's way through the office: registered with its file, disposed, assigned, answered, numbered, issued, and read
//! back by whoever may see it. The journeys walk it in installations of their own; the example `journey` walks it in one
//! that runs already.

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::{Value, json};
use testbed::process::until;

use crate::{
    client::Client,
    staff::{hire, office_of},
};

struct Staff {
    office: String,
    unit: String,
    clerk: Client,
    chief: Client,
    specialist: Client,
}

/// Walks the whole way, as people whom this administrator hires.
pub async fn is_answered(admin: &Client) {
    let staff = staff(admin).await;
    let letter = registered(&staff).await;
    let assignment = disposed_and_assigned(&staff, &letter).await;
    let answer = drafted_and_issued(&staff, &letter).await;
    completed(&staff, &assignment, &answer).await;
    told(&staff, &letter).await;
}

async fn staff(admin: &Client) -> Staff {
    let office = office_of(admin).await;
    let units = admin.get(&format!("/api/v1/units?office={office}&limit=200")).await.ok();
    let unit = units["items"][0]["id"].as_str().unwrap().to_owned();
    let clerk = hire(admin, &office, &unit, "Nguyễn Thị Văn Thư", &["document_clerk"], false).await;
    let chief = hire(admin, &office, &unit, "Trần Văn Chánh", &["chief_of_office"], true).await;
    let specialist = hire(admin, &office, &unit, "Lê Văn Chuyên", &["specialist"], false).await;
    Staff { office, unit, clerk, chief, specialist }
}

async fn registered(staff: &Staff) -> Value {
    let Staff { office, clerk, .. } = staff;
    let content = "Kính gửi Văn phòng: đề nghị báo cáo tình hình tháng 11.\n".repeat(40).into_bytes();
    let upload = clerk.upload(office, "incoming_document", "cong-van.txt", content.clone()).await;
    let body = json!({
        "office": office, "author_body": "Văn phòng Tỉnh ủy Ví Dụ", "symbol": "817-CV/VPTU", "document_day": "2026-11-18",
        "genre_name": "Công văn", "summary": "V/v báo cáo tình hình tháng 11", "pages": 3, "files": [upload["ticket"]],
    });
    let letter = clerk.post("/api/v1/incoming-documents", body.clone()).await.ok();
    assert_eq!(letter["number"], 1, "{letter}");

    let twice = clerk
        .post("/api/v1/incoming-documents", {
            let mut again = body;
            again["files"] = json!([]);
            again
        })
        .await;
    assert_eq!(
        twice.status,
        StatusCode::CONFLICT,
        "the same body, symbol and day are a likely duplicate: {}",
        twice.body
    );
    assert_eq!(twice.headers["content-type"], "application/problem+json");
    assert!(
        twice.body.to_string().contains(letter["id"].as_str().unwrap()),
        "the earlier one is named: {}",
        twice.body
    );

    let file = letter["files"][0]["id"].as_str().unwrap();
    let path = format!("/api/v1/incoming-documents/{}/files/{file}", letter["id"].as_str().unwrap());
    let download = clerk
        .http()
        .get(clerk.url(&path))
        .bearer_auth(clerk.token())
        .header("Range", "bytes=0-9")
        .send()
        .await
        .unwrap();
    assert_eq!(download.status(), StatusCode::PARTIAL_CONTENT);
    assert!(download.headers()["content-disposition"].to_str().unwrap().starts_with("attachment"));
    assert_eq!(download.bytes().await.unwrap(), content[..10]);
    letter
}

async fn disposed_and_assigned(staff: &Staff, letter: &Value) -> Value {
    let id = letter["id"].as_str().unwrap();
    let denied = staff
        .specialist
        .post(&format!("/api/v1/incoming-documents/{id}/disposition"), json!({ "disposition": "to_process" }))
        .await;
    assert_eq!((denied.status, denied.code()), (StatusCode::FORBIDDEN, "wire.denied"));
    let disposed = staff
        .chief
        .post(&format!("/api/v1/incoming-documents/{id}/disposition"), json!({ "disposition": "to_process" }))
        .await
        .ok();
    assert_eq!(disposed["disposition"], "to_process");
    assert!(disposed["due"].is_string(), "what is to be processed has a due day: {disposed}");

    let body = json!({
        "office": staff.office, "source": { "kind": "incoming_document", "id": id, "label": "817-CV/VPTU" },
        "title": "Tham mưu báo cáo tháng 11", "expected_product": "Dự thảo báo cáo", "lead_unit": staff.unit,
    });
    let assignment = staff.chief.post("/api/v1/assignments", body).await.ok();
    assert_eq!(assignment["due"], disposed["due"], "the document's due day is the assignment's");
    let id = assignment["id"].as_str().unwrap();
    staff.specialist.post(&format!("/api/v1/assignments/{id}/acceptance"), json!({})).await.ok()
}

async fn drafted_and_issued(staff: &Staff, letter: &Value) -> Value {
    let body = json!({
        "office": staff.office, "genre": "official_letter", "body_code": "VPTW", "summary": "V/v báo cáo tháng 11",
        "replies_to": [letter["id"]], "text": "Văn phòng báo cáo như sau.", "recipients": [{ "name": "Văn phòng Tỉnh ủy Ví Dụ" }],
    });
    let draft = staff.specialist.post("/api/v1/outgoing-documents", body).await.ok();
    assert!(draft["number"].is_null(), "a draft has no number: {draft}");
    let id = draft["id"].as_str().unwrap();
    staff
        .specialist
        .post(&format!("/api/v1/outgoing-documents/{id}/versions"), json!({ "text": "Văn phòng xin báo cáo như sau." }))
        .await
        .ok();
    let issued = staff
        .clerk
        .post(
            &format!("/api/v1/outgoing-documents/{id}/issue"),
            json!({ "signatory": "CHÁNH VĂN PHÒNG Trần Văn Chánh", "copies": 2 }),
        )
        .await
        .ok();
    assert_eq!((issued["number"].as_i64(), issued["symbol"].as_str()), (Some(1), Some("01-CV/VPTW")), "{issued}");
    let late =
        staff.specialist.post(&format!("/api/v1/outgoing-documents/{id}/versions"), json!({ "text": "Khác" })).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "an issued text cannot change: {}", late.body);
    issued
}

async fn completed(staff: &Staff, assignment: &Value, answer: &Value) {
    let id = assignment["id"].as_str().unwrap();
    let evidence =
        json!({ "evidence": [{ "kind": "outgoing_document", "id": answer["id"], "label": answer["symbol"] }] });
    let done = staff.specialist.post(&format!("/api/v1/assignments/{id}/completion"), evidence).await.ok();
    assert_eq!(done["state"], "done", "{done}");
}

/// What was done is told: the letter's history holds every step, in order, once.
async fn told(staff: &Staff, letter: &Value) {
    let path = format!("/api/v1/incoming-documents/{}/history?limit=200", letter["id"].as_str().unwrap());
    let acts = until("the history to be told", Duration::from_secs(30), || async {
        let history = staff.chief.get(&path).await.ok();
        let acts: Vec<String> = history["items"]
            .as_array()?
            .iter()
            .map(|line| line["act"].as_str().unwrap_or_default().to_owned())
            .collect();
        let told = |act: &str| acts.iter().filter(|known| *known == act).count();
        // Assigned, accepted and done are three changes of one assignment.
        (told("answered") == 1 && told("assigned") >= 3).then_some(acts)
    });
    let acts = acts.await.unwrap();
    assert_eq!(acts.iter().filter(|act| *act == "registered").count(), 1);
    assert_eq!(acts.iter().filter(|act| *act == "disposed").count(), 1);

    let stranger = staff.clerk.nobody();
    let anonymous = stranger.get(&format!("/api/v1/incoming-documents/{}", letter["id"].as_str().unwrap())).await;
    assert_eq!(anonymous.status, StatusCode::UNAUTHORIZED);
    let tagged = staff.clerk.get(&format!("/api/v1/incoming-documents/{}", letter["id"].as_str().unwrap())).await;
    assert!(tagged.headers.contains_key("etag"));
}
