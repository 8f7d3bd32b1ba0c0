//! HTTPS: certificates from files, or from the office's own authority, renewed while we run.

use std::{net::SocketAddr, path::Path, sync::Arc, time::Duration};

use anyhow::Context as _;
use arc_swap::ArcSwap;
use runtime::Clock;
use rustls::{
    ServerConfig,
    crypto::CryptoProvider,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};
use service::Platform;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use wire::Instant;

use crate::{Settings, office_ca::OfficeCa};

/// How long a certificate made here is good for, and after how long it is replaced.
const GOOD_FOR: Duration = Duration::from_secs(90 * 24 * 3600);
const RENEWED_AFTER: Duration = Duration::from_secs(60 * 24 * 3600);

/// What the door needs to speak TLS.
pub(crate) struct Tls {
    pub(crate) acceptor: TlsAcceptor,
    /// What is shown.
    pub(crate) shown: Arc<Shown>,
    /// The root to hand out, when the office has its own authority.
    pub(crate) root: Option<String>,
    /// What replaces the certificate, when it was made here.
    pub(crate) renewal: Option<Arc<Renewal>>,
}

/// The certificate shown just now.
#[derive(Debug)]
pub(crate) struct Shown(ArcSwap<Certified>);

/// A certificate with its key, and when it ends.
#[derive(Debug)]
struct Certified {
    key: Arc<CertifiedKey>,
    ends: Option<Instant>,
}

/// Replaces a certificate made here before it runs out.
pub(crate) struct Renewal {
    authority: OfficeCa,
    names: Vec<String>,
    shown: Arc<Shown>,
}

impl Tls {
    /// What the settings ask for; nothing on a loopback address.
    ///
    /// # Errors
    /// When a file cannot be read, holds something else, or a key can be read by others.
    pub(crate) fn prepare(
        settings: &Settings,
        origin: &str,
        address: SocketAddr,
        platform: &Platform,
    ) -> anyhow::Result<Option<Self>> {
        if !settings.is_secure() {
            return Ok(None);
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        match (&settings.tls.cert_file, &settings.tls.key_file) {
            (Some(cert), Some(key)) => {
                let shown = Shown::new(from_files(cert, key, &provider)?);
                Ok(Some(Self { acceptor: acceptor(provider, Arc::clone(&shown))?, shown, root: None, renewal: None }))
            }
            (None, None) => {
                let now = platform.clock.now();
                let authority = OfficeCa::load_or_make(&settings.folder, &platform.key_folder, &settings.name, now)?;
                let names = names(&settings.tls.host_names, origin, address);
                let first = authority.issue(&names, now, GOOD_FOR).context("in `gateway.tls.host_names`")?;
                let shown = Shown::new(first);
                let root = Some(authority.root().to_owned());
                let renewal = Arc::new(Renewal { authority, names, shown: Arc::clone(&shown) });
                let acceptor = acceptor(provider, Arc::clone(&shown))?;
                Ok(Some(Self { acceptor, shown, root, renewal: Some(renewal) }))
            }
            _ => anyhow::bail!("give both `gateway.tls.cert_file` and `gateway.tls.key_file`, or neither"),
        }
    }
}

/// TLS 1.3 and nothing older: every browser and every program that is still mended has spoken it for years.
fn acceptor(provider: Arc<CryptoProvider>, shown: Arc<Shown>) -> anyhow::Result<TlsAcceptor> {
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13])?
        .with_no_client_auth()
        .with_cert_resolver(shown);
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

fn from_files(cert: &Path, key: &Path, provider: &CryptoProvider) -> anyhow::Result<CertifiedKey> {
    crate::office_ca::refuse_shared(key)?;
    let chain = CertificateDer::pem_file_iter(cert)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .with_context(|| format!("reading the certificate from `{}`", cert.display()))?;
    let key_der =
        PrivateKeyDer::from_pem_file(key).with_context(|| format!("reading the key from `{}`", key.display()))?;
    let certified = CertifiedKey::from_der(chain, key_der, provider);
    certified.with_context(|| format!("using `{}` with `{}`", cert.display(), key.display()))
}

/// The names a certificate made here must carry: those of the settings, that of the origin, and the address itself.
fn names(host_names: &[String], origin: &str, address: SocketAddr) -> Vec<String> {
    let host = origin.split("://").nth(1).unwrap_or_default();
    let host = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((six, _)) => six,
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    let mut names: Vec<String> = host_names.to_vec();
    names.push(host.to_owned());
    names.extend((!address.ip().is_unspecified()).then(|| address.ip().to_string()));
    names.push("localhost".to_owned());
    let mut known = std::collections::BTreeSet::new();
    names.retain(|name| !name.is_empty() && name != "0.0.0.0" && name != "::" && known.insert(name.clone()));
    names
}

impl ResolvesServerCert for Shown {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.0.load().key))
    }
}

impl Shown {
    fn new(first: CertifiedKey) -> Arc<Self> {
        Arc::new(Self(ArcSwap::from_pointee(Certified::new(first))))
    }

    /// When the certificate that is shown now ends.
    pub(crate) fn ends(&self) -> Option<Instant> {
        self.0.load().ends
    }
}

impl Certified {
    fn new(key: CertifiedKey) -> Self {
        let leaf = key.end_entity_cert().ok();
        let read = leaf.and_then(|leaf| x509_parser::parse_x509_certificate(leaf).ok());
        let ends = read.map(|(_, leaf)| Instant::from_micros(leaf.validity().not_after.timestamp() * 1_000_000));
        Self { key: Arc::new(key), ends }
    }
}

impl Renewal {
    /// Looks each hour whether the certificate is old.
    pub(crate) async fn run(self: Arc<Self>, clock: Clock, stop: CancellationToken) {
        let mut made = clock.now();
        let mut hours = tokio::time::interval(Duration::from_secs(3600));
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = hours.tick() => made = self.renew(made, clock.now()),
            }
        }
    }

    /// Replaces the certificate when it is old; tells when the present one was made.
    fn renew(&self, made: Instant, now: Instant) -> Instant {
        if now.since(made) < RENEWED_AFTER {
            return made;
        }
        match self.authority.issue(&self.names, now, GOOD_FOR) {
            Ok(fresh) => {
                self.shown.0.store(Arc::new(Certified::new(fresh)));
                tracing::info!("the certificate of the door was renewed");
                now
            }
            Err(error) => {
                tracing::error!(error = format!("{error:#}"), "the certificate of the door was not renewed");
                made
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_carries_every_name_the_door_is_reached_by() {
        let address = |text: &str| text.parse::<SocketAddr>().unwrap();
        let none: [String; 0] = [];
        let given = ["vp.example".to_owned()];
        assert_eq!(names(&none, "https://192.0.2.7:8443", address("192.0.2.7:8443")), ["192.0.2.7", "localhost"]);
        assert_eq!(
            names(&none, "https://[2001:db8::1]:443", address("[2001:db8::1]:443")),
            ["2001:db8::1", "localhost"]
        );
        assert_eq!(names(&given, "https://vp.example", address("0.0.0.0:443")), ["vp.example", "localhost"]);
        assert_eq!(names(&none, "https://0.0.0.0:443", address("0.0.0.0:443")), ["localhost"]);
    }

    #[test]
    fn an_old_certificate_is_replaced_and_a_young_one_stays() {
        let folder = tempfile::tempdir().unwrap();
        let start: Instant = "2026-11-20T00:00:00Z".parse().unwrap();
        let authority = OfficeCa::load_or_make(folder.path(), folder.path(), "Văn phòng", start).unwrap();
        let names = vec!["localhost".to_owned()];
        let first = authority.issue(&names, start, GOOD_FOR).unwrap();
        let shown = Shown::new(first);
        assert_eq!(shown.ends(), Some(start.plus(GOOD_FOR)));
        let renewal = Renewal { authority, names, shown: Arc::clone(&shown) };
        let before = shown.0.load_full();
        let young = start.plus(RENEWED_AFTER - Duration::from_secs(1));
        assert_eq!(renewal.renew(start, young), start);
        assert!(Arc::ptr_eq(&before, &shown.0.load_full()));
        let old = start.plus(RENEWED_AFTER);
        assert_eq!(renewal.renew(start, old), old);
        assert!(!Arc::ptr_eq(&before, &shown.0.load_full()));
        assert_eq!(shown.ends(), Some(old.plus(GOOD_FOR)));
    }
}
