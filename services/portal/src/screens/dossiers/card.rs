//! In which dossiers a document lies, on its own page; and the form that files it.

use schema_documents::{
    DossierState, IncomingDocument, IncomingState, ListDossierPapers, ListDossiers, OutgoingDocument, OutgoingState,
};
use wire::id::{IncomingId, OutgoingId};

use crate::{asking::Part, visit::Inside};

/// The card.
pub(crate) struct Filed {
    /// Where it lies: the page of each dossier, and its title.
    pub(crate) places: Vec<(String, String)>,
    /// Open dossiers into which it can be filed.
    pub(crate) open: Vec<(String, String)>,
    /// The field that names the document, and its id.
    pub(crate) of: (&'static str, String),
}

/// The card of a document; nothing for whoever sees no dossiers.
async fn of(inside: &Inside, incoming: Option<IncomingId>, outgoing: Option<OutgoingId>) -> Option<Part<Filed>> {
    if !inside.who.may("documents.dossiers.read") {
        return None;
    }
    let office = inside.who.office();
    let state = Some(DossierState::Open);
    let of_places = ListDossierPapers { dossier: None, incoming, outgoing, limit: Some(200), cursor: None };
    let of_open = ListDossiers { office, year: None, state, keeper: None, limit: Some(200), cursor: None };
    let (places, open) = futures_util::join!(inside.part(&of_places), inside.part(&of_open));
    let keeps = inside.who.may("documents.dossiers.file");
    let named = |one: &schema_documents::Dossier| (one.id.to_string(), one.title.clone());
    let open = open.here().filter(|_| keeps).map(|page| page.items.iter().map(named).collect::<Vec<_>>());
    let id = incoming.map(|id| ("incoming", id.to_string()));
    let of = id.or(outgoing.map(|id| ("outgoing", id.to_string())))?;
    Some(places.map(|page| {
        let place =
            |one: &schema_documents::DossierPaper| (format!("/ho-so/{}", one.dossier), one.dossier_title.clone());
        let places: Vec<_> = page.items.iter().map(place).collect();
        let is_new = |one: &(String, String)| places.iter().all(|(path, _)| !path.ends_with(&one.0));
        Filed { open: open.unwrap_or_default().into_iter().filter(is_new).collect(), places, of }
    }))
}

/// The card of a document of ours; nothing before it has its number.
pub(crate) async fn of_issued(inside: &Inside, document: &OutgoingDocument) -> Option<Part<Filed>> {
    if document.state != OutgoingState::Issued || document.masked {
        return None;
    }
    of(inside, None, Some(document.id)).await
}

/// The card of a document that arrived.
pub(crate) async fn of_arrived(inside: &Inside, document: &IncomingDocument) -> Option<Part<Filed>> {
    if document.state != IncomingState::Registered || document.masked {
        return None;
    }
    of(inside, Some(document.id), None).await
}

/// The page of the document.
pub(crate) fn back(incoming: Option<IncomingId>, outgoing: Option<OutgoingId>) -> String {
    match (incoming, outgoing) {
        (Some(id), _) => format!("/van-ban/den/{id}"),
        (None, Some(id)) => format!("/van-ban/di/{id}"),
        (None, None) => "/ho-so".to_owned(),
    }
}
