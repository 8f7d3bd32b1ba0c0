//! Beginning a document that does something to another one.

use axum::{body::Body, http::Response};
use schema_documents::{DraftRelated, RelationKind};
use wire::Kind;

use super::card;
use crate::{
    kit::{problems::Problems, typed::Typed},
    no,
    screens::{outgoing::document, record},
    visit::{Posted, go},
};

/// Begins it, and goes on to its draft.
pub(crate) async fn begin(posted: Posted) -> Response<Body> {
    let typed = &posted.fields;
    let call = DraftRelated {
        office: posted.inside.who.office(),
        kind: card::kind(typed.get("kind")).unwrap_or(RelationKind::FullCopy),
        outgoing: typed.get("outgoing").parse().ok(),
        incoming: typed.get("incoming").parse().ok(),
        genre: None,
        body_code: typed.some("body_code"),
    };
    match posted.act(&call).await {
        Ok(begun) => go(&format!("/van-ban/di/{}?xong=soan", begun.id)),
        Err(fault) if matches!(fault.kind, Kind::Invalid | Kind::Conflict) => {
            let problems = Problems::of(&fault, posted.inside.visit.words);
            let (status, typed) = (no::status(fault.kind), Typed::of(typed));
            match (call.outgoing, call.incoming) {
                (Some(id), _) => {
                    let refused = document::Refused { problems, typed, ..Default::default() };
                    document::page(&posted.inside, id, status, refused).await
                }
                (None, Some(id)) => record::page(&posted.inside, id, status, problems, typed).await,
                (None, None) => no::fault(&posted.inside, &fault),
            }
        }
        Err(fault) => no::fault(&posted.inside, &fault),
    }
}
