//! What administrators look after: units, people, rights, registers; and the directory of offices, open to everyone.

use axum::{
    Router,
    routing::{get, post},
};

use super::{
    bodies, directory, office, people, person, phrases, positions, profile, register, registers, roles, terms, unit,
    units, workdays,
};
use crate::shared::Portal;

/// Where these pages are.
pub(crate) fn routes() -> Router<Portal> {
    Router::new()
        .route("/danh-ba", get(directory::show))
        .route("/danh-ba/{id}", get(office::show))
        .route("/danh-ba/{id}/{act}", post(office::act))
        .route("/quan-tri/to-chuc", get(units::show))
        .route("/quan-tri/don-vi/{id}", get(unit::show))
        .route("/quan-tri/don-vi/{id}/{act}", post(unit::act))
        .route("/quan-tri/nguoi", get(people::show))
        .route("/quan-tri/nguoi/{id}", get(person::show))
        .route("/quan-tri/nguoi/{id}/{act}", post(person::act))
        .route("/quan-tri/them-nguoi/{id}/{act}", post(people::act))
        .route("/quan-tri/chuc-danh", get(positions::show))
        .route("/quan-tri/chuc-danh/{id}/{act}", post(positions::act))
        .route("/quan-tri/vai-tro", get(roles::show))
        .route("/quan-tri/vai-tro/{act}", post(roles::act))
        .route("/quan-tri/so", get(registers::show))
        .route("/quan-tri/so/{act}", post(registers::act))
        .route("/quan-tri/so-dang-ky/{id}", get(register::show))
        .route("/quan-tri/so-dang-ky/{id}/{act}", post(register::act))
        .route("/quan-tri/lich-lam-viec", get(workdays::show))
        .route("/quan-tri/lich-lam-viec/{act}", post(workdays::act))
        .route("/bieu-trung/{office}/{sha256}", get(profile::emblem))
        .route("/quan-tri/han", get(terms::show).post(terms::set))
        .route("/quan-tri/bieu-mau", get(phrases::show).post(phrases::save))
        .route("/quan-tri/bieu-mau/{id}/xem", get(phrases::preview))
        .route("/quan-tri/co-quan", get(bodies::show))
        .route("/quan-tri/co-quan/{act}", post(bodies::act))
}
