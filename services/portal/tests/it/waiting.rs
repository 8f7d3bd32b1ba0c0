//! What waits for somebody: notices, one's own work, what is overdue, the unit of its head; and search and help.

use std::time::Duration;

use schema_documents::PassIncoming;
use schema_identity::CreateAbsence;
use schema_notices::{ListNotices, Notice};
use serde_json::json;
use testbed::process::until;
use wire::Instant;

use crate::{
    house::{Seat, Someone},
    world::{World, hidden, text},
};

/// A moment as people here write it.
fn written(at: Instant) -> String {
    let at = at.plus(Duration::from_secs(7 * 3600)).to_string();
    let day = at[..10].split('-').rev().collect::<Vec<_>>().join("/");
    format!("{} {day}", &at[11..16])
}

/// A portal for somebody with an order that is overdue, and the letter on the desk.
async fn late() -> (World, String) {
    let mut world = World::by_hand(&["chief_of_office", "document_clerk"]).await;
    let giver = world.house.hire("th.giao", "Hồ Văn Thử", "Phó Chánh Văn phòng", &["deputy_chief_of_office"]).await;
    let given = world.house.order(&giver, &world.me, "Rà soát danh sách đơn vị").await.id;
    let pass = json!({ "id": world.paper.id, "unit": world.house.unit, "position": world.me.position() });
    world.house.ask::<PassIncoming>(&world.me, pass).await;
    world.later(40).await;
    let told = until("the notices", Duration::from_secs(30), || async {
        let all = notices(&world).await;
        let overdue =
            all.iter().any(|one| one.source.id.to_string() == given.to_string() && one.kind.word() == "overdue");
        (overdue && all.iter().any(|one| one.kind.word() == "paper_at_desk")).then_some(())
    });
    told.await.unwrap();
    (world, given.to_string())
}

async fn notices(world: &World) -> Vec<Notice> {
    world.house.ask::<ListNotices>(&world.me, json!({ "limit": 100 })).await.items
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_late_or_lies_at_the_desk_is_told() {
    let (mut world, work) = late().await;
    my_work_gathers_papers_and_notices_and_each_silence_keeps_its_own_place(&world).await;
    world.anew();
    notices_stand_by_record_with_its_title_and_opening_one_marks_it_as_read(&mut world, &work).await;
    world.finish().await;
}

async fn notices_stand_by_record_with_its_title_and_opening_one_marks_it_as_read(world: &mut World, work: &str) {
    let all = notices(world).await;
    let mut records: Vec<_> = all.iter().map(|one| one.source.id).collect();
    records.sort_unstable();
    records.dedup();
    let page = text(world.get("/thong-bao").await, 200).await;
    assert_eq!(page.matches("<li data-row").count(), records.len(), "a line for each record: {page}");
    let overdue = all.iter().find(|one| one.source.id.to_string() == work && one.kind.word() == "overdue").unwrap();
    for part in ["Rà soát danh sách đơn vị", "Việc quá hạn", &written(overdue.at), "&#60;script&#62;"] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    assert!(!page.contains("<script>alert"));
    let one = overdue.id.to_string();
    let opened = [("kind", "viec"), ("record", work), ("notice", one.as_str())];
    let opened = world.post("/thong-bao/mo", &page, &opened).await;
    assert_eq!(opened.headers()["location"], format!("/viec/{work}").as_str());
    assert_eq!(world.last("mark_notice_read.v1")["id"], one);
    assert!(notices(world).await.iter().any(|notice| notice.id.to_string() == one && notice.read_at.is_some()));
    let wrong = world.post("/thong-bao/mo", &page, &[("kind", "//evil"), ("record", work)]).await;
    assert_eq!(wrong.status(), 404);
    let page = text(world.get("/thong-bao").await, 200).await;
    let read = world.post("/thong-bao/da-doc", &page, &[("until", &hidden(&page, "until"))]).await;
    assert_eq!(read.headers()["location"], "/thong-bao?xong=da-doc");
    assert!(world.asked("mark_notices_read.v1")[0].key.is_some());
    assert!(notices(world).await.iter().all(|notice| notice.read_at.is_some()));
    world.lose("get_assignment.v1");
    let page = text(world.get("/thong-bao").await, 200).await;
    assert!(page.contains("Một việc được giao") && !page.contains("/thong-bao/da-doc"), "{page}");
    world.lose("list_notices.v1");
    let page = text(world.get("/thong-bao").await, 200).await;
    assert!(page.contains("Thông báo chưa trả lời kịp."), "{page}");
    world.newcomer("th.moi", &["archivist"]).await;
    let page = text(world.get("/thong-bao").await, 200).await;
    assert!(page.contains("Không có thông báo mới.") && !page.contains("/thong-bao/da-doc"), "{page}");
}

async fn my_work_gathers_papers_and_notices_and_each_silence_keeps_its_own_place(world: &World) {
    let page = text(world.get("/viec").await, 200).await;
    for said in ["Quá hạn", "Rà soát danh sách đơn vị", "Văn bản ở đơn vị của tôi", "7/SVD-VP", "Văn bản chờ tại bàn"]
    {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert_eq!(world.last("list_incoming.v1")["unit"], json!(world.house.unit));
    world.lose("list_incoming.v1");
    world.lose("list_notices.v1");
    let page = text(world.get("/viec").await, 200).await;
    assert!(page.contains("Văn bản chưa trả lời kịp.") && page.contains("Thông báo chưa trả lời kịp."), "{page}");
    assert!(page.contains("Rà soát danh sách đơn vị"), "the rest stands: {page}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_chief_sees_what_units_owe_and_a_head_what_the_own_unit_does() {
    let mut world = World::by_hand(&["chief_of_office", "document_clerk"]).await;
    assert_eq!(world.get("/don-vi-cua-toi").await.status(), 403);
    let page = text(world.get("/qua-han").await, 200).await;
    assert!(page.contains("Không có việc quá hạn."), "{page}");
    let seat = world.house.at(world.house.unit_called("Ban Nội chính").await);
    let vu = world.house.hire_into(&seat, ("th.vu", "Vũ Ví Dụ", "Chuyên viên"), &["specialist"]).await;
    let an = world.house.hire_into(&seat, ("th.an", "An Ví Dụ", "Cán sự"), &["specialist"]).await;
    world.house.order(&world.me, &an, "Rà soát danh sách đơn vị").await;
    world.later(40).await;
    a_cell_of_the_overdue_map_opens_its_cases(&world).await;
    world.anew();
    the_unit_is_for_its_head_and_its_people_stand_by_name(&mut world, seat, (vu, an)).await;
    world.finish().await;
}

async fn a_cell_of_the_overdue_map_opens_its_cases(world: &World) {
    let page = text(world.get("/qua-han").await, 200).await;
    let days = (world.house.today().0 - world.work.due.0).whole_days();
    for part in ["Văn phòng Tỉnh ủy", &format!("{days} ngày"), "<svg class=\"chart\""] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let cell = page.split("href=\"/qua-han?").nth(1).unwrap().split('"').next().unwrap().replace("&#38;", "&");
    let cell = cell.split('#').next().unwrap();
    let chosen = text(world.get(&format!("/qua-han?{cell}")).await, 200).await;
    assert!(chosen.contains("id=\"o-chon\"") && chosen.contains("Rà soát danh sách"), "{chosen}");
    let asked =
        [("don-vi", hidden(&chosen, "don-vi")), ("tuan", hidden(&chosen, "tuan")), ("viec", hidden(&chosen, "viec"))];
    let asked: Vec<(&str, &str)> = asked.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let said = [&asked[..], &[("note", "Báo cáo trước 16 giờ")]].concat();
    for (outcome, expected) in [("nhac=1&bo=0", "Đã đôn đốc 1 việc."), ("nhac=0&bo=1", "Bỏ qua 1 việc")] {
        let page = text(world.get(&format!("/qua-han?{cell}")).await, 200).await;
        let sent = world.post("/qua-han/don-doc", &page, &said).await;
        let next = sent.headers()["location"].to_str().unwrap().to_owned();
        assert!(next.contains(outcome), "{next}");
        let page = text(world.get(next.split('#').next().unwrap()).await, 200).await;
        assert!(page.contains(expected), "{expected} is not in {page}");
    }
    assert_eq!(world.last("remind_assignment.v1")["note"], "Báo cáo trước 16 giờ");
    world.lose("list_due_assignments.v1");
    let page = text(world.get("/qua-han").await, 200).await;
    assert!(page.contains("Việc được giao chưa trả lời kịp."), "{page}");
}

async fn the_unit_is_for_its_head_and_its_people_stand_by_name(
    world: &mut World,
    seat: Seat,
    (vu, an): (Someone, Someone),
) {
    let head = Seat { head: true, ..seat };
    let head = world.house.hire_into(&head, ("th.truong", "Bùi Thị Mẫu", "Trưởng ban"), &["head_of_board"]).await;
    let vu = vu.again(&world.house).await;
    let today = world.house.today();
    let leave = json!({ "position": vu.position(), "from": today, "to": today.plus(9), "kind": "leave" });
    world.house.ask::<CreateAbsence>(&vu, leave).await;
    world.house.bench.settled().await;
    world.me = head;
    let page = text(world.get("/don-vi-cua-toi").await, 200).await;
    let (first, second) = (page.find("An Ví Dụ").unwrap(), page.find("Vũ Ví Dụ").unwrap());
    assert!(first < second && page.contains("Chuyên viên") && page.contains("nghỉ phép"), "by name: {page}");
    assert!(page.contains("Rà soát danh sách đơn vị"), "{page}");
    let handlers: Vec<_> =
        world.asked("list_due_assignments.v1").iter().map(|asked| asked.body["handler"].clone()).collect();
    for (person, asked) in [(&an, true), (&vu, true), (&world.me, false)] {
        assert_eq!(handlers.contains(&json!(person.me.person.id)), asked, "{handlers:?}");
    }
    world.lose("list_appointments.v1");
    let page = text(world.get("/don-vi-cua-toi").await, 200).await;
    assert!(page.contains("Tổ chức, tài khoản chưa trả lời kịp."), "{page}");
    assert!(page.contains("Rà soát danh sách đơn vị"), "the rest stands: {page}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn words_are_looked_for_in_one_year_and_stay_text_and_help_speaks_of_what_one_may_use() {
    let mut world = World::start().await;
    let year = world.paper.arrived.year();
    let page = text(world.get(&format!("/tra-cuu?q=thu+nghiem&nam={year}")).await, 200).await;
    assert!(page.contains("7/SVD-VP"), "{page}");
    let page = text(world.get("/tra-cuu?q=%3Cb%3Ethu&nam=2025").await, 200).await;
    assert!(page.contains("&#60;b&#62;thu") && !page.contains("<b>thu") && page.contains("Không thấy."), "{page}");
    let asked = world.last("list_incoming.v1");
    assert_eq!(
        (&asked["q"], &asked["from"], &asked["to"]),
        (&json!("<b>thu"), &json!("2025-01-01"), &json!("2025-12-31"))
    );
    world.lose("list_incoming.v1");
    let page = text(world.get("/tra-cuu?q=x").await, 200).await;
    assert!(page.contains("Văn bản chưa trả lời kịp."), "{page}");
    let page = text(world.get("/tra-cuu").await, 200).await;
    assert!(page.contains("<form class=\"inside form\" action=\"/tra-cuu\""), "{page}");

    let (work, letters) = ("<dt><a href=\"/viec\">", "<dt><a href=\"/van-ban/den\">");
    let page = text(world.get("/tro-giup").await, 200).await;
    assert!(page.contains("văn bản đến") && page.contains("incoming document"), "{page}");
    assert!(page.contains(work) && page.contains(letters), "{page}");
    world.me = world.house.admin.clone();
    let page = text(world.get("/tro-giup").await, 200).await;
    assert!(!page.contains(work) && !page.contains(letters), "{page}");
    world.finish().await;
}
