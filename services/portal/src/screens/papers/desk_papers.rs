//! The papers of the clerk's desk as PDF, handed out by the door: arrival stamp, routing slip, pages of a register.

use axum::{body::Body, extract::Path, http::Response};
use wire::id::{IncomingId, RegisterId};

use crate::{hand_in, visit::Inside};

/// The page with the arrival stamp.
pub(crate) async fn stamp(Path(id): Path<IncomingId>, inside: Inside) -> Response<Body> {
    hand_in::out(&format!("/api/v1/incoming-documents/{id}/arrival-stamp"), &inside.who.token, true)
}

/// The routing slip.
pub(crate) async fn slip(Path(id): Path<IncomingId>, inside: Inside) -> Response<Body> {
    hand_in::out(&format!("/api/v1/incoming-documents/{id}/routing-slip"), &inside.who.token, true)
}

/// Pages of a register, from one number to another where they are given; what is no number is left out.
pub(crate) async fn book(Path(id): Path<RegisterId>, inside: Inside) -> Response<Body> {
    let given = |field: &str| inside.visit.query.get(field).parse::<i64>().ok();
    let bounds = [("from", given("tu-so")), ("until", given("den-so"))];
    let bounds: Vec<String> =
        bounds.into_iter().filter_map(|(name, number)| Some(format!("{name}={}", number?))).collect();
    hand_in::out(&format!("/api/v1/registers/{id}/print?{}", bounds.join("&")), &inside.who.token, true)
}
