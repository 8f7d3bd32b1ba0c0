//! The week: calendar, notices, what is overdue, the head's own unit; and search and help.

use axum::{
    Router,
    routing::{get, post},
};

use super::{approving, copying, help, notices, overdue, proposing, reminding, search, team, week};
use crate::shared::Portal;

/// Where these pages are.
pub(crate) fn routes() -> Router<Portal> {
    Router::new()
        .route("/thong-bao", get(notices::show))
        .route("/thong-bao/mo", post(notices::open))
        .route("/thong-bao/da-doc", post(notices::read_all))
        .route("/lich-tuan", get(week::show))
        .route("/lich-tuan/in", get(week::print))
        .route("/lich-tuan/de-nghi", get(proposing::show).post(proposing::propose))
        .route("/lich-tuan/sao-chep", get(copying::show).post(copying::copy))
        .route("/lich-tuan/duyet", get(approving::show).post(approving::approve_week))
        .route("/lich-tuan/muc/{id}/{act}", post(approving::act))
        .route("/qua-han", get(overdue::show))
        .route("/qua-han/don-doc", post(reminding::remind))
        .route("/don-vi-cua-toi", get(team::show))
        .route("/tra-cuu", get(search::show))
        .route("/tro-giup", get(help::show))
}
