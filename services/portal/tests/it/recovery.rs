//! An account recovered by two administrators, through the administrator's pages and the sign-in.

use reqwest::Method;
use schema_identity::{ListRecoveries, RefuseRecovery, RequestRecovery};

use crate::{
    house::PASSWORD,
    page_rules::ids_are_unique_and_labels_lead_somewhere,
    world::{ORIGIN, World, hidden, text},
};

/// What stands in a form of a page, between its beginning and its end.
fn form<'a>(page: &'a str, action: &str) -> &'a str {
    let after = page.split(&format!("action=\"{action}\"")).nth(1).unwrap_or_else(|| panic!("no {action} in {page}"));
    after.split("</form").next().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_administrator_asks_another_confirms_and_the_owner_begins_anew() {
    let world = World::of(&["administrator"]).await;
    let owner = world.house.hire("th.mat", "Phạm Thị Ví Dụ", "Chuyên viên", &["specialist"]).await;
    let (account, person) = (owner.me.account.id, owner.me.person.id);
    let path = format!("/quan-tri/nguoi/{person}");
    let page = text(world.get(&path).await, 200).await;
    let ask = format!("{path}/khoi-phuc");
    let said = text(world.post(&ask, &page, &[("reason", " ")]).await, 422).await;
    assert!(said.contains("class=\"fault\""), "{said}");
    // What one asked for oneself, one can only take back.
    let response = world.post(&ask, &said, &[("reason", "Mất điện thoại <đã gặp>")]).await;
    assert_eq!(response.headers()["location"], format!("{path}?xong=khoi-phuc"));
    let page = text(world.get(&path).await, 200).await;
    ids_are_unique_and_labels_lead_somewhere("person", &page);
    assert!(page.contains("Mất điện thoại &#60;đã gặp&#62;") && page.contains("Trần Thị Ví Dụ"), "{page}");
    assert!(!page.contains("/xac-nhan-khoi-phuc\"") && !page.contains(&format!("{ask}\"")), "{page}");
    let list = text(world.get("/quan-tri/nguoi").await, 200).await;
    assert!(list.contains("Chờ quản trị viên khác") && list.contains(&format!("href=\"{path}\"")), "{list}");
    let refuse = format!("{path}/bo-khoi-phuc");
    let id = hidden(form(&page, &refuse), "recovery");
    let response = world.post(&refuse, &page, &[("recovery", &id)]).await;
    assert_eq!(response.headers()["location"], format!("{path}?xong=bo-khoi-phuc"));
    let of_office = ListRecoveries { office: world.house.office };
    assert!(world.call(&world.me, &of_office).await.unwrap().recoveries.is_empty());

    // Another administrator asked: both answers are offered, and the code is shown this once.
    let call = RequestRecovery { account, reason: "Đã gặp trực tiếp".to_owned() };
    let asked = world.call(&world.house.admin, &call).await.unwrap();
    let list = text(world.get("/quan-tri/nguoi").await, 200).await;
    assert!(list.contains("Chờ đồng chí xác nhận"), "{list}");
    let page = text(world.get(&path).await, 200).await;
    let confirm = format!("{path}/xac-nhan-khoi-phuc");
    assert!(page.contains(&format!("action=\"{refuse}\"")), "{page}");
    assert_eq!(hidden(form(&page, &confirm), "recovery"), asked.id.to_string());
    let id = asked.id.to_string();
    let said = text(world.post(&confirm, &page, &[("recovery", &id), ("reason", "")]).await, 422).await;
    assert!(said.contains("class=\"fault\"") && !said.contains("class=\"code\""), "{said}");
    let shown = world.post(&confirm, &said, &[("recovery", &id), ("reason", "Đã gọi điện")]).await;
    let shown = text(shown, 200).await;
    let code = shown.split("translate=\"no\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let ended = world.send(Method::GET, "/ca-nhan", Some(&owner.secret), None, &[]).await;
    assert_eq!(ended.headers()["location"], "/dang-nhap?ve=%2Fca-nhan", "every session of the owner has ended");
    begin_anew(&world, &code).await;
    world.finish().await;
}

/// Takes the code into use, signs in, and looks at what tells of the recovery.
async fn begin_anew(world: &World, code: &str) {
    let send = async |fields: &[(&str, &str)]| world.send(Method::POST, "/dang-nhap", None, Some(ORIGIN), fields).await;
    let words = "chín con chim bay về tổ";
    let old = send(&[("username", "th.mat"), ("password", PASSWORD)]).await;
    assert_ne!(old.status(), 303, "the old password is gone");
    let taken =
        [("lan-dau", "1"), ("code", code), ("username", "th.mat"), ("password", words), ("password_again", words)];
    let place = send(&taken).await.headers()["location"].to_str().unwrap().to_owned();
    let page = text(world.get_outside(&place).await, 200).await;
    assert_eq!(hidden(&page, "ve"), "/ca-nhan/bao-mat", "{page}");
    let response = send(&[("username", "th.mat"), ("password", words), ("ve", "/ca-nhan/bao-mat")]).await;
    assert_eq!(response.headers()["location"], "/ca-nhan/bao-mat");
    let cookie = response.headers()["set-cookie"].to_str().unwrap();
    let secret = cookie.split("__Host-vanphong=").nth(1).unwrap().split(';').next().unwrap().to_owned();
    let page = text(world.send(Method::GET, "/ca-nhan/bao-mat", Some(&secret), None, &[]).await, 200).await;
    assert!(page.contains("Đỗ Ví Dụ") && page.contains("Trần Thị Ví Dụ"), "both administrators: {page}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_answered_meanwhile_is_said_and_what_is_silent_is_named() {
    let world = World::of(&["administrator"]).await;
    let owner = world.house.hire("th.mat", "Phạm Thị Ví Dụ", "Chuyên viên", &["specialist"]).await;
    let path = format!("/quan-tri/nguoi/{}", owner.me.person.id);
    let call = RequestRecovery { account: owner.me.account.id, reason: "Đã gặp trực tiếp".to_owned() };
    let asked = world.call(&world.house.admin, &call).await.unwrap();
    let page = text(world.get(&path).await, 200).await;
    world.call(&world.house.admin, &RefuseRecovery { id: asked.id }).await.unwrap();
    let id = asked.id.to_string();
    let fields = [("recovery", id.as_str()), ("reason", "Đã gọi điện")];
    let said = text(world.post(&format!("{path}/xac-nhan-khoi-phuc"), &page, &fields).await, 404).await;
    assert!(said.contains("role=\"alert\""), "{said}");
    world.lose("list_recoveries.v1");
    let page = text(world.get(&path).await, 200).await;
    assert!(page.contains("chưa trả lời kịp") && !page.contains("/khoi-phuc\""), "{page}");
    world.finish().await;
}
