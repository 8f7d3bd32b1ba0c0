//! A service works with its own rights and no more.

use std::{fs, time::Duration};

use bus::{Answer, Bus, CallError, ConnectError, NatsSettings, PublishError};
use tempfile::NamedTempFile;
use testbed::nats::{Options, Server};
use wire::Meta;

use crate::{
    events::{publish, take},
    world::{PATIENCE, endpoint, service, settings, soon, topology},
};

/// Two key pairs made of nothing but ones and nothing but twos: seed, then public key.
const SERVICE: (&str, &str) = (
    "SUAACAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAQCAN7EY",
    "UCFIRY65OQE7DFP5KLNS2PF2LVZMUZYJX4OZIEQ36N2IQANUB5XVZ45L",
);
const ADMIN: (&str, &str) = (
    "SUAAEAQCAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAT6EE",
    "UCATS5YOVB6ROX2WUNKGNQ2MP3GMXDMKSG2O4N5CLX3A6W4PZGZZJPJO",
);

/// The rights of one service and of the administrator, as a deployment grants them.
fn users() -> String {
    let ((_, service), (_, admin)) = (SERVICE, ADMIN);
    format!(
        r#"authorization {{ users = [
            {{ nkey: {admin} }}
            {{ nkey: {service}, permissions: {{
                publish: {{ allow: ["event.documents", "call.finance.>",
                    "$JS.API.CONSUMER.MSG.NEXT.EV_finance.documents", "$JS.ACK.EV_finance.documents.>"] }}
                subscribe: {{ allow: ["_INBOX_documents.>", "call.documents.>", "$SRV.>"] }}
                allow_responses: {{ max: 1, expires: "5m" }} }} }} ] }}"#
    )
}

fn key_file(seed: &str) -> NamedTempFile {
    let file = NamedTempFile::new().unwrap();
    fs::write(&file, format!("{seed}\n")).unwrap();
    file
}

#[tokio::test]
async fn a_service_needs_no_more_than_its_own_rights() {
    let server = Server::start_with(Options { more: users(), ..Options::default() }).await.unwrap();
    let (admin_key, key) = (key_file(ADMIN.0), key_file(SERVICE.0));
    let keyed = |file: &NamedTempFile| NatsSettings { nkey_seed_file: Some(file.path().into()), ..settings(&server) };
    let nobody = Bus::nats(&settings(&server), "documents").await.err();
    assert!(matches!(nobody, Some(ConnectError::Away(_))), "{nobody:?}");
    let admin = Bus::nats(&keyed(&admin_key), "admin").await.unwrap();
    let documents = Bus::nats(&keyed(&key), "documents").await.unwrap();
    let mut plan = topology();
    plan.publishers.insert("finance".to_owned(), ["documents".to_owned()].into());
    admin.prepare(&plan).await.unwrap();

    publish(&documents, "mine").await;
    admin.publish("finance", "theirs", "theirs".into()).await.unwrap();
    let mut subscription = documents.subscribe("finance", "documents").await.unwrap();
    let delivery = soon(subscription.next()).await.unwrap();
    delivery.in_progress().await;
    delivery.nak(Duration::ZERO).await;
    assert_eq!(take(&mut subscription).await, "theirs");

    let echo = endpoint("echo.v1", |request| async move { Answer::ok(request.body) });
    let mine = bus::Endpoint { subject: "call.documents.echo.v1".to_owned(), ..echo };
    let _serving = documents.serve(&service("documents", 1), vec![mine]).await.unwrap();
    let asked = async || admin.call("call.documents.echo.v1", &Meta::default(), "ơ".into(), PATIENCE).await;
    let mut answer = asked().await;
    while answer == Err(CallError::NobodyListens) {
        answer = asked().await;
    }
    assert_eq!(answer, Ok(Answer::ok("ơ")));

    let forged = documents.publish("finance", "forged", "forged".into());
    assert!(matches!(soon(forged).await, Err(PublishError::Away(_))));
    assert!(soon(documents.prepare(&plan)).await.is_err());
}
