//! Invented people, offices and keys that the tests share.

use std::str::FromStr;

use auth::{Authority, Caller, Grant, IDENTITY_ISSUER, KeyRing, PersonCaller, Signer, TicketClaims};
use wire::{FreshProof, Instant};

/// The `n`th id of any kind.
pub(crate) fn id<T: FromStr<Err: std::fmt::Debug>>(n: u8) -> T {
    format!("019aa000-0000-7000-8000-{n:012}").parse().unwrap()
}

pub(crate) fn noon() -> Instant {
    "2026-11-23T05:00:00Z".parse().unwrap()
}

pub(crate) fn seconds(n: u64) -> std::time::Duration {
    std::time::Duration::from_secs(n)
}

pub(crate) fn lan() -> PersonCaller {
    PersonCaller { account: id(1), person: id(2), session: id(3), authenticated_at: noon() }
}

pub(crate) fn person() -> Caller {
    Caller::Person(lan())
}

pub(crate) fn service() -> Caller {
    Caller::Service("documents".into())
}

pub(crate) fn grant(office: u8, below: &[u8], permissions: &[&str]) -> Grant {
    Grant {
        office: id(office),
        offices_below: below.iter().map(|n| id(*n)).collect(),
        offices_inherited: Vec::new(),
        unit: id(20),
        position: id(30),
        appointment: id(40),
        permissions: permissions.iter().map(|name| (*name).to_owned()).collect(),
        head: false,
        direct_reports: Vec::new(),
        on_behalf_of: None,
    }
}

pub(crate) fn holding(grants: Vec<Grant>) -> Authority {
    Authority { person: lan().person, account: lan().account, grants, fresh_proof: FreshProof::default() }
}

pub(crate) fn identity() -> Signer {
    Signer::from_seed(IDENTITY_ISSUER, [1; 32])
}

pub(crate) fn documents() -> Signer {
    Signer::from_seed("service:documents", [2; 32])
}

pub(crate) fn gateway() -> Signer {
    Signer::from_seed("service:gateway", [3; 32])
}

/// A ring with one key for each of identity, documents and the gateway.
pub(crate) fn ring() -> KeyRing {
    let mut ring = KeyRing::default();
    for signer in [identity(), documents(), gateway()] {
        ring.add(signer.issuer(), signer.public());
    }
    ring
}

pub(crate) fn ticket() -> TicketClaims {
    TicketClaims {
        sha256: "9f".repeat(32),
        size: 1_048_576,
        media_type: "application/pdf".into(),
        name: "Tờ trình về phân bổ kinh phí.pdf".into(),
        principal: person().principal(),
        office: id(10),
        purpose: "documents.attachment".into(),
    }
}
