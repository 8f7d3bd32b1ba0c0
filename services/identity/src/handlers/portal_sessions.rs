//! Sessions of browsers: a secret for the cookie, and its trade for tokens of a minute.

use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use schema_identity::{AccountState, ExchangeSession, Hidden, OpenPortalSession, PortalSession, Refusal, SessionToken};
use service::{Read, Result, Write};

use super::tokens::{self, Secret};
use crate::{domain::code::secret_hash, settings::Settings, store};

/// How long a token lives that a browser's secret was traded for: the portal trades again a minute later.
const MINUTE: Duration = Duration::from_secs(60);

pub(crate) async fn random(_: Read, _: OpenPortalSession) -> Result<Secret> {
    Ok(tokens::secret())
}

pub(crate) async fn open(cx: Write, _: OpenPortalSession, secret: Secret) -> Result<PortalSession> {
    let session = store::sessions::lock(cx.tx(), cx.person()?.session).await?;
    let session = session.filter(|session| session.goes_on(cx.now)).ok_or(Refusal::SessionEnded)?;
    let secret = URL_SAFE_NO_PAD.encode(secret);
    store::portal_sessions::insert(cx.tx(), secret_hash(&secret), session.id, session.expires).await?;
    Ok(PortalSession { secret: Hidden(secret), ends: session.expires })
}

pub(crate) async fn exchange(cx: Read, call: ExchangeSession) -> Result<SessionToken> {
    let opened = store::portal_sessions::opened(cx.db(), &secret_hash(&call.secret.0), cx.now).await?;
    let (caller, expires) = opened.ok_or(Refusal::SessionEnded)?;
    let account = store::accounts::own(cx.db(), caller.account).await?;
    let person = store::people::own(cx.db(), caller.person).await?;
    let open = account.is_some_and(|kept| kept.account.state == AccountState::Active);
    if !open || !person.is_some_and(|person| person.active) {
        return Err(Refusal::SessionEnded.into());
    }
    let life = MINUTE.min(cx.settings::<Settings>().access_life()).min(expires.since(cx.now));
    Ok(SessionToken {
        access_token: Hidden(cx.signer().sign_person(&caller, cx.now, life)),
        expires_in: u32::try_from(life.as_secs()).unwrap_or(u32::MAX),
    })
}

/// Removes what browsers kept for sessions that are over.
pub(crate) async fn sweep(cx: Write) -> Result<()> {
    store::portal_sessions::sweep(cx.tx(), cx.now).await?;
    Ok(())
}
