//! One-time codes: made by an administrator, used by the person to choose a password.

use schema_identity::{AccountState, Enrol, Enrolled, Enrolment, IssueEnrolment, Refusal};
use service::{Read, Result, Write};
use std::time::Duration;
use wire::id::AccountId;

use super::{accounts, hashing, people::is_self, reach::must_cover};
use crate::{
    breaches,
    domain::{code, naming, password},
    settings::Settings,
    store,
};

/// Random bytes of a code, made outside the transaction.
pub(crate) type Random = [u8; 20];

pub(crate) async fn random<C>(_: Read, _: C) -> Result<Random> {
    Ok(rand::random())
}

pub(crate) async fn issue(cx: Write, call: IssueEnrolment, random: Random) -> Result<Enrolment> {
    let mut kept = accounts::locked(&cx, call.id).await?;
    // Locked, so that the person is not appointed to more meanwhile.
    let person = store::people::lock(cx.tx(), cx.scope(), kept.account.person).await?.ok_or(Refusal::PersonMissing)?;
    if is_self(&cx, person.id) {
        return Err(Refusal::OwnAccount.into());
    }
    if !person.active {
        return Err(Refusal::PersonDisabled.into());
    }
    if kept.account.state == AccountState::Disabled {
        return Err(Refusal::AccountDisabled.into());
    }
    must_cover(&cx, person.id).await?;
    kept.account.state = AccountState::Locked;
    kept.password = None;
    store::sessions::end_all(cx.tx(), kept.account.id, cx.now).await?;
    let account = accounts::save(&cx, kept).await?;
    put(&cx, account.id, random).await
}

/// Writes a code down and shows it, this once.
pub(crate) async fn put(cx: &Write, account: AccountId, random: Random) -> Result<Enrolment> {
    let life = Duration::from_secs(cx.settings::<Settings>().enrolment_s);
    let (id, code, expires) = (cx.fresh(), code::code(random), cx.now.plus(life));
    store::accounts::put_code(cx.tx(), id, account, code::hash(&code), expires).await?;
    Ok(Enrolment { id, account, code, expires })
}

/// A name and a password hash that are good enough, for an account that a code opens.
#[derive(Clone)]
pub(crate) struct Chosen {
    username: String,
    password: String,
}

pub(crate) async fn choose(cx: Read, call: Enrol) -> Result<Chosen> {
    // The code comes first: whoever has none learns nothing and makes us hash nothing.
    store::accounts::of_code(cx.db(), &code::hash(&call.code), cx.now).await?.ok_or(Refusal::EnrolmentBad)?;
    let username = naming::username(&call.username)?;
    let password = password::check(&call.password.0, &username)?;
    if breaches::hold(&password, &cx.settings::<Settings>()).await? {
        return Err(Refusal::PasswordBreached.into());
    }
    let password = hashing::hash(password, &cx.settings::<Settings>()).await?;
    Ok(Chosen { username, password })
}

pub(crate) async fn enrol(cx: Write, call: Enrol, chosen: Chosen) -> Result<Enrolled> {
    let Chosen { username, password } = chosen;
    let hash = code::hash(&call.code);
    let account = store::accounts::of_code(cx.tx(), &hash, cx.now).await?.ok_or(Refusal::EnrolmentBad)?;
    let mut kept = store::accounts::lock_own(cx.tx(), account).await?.ok_or(Refusal::EnrolmentBad)?;
    // Looked at once more: who waited for the lock may find the code used.
    let still = store::accounts::of_code(cx.tx(), &hash, cx.now).await?;
    if still != Some(account) || kept.account.state != AccountState::Locked {
        return Err(Refusal::EnrolmentBad.into());
    }
    let other = store::accounts::of_username(cx.tx(), &username).await?;
    if other.is_some_and(|other| other.account.id != account) {
        return Err(Refusal::UsernameTaken.into());
    }
    store::accounts::drop_code(cx.tx(), account).await?;
    kept.account.username = Some(username.clone());
    kept.account.state = AccountState::Active;
    kept.password = Some(password);
    accounts::save(&cx, kept).await?;
    Ok(Enrolled { username })
}
