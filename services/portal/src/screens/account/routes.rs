//! One's own account: devices, second factors, who acts for whom.

use axum::{
    Router,
    routing::{get, post},
};

use super::{deputies, first_time, handing, imports, lending, security, security_acts, step_up};
use crate::{
    screens::{handed_in::directory, own},
    shared::Portal,
};

/// Where these pages are.
pub(crate) fn routes() -> Router<Portal> {
    Router::new()
        .route("/dang-nhap/lan-dau", get(first_time::show))
        .route("/xac-nhan", get(step_up::show).post(step_up::prove))
        .route("/ca-nhan/noi-lam-viec", post(own::choose_post))
        .route("/ca-nhan/bao-mat", get(security::show))
        .route("/ca-nhan/bao-mat/{act}", post(security_acts::act))
        .route("/uy-quyen", get(deputies::show).post(lending::lend))
        .route("/uy-quyen/{id}/thu-hoi", post(lending::take_back))
        .route("/uy-quyen/vang-mat", post(lending::leave))
        .route("/uy-quyen/vang-mat/{id}/tro-lai", post(lending::come_back))
        .route("/ban-giao/moi", get(handing::show_new).post(handing::draw_up))
        .route("/ban-giao/{id}", get(handing::show))
        .route("/ban-giao/{id}/ky", post(handing::sign))
        .route("/nhap-danh-ba", get(imports::show).post(directory::begin))
        .route("/nhap-danh-ba/{id}", get(imports::show_one))
        .route("/nhap-danh-ba/{id}/ap-dung", post(imports::apply))
        .route("/nhap-danh-ba/{id}/hoan-tac", post(imports::undo))
}
