//! What travels beside a call: who asks, which attempt it is, which version is meant, how long there is.

use crate::Version;

/// Header names, the same on NATS and on the in-process bus.
pub mod header {
    /// The caller's access token, without a scheme.
    pub const TOKEN: &str = "Token";
    /// The idempotency key.
    pub const KEY: &str = "Idempotency-Key";
    /// The version the caller has seen.
    pub const EXPECT: &str = "If-Match";
    /// W3C trace context.
    pub const TRACE: &str = "traceparent";
    /// How many milliseconds the caller will still wait.
    pub const DEADLINE: &str = "Deadline-Ms";
    /// The network address of the client, as the gateway saw it.
    pub const NETWORK: &str = "Client-Network";
    /// On replies: `fault` when the body is a fault; absent on success.
    pub const OUTCOME: &str = "Outcome";
}

/// Everything that accompanies the body of a call.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Meta {
    /// The caller's access token; absent for calls open to everyone.
    pub token: Option<String>,
    /// The idempotency key; required for stored writes.
    pub key: Option<String>,
    /// The version that must still be current.
    pub expect: Option<Version>,
    /// W3C trace context of the caller.
    pub trace: Option<String>,
    /// Milliseconds until the caller gives up.
    pub deadline_ms: Option<u64>,
    /// The client's network address.
    pub network: Option<String>,
}

/// Shows what is there and nothing that would let another act in the caller's name.
impl std::fmt::Debug for Meta {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Meta")
            .field("token", &self.token.as_ref().map(|_| "…"))
            .field("key", &self.key.as_ref().map(|_| "…"))
            .field("expect", &self.expect)
            .field("deadline_ms", &self.deadline_ms)
            .finish_non_exhaustive()
    }
}

impl Meta {
    /// As header pairs, in a fixed order.
    #[must_use]
    pub fn headers(&self) -> Vec<(&'static str, String)> {
        let pairs = [
            (header::TOKEN, self.token.clone()),
            (header::KEY, self.key.clone()),
            (header::EXPECT, self.expect.map(Version::etag)),
            (header::TRACE, self.trace.clone()),
            (header::DEADLINE, self.deadline_ms.map(|ms| ms.to_string())),
            (header::NETWORK, self.network.clone()),
        ];
        pairs.into_iter().filter_map(|(name, value)| value.map(|value| (name, value))).collect()
    }

    /// From a lookup of header values; what cannot be read counts as absent.
    pub fn from_headers<'a>(get: impl Fn(&str) -> Option<&'a str>) -> Self {
        let text = |name| get(name).map(str::to_owned);
        Self {
            token: text(header::TOKEN),
            key: text(header::KEY),
            expect: get(header::EXPECT).and_then(Version::from_etag),
            trace: text(header::TRACE),
            deadline_ms: get(header::DEADLINE).and_then(|ms| ms.parse().ok()),
            network: text(header::NETWORK),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_carry_everything_there_and_back() {
        let meta = Meta {
            token: Some("t".into()),
            key: Some("k".into()),
            expect: Some(Version(3)),
            trace: Some("00-a-b-01".into()),
            deadline_ms: Some(900),
            network: Some("10.0.0.9".into()),
        };
        let pairs = meta.headers();
        let back = Meta::from_headers(|name| pairs.iter().find(|(n, _)| *n == name).map(|(_, v)| v.as_str()));
        assert_eq!(back, meta);
    }
}
