//! Calendar, notices, overdue work, the head's own unit, search and help.

use serde_json::{Value, json};
use wire::{Fault, Kind};

use crate::stage::{OFFICE, PAPER, REGISTER, WORK, World, fault, text};

/// Everything that these pages need.
const ALL: [&str; 8] = [
    "documents.incoming.read",
    "documents.incoming.dispose",
    "programme.assignments.work",
    "programme.assignments.read",
    "programme.calendar.read",
    "programme.calendar.propose",
    "programme.calendar.approve",
    "identity.people.read",
];

fn busy() -> Result<Value, Fault> {
    Err(Fault::new(Kind::Busy, "wire.busy", "busy", "bận"))
}

fn notice(id: &str, kind: &str, source: &str, at: &str) -> Value {
    json!({ "id": id, "office": OFFICE, "kind": kind, "source": { "kind": source, "id": if source == "assignment" { WORK } else { PAPER } },
        "due": "2026-11-21", "at": at })
}

fn entry(id: &str, title: &str, state: &str, other: &str) -> Value {
    json!({
        "id": id, "office": OFFICE, "version": 2, "title": title, "place": "Hội trường", "unit": OFFICE,
        "starts": "2026-11-24T01:00:00Z", "ends": "2026-11-24T04:00:00Z", "unit_name": format!("Ban {title}"),
        "leaders": [{ "position": OFFICE, "title": "Phó Bí thư" }],
        "resources": [{ "resource": REGISTER, "kind": "room", "name": "Phòng họp số 1" }],
        "proposed_by": { "person": OFFICE, "position": OFFICE }, "proposed_at": "2026-11-20T01:00:00Z",
        "state": state, "announced": state != "proposed",
        "conflicts": [{ "entry": other, "version": 3, "title": "Mục kia", "unit": OFFICE, "unit_name": "Ban Kia",
            "state": "approved", "starts": "2026-11-24T02:00:00Z", "ends": "2026-11-24T03:00:00Z",
            "leaders": [OFFICE], "resources": [REGISTER] }],
    })
}

async fn world() -> World {
    let world = World::of(&ALL).await;
    let entries = vec![entry(PAPER, "Giao ban", "proposed", WORK), entry(WORK, "Làm việc", "approved", PAPER)];
    world.answer("list_calendar_week.v1", Ok(json!({ "items": entries })));
    world.answer("get_calendar_entry.v1", Ok(entry(PAPER, "Giao ban", "approved", WORK)));
    let week = json!({ "office": OFFICE, "week": "2026-11-23", "version": 2, "published_at": "2026-11-20T09:00:00Z",
        "adjustment": 1, "adjusted_at": "2026-11-21T09:00:00Z" });
    world.answer("get_calendar_week.v1", Ok(week.clone()));
    world.answer("approve_calendar_week.v1", Ok(week));
    world
}

/// What somebody is who heads the unit.
fn head() -> Value {
    let person = json!({ "id": OFFICE, "office": OFFICE, "full_name": "Trần Thị Ví Dụ", "active": true, "version": 1 });
    let account =
        json!({ "id": OFFICE, "office": OFFICE, "person": OFFICE, "username": "a", "state": "active", "version": 1 });
    let post = json!({
        "appointment": OFFICE, "office": OFFICE, "office_name": "Tỉnh ủy Ví Dụ", "unit": OFFICE, "unit_name": "Phòng Ví Dụ",
        "position": OFFICE, "title": "Trưởng phòng", "head": true, "permissions": ALL, "from": "2026-01-01",
    });
    json!({ "person": person, "account": account, "posts": [post] })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn notices_stand_by_record_with_its_title_and_opening_one_marks_it_as_read() {
    let world = world().await;
    let mut read = notice(REGISTER, "due_soon", "assignment", "2026-11-20T02:00:00Z");
    read["read_at"] = json!("2026-11-20T03:00:00Z");
    let items = vec![
        notice(PAPER, "overdue", "assignment", "2026-11-21T02:00:00Z"),
        read,
        notice(OFFICE, "paper_at_desk", "incoming_document", "2026-11-20T01:00:00Z"),
    ];
    world.answer("list_notices.v1", Ok(json!({ "items": items })));
    let page = text(world.get("/thong-bao").await, 200).await;
    assert_eq!(page.matches("<li data-row").count(), 2, "two records: {page}");
    assert!(page.contains("Rà soát danh sách") && page.contains("Việc quá hạn") && page.contains("09:00 21/11/2026"));
    assert!(!page.contains("<script>alert") && page.contains("&#60;script&#62;"));
    let opened = world.post("/thong-bao/mo", &page, &[("kind", "viec"), ("record", WORK), ("notice", PAPER)]).await;
    assert_eq!(opened.headers()["location"], format!("/viec/{WORK}").as_str());
    assert_eq!(world.asked("mark_notice_read.v1")[0].body["id"], PAPER);
    let wrong = world.post("/thong-bao/mo", &page, &[("kind", "//evil"), ("record", WORK)]).await;
    assert_eq!(wrong.status(), 404);
    let until = "2026-11-21T02:00:00Z";
    world.answer("mark_notices_read.v1", Ok(json!({ "until": until })));
    let all = world.post("/thong-bao/da-doc", &page, &[("until", until)]).await;
    assert_eq!(all.headers()["location"], "/thong-bao?xong=da-doc");
    assert!(world.asked("mark_notices_read.v1")[0].key.is_some());
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_record_that_cannot_be_read_has_a_notice_without_a_title_and_no_notices_say_so() {
    let world = world().await;
    let items = vec![notice(PAPER, "overdue", "assignment", "2026-11-21T02:00:00Z")];
    world.answer("list_notices.v1", Ok(json!({ "items": items })));
    world.answer("get_assignment.v1", busy());
    let page = text(world.get("/thong-bao").await, 200).await;
    assert!(page.contains("Một việc được giao"), "{page}");
    world.answer("list_notices.v1", Ok(json!({ "items": [] })));
    let page = text(world.get("/thong-bao").await, 200).await;
    assert!(page.contains("Không có thông báo mới.") && !page.contains("/thong-bao/da-doc"), "{page}");
    world.answer("list_notices.v1", busy());
    let page = text(world.get("/thong-bao").await, 200).await;
    assert!(page.contains("Thông báo chưa trả lời kịp."), "{page}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn my_work_gathers_papers_and_notices_and_each_silence_keeps_its_own_place() {
    let world = world().await;
    let items = vec![notice(PAPER, "paper_at_desk", "incoming_document", "2026-11-21T02:00:00Z")];
    world.answer("list_notices.v1", Ok(json!({ "items": items })));
    let page = text(world.get("/viec").await, 200).await;
    for said in ["Quá hạn", "Rà soát danh sách", "Văn bản ở đơn vị của tôi", "7/SVD-VP", "Văn bản chờ tại bàn"]
    {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert_eq!(world.asked("list_incoming.v1").last().unwrap().body["unit"], OFFICE);
    world.answer("list_incoming.v1", busy());
    world.answer("list_notices.v1", busy());
    let page = text(world.get("/viec").await, 200).await;
    assert!(page.contains("Văn bản chưa trả lời kịp.") && page.contains("Thông báo chưa trả lời kịp."), "{page}");
    assert!(page.contains("Rà soát danh sách"), "the rest stands: {page}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_week_stands_by_day_and_leader_and_a_clash_bears_both_names() {
    let world = world().await;
    let page = text(world.get("/lich-tuan?tuan=2026-11-26").await, 200).await;
    assert!(page.contains("23/11 – 29/11/2026") && page.contains("điều chỉnh lần 1") && page.contains("Phó Bí thư"));
    assert!(page.contains("Thứ Ba, 24/11/2026") && !page.contains("Chủ Nhật"), "empty days at the end are left out");
    let clash = "“Giao ban” (Ban Giao ban) và “Mục kia” (Ban Kia) cùng cần Phó Bí thư, Phòng họp số 1";
    assert_eq!(page.matches(clash).count(), 1, "{page}");
    assert_eq!(world.asked("list_calendar_week.v1").last().unwrap().body["week"], "2026-11-23");
    world.answer("list_calendar_week.v1", Ok(json!({ "items": [] })));
    let page = text(world.get("/lich-tuan?tuan=2026-11-26").await, 200).await;
    assert!(page.contains("Tuần này chưa có lịch.") && page.contains("/lich-tuan?tuan=2026-11-16"), "{page}");
    world.answer("list_calendar_week.v1", busy());
    let page = text(world.get("/lich-tuan").await, 200).await;
    assert!(page.contains("Việc được giao chưa trả lời kịp."), "{page}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn paper_holds_what_was_approved_and_nothing_that_waits() {
    let world = world().await;
    let page = text(world.get("/lich-tuan/in?tuan=2026-11-23").await, 200).await;
    assert!(
        page.contains("LỊCH CÔNG TÁC TUẦN") && page.contains("Làm việc") && !page.contains("<td>Giao ban"),
        "{page}"
    );
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_proposal_keeps_what_was_typed_until_it_is_taken() {
    let world = world().await;
    let position = json!({ "id": OFFICE, "office": OFFICE, "unit": OFFICE, "title": "Chánh Văn phòng", "roles": [], "head": true,
        "from": "2026-01-01", "version": 1 });
    let room = json!({ "id": REGISTER, "office": OFFICE, "version": 1, "kind": "room", "name": "Phòng họp số 1", "seats": 40,
        "from": "2026-01-01" });
    world.answer("list_positions.v1", Ok(json!({ "items": [position] })));
    world.answer("list_calendar_resources.v1", Ok(json!({ "items": [room] })));
    world.answer("propose_calendar_entry.v1", Ok(entry(PAPER, "Họp", "proposed", WORK)));
    let page = text(world.get(&format!("/lich-tuan/de-nghi?nhu={PAPER}")).await, 200).await;
    assert!(
        page.contains("value=\"Giao ban\"") && page.contains("01/12/2026") && page.contains("value=\"08:00\""),
        "{page}"
    );
    assert!(page.contains("Phòng họp số 1, 40 chỗ"));
    let typed = [
        ("title", "Họp \"kín\""),
        ("day", "24/11/2026"),
        ("starts", "sáng"),
        ("ends", "11h30"),
        ("resources", REGISTER),
    ];
    let refused = text(world.post("/lich-tuan/de-nghi", &page, &typed).await, 422).await;
    assert!(refused.contains("Giờ chưa đúng") && refused.contains("Họp &#34;kín&#34;"), "{refused}");
    assert!(refused.contains(&format!("value=\"{REGISTER}\" checked")) && refused.contains("<title>Cần sửa:"));
    assert!(world.asked("propose_calendar_entry.v1").is_empty());
    let typed = [("title", "Họp"), ("day", "24/11/2026"), ("starts", "8h"), ("ends", "11h30"), ("leaders", OFFICE)];
    let taken = world.post("/lich-tuan/de-nghi", &refused, &typed).await;
    assert_eq!(taken.headers()["location"], "/lich-tuan?tuan=2026-11-23&xong=de-nghi");
    let asked = &world.asked("propose_calendar_entry.v1")[0];
    assert_eq!((&asked.body["starts"], &asked.body["leaders"][0]), (&json!("2026-11-24T01:00:00Z"), &json!(OFFICE)));
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clash_is_approved_only_by_who_says_to_have_seen_it() {
    let world = world().await;
    world.answer("approve_calendar_entry.v1", Err(fault(Kind::Conflict, "programme.calendar_conflict", json!({}))));
    let path = "/lich-tuan/duyet?tuan=2026-11-23";
    let page = text(world.get(path).await, 200).await;
    assert!(page.contains(&format!("name=\"confirmed\" value=\"{WORK}:3\"")) && page.contains("Đã xem các mục trùng"));
    let act = |act: &str| format!("/lich-tuan/muc/{PAPER}/{act}");
    let seen = format!("{WORK}:3");
    let typed = [("week", "2026-11-23"), ("confirmed", seen.as_str())];
    let refused = text(world.post(&act("duyet"), &page, &typed).await, 409).await;
    assert!(refused.contains("Không được."), "{refused}");
    assert_eq!(world.asked("approve_calendar_entry.v1")[0].body["confirmed"], json!([]));
    world.answer("approve_calendar_entry.v1", Ok(entry(PAPER, "Giao ban", "approved", WORK)));
    let taken = world.post(&act("duyet"), &refused, &[&typed[..], &[("in_spite", "1")]].concat()).await;
    assert_eq!(taken.headers()["location"], "/lich-tuan/duyet?tuan=2026-11-23&xong=duyet");
    assert_eq!(world.asked("approve_calendar_entry.v1")[1].body["confirmed"], json!([{ "entry": WORK, "version": 3 }]));
    let mut missing = Fault::new(Kind::Invalid, "x.y", "missing", "thiếu lý do");
    missing.field = Some("reason".to_owned());
    world.answer("return_calendar_entry.v1", Err(missing));
    let kept =
        text(world.post(&act("tra-lai"), &page, &[("week", "2026-11-23"), ("reason", "chưa rõ")]).await, 422).await;
    assert!(kept.contains("value=\"chưa rõ\"") && kept.contains(&format!("href=\"#reason-{PAPER}\"")), "{kept}");
    let published = world.post("/lich-tuan/duyet", &page, &typed).await;
    assert_eq!(published.headers()["location"], "/lich-tuan?tuan=2026-11-23&xong=ban-hanh");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cell_of_the_overdue_map_opens_its_cases() {
    let world = world().await;
    let page = text(world.get("/qua-han").await, 200).await;
    assert!(page.contains("Ban Ví Dụ") && page.contains("19 ngày") && page.contains("<svg class=\"chart\""), "{page}");
    let cell = page.split("href=\"/qua-han?").nth(1).unwrap().split('"').next().unwrap().replace("&#38;", "&");
    let cell = cell.split('#').next().unwrap();
    let chosen = text(world.get(&format!("/qua-han?{cell}")).await, 200).await;
    assert!(chosen.contains("id=\"o-chon\"") && chosen.contains("Rà soát danh sách"), "{chosen}");
    world.answer("list_due_assignments.v1", Ok(json!({ "items": [] })));
    let page = text(world.get("/qua-han").await, 200).await;
    assert!(page.contains("Không có việc quá hạn."), "{page}");
    world.answer("list_due_assignments.v1", busy());
    let page = text(world.get("/qua-han").await, 200).await;
    assert!(page.contains("Việc được giao chưa trả lời kịp."), "{page}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_unit_is_for_its_head_and_its_people_stand_by_name() {
    let world = world().await;
    assert_eq!(world.get("/don-vi-cua-toi").await.status(), 403);
    world.finish().await;
    let world = World::of(&ALL).await;
    world.answer("get_me.v1", Ok(head()));
    let position = |id: &str, title: &str, head: bool| {
        json!({ "id": id, "office": OFFICE, "unit": OFFICE, "title": title, "roles": [],
        "head": head, "from": "2026-01-01", "version": 1 })
    };
    let holds = |person: &str, position: &str| {
        json!({ "id": PAPER, "office": OFFICE, "person": person, "position": position,
        "from": "2026-01-01", "version": 1 })
    };
    let person =
        |id: &str, name: &str| json!({ "id": id, "office": OFFICE, "full_name": name, "active": true, "version": 1 });
    world.answer(
        "list_positions.v1",
        Ok(json!({ "items": [position(OFFICE, "Trưởng phòng", true),
        position(PAPER, "Chuyên viên", false), position(WORK, "Cán sự", false)] })),
    );
    world.answer(
        "list_appointments.v1",
        Ok(json!({ "items": [holds(OFFICE, OFFICE), holds(PAPER, PAPER), holds(WORK, WORK)] })),
    );
    world.answer("list_people.v1", Ok(json!({ "items": [person(PAPER, "Vũ Ví Dụ"), person(WORK, "An Ví Dụ")] })));
    world.answer(
        "list_absences.v1",
        Ok(json!({ "items": [{ "id": PAPER, "office": OFFICE, "person": PAPER, "position": PAPER,
        "from": "2026-11-01", "to": "2099-12-31", "kind": "leave", "version": 1 }] })),
    );
    let page = text(world.get("/don-vi-cua-toi").await, 200).await;
    let (an, vu) = (page.find("An Ví Dụ").unwrap(), page.find("Vũ Ví Dụ").unwrap());
    assert!(an < vu && page.contains("Chuyên viên") && page.contains("nghỉ phép"), "by name: {page}");
    let handlers: Vec<_> =
        world.asked("list_due_assignments.v1").iter().map(|asked| asked.body["handler"].clone()).collect();
    assert!(handlers.contains(&json!(PAPER)) && handlers.contains(&json!(WORK)) && !handlers.contains(&json!(OFFICE)));
    world.answer("list_appointments.v1", busy());
    let page = text(world.get("/don-vi-cua-toi").await, 200).await;
    assert!(page.contains("Tổ chức, tài khoản chưa trả lời kịp.") && page.contains("Rà soát danh sách"), "{page}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn words_are_looked_for_in_one_year_and_stay_text() {
    let world = world().await;
    let page = text(world.get("/tra-cuu?q=%3Cb%3Ethu&nam=2025").await, 200).await;
    assert!(page.contains("&#60;b&#62;thu") && !page.contains("<b>thu") && page.contains("7/SVD-VP"), "{page}");
    let asked = &world.asked("list_incoming.v1")[0].body;
    assert_eq!(
        (&asked["q"], &asked["from"], &asked["to"]),
        (&json!("<b>thu"), &json!("2025-01-01"), &json!("2025-12-31"))
    );
    world.answer("list_incoming.v1", Ok(json!({ "items": [] })));
    let page = text(world.get("/tra-cuu?q=x").await, 200).await;
    assert!(page.contains("Không thấy."), "{page}");
    world.answer("list_incoming.v1", busy());
    let page = text(world.get("/tra-cuu?q=x").await, 200).await;
    assert!(page.contains("Văn bản chưa trả lời kịp."), "{page}");
    let page = text(world.get("/tra-cuu").await, 200).await;
    assert!(page.contains("<form class=\"inside form\" action=\"/tra-cuu\""), "{page}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn help_speaks_of_what_the_reader_may_use() {
    let world = World::of(&["programme.assignments.work"]).await;
    let page = text(world.get("/tro-giup").await, 200).await;
    assert!(page.contains("văn bản đến") && page.contains("incoming document"), "{page}");
    assert!(page.contains("<dt><a href=\"/viec\">") && !page.contains("<dt><a href=\"/van-ban/den\">"), "{page}");
    world.finish().await;
}
