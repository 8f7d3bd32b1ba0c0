//! The working days of a year, and the days on which the office is shut, down to a deadline that names the decision.

use std::time::Duration;

use schema_documents::RegisterIncoming;
use serde_json::json;
use testbed::process::until;
use wire::Day;

use crate::{
    page_rules::ids_are_unique_and_labels_lead_somewhere,
    world::{World, text},
};

const PATH: &str = "/quan-tri/lich-lam-viec";

/// A day as people write it.
fn written(day: Day) -> String {
    day.to_string().split('-').rev().collect::<Vec<_>>().join("/")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_year_is_shown_with_its_origins_and_a_closure_moves_a_deadline() {
    let world = World::of(&["administrator", "document_clerk"]).await;
    for language in ["en", "vi"] {
        world.speak(language).await;
        let page = text(world.get(&format!("{PATH}?nam=2026")).await, 200).await;
        assert!(!page.contains("admin-"), "a word is missing: {page}");
        ids_are_unique_and_labels_lead_somewhere(PATH, &page);
    }
    let page = text(world.get(&format!("{PATH}?nam=2026")).await, 200).await;
    for part in ["9441/TB-BNV", "Làm bù", "hoán đổi với Thứ Hai, 31/08/2026", "Đã đối chiếu", "không đóng cửa ngày nào"]
    {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let coming = text(world.get(&format!("{PATH}?nam=2040")).await, 200).await;
    assert!(coming.contains("chưa có lịch năm 2040") && coming.contains("Tính theo luật"), "{coming}");
    let today = world.house.today();
    let (first, last) = (today.plus(8).unwrap(), today.plus(18).unwrap());
    let path = format!("{PATH}/dong-cua");
    let year = first.year().to_string();
    let (from, to) = (written(first), written(last));
    let typed =
        [("nam", year.as_str()), ("first", &from), ("last", "32/1"), ("reason", "bão"), ("instrument", "45-TB")];
    let again = text(world.post(&path, &page, &typed).await, 422).await;
    assert!(again.contains("href=\"#dong-cua-last\"") && again.contains("value=\"45-TB\""), "{again}");
    let typed = [typed[0], typed[1], ("last", to.as_str()), typed[3], typed[4]];
    let response = world.post(&path, &again, &typed).await;
    assert_eq!(response.headers()["location"].to_str().unwrap(), format!("{PATH}?nam={year}&xong=dong-cua"));
    let page = text(world.get(&format!("{PATH}?nam={year}")).await, 200).await;
    assert!(page.contains("45-TB") && page.contains("Có hiệu lực"), "{page}");
    // What is to be processed from now on is not due while the office is shut, and says why.
    let heard = || async { late(&world).await.then_some(()) };
    until("documents hear of it", Duration::from_secs(20), heard).await.unwrap();
    let closure = page.split("name=\"closure\"").nth(1).unwrap().split("value=\"").nth(2).unwrap();
    let closure = closure.split('"').next().unwrap();
    let cancel = [("nam", year.as_str()), ("closure", closure), ("instrument", "46-TB")];
    world.post(&format!("{PATH}/huy-dong-cua"), &page, &cancel).await;
    let page = text(world.get(&format!("{PATH}?nam={year}")).await, 200).await;
    assert!(page.contains("Đã hủy") && page.contains("46-TB") && !page.contains("form-huy-dong-cua"), "{page}");
    world.finish().await;
}

/// Whether a paper that comes now is due after the office has opened again, by a reason that names the decision.
async fn late(world: &World) -> bool {
    let order = json!({
        "office": world.house.office, "author_body": "Sở Ví Dụ", "symbol": runtime::fresh_id().to_string(),
        "summary": "Về việc thử", "genre_name": "Công văn", "disposition": "to_process",
    });
    let paper = world.house.ask::<RegisterIncoming>(&world.me, order).await;
    paper.due_reason.is_some_and(|reason| reason.contains("bão, 45-TB"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_looks_after_nothing_sees_the_days_and_no_forms() {
    let world = World::of(&["specialist"]).await;
    let page = text(world.get(PATH).await, 200).await;
    assert!(page.contains("Nghỉ lễ, tết") && !page.contains("form-dong-cua"), "{page}");
    assert!(!page.contains(&format!("<a href=\"{PATH}\"")), "it is no line of their menu: {page}");
    world.finish().await;
}
