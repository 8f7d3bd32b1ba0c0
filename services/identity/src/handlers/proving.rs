//! Whether a second factor holds, and the session that begins once everything does.

use std::time::Duration;

use schema_identity::{Hidden, Method, Refusal, Tokens, WebAuthnJson};
use service::{Audit, Result, Write};
use uuid::Uuid;
use wire::{Instant, id::AccountId};

use super::tokens;
use crate::{
    domain::{code, network, party::Party, proof::Given, session::Session, totp},
    settings::Settings,
    store,
    webauthn::{self, COPIED},
};

/// Whether a second factor of an account, whose row is locked, holds. It is used up when it does. `asked` is what a
/// passkey was asked. A password is none.
pub(crate) async fn holds(cx: &Write, account: AccountId, given: Given<'_>, asked: Option<&str>) -> Result<bool> {
    match given {
        Given::Totp(typed) => totp_holds(cx, account, typed, true).await,
        Given::RecoveryCode(typed) => Ok(store::factors::use_code(cx.tx(), account, &code::hash(typed)).await?),
        Given::Passkey(answer) => passkey_holds(cx, account, answer, asked).await,
        Given::Password(_) => Ok(false),
    }
}

/// Whether a code is one that the app of an account shows, and was not used. `confirmed` says whether the app must have
/// been confirmed before, or is so by this.
pub(crate) async fn totp_holds(cx: &Write, account: AccountId, typed: &Hidden, confirmed: bool) -> Result<bool> {
    let kept = store::factors::lock_totp(cx.tx(), account).await?;
    let Some(kept) = kept.filter(|kept| kept.confirmed.is_some() == confirmed) else { return Ok(false) };
    let Some(secret) = cx.sealing()?.open(Uuid::from(account).as_bytes(), &kept.sealed) else {
        anyhow::bail!(
            "the secret of an authenticator app cannot be opened: is `sealing.pem` the file it was made with?"
        );
    };
    let Some(step) = totp::fits(&secret, &typed.0, kept.last_step, cx.now) else { return Ok(false) };
    let since = kept.confirmed.unwrap_or(cx.now);
    store::factors::use_totp(cx.tx(), account, step, since).await?;
    Ok(true)
}

async fn passkey_holds(cx: &Write, account: AccountId, answer: &WebAuthnJson, asked: Option<&str>) -> Result<bool> {
    let party = party(&cx.settings::<Settings>())?;
    let (Some(asked), Ok((_, credential))) = (asked, webauthn::claims(answer)) else { return Ok(false) };
    let kept = store::passkeys::lock(cx.tx(), &credential).await?;
    // A credential of another account is as good as none.
    let Some(mut kept) = kept.filter(|kept| kept.account == account && kept.suspect.is_none()) else {
        return Ok(false);
    };
    let good = match webauthn::answer(&party, account.into(), asked, &kept.credential, answer) {
        Ok(changing) => {
            (kept.credential.changing, kept.used) = (changing, Some(cx.now));
            true
        }
        Err(COPIED) => {
            kept.suspect = Some(cx.now);
            cx.audit(Audit::of("passkey", kept.id).field("counter_went_back", cx.now)).await?;
            false
        }
        Err(_) => return Ok(false),
    };
    store::passkeys::save(cx.tx(), &kept).await?;
    Ok(good)
}

/// Us, as browsers know us.
pub(crate) fn party(settings: &Settings) -> Result<Party> {
    Ok(Party::of(&settings.public_origin).ok_or(Refusal::PasskeysUnset)?)
}

/// Refuses a session that has given no fresh proof lately, whatever the office demands of others: who finds a signed-in
/// browser must not make it their own.
pub(crate) async fn must_be_fresh(cx: &Write) -> Result<()> {
    let until = store::proofs::stepped_up_until(cx.tx(), cx.person()?.session).await?;
    if until.is_some_and(|until| cx.now < until) { Ok(()) } else { Err(service::step_up_needed().into()) }
}

/// Until when a proof given now counts as fresh.
pub(crate) fn fresh_until(settings: &Settings, now: Instant) -> Instant {
    now.plus(Duration::from_secs(settings.step_up_s))
}

/// Begins a session. Whoever has just signed in is stepped up.
pub(crate) async fn begin(cx: &Write, session: &Session, method: Method, secret: tokens::Secret) -> Result<Tokens> {
    let until = fresh_until(&cx.settings::<Settings>(), cx.now);
    let network = cx.network().and_then(network::of);
    store::sessions::insert(cx.tx(), session).await?;
    store::proofs::insert(cx.tx(), session.id, method, network, cx.now, until).await?;
    let act = Audit::of("session", session.id).office(session.office).field("account", session.account);
    cx.audit(act.field("method", format!("{method:?}"))).await?;
    tokens::pair(cx, session, secret).await
}

/// The refusal of a proof that does not hold.
pub(crate) const WRONG: Refusal = Refusal::ProofWrong;
