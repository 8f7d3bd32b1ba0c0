//! One's own account: devices, second factors, who acts for whom.

use axum::Router;

use crate::shared::Portal;

/// Where these pages are.
pub(crate) fn routes() -> Router<Portal> {
    Router::new()
}
