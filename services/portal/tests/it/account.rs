//! One's own account: the second step of a sign-in, fresh proofs, second factors, devices, the choice of a post.

use reqwest::Method;
use serde_json::{Value, json};
use wire::{Fault, Kind};

use crate::{
    page_rules::ids_are_unique_and_labels_lead_somewhere,
    stage::{OFFICE, ORIGIN, WORK, World, fault, hidden, text},
};

const OTHER: &str = "01938a2c-0000-7000-8000-0000000000dd";

/// Who has an authenticator app, and is signed in on two devices.
pub(crate) fn prepare(world: &World) {
    let session = |id: &str, current: bool, device: Value| {
        json!({ "id": id, "current": current, "began": "2026-11-20T01:00:00Z", "expires": "2026-12-20T01:00:00Z",
                "device": device, "network": "192.0.2.7", "method": "totp" })
    };
    let sessions = [session(OFFICE, true, Value::Null), session(OTHER, false, json!("Máy <b>văn thư</b>"))];
    world.answer("list_my_sessions.v1", Ok(json!({ "sessions": sessions })));
    let passkey = json!({ "id": OTHER, "name": "Thẻ", "added": "2026-11-20T01:00:00Z" });
    let factors = json!({ "totp_since": "2026-11-20T01:00:00Z", "passkeys": [passkey], "recovery_codes_left": 7 });
    world.answer("get_my_factors.v1", Ok(factors));
    world.answer(
        "begin_passkey_step_up.v1",
        Ok(json!({ "options": { "challenge": "c" }, "expires": "2026-11-20T01:05:00Z" })),
    );
    world.answer("step_up.v1", Ok(json!({ "until": "2026-11-20T01:05:00Z" })));
}

/// The refusal of whoever has proven too long ago who is there.
fn step_up() -> Fault {
    Fault::new(Kind::Unauthenticated, "wire.step_up_needed", "step up", "cần xác thực lại")
}

async fn first_step(world: &World) -> String {
    let detail = json!({ "continuation": "weiter", "expires_in": 300, "totp": true, "recovery_codes": 3,
                         "passkey": { "challenge": "abc", "rpId": "vanphong.example" } });
    world.answer("sign_in.v1", Err(fault(Kind::Unauthenticated, "identity.second_factor_required", detail)));
    let tokens = json!({ "access_token": "t", "token_type": "Bearer", "expires_in": 300, "refresh_token": "r" });
    world.answer("sign_in_second_factor.v1", Ok(tokens));
    let typed = [("username", "th.vanthu"), ("password", "bảy con sếu"), ("ve", "/viec")];
    let response = world.send(Method::POST, "/dang-nhap", None, Some(ORIGIN), &typed).await;
    assert!(!response.headers().contains_key("location") && !response.headers().contains_key("set-cookie"));
    text(response, 200).await
}

/// The fields of the second step, with a code.
fn second<'a>(page: &'a [(String, String)], code: &'a str) -> Vec<(&'a str, &'a str)> {
    let fields = page.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    fields.chain([("_code", code)]).collect()
}

fn fields_of(page: &str) -> Vec<(String, String)> {
    ["ve", "_continuation", "_totp", "_recovery"].map(|name| (name.to_owned(), hidden(page, name))).to_vec()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_second_step_opens_the_session_and_nothing_secret_stands_in_an_address() {
    let world = World::start().await;
    let page = first_step(&world).await;
    ids_are_unique_and_labels_lead_somewhere("second step", &page);
    assert!(page.contains("data-passkey=\"get\"") && page.contains("&#34;challenge&#34;"), "{page}");
    assert!(!page.contains("bảy con sếu") && page.contains("autocomplete=\"one-time-code\""), "{page}");
    let fields = fields_of(&page);
    let response = world.send(Method::POST, "/dang-nhap", None, Some(ORIGIN), &second(&fields, "123 456")).await;
    assert_eq!((response.status().as_u16(), response.headers()["location"].to_str().unwrap()), (303, "/viec"));
    assert!(response.headers()["set-cookie"].to_str().unwrap().starts_with("__Host-vanphong=good-secret;"));
    let asked = world.asked("sign_in_second_factor.v1");
    assert_eq!(asked[0].body, json!({ "continuation": "weiter", "proof": { "totp": "123456" } }));
    world.send(Method::POST, "/dang-nhap", None, Some(ORIGIN), &second(&fields, "ABCDE-FGHJK")).await;
    assert_eq!(world.asked("sign_in_second_factor.v1")[1].body["proof"], json!({ "recovery_code": "ABCDE-FGHJK" }));
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_code_is_said_the_wait_is_told_and_a_sign_in_that_lapsed_begins_again() {
    let world = World::start().await;
    let fields = fields_of(&first_step(&world).await);
    let send = |code: &'static str| {
        let (world, fields) = (&world, &fields);
        async move { world.send(Method::POST, "/dang-nhap", None, Some(ORIGIN), &second(fields, code)).await }
    };
    world.answer("sign_in_second_factor.v1", Err(fault(Kind::Invalid, "identity.proof_wrong", Value::Null)));
    let page = text(send("000000").await, 422).await;
    assert!(hidden(&page, "_continuation") == "weiter" && !page.contains("000000"), "{page}");
    let limited = fault(Kind::Limited, "identity.sign_in_limited", json!({ "seconds": 125 }));
    world.answer("sign_in_second_factor.v1", Err(limited));
    let page = text(send("000000").await, 429).await;
    assert!(page.contains("2 phút 5 giây"), "{page}");
    assert!(text(send("").await, 422).await.contains("Nhập mã."));
    world.answer(
        "sign_in_second_factor.v1",
        Err(fault(Kind::Unauthenticated, "identity.continuation_bad", Value::Null)),
    );
    let page = text(send("000000").await, 401).await;
    assert!(page.contains("id=\"username\"") && hidden(&page, "ve") == "/viec", "{page}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_account_is_taken_into_use_with_its_code() {
    let world = World::start().await;
    world.answer("enrol.v1", Ok(json!({ "username": "th.vanthu" })));
    let form = text(world.get_outside("/dang-nhap/lan-dau").await, 200).await;
    ids_are_unique_and_labels_lead_somewhere("first time", &form);
    let typed = |again: &'static str| {
        [
            ("lan-dau", "1"),
            ("code", "AB-CD"),
            ("username", "th.vanthu"),
            ("password", "bảy con sếu trắng"),
            ("password_again", again),
        ]
    };
    let page = text(world.send(Method::POST, "/dang-nhap", None, Some(ORIGIN), &typed("khác")).await, 422).await;
    assert!(page.contains("chưa giống nhau") && page.contains("value=\"th.vanthu\"") && !page.contains("bảy con sếu"));
    assert!(world.asked("enrol.v1").is_empty());
    let response = world.send(Method::POST, "/dang-nhap", None, Some(ORIGIN), &typed("bảy con sếu trắng")).await;
    assert_eq!(response.headers()["location"], "/dang-nhap?da-nhan=1");
    assert_eq!(world.asked("enrol.v1")[0].body["code"], "AB-CD");
    let page = text(world.get_outside("/dang-nhap?da-nhan=1").await, 200).await;
    assert!(page.contains("Tài khoản đã sẵn sàng"), "{page}");
    let mut refused = fault(Kind::Invalid, "identity.enrolment_bad", Value::Null);
    refused.field = Some("code".to_owned());
    world.answer("enrol.v1", Err(refused));
    let page =
        text(world.send(Method::POST, "/dang-nhap", None, Some(ORIGIN), &typed("bảy con sếu trắng")).await, 422).await;
    assert!(page.contains("href=\"#code\""), "{page}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_act_that_asks_for_a_fresh_proof_gets_it_and_is_done_with_all_that_was_typed() {
    let world = World::start().await;
    prepare(&world);
    let (page, path) = (text(world.get(&format!("/viec/{WORK}")).await, 200).await, format!("/viec/{WORK}/tien-do"));
    world.answer("report_progress.v1", Err(step_up()));
    let typed = [("note", "Đã rà \"nửa\" đầu"), ("percent", "50")];
    let response = world.post(&path, &page, &typed).await;
    let to_proof = response.headers()["location"].to_str().unwrap().to_owned();
    assert_eq!(
        (response.status().as_u16(), to_proof.as_str()),
        (307, format!("/xac-nhan?tro-lai=%2Fviec%2F{WORK}%2Ftien-do").as_str())
    );
    // A browser sends the same form on.
    let page = text(world.post(&to_proof, &page, &typed).await, 401).await;
    assert!(
        page.contains("name=\"note\" value=\"Đã rà &#34;nửa&#34; đầu\"") && page.contains("name=\"_code\""),
        "{page}"
    );
    assert!(page.contains("data-passkey=\"get\"") && !page.contains("name=\"_password\""), "{page}");
    ids_are_unique_and_labels_lead_somewhere("step up", &page);
    world.answer("step_up.v1", Err(fault(Kind::Invalid, "identity.proof_wrong", Value::Null)));
    let proof = [("_proving", "1"), ("_form", "1"), ("_code", "918273"), typed[0], typed[1]];
    let page = text(world.post(&to_proof, &page, &proof).await, 422).await;
    assert!(page.contains("name=\"percent\" value=\"50\"") && !page.contains("918273"), "{page}");
    world.answer("step_up.v1", Ok(json!({ "until": "2026-11-20T01:05:00Z" })));
    let response = world.post(&to_proof, &page, &proof).await;
    assert_eq!((response.status().as_u16(), response.headers()["location"].to_str().unwrap()), (307, path.as_str()));
    assert_eq!(world.asked("step_up.v1")[1].body, json!({ "proof": { "totp": "918273" } }));
    world.post(&path, &page, &proof).await;
    let asked = world.asked("report_progress.v1");
    assert_eq!((asked.len(), &asked[1].body["note"]), (2, &json!("Đã rà \"nửa\" đầu")));
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_proof_nobody_is_led_elsewhere_and_an_account_without_factors_gives_its_password() {
    let world = World::start().await;
    prepare(&world);
    world.answer("get_my_factors.v1", Ok(json!({ "passkeys": [], "recovery_codes_left": 0 })));
    for (asked, path) in [
        ("%2Fviec%3Ftiep%3D2", "/viec?tiep=2"),
        ("%2F%2Fevil.example", "/"),
        ("https%3A%2F%2Fevil.example", "/"),
        ("%2F%5Cevil.example", "/"),
        ("%2Fxac-nhan", "/"),
        ("%2Fdang-xuat", "/"),
    ] {
        let address = format!("/xac-nhan?tro-lai={asked}");
        let page = text(world.get(&address).await, 200).await;
        assert!(page.contains("name=\"_password\"") && !page.contains("evil"), "{page}");
        let response = world.post(&address, &page, &[("_proving", "1"), ("_password", " bảy ")]).await;
        assert_eq!(
            (response.status().as_u16(), response.headers()["location"].to_str().unwrap()),
            (303, path),
            "{asked}"
        );
    }
    assert_eq!(world.asked("step_up.v1")[0].body["proof"]["password"], " bảy ");
    let forged = world.send(Method::POST, "/xac-nhan", Some("good-secret"), Some(ORIGIN), &[("_password", "x")]).await;
    assert_eq!(forged.status(), 403);
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn devices_are_shown_and_signed_out_and_a_silent_service_is_named() {
    let world = World::start().await;
    prepare(&world);
    let page = text(world.get("/ca-nhan/bao-mat").await, 200).await;
    ids_are_unique_and_labels_lead_somewhere("security", &page);
    for part in ["Máy này", "Máy chưa đặt tên", "Máy &#60;b&#62;văn thư", "Còn 7 mã", "Đang dùng", "Thẻ"]
    {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    world.answer("end_my_session.v1", Ok(json!({ "at": "2026-11-20T01:00:00Z" })));
    let response = world.post("/ca-nhan/bao-mat/ket-thuc", &page, &[("id", OTHER)]).await;
    assert_eq!(response.headers()["location"], "/ca-nhan/bao-mat?xong=ket-thuc");
    assert_eq!(world.asked("end_my_session.v1")[0].body["id"], OTHER);
    assert_eq!(world.post("/ca-nhan/bao-mat/ket-thuc", &page, &[("id", "x")]).await.status(), 404);
    world.answer("sign_out_everywhere.v1", Ok(json!({ "at": "2026-11-20T01:00:00Z" })));
    let response = world.post("/ca-nhan/bao-mat/dang-xuat-moi-noi", &page, &[]).await;
    assert!(response.headers()["set-cookie"].to_str().unwrap().contains("Max-Age=0"));
    world.answer("get_my_factors.v1", Err(Fault::new(Kind::Busy, "wire.busy", "busy", "bận")));
    let page = text(world.get("/ca-nhan/bao-mat").await, 200).await;
    assert!(page.contains("Tổ chức, tài khoản chưa trả lời kịp.") && page.contains("Máy này"), "{page}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_password_is_changed_and_no_page_ever_shows_one() {
    let world = World::start().await;
    prepare(&world);
    let (page, path) = (text(world.get("/ca-nhan/bao-mat").await, 200).await, "/ca-nhan/bao-mat/mat-khau");
    let typed = [("current_password", "cũ kỹ"), ("new_password", "mới toanh"), ("new_password_again", "mới toanh")];
    let mut short = fault(Kind::Invalid, "identity.password_short", json!({ "least": 15 }));
    short.field = Some("password".to_owned());
    world.answer("change_own_password.v1", Err(short));
    let refused = text(world.post(path, &page, &typed).await, 422).await;
    assert!(refused.contains("href=\"#new_password\"") && !refused.contains("mới toanh"), "{refused}");
    let differs = text(world.post(path, &page, &typed[..2]).await, 422).await;
    assert!(differs.contains("href=\"#new_password_again\""), "{differs}");
    // The session has ended: the form is offered again without what was secret.
    let ended = text(world.send(Method::POST, path, None, Some(ORIGIN), &typed).await, 401).await;
    assert!(!ended.contains("cũ kỹ") && !ended.contains("mới toanh"), "{ended}");
    world.answer("change_own_password.v1", Ok(json!({ "at": "2026-11-20T01:00:00Z" })));
    let response = world.post(path, &page, &typed).await;
    assert_eq!(response.headers()["location"], "/ca-nhan/bao-mat?xong=mat-khau");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_app_takes_up_its_secret_and_recovery_codes_are_shown_once() {
    let world = World::start().await;
    prepare(&world);
    let page = text(world.get("/ca-nhan/bao-mat").await, 200).await;
    let otpauth = "otpauth://totp/Van%20phong:th?secret=JBSWY3DPEHPK3PXP&issuer=V";
    world.answer("begin_totp.v1", Ok(json!({ "secret": "JBSWY3DPEHPK3PXP", "otpauth": otpauth })));
    let page = text(world.post("/ca-nhan/bao-mat/ung-dung", &page, &[]).await, 200).await;
    assert!(page.contains("<svg class=\"qr\"") && page.contains("JBSW Y3DP EHPK 3PXP"), "{page}");
    ids_are_unique_and_labels_lead_somewhere("enrolling", &page);
    world.answer("confirm_totp.v1", Err(fault(Kind::Invalid, "identity.proof_wrong", Value::Null)));
    let confirm = [("otpauth", otpauth), ("code", "123 456")];
    let again = text(world.post("/ca-nhan/bao-mat/xac-nhan-ung-dung", &page, &confirm).await, 422).await;
    assert!(again.contains("JBSW Y3DP EHPK 3PXP") && again.contains("href=\"#code\""), "{again}");
    assert_eq!(world.asked("confirm_totp.v1")[0].body["code"], "123456");
    let added = json!({ "at": "2026-11-20T01:00:00Z", "recovery_codes": ["0123H-JKMNP", "AAAAA-BBBBB"] });
    world.answer("confirm_totp.v1", Ok(added));
    let codes = text(world.post("/ca-nhan/bao-mat/xac-nhan-ung-dung", &page, &confirm).await, 200).await;
    assert!(codes.contains("<code>0123H-JKMNP</code>") && codes.contains("<code>AAAAA-BBBBB</code>"), "{codes}");
    world.answer("begin_passkey.v1", Ok(json!({ "options": { "challenge": "c" }, "expires": "2026-11-20T01:05:00Z" })));
    let page = text(world.post("/ca-nhan/bao-mat/khoa-moi", &page, &[]).await, 200).await;
    assert!(page.contains("data-passkey=\"create\""), "{page}");
    world.answer("add_passkey.v1", Ok(json!({ "at": "2026-11-20T01:00:00Z" })));
    let answer = [("name", "Thẻ"), ("_passkey", "{\"id\":\"k\"}")];
    let response = world.post("/ca-nhan/bao-mat/them-khoa", &page, &answer).await;
    assert_eq!(response.headers()["location"], "/ca-nhan/bao-mat?xong=them-khoa");
    assert_eq!(world.asked("add_passkey.v1")[0].body, json!({ "name": "Thẻ", "credential": { "id": "k" } }));
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_has_several_posts_chooses_among_them_and_among_no_others() {
    let world = World::start().await;
    let person = json!({ "id": OFFICE, "office": OFFICE, "full_name": "Trần Thị Ví Dụ", "active": true, "version": 1 });
    let account = json!({ "id": OFFICE, "office": OFFICE, "person": OFFICE, "state": "active", "version": 1 });
    let post = |id: &str, title: &str, office: &str| {
        json!({ "appointment": id, "office": id, "office_name": office, "unit": id, "unit_name": "Văn phòng", "position": id,
                "title": title, "head": false, "permissions": ["documents.incoming.read"], "from": "2026-01-01" })
    };
    let posts = [post(OFFICE, "Văn thư", "Tỉnh ủy Ví Dụ"), post(OTHER, "Phó Bí thư", "Đảng ủy xã Ví Dụ")];
    world.answer("get_me.v1", Ok(json!({ "person": person, "account": account, "posts": posts })));
    let page = text(world.get("/ca-nhan").await, 200).await;
    assert!(page.contains("Phó Bí thư · Đảng ủy xã Ví Dụ") && page.contains("<br>Văn thư"), "{page}");
    let response = world.post("/ca-nhan/noi-lam-viec", &page, &[("appointment", OTHER)]).await;
    let cookie = response.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.starts_with(&format!("vanphong-look=vi.100.post-{OTHER};")), "{cookie}");
    let page = text(world.get_looking("/van-ban/den", &format!("vi.100.post-{OTHER}")).await, 200).await;
    assert!(page.contains("<br>Phó Bí thư"), "{page}");
    assert_eq!(world.asked("list_incoming.v1")[0].body["office"], OTHER);
    // A post of somebody else is not one to choose; the display stays as it was.
    let page = text(world.get_looking("/ca-nhan", &format!("en.125.post-{WORK}")).await, 200).await;
    assert!(page.contains("<br>Văn thư"), "{page}");
    let response = world.post("/ca-nhan/noi-lam-viec", &page, &[("appointment", WORK)]).await;
    assert!(response.headers()["set-cookie"].to_str().unwrap().starts_with("vanphong-look=vi.100;"));
    world.finish().await;
}
