//! The way from a signer's certificate to an authority that is trusted (RFC 5280, 6), at a given moment.

use wire::Instant;

use crate::{certificate::Certificate, report::Finding};

/// Whom to trust, and what is known about revocation besides what a document brings along.
#[derive(Clone, Debug, Default)]
pub struct Trust {
    /// Authorities that are trusted by themselves.
    pub anchors: Vec<Certificate>,
    /// Authorities between those and the signers, for documents that do not bring them along.
    pub intermediates: Vec<Certificate>,
    /// Lists of revoked certificates (CRL, in DER).
    pub lists: Vec<Vec<u8>>,
    /// Answers about single certificates (OCSP responses, in DER).
    pub answers: Vec<Vec<u8>>,
}

/// The most authorities between a signer and a trusted one.
const LONGEST: usize = 8;

/// The most signatures of authorities that are checked for one signer.
const MOST_CHECKS: usize = 128;

/// From the signer to a trusted authority, both included.
pub(crate) type Way = Vec<Certificate>;

/// The way from a signer to an authority that is trusted, along certificates that all held at the moment.
pub(crate) fn way(signer: &Certificate, known: &[Certificate], trust: &Trust, at: Instant) -> Result<Way, Finding> {
    let mut pool: Vec<&Certificate> = known.iter().chain(&trust.intermediates).collect();
    pool.dedup();
    if let Some(found) = Search::new(&pool, trust, Some(at)).from(vec![signer]) {
        return Ok(found);
    }
    // A way along expired certificates says what is wrong better than none does.
    let timeless = Search::new(&pool, trust, None).from(vec![signer]);
    let expired = timeless.as_ref().and_then(|way| way.iter().find(|certificate| !certificate.holds_at(at)));
    Err(expired.map_or(Finding::UntrustedIssuer, |certificate| Finding::OutOfTime {
        subject: certificate.party().subject.clone(),
    }))
}

struct Search<'c> {
    pool: &'c [&'c Certificate],
    trust: &'c Trust,
    at: Option<Instant>,
    checks: usize,
}

impl<'c> Search<'c> {
    fn new(pool: &'c [&'c Certificate], trust: &'c Trust, at: Option<Instant>) -> Self {
        Self { pool, trust, at, checks: 0 }
    }

    fn from(&mut self, way: Vec<&'c Certificate>) -> Option<Way> {
        let last = *way.last()?;
        if self.at.is_some_and(|at| !last.holds_at(at)) || last.rights.beyond_us {
            return None;
        }
        if self.trust.anchors.contains(last) {
            return Some(way.into_iter().cloned().collect());
        }
        if way.len() > LONGEST {
            return None;
        }
        let candidates = self.trust.anchors.iter().chain(self.pool.iter().copied());
        for issuer in candidates.filter(|candidate| candidate.subject == last.issuer) {
            if way.contains(&issuer) || !may_issue(issuer, way.len() - 1) || self.checks == MOST_CHECKS {
                continue;
            }
            self.checks += 1;
            if last.is_signed_by(issuer) {
                let mut longer = way.clone();
                longer.push(issuer);
                if let Some(found) = self.from(longer) {
                    return Some(found);
                }
            }
        }
        None
    }
}

/// Whether an authority may issue a certificate below which so many other authorities stand.
fn may_issue(authority: &Certificate, below: usize) -> bool {
    let rights = &authority.rights;
    let longest = rights.longest_path.and_then(|longest| usize::try_from(longest).ok());
    rights.authority == Some(true) && rights.signs_certificates && longest.is_none_or(|longest| below <= longest)
}
