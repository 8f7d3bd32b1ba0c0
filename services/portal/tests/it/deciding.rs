//! What is decided upon a document that arrived, and the work that comes from it, on their pages.

use serde_json::{Value, json};
use wire::{Fault, Kind};

use crate::{
    page_rules::ids_are_unique_and_labels_lead_somewhere,
    stage::{OFFICE, PAPER, WORK, World, fault, text},
};

const STEP: &str = "01938a2c-0000-7000-8000-0000000000f1";
const UNIT: &str = "01938a2c-0000-7000-8000-0000000000f2";
const CLERK: &str = "01938a2c-0000-7000-8000-0000000000f3";

fn actor(person: &str) -> Value {
    json!({ "person": person, "position": OFFICE })
}

fn routing() -> Value {
    json!({
        "disposition": "to_process", "lead": UNIT, "to_know": [OFFICE], "due": "2026-11-25",
        "text": "Giao Ban Ví Dụ <b>tham mưu</b>",
    })
}

fn proposal(state: &str) -> Value {
    json!({
        "id": STEP, "office": OFFICE, "version": 1, "document": PAPER, "routing": routing(), "put_to": OFFICE,
        "by": actor(CLERK), "at": "2026-11-20T02:00:00Z", "state": state,
    })
}

/// An instruction that a clerk transcribed from the handwriting of the one who reads.
fn handwritten() -> Value {
    json!({
        "id": STEP, "office": OFFICE, "version": 1, "document": PAPER, "routing": routing(), "by": actor(OFFICE),
        "at": "2026-11-20T03:00:00Z", "state": "in_force",
        "transcription": { "written": "2026-11-20", "by": actor(CLERK), "state": "unconfirmed",
            "scan": { "id": STEP, "name": "but-phe.pdf", "media_type": "application/pdf", "size": 9, "sha256": "00" } },
    })
}

async fn world(permissions: &[&str]) -> World {
    let world = World::of(permissions).await;
    let page = |items: Value| Ok(json!({ "items": items }));
    let unit =
        |id: &str, name: &str| json!({ "id": id, "office": OFFICE, "name": name, "from": "2020-01-01", "version": 1 });
    let person =
        |id: &str, name: &str| json!({ "id": id, "office": OFFICE, "full_name": name, "active": true, "version": 1 });
    let position = |id: &str, title: &str, role: &str| {
        json!({ "id": id, "office": OFFICE, "unit": OFFICE, "title": title, "roles": [role], "head": false,
            "from": "2020-01-01", "version": 1 })
    };
    let role = |name: &str, permission: &str| json!({ "name": name, "title": name, "permissions": [permission] });
    let roles = json!([role("leader", "documents.incoming.instruct"), role("other", "documents.incoming.read")]);
    for (name, answer) in [
        ("find_units.v1", page(json!([unit(UNIT, "Ban Ví Dụ"), unit(OFFICE, "Văn phòng")]))),
        ("list_people.v1", page(json!([person(OFFICE, "Trần Thị Ví Dụ"), person(CLERK, "Lê Văn Thử")]))),
        (
            "list_positions.v1",
            page(json!([position(OFFICE, "Phó Bí thư", "leader"), position(UNIT, "Lái xe", "other")])),
        ),
        ("list_roles.v1", Ok(json!({ "items": roles }))),
        ("propose_disposition.v1", Ok(proposal("waiting"))),
        ("return_proposal.v1", Ok(proposal("returned"))),
        ("instruct_incoming.v1", Ok(handwritten())),
        ("confirm_instruction.v1", Ok(handwritten())),
    ] {
        world.answer(name, answer);
    }
    world
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_chief_puts_a_proposal_to_whoever_may_instruct_and_nothing_typed_is_lost() {
    let world = world(&["documents.incoming.read", "documents.incoming.dispose", "documents.incoming.propose"]).await;
    let path = format!("/van-ban/den/{PAPER}");
    let page = text(world.get(&path).await, 200).await;
    ids_are_unique_and_labels_lead_somewhere(&path, &page);
    assert!(page.contains("Phó Bí thư") && !page.contains("Lái xe"), "{page}");
    let typed = [("routing_text", "Đề nghị <giao>"), ("routing_due", "mai"), ("routing_lead", UNIT)];
    let page = text(world.post(&format!("{path}/trinh"), &page, &typed).await, 422).await;
    for part in ["href=\"#put_to\"", "href=\"#routing_due\"", "href=\"#routing_disposition\"", "Đề nghị &#60;giao&#62;"]
    {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let whole =
        [("put_to", OFFICE), ("routing_disposition", "to_process"), ("routing_lead", UNIT), ("routing_text", "Giao")];
    let response = world.post(&format!("{path}/trinh"), &page, &whole).await;
    assert_eq!(response.headers()["location"], format!("{path}?xong=trinh"));
    assert_eq!(world.asked("propose_disposition.v1")[0].body["routing"]["lead"], UNIT);
    let refused = fault(Kind::Invalid, "documents.lead_missing", json!({})).at("routing/lead");
    world.answer("propose_disposition.v1", Err(refused));
    let page = text(world.post(&format!("{path}/trinh"), &page, &whole).await, 422).await;
    assert!(page.contains("href=\"#routing_lead\""), "{page}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_standing_member_agrees_by_one_click_and_the_work_goes_where_the_instruction_says() {
    let permissions = ["documents.incoming.read", "documents.incoming.instruct", "programme.assignments.assign"];
    let world = world(&permissions).await;
    world.answer("list_incoming_proposals.v1", Ok(json!({ "items": [proposal("waiting")] })));
    let path = format!("/van-ban/den/{PAPER}");
    let page = text(world.get(&path).await, 200).await;
    ids_are_unique_and_labels_lead_somewhere(&path, &page);
    for part in ["Lê Văn Thử", "Ban Ví Dụ", "25/11/2026", "tham mưu", "name=\"as_proposed\" value=\"1\""] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    world.post(&format!("{path}/but-phe"), &page, &[("proposal", STEP), ("as_proposed", "1")]).await;
    let asked = &world.asked("instruct_incoming.v1")[0].body;
    assert!(asked["proposal"] == STEP && asked.get("routing").is_none(), "{asked}");
    world.post(&format!("{path}/tra-trinh"), &page, &[("proposal", STEP), ("return_reason", "Thiếu hạn")]).await;
    assert_eq!(world.asked("return_proposal.v1")[0].body["reason"], "Thiếu hạn");

    world.answer("list_incoming_proposals.v1", Ok(json!({ "items": [] })));
    world.answer("list_instructions.v1", Ok(json!({ "items": [handwritten()] })));
    let page = text(world.get(&path).await, 200).await;
    for part in [
        "Viết tay ngày 20/11/2026 của Trần Thị Ví Dụ; Lê Văn Thử nhập lại",
        "name=\"assign_due\" value=\"25/11/2026\"",
        &format!("value=\"{UNIT}\" selected"),
        "Chờ xác nhận đúng bản viết",
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let confirmed = world.post(&format!("{path}/but-phe/{STEP}/xac-nhan"), &page, &[]).await;
    assert_eq!(confirmed.headers()["location"], format!("{path}?xong=xac-nhan"));
    let scan = world.get(&format!("{path}/but-phe/{STEP}")).await;
    assert_eq!(scan.headers()["x-hand-out"], format!("/api/v1/instructions/{STEP}/scan"));
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_specialist_sees_the_instruction_begins_the_answer_and_proves_the_work_with_it() {
    let permissions = [
        "documents.incoming.read",
        "documents.outgoing.read",
        "documents.outgoing.draft",
        "programme.assignments.read",
        "programme.assignments.work",
    ];
    let world = world(&permissions).await;
    let work = json!({
        "id": WORK, "office": OFFICE, "version": 2, "title": "Rà soát", "expected_product": "Báo cáo", "lead_unit": UNIT,
        "source": { "kind": "incoming_document", "id": PAPER, "label": "Số đến 2418" }, "coordinators": [],
        "urgency": "normal", "assigned_by": actor(CLERK), "assigned_at": "2026-11-19T01:00:00Z", "due": "2026-11-26",
        "original_due": "2026-11-26", "due_reason": { "basis": "day", "vi": "ngày do người giao đặt", "en": "named" },
        "state": "in_progress", "handler": OFFICE, "extensions": [{ "asked_by": actor(OFFICE), "reason": "Chờ số liệu",
            "asked_at": "2026-11-20T01:00:00Z", "until": "2026-12-01", "state": "refused", "answer": "Giữ hạn" }],
    });
    let answer = json!({
        "id": STEP, "office": OFFICE, "version": 1, "state": "issued", "genre": "bao_cao", "genre_name": "Báo cáo",
        "body_code": "VPTU", "summary": "Kết quả", "secrecy": "open", "urgency": "normal", "masked": false,
        "draft_ordinal": 1, "symbol": "13-BC/VPTU", "number": 13,
    });
    world.answer("get_assignment.v1", Ok(work.clone()));
    world.answer("complete_assignment.v1", Ok(work));
    world.answer("list_instructions.v1", Ok(json!({ "items": [handwritten()] })));
    world.answer("list_outgoing.v1", Ok(json!({ "items": [answer] })));
    let path = format!("/viec/{WORK}");
    let page = text(world.get(&path).await, 200).await;
    ids_are_unique_and_labels_lead_somewhere(&path, &page);
    for part in [
        "tham mưu",
        "Số đến 2.418 · 7/SVD-VP",
        &format!("/van-ban/di/soan?tra-loi={PAPER}"),
        "không đồng ý",
        "Chờ số liệu → Giữ hạn",
        "27/11/2026",
        &format!("value=\"{STEP} 13-BC/VPTU\""),
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let missing = text(world.post(&format!("{path}/hoan-thanh"), &page, &[]).await, 422).await;
    assert!(missing.contains("href=\"#evidence\""), "{missing}");
    let proof = format!("{STEP} 13-BC/VPTU");
    world.post(&format!("{path}/hoan-thanh"), &page, &[("evidence_document", proof.as_str())]).await;
    let asked = &world.asked("complete_assignment.v1")[0].body["evidence"];
    assert_eq!(asked, &json!([{ "kind": "outgoing_document", "id": STEP, "label": "13-BC/VPTU" }]));
    let refused = fault(Kind::Invalid, "programme.field_missing", json!({ "name": "reason" }));
    world.answer("ask_extension.v1", Err(refused));
    let typed = [("until", "30/11/2026"), ("extension_reason", "")];
    let page = text(world.post(&format!("{path}/gia-han"), &page, &typed).await, 422).await;
    assert!(page.contains("href=\"#extension_reason\"") && page.contains("value=\"30/11/2026\""), "{page}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_paper_is_passed_to_a_desk_and_silence_about_instructions_has_its_place() {
    let world = world(&["documents.incoming.read", "documents.incoming.register"]).await;
    world.answer("list_instructions.v1", Err(Fault::new(Kind::Busy, "wire.busy", "busy", "bận")));
    let path = format!("/van-ban/den/{PAPER}");
    let page = text(world.get(&path).await, 200).await;
    assert!(page.contains("Văn bản chưa trả lời kịp.") && page.contains("Sở Ví Dụ"), "{page}");
    let page = text(world.post(&format!("{path}/chuyen"), &page, &[("pass_note", "Xin ý kiến")]).await, 422).await;
    assert!(page.contains("href=\"#pass_unit\"") && page.contains("value=\"Xin ý kiến\""), "{page}");
    let denied = Fault::new(Kind::Conflict, "documents.at_that_desk", "it is there", "đang ở đó").at("unit");
    world.answer("pass_incoming.v1", Err(denied));
    let page = text(world.post(&format!("{path}/chuyen"), &page, &[("pass_unit", UNIT)]).await, 409).await;
    assert!(page.contains("href=\"#pass_unit\"") && page.contains(&format!("value=\"{UNIT}\" selected")), "{page}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_waits_is_listed_with_its_paper_and_each_list_is_for_those_who_may() {
    let world = world(&["documents.incoming.read", "documents.incoming.instruct", "documents.incoming.dispose"]).await;
    let path = "/van-ban/cho-y-kien";
    let page = text(world.get(path).await, 200).await;
    assert!(page.contains("Không có đề xuất nào chờ") && page.contains("Mọi bút phê viết tay đã"), "{page}");
    world.answer("list_waiting_proposals.v1", Ok(json!({ "items": [proposal("waiting")] })));
    world.answer("list_unconfirmed_instructions.v1", Err(Fault::new(Kind::Busy, "wire.busy", "busy", "bận")));
    let page = text(world.get(path).await, 200).await;
    ids_are_unique_and_labels_lead_somewhere(path, &page);
    for part in
        [&format!("href=\"/van-ban/den/{PAPER}\""), "7/SVD-VP", "Văn bản chưa trả lời kịp.", "aria-current=\"page\""]
    {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    world.answer("get_incoming.v1", Err(Fault::new(Kind::OutOfTime, "wire.out_of_time", "late", "chậm")));
    let page = text(world.get(path).await, 200).await;
    assert!(page.contains(&format!("/van-ban/den/{PAPER}")), "{page}");
    world.finish().await;
}
