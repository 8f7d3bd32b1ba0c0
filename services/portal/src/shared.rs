//! What all requests share.

use std::sync::Arc;

use bus::Bus;
use runtime::Clock;
use tokio::sync::watch;

use crate::{Settings, badges::Kept, changes::Changes, live::Streams, session::Sessions, sights::Sights};

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
    /// What changes while pages are open.
    pub(crate) changes: Changes,
    /// The streams of open pages.
    pub(crate) streams: Streams,
    /// The numbers beside the menu.
    pub(crate) badges: Kept,
    /// What is seen of browsers.
    pub(crate) sights: Sights,
    /// Whether the portal ends.
    pub(crate) ended: watch::Receiver<bool>,
}

/// As handlers have it.
pub(crate) type Portal = Arc<Shared>;
