//! An authenticator app and a passkey in software, as a telephone and a browser have them. They are written from the
//! standards, not with the libraries that check them.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::{
    hmac,
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _},
};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

/// The person was there, and was verified.
const PRESENT_AND_VERIFIED: u8 = 0x05;
/// A credential stands in what the authenticator says.
const ATTESTED: u8 = 0x40;
/// What stands before the point of a P-256 key in DER (RFC 5480).
const SPKI: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce,
    0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];

/// An authenticator app (RFC 6238) that was given a secret.
pub struct App {
    secret: Vec<u8>,
    begun: i64,
}

impl App {
    /// An app with a secret in base 32, given to it at a second since 1970.
    #[must_use]
    pub fn new(shown: &str, now_s: i64) -> Self {
        let mut bits = shown.bytes().flat_map(|symbol| {
            let value = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".iter().position(|known| *known == symbol).unwrap();
            (0..5).rev().map(move |place| value >> place & 1 == 1)
        });
        let mut secret = Vec::new();
        while let Some(first) = bits.next() {
            let rest = (0..7).fold(u8::from(first), |byte, _| byte << 1 | u8::from(bits.next().unwrap()));
            secret.push(rest);
        }
        Self { secret, begun: now_s / 30 }
    }

    /// The six digits so many steps of 30 seconds after the secret was given.
    #[must_use]
    pub fn code(&self, later: i64) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &self.secret);
        let tag = hmac::sign(&key, &(self.begun + later).to_be_bytes());
        let at = usize::from(tag.as_ref()[19] & 15);
        let cut = u32::from_be_bytes(tag.as_ref()[at..at + 4].try_into().unwrap()) & 0x7fff_ffff;
        format!("{:06}", cut % 1_000_000)
    }
}

/// A passkey (ES256) in the browser that shows a page of `origin`. A test may bend what it says.
pub struct Passkey {
    key: EcdsaKeyPair,
    /// The id of the credential.
    pub credential: Vec<u8>,
    /// The page.
    pub origin: String,
    /// The relying party that it believes to speak to.
    pub rp_id: String,
    /// The flags of what it says.
    pub flags: u8,
    /// The signature counter; it rises with each answer.
    pub counter: u32,
    /// The model (AAGUID) that it claims to be.
    pub model: [u8; 16],
}

impl Passkey {
    /// A new one, for a relying party and a page of it.
    #[must_use]
    pub fn new(rp_id: &str, origin: &str) -> Self {
        let random = SystemRandom::new();
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, document.as_ref(), &random).unwrap();
        Self {
            key,
            credential: rand::random::<[u8; 16]>().to_vec(),
            origin: origin.to_owned(),
            rp_id: rp_id.to_owned(),
            flags: PRESENT_AND_VERIFIED,
            counter: 0,
            model: [0; 16],
        }
    }

    /// What `navigator.credentials.create` gives for these options, as `RegistrationResponseJSON`.
    pub fn create(&mut self, options: &Map<String, Value>) -> Map<String, Value> {
        let client_data = self.client_data("webauthn.create", options);
        let mut said = self.said(ATTESTED);
        said.extend(self.model);
        said.extend(u16::try_from(self.credential.len()).unwrap().to_be_bytes());
        said.extend(&self.credential);
        let point = self.key.public_key().as_ref();
        said.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        said.extend(&point[1..33]);
        said.extend([0x22, 0x58, 0x20]);
        said.extend(&point[33..]);
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        object.push(u8::try_from(said.len()).unwrap());
        object.extend(&said);
        self.answered(json!({
            "clientDataJSON": text(&client_data),
            "attestationObject": text(&object),
            "authenticatorData": text(&said),
            "publicKey": text(&[SPKI.as_slice(), point].concat()),
            "publicKeyAlgorithm": -7,
            "transports": ["internal"],
        }))
    }

    /// What `navigator.credentials.get` gives for these options, as `AuthenticationResponseJSON`.
    pub fn get(&mut self, options: &Map<String, Value>) -> Map<String, Value> {
        let client_data = self.client_data("webauthn.get", options);
        let said = self.said(0);
        let signed = [said.as_slice(), Sha256::digest(&client_data).as_slice()].concat();
        let signature = self.key.sign(&SystemRandom::new(), &signed).unwrap();
        self.answered(json!({
            "clientDataJSON": text(&client_data),
            "authenticatorData": text(&said),
            "signature": text(signature.as_ref()),
        }))
    }

    fn answered(&self, response: Value) -> Map<String, Value> {
        let id = text(&self.credential);
        let whole = json!({
            "id": id, "rawId": id, "type": "public-key", "authenticatorAttachment": "platform",
            "clientExtensionResults": {}, "response": response,
        });
        whole.as_object().unwrap().clone()
    }

    fn client_data(&self, kind: &str, options: &Map<String, Value>) -> Vec<u8> {
        let said =
            json!({ "type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": false });
        said.to_string().into_bytes()
    }

    fn said(&mut self, flags: u8) -> Vec<u8> {
        self.counter += 1;
        let mut said = Sha256::digest(self.rp_id.as_bytes()).to_vec();
        said.push(self.flags | flags);
        said.extend(self.counter.to_be_bytes());
        said
    }
}

fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
