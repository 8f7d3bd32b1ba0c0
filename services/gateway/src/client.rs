//! Who is asking: the network address, the language, and the token with who it says is speaking.

use std::net::IpAddr;

use auth::{Caller, PersonCaller};
use axum::http::{HeaderMap, HeaderName, header};
use wire::{Fault, Lang};

use crate::{Refusal, gate::Gate, problem::Problem};

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Who is asking.
#[derive(Debug)]
pub(crate) struct Client {
    /// The network address of the client itself.
    pub(crate) network: IpAddr,
    /// The token, when it is good.
    pub(crate) token: Option<String>,
    /// Who bears it, or why it is not believed. Nobody known without a token.
    pub(crate) caller: Result<Caller, Fault>,
}

impl Client {
    /// Who asks with these headers. Only the token itself is looked at; what its bearer may do is for the services.
    pub(crate) async fn of(gate: &Gate, peer: IpAddr, headers: &HeaderMap) -> Self {
        let network = network(peer, headers, &gate.settings.proxies);
        let platform = &gate.platform;
        let (token, caller) = match bearer(headers) {
            Ok(token) => {
                let caller = platform.keys.caller(token.as_deref(), platform.clock.now(), &platform.bus).await;
                (token.filter(|_| caller.is_ok()), caller)
            }
            Err(refusal) => (None, Err(wire::Refusal::fault(&refusal))),
        };
        Self { network, token, caller }
    }

    /// Under which name the limits know the caller; nothing for those whom no good token names.
    pub(crate) fn principal(&self) -> Option<String> {
        self.caller.as_ref().ok().filter(|caller| **caller != Caller::Anonymous).map(Caller::principal)
    }

    /// The signed-in person.
    ///
    /// # Errors
    /// Unauthenticated, when there is none.
    pub(crate) fn person(&self) -> Result<&PersonCaller, Problem> {
        match &self.caller {
            Ok(caller) => Ok(caller.person().ok_or(Refusal::SignInFirst)?),
            Err(fault) => Err(fault.clone().into()),
        }
    }
}

/// The address of the client: the peer's, or, when the peer is a proxy we believe, the last one in `X-Forwarded-For`
/// that is not such a proxy itself. What stands before that one, anybody may have written.
pub(crate) fn network(peer: IpAddr, headers: &HeaderMap, proxies: &[IpAddr]) -> IpAddr {
    let peer = peer.to_canonical();
    let believed = |address: &IpAddr| proxies.contains(address);
    if !believed(&peer) {
        return peer;
    }
    let lines: Vec<&str> = headers.get_all(FORWARDED_FOR).iter().filter_map(|line| line.to_str().ok()).collect();
    let mut nearest = peer;
    for entry in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
        let Ok(address) = entry.trim().parse::<IpAddr>() else { return nearest };
        nearest = address.to_canonical();
        if !believed(&nearest) {
            return nearest;
        }
    }
    nearest
}

/// Whether the request reached us on the machine itself, and not through a proxy there that we were not told of.
pub(crate) fn is_this_machine(network: IpAddr, headers: &HeaderMap) -> bool {
    network.is_loopback() && !headers.contains_key(FORWARDED_FOR) && !headers.contains_key(header::FORWARDED)
}

/// The bearer token of a request.
fn bearer(headers: &HeaderMap) -> Result<Option<String>, Refusal> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let Some(value) = values.next() else { return Ok(None) };
    // A proxy before us may have looked at the other one.
    if values.next().is_some() {
        return Err(Refusal::NotBearer);
    }
    let credentials = value.to_str().map_err(|_| Refusal::NotBearer)?;
    let (scheme, token) = credentials.trim().split_once(' ').ok_or(Refusal::NotBearer)?;
    let token = token.trim();
    let good =
        scheme.eq_ignore_ascii_case("bearer") && !token.is_empty() && token.bytes().all(|b| b.is_ascii_graphic());
    if good { Ok(Some(token.to_owned())) } else { Err(Refusal::NotBearer) }
}

/// The language wanted: English when it is preferred to Vietnamese, otherwise Vietnamese.
pub(crate) fn language(headers: &HeaderMap) -> Lang {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut best = (Lang::Vi, 0.0);
    for range in accepted.split(',') {
        let mut parts = range.split(';');
        let tag = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
        let weight = parts.find_map(|part| part.trim().strip_prefix("q=")?.parse::<f32>().ok()).unwrap_or(1.0);
        let lang = match tag.split('-').next() {
            Some("vi") => Lang::Vi,
            Some("en") => Lang::En,
            _ => continue,
        };
        if weight > best.1 {
            best = (lang, weight);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn headers(pairs: &[(HeaderName, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.clone(), HeaderValue::from_str(value).unwrap())).collect()
    }

    #[test]
    fn only_proxies_we_were_told_of_are_believed() {
        let proxies: Vec<IpAddr> = vec!["10.0.0.1".parse().unwrap(), "10.0.0.2".parse().unwrap()];
        let cases = [
            ("192.0.2.9", "198.51.100.1", "192.0.2.9"),
            ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
            ("10.0.0.1", "203.0.113.5, 198.51.100.1", "198.51.100.1"),
            ("10.0.0.1", "198.51.100.1, 10.0.0.2", "198.51.100.1"),
            ("10.0.0.1", "10.0.0.2", "10.0.0.2"),
            ("10.0.0.1", "unknown", "10.0.0.1"),
            ("10.0.0.1", "198.51.100.1, unknown", "10.0.0.1"),
            ("::ffff:10.0.0.1", "2001:db8::7", "2001:db8::7"),
        ];
        for (peer, forwarded, expected) in cases {
            let found = network(peer.parse().unwrap(), &headers(&[(FORWARDED_FOR, forwarded)]), &proxies);
            assert_eq!(found, expected.parse::<IpAddr>().unwrap(), "{peer} {forwarded}");
        }
    }

    #[test]
    fn a_proxy_on_this_machine_does_not_make_its_clients_local() {
        let local = "127.0.0.1".parse().unwrap();
        assert!(is_this_machine(local, &HeaderMap::new()));
        assert!(!is_this_machine(local, &headers(&[(FORWARDED_FOR, "198.51.100.1")])));
        assert!(!is_this_machine("192.0.2.9".parse().unwrap(), &HeaderMap::new()));
    }

    #[test]
    fn vietnamese_unless_english_is_preferred() {
        let cases = [
            ("", Lang::Vi),
            ("en", Lang::En),
            ("en-GB,en;q=0.9", Lang::En),
            ("vi-VN,vi;q=0.9,en;q=0.8", Lang::Vi),
            ("en;q=0.5, vi;q=0.7", Lang::Vi),
            ("fr, en;q=0.4", Lang::En),
            ("fr", Lang::Vi),
            ("en;q=0", Lang::Vi),
            ("en;q=much", Lang::En),
        ];
        for (accepted, expected) in cases {
            assert_eq!(language(&headers(&[(header::ACCEPT_LANGUAGE, accepted)])), expected, "{accepted}");
        }
    }

    #[test]
    fn only_bearer_tokens_are_taken() {
        let cases = [
            ("Bearer abc.def", Ok(Some("abc.def".to_owned()))),
            ("bearer  abc ", Ok(Some("abc".to_owned()))),
            ("Basic dXNlcjpwYXNz", Err(Refusal::NotBearer)),
            ("Bearer", Err(Refusal::NotBearer)),
            ("Bearer a b", Err(Refusal::NotBearer)),
        ];
        for (value, expected) in cases {
            assert_eq!(bearer(&headers(&[(header::AUTHORIZATION, value)])), expected, "{value}");
        }
        let mut twice = headers(&[(header::AUTHORIZATION, "Bearer abc")]);
        twice.append(header::AUTHORIZATION, HeaderValue::from_static("Bearer def"));
        assert_eq!(bearer(&twice), Err(Refusal::NotBearer));
        assert_eq!(bearer(&HeaderMap::new()), Ok(None));
    }
}
