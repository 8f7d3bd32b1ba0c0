//! What the bus promises, tried on both transports, and what only NATS has.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

/// Calls, on both transports.
mod calls;
/// Events, on both transports.
mod events;
/// NATS only: what any NATS client may ask of a service.
mod nats_discovery;
/// NATS only: one of two members of a queue group goes.
mod nats_leaving;
/// NATS only: unsafe servers and unusable settings.
mod nats_refusals;
/// NATS only: permissions.
mod nats_rights;
/// NATS only: streams that are prepared, full, lost.
mod nats_streams;
/// What whoever measures is told, on both transports.
mod seen;
/// A transport with its broker, and what the cases share.
mod world;

/// Runs every case once on each transport, against a broker of its own.
macro_rules! on_both {
    ($module:ident: $($case:ident),+ $(,)?) => {
        mod $module {
            mod local {
                $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $case() { crate::$module::$case(crate::world::World::local()).await; })+
            }
            mod nats {
                $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $case() { crate::$module::$case(crate::world::World::nats().await).await; })+
            }
        }
    };
}

/// Both transports, one suite.
mod conformance {
    on_both!(calls:
        a_request_arrives_with_all_that_accompanies_it,
        a_typed_call_gets_its_reply_or_its_fault,
        who_serves_is_found_by_others_at_once,
        waiting_ends_with_the_time_allowed,
        nobody_listens,
        an_oversized_request_is_refused_before_it_is_sent,
        an_oversized_answer_becomes_a_fault,
        a_handler_that_panics_answers_with_a_fault,
        what_no_transport_can_carry_is_refused,
        replicas_share_the_requests,
        a_caller_that_leaves_does_not_stop_the_handler,
        stopping_lets_running_work_finish,
        while_one_replica_stops_the_other_answers,
    );
    on_both!(events:
        messages_arrive_in_order,
        a_refused_message_comes_again_after_its_delay_and_before_the_next,
        an_unacknowledged_message_comes_again_after_a_restart_of_its_reader,
        what_was_published_before_the_first_reader_came_is_kept,
        consumers_do_not_disturb_each_other,
        replicas_of_a_consumer_share_the_messages,
        waiting_for_a_message_may_be_cancelled,
        a_watch_sees_new_messages_only,
        an_oversized_message_is_refused,
        an_outage_delays_and_loses_nothing,
    );
    on_both!(seen: an_observer_hears_what_calls_and_publications_come_to);
}
