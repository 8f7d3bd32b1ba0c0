//! Us, as browsers know us: passkeys are bound to this and to nothing else.

/// The relying party behind `public_origin`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Party {
    /// Scheme, host and port.
    pub(crate) origin: String,
    /// The host alone.
    pub(crate) host: String,
}

impl Party {
    /// The relying party behind an origin: `https`, or a machine's own `http://localhost`, and a name, not a number.
    pub(crate) fn of(origin: &str) -> Option<Self> {
        let (scheme, rest) = origin.split_once("://")?;
        let (host, port) = rest.split_once(':').map_or((rest, None), |(host, port)| (host, Some(port)));
        let named = host.chars().any(|character| character.is_ascii_alphabetic())
            && host.chars().all(|character| character.is_ascii_alphanumeric() || ".-".contains(character));
        let safe = scheme == "https" || (scheme == "http" && host == "localhost");
        let port_good = port.is_none_or(|port| port.parse::<u16>().is_ok());
        let lower = host.to_ascii_lowercase();
        (named && safe && port_good && lower == host).then(|| Self { origin: origin.to_owned(), host: lower })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relying_party_is_a_named_host_behind_https_or_the_machine_itself() {
        let table = [
            ("https://vanphong.example", Some("vanphong.example")),
            ("https://vanphong.example:8443", Some("vanphong.example")),
            ("http://localhost:8080", Some("localhost")),
            ("http://vanphong.example", None),
            ("https://10.0.0.9", None),
            ("https://vanphong.example/", None),
            ("https://VanPhong.example", None),
            ("https://a@vanphong.example", None),
            ("https://vanphong.example:port", None),
            ("vanphong.example", None),
            ("", None),
        ];
        for (origin, expected) in table {
            assert_eq!(Party::of(origin).map(|party| party.host).as_deref(), expected, "{origin}");
        }
    }
}
