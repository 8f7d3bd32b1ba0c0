//! Sign-in with a password. A failure is written down even though it is refused.

use std::time::Duration;

use schema_identity::{AccountState, Method, Refusal, SignIn, Tokens};
use service::{Audit, Read, Result, Write, recorded};
use uuid::Uuid;
use wire::id::AccountId;

use super::{
    attempts::{self, Key},
    hashing, proving, second_factor, tokens,
};
use crate::{
    domain::{
        naming,
        password::{self, MOST_BYTES},
        session::Session,
    },
    settings::Settings,
    store::{self, accounts::Kept},
};

/// What was found out before the transaction.
#[derive(Clone)]
pub(crate) struct Attempt {
    /// Under which keys failures count, in the order in which their rows are locked.
    keys: Vec<Key>,
    /// The account with that name.
    account: Option<AccountId>,
    /// Its password hash, when the password fits.
    fits: Option<String>,
    /// The hash under the parameters of today, when the kept one has older ones.
    anew: Option<String>,
    /// The bytes of the refresh token.
    secret: tokens::Secret,
}

pub(crate) async fn check(cx: Read, call: SignIn) -> Result<Attempt> {
    let settings = cx.settings::<Settings>();
    let name = naming::username(&call.username).ok();
    // Unknown names count like known ones, so that nothing tells them apart.
    let keys = attempts::keys(name.as_deref(), cx.network(), &settings);
    attempts::look(cx.db(), &keys, cx.now).await?;
    let kept = match &name {
        Some(name) => store::accounts::of_username(cx.db(), name).await?,
        None => None,
    };
    let password = password::normal(&call.password.0);
    let known = kept.filter(|_| password.len() <= MOST_BYTES);
    let (id, stored) = known.map(|kept| (kept.account.id, kept.password)).unzip();
    let stored = stored.flatten();
    let good = hashing::verify(password.clone(), stored.clone(), &settings).await?;
    let fits = stored.filter(|_| good);
    let anew = match &fits {
        Some(stored) if hashing::is_outdated(stored, &settings) => Some(hashing::hash(password, &settings).await?),
        _ => None,
    };
    Ok(Attempt { keys, account: id, fits, anew, secret: tokens::secret() })
}

pub(crate) async fn sign_in(cx: Write, call: SignIn, attempt: Attempt) -> Result<Tokens> {
    attempts::lock(cx.tx(), &attempt.keys, cx.now).await?;
    let Some(session) = opened(&cx, &attempt).await? else {
        attempts::failed(cx.tx(), &attempt.keys, cx.now).await?;
        let act = Audit::of("account", attempt.account.map_or(Uuid::nil(), Uuid::from));
        cx.audit(act.field("refused", &call.username)).await?;
        return Err(recorded(Refusal::SignInRefused));
    };
    let (session, kept) = session;
    let factors = store::factors::of(cx.tx(), session.account).await?;
    if factors.any() {
        // Failures stay counted: a known password must not wipe out guesses at the second step.
        let needed = second_factor::needed(&cx, &kept, factors, attempt.secret).await?;
        return Err(recorded(needed));
    }
    attempts::succeeded(cx.tx(), &attempt.keys).await?;
    proving::begin(&cx, &session, Method::Password, attempt.secret).await
}

/// The session of an attempt whose password fits an account that is open, of a person who is not disabled.
async fn opened(cx: &Write, attempt: &Attempt) -> Result<Option<(Session, Kept)>> {
    let (Some(account), Some(stored)) = (attempt.account, &attempt.fits) else { return Ok(None) };
    let Some(mut kept) = store::accounts::lock_own(cx.tx(), account).await? else { return Ok(None) };
    let person = store::people::own(cx.tx(), kept.account.person).await?;
    let Some(person) = person.filter(|person| person.active) else { return Ok(None) };
    if kept.account.state != AccountState::Active || kept.password.as_ref() != Some(stored) {
        return Ok(None);
    }
    if attempt.anew.is_some() {
        kept.password.clone_from(&attempt.anew);
        store::accounts::save(cx.tx(), &kept).await?;
    }
    let life = Duration::from_secs(cx.settings::<Settings>().session_s);
    let session = Session {
        id: cx.fresh(),
        account,
        person: person.id,
        office: person.office,
        began: cx.now,
        expires: cx.now.plus(life),
        ended: None,
    };
    Ok(Some((session, kept)))
}
