//! V6: the way of the paper: to a desk, and back to the clerk.

use axum::{body::Body, extract::Path, http::Response};
use schema_documents::{PassIncoming, ReturnIncoming};
use wire::id::IncomingId;

use crate::{
    screens::record::{after, incomplete},
    visit::Posted,
};

/// Passes the paper to a desk.
pub(crate) async fn pass(Path(id): Path<IncomingId>, posted: Posted) -> Response<Body> {
    let Ok(unit) = posted.fields.get("pass_unit").parse() else {
        return incomplete(&posted, id, "pass_unit", "outgoing-pass-missing").await;
    };
    let call = PassIncoming { id, unit, position: None, note: posted.fields.some("pass_note") };
    let acted = posted.act(&call).await;
    after(&posted, id, "chuyen", acted, &[("unit", "pass_unit"), ("note", "pass_note")]).await
}

/// Takes the paper back from the desk where it lies.
pub(crate) async fn take_back(Path(id): Path<IncomingId>, posted: Posted) -> Response<Body> {
    let acted = posted.act(&ReturnIncoming { id, note: posted.fields.some("back_note") }).await;
    after(&posted, id, "nhan-lai", acted, &[("note", "back_note")]).await
}
