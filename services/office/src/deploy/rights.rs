//! What each user of the broker may say and hear, drawn from the manifests of the services. Nobody writes it by hand.

use std::collections::{BTreeMap, BTreeSet};

use bus::Topology;
use schema_identity::{Bootstrap, GetAuthority, GetKeys, ImportUnits};
use service::{
    Service,
    builtin::{self, BEGIN_EPOCH, DEAD_LETTERS, DESCRIBE, EVENTS, POSITION, RETRY_DEAD, SNAPSHOT},
};
use wire::{Call, call_subject, event_subject};

/// The user of the HTTP door.
pub const GATEWAY: &str = "gateway";
/// The user of the pages.
pub const PORTAL: &str = portal::manifest::NAME;
/// The user of the operator's commands.
pub const OPERATOR: &str = "office";
/// The user that makes streams and consumers, and can do nothing else.
pub const ADMINISTRATOR: &str = "admin";

/// The user of whoever watches: it may list, ping and read the statistics of services, and can do nothing else.
pub const MONITOR: &str = "monitor";

/// What a consumer asks of the publisher it listens to.
const FOLLOWING: [&str; 4] = [POSITION, EVENTS, SNAPSHOT, BEGIN_EPOCH];
/// What the operator's commands ask of every service.
const OPERATING: [&str; 3] = [POSITION, DEAD_LETTERS, RETRY_DEAD];
/// What the administrator asks about a stream.
const STREAM_ACTS: [&str; 3] = ["STREAM.INFO", "STREAM.CREATE", "STREAM.UPDATE"];
/// What any NATS client may ask of services (micro-service protocol, ADR-32).
const WATCHING: [&str; 3] = ["PING", "INFO", "STATS"];

/// What one user of the broker may do; everything else is refused.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rights {
    /// Subjects it may publish to.
    pub says: BTreeSet<String>,
    /// Subjects it may subscribe to.
    pub hears: BTreeSet<String>,
    /// Whether it may answer, once, whoever asked it.
    pub answers: bool,
}

/// The rights of every user of an installation of these services, by name.
#[must_use]
pub fn all(services: &[Service]) -> BTreeMap<String, Rights> {
    let mut all: BTreeMap<String, Rights> =
        services.iter().map(|service| (service.name().to_owned(), of_service(service))).collect();
    all.insert(GATEWAY.to_owned(), of_gateway(services));
    all.insert(PORTAL.to_owned(), of_portal());
    all.insert(OPERATOR.to_owned(), of_operator(services));
    all.insert(ADMINISTRATOR.to_owned(), of_administrator(services));
    all.insert(MONITOR.to_owned(), of_monitor(services));
    all
}

/// Who publishes, and who listens to whom.
#[must_use]
pub fn topology(services: &[Service]) -> Topology {
    let mut topology = Topology::default();
    for service in services {
        topology.publishers.entry(service.name().to_owned()).or_default();
        for publisher in service.listens_to() {
            topology.publishers.entry(publisher.to_owned()).or_default().insert(service.name().to_owned());
        }
    }
    topology
}

fn inbox(name: &str) -> String {
    format!("_INBOX_{name}.>")
}

/// The chassis of every service and the gateway ask identity for keys and authority.
fn believing() -> [String; 2] {
    [GetKeys::NAME, GetAuthority::NAME].map(|name| call_subject(GetKeys::SERVICE, name))
}

fn of_service(service: &Service) -> Rights {
    let name = service.name();
    let mut says = BTreeSet::from(believing());
    says.insert(event_subject(name));
    // A message to itself tells when the broker has read its subscriptions.
    says.insert(bus::heard_subject(name));
    // Its own health is asked over the bus, so that it is what others see; and whoever leaves a queue group sends itself
    // what is missing to the number after which the broker lets it go.
    says.extend(service.contract().calls.iter().map(|row| call_subject(name, &row.name)));
    says.extend(builtin::ALL.map(|call| call_subject(name, call)));
    says.extend(service.declared_calls().iter().map(|(whom, call)| call_subject(whom, call)));
    for publisher in service.listens_to() {
        says.extend(FOLLOWING.map(|call| call_subject(publisher, call)));
        says.insert(format!("$JS.API.CONSUMER.MSG.NEXT.EV_{publisher}.{name}"));
        says.insert(format!("$JS.ACK.EV_{publisher}.{name}.>"));
    }
    let hears = BTreeSet::from([inbox(name), format!("call.{name}.>"), "$SRV.>".to_owned()]);
    Rights { says, hears, answers: true }
}

/// The door passes on what has a place at it, and nothing that is between services only.
fn of_gateway(services: &[Service]) -> Rights {
    let mut says = BTreeSet::from(believing());
    let mut hears = BTreeSet::from([inbox(GATEWAY)]);
    for service in services {
        let contract = service.contract();
        let offered = contract.calls.iter().filter(|row| row.http.is_some());
        says.extend(offered.map(|row| call_subject(service.name(), &row.name)));
        says.insert(call_subject(service.name(), DESCRIBE));
        hears.insert(event_subject(service.name()));
    }
    Rights { says, hears, answers: false }
}

/// The pages ask what their manifest says, in the name of whoever looks, hear what has changed, and answer nobody.
fn of_portal() -> Rights {
    let says = portal::manifest::calls().into_iter().map(|(whom, call)| call_subject(whom, call)).collect();
    let mut hears: BTreeSet<String> = portal::manifest::heard().into_iter().map(event_subject).collect();
    hears.insert(inbox(PORTAL));
    Rights { says, hears, answers: false }
}

fn of_operator(services: &[Service]) -> Rights {
    let mut says =
        BTreeSet::from([Bootstrap::NAME, ImportUnits::NAME].map(|call| call_subject(Bootstrap::SERVICE, call)));
    for service in services {
        says.extend(OPERATING.map(|call| call_subject(service.name(), call)));
    }
    Rights { says, hears: BTreeSet::from([inbox(OPERATOR)]), answers: false }
}

/// Makes and alters streams and consumers. It can neither delete nor purge a stream, and restore none.
fn of_administrator(services: &[Service]) -> Rights {
    let mut says = BTreeSet::new();
    for publisher in topology(services).publishers.keys() {
        let stream = format!("EV_{publisher}");
        says.extend(STREAM_ACTS.map(|act| format!("$JS.API.{act}.{stream}")));
        says.extend(["CREATE", "DELETE"].map(|act| format!("$JS.API.CONSUMER.{act}.{stream}.>")));
        says.insert(format!("$JS.API.CONSUMER.NAMES.{stream}"));
    }
    Rights { says, hears: BTreeSet::from([inbox(ADMINISTRATOR)]), answers: false }
}

/// Asks all services at once, or one by its name; a single replica is not asked, since its id is made at each start.
fn of_monitor(services: &[Service]) -> Rights {
    let of_one = |service: &Service| WATCHING.map(|verb| format!("$SRV.{verb}.{}", service.name()));
    let says = services.iter().flat_map(of_one).chain(WATCHING.map(|verb| format!("$SRV.{verb}"))).collect();
    Rights { says, hears: BTreeSet::from([inbox(MONITOR)]), answers: false }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services;

    #[test]
    fn only_the_operator_may_ask_for_what_could_not_be_applied() {
        for (name, rights) in all(&services()) {
            // Each service reaches itself, which it needs no broker for.
            let own = format!("call.{name}.");
            let mut others = rights.says.iter().filter(|subject| !subject.starts_with(&own));
            let asks = others.any(|subject| subject.ends_with(DEAD_LETTERS) || subject.ends_with(RETRY_DEAD));
            assert_eq!(asks, name == OPERATOR, "{name}");
        }
    }

    #[test]
    fn nobody_but_the_owner_says_its_events_and_nobody_but_services_answers() {
        let all = all(&services());
        for publisher in services().iter().map(Service::name) {
            let subject = event_subject(publisher);
            let say: Vec<&String> =
                all.iter().filter(|(_, rights)| rights.says.contains(&subject)).map(|(name, _)| name).collect();
            assert_eq!(say, [publisher]);
        }
        let answer: Vec<&String> = all.iter().filter(|(_, rights)| rights.answers).map(|(name, _)| name).collect();
        assert_eq!(answer, ["documents", "forms", "identity", "notices", "programme", "search"]);
    }

    #[test]
    fn no_right_to_speak_is_a_wildcard_but_that_to_acknowledge_and_to_make_consumers() {
        for (name, rights) in all(&services()) {
            for subject in rights.says.iter().filter(|subject| subject.contains(['*', '>'])) {
                let known = subject.starts_with("$JS.ACK.EV_") || name == ADMINISTRATOR;
                assert!(known, "{name}: {subject}");
            }
        }
    }

    #[test]
    fn every_built_in_call_is_given_to_somebody() {
        let given = [FOLLOWING.as_slice(), OPERATING.as_slice(), &[DESCRIBE]].concat();
        for call in service::builtin::ALL {
            assert!(given.contains(&call), "`{call}` is new: decide who may make it");
        }
    }
}
