//! What a document brings along for its own proof: certificates, lists and answers about revocation (DSS of ETSI
//! EN 319 142-1, 5.4.2, and Adobe's attribute).

use crate::{
    asn1::{self, Read, SEQUENCE, context},
    certificate::Certificate,
    chain::Trust,
    cms::{oid, read::SignedData},
    pdf::{file::View, parse},
    revocation::Sources,
};

/// The most items of a kind.
const MOST: usize = 128;

/// Certificates, lists and answers from a document and from those who verify it.
#[derive(Clone, Default)]
pub(crate) struct Proofs {
    pub(crate) certificates: Vec<Certificate>,
    pub(crate) sources: Sources,
}

impl Proofs {
    /// Those in the document's own store. A broken item is as good as none.
    pub(crate) fn of(view: &View<'_, '_>, trust: &Trust) -> parse::Read<Self> {
        let mut proofs = Self {
            certificates: Vec::new(),
            sources: Sources { lists: trust.lists.clone(), answers: trust.answers.clone() },
        };
        let (_, catalog) = view.catalog()?;
        let Some(store) = view.dict(&catalog, "DSS")? else { return Ok(proofs) };
        let items = |key: &str| -> parse::Read<Vec<Vec<u8>>> {
            let items = view.array(&store, key)?;
            Ok(items.iter().take(MOST).filter_map(|item| view.data(item).ok().flatten()).collect())
        };
        proofs.certificates = items("Certs")?.iter().filter_map(|der| Certificate::from_der(der).ok()).collect();
        proofs.sources.lists.extend(items("CRLs")?);
        proofs.sources.answers.extend(items("OCSPs")?);
        Ok(proofs)
    }

    /// These and those that one signature brings along.
    pub(crate) fn with(&self, envelope: &SignedData) -> Self {
        let mut proofs = self.clone();
        proofs.certificates.extend(envelope.certificates.iter().cloned());
        proofs.sources.lists.extend(envelope.lists.iter().cloned());
        if let Some(Ok(archive)) = envelope.signer.attribute(oid::REVOCATION_ARCHIVE).map(archive) {
            proofs.sources.lists.extend(archive.lists);
            proofs.sources.answers.extend(archive.answers);
        }
        proofs
    }
}

/// `RevocationInfoArchival`: lists and answers.
fn archive(value: &[u8]) -> Read<Sources> {
    let mut inside = asn1::value(value, SEQUENCE)?.inside();
    let mut items = |tag| -> Read<Vec<Vec<u8>>> {
        let Some(explicit) = inside.optional(tag)? else { return Ok(Vec::new()) };
        let items = explicit.inside().next(SEQUENCE)?.inside().all()?;
        Ok(items.iter().take(MOST).map(|item| item.whole.to_vec()).collect())
    };
    Ok(Sources { lists: items(context(0))?, answers: items(context(1))? })
}
