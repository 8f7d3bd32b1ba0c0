//! Good tokens: what is signed is what is read, for as long as it should be and no longer.

use auth::{CALLER_LIFE, Caller, KeyRing, Signer, TICKET_LIFE, TicketClaims, TokenFault};
use wire::{Instant, Kind, Ticket};

use crate::people::{documents, gateway, identity, lan, noon, person, ring, seconds, service, ticket};

#[test]
fn a_person_a_service_and_a_ticket_come_back_as_they_were_signed() {
    assert_eq!(ring().verify(&identity().sign_person(&lan(), noon(), seconds(60)), noon()), Ok(person()));
    assert_eq!(ring().verify(&documents().sign_service(noon(), seconds(60)), noon()), Ok(service()));
    let signed = gateway().sign_ticket(&ticket(), noon(), seconds(3600));
    assert_eq!(ring().verify_ticket(&signed, noon()), Ok(ticket()));
}

#[test]
fn principals_are_distinct_names() {
    assert_eq!(Caller::Anonymous.principal(), "anonymous");
    assert_eq!(person().principal(), "account:019aa000-0000-7000-8000-000000000001");
    assert_eq!(service().principal(), "service:documents");
}

#[test]
fn a_token_is_good_from_five_seconds_before_until_five_seconds_after() {
    let token = identity().sign_person(&lan(), noon(), seconds(60));
    let table = [
        (noon().minus(seconds(6)), Err(TokenFault::Early)),
        (noon().minus(seconds(5)), Ok(person())),
        (noon().plus(seconds(64)), Ok(person())),
        (noon().plus(seconds(65)), Err(TokenFault::Expired)),
        (noon().plus(seconds(1_000_000)), Err(TokenFault::Expired)),
        (Instant::from_micros(i64::MIN), Err(TokenFault::Early)),
        (Instant::from_micros(i64::MAX), Err(TokenFault::Expired)),
    ];
    for (now, expected) in table {
        assert_eq!(ring().verify(&token, now), expected, "at {now}");
    }
}

#[test]
fn a_life_beyond_the_longest_is_cut_to_it() {
    let token = documents().sign_service(noon(), seconds(u64::MAX));
    assert_eq!(ring().verify(&token, noon().plus(CALLER_LIFE)), Ok(service()));
    assert_eq!(ring().verify(&token, noon().plus(CALLER_LIFE + seconds(5))), Err(TokenFault::Expired));
    let signed = gateway().sign_ticket(&ticket(), noon(), seconds(u64::MAX));
    assert_eq!(ring().verify_ticket(&signed, noon().plus(TICKET_LIFE)), Ok(ticket()));
    assert_eq!(ring().verify_ticket(&signed, noon().plus(TICKET_LIFE + seconds(5))), Err(TokenFault::Expired));
}

#[test]
fn a_token_is_never_a_ticket_nor_a_ticket_a_token() {
    let token = gateway().sign_service(noon(), seconds(60));
    assert_eq!(ring().verify_ticket(&Ticket(token), noon()), Err(TokenFault::Audience));
    let signed = gateway().sign_ticket(&ticket(), noon(), seconds(60));
    assert_eq!(ring().verify(&signed.0, noon()), Err(TokenFault::Audience));
}

#[test]
fn what_a_ticket_says_can_be_read_by_anybody_and_a_token_says_nothing_of_files() {
    let signed = Signer::from_seed("nobody", [3; 32]).sign_ticket(&ticket(), noon(), seconds(60));
    assert!(ring().verify_ticket(&signed, noon()).is_err());
    assert_eq!(TicketClaims::said(&signed.0), Some(ticket()));
    let token = gateway().sign_service(noon(), seconds(60));
    for other in [token.as_str(), "a.b.c", "Về việc thử", ""] {
        assert_eq!(TicketClaims::said(other), None, "{other}");
    }
}

#[test]
fn keys_are_changed_by_adding_the_next_and_then_dropping_the_last() {
    let (last, next) = (identity(), Signer::from_seed("identity", [9; 32]));
    let [of_last, of_next] = [&last, &next].map(|signer| signer.sign_person(&lan(), noon(), seconds(60)));
    let unknown = Err(TokenFault::UnknownKey);

    let mut ring = KeyRing::default();
    assert_eq!(ring.verify(&of_last, noon()), unknown);
    ring.add("identity", last.public());
    assert_eq!((ring.verify(&of_last, noon()), ring.verify(&of_next, noon())), (Ok(person()), unknown.clone()));
    ring.add("identity", next.public());
    assert_eq!((ring.verify(&of_last, noon()), ring.verify(&of_next, noon())), (Ok(person()), Ok(person())));
    ring.replace("identity", vec![next.public()]);
    assert_eq!((ring.verify(&of_last, noon()), ring.verify(&of_next, noon())), (unknown, Ok(person())));
    assert_eq!((ring.knows_kid(last.public().id()), ring.knows_kid(next.public().id())), (false, true));
}

#[test]
fn the_bearer_hears_only_expired_or_not_good() {
    use TokenFault::{
        Algorithm, Audience, Early, Expired, Issuer, Lifetime, Malformed, Signature, TooLong, UnknownKey,
    };
    let expired = Expired.fault();
    assert_eq!((expired.kind, expired.code.as_str()), (Kind::Unauthenticated, "auth.token_expired"));
    for fault in [TooLong, Malformed, Algorithm, UnknownKey, Signature, Audience, Issuer, Lifetime, Early] {
        assert_eq!(fault.fault().code, "auth.token_bad");
        assert_eq!(fault.fault().detail, None);
    }
}
