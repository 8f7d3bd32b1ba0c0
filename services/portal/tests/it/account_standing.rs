//! Who stands in for whom, who is away, posts that are handed over, and imports of the directory.

use serde_json::{Value, json};
use wire::{Fault, Kind};

use crate::{
    page_rules::ids_are_unique_and_labels_lead_somewhere,
    stage::{OFFICE, WORK, World, fault, text},
};

const OTHER: &str = "01938a2c-0000-7000-8000-0000000000dd";
const LENT: &str = "01938a2c-0000-7000-8000-0000000000ee";

fn person(id: &str, name: &str) -> Value {
    json!({ "id": id, "office": OFFICE, "full_name": name, "active": true, "version": 1 })
}

fn page(items: &[Value]) -> Result<Value, Fault> {
    Ok(json!({ "items": items }))
}

/// An office of two, of whom one lends something to the other.
fn prepare(world: &World) {
    let people = [person(OFFICE, "Trần Thị Ví Dụ"), person(OTHER, "Lê Văn <Thay>")];
    world.answer("list_people.v1", page(&people));
    let position = |id: &str, title: &str| json!({ "id": id, "office": OFFICE, "unit": OFFICE, "title": title, "roles": [], "head": false, "from": "2026-01-01", "version": 1 });
    world.answer("list_positions.v1", page(&[position(OFFICE, "Văn thư"), position(OTHER, "Chuyên viên")]));
    let held = |person: &str| json!({ "id": person, "office": OFFICE, "person": person, "position": person, "from": "2026-01-01", "version": 1 });
    world.answer("list_appointments.v1", page(&[held(OFFICE), held(OTHER)]));
    world.answer("list_delegations.v1", page(&[delegation()]));
    let absence = json!({ "id": LENT, "office": OFFICE, "person": OFFICE, "position": OFFICE, "from": "2026-11-01",
                          "to": "2099-12-01", "kind": "leave", "covered_by": OTHER, "version": 1 });
    world.answer("list_absences.v1", page(&[absence]));
    world.answer("list_handovers.v1", page(&[handover()]));
    world.answer("get_handover.v1", Ok(record()));
}

fn delegation() -> Value {
    json!({ "id": LENT, "office": OFFICE, "kind": "absence", "position": OFFICE, "grantor": OFFICE, "deputy": OTHER,
            "deputy_position": OTHER, "deputy_appointment": OTHER, "permissions": ["documents.incoming.read"],
            "from": "2026-11-01", "to": "2099-12-01", "reason": "Nghỉ phép", "may_pass_on": false, "made_by": OFFICE,
            "made_at": "2026-11-01T01:00:00Z", "version": 1 })
}

fn handover() -> Value {
    json!({ "id": LENT, "office": OFFICE, "position": OFFICE, "outgoing": OFFICE, "incoming": OTHER, "drawn_by": OFFICE,
            "drawn_at": "2026-11-01T01:00:00Z", "incoming_signed_at": "2026-11-02T01:00:00Z", "version": 1 })
}

fn record() -> Value {
    json!({ "handover": handover(), "items": [{ "kind": "other", "label": "Chìa khóa <tủ>" }] })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_stands_in_is_shown_with_the_last_day_and_what_is_silent_is_named() {
    let world = World::start().await;
    prepare(&world);
    let shown = text(world.get("/uy-quyen").await, 200).await;
    ids_are_unique_and_labels_lead_somewhere("deputies", &shown);
    for part in [
        "Lê Văn &#60;Thay&#62; · Chuyên viên",
        "từ 01/11/2026 đến hết 30/11/2099",
        "Xem văn bản đến",
        "Đang có hiệu lực",
        "Nghỉ phép · Văn thư",
        "Chờ đồng chí ký",
        &format!("value=\"{OTHER}:{OTHER}\""),
    ] {
        assert!(shown.contains(part), "{part} is not in {shown}");
    }
    world.answer("list_delegations.v1", page(&[]));
    world.answer("list_absences.v1", Err(Fault::new(Kind::OutOfTime, "wire.out_of_time", "late", "chậm")));
    let shown = text(world.get("/uy-quyen").await, 200).await;
    assert!(shown.contains("Chưa ủy quyền cho ai.") && shown.contains("chưa trả lời kịp"), "{shown}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn powers_are_lent_within_bounds_and_a_refused_form_keeps_what_was_typed() {
    let world = World::start().await;
    prepare(&world);
    let shown = text(world.get("/uy-quyen").await, 200).await;
    let deputy = format!("{OTHER}:{OTHER}");
    let typed = [
        ("deputy", deputy.as_str()),
        ("kind", "absence"),
        ("from", "01/12/2026"),
        ("to", "05/12/2026"),
        ("permissions", "documents.incoming.read"),
        ("permissions", "programme.assignments.work"),
        ("genres", "CV, BC"),
        ("highest", "5.000.000"),
        ("reason", "Đi công tác"),
        ("may_pass_on", "1"),
    ];
    let wrong = text(world.post("/uy-quyen", &shown, &[("from", "32/12"), ("reason", "Đi công tác")]).await, 422).await;
    assert!(
        wrong.contains("href=\"#deputy\"")
            && wrong.contains("value=\"32/12\"")
            && wrong.contains("value=\"Đi công tác\"")
    );
    assert!(world.asked("create_delegation.v1").is_empty());
    let mut refused = fault(Kind::Invalid, "identity.permission_not_held", Value::Null);
    refused.field = Some("permissions".to_owned());
    world.answer("create_delegation.v1", Err(refused));
    let again = text(world.post("/uy-quyen", &shown, &typed).await, 422).await;
    assert!(again.contains("href=\"#permissions\"") && again.contains("value=\"CV, BC\""), "{again}");
    assert!(again.contains("value=\"programme.assignments.work\" checked"), "{again}");
    world.answer("create_delegation.v1", Ok(delegation()));
    let response = world.post("/uy-quyen", &again, &typed).await;
    assert_eq!(response.headers()["location"], "/uy-quyen?xong=uy-quyen");
    let asked = &world.asked("create_delegation.v1")[1].body;
    let expected = json!({
        "kind": "absence", "position": OFFICE, "deputy": OTHER, "deputy_position": OTHER,
        "permissions": ["documents.incoming.read", "programme.assignments.work"], "genres": ["BC", "CV"],
        "highest": 5_000_000, "from": "2026-12-01", "to": "2026-12-06", "reason": "Đi công tác", "may_pass_on": true,
    });
    assert_eq!(asked, &expected);
    world.answer("revoke_delegation.v1", Ok(delegation()));
    world.post(&format!("/uy-quyen/{LENT}/thu-hoi"), &shown, &[("revoke_reason", "Đã về")]).await;
    assert_eq!(world.asked("revoke_delegation.v1")[0].body, json!({ "id": LENT, "reason": "Đã về" }));
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn days_away_are_told_and_ended() {
    let world = World::start().await;
    prepare(&world);
    let shown = text(world.get("/uy-quyen").await, 200).await;
    let typed = [("away_kind", "duty"), ("away_from", "01/12/2026"), ("away_to", "04/12/2026"), ("cover", LENT)];
    let mut refused = fault(Kind::Invalid, "identity.interval_empty", Value::Null);
    refused.field = Some("to".to_owned());
    world.answer("create_absence.v1", Err(refused));
    let again = text(world.post("/uy-quyen/vang-mat", &shown, &typed).await, 422).await;
    assert!(again.contains("href=\"#away_to\"") && again.contains("value=\"04/12/2026\""), "{again}");
    let body = &world.asked("create_absence.v1")[0].body;
    assert_eq!((&body["kind"], &body["to"], &body["cover"]), (&json!("duty"), &json!("2026-12-04"), &json!(LENT)));
    let away = json!({ "id": LENT, "office": OFFICE, "person": OFFICE, "position": OFFICE, "from": "2026-11-01",
                       "to": "2026-11-20", "kind": "leave", "version": 2 });
    world.answer("end_absence.v1", Ok(away));
    let response = world.post(&format!("/uy-quyen/vang-mat/{LENT}/tro-lai"), &shown, &[("back", "20/11/2026")]).await;
    assert_eq!(response.headers()["location"], "/uy-quyen?xong=tro-lai");
    assert_eq!(world.asked("end_absence.v1")[0].body["to"], "2026-11-20");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_post_is_handed_over_with_its_open_work_and_two_signatures() {
    let world = World::start().await;
    prepare(&world);
    let form = text(world.get("/ban-giao/moi").await, 200).await;
    ids_are_unique_and_labels_lead_somewhere("new hand-over", &form);
    let work = format!("{WORK} Rà soát danh sách");
    assert!(form.contains(&format!("value=\"{work}\" checked")) && form.contains("Lê Văn &#60;Thay&#62;"), "{form}");
    let typed = [("direction", "give"), ("other", OTHER), ("work", work.as_str()), ("more", "Chìa khóa tủ\n\nCon dấu")];
    let again = text(world.post("/ban-giao/moi", &form, &typed[2..]).await, 422).await;
    assert!(again.contains("href=\"#other\"") && again.contains("Con dấu"), "{again}");
    world.answer("create_handover.v1", Ok(record()));
    let response = world.post("/ban-giao/moi", &form, &typed).await;
    assert_eq!(response.headers()["location"], format!("/ban-giao/{LENT}?xong=lap"));
    let body = &world.asked("create_handover.v1")[0].body;
    assert_eq!((&body["outgoing"], &body["incoming"]), (&json!(OFFICE), &json!(OTHER)));
    assert_eq!(
        body["items"],
        json!([
            { "kind": "assignment", "id": WORK, "label": "Rà soát danh sách" },
            { "kind": "other", "label": "Chìa khóa tủ" }, { "kind": "other", "label": "Con dấu" },
        ])
    );
    let shown = text(world.get(&format!("/ban-giao/{LENT}")).await, 200).await;
    ids_are_unique_and_labels_lead_somewhere("hand-over", &shown);
    assert!(shown.contains("Chìa khóa &#60;tủ&#62;") && shown.contains("ký lúc 08:00 02/11/2026"), "{shown}");
    world.answer("sign_handover.v1", Err(fault(Kind::Conflict, "identity.handover_signed", Value::Null)));
    text(world.post(&format!("/ban-giao/{LENT}/ky"), &shown, &[]).await, 409).await;
    world.answer("sign_handover.v1", Ok(handover()));
    let response = world.post(&format!("/ban-giao/{LENT}/ky"), &shown, &[]).await;
    assert_eq!(response.headers()["location"], format!("/ban-giao/{LENT}?xong=ky"));
    world.answer("list_appointments.v1", page(&[]));
    let form = text(world.get("/ban-giao/moi").await, 200).await;
    assert!(form.contains("Chưa có ai khác được bổ nhiệm"), "{form}");
    world.finish().await;
}

fn import(state: &str) -> Value {
    json!({ "id": LENT, "office": OFFICE, "kind": "people", "version": 1, "state": state, "file_name": "cán bộ.xlsx",
            "sha256": "00", "from": "2026-11-01", "columns": [], "rows": 40, "done": 12, "left": 1 })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_import_is_tried_out_put_into_force_and_watched() {
    let world = World::of(&["identity.people.change"]).await;
    world.answer("list_directory_imports.v1", page(&[import("applying")]));
    let list = text(world.get("/nhap-danh-ba").await, 200).await;
    assert!(list.contains("12 trên 40 dòng") && list.contains("max=\"40\"") && list.contains("cán bộ.xlsx"), "{list}");
    world.answer("get_directory_import.v1", Ok(import("draft")));
    let wrong = json!({ "row": 3, "cell": "Ban <x>", "code": "c", "vi": "không có đơn vị này", "en": "no such unit" });
    let check = |faults: Value, faulty: u32| json!({ "id": LENT, "rows": 40, "fit": 39, "known": 0, "columns": [], "faults": faults, "faulty": faulty });
    world.answer("check_directory_import.v1", Ok(check(json!([wrong]), 1)));
    let path = format!("/nhap-danh-ba/{LENT}");
    let draft = text(world.get(&path).await, 200).await;
    assert!(draft.contains("Không có đơn vị này.") && draft.contains("Ban &#60;x&#62;") && !draft.contains("/ap-dung"));
    ids_are_unique_and_labels_lead_somewhere("import", &draft);
    world.answer("check_directory_import.v1", Ok(check(json!([]), 0)));
    let draft = text(world.get(&path).await, 200).await;
    world.answer("apply_directory_import.v1", Ok(import("applying")));
    let response = world.post(&format!("{path}/ap-dung"), &draft, &[]).await;
    assert_eq!(response.headers()["location"], format!("{path}?xong=ap-dung"));
    world.answer("undo_directory_import.v1", Err(fault(Kind::Conflict, "identity.import_used", json!({ "row": 3 }))));
    text(world.post(&format!("{path}/hoan-tac"), &draft, &[("reason", "Nhầm tệp")]).await, 409).await;
    assert_eq!(world.asked("undo_directory_import.v1")[0].body["reason"], "Nhầm tệp");
    world.answer("get_directory_import.v1", Ok(import("applied")));
    let failed =
        json!({ "row": 9, "state": "failed", "fault": { "row": 9, "code": "c", "vi": "đã đổi", "en": "changed" } });
    world.answer("list_directory_import_rows.v1", page(&[failed]));
    let applied = text(world.get(&path).await, 200).await;
    assert!(applied.contains("Đã đổi.") && applied.contains("/hoan-tac") && !applied.contains("/ap-dung"), "{applied}");
    world.answer("list_directory_imports.v1", Err(Fault::new(Kind::Busy, "wire.busy", "busy", "bận")));
    assert!(text(world.get("/nhap-danh-ba").await, 200).await.contains("chưa trả lời kịp"));
    world.finish().await;
}
