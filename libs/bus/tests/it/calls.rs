//! Calls, on both transports.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::{Duration, Instant},
};

use bus::{Answer, CallError};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tokio::sync::{Notify, mpsc};
use wire::{Call, Effect, Fault, Kind, MESSAGE_LIMIT, Meta, Version};

use crate::world::{PATIENCE, World, endpoint, just_fits, not_yet, service, soon, subject, too_large};

/// A call whose answer is its text in capitals; an empty text is refused.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
struct Shout {
    text: String,
}

#[derive(Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
struct Shouted {
    text: String,
}

impl Call for Shout {
    type Reply = Shouted;
    const SERVICE: &'static str = "finance";
    const NAME: &'static str = "shout.v1";
    const EFFECT: Effect = Effect::Read;
}

fn fault(answer: &Answer) -> Fault {
    assert!(answer.fault);
    serde_json::from_slice(&answer.body).unwrap()
}

pub(crate) async fn a_request_arrives_with_all_that_accompanies_it(world: World) {
    let bus = world.bus("finance").await;
    let (seen, mut requests) = mpsc::unbounded_channel();
    let endpoint = endpoint("see.v1", move |request| {
        seen.send(request).unwrap();
        async { Answer::ok("đã nhận") }
    });
    let _serving = bus.serve(&service("finance", 1), vec![endpoint]).await.unwrap();

    let meta = Meta {
        token: Some("token".into()),
        key: Some("khóa-1".into()),
        expect: Some(Version(7)),
        trace: Some("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01".into()),
        deadline_ms: None,
        network: Some("10.0.0.9".into()),
    };
    let answer = bus.call(&subject("see.v1"), &meta, "xin chào".into(), PATIENCE).await.unwrap();

    assert_eq!(answer, Answer::ok("đã nhận"));
    let request = requests.recv().await.unwrap();
    assert_eq!(request.subject, subject("see.v1"));
    assert_eq!(request.body, "xin chào");
    assert_eq!(request.meta, Meta { deadline_ms: Some(20_000), ..meta });
}

pub(crate) async fn a_typed_call_gets_its_reply_or_its_fault(world: World) {
    let bus = world.bus("finance").await;
    let refusal = Fault::new(Kind::Invalid, "finance.empty", "the text is empty", "văn bản trống").at("text");
    let refused = refusal.clone();
    let shout = endpoint("shout.v1", move |request| {
        let Shout { text } = serde_json::from_slice(&request.body).unwrap();
        let answer = match text.as_str() {
            "" => Answer::fault(&refused),
            "nonsense" => Answer::ok("no JSON"),
            text => Answer::ok(serde_json::to_vec(&Shouted { text: text.to_uppercase() }).unwrap()),
        };
        async { answer }
    });
    let serving = bus.serve(&service("finance", 1), vec![shout]).await.unwrap();

    let ask = async |text: &str| bus.ask(&Meta::default(), &Shout { text: text.to_owned() }, PATIENCE).await;
    assert_eq!(ask("ký").await, Ok(Shouted { text: "KÝ".to_owned() }));
    assert_eq!(ask("").await, Err(refusal));
    let unreadable = ask("nonsense").await.unwrap_err();
    assert_eq!((unreadable.kind, unreadable.code.as_str()), (Kind::Broken, "wire.unreadable"));
    let oversized = ask(&"x".repeat(MESSAGE_LIMIT)).await.unwrap_err();
    assert_eq!((oversized.kind, oversized.code.as_str()), (Kind::TooLarge, "wire.too_large"));

    soon(serving.stop()).await;
    let busy = ask("ai đó?").await.unwrap_err();
    assert_eq!((busy.kind, busy.code.as_str(), busy.retry_after_s), (Kind::Busy, "wire.busy", Some(2)));
}

pub(crate) async fn who_serves_is_found_by_others_at_once(world: World) {
    let (bus, other) = (world.bus("finance").await, world.bus("gateway").await);
    for round in 0..20 {
        // Many endpoints: the broker has something to read before it knows the last of them.
        let calls = (0..200).map(|number| endpoint(&format!("call{number}.v1"), async |_| Answer::ok("có mặt")));
        let serving = bus.serve(&service("finance", round), calls.collect()).await.unwrap();
        let answer = other.call(&subject("call199.v1"), &Meta::default(), "".into(), PATIENCE).await;
        assert!(answer.is_ok(), "round {round}: {:?}", answer.err());
        soon(serving.stop()).await;
    }
}

pub(crate) async fn waiting_ends_with_the_time_allowed(world: World) {
    let bus = world.bus("finance").await;
    let never = endpoint("never.v1", |_| std::future::pending());
    let _serving = bus.serve(&service("finance", 1), vec![never]).await.unwrap();

    let began = Instant::now();
    let allowed = Duration::from_millis(200);
    let answer = bus.call(&subject("never.v1"), &Meta::default(), "".into(), allowed).await;
    assert_eq!(answer, Err(CallError::OutOfTime));
    assert!(began.elapsed() >= allowed);
}

pub(crate) async fn nobody_listens(world: World) {
    let bus = world.bus("finance").await;
    let ask = async || bus.call(&subject("gone.v1"), &Meta::default(), "".into(), PATIENCE).await;
    assert_eq!(ask().await, Err(CallError::NobodyListens));

    let gone = endpoint("gone.v1", async |_| Answer::ok(""));
    let serving = bus.serve(&service("finance", 1), vec![gone]).await.unwrap();
    assert!(ask().await.is_ok());
    soon(serving.stop()).await;
    assert_eq!(ask().await, Err(CallError::NobodyListens));
}

pub(crate) async fn an_oversized_request_is_refused_before_it_is_sent(world: World) {
    let bus = world.bus("finance").await;
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    let size = endpoint("size.v1", move |request| {
        count.fetch_add(1, SeqCst);
        async move { Answer::ok(request.body.len().to_string()) }
    });
    let _serving = bus.serve(&service("finance", 1), vec![size]).await.unwrap();

    let ask = async |body: Vec<u8>| bus.call(&subject("size.v1"), &Meta::default(), body.into(), PATIENCE).await;
    let refused = CallError::TooLarge { size: MESSAGE_LIMIT + 1, limit: MESSAGE_LIMIT };
    assert_eq!(ask(too_large()).await, Err(refused));
    assert_eq!(asked.load(SeqCst), 0);
    assert_eq!(ask(just_fits()).await, Ok(Answer::ok(MESSAGE_LIMIT.to_string())));
}

pub(crate) async fn an_oversized_answer_becomes_a_fault(world: World) {
    let bus = world.bus("finance").await;
    let endpoints = vec![
        endpoint("large.v1", async |_| Answer::ok(too_large())),
        endpoint("fits.v1", async |_| Answer::ok(just_fits())),
    ];
    let _serving = bus.serve(&service("finance", 1), endpoints).await.unwrap();

    let ask = async |name| bus.call(&subject(name), &Meta::default(), "".into(), PATIENCE).await.unwrap();
    let fault = fault(&ask("large.v1").await);
    assert_eq!((fault.kind, fault.code.as_str()), (Kind::Broken, "bus.answer_too_large"));
    assert_eq!(ask("fits.v1").await, Answer::ok(just_fits()));
}

pub(crate) async fn a_handler_that_panics_answers_with_a_fault(world: World) {
    let bus = world.bus("finance").await;
    let panics = endpoint("panics.v1", |request| {
        assert!(request.body.len() > 9, "before its first await");
        std::future::ready(Answer::ok(""))
    });
    let panics_later = endpoint("panics_later.v1", async |_| {
        tokio::task::yield_now().await;
        panic!("after it");
    });
    let serving = bus.serve(&service("finance", 1), vec![panics, panics_later]).await.unwrap();

    for name in ["panics.v1", "panics_later.v1", "panics.v1"] {
        let answer = bus.call(&subject(name), &Meta::default(), "".into(), PATIENCE).await.unwrap();
        assert_eq!(fault(&answer).code, "bus.handler_panicked", "{name}");
    }
    soon(serving.stop()).await;
}

pub(crate) async fn what_no_transport_can_carry_is_refused(world: World) {
    let bus = world.bus("finance").await;
    for subject in ["", "call..x", "call.*", "call.>", "call.two words", "call.line\r\nbreak"] {
        let refused = bus.call(subject, &Meta::default(), "".into(), PATIENCE).await;
        assert!(matches!(refused, Err(CallError::Malformed(_))), "`{subject}` gave {refused:?}");
    }
    let meta = Meta { key: Some("a\r\nToken: stolen".into()), ..Meta::default() };
    let refused = bus.call(&subject("see.v1"), &meta, "".into(), PATIENCE).await;
    assert!(matches!(refused, Err(CallError::Malformed(_))), "{refused:?}");
    for name in ["", "two words", "a.b", "*"] {
        assert!(bus.subscribe(name, "reader").await.is_err(), "publisher `{name}`");
        assert!(bus.subscribe("documents", name).await.is_err(), "consumer `{name}`");
        assert!(bus.watch(name).await.is_err(), "watched `{name}`");
        assert!(bus.serve(&service(name, 1), Vec::new()).await.is_err(), "service `{name}`");
    }
}

pub(crate) async fn replicas_share_the_requests(world: World) {
    let caller = world.bus("gateway").await;
    let mut serving = Vec::new();
    for replica in [1, 2] {
        let bus = world.bus("finance").await;
        let who = endpoint("who.v1", move |_| async move { Answer::ok(format!("{replica}")) });
        serving.push((bus.serve(&service("finance", replica), vec![who]).await.unwrap(), bus));
    }

    let mut answers = [0_usize; 2];
    let both = async {
        while answers.contains(&0) {
            // A replica that has only just subscribed may not be known to the broker yet.
            match caller.call(&subject("who.v1"), &Meta::default(), "".into(), PATIENCE).await {
                Ok(answer) if answer.body == "1" => answers[0] += 1,
                Ok(answer) if answer.body == "2" => answers[1] += 1,
                Err(CallError::NobodyListens) => tokio::task::yield_now().await,
                other => panic!("{other:?}"),
            }
        }
    };
    soon(both).await;
}

pub(crate) async fn a_caller_that_leaves_does_not_stop_the_handler(world: World) {
    let bus = world.bus("finance").await;
    let go_on = Arc::new(Notify::new());
    let (told, mut telling) = mpsc::unbounded_channel();
    let waits = go_on.clone();
    let slow = endpoint("slow.v1", move |_| {
        let (waits, told) = (waits.clone(), told.clone());
        async move {
            told.send("began").unwrap();
            waits.notified().await;
            told.send("finished").unwrap();
            Answer::ok("")
        }
    });
    let _serving = bus.serve(&service("finance", 1), vec![slow]).await.unwrap();

    let caller = bus.clone();
    let asking =
        tokio::spawn(async move { caller.call(&subject("slow.v1"), &Meta::default(), "".into(), PATIENCE).await });
    assert_eq!(soon(telling.recv()).await, Some("began"));
    asking.abort();
    assert!(asking.await.unwrap_err().is_cancelled());
    go_on.notify_one();
    assert_eq!(soon(telling.recv()).await, Some("finished"));
}

pub(crate) async fn stopping_lets_running_work_finish(world: World) {
    let bus = world.bus("finance").await;
    let go_on = Arc::new(Notify::new());
    let began = Arc::new(Notify::new());
    let (waits, begins) = (go_on.clone(), began.clone());
    let slow = endpoint("slow.v1", move |_| {
        let (waits, begins) = (waits.clone(), begins.clone());
        async move {
            begins.notify_one();
            waits.notified().await;
            Answer::ok("finished")
        }
    });
    let serving = bus.serve(&service("finance", 1), vec![slow]).await.unwrap();

    let ask = async || bus.call(&subject("slow.v1"), &Meta::default(), "".into(), PATIENCE).await;
    let stopping = async {
        began.notified().await;
        let mut stop = Box::pin(serving.stop());
        not_yet(&mut stop).await;
        assert_eq!(ask().await, Err(CallError::NobodyListens), "no new request is taken");
        go_on.notify_one();
        soon(stop).await;
    };
    let (answer, ()) = tokio::join!(ask(), stopping);
    assert_eq!(answer, Ok(Answer::ok("finished")));
}

pub(crate) async fn while_one_replica_stops_the_other_answers(world: World) {
    let caller = world.bus("gateway").await;
    let stays = world.bus("finance").await;
    let leaves = world.bus("finance").await;
    let who = |replica: &'static str| endpoint("who.v1", move |_| async move { Answer::ok(replica) });
    let _staying = stays.serve(&service("finance", 1), vec![who("stays")]).await.unwrap();
    let leaving = leaves.serve(&service("finance", 2), vec![who("leaves")]).await.unwrap();

    let allowed = Duration::from_secs(1);
    let ask = async || caller.call(&subject("who.v1"), &Meta::default(), "".into(), allowed).await;
    let from = async |replica: &str| while ask().await.map(|answer| answer.body) != Ok(replica.to_owned().into()) {};
    soon(from("leaves")).await;
    soon(from("stays")).await;
    let asking = async {
        for _ in 0..500 {
            let answer = ask().await;
            // A request that crosses the news of the leaving on a network is asked again by its caller.
            assert!(matches!(answer, Ok(_) | Err(CallError::OutOfTime)), "{answer:?}");
        }
    };
    tokio::join!(asking, leaving.stop());
    assert_eq!(ask().await, Ok(Answer::ok("stays")));
}
