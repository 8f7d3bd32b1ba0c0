//! Signing in and out.

use reqwest::Method;

use crate::{
    house::PASSWORD,
    world::{ORIGIN, World, hidden, text},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_not_signed_in_is_led_to_the_form_and_back() {
    let world = World::start().await;
    let response = world.get_outside("/van-ban/den?loc=qua-han").await;
    assert_eq!(response.status(), 303);
    assert_eq!(response.headers()["location"], "/dang-nhap?ve=%2Fvan-ban%2Fden%3Floc%3Dqua-han");
    let form = text(world.get_outside("/dang-nhap?ve=%2Fvan-ban%2Fden%3Floc%3Dqua-han").await, 200).await;
    assert_eq!(hidden(&form, "ve"), "/van-ban/den?loc=qua-han");
    let typed = [("username", "th.vanthu"), ("password", PASSWORD), ("ve", "/van-ban/den?loc=qua-han")];
    let response = world.send(Method::POST, "/dang-nhap", None, Some(ORIGIN), &typed).await;
    assert_eq!((response.status().as_u16(), response.headers()["location"].to_str().unwrap()), (303, typed[2].1));
    let cookie = response.headers()["set-cookie"].to_str().unwrap();
    let (kept, attributes) = cookie.split_once("; ").unwrap();
    assert_eq!(attributes, "Path=/; Secure; HttpOnly; SameSite=Strict");
    let secret = kept.strip_prefix("__Host-vanphong=").unwrap();
    // The password is sent once, as it was typed, and what the browser keeps opens the pages.
    let asked = world.asked("sign_in.v1");
    assert!(asked.len() == 1 && asked[0].body["password"] == PASSWORD);
    text(world.send(Method::GET, typed[2].1, Some(secret), None, &[]).await, 200).await;
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_password_says_so_keeps_the_name_and_gives_no_cookie() {
    let world = World::start().await;
    let typed = [("username", "th.vanthu"), ("password", "sai"), ("ve", "//evil.example")];
    let response = world.send(Method::POST, "/dang-nhap", None, Some(ORIGIN), &typed).await;
    assert!(!response.headers().contains_key("set-cookie"));
    let page = text(response, 401).await;
    assert!(page.contains("Tên hoặc mật khẩu chưa đúng.") && page.contains("value=\"th.vanthu\""), "{page}");
    assert!(!page.contains("value=\"sai\"") && hidden(&page, "ve") == "/", "{page}");
    let page = text(world.send(Method::POST, "/dang-nhap", None, Some(ORIGIN), &[]).await, 422).await;
    assert!(page.contains("Nhập mật khẩu.") && page.contains("<title>Cần sửa: Đăng nhập"), "{page}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn signing_out_ends_the_session_and_only_a_form_of_ours_does_it() {
    let world = World::start().await;
    let page = text(world.get("/ca-nhan").await, 200).await;
    let forged = world.send(Method::POST, "/dang-xuat", Some(&world.me.secret), Some(ORIGIN), &[]).await;
    assert_eq!(forged.status(), 403);
    assert!(world.asked("sign_out.v1").is_empty());
    let response = world.post("/dang-xuat", &page, &[]).await;
    assert_eq!(response.headers()["location"], "/dang-nhap");
    assert!(response.headers()["set-cookie"].to_str().unwrap().contains("Max-Age=0"));
    // The secret opens nothing any more, whoever kept it.
    assert_eq!(world.get("/ca-nhan").await.status(), 303);
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_secret_is_traded_once_a_minute_and_a_wrong_one_opens_nothing() {
    let world = World::start().await;
    for _ in 0..3 {
        text(world.get("/viec").await, 200).await;
    }
    assert_eq!(world.asked("exchange_session.v1").len(), 1);
    let tokens = world.asked("list_my_assignments.v1").into_iter().map(|asked| asked.token);
    assert_eq!(tokens.collect::<std::collections::BTreeSet<_>>().len(), 1);
    let response = world.send(Method::GET, "/viec", Some("stolen"), None, &[]).await;
    assert_eq!(
        (response.status().as_u16(), response.headers()["location"].to_str().unwrap()),
        (303, "/dang-nhap?ve=%2Fviec")
    );
    world.finish().await;
}
