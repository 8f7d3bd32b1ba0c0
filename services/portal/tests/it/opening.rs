//! Opening acts of registers: an office that goes on from paper books, through the pages alone.

use std::time::Duration;

use schema_documents::{GetOpeningAct, OpeningState};
use testbed::process::until;
use wire::id::OpeningActId;

use crate::{
    handed_in::handed,
    page_rules::ids_are_unique_and_labels_lead_somewhere,
    world::{World, text},
};

/// An outgoing register, since the arrival register of the house is open already.
fn act(year: &str) -> Vec<(&'static str, String)> {
    [
        ("lines", "3"),
        ("instrument", "Biên bản <01>-BB/VPTU"),
        ("signatory", "CHÁNH VĂN PHÒNG Ví Dụ"),
        ("kind-0", "outgoing"),
        ("body_code-0", "VPTU"),
        ("period-0", "year"),
        ("first_day-0", year),
        ("next_number-0", "1.312"),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .to_vec()
}

fn lent<'a>(pairs: &'a [(&'static str, String)]) -> Vec<(&'static str, &'a str)> {
    pairs.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_act_is_drawn_up_filled_tried_out_applied_and_undone() {
    let world = World::start().await;
    let year = format!("01/01/{}", world.house.today().year());
    let list = text(world.get("/quan-tri/so").await, 200).await;
    assert!(list.contains("href=\"/quan-tri/so/bien-ban\""), "{list}");
    let page = text(world.get("/quan-tri/so/bien-ban").await, 200).await;
    ids_are_unique_and_labels_lead_somewhere("opening form", &page);
    let typed = act(&year);
    let more = [&lent(&typed)[..], &[("more", "1")]].concat();
    let longer = text(world.post("/quan-tri/so/bien-ban", &page, &more).await, 200).await;
    assert!(longer.contains("next_number-5") && longer.contains("value=\"1.312\""), "{longer}");
    let wrong = [&lent(&typed)[..], &[("day", "31/02/2026"), ("next_number-1", "ba")]].concat();
    let said = text(world.post("/quan-tri/so/bien-ban", &longer, &wrong).await, 422).await;
    for part in ["value=\"31/02/2026\"", "value=\"ba\"", "href=\"#next_number-1\"", "&#60;01&#62;"] {
        assert!(said.contains(part), "{part} is not in {said}");
    }
    let today = world.house.today();
    let today = format!("{:02}/{:02}/{}", today.day(), today.month(), today.year());
    let good = [&lent(&typed)[..], &[("day", today.as_str())]].concat();
    let response = world.post("/quan-tri/so/bien-ban", &said, &good).await;
    let path = response.headers()["location"].to_str().unwrap().replace("?xong=lap", "");

    let page = text(world.get(&path).await, 200).await;
    ids_are_unique_and_labels_lead_somewhere("opening act", &page);
    assert!(page.contains("1.312") && page.contains("tối đa 8 MB và 5.000 dòng"), "{page}");
    let bring = format!("{path}/bang-ke");
    let said = text(world.post(&bring, &page, &[("head-number", "Thứ tự")]).await, 422).await;
    assert!(said.contains("Chọn một bảng tính.") && said.contains("value=\"Thứ tự\""), "{said}");
    // Papers below the number with which the arrival register of the house began.
    let rows = format!(
        "Thứ tự;Ngày đến;Tác giả;Trích yếu\n2417;{year};Sở Ví Dụ;Về việc <chung>\n2416;x;Sở Ví Dụ;Về việc riêng\n"
    );
    let good_rows = rows.replace(";x;", &format!(";{year};"));
    let sheet =
        async |content: &str, ago| handed(&world, ("văn bản.csv", "text/csv"), content, ("opening_import", ago)).await;
    let first = sheet(&rows, 0).await;
    let response = world.post(&bring, &said, &[("head-number", "Thứ tự"), ("file", &first)]).await;
    assert_eq!(response.headers()["location"], format!("{path}?xong=bang-ke"));
    let page = text(world.get(&path).await, 200).await;
    assert!(page.contains("Cần sửa trong bảng tính") && !page.contains("/ap-dung\""), "{page}");
    for ago in [90, 0] {
        let file = sheet(&good_rows, ago).await;
        let response = world.post(&bring, &page, &[("head-number", "Thứ tự"), ("file", &file)]).await;
        assert_eq!(response.headers()["location"], format!("{path}?xong=bang-ke"));
    }
    let page = text(world.get(&path).await, 200).await;
    let response = world.post(&format!("{path}/ap-dung"), &page, &[]).await;
    assert_eq!(response.headers()["location"], format!("{path}?xong=ap-dung"));
    ended(&world, &path, OpeningState::Applied).await;
    let page = text(world.get(&path).await, 200).await;
    assert!(page.contains("/quan-tri/so-dang-ky/") && !page.contains("type=\"file\""), "{page}");
    let list = text(world.get("/quan-tri/so").await, 200).await;
    assert!(list.contains(&format!("href=\"{path}\"")), "{list}");
    let said = text(world.post(&format!("{path}/hoan-tac"), &page, &[("reason", "")]).await, 422).await;
    assert!(said.contains("class=\"fault\""), "{said}");
    world.post(&format!("{path}/hoan-tac"), &said, &[("reason", "Ghi nhầm sổ")]).await;
    ended(&world, &path, OpeningState::Undone).await;
    assert!(text(world.get(&path).await, 200).await.contains("Ghi nhầm sổ"));
    world.finish().await;
}

async fn ended(world: &World, path: &str, state: OpeningState) {
    let id: OpeningActId = path.rsplit('/').next().unwrap().parse().unwrap();
    let look = || async {
        let act = world.call(&world.me, &GetOpeningAct { id }).await.unwrap();
        (act.state == state).then_some(())
    };
    until("the papers to be done with", Duration::from_secs(60), look).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_reads_registers_alone_draws_up_no_act() {
    let mut world = World::of(&["secretary"]).await;
    let page = text(world.get("/quan-tri/so/bien-ban").await, 200).await;
    let typed = act("01/01/2026");
    let good = [&lent(&typed)[..], &[("day", "05/01/2026")]].concat();
    let said = text(world.post("/quan-tri/so/bien-ban", &page, &good).await, 403).await;
    assert!(said.contains("value=\"1.312\"") && said.contains("role=\"alert\""), "{said}");
    world.silence("documents").await;
    assert_ne!(world.post("/quan-tri/so/bien-ban", &page, &good).await.status(), 303);
    world.finish().await;
}
