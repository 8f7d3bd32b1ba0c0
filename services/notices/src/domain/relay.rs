//! The mail server an installation names, judged before anything is sent to it.

use serde::{Deserialize, Serialize};

/// The address of a mail server; empty when there is none. A connection that others can listen to is refused, except
/// within this machine, and so is a password that stands in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Relay(String);

impl Relay {
    /// Whether there is one.
    #[must_use]
    pub fn is_set(&self) -> bool {
        !self.0.is_empty()
    }

    /// The address as it was written.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Relay {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text.is_empty() {
            return Ok(Self(text));
        }
        let (scheme, rest) = text.split_once("://").unwrap_or_default();
        let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
        let authority = place.split('/').next().unwrap_or_default();
        if authority.contains('@') {
            return Err("a mail server's address holds no user and password: set `user` and `password_file`".to_owned());
        }
        let host = authority.rsplit_once(':').map_or(authority, |(host, _)| host);
        let within = matches!(host, "127.0.0.1" | "[::1]" | "localhost");
        let sealed = scheme == "smtps" || (scheme == "smtp" && query == "tls=required");
        if !host.is_empty() && (sealed || (scheme == "smtp" && within && query.is_empty())) {
            return Ok(Self(text));
        }
        Err(format!("`{text}` is not usable: write `smtps://host` or `smtp://host:587?tls=required`"))
    }
}

impl From<Relay> for String {
    fn from(relay: Relay) -> Self {
        relay.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_connection_that_nobody_listens_to_is_taken() {
        let taken = |url: &str| Relay::try_from(url.to_owned()).is_ok();
        for good in [
            "",
            "smtps://mail.example",
            "smtps://mail.example:465",
            "smtp://mail.example:587?tls=required",
            "smtp://127.0.0.1:25",
            "smtp://[::1]:25",
            "smtp://localhost",
        ] {
            assert!(taken(good), "{good}");
        }
        for bad in [
            "mail.example",
            "smtp://mail.example",
            "smtp://mail.example?tls=opportunistic",
            "smtp://127.0.0.1.example",
            "smtps://",
            "https://mail.example",
            "smtps://user:secret@mail.example",
            "smtp://user@127.0.0.1:25",
        ] {
            assert!(!taken(bad), "{bad}");
        }
    }
}
