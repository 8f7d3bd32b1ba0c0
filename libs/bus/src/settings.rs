//! How to reach NATS.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// How a service reaches its NATS server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NatsSettings {
    /// Servers of one installation, such as `nats://bus:4222`; `tls://` asks for TLS.
    pub urls: Vec<String>,
    /// The monitoring address of the server, such as `http://bus:8222`: there we read whether it syncs to disk before
    /// it acknowledges.
    pub monitor: String,
    /// The file with the nkey seed of the service (`SU…`), readable by its owner only.
    pub nkey_seed_file: Option<PathBuf>,
    /// The file with JWT credentials, instead of an nkey.
    pub credentials_file: Option<PathBuf>,
    /// The certificate authority that signed the server's certificate, when the system does not know it.
    pub ca_file: Option<PathBuf>,
    /// The client certificate, when the server verifies its clients.
    pub cert_file: Option<PathBuf>,
    /// The key of the client certificate, readable by its owner only.
    pub key_file: Option<PathBuf>,
}

impl Default for NatsSettings {
    /// A server on this machine, without keys.
    fn default() -> Self {
        Self {
            urls: vec!["nats://127.0.0.1:4222".to_owned()],
            monitor: "http://127.0.0.1:8222".to_owned(),
            nkey_seed_file: None,
            credentials_file: None,
            ca_file: None,
            cert_file: None,
            key_file: None,
        }
    }
}
