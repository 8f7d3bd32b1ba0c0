//! Fresh proofs of who is there: asked for by an act, given, and the act is done with all that was typed.

use std::time::Duration;

use reqwest::Method;
use testbed::process::until;

use crate::{
    house::PASSWORD,
    page_rules::ids_are_unique_and_labels_lead_somewhere,
    world::{ORIGIN, World, text},
};

pub(crate) async fn an_act_that_asks_for_a_fresh_proof_gets_it_and_is_done_with_all_that_was_typed(world: &World) {
    world.house.open_outgoing(&world.me).await;
    let draft = world.house.draft(&world.me, None).await.id;
    let (app, _) = world.house.give_app(&world.me).await;
    world.house.give_passkey(&world.me, "Thẻ").await;
    // Twenty steps of the app later the proof of the sign-in is old.
    world.house.bench.platform.clock.advance(Duration::from_secs(600));
    let (record, path) = (format!("/van-ban/di/{draft}"), format!("/van-ban/di/{draft}/cap-so"));
    // The service believes what it knew of the account for a moment.
    let page = text(world.get(&record).await, 200).await;
    let nothing = format!("/van-ban/di/{}/cap-so", runtime::fresh_id());
    let demanded = until("the proof to be asked for", Duration::from_secs(20), || async {
        (world.post(&nothing, &page, &[]).await.status() == 307).then_some(())
    });
    demanded.await.unwrap();
    let page = text(world.get(&record).await, 200).await;
    let typed = [("signatory", "Ký \"thay\" Ví Dụ"), ("copies", "5")];
    let before = world.asked("issue_outgoing.v1").len();
    let response = world.post(&path, &page, &typed).await;
    let to_proof = response.headers()["location"].to_str().unwrap().to_owned();
    let expected = format!("/xac-nhan?tro-lai=%2Fvan-ban%2Fdi%2F{draft}%2Fcap-so");
    assert_eq!((response.status().as_u16(), &to_proof), (307, &expected));
    // A browser sends the same form on.
    let page = text(world.post(&to_proof, &page, &typed).await, 401).await;
    assert!(
        page.contains("name=\"signatory\" value=\"Ký &#34;thay&#34; Ví Dụ\"") && page.contains("name=\"_code\""),
        "{page}"
    );
    assert!(page.contains("data-passkey=\"get\"") && !page.contains("name=\"_password\""), "{page}");
    ids_are_unique_and_labels_lead_somewhere("step up", &page);
    let (right, wrong) = (app.code(20), if app.code(20) == "918273" { "918274" } else { "918273" });
    let proof = |code| [("_proving", "1"), ("_form", "1"), ("_code", code), typed[0], typed[1]];
    let page = text(world.post(&to_proof, &page, &proof(wrong)).await, 422).await;
    assert!(page.contains("name=\"copies\" value=\"5\"") && !page.contains(wrong), "{page}");
    let response = world.post(&to_proof, &page, &proof(&right)).await;
    assert_eq!((response.status().as_u16(), response.headers()["location"].to_str().unwrap()), (307, path.as_str()));
    assert_eq!(world.last("step_up.v1"), serde_json::json!({ "proof": { "totp": right } }));
    let response = world.post(&path, &page, &proof(&right)).await;
    assert_eq!(response.headers()["location"], format!("{record}?xong=cap-so"));
    let asked = world.asked("issue_outgoing.v1");
    assert_eq!((asked.len(), asked[before + 1].body["signatory"].as_str()), (before + 2, Some("Ký \"thay\" Ví Dụ")));
    let page = text(world.get(&record).await, 200).await;
    assert!(page.contains("13-BC/VPTU"), "{page}");
}

pub(crate) async fn after_a_proof_nobody_is_led_elsewhere_and_an_account_without_factors_gives_its_password(
    world: &World,
) {
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
        let response = world.post(&address, &page, &[("_proving", "1"), ("_password", PASSWORD)]).await;
        assert_eq!(
            (response.status().as_u16(), response.headers()["location"].to_str().unwrap()),
            (303, path),
            "{asked}"
        );
    }
    let page = text(world.get("/xac-nhan").await, 200).await;
    let wrong = [("_proving", "1"), ("_password", " bảy ")];
    text(world.post("/xac-nhan", &page, &wrong).await, 422).await;
    assert_eq!(world.last("step_up.v1")["proof"]["password"], " bảy ");
    let forged = [("_password", "x")];
    let forged = world.send(Method::POST, "/xac-nhan", Some(&world.me.secret), Some(ORIGIN), &forged).await;
    assert_eq!(forged.status(), 403);
}
