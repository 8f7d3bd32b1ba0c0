//! G8: the acts on one's own account: password, authenticator app, recovery codes, sessions.

use askama::Template;
use axum::{
    body::Body,
    extract::Path,
    http::{Response, StatusCode, header},
};
use schema_identity::{
    AddPasskey, BeginPasskey, BeginTotp, ChangeOwnPassword, ConfirmTotp, EndMyOtherSessions, EndMySession, Hidden,
    NameMySession, RemovePasskey, RemoveTotp, RenewRecoveryCodes, SignOutEverywhere, WebAuthnJson,
};
use wire::{Fault, Kind};

use super::{
    enrolling::{self, App},
    security,
};
use crate::{
    kit::problems::Problems,
    no,
    page::{Page, Place},
    session::forgetting,
    visit::{Posted, go},
};

/// Recovery codes, shown this once.
#[derive(Template)]
#[template(path = "account/recovery_codes.html")]
struct Codes {
    p: Page,
    codes: Vec<String>,
}

/// A new passkey: what the browser is asked, and what to call it.
#[derive(Template)]
#[template(path = "account/new_passkey.html")]
struct NewPasskey {
    p: Page,
    options: String,
}

/// Does what one of the forms is for.
pub(crate) async fn act(Path(act): Path<String>, posted: Posted) -> Response<Body> {
    let typed = &posted.fields;
    let done = match act.as_str() {
        "mat-khau" => return change_password(&posted).await,
        "ung-dung" => {
            return match posted.act(&BeginTotp {}).await {
                Ok(begun) => enrolling::page(&posted.inside, &App { secret: begun.secret.0, otpauth: begun.otpauth.0 }),
                Err(fault) => refused(&posted, &act, &fault).await,
            };
        }
        "xac-nhan-ung-dung" => return confirm_app(&posted).await,
        "ma-khoi-phuc" => {
            return match posted.act(&RenewRecoveryCodes {}).await {
                Ok(made) => codes(&posted, made.recovery_codes),
                Err(fault) => refused(&posted, &act, &fault).await,
            };
        }
        "khoa-moi" => return begin_passkey(&posted).await,
        "them-khoa" => return add_passkey(&posted).await,
        "dang-xuat-moi-noi" => return sign_out_everywhere(&posted).await,
        "go-ung-dung" => posted.act(&RemoveTotp {}).await.map(drop),
        "go-khoa" => match typed.get("id").parse() {
            Ok(id) => posted.act(&RemovePasskey { id }).await.map(drop),
            Err(_) => return no::nowhere(posted.inside.visit).await,
        },
        "ten-may" => match typed.get("id").parse() {
            Ok(id) => posted.act(&NameMySession { id, device: typed.get("device").to_owned() }).await.map(drop),
            Err(_) => return no::nowhere(posted.inside.visit).await,
        },
        "ket-thuc" => match typed.get("id").parse() {
            Ok(id) => posted.act(&EndMySession { id }).await.map(drop),
            Err(_) => return no::nowhere(posted.inside.visit).await,
        },
        "ket-thuc-khac" => posted.act(&EndMyOtherSessions {}).await.map(drop),
        _ => return no::nowhere(posted.inside.visit).await,
    };
    match done {
        Ok(()) => go(&format!("/ca-nhan/bao-mat?xong={act}")),
        Err(fault) => refused(&posted, &act, &fault).await,
    }
}

/// The page again, with what was refused; or a page that says no.
async fn refused(posted: &Posted, act: &str, fault: &Fault) -> Response<Body> {
    if matches!(fault.kind, Kind::Invalid | Kind::Conflict | Kind::Stale | Kind::Denied | Kind::Missing | Kind::Limited)
    {
        let mut problems = Problems::of(fault, posted.inside.visit.words);
        // The service speaks of `password`; the field here is that of the new one.
        for problem in &mut problems.0 {
            if act == "mat-khau" && problem.field == "password" {
                "new_password".clone_into(&mut problem.field);
            }
        }
        return security::page(&posted.inside, no::status(fault.kind), act, problems).await;
    }
    no::fault(&posted.inside, fault)
}

async fn change_password(posted: &Posted) -> Response<Body> {
    let (typed, w) = (&posted.fields, posted.inside.visit.words);
    let mut problems = Problems::default();
    for (field, key) in [("current_password", "password-missing"), ("new_password", "account-new-missing")] {
        if typed.raw(field).is_empty() {
            problems.add(field, w.t(key));
        }
    }
    if typed.raw("new_password") != typed.raw("new_password_again") {
        problems.add("new_password_again", w.t("account-new-differs"));
    }
    if problems.any() {
        return security::page(&posted.inside, StatusCode::UNPROCESSABLE_ENTITY, "mat-khau", problems).await;
    }
    let call = ChangeOwnPassword {
        current_password: Hidden::from(typed.raw("current_password")),
        new_password: Hidden::from(typed.raw("new_password")),
    };
    match posted.act(&call).await {
        Ok(_) => go("/ca-nhan/bao-mat?xong=mat-khau"),
        Err(fault) => refused(posted, "mat-khau", &fault).await,
    }
}

async fn confirm_app(posted: &Posted) -> Response<Body> {
    let (typed, w) = (&posted.fields, posted.inside.visit.words);
    let code: String = typed.get("code").chars().filter(|letter| !letter.is_whitespace()).collect();
    match posted.act(&ConfirmTotp { code: Hidden(code) }).await {
        Ok(added) if added.recovery_codes.is_empty() => go("/ca-nhan/bao-mat?xong=xac-nhan-ung-dung"),
        Ok(added) => codes(posted, added.recovery_codes),
        Err(fault) if matches!(fault.kind, Kind::Invalid | Kind::Limited) => match App::typed(typed) {
            Some(app) => {
                let mut problems = Problems::default();
                problems.add("code", crate::asking::capital(fault.sentence(w.0)));
                enrolling::again(&posted.inside, no::status(fault.kind), &app, problems)
            }
            None => refused(posted, "ung-dung", &fault).await,
        },
        Err(fault) => refused(posted, "ung-dung", &fault).await,
    }
}

fn codes(posted: &Posted, made: Vec<Hidden>) -> Response<Body> {
    let visit = &posted.inside.visit;
    let page = Page::inside(&posted.inside, &visit.words.t("account-codes"), Place::Own);
    let codes = made.into_iter().map(|Hidden(code)| code).collect();
    visit.html(StatusCode::OK, &Codes { p: page, codes })
}

async fn begin_passkey(posted: &Posted) -> Response<Body> {
    let visit = &posted.inside.visit;
    match posted.act(&BeginPasskey {}).await {
        Ok(asked) => {
            let page = Page::inside(&posted.inside, &visit.words.t("account-new-passkey"), Place::Own);
            let options = serde_json::to_string(&asked.options).unwrap_or_default();
            visit.html(StatusCode::OK, &NewPasskey { p: page, options })
        }
        Err(fault) => refused(posted, "khoa-moi", &fault).await,
    }
}

async fn add_passkey(posted: &Posted) -> Response<Body> {
    let typed = &posted.fields;
    let credential: WebAuthnJson = serde_json::from_str(typed.get("_passkey")).unwrap_or_default();
    let call = AddPasskey { name: typed.get("name").to_owned(), credential };
    match posted.act(&call).await {
        Ok(added) if added.recovery_codes.is_empty() => go("/ca-nhan/bao-mat?xong=them-khoa"),
        Ok(added) => codes(posted, added.recovery_codes),
        Err(fault) => refused(posted, "khoa-moi", &fault).await,
    }
}

/// Ends every session, this one too.
async fn sign_out_everywhere(posted: &Posted) -> Response<Body> {
    let ended = posted.act(&SignOutEverywhere {}).await;
    let visit = &posted.inside.visit;
    if let Some(secret) = &visit.secret {
        visit.portal.sessions.forget(secret);
    }
    if let Err(fault) = ended {
        return no::fault(&posted.inside, &fault);
    }
    let mut response = go("/dang-nhap");
    response.headers_mut().insert(header::SET_COOKIE, forgetting());
    response
}
