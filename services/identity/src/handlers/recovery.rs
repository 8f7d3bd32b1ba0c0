//! Recovery of an account whose owner has lost their factors: one administrator asks, another confirms, both say why. One
//! alone can never do it.

use std::time::Duration;

use schema_identity::{
    AccountState, ConfirmRecovery, Enrolment, ListRecoveries, Recoveries, Recovery, Refusal, RefuseRecovery,
    RequestRecovery,
};
use service::{Audit, Read, Result, Write};
use wire::id::AccountId;

use super::{accounts, enrolments, people::is_self, reach::must_cover};
use crate::{
    domain::naming,
    settings::Settings,
    store::{self, accounts::Kept},
};

pub(crate) async fn list(cx: Read, call: ListRecoveries) -> Result<Recoveries> {
    let scope = cx.office(call.office)?;
    Ok(Recoveries { recoveries: store::recoveries::waiting(cx.db(), &scope, cx.now).await? })
}

pub(crate) async fn request(cx: Write, call: RequestRecovery) -> Result<Recovery> {
    let reason = naming::line("reason", &call.reason)?;
    let kept = recoverable(&cx, call.account).await?;
    if store::recoveries::waits(cx.tx(), kept.account.id, cx.now).await? {
        return Err(Refusal::RecoveryWaits.into());
    }
    let life = Duration::from_secs(cx.settings::<Settings>().recovery_s);
    let recovery = Recovery {
        id: cx.fresh(),
        account: kept.account.id,
        office: kept.account.office,
        requested_by: cx.person()?.person,
        reason,
        at: cx.now,
        expires: cx.now.plus(life),
    };
    store::recoveries::insert(cx.tx(), &recovery).await?;
    note(&cx, &recovery, "requested", &recovery.reason).await?;
    Ok(recovery)
}

pub(crate) async fn confirm(cx: Write, call: ConfirmRecovery, random: enrolments::Random) -> Result<Enrolment> {
    let reason = naming::line("reason", &call.reason)?;
    let recovery = waiting(&cx, call.id).await?;
    let second = cx.person()?.person;
    if recovery.requested_by == second {
        return Err(Refusal::RecoveryAlone.into());
    }
    let mut kept = recoverable(&cx, recovery.account).await?;
    let account = kept.account.id;
    kept.account.state = AccountState::Locked;
    kept.password = None;
    store::factors::drop_all(cx.tx(), account).await?;
    store::sessions::end_all(cx.tx(), account, cx.now).await?;
    store::recoveries::close(cx.tx(), recovery.id, Some(second), cx.now).await?;
    note(&cx, &recovery, "confirmed", &reason).await?;
    accounts::save(&cx, kept).await?;
    enrolments::put(&cx, account, random).await
}

pub(crate) async fn refuse(cx: Write, call: RefuseRecovery) -> Result<Recovery> {
    let recovery = waiting(&cx, call.id).await?;
    store::recoveries::close(cx.tx(), recovery.id, None, cx.now).await?;
    note(&cx, &recovery, "refused", "").await?;
    Ok(recovery)
}

async fn waiting(cx: &Write, id: wire::id::RecoveryId) -> Result<Recovery> {
    Ok(store::recoveries::lock(cx.tx(), cx.scope(), id, cx.now).await?.ok_or(Refusal::RecoveryMissing)?)
}

/// An account in scope of somebody else, who may do no more than the caller reaches.
async fn recoverable(cx: &Write, id: AccountId) -> Result<Kept> {
    let kept = store::accounts::lock(cx.tx(), cx.scope(), id).await?.ok_or(Refusal::AccountMissing)?;
    let person = store::people::lock(cx.tx(), cx.scope(), kept.account.person).await?.ok_or(Refusal::PersonMissing)?;
    if is_self(cx, person.id) {
        return Err(Refusal::OwnAccount.into());
    }
    if !person.active {
        return Err(Refusal::PersonDisabled.into());
    }
    if kept.account.state == AccountState::Disabled {
        return Err(Refusal::AccountDisabled.into());
    }
    must_cover(cx, person.id).await?;
    Ok(kept)
}

async fn note(cx: &Write, recovery: &Recovery, what: &str, reason: &str) -> Result<()> {
    let act = Audit::of("recovery", recovery.id).office(recovery.office).field("account", recovery.account);
    cx.audit(act.field("act", what).field("reason", reason)).await
}
