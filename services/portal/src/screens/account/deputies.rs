//! G9: who stands in for me, for whom I stand in, when I am away, and posts that are handed over.

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};

use super::standing::{Candidate, Line, Standing, of_absence, of_delegation, of_handover, power};
use crate::{
    asking::Part,
    kit::problems::Problems,
    page::{Page, Place},
    visit::{Inside, go},
};

/// What somebody typed into a form that was refused.
pub(crate) type Typed = Vec<(String, String)>;

#[derive(Template)]
#[template(path = "account/deputies.html")]
struct Deputies {
    p: Page,
    title: String,
    lent: Part<Vec<Line>>,
    borrowed: Part<Vec<Line>>,
    absences: Part<Vec<Line>>,
    handovers: Part<Vec<Line>>,
    candidates: Part<Vec<Candidate>>,
    /// What can be lent: the permission, and what it is in words.
    powers: Vec<(String, String)>,
    /// Delegations in force that may cover an absence.
    covers: Vec<(String, String)>,
    /// The act whose form was refused.
    wrong: String,
    problems: Problems,
    typed: Typed,
}

impl Deputies {
    fn kept(&self, field: &str) -> &str {
        self.typed.iter().find(|(name, _)| name == field).map_or("", |(_, value)| value.as_str())
    }

    fn has(&self, field: &str, value: &str) -> bool {
        self.typed.iter().any(|(name, held)| name == field && held == value)
    }
}

/// The page.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    page(&inside, StatusCode::OK, "", Problems::default(), Typed::new()).await
}

/// The page, with what is wrong with one of its forms.
pub(crate) async fn page(
    inside: &Inside,
    status: StatusCode,
    wrong: &str,
    problems: Problems,
    typed: Typed,
) -> Response<Body> {
    let Some(post) = inside.who.post() else { return go("/ca-nhan") };
    let (w, today, me) = (inside.visit.words, inside.visit.today(), inside.who.me.person.id);
    let standing = Standing::of(inside, post).await;
    let title = w.t("account-menu-deputies");
    let heading = if problems.any() { w.with("problem-title", &[("title", &title)]) } else { title };
    let mut page = Page::inside(inside, &heading, Place::Deputies);
    page.done = match inside.visit.query.get("xong") {
        "uy-quyen" => Some(w.t("account-done-lent")),
        "thu-hoi" => Some(w.t("account-done-taken-back")),
        "vang-mat" => Some(w.t("account-done-away")),
        "tro-lai" => Some(w.t("account-done-back")),
        _ => None,
    };
    let delegations = |part: &Part<Vec<schema_identity::Delegation>>, mine: bool| {
        part.clone().map(|all| all.iter().rev().map(|one| of_delegation(one, &standing, mine, today, w)).collect())
    };
    let (lent, borrowed): (Part<Vec<Line>>, Part<Vec<Line>>) =
        (delegations(&standing.lent, true), delegations(&standing.borrowed, false));
    let open = lent.here().into_iter().flatten().filter(|line| line.open);
    let covers = open.map(|line| (line.id.clone(), line.name.clone())).collect();
    let absences = standing.absences.clone();
    let handovers = standing.handovers.clone();
    let view = Deputies {
        p: page,
        title: post.title.clone(),
        lent,
        borrowed,
        absences: absences.map(|all| all.iter().rev().map(|one| of_absence(one, &standing, today, w)).collect()),
        handovers: handovers.map(|all| all.iter().rev().map(|one| of_handover(one, &standing, me, w)).collect()),
        powers: post.permissions.iter().filter_map(|name| Some((name.clone(), power(name, w)?))).collect(),
        covers,
        candidates: standing.candidates,
        wrong: wrong.to_owned(),
        problems,
        typed,
    };
    inside.visit.html(status, &view)
}
