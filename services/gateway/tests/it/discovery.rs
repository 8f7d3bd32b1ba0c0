//! New, missing and dishonest services.

use serde_json::{Value, json};
use wire::Contract;

use crate::{
    desk::{NOTE, contract},
    world::{World, header, until},
};

/// The contract with one more call, which reads the notes under another path.
fn grown() -> Contract {
    let mut grown = contract();
    let mut row = grown.call("get_note.v1").unwrap().clone();
    row.name = "get_copy.v1".to_owned();
    row.http.as_mut().unwrap().path = "/api/v1/notes/{id}/copy".to_owned();
    grown.calls.push(row);
    grown
}

async fn status(world: &World, path: &str) -> u16 {
    let token = world.person().token;
    world.get(path).bearer_auth(token).send().await.unwrap().status().as_u16()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_call_appears_while_the_door_is_open_and_both_versions_are_served() {
    let mut world = World::start().await;
    let copy = format!("/api/v1/notes/{NOTE}/copy");
    assert_eq!(status(&world, &copy).await, 404);
    world.serve_also(grown(), "1.1.0").await;
    until("the new call", async || (status(&world, &copy).await == 200).then_some(())).await;
    assert_eq!(status(&world, &format!("/api/v1/notes/{NOTE}")).await, 200);
    let document: Value = world.get("/api/openapi.json").send().await.unwrap().json().await.unwrap();
    assert!(document["paths"].get("/api/v1/notes/{id}/copy").is_some());
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_paths_of_a_service_that_is_away_are_known_even_after_a_restart() {
    let mut world = World::start().await;
    let note = format!("/api/v1/notes/{NOTE}");
    world.close_desk().await;
    for restarted in [false, true] {
        if restarted {
            world.close().await;
            world.open(|_| ()).await;
        }
        let response = world.get(&note).bearer_auth(world.person().token).send().await.unwrap();
        assert_eq!(response.status().as_u16(), 503, "restarted: {restarted}");
        assert!(!header(&response, "retry-after").is_empty());
        assert_eq!(status(&world, "/api/v1/notes/x/y/z").await, 404);
    }
    world.serve_desk(contract()).await;
    assert_eq!(status(&world, &note).await, 200);
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_never_heard_of_is_away_and_not_missing() {
    let mut world = World::shut().await;
    world.open(|_| ()).await;
    assert_eq!(status(&world, "/api/v1/notes").await, 503);
    assert_eq!(status(&world, "/api/v1/nothing").await, 404);
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kept_contracts_that_cannot_be_read_are_left() {
    let mut world = World::shut().await;
    std::fs::write(world.folder.path().join("gateway-contracts.json"), "{ half a fi").unwrap();
    world.serve_desk(contract()).await;
    world.open(|_| ()).await;
    assert_eq!(status(&world, &format!("/api/v1/notes/{NOTE}")).await, 200);
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_announces_another_services_sign_in() {
    let mut world = World::shut().await;
    let mut greedy = contract();
    let mut row = greedy.call("knock.v1").unwrap().clone();
    (row.name, row.http.as_mut().unwrap().path) = ("sign_in.v1".to_owned(), "/api/v1/sign-in".to_owned());
    greedy.calls.push(row);
    world.serve_desk(greedy).await;
    let mut masked = contract();
    masked.service = "identity".to_owned();
    world.serve_also(masked, "9.9.9").await;
    world.open(|_| ()).await;
    assert_eq!(status(&world, &format!("/api/v1/notes/{NOTE}")).await, 200, "what is its own is offered");
    let sign_in = world.post("/api/v1/sign-in").json(&json!({ "word": "x" })).send().await.unwrap();
    assert_ne!(sign_in.status().as_u16(), 200);
    assert_eq!(world.desk.asked(), 1);
    world.finish().await;
}
