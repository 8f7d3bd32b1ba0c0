//! The second step of a sign-in. Failures of both steps count together, and only both successes forget them.

use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use schema_identity::{AccountState, Hidden, Refusal, SignInSecondFactor, Tokens};
use service::{Audit, Read, Result, Write, recorded};
use wire::id::AccountId;

use super::{
    attempts::{self, Key},
    proving, tokens,
};
use crate::{
    domain::{
        code::secret_hash,
        proof::{self, Factors, Place},
        session::Session,
    },
    settings::Settings,
    store::{
        self,
        accounts::Kept,
        challenges::{Challenge, Purpose},
    },
    webauthn::{self, Asked},
};

/// Writes down that the first step is done, and says what the second needs.
pub(crate) async fn needed(cx: &Write, kept: &Kept, factors: Factors, secret: tokens::Secret) -> Result<Refusal> {
    let settings = cx.settings::<Settings>();
    let continuation = URL_SAFE_NO_PAD.encode(secret);
    let account = kept.account.id;
    let expires = cx.now.plus(Duration::from_secs(settings.challenge_s));
    let (passkey, state) = asked(cx, account, &settings).await?.map(|asked| (asked.options, asked.state)).unzip();
    let challenge = Challenge { account, session: None, version: kept.account.version, state, expires };
    store::challenges::insert(cx.tx(), secret_hash(&continuation), Purpose::SignIn, challenge).await?;
    Ok(Refusal::SecondFactorRequired {
        continuation: Hidden(continuation),
        expires_in: settings.challenge_s,
        totp: factors.totp,
        passkey,
        recovery_codes: store::factors::codes_left(cx.tx(), account).await?,
    })
}

/// What the passkeys of an account are asked, when there are any and browsers know where they are.
async fn asked(cx: &Write, account: AccountId, settings: &Settings) -> Result<Option<Asked>> {
    let held = store::passkeys::usable(cx.tx(), account).await?;
    let Some(party) = proving::party(settings).ok().filter(|_| !held.is_empty()) else { return Ok(None) };
    webauthn::ask(&party, &held, Duration::from_secs(settings.challenge_s)).map(Some)
}

/// What was found out before the transaction.
#[derive(Clone)]
pub(crate) struct Attempt {
    /// Under which keys failures count.
    keys: Vec<Key>,
    /// The account of the first step.
    account: AccountId,
    /// The bytes of the refresh token.
    secret: tokens::Secret,
}

pub(crate) async fn check(cx: Read, call: SignInSecondFactor) -> Result<Attempt> {
    let hash = secret_hash(&call.continuation.0);
    let found = store::challenges::get(cx.db(), &hash, Purpose::SignIn, cx.now).await?;
    let account = found.ok_or(Refusal::ContinuationBad)?.account;
    let kept = store::accounts::own(cx.db(), account).await?.ok_or(Refusal::ContinuationBad)?;
    let keys = attempts::keys(kept.account.username.as_deref(), cx.network(), &cx.settings::<Settings>());
    attempts::look(cx.db(), &keys, cx.now).await?;
    Ok(Attempt { keys, account, secret: tokens::secret() })
}

pub(crate) async fn sign_in(cx: Write, call: SignInSecondFactor, attempt: Attempt) -> Result<Tokens> {
    let Attempt { keys, account, secret } = attempt;
    attempts::lock(cx.tx(), &keys, cx.now).await?;
    let (session, asked) = resumed(&cx, &call, account).await?;
    let factors = store::factors::of(cx.tx(), account).await?;
    let given = proof::given(&call.proof, factors, Place::SignIn)?;
    if !proving::holds(&cx, account, given, asked.as_deref()).await? {
        attempts::failed(cx.tx(), &keys, cx.now).await?;
        let act = Audit::of("account", account).office(session.office);
        cx.audit(act.field("refused", format!("{:?}", given.method()))).await?;
        return Err(recorded(proving::WRONG));
    }
    store::challenges::spend(cx.tx(), &secret_hash(&call.continuation.0)).await?;
    attempts::succeeded(cx.tx(), &keys).await?;
    proving::begin(&cx, &session, given.method(), secret).await
}

/// The session that a good first step leads to, while nothing has changed since, and what passkeys were asked. The lock of the account's row makes two
/// answers to one continuation go one after the other.
async fn resumed(cx: &Write, call: &SignInSecondFactor, account: AccountId) -> Result<(Session, Option<String>)> {
    let kept = store::accounts::lock_own(cx.tx(), account).await?.ok_or(Refusal::ContinuationBad)?;
    let hash = secret_hash(&call.continuation.0);
    let challenge = store::challenges::get(cx.tx(), &hash, Purpose::SignIn, cx.now).await?;
    let challenge = challenge.ok_or(Refusal::ContinuationBad)?;
    let person = store::people::own(cx.tx(), kept.account.person).await?.filter(|person| person.active);
    let unchanged = kept.account.state == AccountState::Active && kept.account.version == challenge.version;
    let person = person.filter(|_| unchanged).ok_or(Refusal::ContinuationBad)?;
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
    Ok((session, challenge.state))
}
