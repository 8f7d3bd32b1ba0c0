//! Starting the door, accepting connections, and shutting it without dropping what runs.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use anyhow::Context as _;
use arc_swap::ArcSwap;
use auth::Signer;
use axum::http::{Extensions, HeaderMap, StatusCode, Version};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto,
    service::TowerToHyperService,
};
use service::Platform;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    time::Instant as Tick,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tower::Layer as _;
use tower_http::compression::{CompressionLayer, Predicate as _, predicate::SizeAbove};

use crate::{
    Settings,
    activity::Activity,
    discovery::Discovery,
    gate::Gate,
    hints::Hints,
    limits::{Limits, neighbourhood},
    observe::{Answering, compressible},
    owners::Owners,
    pages::Pages,
    slots::{Slot, Slots},
    staged::Budget,
    table::Table,
    taking,
    tls::Tls,
};

/// How long running requests may take to end after the wish to stop.
const PATIENCE: Duration = Duration::from_secs(15);
/// How long a peer may take for a handshake, for the headers of a request, and to begin the first one.
const HEADER_TIME: Duration = Duration::from_secs(30);
/// How long a connection that is to end may take for its last words.
const FAREWELL: Duration = Duration::from_secs(2);
/// Room for the longest address and the largest headers, and a little more, so that we say ourselves what was too much.
const HEADER_BUFFER: usize = 32 * 1024;
/// What is read of a body at once, at most: a file of two gigabytes comes in thousands of pieces, not in tens of
/// thousands. The buffer grows to this only while a connection fills it.
const BODY_BUFFER: usize = 256 * 1024;
/// Smaller texts fit into one packet as they are, in bytes.
const COMPRESSED_ABOVE: u64 = 1024;
/// Pictures whose parts are looked for at once.
const PICTURES: usize = 4;
/// Requests at once on one HTTP/2 connection.
const STREAMS: u32 = 100;

/// The open door.
pub struct Door {
    address: SocketAddr,
    gate: Arc<Gate>,
    connections: TaskTracker,
    cut: CancellationToken,
}

impl Door {
    /// Where it listens; the port is the real one when the settings asked for port 0.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What clients write before the path, such as `http://localhost:8080`.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.gate.origin
    }

    /// Takes no new connections, lets running requests finish within 15 seconds, then cuts what is left.
    pub async fn stop(self) {
        self.gate.stop.cancel();
        self.connections.close();
        if tokio::time::timeout(PATIENCE, self.connections.wait()).await.is_err() {
            tracing::warn!(count = self.connections.len(), "some requests did not end in time");
            self.cut.cancel();
            self.connections.wait().await;
        }
    }
}

/// Opens the door: makes certificates where needed, asks the services once for their contracts, listens. It shuts when
/// the process is asked to stop, or by [`Door::stop`].
///
/// # Errors
/// When the settings are not sound, or the address cannot be listened on.
pub async fn start(platform: &Platform, signer: Signer, settings: Settings) -> anyhow::Result<Door> {
    let owners = Owners::load(settings.routes_file.as_deref())?;
    let listener = TcpListener::bind(settings.listen)
        .await
        .with_context(|| format!("listening on `{}` (setting `gateway.listen`)", settings.listen))?;
    let address = listener.local_addr()?;
    let origin = settings.origin(address)?;
    let tls = Tls::prepare(&settings, &origin, address, platform)?;
    let gate = Arc::new(Gate {
        owners,
        table: ArcSwap::from_pointee(Table::default()),
        limits: Limits::new(&settings.limits),
        pages: settings.portal.as_deref().map(Pages::at).transpose()?,
        uploads: Slots::new(settings.limits.uploads_at_once),
        staged: Budget::new(settings.limits.staged_bytes),
        pictures: Semaphore::new(PICTURES),
        streams: Slots::new(settings.limits.streams_at_once),
        connections: Slots::new(settings.limits.connections_of_address),
        hints: Hints::new(),
        certificate: tls.as_ref().map(|tls| Arc::clone(&tls.shown)),
        office_ca: tls.as_ref().and_then(|tls| tls.root.clone()),
        stop: CancellationToken::new(),
        platform: service::measured(platform),
        signer: Arc::new(signer),
        settings,
        origin,
    });
    let mut discovery = Discovery::begin(Arc::clone(&gate)).await;
    discovery.round().await;
    background(&gate, discovery, tls.as_ref()).await?;
    let door =
        Door { address, gate: Arc::clone(&gate), connections: TaskTracker::new(), cut: CancellationToken::new() };
    let (connections, cut) = (door.connections.clone(), door.cut.clone());
    platform.life.spawn("gateway door", accept(gate, listener, tls, connections, cut));
    tracing::info!(address = %address, "the door is open");
    Ok(door)
}

async fn background(gate: &Arc<Gate>, discovery: Discovery, tls: Option<&Tls>) -> anyhow::Result<()> {
    let life = &gate.platform.life;
    for publisher in gate.owners.services() {
        let watch = gate.platform.bus.watch(publisher).await?;
        life.spawn("gateway hints", crate::hints::follow(Arc::clone(gate), publisher.clone(), watch));
    }
    life.spawn("gateway discovery", discovery.run());
    life.spawn("gateway upkeep", upkeep(Arc::clone(gate)));
    if let Some(renewal) = tls.and_then(|tls| tls.renewal.clone()) {
        life.spawn("gateway certificate", renewal.run(gate.platform.clock.clone(), gate.stop.clone()));
    }
    let (stopping, stop) = (life.stopping(), gate.stop.clone());
    life.spawn("gateway stop", async move {
        tokio::select! {
            () = stopping => stop.cancel(),
            () = stop.cancelled() => {}
        }
    });
    Ok(())
}

/// Sweeps what time has made worthless: expired uploads each hour, recovered limits each minute.
async fn upkeep(gate: Arc<Gate>) {
    let mut minutes = tokio::time::interval(Duration::from_secs(60));
    let mut minute = 0_u64;
    loop {
        tokio::select! {
            () = gate.stop.cancelled() => return,
            _ = minutes.tick() => {}
        }
        gate.limits.sweep();
        gate.staged.sweep(gate.platform.clock.now());
        if minute.is_multiple_of(60) {
            taking::sweep(&gate.platform).await;
        }
        minute += 1;
    }
}

async fn accept(
    gate: Arc<Gate>,
    listener: TcpListener,
    tls: Option<Tls>,
    connections: TaskTracker,
    cut: CancellationToken,
) {
    let room = Arc::new(Semaphore::new(gate.settings.limits.connections.max(1)));
    loop {
        let arrived = async {
            let place = Arc::clone(&room).acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            () = gate.stop.cancelled() => return,
            arrived = arrived => arrived,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Out of file handles, or a peer that left at once. Trying again at once would only make heat.
                tracing::warn!(error = %error, "a connection was not accepted");
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        let Some(slot) = own_share(&gate, peer) else { continue };
        let (gate, acceptor, cut) = (Arc::clone(&gate), tls.as_ref().map(|tls| tls.acceptor.clone()), cut.clone());
        connections.spawn(async move {
            let (_place, _slot) = (place, slot);
            tokio::select! {
                () = cut.cancelled() => {}
                () = connection(gate, stream, peer, acceptor) => {}
            }
        });
    }
}

/// One of the connections that an address may hold; a proxy in front of us holds those of many. Nothing when it holds
/// as many as it may.
fn own_share(gate: &Gate, peer: SocketAddr) -> Option<Slot> {
    let shared = gate.settings.proxies.contains(&peer.ip());
    let holder = if shared { peer.to_string() } else { neighbourhood(peer.ip()).to_string() };
    gate.connections.take(holder).ok()
}

async fn connection(gate: Arc<Gate>, stream: TcpStream, peer: SocketAddr, acceptor: Option<tokio_rustls::TlsAcceptor>) {
    // Answers are small and complete; waiting to fill a packet only delays them.
    let _ = stream.set_nodelay(true);
    match acceptor {
        None => converse(gate, stream, peer).await,
        Some(acceptor) => match tokio::time::timeout(HEADER_TIME, acceptor.accept(stream)).await {
            Ok(Ok(stream)) => converse(gate, stream, peer).await,
            Ok(Err(error)) => tracing::debug!(error = %error, "a handshake failed"),
            Err(_) => tracing::debug!("a handshake took too long"),
        },
    }
}

/// Speaks HTTP on a connection until it ends, until it has done nothing for too long, or until the door shuts and the
/// running requests are answered.
async fn converse<I: AsyncRead + AsyncWrite + Unpin + Send + 'static>(gate: Arc<Gate>, io: I, peer: SocketAddr) {
    let (stop, idle) = (gate.stop.clone(), Duration::from_secs(gate.settings.idle_seconds.max(1)));
    let activity = Activity::new();
    let texts = |_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions| compressible(headers);
    let compression = CompressionLayer::new().gzip(true).compress_when(SizeAbove::new(COMPRESSED_ABOVE).and(texts));
    let answering = compression.layer(Answering { gate, peer: peer.ip(), activity: activity.clone() });
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEADER_TIME).max_buf_size(BODY_BUFFER);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_header_list_size(u32::try_from(HEADER_BUFFER).unwrap_or(u32::MAX))
        .max_concurrent_streams(STREAMS)
        .keep_alive_interval(HEADER_TIME)
        .keep_alive_timeout(HEADER_TIME);
    let talk = builder.serve_connection(TokioIo::new(io), TowerToHyperService::new(answering));
    let mut talk = std::pin::pin!(talk);
    let mut listening = true;
    loop {
        // Whoever says nothing at all is caught by no time-out of HTTP/1, which begins with the first byte; and one of
        // HTTP/2 who answers our pings, or takes nothing of an answer, by none at all.
        let soon = Tick::now() + idle.min(HEADER_TIME);
        let look = activity.ends(HEADER_TIME, idle).map_or(soon, |end| end.min(soon));
        tokio::select! {
            result = talk.as_mut() => {
                if let Err(error) = result {
                    tracing::debug!(error = %error, "a connection ended");
                }
                return;
            }
            () = stop.cancelled(), if listening => {
                listening = false;
                talk.as_mut().graceful_shutdown();
            }
            () = tokio::time::sleep_until(look) => {
                if activity.ends(HEADER_TIME, idle).is_some_and(|end| end <= Tick::now()) {
                    talk.as_mut().graceful_shutdown();
                    let _ = tokio::time::timeout(FAREWELL, talk).await;
                    return;
                }
            }
        }
    }
}
