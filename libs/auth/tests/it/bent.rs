//! Tokens with one thing bent, well signed all the same: each is refused for its own reason.

use auth::{Signer, TokenFault};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::people::{documents, identity, lan, noon, ring};

/// A token with any header and claims, well signed by `signer`.
pub(crate) fn forged(signer: &Signer, header: &Value, claims: &Value) -> String {
    let message = [header, claims].map(|part| URL_SAFE_NO_PAD.encode(part.to_string())).join(".");
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(signer.sign_bytes(message.as_bytes())))
}

/// The header of an honest token.
pub(crate) fn header(signer: &Signer) -> Value {
    json!({ "typ": "JWT", "alg": "EdDSA", "kid": signer.public().id() })
}

/// The claims of an honest token of a person.
pub(crate) fn claims() -> Value {
    let now = noon().unix_seconds();
    let mut claims = serde_json::to_value(lan()).unwrap();
    let rest = json!({ "bearer": "person", "iss": "identity", "aud": "vanphong", "iat": now, "exp": now + 60 });
    claims.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
    claims
}

/// `value` with some members set, or taken away where null.
pub(crate) fn with(mut value: Value, members: Value) -> Value {
    let object = value.as_object_mut().unwrap();
    for (name, member) in members.as_object().unwrap() {
        if member.is_null() {
            object.remove(name)
        } else {
            object.insert(name.clone(), member.clone())
        };
    }
    value
}

#[test]
fn every_bent_header_is_refused_for_its_reason() {
    let good = header(&identity());
    assert!(ring().verify(&forged(&identity(), &good, &claims()), noon()).is_ok(), "the forger's own measure");
    let table = [
        (json!({ "alg": "none" }), TokenFault::Malformed),
        (json!({ "alg": "HS256" }), TokenFault::Algorithm),
        (json!({ "alg": "RS256" }), TokenFault::Algorithm),
        (json!({ "alg": null }), TokenFault::Malformed),
        (json!({ "kid": null }), TokenFault::UnknownKey),
        (json!({ "kid": "" }), TokenFault::UnknownKey),
        (json!({ "kid": Signer::from_seed("identity", [8; 32]).public().id() }), TokenFault::UnknownKey),
        (json!({ "kid": documents().public().id() }), TokenFault::Signature),
        (json!({ "crit": ["exp"] }), TokenFault::Malformed),
    ];
    for (members, expected) in table {
        let token = forged(&identity(), &with(good.clone(), members.clone()), &claims());
        assert_eq!(ring().verify(&token, noon()), Err(expected), "{members}");
    }
}

#[test]
fn every_bent_claim_is_refused_for_its_reason() {
    let now = noon().unix_seconds();
    let table = [
        (json!({ "aud": "vanphong-file" }), TokenFault::Audience),
        (json!({ "aud": "" }), TokenFault::Audience),
        (json!({ "aud": ["vanphong"] }), TokenFault::Malformed),
        (json!({ "aud": null }), TokenFault::Malformed),
        (json!({ "iss": "service:documents" }), TokenFault::Issuer),
        (json!({ "iss": "somebody" }), TokenFault::Issuer),
        (json!({ "iss": null }), TokenFault::Malformed),
        (json!({ "exp": null }), TokenFault::Malformed),
        (json!({ "exp": "later" }), TokenFault::Malformed),
        (json!({ "exp": now + 901 }), TokenFault::Lifetime),
        (json!({ "exp": i64::MAX }), TokenFault::Lifetime),
        (json!({ "exp": now - 1 }), TokenFault::Lifetime),
        (json!({ "iat": null }), TokenFault::Malformed),
        (json!({ "iat": i64::MIN }), TokenFault::Lifetime),
        (json!({ "iat": now + 6 }), TokenFault::Early),
        (json!({ "bearer": null }), TokenFault::Malformed),
        (json!({ "bearer": "job" }), TokenFault::Malformed),
        (json!({ "bearer": "service" }), TokenFault::Issuer),
        (json!({ "session": null }), TokenFault::Malformed),
        (json!({ "account": "somebody" }), TokenFault::Malformed),
    ];
    for (members, expected) in table {
        let token = forged(&identity(), &header(&identity()), &with(claims(), members.clone()));
        assert_eq!(ring().verify(&token, noon()), Err(expected), "{members}");
    }
    for members in [json!({ "exp": now + 900 }), json!({ "iat": now + 5 }), json!({ "added_later": true })] {
        let token = forged(&identity(), &header(&identity()), &with(claims(), members.clone()));
        assert!(ring().verify(&token, noon()).is_ok(), "{members}");
    }
}
