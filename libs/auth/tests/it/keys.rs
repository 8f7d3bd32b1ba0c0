//! Public keys against the published examples, and signatures over bytes.

use auth::{PublicKey, Signer};
use serde_json::{Value, json};

/// The key pair of RFC 8037, appendix A, which is also the first of RFC 8032, section 7.1.
const SEED: &str = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

fn published() -> Signer {
    Signer::from_seed("identity", hex::decode(SEED).unwrap().try_into().unwrap())
}

#[test]
fn a_key_travels_as_the_published_example_says() {
    let key = published().public();
    let jwk = json!({
        "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig",
        "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
        "kid": "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
    });
    assert_eq!(serde_json::to_value(&key).unwrap(), jwk);
    assert_eq!(serde_json::from_value::<PublicKey>(jwk).unwrap(), key);
    assert_eq!(key.id(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
}

#[test]
fn a_key_that_is_not_what_it_says_is_refused() {
    let good = serde_json::to_value(published().public()).unwrap();
    let other = serde_json::to_value(Signer::from_seed("identity", [5; 32]).public()).unwrap();
    let bent = |name: &str, value: &Value| {
        let mut jwk = good.clone();
        jwk[name] = value.clone();
        serde_json::from_value::<PublicKey>(jwk)
    };
    for (name, value) in [
        ("kty", json!("RSA")),
        ("crv", json!("X25519")),
        ("alg", json!("HS256")),
        ("use", json!("enc")),
        ("kid", other["kid"].clone()),
        ("x", other["x"].clone()),
        ("x", json!("AAAA")),
        ("x", json!("not base64!")),
    ] {
        assert!(bent(name, &value).is_err(), "{name} {value}");
    }
    let mut neutral = [0; 32];
    neutral[0] = 1;
    assert!(PublicKey::from_bytes(&neutral).is_err(), "under the neutral point anything verifies");
    assert!(PublicKey::from_bytes(&[2; 32]).is_err(), "not a point of the curve");
}

#[test]
fn a_signature_over_bytes_is_the_published_one_and_fits_those_bytes_only() {
    let signature = published().sign_bytes(b"");
    let expected = "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b";
    assert_eq!(hex::encode(signature), expected);
    let key = published().public();
    assert!(key.verify_bytes(b"", &signature));
    assert!(!key.verify_bytes(b"x", &signature));
    assert!(!Signer::from_seed("identity", [5; 32]).public().verify_bytes(b"", &signature));
    let mut bent = signature;
    bent[40] ^= 1;
    assert!(!key.verify_bytes(b"", &bent));
}

#[test]
fn a_signer_shows_its_id_and_never_its_secret() {
    let shown = format!("{:?}", published());
    assert_eq!(shown, "Signer(identity kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k)");
}
