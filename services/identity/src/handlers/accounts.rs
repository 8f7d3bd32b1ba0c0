//! Accounts: opening, shutting, letting in again, ending their sessions.

use schema_identity::{
    Account, AccountState, DisableAccount, EnableAccount, EndAccountSessions, ListAccounts, OpenAccount, Refusal,
    SignedOut,
};
use service::{Audit, Read, Result, Write};
use wire::{Page, Version, id::AccountId};

use super::{people::is_self, reach::must_cover};
use crate::{
    domain::cursor,
    store::{self, accounts::Kept},
};

pub(crate) async fn list(cx: Read, call: ListAccounts) -> Result<Page<Account>> {
    let limit = Page::<Account>::limit(call.limit);
    let (scope, after) = (cx.office(call.office)?, cursor::id(call.cursor.as_ref())?);
    let found = store::accounts::list(cx.db(), &scope, call.person, after, u64::from(limit) + 1).await?;
    Ok(Page::cut(found, limit, |last| last.id.to_string()))
}

pub(crate) async fn open(cx: Write, call: OpenAccount) -> Result<Account> {
    let scope = cx.office(call.office)?;
    // Locked, so that two accounts are not opened at once.
    let person = store::people::lock(cx.tx(), &scope, call.person).await?.ok_or(Refusal::PersonMissing)?;
    if !person.active {
        return Err(Refusal::PersonDisabled.into());
    }
    if store::accounts::of_person(cx.tx(), person.id).await?.is_some() {
        return Err(Refusal::AccountExists.into());
    }
    let account = Account {
        id: cx.fresh(),
        office: person.office,
        person: person.id,
        username: None,
        state: AccountState::Locked,
        version: Version::FIRST,
    };
    store::accounts::insert(cx.tx(), &account).await?;
    note(&cx, &account).await?;
    Ok(account)
}

pub(crate) async fn disable(cx: Write, call: DisableAccount) -> Result<Account> {
    let mut kept = locked(&cx, call.id).await?;
    if is_self(&cx, kept.account.person) {
        return Err(Refusal::OwnAccount.into());
    }
    must_cover(&cx, kept.account.person).await?;
    kept.account.state = AccountState::Disabled;
    store::accounts::drop_code(cx.tx(), kept.account.id).await?;
    store::sessions::end_all(cx.tx(), kept.account.id, cx.now).await?;
    save(&cx, kept).await
}

pub(crate) async fn enable(cx: Write, call: EnableAccount) -> Result<Account> {
    let mut kept = locked(&cx, call.id).await?;
    must_cover(&cx, kept.account.person).await?;
    kept.account.state = if kept.password.is_some() { AccountState::Active } else { AccountState::Locked };
    save(&cx, kept).await
}

/// The account keeps its version: nothing of it changes.
pub(crate) async fn end_sessions(cx: Write, call: EndAccountSessions) -> Result<SignedOut> {
    let account = locked(&cx, call.id).await?.account;
    if is_self(&cx, account.person) {
        return Err(Refusal::OwnAccount.into());
    }
    must_cover(&cx, account.person).await?;
    store::sessions::end_all(cx.tx(), account.id, cx.now).await?;
    let act = Audit::of("account", account.id).office(account.office).field("sessions_ended", cx.now);
    cx.audit(act).await?;
    Ok(SignedOut { at: cx.now })
}

/// The account, when it is in scope and of the version that the caller has seen.
pub(crate) async fn locked(cx: &Write, id: AccountId) -> Result<Kept> {
    let kept = store::accounts::lock(cx.tx(), cx.scope(), id).await?.ok_or(Refusal::AccountMissing)?;
    cx.expect(kept.account.version)?;
    Ok(kept)
}

/// Writes a changed account down under its next version.
pub(crate) async fn save(cx: &Write, mut kept: Kept) -> Result<Account> {
    kept.account.version = kept.account.version.next();
    match store::accounts::save(cx.tx(), &kept).await {
        // Two may take the same name at the same time; then the database tells the second.
        Err(error) if store::accounts::is_taken(&error) => return Err(Refusal::UsernameTaken.into()),
        saved => saved?,
    }
    note(cx, &kept.account).await?;
    Ok(kept.account)
}

/// Audits a change.
pub(crate) async fn note(cx: &Write, account: &Account) -> Result<()> {
    let act = Audit::of("account", account.id)
        .office(account.office)
        .field("username", account.username.as_deref().unwrap_or_default())
        .field("state", format!("{:?}", account.state));
    cx.audit(act).await
}
