//! The configuration of the NATS server: certificates, and one user for each program with its rights and no more.

use std::{collections::BTreeMap, fmt::Write as _};

use super::rights::Rights;

/// How long one answer to one question is allowed.
const ANSWER_WITHIN: &str = "5m";

/// Where the server listens and keeps its things, as it sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// Where clients connect.
    pub listen: String,
    /// Where its monitoring pages are, for the services only.
    pub monitor: String,
    /// The folder of the streams.
    pub store: String,
    /// Its certificate and key.
    pub certificate: Certificate,
}

/// The files of a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// The certificate (PEM).
    pub cert: String,
    /// Its key (PEM).
    pub key: String,
}

/// The whole configuration. Each user comes with the public half of its nkey.
#[must_use]
pub fn configuration(places: &Places, users: &BTreeMap<String, (String, Rights)>) -> String {
    let Places { listen, monitor, store, certificate } = places;
    format!(
        "# Made by `vanphong deploy init` from the manifests of the services: change those, not this.\n\
         server_name: vanphong\nlisten: \"{listen}\"\nhttp: \"{monitor}\"\nmax_payload: 1MB\n\
         # An acknowledged message is on the disk. The services refuse a server without this.\n\
         jetstream {{ store_dir: \"{store}\", sync_interval: always }}\n{}{}",
        tls(certificate),
        authorization(users)
    )
}

/// Every connection is encrypted.
#[must_use]
pub fn tls(certificate: &Certificate) -> String {
    let Certificate { cert, key } = certificate;
    format!("tls {{ cert_file: \"{cert}\", key_file: \"{key}\", timeout: 5 }}\n")
}

/// The users. There is none without a key and none by default.
#[must_use]
pub fn authorization(users: &BTreeMap<String, (String, Rights)>) -> String {
    let mut text = "authorization {\n  timeout: 5\n  users: [\n".to_owned();
    for (name, (nkey, rights)) in users {
        // Writing to a text cannot fail.
        let _ = write!(text, "    # {name}\n    {{ nkey: {nkey}, permissions: {{\n");
        subjects(&mut text, "publish", &rights.says);
        subjects(&mut text, "subscribe", &rights.hears);
        if rights.answers {
            let _ = writeln!(text, "      allow_responses: {{ max: 1, expires: \"{ANSWER_WITHIN}\" }}");
        }
        text.push_str("    } }\n");
    }
    text.push_str("  ]\n}\n");
    text
}

fn subjects<'a>(text: &mut String, act: &str, subjects: impl IntoIterator<Item = &'a String>) {
    let _ = writeln!(text, "      {act}: {{ allow: [");
    for subject in subjects {
        let _ = writeln!(text, "        \"{subject}\"");
    }
    text.push_str("      ] }\n");
}
