//! What all requests share.

use std::sync::Arc;

use bus::Bus;
use runtime::Clock;

use crate::{Settings, session::Sessions};

/// What all requests share.
pub(crate) struct Shared {
    /// The way to the services.
    pub(crate) bus: Bus,
    /// The one clock.
    pub(crate) clock: Clock,
    /// What the operator has set.
    pub(crate) settings: Settings,
    /// Tokens of the minute, by session.
    pub(crate) sessions: Sessions,
}

/// As handlers have it.
pub(crate) type Portal = Arc<Shared>;
