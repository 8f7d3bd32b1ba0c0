//! Passkeys as `webauthn_rp` asks for them and checks them (WebAuthn level 3, sections 7.1 and 7.2): origin and relying
//! party exact, user verification required, no attestation asked for and none believed.

use std::{convert::Infallible, num::NonZeroU32, time::Duration};

use anyhow::{Context as _, Result, anyhow};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use schema_identity::WebAuthnJson;
use serde::Serialize;
use uuid::Uuid;
use webauthn_rp::{
    AuthenticatedCredential, NonDiscoverableAuthentication16, NonDiscoverableAuthenticationServerState,
    NonDiscoverableCredentialRequestOptions, PublicKeyCredentialCreationOptions, Registration, RegistrationServerState,
    bin::{Decode, Encode},
    request::{
        AsciiDomain, Credentials as _, PublicKeyCredentialDescriptor, RpId, TimedCeremony as _,
        UserVerificationRequirement,
        auth::{AllowedCredentials, AuthenticationVerificationOptions},
        register::{
            CredProtect, PublicKeyCredentialUserEntity, RegistrationVerificationOptions, ResidentKeyRequirement,
            UserHandle16, Username,
        },
    },
    response::{
        AuthTransports, CredentialId, SentChallenge,
        auth::error::AuthCeremonyErr,
        register::{CompressedPubKey, DynamicState, StaticState, error::RegCeremonyErr},
    },
};

use crate::domain::party::Party;

/// What a browser is asked, and what must be kept until it answers.
pub(crate) struct Asked {
    /// For the browser.
    pub(crate) options: WebAuthnJson,
    /// The challenge in it, as text.
    pub(crate) challenge: String,
    /// What the answer is checked against.
    pub(crate) state: String,
}

/// A credential: its id, and what the library wants to have kept of it. Everything is base64url.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Credential {
    /// The id that the authenticator gave it.
    pub(crate) id: String,
    /// How browsers reach the authenticator.
    pub(crate) transports: u8,
    /// The public key, and what never changes.
    pub(crate) fixed: String,
    /// The signature counter and the flags of the last answer.
    pub(crate) changing: String,
}

/// Why an answer does not hold, as a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wrong(pub(crate) &'static str);

/// The word for a signature counter that went back: somebody may have a copy (section 6.1.1).
pub(crate) const COPIED: Wrong = Wrong("counter");

type PublicKey = CompressedPubKey<[u8; 32], [u8; 32], [u8; 48], Vec<u8>>;

/// Asks for a new credential of an account, on none of the authenticators that hold one already.
pub(crate) fn ask_for_new(
    party: &Party,
    account: Uuid,
    username: &str,
    held: &[Credential],
    life: Duration,
) -> Result<Asked> {
    let (rp_id, handle) = (rp_id(party)?, handle(account));
    let name = Username::try_from(username).map_err(|error| anyhow!("{error}"))?;
    let user = PublicKeyCredentialUserEntity { name, id: &handle, display_name: None };
    let held = held.iter().map(descriptor).collect::<Result<_>>()?;
    let mut options = PublicKeyCredentialCreationOptions::passkey(&rp_id, user, held);
    // A password stands beside it, so the authenticator need not find the account by itself.
    options.authenticator_selection.resident_key = ResidentKeyRequirement::Discouraged;
    options.extensions.cred_protect = CredProtect::None;
    options.timeout = millis(life);
    let (server, client) = options.start_ceremony().map_err(|error| anyhow!("{error}"))?;
    asked(&client, server.sent_challenge(), &server.encode()?)
}

/// Asks that one of these credentials answers; there must be one.
pub(crate) fn ask(party: &Party, held: &[Credential], life: Duration) -> Result<Asked> {
    let rp_id = rp_id(party)?;
    let mut allowed = AllowedCredentials::with_capacity(held.len());
    for credential in held {
        allowed.push(descriptor(credential)?.into());
    }
    let mut options = NonDiscoverableCredentialRequestOptions::second_factor(&rp_id, allowed)
        .map_err(|_| anyhow!("nobody asks an account without passkeys for one"))?;
    options.options().user_verification = UserVerificationRequirement::Required;
    options.options().timeout = millis(life);
    let (server, client) = options.start_ceremony().map_err(|error| anyhow!("{error}"))?;
    let state = server.encode().map_err(|error| anyhow!("{error}"))?;
    asked(&client, server.sent_challenge(), &state)
}

/// The challenge that a registration claims to answer.
pub(crate) fn challenge_of_new(answer: &WebAuthnJson) -> Result<String, Wrong> {
    let answer = read(answer, Registration::from_json_relaxed)?;
    answer.challenge_relaxed().map(text).map_err(|_| Wrong("form"))
}

/// The challenge that an answer claims to answer, and the credential that it claims to come from.
pub(crate) fn claims(answer: &WebAuthnJson) -> Result<(String, String), Wrong> {
    let answer = read(answer, |json| NonDiscoverableAuthentication16::from_json_relaxed(json))?;
    let challenge = answer.challenge_relaxed().map(text).map_err(|_| Wrong("form"))?;
    Ok((challenge, URL_SAFE_NO_PAD.encode(answer.raw_id().as_ref())))
}

/// Checks a registration against what was asked; gives the credential and the model (AAGUID) that it says it is of.
pub(crate) fn register(party: &Party, state: &str, answer: &WebAuthnJson) -> Result<(Credential, Uuid), Wrong> {
    let state = URL_SAFE_NO_PAD.decode(state).map_err(|_| Wrong("challenge"))?;
    let asked = RegistrationServerState::<16>::decode(&state).map_err(|_| Wrong("challenge"))?;
    let answer = read(answer, Registration::from_json_relaxed)?;
    let options = RegistrationVerificationOptions::<&str, &str> {
        allowed_origins: &[party.origin.as_str()],
        // The standard: be prepared for extensions that nobody asked for.
        error_on_unsolicited_extensions: false,
        ..RegistrationVerificationOptions::default()
    };
    let rp_id = rp_id(party).map_err(|_| Wrong("rp_id"))?;
    let made = asked.verify(&rp_id, &answer, &options).map_err(|error| registration(&error))?;
    let fixed = sure(made.static_state().encode());
    let credential = Credential {
        id: URL_SAFE_NO_PAD.encode(made.id().as_ref()),
        transports: sure(made.transports().encode()),
        fixed: URL_SAFE_NO_PAD.encode(fixed),
        changing: URL_SAFE_NO_PAD.encode(sure(made.dynamic_state().encode())),
    };
    let model = Uuid::from_slice(made.metadata().aaguid.data()).unwrap_or_default();
    Ok((credential, model))
}

/// Checks the answer of an account's credential against what was asked; gives what is to be kept of it from now on.
pub(crate) fn answer(
    party: &Party,
    account: Uuid,
    state: &str,
    held: &Credential,
    answer: &WebAuthnJson,
) -> Result<String, Wrong> {
    let state = URL_SAFE_NO_PAD.decode(state).map_err(|_| Wrong("challenge"))?;
    let asked = NonDiscoverableAuthenticationServerState::decode(&state).map_err(|_| Wrong("challenge"))?;
    let answer = read(answer, |json| NonDiscoverableAuthentication16::from_json_relaxed(json))?;
    let options = AuthenticationVerificationOptions::<&str, &str> {
        allowed_origins: &[party.origin.as_str()],
        error_on_unsolicited_extensions: false,
        ..AuthenticationVerificationOptions::default()
    };
    let (id, handle) = (URL_SAFE_NO_PAD.decode(&held.id).unwrap_or_default(), handle(account));
    let mut known = kept(held, &id, &handle).map_err(|_| Wrong("credential"))?;
    let rp_id = rp_id(party).map_err(|_| Wrong("rp_id"))?;
    asked.verify(&rp_id, &answer, &mut known, &options).map_err(|error| assertion(&error))?;
    Ok(URL_SAFE_NO_PAD.encode(sure(known.dynamic_state().encode())))
}

fn kept<'a>(
    held: &Credential,
    id: &'a [u8],
    handle: &'a UserHandle16,
) -> Result<AuthenticatedCredential<'a, 'a, 16, PublicKey>> {
    let id = CredentialId::<&[u8]>::decode(id).map_err(|error| anyhow!("{error}"))?;
    let fixed = URL_SAFE_NO_PAD.decode(&held.fixed)?;
    let fixed = StaticState::<PublicKey>::decode(&fixed).map_err(|error| anyhow!("{error}"))?;
    let changing = URL_SAFE_NO_PAD.decode(&held.changing)?;
    let changing: [u8; 7] = changing.as_slice().try_into().context("what was kept of a passkey is cut off")?;
    let changing = DynamicState::decode(changing).map_err(|error| anyhow!("{error}"))?;
    AuthenticatedCredential::new(id, handle, fixed, changing).map_err(|error| anyhow!("{error}"))
}

fn rp_id(party: &Party) -> Result<RpId> {
    let host = AsciiDomain::try_from(party.host.clone()).map_err(|error| anyhow!("{error}"))?;
    Ok(RpId::Domain(host))
}

/// The user as authenticators know them: the id of the account, and nothing of the person.
fn handle(account: Uuid) -> UserHandle16 {
    sure(UserHandle16::decode(account.into_bytes()))
}

fn descriptor(held: &Credential) -> Result<PublicKeyCredentialDescriptor<Vec<u8>>> {
    let id = URL_SAFE_NO_PAD.decode(&held.id)?;
    let id = CredentialId::<Vec<u8>>::decode(id).map_err(|error| anyhow!("{error}"))?;
    let transports = AuthTransports::decode(held.transports).map_err(|error| anyhow!("{error}"))?;
    Ok(PublicKeyCredentialDescriptor { id, transports })
}

fn asked(client: &impl Serialize, challenge: SentChallenge, state: &[u8]) -> Result<Asked> {
    let options = serde_json::from_value(serde_json::to_value(client)?)?;
    Ok(Asked { options, challenge: text(challenge), state: URL_SAFE_NO_PAD.encode(state) })
}

fn read<T, E>(answer: &WebAuthnJson, reader: impl Fn(&[u8]) -> Result<T, E>) -> Result<T, Wrong> {
    let json = serde_json::to_vec(answer).map_err(|_| Wrong("form"))?;
    reader(&json).map_err(|_| Wrong("form"))
}

fn text(challenge: SentChallenge) -> String {
    format!("{:032x}", challenge.0)
}

fn millis(life: Duration) -> NonZeroU32 {
    u32::try_from(life.as_millis()).ok().and_then(NonZeroU32::new).unwrap_or(NonZeroU32::MAX)
}

fn sure<T>(result: Result<T, Infallible>) -> T {
    let Ok(sure) = result;
    sure
}

fn registration(error: &RegCeremonyErr) -> Wrong {
    Wrong(match error {
        RegCeremonyErr::Timeout | RegCeremonyErr::ChallengeMismatch => "challenge",
        RegCeremonyErr::OriginMismatch | RegCeremonyErr::CrossOrigin | RegCeremonyErr::TopOriginMismatch => "origin",
        RegCeremonyErr::RpIdHashMismatch => "rp_id",
        RegCeremonyErr::UserNotVerified => "verification",
        RegCeremonyErr::UserNotPresent => "presence",
        RegCeremonyErr::AttestationSignature => "signature",
        _ => "form",
    })
}

fn assertion(error: &AuthCeremonyErr) -> Wrong {
    match error {
        AuthCeremonyErr::SignatureCounter => COPIED,
        _ => Wrong("answer"),
    }
}
