//! Access tokens, and the trade of refresh tokens.

use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use schema_identity::{AccountState, Hidden, RefreshTokens, Refusal, Tokens};
use service::{Audit, PersonCaller, Read, Result, Write, recorded};

use crate::{
    domain::{
        code::secret_hash,
        network,
        session::{Session, Trade, trade},
    },
    settings::Settings,
    store,
};

/// Random bytes of a refresh token, made outside the transaction.
pub(crate) type Secret = [u8; 32];

/// Fresh random bytes.
pub(crate) fn secret() -> Secret {
    rand::random()
}

pub(crate) async fn fresh(_: Read, _: RefreshTokens) -> Result<Secret> {
    Ok(secret())
}

pub(crate) async fn refresh(cx: Write, call: RefreshTokens, secret: Secret) -> Result<Tokens> {
    let hash = secret_hash(&call.refresh_token.0);
    let shown = store::sessions::token(cx.tx(), &hash).await?.ok_or(Refusal::RefreshRefused)?;
    let session = store::sessions::lock(cx.tx(), shown.session).await?.ok_or(Refusal::RefreshRefused)?;
    // Read once more: who waited for the lock may find the token traded.
    let shown = store::sessions::token(cx.tx(), &hash).await?.ok_or(Refusal::RefreshRefused)?;
    let network = cx.network().and_then(network::of);
    match trade(&shown, &session, network.as_deref(), cx.now) {
        Trade::Refused => return Err(Refusal::RefreshRefused.into()),
        Trade::Reused => {
            store::sessions::end(cx.tx(), session.id, cx.now).await?;
            let act = Audit::of("session", session.id).office(session.office);
            cx.audit(act.field("reused", network.unwrap_or_default())).await?;
            return Err(recorded(Refusal::RefreshRefused));
        }
        Trade::Fresh => {
            store::proofs::seen(cx.tx(), session.id, network.clone(), cx.now).await?;
            store::sessions::use_token(cx.tx(), &hash, cx.now, network).await?;
        }
        Trade::Repeat => {}
    }
    let kept = store::accounts::own(cx.tx(), session.account).await?;
    let person = store::people::own(cx.tx(), session.person).await?;
    let open = kept.is_some_and(|kept| kept.account.state == AccountState::Active);
    if !open || !person.is_some_and(|person| person.active) {
        return Err(Refusal::RefreshRefused.into());
    }
    pair(&cx, &session, secret).await
}

/// A fresh pair of tokens for a session; the refresh token is kept as a hash.
pub(crate) async fn pair(cx: &Write, session: &Session, secret: Secret) -> Result<Tokens> {
    let settings = cx.settings::<Settings>();
    let refresh_token = URL_SAFE_NO_PAD.encode(secret);
    let expires = cx.now.plus(Duration::from_secs(settings.refresh_token_s)).min(session.expires);
    store::sessions::insert_token(cx.tx(), secret_hash(&refresh_token), session.id, expires).await?;
    let caller = PersonCaller {
        account: session.account,
        person: session.person,
        session: session.id,
        authenticated_at: session.began,
    };
    let life = settings.access_life().min(session.expires.since(cx.now));
    Ok(Tokens {
        access_token: Hidden(cx.signer().sign_person(&caller, cx.now, life)),
        token_type: "Bearer".to_owned(),
        expires_in: u32::try_from(life.as_secs()).unwrap_or(u32::MAX),
        refresh_token: Hidden(refresh_token),
    })
}
