//! Opening the portal and shutting it.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use anyhow::Context as _;
use axum::{
    Router,
    routing::{get, post},
};
use bus::Bus;
use runtime::{Clock, Life};
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

use crate::{
    Settings, assets,
    badges::Kept,
    changes::{self, Changes},
    hand_in,
    live::{self, Streams},
    no, screens,
    session::Sessions,
    shared::{Portal, Shared},
    sights::Sights,
};

/// How long running requests may take to end after the wish to stop.
const PATIENCE: Duration = Duration::from_secs(15);

/// The open portal.
pub struct Open {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    serving: JoinHandle<()>,
}

impl Open {
    /// Where it listens; the port is the real one when the settings asked for port 0.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Takes no new requests, and lets those that run end within 15 seconds.
    pub async fn stop(self) {
        let _ = self.stop.send(true);
        if tokio::time::timeout(PATIENCE, self.serving).await.is_err() {
            tracing::warn!("some pages did not end in time");
        }
    }
}

/// Opens the portal. It shuts when the process is asked to stop, or by [`Open::stop`].
///
/// # Errors
/// When the address cannot be listened on.
pub async fn start(bus: Bus, clock: Clock, life: &Life, settings: Settings) -> anyhow::Result<Open> {
    let listener = TcpListener::bind(settings.listen)
        .await
        .with_context(|| format!("listening on `{}` (setting `portal.listen`)", settings.listen))?;
    let address = listener.local_addr()?;
    let (stop, mut stopped) = watch::channel(false);
    let (end, ended) = watch::channel(false);
    let portal: Portal = Arc::new(Shared {
        bus,
        clock,
        settings,
        sessions: Sessions::default(),
        changes: Changes::new(),
        streams: Streams::default(),
        badges: Kept::default(),
        sights: Sights::default(),
        ended,
    });
    changes::hear(&portal, life);
    let stopping = life.stopping();
    let ending = async move {
        tokio::select! {
            () = stopping => {}
            _ = stopped.wait_for(|stop| *stop) => {}
        }
        // Streams of open pages end only when they are told.
        let _ = end.send(true);
    };
    let serving = tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, routes(portal)).with_graceful_shutdown(ending).await {
            tracing::error!(error = %error, "the portal stopped serving");
        }
    });
    tracing::info!(address = %address, "the portal is open");
    Ok(Open { address, stop, serving })
}

fn routes(portal: Portal) -> Router {
    use screens::{
        assignment, book, book_print, desk, gallery, incoming, jobs, own, record, registering, sign_in, work,
    };
    let shows_gallery = portal.settings.gallery;
    let router = Router::new()
        .route("/", get(own::front))
        .route("/dang-nhap", get(sign_in::show).post(sign_in::sign_in))
        .route("/dang-xuat", post(sign_in::sign_out))
        .route("/ca-nhan", get(own::show).post(own::change))
        .route("/van-ban/den", get(incoming::show).post(registering::register))
        .route("/van-ban/den/{id}", get(record::show))
        .route("/van-ban/den/{id}/tep/{file}", get(record::file))
        .route("/van-ban/den/{id}/xu-ly", post(record::dispose))
        .route("/van-ban/den/{id}/huy", post(record::void))
        .route("/van-ban/den/{id}/da-doc", post(record::mark_read))
        .route("/van-ban/so", get(book::show))
        .route("/van-ban/so/{id}", get(book::show_one))
        .route("/van-ban/so/{id}/in", get(book_print::print))
        .route("/viec", get(work::show))
        .route("/viec/{id}", get(assignment::show))
        .route("/viec/{id}/{act}", post(assignment::act))
        .route("/ban-lam-viec", get(desk::show))
        .route("/tac-vu", get(jobs::show))
        .route("/tai-nguyen/{name}", get(assets::hand_out))
        .route("/song", get(alive))
        .route("/song-dong", get(live::open))
        .fallback(no::nowhere);
    let router = router
        .merge(screens::account::routes::routes())
        .merge(screens::admin::routes::routes())
        .merge(screens::calendar::routes::routes())
        .merge(screens::handed_in::routes::routes())
        .merge(screens::papers::routes::routes())
        .merge(screens::signing::routes::routes())
        .merge(screens::sending::routes::routes())
        .merge(screens::relating::routes::routes())
        .merge(screens::reviewing::routes::routes())
        .merge(screens::desk_books::routes::routes())
        .merge(screens::intake::routes::routes())
        .merge(screens::mail::routes::routes())
        .merge(screens::dossiers::routes::routes())
        .merge(screens::outgoing::routes::routes())
        .merge(screens::watching::routes::routes());
    let router = router.layer(axum::middleware::from_fn_with_state(Portal::clone(&portal), hand_in::ask));
    let router = if shows_gallery { router.route("/thu-vien", get(gallery::show)) } else { router };
    router.with_state(portal)
}

/// Whether the portal runs, for whoever looks after it.
async fn alive() -> &'static str {
    "ok"
}
