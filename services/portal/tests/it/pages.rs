//! Pages as somebody sees them.

use reqwest::Method;
use serde_json::json;
use wire::{Fault, Kind};

use crate::world::{PAPER, REGISTER, WORK, World, text};

/// Every page that somebody with all permissions can open.
pub(crate) fn everywhere() -> Vec<String> {
    let fixed = ["/ca-nhan", "/van-ban/den", "/viec", "/ban-lam-viec", "/thu-vien"].map(str::to_owned);
    let named = [
        format!("/van-ban/den?xem={PAPER}"),
        format!("/van-ban/den?da-vao={PAPER}"),
        format!("/van-ban/den/{PAPER}"),
        format!("/van-ban/so/{REGISTER}"),
        format!("/van-ban/so/{REGISTER}/in?ngay=2026-11-20"),
        format!("/viec/{WORK}"),
    ];
    fixed.into_iter().chain(named).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_others_typed_is_text_on_every_page() {
    let world = World::start().await;
    for path in everywhere() {
        let page = text(world.get(&path).await, 200).await;
        assert!(!page.contains("<script>alert"), "{path}");
        assert!(page.contains("<title>"), "{path}");
    }
    let page = text(world.get("/van-ban/den").await, 200).await;
    assert!(page.contains("&#60;script&#62;") && page.contains("Hỏa tốc") && page.contains("2.418"), "{page}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_that_is_away_is_named_in_its_place_and_the_page_stands() {
    let world = World::start().await;
    world.answer("list_due_assignments.v1", Err(Fault::new(Kind::Busy, "wire.busy", "busy", "bận")));
    world.answer("list_my_assignments.v1", Err(Fault::new(Kind::OutOfTime, "wire.out_of_time", "late", "chậm")));
    let page = text(world.get("/ban-lam-viec").await, 200).await;
    assert!(page.contains("Việc được giao chưa trả lời kịp.") && page.contains("Cần đồng chí quyết định"), "{page}");
    let page = text(world.get("/viec").await, 200).await;
    assert!(page.contains("Thử lại"), "{page}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_menu_shows_what_somebody_may_use_and_nothing_else() {
    let world = World::of(&["programme.assignments.work"]).await;
    let front = world.get("/").await;
    assert_eq!(front.headers()["location"], "/viec");
    let page = text(world.get("/viec").await, 200).await;
    assert!(page.contains("href=\"/viec\"") && !page.contains("href=\"/van-ban/so\""), "{page}");
    let denied = Fault::new(Kind::Denied, "wire.denied", "you may not", "không có quyền xem");
    world.answer("get_register.v1", Err(denied));
    let page = text(world.get(&format!("/van-ban/so/{REGISTER}")).await, 403).await;
    assert!(page.contains("Không có quyền xem."), "{page}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn english_changes_the_interface_and_leaves_the_records() {
    let world = World::start().await;
    let page = text(world.get("/ca-nhan").await, 200).await;
    let fields = [("language", "en"), ("size", "125"), ("dense", "1")];
    let response = world.post("/ca-nhan", &page, &fields).await;
    let cookie = response.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.starts_with("vanphong-look=en.125.dense.nokeys;"), "{cookie}");
    let page = text(world.get_looking("/van-ban/den", "en.125.dense.nokeys").await, 200).await;
    for part in
        ["lang=\"en\" class=\"size-125 dense\" data-keys=\"off\"", "Incoming documents", "Sở Ví Dụ", "Most urgent"]
    {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let usual = text(world.get_looking("/van-ban/den", "<script>").await, 200).await;
    assert!(usual.contains("lang=\"vi\" class=\"size-100\"") && usual.contains("Văn bản đến"), "{usual}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_is_handed_out_by_the_door_under_the_readers_token() {
    let world = World::start().await;
    let response = world.get(&format!("/van-ban/den/{PAPER}/tep/{PAPER}")).await;
    let headers = response.headers();
    assert_eq!(headers["x-hand-out"], format!("/api/v1/incoming-documents/{PAPER}/files/{PAPER}"));
    assert_eq!(headers["x-hand-out-token"], "minute");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_print_of_a_day_has_its_lines_and_says_from_where_to_where() {
    let world = World::start().await;
    let page = text(world.get(&format!("/van-ban/so/{REGISTER}/in?ngay=2026-11-20")).await, 200).await;
    for part in
        ["SỔ ĐĂNG KÝ VĂN BẢN ĐẾN", "Ngày 20/11/2026", "từ số 2.418 đến số 2.418 (1 dòng)", "7/SVD-VP", "TỈNH ỦY VÍ DỤ"]
    {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let page = text(world.get(&format!("/van-ban/so/{REGISTER}/in?ngay=2026-11-19")).await, 200).await;
    assert!(page.contains("không có dòng nào"), "{page}");
    assert_eq!(world.asked("list_register_entries.v1")[0].body["after"], json!(2399));
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_there_is_said_and_assets_are_kept_for_a_year() {
    let world = World::start().await;
    let page = text(world.get("/khong-co").await, 404).await;
    assert!(page.contains("Không tìm thấy"));
    let page = text(world.get("/viec").await, 200).await;
    let style = page.split("stylesheet\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    let response = world.send(Method::GET, style, None, None, &[]).await;
    assert_eq!(response.headers()["cache-control"], "public, max-age=31536000, immutable");
    assert_eq!(response.headers()["content-type"], "text/css; charset=utf-8");
    assert_eq!(world.get("/tai-nguyen/portal.css").await.status(), 404);
    world.finish().await;
}
