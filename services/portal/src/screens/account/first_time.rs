//! G1: taking an account into use: the code from an administrator, then a name and a password of one's own.

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use schema_identity::{Enrol, Hidden};

use crate::{
    fields::Fields,
    kit::problems::Problems,
    no,
    page::Page,
    screens::sign_in::ask,
    visit::{Visit, go},
};

/// The hidden field by which this form is known among those that strangers send.
pub(crate) const MARK: &str = "lan-dau";

#[derive(Template)]
#[template(path = "account/first_time.html")]
struct Show {
    p: Page,
    username: String,
    problems: Problems,
}

/// The form.
pub(crate) async fn show(visit: Visit) -> Response<Body> {
    page(&visit, StatusCode::OK, String::new(), Problems::default())
}

fn page(visit: &Visit, status: StatusCode, username: String, problems: Problems) -> Response<Body> {
    let title = visit.words.t("account-first-title");
    let title = if problems.any() { visit.words.with("problem-title", &[("title", &title)]) } else { title };
    visit.html(status, &Show { p: Page::outside(visit, &title), username, problems })
}

/// Gives the account its name and password. Whoever did so signs in with them, as from then on.
pub(crate) async fn enrol(visit: &Visit, typed: &Fields) -> Response<Body> {
    let (w, username) = (visit.words, typed.get("username").to_owned());
    let mut problems = Problems::default();
    let wanted =
        [("code", "account-code-missing"), ("username", "username-missing"), ("password", "account-new-missing")];
    for (field, key) in wanted {
        if typed.raw(field).is_empty() {
            problems.add(field, w.t(key));
        }
    }
    if typed.raw("password") != typed.raw("password_again") {
        problems.add("password_again", w.t("account-new-differs"));
    }
    if problems.any() {
        return page(visit, StatusCode::UNPROCESSABLE_ENTITY, username, problems);
    }
    let call = Enrol {
        code: Hidden::from(typed.get("code")),
        username: username.clone(),
        password: Hidden::from(typed.raw("password")),
    };
    match ask(visit, None, &call).await {
        Ok(_) => go("/dang-nhap?da-nhan=1"),
        Err(fault) => page(visit, no::status(fault.kind), username, Problems::of(&fault, w)),
    }
}
