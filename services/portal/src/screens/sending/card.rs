//! V8: sending an issued document to other offices, and how far that is, on its own page.

use schema_documents::{Dispatch, ExecutionState, ListDispatches, OutgoingDocument, OutgoingState};
use schema_identity::{GetOffice, ListOffices, Office, OfficeKind};
use wire::Page as Paged;

use super::limits;
use crate::{asking::Part, format, visit::Inside, words::Words};

/// The card.
pub(crate) struct Sending {
    /// What was sent so far, the latest first.
    pub(crate) sent: Vec<Line>,
    /// The form to send with; nothing for whoever may not.
    pub(crate) form: Option<Form>,
}

/// One act of sending.
pub(crate) struct Line {
    pub(crate) path: String,
    pub(crate) said: String,
    pub(crate) counts: String,
    pub(crate) recalled: bool,
}

/// To whom it can be sent.
pub(crate) struct Form {
    /// Whole tiers, as value and words.
    pub(crate) tiers: Vec<(&'static str, String)>,
    /// Offices near by, as id and name: the one above, those directly below.
    pub(crate) near: Vec<(String, String)>,
    /// Limits that the others are held to.
    pub(crate) limits: Vec<(&'static str, String)>,
}

/// Asks what was sent, and to whom it can be.
pub(crate) async fn of(inside: &Inside, document: &OutgoingDocument) -> Option<Part<Sending>> {
    if document.state != OutgoingState::Issued || document.masked {
        return None;
    }
    let call = ListDispatches { id: document.id, limit: Some(50), cursor: None };
    let (found, form) = futures_util::join!(inside.part(&call), form(inside, document));
    Some(found.map(|page| told(&page, form, inside.visit.words)))
}

fn told(page: &Paged<Dispatch>, form: Option<Form>, w: Words) -> Sending {
    Sending { sent: page.items.iter().map(|one| line(one, w)).collect(), form }
}

fn line(one: &Dispatch, w: Words) -> Line {
    let total = one.total.to_string();
    Line {
        path: format!("/van-ban/di/{}/gui/{}", one.document, one.id),
        said: w.with("sending-sent", &[("at", &format::moment(one.at)), ("total", &total)]),
        counts: counts(one, w),
        recalled: one.recalled_at.is_some(),
    }
}

/// How far the deliveries are, in one line.
pub(crate) fn counts(one: &Dispatch, w: Words) -> String {
    let all = [
        ("sending-delivered", one.delivered),
        ("sending-opened", one.opened),
        ("sending-received", one.received),
        ("sending-returned", one.returned),
        ("sending-recalled", one.recalled),
    ];
    let some = all.into_iter().filter(|(_, count)| *count > 0);
    some.map(|(key, count)| format!("{} {count}", w.t(key))).collect::<Vec<_>>().join(" · ")
}

async fn form(inside: &Inside, document: &OutgoingDocument) -> Option<Form> {
    let ready = document.execution.is_none_or(ExecutionState::is_final) && !document.files.is_empty();
    if !ready || !inside.who.may("documents.outgoing.issue") {
        return None;
    }
    let w = inside.visit.words;
    let own = inside.part(&GetOffice { id: document.office, as_of: None }).await;
    let own: &Office = own.here()?;
    let tiers = match own.kind {
        OfficeKind::Centre => {
            vec![("provinces", w.t("sending-provinces")), ("communes", w.t("sending-communes"))]
        }
        OfficeKind::Province => vec![("communes", w.t("sending-communes-below"))],
        OfficeKind::Commune => Vec::new(),
    };
    let below = ListOffices { parent: Some(own.id), limit: Some(200), ..ListOffices::default() };
    let above = own.parent.map(|id| GetOffice { id, as_of: None });
    let (below, above) = futures_util::join!(
        inside.part(&below),
        futures_util::future::OptionFuture::from(above.as_ref().map(|call| inside.part(call)))
    );
    let above = above.as_ref().and_then(|part| part.here());
    let below = below.here().map(|page| page.items.as_slice()).unwrap_or_default();
    let near = above.into_iter().chain(below).map(|office| (office.id.to_string(), office.name.clone()));
    Some(Form { tiers, near: near.collect(), limits: limits::choices(inside.visit.words) })
}
