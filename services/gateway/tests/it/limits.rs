//! How often one may ask.

use serde_json::json;

use crate::{
    desk::NOTE,
    world::{World, header, problem},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_and_an_address_have_shares_of_their_own() {
    let world = World::with(|settings| {
        settings.limits.account_per_minute = 3;
        settings.limits.address_per_minute = 2;
    })
    .await;
    let (busy, calm) = (world.person().token, world.person().token);
    let read = |token: &str| world.get(&format!("/api/v1/notes/{NOTE}")).bearer_auth(token);
    for _ in 0..3 {
        assert_eq!(read(&busy).send().await.unwrap().status().as_u16(), 200);
    }
    let response = read(&busy).send().await.unwrap();
    assert_eq!(response.status().as_u16(), 429);
    assert!((1..=21).contains(&header(&response, "retry-after").parse::<u32>().unwrap()));
    assert_eq!(read(&calm).send().await.unwrap().status().as_u16(), 200, "accounts do not disturb each other");

    // Bad tokens and unknown paths count to the address.
    assert_eq!(read("bad").send().await.unwrap().status().as_u16(), 401);
    assert_eq!(world.get("/api/v1/nothing").send().await.unwrap().status().as_u16(), 404);
    let (status, said) = problem(read("bad")).await;
    assert_eq!((status, &said["code"]), (429, &json!("gateway.too_often")));
    assert_eq!(read(&calm).send().await.unwrap().status().as_u16(), 200, "nor does the address disturb accounts");
    assert_eq!(world.get("/livez").send().await.unwrap().status().as_u16(), 200, "health is always told");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn strangers_who_may_change_something_have_a_smaller_share_by_the_address_the_proxy_names() {
    let world = World::with(|settings| {
        settings.limits.sign_in_per_minute = 1;
        settings.proxies = vec!["127.0.0.1".parse().unwrap()];
    })
    .await;
    let knock =
        |from: &'static str| world.post("/api/v1/knocks").header("x-forwarded-for", from).json(&json!({ "word": "x" }));
    assert_eq!(knock("198.51.100.1").send().await.unwrap().status().as_u16(), 200);
    assert_eq!(world.desk.last().meta.network.as_deref(), Some("198.51.100.1"));
    assert_eq!(knock("198.51.100.1").send().await.unwrap().status().as_u16(), 429);
    assert_eq!(knock("203.0.113.9, 198.51.100.1").send().await.unwrap().status().as_u16(), 429, "the rest is hearsay");
    assert_eq!(knock("198.51.100.2").send().await.unwrap().status().as_u16(), 200);
    world.finish().await;
}
