//! What came back to the clerk, and what is sent on a day.

use axum::{Router, routing::get};

use super::{returned, send_list};
use crate::shared::Portal;

/// Where these pages are.
pub(crate) fn routes() -> Router<Portal> {
    Router::new().route("/van-ban/bi-tra", get(returned::show)).route("/van-ban/di/ban-gui", get(send_list::show))
}
