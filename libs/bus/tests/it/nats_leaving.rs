//! NATS only: one of two members of a queue group goes, and nobody who asks notices.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};

use bus::Answer;
use wire::Meta;

use crate::world::{PATIENCE, World, endpoint, service, soon, subject};

/// How often a member comes and goes; one lost request in thousands shows itself within these.
const TIMES: u128 = 20;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_request_is_lost_while_members_come_and_go() {
    let world = World::nats().await;
    let asker = world.bus("gateway").await;
    let (over, asked) = (AtomicBool::new(false), AtomicUsize::new(0));
    let answer = async |_| Answer::ok("đây");
    let one = || vec![endpoint("ask.v1", answer)];
    let stays = world.bus("finance").await;
    let staying = stays.serve(&service("finance", 1), one()).await.unwrap();
    let asking = async || {
        while !over.load(SeqCst) {
            let got = asker.call(&subject("ask.v1"), &Meta::default(), "ai đó?".into(), PATIENCE).await;
            assert_eq!(got, Ok(Answer::ok("đây")));
            asked.fetch_add(1, SeqCst);
        }
    };
    let coming_and_going = async {
        for replica in 2..2 + TIMES {
            let comes = world.bus("finance").await;
            let serving = comes.serve(&service("finance", replica), one()).await.unwrap();
            let before = asked.load(SeqCst);
            while asked.load(SeqCst) < before + 100 {
                tokio::task::yield_now().await;
            }
            soon(serving.stop()).await;
        }
        over.store(true, SeqCst);
    };
    tokio::join!(coming_and_going, asking(), asking(), asking(), asking(), asking(), asking(), asking(), asking());
    soon(staying.stop()).await;
}
