//! One's own account: the second step of a sign-in, first use, second factors, devices, the choice of a post.

use std::time::Duration;

use reqwest::{Method, Response};
use schema_identity::{CreateAppointment, CreatePosition, NameMySession};
use serde_json::{Value, json};
use testbed::authenticator::{App, Passkey};

use crate::{
    house::PASSWORD,
    page_rules::ids_are_unique_and_labels_lead_somewhere,
    proving::{
        after_a_proof_nobody_is_led_elsewhere_and_an_account_without_factors_gives_its_password,
        an_act_that_asks_for_a_fresh_proof_gets_it_and_is_done_with_all_that_was_typed,
    },
    world::{ORIGIN, World, hidden, text},
};

async fn first_step(world: &World) -> String {
    let name = world.me.me.account.username.as_deref().unwrap();
    let typed = [("username", name), ("password", PASSWORD), ("ve", "/viec")];
    let response = world.send(Method::POST, "/dang-nhap", None, Some(ORIGIN), &typed).await;
    assert!(!response.headers().contains_key("location") && !response.headers().contains_key("set-cookie"));
    text(response, 200).await
}

/// Sends the second step of a page, with a code.
async fn second_step(world: &World, page: &str, code: &str) -> Response {
    let fields = ["ve", "_continuation", "_totp", "_recovery"].map(|name| (name, hidden(page, name)));
    let fields = fields.iter().map(|(name, value)| (*name, value.as_str())).chain([("_code", code)]);
    world.send(Method::POST, "/dang-nhap", None, Some(ORIGIN), &fields.collect::<Vec<_>>()).await
}

/// A text as it was before it stood in a page.
fn read(escaped: &str) -> String {
    escaped
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#38;", "&")
}

/// A code as people read it from the app.
fn spaced(code: &str) -> String {
    format!("{} {}", &code[..3], &code[3..])
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_is_taken_into_use_and_looked_after() {
    let mut world = World::start().await;
    a_new_account_is_taken_into_use_with_its_code(&world).await;
    after_a_proof_nobody_is_led_elsewhere_and_an_account_without_factors_gives_its_password(&world).await;
    world.newcomer("th.mot", &["document_clerk"]).await;
    devices_are_shown_and_signed_out_and_a_silent_service_is_named(&world).await;
    world.newcomer("th.hai", &["document_clerk"]).await;
    a_password_is_changed_and_no_page_ever_shows_one(&world).await;
    world.newcomer("th.ba", &["document_clerk"]).await;
    whoever_has_several_posts_chooses_among_them_and_among_no_others(&mut world).await;
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn second_factors_are_taken_up_asked_for_and_proven() {
    let mut world = World::by_hand(&["document_clerk"]).await;
    an_app_takes_up_its_secret_and_recovery_codes_are_shown_once(&world).await;
    world.newcomer("th.mot", &["document_clerk"]).await;
    the_second_step_opens_the_session_and_nothing_secret_stands_in_an_address(&world).await;
    world.house.admin = world.house.admin.again(&world.house).await;
    world.newcomer("th.hai", &["chief_of_office", "document_clerk"]).await;
    an_act_that_asks_for_a_fresh_proof_gets_it_and_is_done_with_all_that_was_typed(&world).await;
    world.finish().await;
}

async fn the_second_step_opens_the_session_and_nothing_secret_stands_in_an_address(world: &World) {
    let (app, added) = world.house.give_app(&world.me).await;
    world.house.give_passkey(&world.me, "Thẻ").await;
    let clock = world.house.bench.platform.clock.clone();
    clock.advance(Duration::from_secs(30));
    let page = first_step(world).await;
    ids_are_unique_and_labels_lead_somewhere("second step", &page);
    assert!(page.contains("data-passkey=\"get\"") && page.contains("&#34;challenge&#34;"), "{page}");
    assert!(!page.contains(PASSWORD) && page.contains("autocomplete=\"one-time-code\""), "{page}");
    let continuation = hidden(&page, "_continuation");
    // A wrong code is said, and what the first step gave is kept.
    let wrong = text(second_step(world, &page, "000000").await, 422).await;
    assert!(hidden(&wrong, "_continuation") == continuation && !wrong.contains("000000"), "{wrong}");
    assert!(text(second_step(world, &wrong, "").await, 422).await.contains("Nhập mã."));
    let response = second_step(world, &wrong, &spaced(&app.code(1))).await;
    assert_eq!((response.status().as_u16(), response.headers()["location"].to_str().unwrap()), (303, "/viec"));
    let cookie = response.headers()["set-cookie"].to_str().unwrap();
    let secret = cookie.strip_prefix("__Host-vanphong=").unwrap().split(';').next().unwrap();
    text(world.send(Method::GET, "/ca-nhan", Some(secret), None, &[]).await, 200).await;
    let asked = world.last("sign_in_second_factor.v1");
    assert_eq!(asked, json!({ "continuation": continuation, "proof": { "totp": app.code(1) } }));
    let page = first_step(world).await;
    let spare = &added.recovery_codes[0].0;
    assert_eq!(second_step(world, &page, spare).await.status(), 303);
    assert_eq!(world.last("sign_in_second_factor.v1")["proof"], json!({ "recovery_code": spare }));
    // A sign-in that lapsed begins again.
    let page = first_step(world).await;
    clock.advance(Duration::from_secs(600));
    let lapsed = text(second_step(world, &page, "000000").await, 401).await;
    assert!(lapsed.contains("id=\"username\"") && hidden(&lapsed, "ve") == "/viec", "{lapsed}");
    // Whoever tries too often waits, and is told how long.
    let page = first_step(world).await;
    let mut limited = None;
    for _ in 0..12 {
        let response = second_step(world, &page, "000000").await;
        if response.status() == 429 {
            limited = Some(text(response, 429).await);
            break;
        }
    }
    let limited = limited.expect("nobody had to wait");
    assert!(
        limited.contains("giây") && hidden(&limited, "_continuation") == hidden(&page, "_continuation"),
        "{limited}"
    );
}

async fn a_new_account_is_taken_into_use_with_its_code(world: &World) {
    let code = world.house.one_time_code("Ngô Thị Mẫu").await;
    let form = text(world.get_outside("/dang-nhap/lan-dau").await, 200).await;
    ids_are_unique_and_labels_lead_somewhere("first time", &form);
    let typed = |again: &'static str| {
        [
            ("lan-dau", "1"),
            ("code", code.as_str()),
            ("username", "th.moi"),
            ("password", PASSWORD),
            ("password_again", again),
        ]
    };
    let page = text(world.send(Method::POST, "/dang-nhap", None, Some(ORIGIN), &typed("khác")).await, 422).await;
    assert!(page.contains("chưa giống nhau") && page.contains("value=\"th.moi\"") && !page.contains(PASSWORD));
    assert!(world.asked("enrol.v1").is_empty());
    let response = world.send(Method::POST, "/dang-nhap", None, Some(ORIGIN), &typed(PASSWORD)).await;
    assert_eq!(response.headers()["location"], "/dang-nhap?da-nhan=1");
    let page = text(world.get_outside("/dang-nhap?da-nhan=1").await, 200).await;
    assert!(page.contains("Tài khoản đã sẵn sàng"), "{page}");
    let entering = [("username", "th.moi"), ("password", PASSWORD), ("ve", "/ca-nhan")];
    let entered = world.send(Method::POST, "/dang-nhap", None, Some(ORIGIN), &entering).await;
    assert_eq!(entered.headers()["location"], "/ca-nhan");
    // The code was good once.
    let page = text(world.send(Method::POST, "/dang-nhap", None, Some(ORIGIN), &typed(PASSWORD)).await, 422).await;
    assert!(page.contains("href=\"#code\""), "{page}");
}

async fn devices_are_shown_and_signed_out_and_a_silent_service_is_named(world: &World) {
    let other = world.me.again(&world.house).await;
    let page = text(world.get("/ca-nhan/bao-mat").await, 200).await;
    ids_are_unique_and_labels_lead_somewhere("security", &page);
    let id = page.split("name=\"id\" value=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
    let ids: Vec<String> = id.collect();
    for part in ["Máy này", "Máy chưa đặt tên", "192.0.2.9"] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let sessions = world.house.ask::<schema_identity::ListMySessions>(&world.me, json!({})).await.sessions;
    let strange = sessions.iter().find(|one| !one.current).unwrap().id;
    assert!(ids.contains(&strange.to_string()), "{ids:?}");
    let named = json!({ "id": strange, "device": "Máy <b>văn thư" });
    world.house.ask::<NameMySession>(&world.me, named).await;
    let page = text(world.get("/ca-nhan/bao-mat").await, 200).await;
    assert!(page.contains("Máy &#60;b&#62;văn thư"), "{page}");
    let response = world.post("/ca-nhan/bao-mat/ket-thuc", &page, &[("id", &strange.to_string())]).await;
    assert_eq!(response.headers()["location"], "/ca-nhan/bao-mat?xong=ket-thuc");
    assert_eq!(world.send(Method::GET, "/ca-nhan", Some(&other.secret), None, &[]).await.status(), 303);
    assert_eq!(world.post("/ca-nhan/bao-mat/ket-thuc", &page, &[("id", "x")]).await.status(), 404);
    world.house.give_app(&world.me).await;
    world.house.give_passkey(&world.me, "Thẻ").await;
    let page = text(world.get("/ca-nhan/bao-mat").await, 200).await;
    for part in ["Còn 10 mã", "Đang dùng", "Thẻ"] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    world.lose("get_my_factors.v1");
    let page = text(world.get("/ca-nhan/bao-mat").await, 200).await;
    assert!(page.contains("Tổ chức, tài khoản chưa trả lời kịp.") && page.contains("Máy này"), "{page}");
    let response = world.post("/ca-nhan/bao-mat/dang-xuat-moi-noi", &page, &[]).await;
    assert!(response.headers()["set-cookie"].to_str().unwrap().contains("Max-Age=0"));
    assert_eq!(world.get("/ca-nhan").await.status(), 303);
}

async fn a_password_is_changed_and_no_page_ever_shows_one(world: &World) {
    let (page, path) = (text(world.get("/ca-nhan/bao-mat").await, 200).await, "/ca-nhan/bao-mat/mat-khau");
    let typed =
        |new: &'static str| [("current_password", PASSWORD), ("new_password", new), ("new_password_again", new)];
    let refused = text(world.post(path, &page, &typed("mới toanh")).await, 422).await;
    assert!(refused.contains("href=\"#new_password\"") && !refused.contains("mới toanh"), "{refused}");
    let differs = text(world.post(path, &refused, &typed("mới toanh")[..2]).await, 422).await;
    assert!(differs.contains("href=\"#new_password_again\""), "{differs}");
    // The session has ended: the form is offered again without what was secret.
    let new = "chín con cò lội trong đầm";
    let ended = text(world.send(Method::POST, path, None, Some(ORIGIN), &typed(new)).await, 401).await;
    assert!(!ended.contains(PASSWORD) && !ended.contains(new), "{ended}");
    let response = world.post(path, &differs, &typed(new)).await;
    assert_eq!(response.headers()["location"], "/ca-nhan/bao-mat?xong=mat-khau");
    let name = world.me.me.account.username.as_deref().unwrap();
    let entering = [("username", name), ("password", new), ("ve", "/ca-nhan")];
    let entered = world.send(Method::POST, "/dang-nhap", None, Some(ORIGIN), &entering).await;
    assert_eq!(entered.headers()["location"], "/ca-nhan");
}

async fn an_app_takes_up_its_secret_and_recovery_codes_are_shown_once(world: &World) {
    let page = text(world.get("/ca-nhan/bao-mat").await, 200).await;
    let page = text(world.post("/ca-nhan/bao-mat/ung-dung", &page, &[]).await, 200).await;
    let otpauth = read(&hidden(&page, "otpauth"));
    let secret = otpauth.split("secret=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    let letters: Vec<char> = secret.chars().collect();
    let groups = letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ");
    assert!(page.contains("<svg class=\"qr\"") && page.contains(&groups), "{page}");
    ids_are_unique_and_labels_lead_somewhere("enrolling", &page);
    let path = "/ca-nhan/bao-mat/xac-nhan-ung-dung";
    let app = App::new(&secret, world.house.bench.platform.clock.now().unix_seconds());
    let code = spaced(&app.code(0));
    let again = text(world.post(path, &page, &[("otpauth", &otpauth), ("code", "000 00x")]).await, 422).await;
    assert!(again.contains(&groups) && again.contains("href=\"#code\""), "{again}");
    let codes = text(world.post(path, &again, &[("otpauth", &otpauth), ("code", &code)]).await, 200).await;
    assert_eq!(world.last("confirm_totp.v1")["code"], app.code(0));
    assert_eq!(codes.matches("<code>").count(), 10, "{codes}");
    let first = codes.split("<code>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let page = text(world.get("/ca-nhan/bao-mat").await, 200).await;
    assert!(!page.contains(&first) && page.contains("Còn 10 mã"), "{page}");
    let page = text(world.post("/ca-nhan/bao-mat/khoa-moi", &page, &[]).await, 200).await;
    assert!(page.contains("data-passkey=\"create\""), "{page}");
    let options = page.split("data-options=\"").nth(1).unwrap().split('"').next().unwrap();
    let options: Value = serde_json::from_str(&read(options)).unwrap();
    let made = Passkey::new("localhost", "http://localhost:8080").create(options.as_object().unwrap());
    let made = Value::Object(made).to_string();
    let response = world.post("/ca-nhan/bao-mat/them-khoa", &page, &[("name", "Thẻ"), ("_passkey", &made)]).await;
    assert_eq!(response.headers()["location"], "/ca-nhan/bao-mat?xong=them-khoa");
    let page = text(world.get("/ca-nhan/bao-mat").await, 200).await;
    assert!(page.contains("Thẻ"), "{page}");
}

async fn whoever_has_several_posts_chooses_among_them_and_among_no_others(world: &mut World) {
    let below = world.house.below().await;
    let position = json!({
        "office": below.office, "unit": below.unit, "title": "Phó Bí thư", "roles": ["deputy_secretary"],
        "from": "2025-07-01",
    });
    let position = world.house.ask::<CreatePosition>(&world.house.admin, position).await.id;
    let held = json!({
        "office": below.office, "person": world.me.me.person.id, "position": position, "from": "2025-07-01",
    });
    let other = world.house.ask::<CreateAppointment>(&world.house.admin, held).await.id;
    let stranger = world.house.admin.me.posts[0].appointment;
    world.me = world.me.again(&world.house).await;
    let page = text(world.get("/ca-nhan").await, 200).await;
    assert!(page.contains("Phó Bí thư · Đảng ủy xã Thử Nghiệm") && page.contains("<br>Văn thư"), "{page}");
    let response = world.post("/ca-nhan/noi-lam-viec", &page, &[("appointment", &other.to_string())]).await;
    assert_eq!(response.headers()["location"], "/");
    let page = text(world.get("/van-ban/den").await, 200).await;
    assert!(page.contains("<br>Phó Bí thư"), "{page}");
    assert_eq!(world.asked("list_incoming.v1")[0].body["office"], json!(below.office));
    // The choice goes with the account, and how pages look does not undo it.
    let page = text(world.get("/ca-nhan").await, 200).await;
    world.post("/ca-nhan", &page, &[("language", "en"), ("size", "125")]).await;
    let elsewhere = world.me.again(&world.house).await;
    let page = text(world.send(Method::GET, "/ca-nhan", Some(&elsewhere.secret), None, &[]).await, 200).await;
    assert!(page.contains("<br>Phó Bí thư") && page.contains("lang=\"en\" class=\"size-125\""), "{page}");
    // A post of somebody else is not one to choose.
    let page = text(world.get("/ca-nhan").await, 200).await;
    world.post("/ca-nhan/noi-lam-viec", &page, &[("appointment", &stranger.to_string())]).await;
    assert_eq!(world.last("set_my_preferences.v1").get("post"), Some(&serde_json::Value::Null));
    let page = text(world.get("/ca-nhan").await, 200).await;
    assert!(page.contains("<br>Văn thư"), "{page}");
}
