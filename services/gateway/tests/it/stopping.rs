//! Shutting the door.

use crate::world::{World, soon};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_runs_is_answered_and_nobody_new_comes_in() {
    let mut world = World::start().await;
    let (address, url) = (world.door().address(), world.url("/api/v1/notes/linger"));
    let running = tokio::spawn(world.http.get(url).send());
    soon(world.desk.lingering.notified()).await;
    let stopping = tokio::spawn(world.take_door().stop());
    let refused = testbed::process::until("the door to be shut", std::time::Duration::from_secs(10), async || {
        tokio::net::TcpStream::connect(address).await.err()
    });
    refused.await.unwrap();
    assert!(!stopping.is_finished(), "it waits for what runs");
    world.desk.release.notify_one();
    assert_eq!(soon(running).await.unwrap().unwrap().status().as_u16(), 200);
    soon(stopping).await.unwrap();
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_door_shuts_when_the_process_is_asked_to_stop() {
    let mut world = World::start().await;
    let address = world.door().address();
    world.platform.life.stop();
    let refused = testbed::process::until("the door to be shut", std::time::Duration::from_secs(10), async || {
        tokio::net::TcpStream::connect(address).await.err()
    });
    refused.await.unwrap();
    soon(world.take_door().stop()).await;
    world.finish().await;
}

#[tokio::test]
async fn settings_that_are_not_sound_keep_the_door_shut() {
    let world = World::shut().await;
    let start = async |change: fn(&mut gateway::Settings)| {
        let mut settings = gateway::Settings {
            listen: "127.0.0.1:0".parse().unwrap(),
            folder: world.folder.path().to_owned(),
            ..gateway::Settings::default()
        };
        change(&mut settings);
        let signer = auth::Signer::from_seed(auth::GATEWAY_ISSUER, [7; 32]);
        gateway::start(&world.platform, signer, settings).await.err().map(|error| format!("{error:#}")).unwrap()
    };
    let said = start(|settings| settings.public_origin = Some("vp.example".to_owned())).await;
    assert!(said.contains("`gateway.public_origin`"), "{said}");
    let said = start(|settings| settings.routes_file = Some("no/such/routes.toml".into())).await;
    assert!(said.contains("no/such/routes.toml"), "{said}");
    let said = start(|settings| settings.listen = "192.0.2.1:1".parse().unwrap()).await;
    assert!(said.contains("`gateway.listen`"), "{said}");
    let said = start(|settings| {
        settings.listen = "0.0.0.0:0".parse().unwrap();
        settings.tls.cert_file = Some("cert.pem".into());
    })
    .await;
    assert!(said.contains("`gateway.tls.key_file`"), "{said}");
    world.finish().await;
}
