//! G9: lending powers and taking them back; saying that one is away, and that one is back.

use axum::{
    body::Body,
    extract::Path,
    http::{Response, StatusCode},
};
use schema_identity::{
    AbsenceKind, CreateAbsence, CreateDelegation, DelegationKind, EndAbsence, Post, RevokeDelegation,
};
use wire::{
    Day, Dong, Fault, Kind,
    id::{AbsenceId, DelegationId},
};

use super::deputies;
use crate::{
    format,
    kit::problems::Problems,
    no,
    visit::{Posted, go},
};

/// Lends powers of the post in which one works.
pub(crate) async fn lend(posted: Posted) -> Response<Body> {
    let Some(post) = posted.inside.who.post() else { return go("/ca-nhan") };
    let call = match wanted(&posted, post) {
        Ok(call) => call,
        Err(problems) => return again(&posted, StatusCode::UNPROCESSABLE_ENTITY, "uy-quyen", problems).await,
    };
    match posted.act(&call).await {
        Ok(_) => go("/uy-quyen?xong=uy-quyen"),
        Err(fault) => refused(&posted, "uy-quyen", &fault).await,
    }
}

/// The delegation that a form asks for.
fn wanted(posted: &Posted, post: &Post) -> Result<CreateDelegation, Problems> {
    let (typed, w) = (&posted.fields, posted.inside.visit.words);
    let mut problems = Problems::default();
    let two = typed.get("deputy").split_once(':');
    let deputy = two.and_then(|(person, position)| Some((person.parse().ok()?, position.parse().ok()?)));
    if deputy.is_none() {
        problems.add("deputy", w.t("account-deputy-missing"));
    }
    let from = day(posted, "from", &mut problems);
    let to = typed.some("to").and_then(|_| day(posted, "to", &mut problems)).and_then(|last| last.plus(1));
    let amount: String = typed.get("highest").chars().filter(|one| !matches!(one, '.' | ',' | ' ')).collect();
    let highest: Option<i64> = amount.parse().ok();
    if highest.is_none() && !amount.is_empty() {
        problems.add("highest", w.t("account-amount-unreadable"));
    }
    if typed.get("reason").is_empty() {
        problems.add("reason", w.t("account-reason-missing"));
    }
    let (Some((deputy, deputy_position)), Some(from), false) = (deputy, from, problems.any()) else {
        return Err(problems);
    };
    let standing = typed.get("kind") == "deputy";
    let genres = typed.get("genres").split([',', ';']).map(str::trim).filter(|code| !code.is_empty());
    Ok(CreateDelegation {
        kind: if standing { DelegationKind::Deputy } else { DelegationKind::Absence },
        position: post.position,
        grantor: None,
        deputy,
        deputy_position,
        permissions: typed.all("permissions").into_iter().map(str::to_owned).collect(),
        genres: genres.map(str::to_owned).collect(),
        highest: highest.map(Dong),
        from,
        to,
        reason: typed.get("reason").to_owned(),
        instrument: typed.some("instrument"),
        may_pass_on: typed.get("may_pass_on") == "1",
        passed_on_from: None,
    })
}

/// A day of a form.
fn day(posted: &Posted, field: &str, problems: &mut Problems) -> Option<Day> {
    let day = format::read_day(posted.fields.get(field));
    if day.is_none() {
        problems.add(field, posted.inside.visit.words.t("day-unreadable"));
    }
    day
}

/// Takes powers back, or gives back what was lent to oneself.
pub(crate) async fn take_back(Path(id): Path<DelegationId>, posted: Posted) -> Response<Body> {
    match posted.act(&RevokeDelegation { id, reason: posted.fields.get("revoke_reason").to_owned() }).await {
        Ok(_) => go("/uy-quyen?xong=thu-hoi"),
        Err(fault) => refused(&posted, "thu-hoi", &fault).await,
    }
}

/// Says that one is away.
pub(crate) async fn leave(posted: Posted) -> Response<Body> {
    let Some(post) = posted.inside.who.post() else { return go("/ca-nhan") };
    let typed = &posted.fields;
    let mut problems = Problems::default();
    let (from, to) = (day(&posted, "away_from", &mut problems), day(&posted, "away_to", &mut problems));
    let (Some(from), Some(to)) = (from, to) else {
        return again(&posted, StatusCode::UNPROCESSABLE_ENTITY, "vang-mat", problems).await;
    };
    let kind = match typed.get("away_kind") {
        "duty" => AbsenceKind::Duty,
        "training" => AbsenceKind::Training,
        "other" => AbsenceKind::Other,
        _ => AbsenceKind::Leave,
    };
    let cover = typed.get("cover").parse().ok();
    let call = CreateAbsence { person: None, position: post.position, from, to, kind, cover };
    match posted.act(&call).await {
        Ok(_) => go("/uy-quyen?xong=vang-mat"),
        Err(fault) => refused(&posted, "vang-mat", &fault).await,
    }
}

/// Says that one is back from today on, or that an absence to come will not be.
pub(crate) async fn come_back(Path(id): Path<AbsenceId>, posted: Posted) -> Response<Body> {
    let to = format::read_day(posted.fields.get("back")).unwrap_or_else(|| posted.inside.visit.today());
    match posted.act(&EndAbsence { id, to }).await {
        Ok(_) => go("/uy-quyen?xong=tro-lai"),
        Err(fault) => refused(&posted, "tro-lai", &fault).await,
    }
}

async fn refused(posted: &Posted, act: &str, fault: &Fault) -> Response<Body> {
    if !matches!(fault.kind, Kind::Invalid | Kind::Conflict | Kind::Stale | Kind::Denied | Kind::Missing) {
        return no::fault(&posted.inside, fault);
    }
    let mut problems = Problems::of(fault, posted.inside.visit.words);
    for problem in &mut problems.0 {
        // The forms of the page have fields of their own for what calls name alike.
        let own = match (act, problem.field.as_str()) {
            ("vang-mat", "from") => "away_from",
            ("vang-mat", "to") => "away_to",
            ("uy-quyen", "deputy" | "permissions" | "genres" | "highest" | "from" | "to" | "reason" | "instrument") => {
                continue;
            }
            ("vang-mat", "cover") => continue,
            _ => "",
        };
        own.clone_into(&mut problem.field);
    }
    again(posted, no::status(fault.kind), act, problems).await
}

async fn again(posted: &Posted, status: StatusCode, act: &str, problems: Problems) -> Response<Body> {
    let typed = posted.fields.typed().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    deputies::page(&posted.inside, status, act, problems, typed).await
}
