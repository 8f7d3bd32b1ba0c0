//! V9: the books, by year, with the proof that no number is missing and the reasons of those that nothing bears; the
//! papers of the desk.

use schema_documents::{
    DownloadArrivalStamp, DownloadRegisterPrint, DownloadRoutingSlip, OpenRegister, PeriodKind, RegisterKind,
    ReserveNumbers, VoidIncoming,
};
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
    papers_of_the_desk_are_handed_out_as_pdf(&world).await;
    world.finish().await;
}

async fn papers_of_the_desk_are_handed_out_as_pdf(world: &World) {
    let (paper, book) = (world.paper.id, world.paper.register);
    let record = text(world.get(&format!("/van-ban/den/{paper}")).await, 200).await;
    for (page, door) in [("dau-den", "arrival-stamp"), ("phieu-xu-ly", "routing-slip")] {
        let path = format!("/van-ban/den/{paper}/{page}");
        assert!(record.contains(&format!("href=\"{path}\"")), "{path} is not in {record}");
        let sent = world.get(&path).await;
        let door = format!("/api/v1/incoming-documents/{paper}/{door}");
        assert_eq!(sent.headers()["x-hand-out"].to_str().unwrap(), door);
    }
    let sent = world.get(&format!("/van-ban/so/{book}/ban-in?tu-so=2420&den-so=x")).await;
    let door = format!("/api/v1/registers/{book}/print?from=2420");
    assert_eq!(sent.headers()["x-hand-out"].to_str().unwrap(), door);

    let stamp = world.call(&world.me, &DownloadArrivalStamp { id: paper }).await.unwrap();
    assert_eq!((stamp.media_type.as_str(), stamp.name.as_str()), ("application/pdf", "dau-den-2418.pdf"));
    let slip = world.call(&world.me, &DownloadRoutingSlip { id: paper }).await.unwrap();
    assert_eq!((slip.name.as_str(), slip.size > 5_000), ("phieu-xu-ly-2418.pdf", true));
    let print = |from| DownloadRegisterPrint { id: book, from, until: None };
    let more = world.call(&world.me, &print(Some(2_580))).await.unwrap();
    let rest = world.call(&world.me, &print(Some(2_610))).await.unwrap();
    assert!(more.name.starts_with("so-van-ban-den-") && more.size > rest.size, "{more:?} {rest:?}");
    let none = world.call(&world.me, &print(Some(9_000))).await.unwrap_err();
    assert_eq!(none.code, "documents.lines_none");
    let void =
        VoidIncoming { id: paper, reason: "vào nhầm sổ".into(), masked_reason: None, citizen_letter: false };
    world.call(&world.me, &void).await.unwrap();
    let voided = world.call(&world.me, &DownloadArrivalStamp { id: paper }).await.unwrap_err();
    assert_eq!(voided.code, "documents.already_voided");
    let record = text(world.get(&format!("/van-ban/den/{paper}")).await, 200).await;
    assert!(!record.contains("phieu-xu-ly"), "{record}");
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
