//! Certificates of the servers of a deployment, signed by the office's own authority, whose key stays in the folder and
//! goes into no container.

use std::time::Duration;

use anyhow::{Context as _, Result};
use gateway::office_ca::OfficeCa;
use serde::{Deserialize, Serialize};
use wire::Instant;

use super::{folder::Folder, init::Wish};

/// The root, which clients and services trust.
pub const ROOT: &str = "office-ca.pem";
/// What is known of the certificates that were made.
const MADE: &str = "certificates.json";
/// How long a certificate is good for, and from when before its end a run makes the next one.
const GOOD_FOR: Duration = Duration::from_secs(400 * 24 * 3600);
const RENEWED_BEFORE: Duration = Duration::from_secs(90 * 24 * 3600);
/// Where clients find the door when nobody says otherwise.
const ORIGIN: &str = "https://localhost:8443";

/// What the last run made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Made {
    /// What clients write before the path.
    pub(crate) origin: String,
    /// When the certificates end.
    pub(crate) until: Instant,
}

/// The authority's root, and what stands in the certificates of NATS, PostgreSQL and the door: kept while they are
/// good, made anew when they end soon, the name of the door changed, or the operator asks.
pub(crate) fn prepare(folder: &mut Folder, wish: &Wish, now: Instant) -> Result<(String, Made)> {
    let keys = folder.below("authority")?;
    let had_root = folder.path(ROOT).exists();
    let authority = OfficeCa::load_or_make(&folder.path("."), &keys, "Văn phòng", now)?;
    for file in [ROOT, "authority/office-ca.key"] {
        if had_root { folder.keep() } else { folder.note(file, false) }
    }
    let before: Option<Made> = match folder.read(MADE)? {
        Some(text) => Some(serde_json::from_str(&text).with_context(|| format!("reading `{MADE}`"))?),
        None => None,
    };
    let origin = wish.origin.clone().or_else(|| before.as_ref().map(|made| made.origin.clone()));
    let origin = origin.unwrap_or_else(|| ORIGIN.to_owned());
    let host = host(&origin)?;
    let good = before.filter(|made| made.origin == origin && now.plus(RENEWED_BEFORE) < made.until && !wish.rotate);
    let made = good.clone().unwrap_or(Made { origin, until: now.plus(GOOD_FOR) });
    for (files, name) in [("nats/server", "nats"), ("postgres/server", "postgres"), ("gateway/door", host.as_str())] {
        let (cert, key) = (format!("{files}.pem"), format!("{files}.key"));
        let there = folder.path(&cert).exists() && folder.path(&key).exists();
        if there && good.is_some() {
            folder.keep();
            folder.keep();
            continue;
        }
        let names = [name, "localhost", "127.0.0.1"].map(str::to_owned);
        let (cert_pem, key_pem) = authority.issue_pem(&names, now, GOOD_FOR)?;
        folder.write(&key, &key_pem)?;
        folder.write(&cert, &cert_pem)?;
    }
    // Last, so that an interrupted run makes them again.
    folder.write(MADE, &serde_json::to_string_pretty(&made)?)?;
    Ok((authority.root().to_owned(), made))
}

/// The name or address in an origin, without its port.
fn host(origin: &str) -> Result<String> {
    let rest = origin.strip_prefix("https://").unwrap_or_default();
    let (host, _) = split(rest);
    let good = !host.is_empty() && !rest.contains(|c: char| c.is_whitespace() || "/'\"$".contains(c));
    anyhow::ensure!(good, "`{origin}` is no origin: write scheme and host, such as `https://vanphong.example`");
    Ok(host.to_owned())
}

/// The port in an origin.
pub(crate) fn port(origin: &str) -> &str {
    split(origin.strip_prefix("https://").unwrap_or_default()).1.unwrap_or("443")
}

fn split(authority: &str) -> (&str, Option<&str>) {
    match authority.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((six, port)) => (six, port.strip_prefix(':')),
        None => authority.rsplit_once(':').map_or((authority, None), |(host, port)| (host, Some(port))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_gives_the_name_of_the_certificate_and_the_port_to_open() {
        let cases = [
            ("https://vanphong.example", Some("vanphong.example"), "443"),
            ("https://vanphong.example:8443", Some("vanphong.example"), "8443"),
            ("https://192.0.2.7:8443", Some("192.0.2.7"), "8443"),
            ("https://[2001:db8::1]", Some("2001:db8::1"), "443"),
            ("https://[2001:db8::1]:8443", Some("2001:db8::1"), "8443"),
            ("http://vanphong.example", None, "443"),
            ("https://vanphong.example/portal", None, "443"),
            ("https://", None, "443"),
        ];
        for (origin, name, opens) in cases {
            assert_eq!(host(origin).ok().as_deref(), name, "{origin}");
            assert!(name.is_none() || port(origin) == opens, "{origin}");
        }
    }
}
