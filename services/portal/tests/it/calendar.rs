//! The calendar of a week, from its proposals to its print.

use schema_programme::{
    ApproveCalendarEntry, ApproveCalendarWeek, CalendarEntry, CalendarResource, CancelCalendarEntry,
};
use serde_json::json;

use crate::{
    house::Someone,
    house_calendar::{hour, monday},
    world::{World, text},
};

/// A week in which a meeting was published and another one was called off, so that the week was adjusted; and a proposal
/// of another unit that needs the same leader and the same room as the meeting.
struct Week {
    world: World,
    leader: Someone,
    room: CalendarResource,
    stands: CalendarEntry,
    proposed: CalendarEntry,
}

async fn week() -> Week {
    let world = World::start().await;
    let (house, me) = (&world.house, &world.me);
    let leader = house.leader().await;
    let other = house.at(house.unit_called("Ban Nội chính").await);
    let other = house.hire_into(&other, ("th.noichinh", "Hồ Văn Thử", "Chuyên viên"), &["specialist"]).await;
    let room = house.room(me).await;
    let needs = (leader.position(), &room);
    let stands = house.meeting(me, "Làm việc", (8, 11), needs).await;
    let off = house.meeting(me, "Tiếp khách", (14, 15), needs).await;
    house.ask::<ApproveCalendarEntry>(me, json!({ "id": off.id })).await;
    house.ask::<ApproveCalendarWeek>(me, json!({ "office": house.office, "week": monday() })).await;
    house.ask::<CancelCalendarEntry>(me, json!({ "id": off.id, "reason": "Khách hoãn" })).await;
    let proposed = house.meeting(&other, "Giao ban", (9, 10), needs).await;
    Week { leader, room, stands, proposed, world }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_week_is_shown_printed_and_added_to() {
    let week = week().await;
    the_week_stands_by_day_and_leader_and_paper_holds_what_was_approved(&week).await;
    week.world.anew();
    a_proposal_keeps_what_was_typed_until_it_is_taken(&week).await;
    week.world.anew();
    what_was_held_is_proposed_again_a_week_later_and_once(&week).await;
    week.world.finish().await;
}

async fn the_week_stands_by_day_and_leader_and_paper_holds_what_was_approved(Week { world, .. }: &Week) {
    let page = text(world.get("/lich-tuan?tuan=2035-11-22").await, 200).await;
    for part in ["19/11 – 25/11/2035", "điều chỉnh lần 1", "Phó Bí thư Thường trực", "Thứ Ba, 20/11/2035"]
    {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    assert!(!page.contains("Chủ Nhật"), "empty days at the end are left out");
    let clash = "cùng cần Phó Bí thư Thường trực, Phòng họp số 1";
    assert_eq!(page.matches(clash).count(), 1, "{page}");
    let said = &page[..page.find(clash).unwrap()];
    let said = &said[said.rfind('>').unwrap()..];
    assert!(said.contains("“Giao ban” (Ban Nội chính") && said.contains("“Làm việc” (Văn phòng"), "{said}");
    assert_eq!(world.last("list_calendar_week.v1")["week"], "2035-11-19");
    let page = text(world.get("/lich-tuan/in?tuan=2035-11-19").await, 200).await;
    assert!(
        page.contains("LỊCH CÔNG TÁC TUẦN") && page.contains("Làm việc") && !page.contains("<td>Giao ban"),
        "{page}"
    );
    let page = text(world.get("/lich-tuan?tuan=2035-11-29").await, 200).await;
    assert!(page.contains("Tuần này chưa có lịch.") && page.contains("/lich-tuan?tuan=2035-11-19"), "{page}");
    world.lose("list_calendar_week.v1");
    let page = text(world.get("/lich-tuan").await, 200).await;
    assert!(page.contains("Việc được giao chưa trả lời kịp."), "{page}");
}

async fn a_proposal_keeps_what_was_typed_until_it_is_taken(Week { world, leader, room, stands, .. }: &Week) {
    let page = text(world.get(&format!("/lich-tuan/de-nghi?nhu={}", stands.id)).await, 200).await;
    for part in ["value=\"Làm việc\"", "27/11/2035", "value=\"08:00\"", "Phòng họp số 1, 40 chỗ"] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let (room, leader) = (room.id.to_string(), leader.position().to_string());
    let typed = [
        ("title", "Họp \"kín\""),
        ("place", "Hội trường"),
        ("day", "20/11/2035"),
        ("starts", "sáng"),
        ("ends", "17h30"),
        ("resources", room.as_str()),
    ];
    let refused = text(world.post("/lich-tuan/de-nghi", &page, &typed).await, 422).await;
    assert!(refused.contains("Giờ chưa đúng") && refused.contains("Họp &#34;kín&#34;"), "{refused}");
    assert!(refused.contains(&format!("value=\"{room}\" checked")) && refused.contains("<title>Cần sửa:"));
    assert!(world.asked("propose_calendar_entry.v1").is_empty());
    let typed = [typed[0], typed[1], typed[2], ("starts", "16h"), typed[4], ("leaders", leader.as_str())];
    let taken = world.post("/lich-tuan/de-nghi", &refused, &typed).await;
    assert_eq!(taken.headers()["location"], "/lich-tuan?tuan=2035-11-19&xong=de-nghi");
    let asked = world.last("propose_calendar_entry.v1");
    assert_eq!((&asked["starts"], &asked["leaders"][0]), (&json!(hour(16)), &json!(leader)));
    let page = text(world.get("/lich-tuan?tuan=2035-11-19").await, 200).await;
    assert!(page.contains("Họp &#34;kín&#34;"), "{page}");
}

async fn what_was_held_is_proposed_again_a_week_later_and_once(Week { world, stands, proposed, .. }: &Week) {
    let path = "/lich-tuan/sao-chep";
    let page = text(world.get(&format!("{path}?tuan=2035-11-26")).await, 200).await;
    let tick = |id: &str| format!("name=\"entry\" value=\"{id}\"");
    let (own, other) = (stands.id.to_string(), proposed.id.to_string());
    assert!(page.contains(&format!("{} checked", tick(&own))), "what one's own unit held is ticked: {page}");
    assert!(page.contains("Thứ Ba, 27/11/2035") && !page.contains("Tiếp khách"), "{page}");
    let none = text(world.post(path, &page, &[("week", "2035-11-26")]).await, 422).await;
    assert!(none.contains("Hãy chọn ít nhất một mục.") && none.contains("href=\"#entries\""), "{none}");
    let typed = [("week", "2035-11-26"), ("entry", own.as_str())];
    let done = world.post(path, &none, &typed).await;
    assert_eq!(done.headers()["location"], "/lich-tuan?tuan=2035-11-26&xong=sao-chep");
    let asked = world.last("propose_calendar_entry.v1");
    let later = hour(8).plus(std::time::Duration::from_secs(7 * 24 * 3600));
    assert_eq!((&asked["starts"], &asked["title"]), (&json!(later), &json!("Làm việc")));
    let page = text(world.get(&format!("{path}?tuan=2035-11-26")).await, 200).await;
    assert!(page.contains(&format!("{} disabled", tick(&own))) && page.contains("tuần này đã có"), "{page}");
    assert!(!page.contains(&format!("{} checked", tick(&other))), "{page}");
    let week = text(world.get("/lich-tuan?tuan=2035-11-26&xong=sao-chep").await, 200).await;
    assert!(week.contains("Làm việc") && week.contains("các mục này chờ duyệt"), "{week}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clash_is_approved_only_by_who_says_to_have_seen_it() {
    let Week { world, stands, proposed, leader, room } = week().await;
    let path = "/lich-tuan/duyet?tuan=2035-11-19";
    let page = text(world.get(path).await, 200).await;
    let seen = page.split("name=\"confirmed\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let (entry, version) = seen.split_once(':').unwrap();
    assert!(entry == stands.id.to_string() && page.contains("Đã xem các mục trùng"), "{page}");
    let act = |act: &str| format!("/lich-tuan/muc/{}/{act}", proposed.id);
    let typed = [("week", "19/11/2035"), ("confirmed", seen.as_str())];
    let refused = text(world.post(&act("duyet"), &page, &typed).await, 409).await;
    assert!(refused.contains("role=\"alert\""), "{refused}");
    assert_eq!(world.last("approve_calendar_entry.v1")["confirmed"], json!([]));
    let long = format!("chưa rõ {}", "lý do ".repeat(2_000));
    let kept = [("week", "2035-11-19"), ("reason", long.as_str())];
    let kept = text(world.post(&act("tra-lai"), &refused, &kept).await, 422).await;
    let at = format!("href=\"#reason-{}\"", proposed.id);
    assert!(kept.contains("value=\"chưa rõ lý do") && kept.contains("role=\"alert\""), "{kept}");
    let kept = text(world.post(&act("tra-lai"), &kept, &[("week", "2035-11-19"), ("reason", " ")]).await, 422).await;
    assert!(kept.contains(&at), "{kept}");
    let taken = world.post(&act("duyet"), &kept, &[&typed[..], &[("in_spite", "1")]].concat()).await;
    assert_eq!(taken.headers()["location"], "/lich-tuan/duyet?tuan=2035-11-19&xong=duyet");
    let said = json!([{ "entry": entry, "version": version.parse::<i64>().unwrap() }]);
    assert_eq!(world.last("approve_calendar_entry.v1")["confirmed"], said);
    world.house.meeting(&world.me, "Kết luận", (18, 19), (leader.position(), &room)).await;
    let page = text(world.get(path).await, 200).await;
    let published = world.post("/lich-tuan/duyet", &page, &typed).await;
    assert_eq!(published.headers()["location"], "/lich-tuan?tuan=2035-11-19&xong=ban-hanh");
    world.finish().await;
}
