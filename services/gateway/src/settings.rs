//! Settings of the door: where it listens, who owns which paths, and how much it takes.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
};

use serde::{Deserialize, Serialize};

/// The section `gateway` of the settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The name of the installation, shown on its pages, such as `Văn phòng Tỉnh ủy`.
    pub name: String,
    /// Where to listen. A loopback address speaks plain HTTP, every other one HTTPS.
    pub listen: SocketAddr,
    /// What clients write before the path, such as `https://vanphong.example`; made from `listen` when absent.
    pub public_origin: Option<String>,
    /// Certificates; unused on a loopback address.
    pub tls: TlsSettings,
    /// Proxies in front of us, whose `X-Forwarded-For` is believed.
    pub proxies: Vec<IpAddr>,
    /// Addresses that may read `/metrics`, besides this machine.
    pub metrics_readers: Vec<IpAddr>,
    /// A file in place of the built-in `deploy/routes.toml`.
    pub routes_file: Option<PathBuf>,
    /// Where the portal listens, as host and port: an address that nobody but this door reaches. Everything outside `/api`
    /// that is not the door's own is passed there; nothing when absent.
    pub portal: Option<String>,
    /// How long a request may take, in seconds.
    pub request_seconds: u64,
    /// How long a connection may do nothing, and a client may take nothing of an answer, in seconds. A quiet hint stream
    /// says every 15 seconds that it lives; less than that would cut it.
    pub idle_seconds: u64,
    /// The largest upload, in bytes.
    pub upload_bytes: u64,
    /// How often and how much at once.
    pub limits: LimitSettings,
    /// The data folder of the installation. Not a setting of this section: the process says where it is.
    #[serde(skip)]
    pub folder: PathBuf,
}

/// Certificates. Without files the first start makes an office certificate authority, whose root clients download from
/// `/office-ca.pem`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TlsSettings {
    /// The certificate with its chain (PEM). It is read at the start.
    pub cert_file: Option<PathBuf>,
    /// Its key (PEM), readable by its owner only.
    pub key_file: Option<PathBuf>,
    /// The names by which clients reach us, for certificates made here.
    pub host_names: Vec<String>,
}

/// How often and how much at once. A caller who waited may spend a whole minute's share at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LimitSettings {
    /// Requests a minute of one account, whatever the address.
    pub account_per_minute: u32,
    /// Requests a minute of one network address (of an IPv6 /64) that bear no good token. An office behind one address
    /// shares it.
    pub address_per_minute: u32,
    /// Pages and their parts a minute of one network address, behind which a whole office may work.
    pub pages_per_minute: u32,
    /// Sign-ins, token refreshes and enrolments a minute of one network address.
    pub sign_in_per_minute: u32,
    /// Uploads at once of one account.
    pub uploads_at_once: usize,
    /// Bytes of one account's uploads that wait to be taken by a service, within the life of their tickets.
    pub staged_bytes: u64,
    /// Hint streams at once of one account.
    pub streams_at_once: usize,
    /// Connections at once, of everybody together. More wait to be accepted.
    pub connections: usize,
    /// Connections at once of one network address (of an IPv6 /64). More are closed; a proxy is not counted.
    pub connections_of_address: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            name: "Văn phòng".to_owned(),
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
            public_origin: None,
            tls: TlsSettings::default(),
            proxies: Vec::new(),
            metrics_readers: Vec::new(),
            routes_file: None,
            portal: None,
            request_seconds: 10,
            idle_seconds: 300,
            upload_bytes: 2_000_000_000,
            limits: LimitSettings::default(),
            folder: PathBuf::from("/var/lib/vanphong"),
        }
    }
}

impl Default for LimitSettings {
    fn default() -> Self {
        Self {
            account_per_minute: 600,
            address_per_minute: 300,
            pages_per_minute: 6000,
            sign_in_per_minute: 60,
            uploads_at_once: 4,
            staged_bytes: 8 * 1024 * 1024 * 1024,
            streams_at_once: 8,
            connections: 4096,
            connections_of_address: 512,
        }
    }
}

impl Settings {
    /// Whether the door speaks TLS itself.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        !self.listen.ip().is_loopback()
    }

    /// The origin that clients see, when the door listens at `address`.
    ///
    /// # Errors
    /// When the given one is no origin, or is a plain one while the door speaks TLS.
    pub fn origin(&self, address: SocketAddr) -> anyhow::Result<String> {
        let Some(given) = &self.public_origin else { return Ok(self.own_origin(address)) };
        let given = given.trim_end_matches('/');
        let host =
            given.strip_prefix("https://").or_else(|| given.strip_prefix("http://").filter(|_| !self.is_secure()));
        let good = host.is_some_and(|host| !host.is_empty() && !host.contains(|c: char| c == '/' || c.is_whitespace()));
        anyhow::ensure!(
            good,
            "`gateway.public_origin` is `{given}`: write scheme and host, such as `https://vanphong.example`; plain \
             `http` only while the gateway listens on a loopback address"
        );
        Ok(given.to_owned())
    }

    fn own_origin(&self, address: SocketAddr) -> String {
        if !self.is_secure() {
            return format!("http://localhost:{}", address.port());
        }
        match self.tls.host_names.first() {
            Some(name) if address.port() == 443 => format!("https://{name}"),
            Some(name) => format!("https://{name}:{}", address.port()),
            None => format!("https://{address}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_origin_is_given_or_made_from_where_the_door_listens() {
        let loopback: SocketAddr = "127.0.0.1:8080".parse().unwrap();
        let open: SocketAddr = "192.0.2.7:443".parse().unwrap();
        let named = TlsSettings { host_names: vec!["van-phong.example".into()], ..TlsSettings::default() };
        let cases = [
            (loopback, None, TlsSettings::default(), Some("http://localhost:8080")),
            (open, None, TlsSettings::default(), Some("https://192.0.2.7:443")),
            (open, None, named, Some("https://van-phong.example")),
            (loopback, Some("https://vp.example/"), TlsSettings::default(), Some("https://vp.example")),
            (loopback, Some("http://vp.example"), TlsSettings::default(), Some("http://vp.example")),
            (open, Some("http://vp.example"), TlsSettings::default(), None),
            (loopback, Some("vp.example"), TlsSettings::default(), None),
            (loopback, Some("https://vp.example/portal"), TlsSettings::default(), None),
            (loopback, Some("https://"), TlsSettings::default(), None),
        ];
        for (listen, public_origin, tls, expected) in cases {
            let public_origin: Option<String> = public_origin.map(str::to_owned);
            let settings = Settings { listen, public_origin: public_origin.clone(), tls, ..Settings::default() };
            assert_eq!(settings.origin(listen).ok().as_deref(), expected, "{listen} {public_origin:?}");
        }
    }
}
