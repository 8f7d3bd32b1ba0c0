//! Pages as somebody sees them.

use reqwest::Method;
use wire::Day;

use crate::world::{World, text};

/// Every page that somebody with all permissions can open.
pub(crate) fn everywhere(world: &World) -> Vec<String> {
    let fixed = [
        "/ca-nhan",
        "/van-ban/den",
        "/van-ban/di",
        "/van-ban/di/cho-cap-so",
        "/van-ban/di/ban-gui",
        "/van-ban/bi-tra",
        "/viec",
        "/ban-lam-viec",
        "/thu-vien",
        "/uy-quyen",
        "/ban-giao/moi",
        "/thong-bao",
        "/lich-tuan",
        "/lich-tuan/duyet",
        "/qua-han",
        "/tra-cuu?q=thu",
        "/tro-giup",
    ]
    .map(str::to_owned);
    let (paper, book, day) = (world.paper.id, world.paper.register, world.paper.arrived);
    let named = [
        format!("/van-ban/den?xem={paper}"),
        format!("/van-ban/den?da-vao={paper}"),
        format!("/van-ban/den/{paper}"),
        format!("/van-ban/so/{book}"),
        format!("/van-ban/so/{book}/in?ngay={day}"),
        format!("/viec/{}", world.work.id),
    ];
    fixed.into_iter().chain(named).collect()
}

/// A day as people write it.
fn written(day: Day) -> String {
    let text = day.to_string();
    let parts: Vec<&str> = text.split('-').rev().collect();
    parts.join("/")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_others_typed_is_text_on_every_page() {
    let world = World::start().await;
    for path in everywhere(&world) {
        let page = text(world.get(&path).await, 200).await;
        assert!(!page.contains("<script>alert"), "{path}");
        assert!(page.contains("<title>"), "{path}");
    }
    let page = text(world.get("/van-ban/den").await, 200).await;
    assert!(page.contains("&#60;script&#62;") && page.contains("Hỏa tốc") && page.contains("2.418"), "{page}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_that_is_away_or_late_is_named_in_its_place_and_the_page_stands() {
    let mut world = World::start().await;
    world.lose("list_due_assignments.v1");
    let page = text(world.get("/ban-lam-viec").await, 200).await;
    assert!(page.contains("Việc được giao chưa trả lời kịp.") && page.contains("Cần đồng chí quyết định"), "{page}");
    world.silence("programme").await;
    let page = text(world.get("/ban-lam-viec").await, 200).await;
    assert!(page.contains("Việc được giao chưa trả lời kịp.") && page.contains("Cần đồng chí quyết định"), "{page}");
    let page = text(world.get("/viec").await, 200).await;
    assert!(page.contains("Thử lại"), "{page}");
    // The letter is there, and only the line for its work says that it is not.
    text(world.get(&format!("/van-ban/den/{}", world.paper.id)).await, 200).await;
    text(world.get(&format!("/viec/{}", world.work.id)).await, 503).await;
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_menu_shows_what_somebody_may_use_and_nothing_else() {
    let world = World::of(&["specialist"]).await;
    let front = world.get("/").await;
    assert_eq!(front.headers()["location"], "/viec");
    let page = text(world.get("/viec").await, 200).await;
    assert!(page.contains("href=\"/viec\"") && !page.contains("href=\"/van-ban/so\""), "{page}");
    let page = text(world.get(&format!("/van-ban/so/{}", world.paper.register)).await, 403).await;
    assert!(page.contains("<h1>Không có quyền"), "{page}");
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
    let page = text(world.get("/van-ban/den").await, 200).await;
    for part in
        ["lang=\"en\" class=\"size-125 dense\" data-keys=\"off\"", "Incoming documents", "Sở Ví Dụ", "Most urgent"]
    {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    // Before the sign-in the cookie says it; after it nobody's cookie does, since desks are shared.
    let before = |look: &str| format!("none; vanphong-look={look}");
    let outside = world.send(Method::GET, "/dang-nhap", Some(&before("en.125")), None, &[]).await;
    assert!(text(outside, 200).await.contains("lang=\"en\" class=\"size-125\""));
    let outside = world.send(Method::GET, "/dang-nhap", Some(&before("<script>")), None, &[]).await;
    assert!(text(outside, 200).await.contains("lang=\"vi\" class=\"size-100\""));
    let colleague = world.house.hire("th.khac", "Lê Thị Khác", "Chuyên viên", &["specialist"]).await;
    let secret = format!("{}; vanphong-look=en.125.dense.nokeys", colleague.secret);
    let usual = text(world.send(Method::GET, "/van-ban/den", Some(&secret), None, &[]).await, 200).await;
    assert!(usual.contains("lang=\"vi\" class=\"size-100\"") && usual.contains("Văn bản đến"), "{usual}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_is_handed_out_by_the_door_under_the_readers_token() {
    let world = World::start().await;
    let (paper, file) = (world.paper.id, world.paper.files[0].id);
    let record = text(world.get(&format!("/van-ban/den/{paper}")).await, 200).await;
    let path = format!("/van-ban/den/{paper}/tep/{file}");
    assert!(record.contains(&format!("href=\"{path}\"")) && record.contains("công văn.pdf"), "{record}");
    let response = world.get(&path).await;
    let headers = response.headers();
    assert_eq!(headers["x-hand-out"], format!("/api/v1/incoming-documents/{paper}/files/{file}"));
    let token = world.asked("get_incoming.v1")[0].token.clone().unwrap();
    assert_eq!(headers["x-hand-out-token"].to_str().unwrap(), token);
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_print_of_a_day_has_its_lines_and_says_from_where_to_where() {
    let world = World::start().await;
    let (book, day) = (world.paper.register, world.paper.arrived);
    let page = text(world.get(&format!("/van-ban/so/{book}/in?ngay={day}")).await, 200).await;
    let said = format!("Ngày {}", written(day));
    for part in ["SỔ ĐĂNG KÝ VĂN BẢN ĐẾN", &said, "từ số 2.418 đến số 2.418 (1 dòng)", "7/SVD-VP", "TỈNH ỦY VÍ DỤ"]
    {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    assert!(page.contains("Không có số trống: từ 2.418 đến 2.418 có 1 số") && page.contains("Mã kiểm"), "{page}");
    let of_the_code = |page: &str| page.split("Mã kiểm nội dung bản in: ").nth(1).unwrap()[..19].to_owned();
    world.speak("en").await;
    let english = text(world.get(&format!("/van-ban/so/{book}/in?ngay={day}")).await, 200).await;
    assert_eq!(of_the_code(&page), of_the_code(&english), "the book is printed alike whoever prints it");
    world.speak("vi").await;
    let before = day.plus(-1).unwrap();
    let page = text(world.get(&format!("/van-ban/so/{book}/in?ngay={before}")).await, 200).await;
    assert!(page.contains("không có dòng nào"), "{page}");
    let span = format!("Ngày {} – {}", written(before), written(day));
    for turned in [format!("ngay={before}&den={day}"), format!("ngay={day}&den={before}")] {
        let page = text(world.get(&format!("/van-ban/so/{book}/in?{turned}")).await, 200).await;
        assert!(page.contains(&span) && page.contains("(1 dòng)") && page.contains("7/SVD-VP"), "{page}");
    }
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
