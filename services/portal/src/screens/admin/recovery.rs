//! Q2: an account whose owner has lost password and second factors: one administrator asks, another one confirms or
//! refuses, and nobody does both.

use schema_identity::{
    Account, AccountState, ConfirmRecovery, Enrolment, ListAccounts, ListPeople, ListRecoveries, Recovery,
    RefuseRecovery, RequestRecovery,
};
use wire::id::{AccountId, OfficeId, RecoveryId};

use super::{
    acting::{Refusal, chosen},
    form::{Again, Form, Input},
    sheet::{Cell, Content, Section, Table},
};
use crate::{
    asking::Part,
    format,
    kit::{
        chip::{Chip, Tone},
        timeline::Names,
    },
    visit::{Inside, Posted},
};

/// What can be done.
pub(crate) const ACTS: [&str; 3] = ["khoi-phuc", "xac-nhan-khoi-phuc", "bo-khoi-phuc"];

/// The recovery of an account that waits, and who asked for it.
pub(crate) struct Waiting {
    recovery: Recovery,
    by: String,
}

/// Whether a recovery of the account waits for its second administrator.
pub(crate) async fn of(inside: &Inside, account: &Account) -> Part<Option<Waiting>> {
    let office = account.office;
    let of_people = ListPeople { office, q: None, as_of: None, limit: Some(200), cursor: None };
    let of_recoveries = ListRecoveries { office };
    let (found, people) = futures_util::join!(inside.part(&of_recoveries), inside.part(&of_people));
    let names = Names::of(people.here());
    found.map(|found| {
        let recovery = found.recoveries.into_iter().find(|one| one.account == account.id)?;
        let by = name(&names, &recovery, inside);
        Some(Waiting { recovery, by })
    })
}

/// Who asked; an administrator of the office above is not among the people of this one.
fn name(names: &Names, recovery: &Recovery, inside: &Inside) -> String {
    let known = Some(names.get(recovery.requested_by)).filter(|name| !name.is_empty()).map(str::to_owned);
    known.unwrap_or_else(|| inside.visit.words.t("recovery-by-above"))
}

/// What waits, in a card of its own.
pub(crate) fn section(waiting: &Part<Option<Waiting>>, inside: &Inside) -> Option<Section> {
    let w = inside.visit.words;
    let content = match waiting {
        Part::Here(None) => return None,
        Part::Here(Some(one)) => Content::Facts(vec![
            (w.t("recovery-asked-by"), Cell::text(one.by.clone()).meta(format::moment(one.recovery.at))),
            (w.t("admin-field-reason"), Cell::text(one.recovery.reason.clone())),
            (w.t("recovery-until"), Cell::text(format::moment(one.recovery.expires))),
        ]),
        Part::Silent(silence) => Content::Silent(silence.clone()),
    };
    Some(Section::new("recovery", w, content))
}

/// What can be done: to ask, or to answer what another one asked. Who asked can only take it back.
pub(crate) fn forms(
    account: &Account,
    waiting: &Part<Option<Waiting>>,
    to: &str,
    inside: &Inside,
    again: &Again,
) -> Vec<Form> {
    let form = |act| Form::new(act, to, inside.visit.words, again);
    let Some(waiting) = waiting.here() else { return Vec::new() };
    let Some(Waiting { recovery, .. }) = waiting else {
        let lost = account.state != AccountState::Disabled && account.username.is_some();
        return lost.then(|| form("khoi-phuc").ending().text("reason", "")).into_iter().collect();
    };
    let id = recovery.id.to_string();
    let refuse = form("bo-khoi-phuc").field("recovery", "six", Input::Kept, &id);
    if recovery.requested_by == inside.who.me.person.id {
        return vec![refuse];
    }
    vec![form("xac-nhan-khoi-phuc").ending().field("recovery", "six", Input::Kept, &id).text("reason", ""), refuse]
}

/// Does it; a confirmed recovery gives the one-time code.
///
/// # Errors
/// What cannot be read, or what identity says.
pub(crate) async fn acted(posted: &Posted, account: AccountId, act: &str) -> Result<Option<Enrolment>, Refusal> {
    let reason = posted.fields.get("reason").to_owned();
    if act == "khoi-phuc" {
        posted.act(&RequestRecovery { account, reason }).await?;
        return Ok(None);
    }
    let id: RecoveryId = chosen(posted, "recovery")?;
    if act == "xac-nhan-khoi-phuc" {
        return Ok(Some(posted.act(&ConfirmRecovery { id, reason }).await?));
    }
    posted.act(&RefuseRecovery { id }).await?;
    Ok(None)
}

/// The recoveries that wait in an office, for the page of its people; none when nothing waits.
pub(crate) async fn waiting(inside: &Inside, office: OfficeId) -> Option<Section> {
    let w = inside.visit.words;
    let found = match inside.part(&ListRecoveries { office }).await {
        Part::Here(found) if found.recoveries.is_empty() => return None,
        Part::Here(found) => found.recoveries,
        Part::Silent(silence) => return Some(Section::new("recoveries", w, Content::Silent(silence))),
    };
    let of_people = ListPeople { office, q: None, as_of: None, limit: Some(200), cursor: None };
    let of_accounts = ListAccounts { office, person: None, limit: Some(200), cursor: None };
    let (people, accounts) = futures_util::join!(inside.part(&of_people), inside.part(&of_accounts));
    let names = Names::of(people.here());
    let row = |one: &Recovery| {
        let account = accounts.here().and_then(|page| page.items.iter().find(|account| account.id == one.account));
        let whose = account.map_or_else(
            || Cell::text(w.t("recovery-account")),
            |account| Cell::link(names.get(account.person), format!("/quan-tri/nguoi/{}", account.person)),
        );
        let own = one.requested_by == inside.who.me.person.id;
        let key = if own { "recovery-waits-for-another" } else { "recovery-waits-for-you" };
        vec![
            whose.meta(one.reason.clone()),
            Cell::text(name(&names, one, inside)).meta(format::moment(one.at)),
            Cell::text(format::moment(one.expires)),
            Cell::chips(vec![Chip::new(if own { Tone::Info } else { Tone::Soon }, "waiting", w.t(key))]),
        ]
    };
    let heads = ["full-name", "asked-by", "until", "state"];
    let table = Table::new(w, &heads, "recovery-none", found.iter().map(row).collect());
    Some(Section::new("recoveries", w, Content::Table(table)))
}
