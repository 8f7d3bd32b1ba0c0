//! The log of acts, the check of it, and how the services are.

use schema_identity::CreatePerson;
use testbed::process;

use crate::{
    page_rules::ids_are_unique_and_labels_lead_somewhere,
    world::{World, text},
};

const ADMINISTRATOR: [&str; 1] = ["administrator"];

/// The page of a check that has ended: it is asked for again while it says that it is at work.
async fn proven(world: &World) -> String {
    let response = world.get("/quan-tri/nhat-ky/kiem").await;
    let path = response.headers()["location"].to_str().unwrap().to_owned();
    process::until("the logs to be checked", std::time::Duration::from_secs(20), || async {
        let response = world.get(&path).await;
        let ended = !response.headers().contains_key("refresh");
        let page = text(response, 200).await;
        ended.then_some(page)
    })
    .await
    .unwrap()
}

async fn sealed(world: &World, service: &str) {
    process::until("the log to be sealed", std::time::Duration::from_secs(20), || async {
        world.house.bench.service(service).db().oldest_unsealed().await.unwrap().is_none().then_some(())
    })
    .await
    .unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_says_who_did_what_to_which_record_and_filters_hold() {
    let world = World::of(&ADMINISTRATOR).await;
    let office = world.house.office;
    let call = CreatePerson { office, full_name: "Người <b>Mới</b>".to_owned(), contact: None };
    let made = world.call(&world.me, &call).await.unwrap();
    let page = text(world.get("/quan-tri/nhat-ky").await, 200).await;
    let link = format!("/quan-tri/nguoi/{}", made.id);
    for part in ["Thêm người", "identity.create_person.v1", "Trần Thị Ví Dụ", &link, "Vào sổ văn bản đến", "Kiểm chuỗi"]
    {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    // The administrator reads no document, so that it has no link; and the log has no value to show.
    assert!(!page.contains(&format!("/van-ban/den/{}", world.paper.id)) && !page.contains("<b>Mới</b>"), "{page}");
    let only = text(world.get(&format!("/quan-tri/nhat-ky?ma={}", made.id)).await, 200).await;
    assert!(only.contains("Thêm người") && !only.contains("Vào sổ văn bản đến"), "{only}");
    let none = text(world.get("/quan-tri/nhat-ky?viec=identity.no_such_act.v1").await, 200).await;
    assert!(none.contains("Không có dòng nào với bộ lọc này.") && none.contains("Bỏ bộ lọc"), "{none}");
    let long = text(world.get("/quan-tri/nhat-ky?tu=01/01/2026&den=31/12/2026").await, 200).await;
    assert!(long.contains("tối đa 92 ngày"), "{long}");
    let menu = text(world.get("/ca-nhan").await, 200).await;
    assert!(menu.contains("href=\"/quan-tri/nhat-ky\"") && menu.contains("href=\"/quan-tri/suc-khoe\""), "{menu}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_of_the_log_join_and_the_export_has_every_act() {
    let world = World::of(&ADMINISTRATOR).await;
    for number in 0..55 {
        let full_name = format!("Người {number}");
        world.call(&world.me, &CreatePerson { office: world.house.office, full_name, contact: None }).await.unwrap();
    }
    let (mut path, mut rows) = ("/quan-tri/nhat-ky".to_owned(), 0);
    loop {
        let page = text(world.get(&path).await, 200).await;
        rows += page.matches("<tr data-row>").count();
        let Some((_, rest)) = page.split_once("pager\"><a class=\"button small quiet\" href=\"") else { break };
        path = rest.split('"').next().unwrap().replace("&amp;", "&").replace("&#38;", "&");
    }
    let response = world.get("/quan-tri/nhat-ky/xuat").await;
    assert_eq!(response.headers()["content-disposition"], "attachment; filename=\"nhat-ky.csv\"");
    let table = text(response, 200).await;
    assert!(table.starts_with('\u{feff}') && rows > 55, "{rows}");
    assert_eq!(table.lines().count(), rows + 1);
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_that_is_silent_is_named_and_the_rest_of_the_log_stands() {
    let mut world = World::of(&ADMINISTRATOR).await;
    world.silence("programme").await;
    let page = text(world.get("/quan-tri/nhat-ky").await, 200).await;
    assert!(page.contains("Việc được giao") && page.contains("Vào sổ văn bản đến"), "{page}");
    let page = text(world.get("/quan-tri/suc-khoe").await, 200).await;
    for part in ["Có dịch vụ không làm việc được", "Việc được giao: không trả lời", "Gọi ngay người vận hành hệ thống"]
    {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_log_that_was_changed_makes_a_red_page() {
    let world = World::of(&ADMINISTRATOR).await;
    for service in ["documents", "identity", "programme", "notices"] {
        sealed(&world, service).await;
    }
    let page = proven(&world).await;
    assert!(page.contains("Chuỗi nguyên vẹn") && !page.contains("role=\"alert\""), "{page}");
    let tamper = "DROP TRIGGER audit_fixed; UPDATE audit SET record = REPLACE(record, '.register_', '.void_')";
    world.house.bench.meddle("documents", tamper).await.unwrap();
    let page = proven(&world).await;
    for part in [
        "role=\"alert\"",
        "Dịch vụ Văn bản: có dòng khác với lúc niêm phong.",
        "Không khởi động lại",
        "Gọi ngay người vận hành hệ thống",
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn health_is_one_sentence_when_all_is_well_and_says_no_to_others() {
    let world = World::of(&ADMINISTRATOR).await;
    sealed(&world, "identity").await;
    let page = text(world.get("/quan-tri/suc-khoe").await, 200).await;
    // The disk of whoever runs this may be nearly full, which the page then says.
    let well =
        if page.contains("sắp đầy") { "Có việc cần xem" } else { "Mọi dịch vụ bình thường." };
    for part in [well, "Cơ sở dữ liệu", "Đồng hồ", "Phiên bản"] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    world.finish().await;
    let world = World::of(&["document_clerk"]).await;
    for path in ["/quan-tri/suc-khoe", "/quan-tri/nhat-ky", "/quan-tri/cai-dat"] {
        let page = text(world.get(path).await, 200).await;
        assert!(page.contains("Bạn không có quyền làm việc này.") && !page.contains("<tr data-row>"), "{page}");
        assert!(!page.contains("href=\"/quan-tri/nhat-ky\""), "{page}");
    }
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn health_shows_browsers_what_they_kept_out_and_when_the_certificate_ends() {
    let world = World::of(&ADMINISTRATOR).await;
    let report = r#"{"csp-report":{"document-uri":"https://vp.example/viec?q=1","violated-directive":"script-src",
        "blocked-uri":"https://la.example/x.js"}}"#;
    let stranger = r#"{"csp-report":{"violated-directive":"img-src","blocked-uri":"https://gia.example"}}"#;
    assert_eq!(world.report(&world.me.secret, report).await, 204);
    assert_eq!(world.report("nobody", stranger).await, 204);
    assert_eq!(world.report(&world.me.secret, "{").await, 400);
    let page = text(world.get_secured("/quan-tri/suc-khoe", "2099-01-31T00:00:00Z").await, 200).await;
    for part in ["https://la.example", "/viec<", "Chrome 109", "quá cũ", "Có hiệu lực đến 31/01/2099"] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    assert!(!page.contains("gia.example"), "what a stranger says is not kept: {page}");
    let soon = world.house.today().plus(20).unwrap();
    let page = text(world.get_secured("/quan-tri/suc-khoe", &format!("{soon}T00:00:00Z")).await, 200).await;
    assert!(page.contains("role=\"alert\"") && page.contains("Chứng thư của cổng hết hiệu lực"), "{page}");
    let page = text(world.get("/quan-tri/suc-khoe").await, 200).await;
    assert!(page.contains("Cổng không giữ chứng thư") && !page.contains("hết hiệu lực"), "{page}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn settings_are_shown_with_their_origin_and_never_a_secret() {
    let mut world = World::of(&ADMINISTRATOR).await;
    let page = text(world.get("/quan-tri/cai-dat").await, 200).await;
    for part in [
        "identity.session_s",
        "documents.signing.token",
        "/etc/vanphong/caidat.toml",
        "Tệp cài đặt",
        "(đã đặt, không hiện)",
        "smtp://mot:***@mail",
        "href=\"/quan-tri/cai-dat\"",
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    assert!(!page.contains("hunter2"), "{page}");
    ids_are_unique_and_labels_lead_somewhere("settings", &page);
    let only = text(world.get("/quan-tri/cai-dat?ten=MAIL.&nguon=moi-truong").await, 200).await;
    assert!(only.contains("mail.password") && only.contains("1 trong 3 mục"), "{only}");
    assert!(!only.contains("mail.url") && !only.contains("identity.session_s"), "{only}");
    assert!(only.contains("Không có mục nào với bộ lọc này.") && only.contains("Bỏ bộ lọc"), "{only}");
    world.speak("en").await;
    let page = text(world.get("/quan-tri/cai-dat").await, 200).await;
    assert!(page.contains("Settings file") && !page.contains("watching-"), "{page}");
    world.speak("vi").await;
    world.silence("programme").await;
    let page = text(world.get("/quan-tri/cai-dat").await, 200).await;
    assert!(page.contains("chưa trả lời kịp") && page.contains("identity.session_s"), "{page}");
    world.finish().await;
}
