//! What an observer hears, on both transports.

use std::sync::{Arc, Mutex};

use bus::{Answer, Seen};
use wire::{Fault, Kind, Meta};

use crate::world::{PATIENCE, PUBLISHER, World, endpoint, service, subject, too_large};

pub(crate) async fn an_observer_hears_what_calls_and_publications_come_to(world: World) {
    let heard = Arc::<Mutex<Vec<(String, Option<&'static str>)>>>::default();
    let ear = Arc::clone(&heard);
    let plain = world.prepared("finance").await;
    let bus = plain.observed(Arc::new(move |seen| {
        let (what, error, took) = match seen {
            Seen::Called { subject, error, took } => (subject, error, took),
            Seen::Published { publisher, error, took } => (publisher, error, took),
        };
        assert!(took < PATIENCE);
        ear.lock().unwrap().push((what.to_owned(), error));
    }));
    assert_eq!(bus.courier(), if matches!(world, World::Local(_)) { "in_process" } else { "nats" });
    let refusal = Fault::new(Kind::Denied, "finance.no", "no", "không");
    let endpoints = vec![
        endpoint("yes.v1", |_| async { Answer::ok("yes") }),
        endpoint("no.v1", move |_| {
            let refusal = refusal.clone();
            async move { Answer::fault(&refusal) }
        }),
    ];
    let serving = bus.serve(&service("finance", 1), endpoints).await.unwrap();
    for name in ["yes.v1", "no.v1", "gone.v1", "* .v1"] {
        let _ = bus.call(&subject(name), &Meta::default(), "".into(), PATIENCE).await;
    }
    bus.publish(PUBLISHER, "1", "one".into()).await.unwrap();
    assert!(bus.publish(PUBLISHER, "2", too_large().into()).await.is_err());
    plain.publish(PUBLISHER, "3", "nobody is told of this one".into()).await.unwrap();
    serving.stop().await;

    let expected = [
        (subject("yes.v1"), None),
        (subject("no.v1"), Some("fault")),
        (subject("gone.v1"), Some("nobody_listens")),
        (subject("* .v1"), Some("malformed")),
        (PUBLISHER.to_owned(), None),
    ];
    assert_eq!(*heard.lock().unwrap(), expected);
}
