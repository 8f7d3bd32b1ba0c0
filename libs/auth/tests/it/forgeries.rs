//! Forged, truncated and huge tokens, and issuers that say what is not theirs to say.

use auth::{KeyRing, Signer, TOKEN_LIMIT, TokenFault};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::json;
use wire::Ticket;

use crate::{
    bent::{claims, forged, header, with},
    people::{documents, gateway, identity, lan, noon, ring, seconds, ticket},
};

#[test]
fn a_public_key_used_as_a_shared_secret_opens_nothing() {
    let public = identity().public();
    let header = Header { kid: Some(public.id().to_owned()), ..Header::new(Algorithm::HS256) };
    let token = jsonwebtoken::encode(&header, &claims(), &EncodingKey::from_secret(public.as_bytes())).unwrap();
    assert_eq!(ring().verify(&token, noon()), Err(TokenFault::Algorithm));
}

#[test]
fn a_service_cannot_say_who_a_person_is_nor_what_is_staged() {
    let person = documents().sign_person(&lan(), noon(), seconds(60));
    assert_eq!(ring().verify(&person, noon()), Err(TokenFault::Issuer));
    for signer in [documents(), identity()] {
        let staged = signer.sign_ticket(&ticket(), noon(), seconds(60));
        assert_eq!(ring().verify_ticket(&staged, noon()), Err(TokenFault::Issuer), "{signer:?}");
    }
    // The key of `documents` under other names.
    let [as_gateway, as_identity] = ["service:gateway", "identity"].map(|name| Signer::from_seed(name, [2; 32]));
    let staged = as_gateway.sign_ticket(&ticket(), noon(), seconds(60));
    assert_eq!(ring().verify_ticket(&staged, noon()), Err(TokenFault::Issuer));
    for token in [as_gateway.sign_service(noon(), seconds(60)), as_identity.sign_person(&lan(), noon(), seconds(60))] {
        assert_eq!(ring().verify(&token, noon()), Err(TokenFault::Issuer));
    }
    let nameless = Signer::from_seed("service:", [7; 32]);
    let mut ring = KeyRing::default();
    ring.add(nameless.issuer(), nameless.public());
    assert_eq!(ring.verify(&nameless.sign_service(noon(), seconds(60)), noon()), Err(TokenFault::Issuer));
}

#[test]
fn one_key_lent_to_two_issuers_speaks_for_each_of_them_only() {
    let mut ring = KeyRing::default();
    let (identity, archive) = (identity(), Signer::from_seed("service:archive", [1; 32]));
    ring.add("service:archive", archive.public());
    let token = identity.sign_person(&lan(), noon(), seconds(60));
    assert_eq!(ring.verify(&token, noon()), Err(TokenFault::Issuer));
    ring.add("identity", identity.public());
    assert!(ring.verify(&token, noon()).is_ok());
    assert!(ring.verify(&archive.sign_service(noon(), seconds(60)), noon()).is_ok());
}

#[test]
fn no_truncation_and_no_single_changed_character_is_believed() {
    let (ring, token) = (ring(), identity().sign_person(&lan(), noon(), seconds(60)));
    for end in 0..token.len() {
        assert!(ring.verify(&token[..end], noon()).is_err(), "cut at {end}");
        let other = if &token[end..=end] == "A" { "B" } else { "A" };
        let changed = format!("{}{other}{}", &token[..end], &token[end + 1..]);
        assert!(ring.verify(&changed, noon()).is_err(), "changed at {end}");
    }
    for longer in [format!("{token}A"), format!("{token}."), format!("{token}.A"), format!(" {token}")] {
        assert!(ring.verify(&longer, noon()).is_err(), "{longer}");
    }
}

#[test]
fn a_huge_token_is_refused_unread_even_when_well_signed() {
    let huge = with(claims(), json!({ "filler": "x".repeat(10 * 1024 * 1024) }));
    let token = forged(&identity(), &header(&identity()), &huge);
    assert_eq!(ring().verify(&token, noon()), Err(TokenFault::TooLong));
    assert_eq!(ring().verify_ticket(&Ticket(token), noon()), Err(TokenFault::TooLong));
    assert_eq!(ring().verify(&"a".repeat(TOKEN_LIMIT), noon()), Err(TokenFault::Malformed));
    assert_eq!(ring().verify(&"a".repeat(TOKEN_LIMIT + 1), noon()), Err(TokenFault::TooLong));
    assert!(gateway().sign_ticket(&ticket(), noon(), seconds(60)).0.len() < TOKEN_LIMIT / 4);
}
