//! Taking mail in at once, and answering what a message asks.

use axum::{body::Body, extract::Path, http::Response};
use schema_documents::{AnswerMail, CollectMail, GetMail};
use wire::{Kind, id::MailId};

use super::connections;
use crate::{
    kit::problems::Problems,
    no,
    visit::{Posted, go},
};

/// Looks into the folder at once.
pub(crate) async fn collect(posted: Posted) -> Response<Body> {
    match posted.act(&CollectMail { office: posted.inside.who.office() }).await {
        Ok(found) => {
            let count = |number: u32| number.to_string();
            go(&format!("/van-ban/ket-noi?xong=lay&nhan={}&lap={}", count(found.taken), count(found.repeated)))
        }
        Err(fault) => no::fault(&posted.inside, &fault),
    }
}

/// Answers what a message asks.
pub(crate) async fn answer(Path(id): Path<MailId>, posted: Posted) -> Response<Body> {
    let agree = posted.fields.get("agree") == "1";
    let mail = match posted.inside.need(&GetMail { id }).await {
        Ok(mail) => mail,
        Err(response) => return response,
    };
    match posted.act(&AnswerMail { id, agree, reason: posted.fields.some("reason") }).await {
        Ok(mail) => match mail.incoming {
            Some(document) => go(&format!("/van-ban/den/{document}")),
            None => go("/van-ban/ket-noi"),
        },
        Err(fault) if matches!(fault.kind, Kind::Invalid | Kind::Conflict | Kind::Stale) => {
            let problems = Problems::of(&fault, posted.inside.visit.words);
            connections::page(&posted.inside, no::status(fault.kind), problems, mail.intake).await
        }
        Err(fault) => no::fault(&posted.inside, &fault),
    }
}
