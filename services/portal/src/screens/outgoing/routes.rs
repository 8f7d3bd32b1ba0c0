//! What is decided upon what came in, and what goes out: drafts, numbers, sending.

use axum::{
    Router,
    routing::{get, post},
};

use super::{acts, comparing, document, drafting, list, printed, submission, waiting};
use crate::{
    screens::deciding::{assigning, instructing, passing, pending, templates},
    shared::Portal,
};

/// Where these pages are.
pub(crate) fn routes() -> Router<Portal> {
    Router::new()
        .route("/van-ban/cho-y-kien", get(pending::show))
        .route("/van-ban/den/{id}/giao", post(assigning::assign))
        .route("/van-ban/den/{id}/trinh", post(instructing::propose))
        .route("/van-ban/den/{id}/tra-trinh", post(instructing::return_proposal))
        .route("/van-ban/den/{id}/but-phe", post(instructing::instruct))
        .route("/van-ban/den/{id}/but-phe/{instruction}", get(instructing::scan))
        .route("/van-ban/den/{id}/but-phe/{instruction}/xac-nhan", post(instructing::confirm))
        .route("/van-ban/den/{id}/but-phe/{instruction}/khong-dung", post(instructing::object))
        .route("/van-ban/den/{id}/chuyen", post(passing::pass))
        .route("/van-ban/den/{id}/nhan-lai", post(passing::take_back))
        .route("/van-ban/den/{id}/mau-chuyen", post(templates::save))
        .route("/van-ban/mau-chuyen", get(templates::show))
        .route("/van-ban/mau-chuyen/{id}/bo", post(templates::forget))
        .route("/van-ban/di", get(list::show))
        .route("/van-ban/di/cho-cap-so", get(waiting::show))
        .route("/van-ban/di/soan", get(drafting::show).post(drafting::begin))
        .route("/van-ban/di/phieu-trinh", get(submission::show).post(submission::begin))
        .route("/van-ban/di/{id}", get(document::show))
        .route("/van-ban/di/{id}/so-sanh", get(comparing::show))
        .route("/van-ban/di/{id}/ban-in", get(printed::show))
        .route("/van-ban/di/{id}/tep/{file}", get(document::file))
        .route("/van-ban/di/{id}/ban-moi", post(acts::redraft))
        .route("/van-ban/di/{id}/noi-nhan", post(acts::address))
        .route("/van-ban/di/{id}/cap-so", post(acts::issue))
        .route("/van-ban/di/{id}/huy", post(acts::void))
}
