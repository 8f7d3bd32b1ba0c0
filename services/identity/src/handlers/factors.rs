//! Second factors of the caller's own account. No call names an account, so that nobody can enrol for somebody else.

use anyhow::anyhow;
use schema_identity::{
    BeginTotp, ConfirmTotp, FactorAdded, FactorRemoved, GetMyFactors, Hidden, MyFactors, MyPasskey, RecoveryCodes,
    Refusal, RemoveTotp, RenewRecoveryCodes, TotpBegun,
};
use service::{Audit, Read, Result, Write};
use uuid::Uuid;

use super::proving;
use crate::{
    domain::{
        code,
        totp::{self, Shown},
    },
    store::{self, accounts::Kept},
};

/// How many recovery codes there are.
const CODES: usize = 10;

/// Random bytes of recovery codes, made outside the transaction.
pub(crate) type Random = [[u8; 20]; CODES];

/// Random bytes of a secret and of its sealing.
pub(crate) type Fresh = (totp::Secret, [u8; 12]);

pub(crate) async fn random<C>(_: Read, _: C) -> Result<Random> {
    Ok(std::array::from_fn(|_| rand::random()))
}

pub(crate) async fn fresh(_: Read, _: BeginTotp) -> Result<Fresh> {
    Ok((rand::random(), rand::random()))
}

pub(crate) async fn get(cx: Read, _: GetMyFactors) -> Result<MyFactors> {
    let account = cx.person()?.account;
    let passkeys = store::passkeys::of_account(cx.db(), account).await?.into_iter().map(|key| MyPasskey {
        id: key.id,
        name: key.name,
        added: key.added,
        used: key.used,
        suspect: key.suspect,
    });
    Ok(MyFactors {
        totp_since: store::factors::totp(cx.db(), account).await?.and_then(|totp| totp.confirmed),
        passkeys: passkeys.collect(),
        recovery_codes_left: store::factors::codes_left(cx.db(), account).await?,
        recovered: store::recoveries::last(cx.db(), account).await?,
    })
}

pub(crate) async fn begin_totp(cx: Write, _: BeginTotp, fresh: Fresh) -> Result<TotpBegun> {
    let (secret, nonce) = fresh;
    let kept = own(&cx).await?;
    let account = kept.account.id;
    if store::factors::of(cx.tx(), account).await?.totp {
        return Err(Refusal::TotpInUse.into());
    }
    let sealed = cx.sealing()?.seal(Uuid::from(account).as_bytes(), &secret, nonce)?;
    store::factors::put_totp(cx.tx(), account, sealed, cx.now).await?;
    let username = kept.account.username.unwrap_or_default();
    let Shown { secret, otpauth } = totp::shown(&secret, &username).map_err(|error| anyhow!("{error}"))?;
    Ok(TotpBegun { secret: Hidden(secret), otpauth: Hidden(otpauth) })
}

pub(crate) async fn confirm_totp(cx: Write, call: ConfirmTotp, random: Random) -> Result<FactorAdded> {
    let kept = own(&cx).await?;
    let begun = store::factors::totp(cx.tx(), kept.account.id).await?.ok_or(Refusal::TotpMissing)?;
    if begun.confirmed.is_some() {
        return Err(Refusal::TotpInUse.into());
    }
    if !proving::totp_holds(&cx, kept.account.id, &call.code, false).await? {
        return Err(proving::WRONG.into());
    }
    let recovery_codes = first_codes(&cx, &kept, random).await?;
    changed(&cx, &kept, "totp_added").await?;
    Ok(FactorAdded { at: cx.now, recovery_codes })
}

pub(crate) async fn remove_totp(cx: Write, _: RemoveTotp) -> Result<FactorRemoved> {
    let kept = own(&cx).await?;
    store::factors::totp(cx.tx(), kept.account.id).await?.ok_or(Refusal::TotpMissing)?;
    store::factors::drop_totp(cx.tx(), kept.account.id).await?;
    removed(&cx, &kept, "totp_removed").await
}

pub(crate) async fn renew_codes(cx: Write, _: RenewRecoveryCodes, random: Random) -> Result<RecoveryCodes> {
    let kept = own(&cx).await?;
    if !store::factors::of(cx.tx(), kept.account.id).await?.any() {
        return Err(Refusal::FactorMissing.into());
    }
    let recovery_codes = put_codes(&cx, &kept, random).await?;
    let act = Audit::of("account", kept.account.id).office(kept.account.office);
    cx.audit(act.field("recovery_codes", cx.now)).await?;
    Ok(RecoveryCodes { recovery_codes })
}

/// The caller's own account, locked: factors change one after the other, and never beside a sign-in, and only where the
/// session has given a fresh proof.
pub(crate) async fn own(cx: &Write) -> Result<Kept> {
    proving::must_be_fresh(cx).await?;
    let account = cx.person()?.account;
    Ok(store::accounts::lock_own(cx.tx(), account).await?.ok_or(Refusal::AccountMissing)?)
}

/// Recovery codes for an account that has none.
pub(crate) async fn first_codes(cx: &Write, kept: &Kept, random: Random) -> Result<Vec<Hidden>> {
    if store::factors::codes_left(cx.tx(), kept.account.id).await? > 0 {
        return Ok(Vec::new());
    }
    put_codes(cx, kept, random).await
}

async fn put_codes(cx: &Write, kept: &Kept, random: Random) -> Result<Vec<Hidden>> {
    let codes: Vec<Hidden> = random.into_iter().map(code::code).collect();
    store::factors::put_codes(cx.tx(), kept.account.id, codes.iter().map(code::hash).collect()).await?;
    Ok(codes)
}

/// After a factor has gone: recovery codes go with the last one.
pub(crate) async fn removed(cx: &Write, kept: &Kept, what: &str) -> Result<FactorRemoved> {
    if !store::factors::of(cx.tx(), kept.account.id).await?.any() {
        store::factors::drop_codes(cx.tx(), kept.account.id).await?;
    }
    changed(cx, kept, what).await?;
    Ok(FactorRemoved { at: cx.now })
}

/// Ends the other sessions of an account whose factors have changed, and audits it.
pub(crate) async fn changed(cx: &Write, kept: &Kept, what: &str) -> Result<()> {
    store::sessions::end_others(cx.tx(), kept.account.id, cx.person()?.session, cx.now).await?;
    cx.audit(Audit::of("account", kept.account.id).office(kept.account.office).field("factor", what)).await
}
