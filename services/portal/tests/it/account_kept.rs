//! What goes with an account from one browser to the next: how pages look; and what is lent to its owner.

use reqwest::Method;
use schema_identity::{CreateDelegation, RevokeDelegation};
use serde_json::json;

use crate::{
    house::Someone,
    page_rules::ids_are_unique_and_labels_lead_somewhere,
    world::{World, text},
};

async fn seen(world: &World, who: &Someone, path: &str) -> String {
    text(world.send(Method::GET, path, Some(&who.secret), None, &[]).await, 200).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_keeps_how_pages_look_and_shows_what_is_lent() {
    let mut world = World::start().await;
    what_is_saved_in_one_browser_holds_in_another_that_is_open(&world).await;
    world.newcomer("th.chu", &["chief_of_office"]).await;
    powers_that_are_lent_give_their_lines_in_the_menu_for_as_long_as_they_are_lent(&world).await;
    world.finish().await;
}

async fn what_is_saved_in_one_browser_holds_in_another_that_is_open(world: &World) {
    let other = world.me.again(&world.house).await;
    let before = seen(world, &other, "/viec").await;
    assert!(before.contains("lang=\"vi\" class=\"size-100\"") && !before.contains("data-keys=\"off\""), "{before}");
    let form = text(world.get("/ca-nhan").await, 200).await;
    world.post("/ca-nhan", &form, &[("language", "en"), ("size", "150"), ("dense", "1")]).await;
    let after = seen(world, &other, "/viec").await;
    assert!(after.contains("lang=\"en\" class=\"size-150 dense\" data-keys=\"off\""), "{after}");
    // It came with who they are: no page asked for it.
    assert!(world.asked("get_my_preferences.v1").is_empty());
    let form = seen(world, &other, "/ca-nhan").await;
    for part in ["value=\"150\" selected", "value=\"en\" lang=\"en\" selected", "name=\"dense\" value=\"1\" checked"] {
        assert!(form.contains(part), "{part} is not in {form}");
    }
    world.speak("vi").await;
}

async fn powers_that_are_lent_give_their_lines_in_the_menu_for_as_long_as_they_are_lent(world: &World) {
    let deputy = world.house.hire("th.ketoan", "Lê Thị Thay", "Kế toán", &["accountant"]).await;
    let line = "<a href=\"/ban-lam-viec\"";
    assert!(!seen(world, &deputy, "/ca-nhan").await.contains(line));
    let today = world.house.today();
    let call = json!({
        "kind": "deputy", "position": world.me.position(), "deputy": deputy.me.person.id,
        "deputy_position": deputy.position(), "permissions": ["documents.incoming.dispose"],
        "from": today, "to": today.plus(10), "reason": "Đi công tác",
    });
    let lent = world.house.ask::<CreateDelegation>(&world.me, call).await;
    let deputy = deputy.again(&world.house).await;
    let own = seen(world, &deputy, "/ca-nhan").await;
    ids_are_unique_and_labels_lead_somewhere("own", &own);
    let last = today.plus(9).unwrap().to_string();
    let last = last.split('-').rev().collect::<Vec<_>>().join("/");
    for part in [line, "Được ủy quyền", "thay Trần Thị Ví Dụ", &format!("đến hết {last}")] {
        assert!(own.contains(part), "{part} is not in {own}");
    }
    assert!(!own.contains("<a href=\"/van-ban/cho-y-kien\""), "what is not lent is not shown: {own}");
    assert!(seen(world, &deputy, "/ban-lam-viec").await.contains("<h1"));
    let call = json!({ "id": lent.id, "reason": "Đã về" });
    world.house.ask::<RevokeDelegation>(&world.me, call).await;
    let deputy = deputy.again(&world.house).await;
    assert!(!seen(world, &deputy, "/ca-nhan").await.contains(line));
}
