//! One's own sessions: seen, named and ended by their owner.

use schema_identity::{
    EndMyOtherSessions, EndMySession, ListMySessions, MySessions, NameMySession, Refusal, SignedOut,
};
use sea_orm::ConnectionTrait;
use service::{Audit, PersonCaller, Read, Result, Write};
use wire::Instant;

use crate::{domain::naming, store};

pub(crate) async fn list(cx: Read, _: ListMySessions) -> Result<MySessions> {
    listed(cx.db(), cx.person()?, cx.now).await
}

async fn listed(db: &impl ConnectionTrait, caller: &PersonCaller, now: Instant) -> Result<MySessions> {
    let sessions = store::proofs::of_account(db, caller.account, caller.session, now).await?;
    Ok(MySessions { sessions })
}

pub(crate) async fn name(cx: Write, call: NameMySession) -> Result<MySessions> {
    let device = naming::line("device", &call.device)?;
    owned(&cx, call.id).await?;
    if !store::proofs::name(cx.tx(), call.id, &device).await? {
        return Err(Refusal::SessionMissing.into());
    }
    listed(cx.tx(), cx.person()?, cx.now).await
}

pub(crate) async fn end(cx: Write, call: EndMySession) -> Result<SignedOut> {
    owned(&cx, call.id).await?;
    store::sessions::end(cx.tx(), call.id, cx.now).await?;
    cx.audit(Audit::of("session", call.id).field("ended", cx.now)).await?;
    Ok(SignedOut { at: cx.now })
}

pub(crate) async fn end_others(cx: Write, _: EndMyOtherSessions) -> Result<SignedOut> {
    let caller = cx.person()?;
    store::sessions::end_others(cx.tx(), caller.account, caller.session, cx.now).await?;
    cx.audit(Audit::of("account", caller.account).field("other_sessions_ended", cx.now)).await?;
    Ok(SignedOut { at: cx.now })
}

/// Refuses a session that is not the caller's, as one that is not there.
async fn owned(cx: &Write, id: wire::id::SessionId) -> Result<()> {
    let account = cx.person()?.account;
    let found = store::sessions::lock(cx.tx(), id).await?;
    let mine = found.is_some_and(|session| session.account == account && session.goes_on(cx.now));
    if mine { Ok(()) } else { Err(Refusal::SessionMissing.into()) }
}
