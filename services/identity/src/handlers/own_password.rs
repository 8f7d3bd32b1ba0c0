//! One's own password, changed by whoever knows the present one.

use schema_identity::{AccountState, ChangeOwnPassword, PasswordChanged, Refusal};
use service::{Audit, Read, Result, Write, recorded};
use wire::Refusal as _;

use super::{
    accounts,
    attempts::{self, Key},
    hashing,
};
use crate::{
    breaches,
    domain::password::{self, MOST_BYTES},
    settings::Settings,
    store,
};

/// What was found out before the transaction.
#[derive(Clone)]
pub(crate) struct Attempt {
    /// Under which keys failures count.
    keys: Vec<Key>,
    /// The kept hash that the present password fits, and the hash of the new one; nothing when it does not fit.
    hashes: Option<(String, String)>,
}

pub(crate) async fn check(cx: Read, call: ChangeOwnPassword) -> Result<Attempt> {
    let settings = cx.settings::<Settings>();
    let kept = store::accounts::own(cx.db(), cx.person()?.account).await?.ok_or(Refusal::AccountMissing)?;
    let username = kept.account.username.unwrap_or_default();
    // Guesses here count as guesses at the door.
    let keys = attempts::keys(Some(&username), cx.network(), &settings);
    attempts::look(cx.db(), &keys, cx.now).await?;
    let current = password::normal(&call.current_password.0);
    let stored = kept.password.filter(|_| current.len() <= MOST_BYTES);
    let good = hashing::verify(current, stored.clone(), &settings).await?;
    let Some(stored) = stored.filter(|_| good) else { return Ok(Attempt { keys, hashes: None }) };
    let new = password::check(&call.new_password.0, &username).map_err(|refusal| refusal.fault().at("new_password"))?;
    if breaches::hold(&new, &settings).await? {
        return Err(Refusal::PasswordBreached.fault().at("new_password").into());
    }
    let new = hashing::hash(new, &settings).await?;
    Ok(Attempt { keys, hashes: Some((stored, new)) })
}

pub(crate) async fn change(cx: Write, _: ChangeOwnPassword, attempt: Attempt) -> Result<PasswordChanged> {
    let Attempt { keys, hashes } = attempt;
    let caller = cx.person()?;
    attempts::lock(cx.tx(), &keys, cx.now).await?;
    let mut kept = store::accounts::lock_own(cx.tx(), caller.account).await?.ok_or(Refusal::AccountMissing)?;
    // Compared once more: the password may have been taken away or changed meanwhile.
    let new = hashes.filter(|(stored, _)| kept.password.as_ref() == Some(stored)).map(|(_, new)| new);
    let Some(new) = new.filter(|_| kept.account.state == AccountState::Active) else {
        attempts::failed(cx.tx(), &keys, cx.now).await?;
        cx.audit(Audit::of("account", caller.account).office(kept.account.office).field("refused", cx.now)).await?;
        return Err(recorded(Refusal::CurrentPasswordWrong));
    };
    attempts::succeeded(cx.tx(), &keys).await?;
    kept.password = Some(new);
    store::sessions::end_others(cx.tx(), caller.account, caller.session, cx.now).await?;
    cx.audit(Audit::of("account", caller.account).office(kept.account.office).field("password", cx.now)).await?;
    accounts::save(&cx, kept).await?;
    Ok(PasswordChanged { at: cx.now })
}
