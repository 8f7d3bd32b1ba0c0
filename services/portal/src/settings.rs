//! Settings of the portal: the section `portal`.

use std::net::{Ipv4Addr, SocketAddr};

use serde::{Deserialize, Serialize};
use wire::SettingRow;

/// The section `portal` of the settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Where to listen, in plain HTTP. Nobody but the gateway may reach it: it is believed what it says about clients.
    pub listen: SocketAddr,
    /// The name of the installation, such as `Văn phòng Tỉnh ủy`.
    pub name: String,
    /// On which network the installation stands, which every page shows.
    pub zone: Zone,
    /// How long a part of a page may take, in milliseconds. What has not come by then is said to be late.
    pub part_ms: u64,
    /// How long an act may take, in milliseconds.
    pub act_ms: u64,
    /// The telephone of whoever looks after the installation, for pages that say that something is broken.
    pub help_phone: String,
    /// Whether the gallery of the parts is shown, for those who work on the pages.
    pub gallery: bool,
    /// What the process of the pages is set to, as it may be shown. Not a setting of this section: the process says it.
    #[serde(skip)]
    pub shown: Vec<SettingRow>,
}

/// The network an installation stands on, and so what it may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Zone {
    /// The office's own network: no state secrets.
    Inner,
    /// The wide network of the Party.
    Party,
    /// The public Internet.
    Public,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8081)),
            name: "Văn phòng".to_owned(),
            zone: Zone::Inner,
            part_ms: 200,
            act_ms: 10_000,
            help_phone: String::new(),
            gallery: false,
            shown: Vec::new(),
        }
    }
}
