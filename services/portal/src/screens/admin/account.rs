//! Q2: the account of a person: opening it, a one-time code, locking and unlocking, ending its sessions. A code and a lock
//! sign out everywhere.

use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use schema_identity::{
    Account, DisableAccount, EnableAccount, EndAccountSessions, Enrolment, GetPerson, IssueEnrolment, ListAccounts,
    OpenAccount, PersonWithPosts,
};
use wire::id::{AccountId, PersonId};

use super::{
    acting::{After, Refusal, STEP_UP, after, look},
    form::{Again, Form},
    kinds, person, recovery,
    sheet::{Cell, Content, Section},
};
use crate::{
    asking::Part,
    format, no,
    visit::{Inside, Posted},
    words::Words,
};

/// What can be done.
pub(crate) const ACTS: [&str; 8] =
    ["mo-tai-khoan", "cap-ma", "dang-xuat", "khoa", "mo-khoa", recovery::ACTS[0], recovery::ACTS[1], recovery::ACTS[2]];

/// What there is of the account.
pub(crate) fn section(account: Part<Option<Account>>, w: Words) -> Section {
    let content = match account {
        Part::Here(Some(account)) => {
            let name = account.username.clone().unwrap_or_else(|| w.t("admin-no-username"));
            let state = Cell::chips(vec![kinds::account(account.state, w)]);
            Content::Facts(vec![(w.t("admin-username"), Cell::text(name)), (w.t("admin-state"), state)])
        }
        Part::Here(None) => Content::Facts(vec![(w.t("admin-state"), Cell::text(w.t("admin-account-none")))]),
        Part::Silent(silence) => Content::Silent(silence),
    };
    Section::new("account", w, content)
}

/// What can be done with it as it stands.
pub(crate) fn forms(person: &PersonWithPosts, account: Option<&Account>, w: Words, again: &Again) -> Vec<Form> {
    use schema_identity::AccountState::{Active, Disabled, Locked};
    let form = |act| Form::new(act, &format!("/quan-tri/nguoi/{}", person.id), w, again);
    match account.map(|account| account.state) {
        None => vec![form("mo-tai-khoan")],
        Some(Active) => vec![form("dang-xuat").ending(), form("khoa").ending(), form("cap-ma").ending()],
        Some(Locked) => vec![form("cap-ma"), form("khoa").ending()],
        Some(Disabled) => vec![form("mo-khoa")],
    }
}

/// Does it.
pub(crate) async fn act(posted: &Posted, id: PersonId, act: &str) -> Response<Body> {
    let inside = &posted.inside;
    let done = match acted(posted, id, act).await {
        Ok(Some(code)) => {
            let code = shown(&code, inside);
            return person::page(inside, id, StatusCode::OK, &Again::default(), Some(code)).await;
        }
        Ok(None) => Ok(()),
        // The form goes along to the proof, and is sent on after it.
        Err(Refusal::Fault(fault)) if fault.code == STEP_UP => return no::fault(inside, &fault),
        Err(refusal) => Err(refusal),
    };
    match after(posted, act, &format!("/quan-tri/nguoi/{id}"), done) {
        After::Elsewhere(response) => response,
        After::Again(status, again) => person::page(inside, id, status, &again, None).await,
    }
}

/// The code, and until when it works. Nothing keeps it: a page that is loaded again has it no more.
fn shown(code: &Enrolment, inside: &Inside) -> (String, String) {
    let until = format::moment(code.expires);
    (code.code.0.clone(), inside.visit.words.with("admin-code-said", &[("until", &until)]))
}

async fn acted(posted: &Posted, person: PersonId, act: &str) -> Result<Option<Enrolment>, Refusal> {
    let office = look(posted, &GetPerson { id: person, as_of: None }).await?.office;
    if act == "mo-tai-khoan" {
        posted.act(&OpenAccount { office, person }).await?;
        return Ok(None);
    }
    let of_person = ListAccounts { office, person: Some(person), limit: Some(1), cursor: None };
    let found = look(posted, &of_person).await?;
    let id: AccountId = found.items.first().ok_or(Refusal::Field("", "admin-account-gone"))?.id;
    match act {
        "cap-ma" => return Ok(Some(posted.act(&IssueEnrolment { id }).await?)),
        act if recovery::ACTS.contains(&act) => return recovery::acted(posted, id, act).await,
        "dang-xuat" => {
            posted.act(&EndAccountSessions { id }).await?;
        }
        "khoa" => {
            posted.act(&DisableAccount { id }).await?;
        }
        _ => {
            posted.act(&EnableAccount { id }).await?;
        }
    }
    Ok(None)
}
