//! Signing out, here or everywhere.

use schema_identity::{SignOut, SignOutEverywhere, SignedOut};
use service::{Audit, Result, Write};

use crate::store;

pub(crate) async fn sign_out(cx: Write, _: SignOut) -> Result<SignedOut> {
    let session = cx.person()?.session;
    store::sessions::end(cx.tx(), session, cx.now).await?;
    cx.audit(Audit::of("session", session).field("ended", cx.now)).await?;
    Ok(SignedOut { at: cx.now })
}

pub(crate) async fn sign_out_everywhere(cx: Write, _: SignOutEverywhere) -> Result<SignedOut> {
    let account = cx.person()?.account;
    store::sessions::end_all(cx.tx(), account, cx.now).await?;
    cx.audit(Audit::of("account", account).field("sessions_ended", cx.now)).await?;
    Ok(SignedOut { at: cx.now })
}
