//! Passkeys of the caller's own account: challenges, adding, removing.

use std::time::Duration;

use schema_identity::{
    AddPasskey, BeginPasskey, BeginPasskeyStepUp, FactorAdded, FactorRemoved, PasskeyChallenge, Refusal, RemovePasskey,
    WebAuthnJson,
};
use service::{Result, Write};

use super::{
    factors::{self, Random},
    proving,
};
use crate::{
    domain::{code::secret_hash, naming},
    settings::Settings,
    store::{
        self,
        accounts::Kept,
        challenges::{Challenge, Purpose},
        passkeys::Passkey,
    },
    webauthn::{self, Asked, Credential, Wrong},
};

/// More than anybody carries.
const MOST: u32 = 10;

pub(crate) async fn begin(cx: Write, _: BeginPasskey) -> Result<PasskeyChallenge> {
    let settings = cx.settings::<Settings>();
    let party = proving::party(&settings)?;
    let kept = factors::own(&cx).await?;
    let held = store::passkeys::of_account(cx.tx(), kept.account.id).await?;
    let held: Vec<Credential> = held.into_iter().map(|passkey| passkey.credential).collect();
    let life = Duration::from_secs(settings.challenge_s);
    let username = kept.account.username.clone().unwrap_or_default();
    let asked = webauthn::ask_for_new(&party, kept.account.id.into(), &username, &held, life)?;
    note(&cx, &kept, Purpose::Register, asked).await
}

pub(crate) async fn begin_step_up(cx: Write, _: BeginPasskeyStepUp) -> Result<PasskeyChallenge> {
    let settings = cx.settings::<Settings>();
    let party = proving::party(&settings)?;
    let account = cx.person()?.account;
    let kept = store::accounts::lock_own(cx.tx(), account).await?.ok_or(Refusal::AccountMissing)?;
    let held = store::passkeys::usable(cx.tx(), account).await?;
    if held.is_empty() {
        return Err(Refusal::ProofUnfit.into());
    }
    let asked = webauthn::ask(&party, &held, Duration::from_secs(settings.challenge_s))?;
    note(&cx, &kept, Purpose::StepUp, asked).await
}

/// Writes down what the caller's session is asked.
async fn note(cx: &Write, kept: &Kept, purpose: Purpose, asked: Asked) -> Result<PasskeyChallenge> {
    let Asked { options, challenge, state } = asked;
    let expires = cx.now.plus(Duration::from_secs(cx.settings::<Settings>().challenge_s));
    let row = Challenge {
        account: kept.account.id,
        session: Some(cx.person()?.session),
        version: kept.account.version,
        state: Some(state),
        expires,
    };
    store::challenges::insert(cx.tx(), secret_hash(&challenge), purpose, row).await?;
    Ok(PasskeyChallenge { options, expires })
}

/// What the passkey was asked that answers, when it was asked in the caller's session and for a step-up. The challenge is
/// used up, whether the answer holds or not.
pub(crate) async fn asked_to_step_up(cx: &Write, answer: &WebAuthnJson) -> Result<Option<String>> {
    let Ok((challenge, _)) = webauthn::claims(answer) else { return Ok(None) };
    spent(cx, &challenge, Purpose::StepUp).await
}

/// Uses a challenge of the caller's session up; gives what was asked with it, when it was good.
async fn spent(cx: &Write, challenge: &str, purpose: Purpose) -> Result<Option<String>> {
    let caller = cx.person()?;
    let hash = secret_hash(challenge);
    let found = store::challenges::get(cx.tx(), &hash, purpose, cx.now).await?;
    let ours = |row: &Challenge| row.account == caller.account && row.session == Some(caller.session);
    let Some(found) = found.filter(ours) else { return Ok(None) };
    Ok(if store::challenges::spend(cx.tx(), &hash).await? { found.state } else { None })
}

pub(crate) async fn add(cx: Write, call: AddPasskey, random: Random) -> Result<FactorAdded> {
    let settings = cx.settings::<Settings>();
    let party = proving::party(&settings)?;
    let bad = |Wrong(what)| Refusal::PasskeyBad { what: what.to_owned() };
    let name = naming::line("name", &call.name)?;
    let kept = factors::own(&cx).await?;
    let account = kept.account.id;
    let challenge = webauthn::challenge_of_new(&call.credential).map_err(bad)?;
    let asked = spent(&cx, &challenge, Purpose::Register).await?.ok_or_else(|| bad(Wrong("challenge")))?;
    let (credential, model) = webauthn::register(&party, &asked, &call.credential).map_err(bad)?;
    if !settings.takes(model) {
        return Err(Refusal::PasskeyModel.into());
    }
    if store::passkeys::of_account(cx.tx(), account).await?.len() >= usize::try_from(MOST).unwrap_or_default() {
        return Err(Refusal::PasskeysMost { most: MOST }.into());
    }
    if store::passkeys::lock(cx.tx(), &credential.id).await?.is_some() {
        return Err(Refusal::PasskeyKnown.into());
    }
    let passkey = Passkey { id: cx.fresh(), account, credential, name, added: cx.now, used: None, suspect: None };
    store::passkeys::insert(cx.tx(), &passkey).await?;
    let recovery_codes = factors::first_codes(&cx, &kept, random).await?;
    factors::changed(&cx, &kept, "passkey_added").await?;
    Ok(FactorAdded { at: cx.now, recovery_codes })
}

pub(crate) async fn remove(cx: Write, call: RemovePasskey) -> Result<FactorRemoved> {
    let kept = factors::own(&cx).await?;
    if !store::passkeys::remove(cx.tx(), kept.account.id, call.id).await? {
        return Err(Refusal::PasskeyMissing.into());
    }
    factors::removed(&cx, &kept, "passkey_removed").await
}
