//! Hint streams.

use bytes::Bytes;
use reqwest::Response;
use serde_json::{Value, json};
use wire::id::OfficeId;

use crate::{
    desk::{NOTE, OFFICE},
    world::{Person, World, header, problem, soon},
};

const ELSEWHERE: &str = "01938a2c-0000-7000-8000-0000000000ff";

/// An open stream, read event by event.
struct Stream {
    response: Response,
    rest: String,
}

impl Stream {
    async fn open(world: &World, person: &Person) -> Self {
        let response = world.get("/api/v1/events").bearer_auth(&person.token).send().await.unwrap();
        assert_eq!(response.status().as_u16(), 200);
        assert_eq!(header(&response, "content-type"), "text/event-stream");
        assert_eq!(header(&response, "content-encoding"), "");
        Self { response, rest: String::new() }
    }

    /// The next event: its name and what it says. Nothing when the stream has ended.
    async fn next(&mut self) -> Option<(String, Value)> {
        loop {
            if let Some((event, rest)) = self.rest.split_once("\n\n") {
                let field = |name: &str| event.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned);
                let read = field("event: ").zip(field("data: "));
                self.rest = rest.to_owned();
                match read {
                    Some((name, data)) => return Some((name, serde_json::from_str(&data).unwrap())),
                    None => continue,
                }
            }
            let chunk = soon(self.response.chunk()).await.ok()??;
            self.rest.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }
}

async fn tell(world: &World, office: &str, seq: i64) {
    let bundle = json!({ "publisher": "desk", "envelopes": [{
        "id": NOTE, "type": "note_changed.v1", "epoch": 1, "seq": seq, "aggregate": NOTE, "office": office,
        "at": "2026-11-20T01:00:00Z", "body": { "text": "bí mật" }
    }] });
    world.platform.bus.publish("desk", &seq.to_string(), Bytes::from(bundle.to_string())).await.unwrap();
}

fn hint() -> Option<(String, Value)> {
    Some(("hint".to_owned(), json!({ "kind": "note_changed.v1", "office": OFFICE, "id": NOTE })))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_hears_of_their_own_offices_only_and_of_holes() {
    let world = World::start().await;
    let (here, there) = (world.person(), world.person_in(&[ELSEWHERE.parse::<OfficeId>().unwrap()]));
    let (mut near, mut far) = (Stream::open(&world, &here).await, Stream::open(&world, &there).await);
    for (seq, office) in [(1, OFFICE), (2, ELSEWHERE), (3, OFFICE)] {
        tell(&world, office, seq).await;
    }
    assert_eq!(near.next().await, hint());
    assert_eq!(near.next().await, hint());
    assert_eq!(far.next().await.unwrap().1["office"], ELSEWHERE);
    tell(&world, OFFICE, 9).await;
    assert_eq!(near.next().await.unwrap().0, "resync");
    assert_eq!(near.next().await, hint());
    assert_eq!(far.next().await.unwrap().0, "resync");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_ends_with_the_session_and_widens_with_authority() {
    let world = World::start().await;
    let (leaving, growing) = (world.person(), world.person_in(&[ELSEWHERE.parse().unwrap()]));
    let (mut short, mut long) = (Stream::open(&world, &leaving).await, Stream::open(&world, &growing).await);
    world.sign_out(&leaving.caller);
    world.set_offices(&growing.caller, &[OFFICE.parse().unwrap()]);
    let begun = tokio::time::Instant::now();
    assert_eq!(short.next().await, None);
    assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
    assert_eq!(long.next().await.unwrap().0, "resync", "what was outside before must be read now");
    tell(&world, OFFICE, 1).await;
    assert_eq!(long.next().await, hint());
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn streams_are_for_people_and_not_for_ever_many() {
    let world = World::with(|settings| settings.limits.streams_at_once = 1).await;
    assert_eq!(problem(world.get("/api/v1/events")).await.0, 401);
    let person = world.person();
    let mut first = Stream::open(&world, &person).await;
    let (status, said) = problem(world.get("/api/v1/events").bearer_auth(&person.token)).await;
    assert_eq!((status, &said["code"]), (429, &json!("gateway.too_many_at_once")));
    let gone = world.person();
    world.sign_out(&gone.caller);
    assert_eq!(problem(world.get("/api/v1/events").bearer_auth(&gone.token)).await.0, 401);
    let stopping = tokio::spawn(world.finish());
    assert_eq!(first.next().await, None, "the stream ends when the door shuts");
    soon(stopping).await.unwrap();
}

/// On one thread the whole message is passed on before the stream can send any of it.
#[tokio::test]
async fn a_stream_that_is_too_far_behind_begins_anew() {
    let world = World::start().await;
    let person = world.person();
    let mut stream = Stream::open(&world, &person).await;
    let envelope = |seq: i64| {
        json!({
            "id": NOTE, "type": "note_changed.v1", "epoch": 1, "seq": seq, "aggregate": NOTE, "office": OFFICE,
            "at": "2026-11-20T01:00:00Z", "body": {}
        })
    };
    let bundle = json!({ "publisher": "desk", "envelopes": (1..=1_500).map(envelope).collect::<Vec<_>>() });
    world.platform.bus.publish("desk", "1", Bytes::from(bundle.to_string())).await.unwrap();
    assert_eq!(stream.next().await.unwrap().0, "resync");
    assert_eq!(stream.next().await, hint());
    world.finish().await;
}
