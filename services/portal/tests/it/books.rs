//! V9: the books, by year, with the proof that no number is missing and the reasons of those that nothing bears.

use schema_documents::{OpenRegister, PeriodKind, RegisterKind, ReserveNumbers};
use wire::Day;

use crate::{
    page_rules::ids_are_unique_and_labels_lead_somewhere,
    world::{World, text},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_book_says_that_no_number_is_missing_and_why_some_stand_empty() {
    let world = World::start().await;
    let id = world.paper.register;
    let path = format!("/van-ban/so/{id}");
    let page = text(world.get(&path).await, 200).await;
    for part in ["Không có số trống: từ 2.418 đến 2.418 có 1 số", "Không có số nào bị hủy hay đang giữ."]
    {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let reserve = |numbers| ReserveNumbers {
        register: id,
        numbers,
        sheet: format!("Giấy {numbers}"),
        holder: world.me.me.person.id,
        holder_name: world.me.me.person.full_name.clone(),
        expires: world.house.today().plus(2).unwrap(),
    };
    world.call(&world.me, &reserve(3)).await.unwrap();
    let page = text(world.get(&path).await, 200).await;
    ids_are_unique_and_labels_lead_somewhere(&path, &page);
    for part in ["từ 2.418 đến 2.421 có 4 số", "3 số đang giữ", "<strong>2.420</strong>", "Giấy 3"] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    world.call(&world.me, &reserve(200)).await.unwrap();
    let page = text(world.get(&path).await, 200).await;
    assert!(page.contains("Không có số trống: từ 2.572 đến 2.621 có 50 số"), "those of the page: {page}");
    let check = format!("{path}?kiem=1");
    assert!(page.contains(&format!("href=\"{check}#gaps-title\"")), "{page}");
    let page = text(world.get(&check).await, 200).await;
    assert!(page.contains("từ 2.418 đến 2.621 có 204 số") && page.contains("203 số đang giữ"), "{page}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn books_stand_by_year_and_one_without_lines_says_so() {
    let world = World::start().await;
    let next = world.house.today().year() + 1;
    let book = OpenRegister {
        office: world.house.office,
        kind: RegisterKind::Incoming,
        body_code: None,
        genres: None,
        period: PeriodKind::Year,
        first_day: Day::new(next, 1, 1).unwrap(),
        last_day: None,
        opening: None,
    };
    let empty = world.call(&world.me, &book).await.unwrap();
    let page = text(world.get(&format!("/van-ban/so/{}", world.paper.register)).await, 200).await;
    assert!(page.contains(&format!("href=\"/van-ban/so?nam={next}\"")), "{page}");
    let there = world.get(&format!("/van-ban/so?nam={next}")).await;
    let path = there.headers()["location"].to_str().unwrap().to_owned();
    assert_eq!(path, format!("/van-ban/so/{}", empty.id));
    let page = text(world.get(&path).await, 200).await;
    assert!(page.contains(&format!("Sổ {next} chưa có dòng nào.")) && !page.contains("7/SVD-VP"), "{page}");
    let page = text(world.get("/van-ban/so?nam=1999").await, 200).await;
    assert!(page.contains("Cơ quan chưa mở sổ nào của năm 1999."), "{page}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lists_can_be_turned_round_by_the_head_of_a_column() {
    let world = World::start().await;
    let second = world.house.undecided(&world.me, "8/SVD-VP").await;
    let places = |page: &str| {
        let at = |id: String| page.find(&id).unwrap_or_else(|| panic!("{id} is not in {page}"));
        (at(world.paper.id.to_string()), at(second.id.to_string()))
    };
    let page = text(world.get("/van-ban/den").await, 200).await;
    let (first, last) = places(&page);
    assert!(last < first && page.contains("aria-sort=\"descending\"") && page.contains("Mới đến trước"), "{page}");
    assert!(page.contains("href=\"/van-ban/den?sap=cu-truoc\""), "{page}");
    let page = text(world.get("/van-ban/den?sap=cu-truoc").await, 200).await;
    let (first, last) = places(&page);
    assert!(first < last && page.contains("aria-sort=\"ascending\"") && page.contains("Đến trước xếp trước"), "{page}");
    assert!(page.contains(&format!("?sap=cu-truoc&#38;xem={}", second.id)), "a row keeps the order: {page}");
    ids_are_unique_and_labels_lead_somewhere("/van-ban/den", &page);
    let due = text(world.get("/van-ban/den?loc=chua-giao&sap=cu-truoc").await, 200).await;
    assert!(!due.contains("aria-sort") && due.contains("Hạn gần nhất trước"), "{due}");
    text(world.get("/van-ban/di?loc=tat-ca&sap=cu-truoc").await, 200).await;
    assert_eq!(world.last("list_outgoing.v1")["order"], "oldest_first");
    world.finish().await;
}
