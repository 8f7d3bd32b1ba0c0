//! Connecting to a NATS server: keys and certificates, the refusal of unsafe servers, reconnecting for ever.

use std::{
    fmt,
    sync::{Arc, Mutex},
    time::Duration,
};

use async_nats::{ConnectOptions, Event, ServerAddr, jetstream};
use tokio::{sync::Notify, time::Instant};

use crate::{
    NatsSettings,
    call::check_name,
    local::lock,
    nats::{Nats, chain},
    safety,
};

/// How many messages may wait in this process for a subscription before the next is dropped and logged.
const SUBSCRIPTION_CAPACITY: usize = 4096;
/// How long the broker may take to acknowledge a message or an administrator's act.
const BROKER_TIMEOUT: Duration = Duration::from_secs(5);
/// How often a silent connection is tried; the second ping without an answer ends it.
const PING_EVERY: Duration = Duration::from_secs(10);
/// The pause between two attempts to reconnect grows by this much each time, up to the longest.
const RECONNECT_STEP: Duration = Duration::from_millis(50);
const RECONNECT_PAUSE: Duration = Duration::from_secs(2);
/// The pause between two reports of a slow reader.
const SLOW_REPORTS: Duration = Duration::from_secs(10);

/// Why there is no connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConnectError {
    /// The server can be reached, yet nothing may be entrusted to it; the text says what to change.
    Unsafe(String),
    /// The server cannot be reached, or refuses us.
    Away(String),
    /// The settings cannot be used.
    Settings(String),
}

impl fmt::Display for ConnectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsafe(text) => write!(f, "the NATS server is not safe to use: {text}"),
            Self::Away(text) => write!(f, "the NATS server cannot be reached: {text}"),
            Self::Settings(text) => write!(f, "the settings of NATS cannot be used: {text}"),
        }
    }
}

impl std::error::Error for ConnectError {}

impl Nats {
    pub(crate) async fn connect(settings: &NatsSettings, service: &str) -> Result<Self, ConnectError> {
        check_name(service).map_err(|error| ConnectError::Settings(error.to_string()))?;
        let changed = Arc::new(Notify::new());
        let reporter = Reporter { changed: changed.clone(), slow_told: Mutex::default() };
        let options = options(settings)?
            .name(service)
            .custom_inbox_prefix(format!("_INBOX_{service}"))
            .subscription_capacity(SUBSCRIPTION_CAPACITY)
            .ping_interval(PING_EVERY)
            .reconnect_delay_callback(|attempts| {
                RECONNECT_PAUSE.min(RECONNECT_STEP.saturating_mul(u32::try_from(attempts).unwrap_or(u32::MAX)))
            })
            .event_callback(move |event| {
                reporter.report(&event);
                std::future::ready(())
            });
        let client = options
            .connect(addresses(&settings.urls)?)
            .await
            .map_err(|error| ConnectError::Away(format!("{}: {}", settings.urls.join(", "), chain(&error))))?;
        safety::check(&client.server_info(), &settings.monitor).await?;
        let jetstream = jetstream::ContextBuilder::new().timeout(BROKER_TIMEOUT).build(client.clone());
        Ok(Self::new(client, jetstream, changed))
    }
}

fn options(settings: &NatsSettings) -> Result<ConnectOptions, ConnectError> {
    let mut options = ConnectOptions::new();
    if let Some(path) = &settings.nkey_seed_file {
        options = options.nkey(safety::read_secret(path)?.trim().to_owned());
    }
    if let Some(path) = &settings.credentials_file {
        options = options
            .credentials(&safety::read_secret(path)?)
            .map_err(|error| ConnectError::Settings(format!("`{}`: {error}", path.display())))?;
    }
    if let Some(path) = &settings.ca_file {
        options = options.add_root_certificates(path.clone()).require_tls(true);
    }
    match (&settings.cert_file, &settings.key_file) {
        (Some(cert), Some(key)) => {
            safety::read_secret(key)?;
            options = options.add_client_certificate(cert.clone(), key.clone());
        }
        (None, None) => {}
        _ => {
            return Err(ConnectError::Settings("`cert_file` and `key_file` go together: give both or none".to_owned()));
        }
    }
    Ok(options)
}

fn addresses(urls: &[String]) -> Result<Vec<ServerAddr>, ConnectError> {
    if urls.is_empty() {
        return Err(ConnectError::Settings(
            "`urls` is empty: name a server such as `nats://127.0.0.1:4222`".to_owned(),
        ));
    }
    let address = |url: &String| {
        let address: ServerAddr =
            url.parse().map_err(|error| ConnectError::Settings(format!("`{url}` is no server: {error}")))?;
        if address.has_user_pass() {
            return Err(ConnectError::Settings(
                "a server in `urls` has a password in it: take it out and use `nkey_seed_file`".to_owned(),
            ));
        }
        Ok(address)
    };
    urls.iter().map(address).collect()
}

/// Tells the operator what only the connection learns: a message that permissions forbid, or a reader too slow for its
/// messages, would otherwise look like silence.
struct Reporter {
    changed: Arc<Notify>,
    /// When slowness was last reported; the client says it once for each message it drops.
    slow_told: Mutex<Option<Instant>>,
}

impl Reporter {
    fn report(&self, event: &Event) {
        self.changed.notify_waiters();
        match event {
            Event::Connected => tracing::info!("connected to NATS"),
            Event::Disconnected | Event::Closed => tracing::warn!("disconnected from NATS"),
            Event::ServerError(_) => tracing::error!(%event, "NATS reports an error"),
            Event::SlowConsumer(_) => {
                let mut told = lock(&self.slow_told);
                if told.is_none_or(|told| told.elapsed() > SLOW_REPORTS) {
                    *told = Some(Instant::now());
                    tracing::error!(%event, "a subscription is too slow; messages are being dropped");
                }
            }
            Event::LameDuckMode | Event::Draining => tracing::warn!(%event, "NATS reports"),
            // One for each failed attempt to reconnect.
            Event::ClientError(_) => tracing::debug!(%event, "NATS reports"),
        }
    }
}
