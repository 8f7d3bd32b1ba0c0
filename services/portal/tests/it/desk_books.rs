//! The seal book and the hand-over book, through their pages.

use schema_documents::{GetIncoming, RecordIssuingBody};

use crate::{
    page_rules::ids_are_unique_and_labels_lead_somewhere,
    papers::issued,
    world::{World, text},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_clerk_keeps_both_books() {
    let world = World::start().await;
    a_use_of_the_seal_is_entered_on_the_page_of_its_document(&world).await;
    world.anew();
    papers_are_handed_over_by_their_numbers(&world).await;
    world.anew();
    what_papers_say_is_saved_and_shown(&world).await;
    world.finish().await;
}

async fn a_use_of_the_seal_is_entered_on_the_page_of_its_document(world: &World) {
    let body = RecordIssuingBody {
        office: world.house.office,
        code: "VPTU".to_owned(),
        name: "Văn phòng Tỉnh ủy".to_owned(),
        seal: "Con dấu tròn số 02".to_owned(),
        custodian: None,
        custodian_title: "Văn thư".to_owned(),
        term: None,
        from: world.house.today().plus(-30).unwrap(),
        to: None,
    };
    world.call(&world.me, &body).await.unwrap();
    let record = format!("/van-ban/di/{}", issued(world).await.id);
    let page = text(world.get(&record).await, 200).await;
    ids_are_unique_and_labels_lead_somewhere("stamping", &page);
    let act = format!("{record}/dong-dau-tay");
    let refused = text(world.post(&act, &page, &[("stamped", "bảy"), ("stamp_note", "Bản lưu")]).await, 422).await;
    assert!(refused.contains("value=\"Bản lưu\""), "what was typed stays: {refused}");
    let done = world.post(&act, &page, &[("stamped", "7"), ("stamp_note", "Bản lưu")]).await;
    assert_eq!(done.headers()["location"].to_str().unwrap(), format!("{record}?xong=dong-dau"));
    for path in ["/van-ban/so-con-dau", "/van-ban/so-con-dau/in"] {
        let book = text(world.get(path).await, 200).await;
        for part in ["Con dấu tròn số 02", "41-CV/VPTU", "Bản lưu", &world.me.me.person.full_name] {
            assert!(book.contains(part), "{part} is not in {book}");
        }
    }
    let before = text(world.get("/van-ban/so-con-dau?tu=01/01/2020&den=31/01/2020").await, 200).await;
    assert!(before.contains("Không có lần đóng dấu nào"), "{before}");
}

async fn papers_are_handed_over_by_their_numbers(world: &World) {
    let unit = world.house.unit_called("Ban Nội chính").await.to_string();
    let path = "/van-ban/giao-nhan";
    let page = text(world.get(path).await, 200).await;
    ids_are_unique_and_labels_lead_somewhere(path, &page);
    assert!(page.contains("Ngày này chưa giao văn bản nào"), "{page}");
    let register = world.paper.register.to_string();
    let typed =
        |numbers: &'static str| [("register", register.as_str()), ("unit", unit.as_str()), ("numbers", numbers)];
    let refused = text(world.post(path, &page, &typed("2.418, 9999")).await, 422).await;
    assert!(refused.contains("9999") && refused.contains("2.418, 9999</textarea>"), "{refused}");
    let unread = text(world.post(path, &page, &typed("2.418 x")).await, 422).await;
    assert!(unread.contains("Chỉ nhập các số đến"), "{unread}");
    let done = world.post(path, &page, &typed("2.418\r\n2418")).await;
    assert_eq!(done.headers()["location"].to_str().unwrap(), "/van-ban/giao-nhan?xong=1");
    let paper = world.call(&world.me, &GetIncoming { id: world.paper.id }).await.unwrap();
    assert!(paper.desk.unwrap().unit_name.starts_with("Ban Nội chính"));
    for path in ["/van-ban/giao-nhan", "/van-ban/giao-nhan/in"] {
        let book = text(world.get(path).await, 200).await;
        assert!(book.contains("Ban Nội chính") && book.contains("2.418"), "{book}");
    }
}

async fn what_papers_say_is_saved_and_shown(world: &World) {
    let path = "/quan-tri/bieu-mau";
    let page = text(world.get(path).await, 200).await;
    ids_are_unique_and_labels_lead_somewhere(path, &page);
    let past = [("from", "01/01/2020"), ("place", "Ví Dụ"), ("recipients", "Lưu Văn phòng")];
    let refused = text(world.post(path, &page, &past).await, 422).await;
    assert!(refused.contains("Lưu Văn phòng</textarea>") && refused.contains("href=\"#from\""), "{refused}");
    let from = world.house.today().to_string().split('-').rev().collect::<Vec<_>>().join("/");
    let typed = [("from", from.as_str()), ("place", "Ví Dụ"), ("recipients", "Lưu Văn phòng\r\nLưu hồ sơ")];
    let saved = world.post(path, &page, &typed).await;
    let to = saved.headers()["location"].to_str().unwrap().to_owned();
    let shown = text(world.get(&to).await, 200).await;
    for part in ["Lưu Văn phòng; Lưu hồ sơ", "Mọi thể loại", "/xem\""] {
        assert!(shown.contains(part), "{part} is not in {shown}");
    }
}
