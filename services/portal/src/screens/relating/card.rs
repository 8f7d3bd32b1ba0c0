//! What a document does to others and others do to it, on its own page: copies, replacements, amendments; and the form that
//! begins one.

use schema_documents::{
    DocumentRelation, DocumentRelations, IncomingDocument, IncomingState, ListIncomingRelations, ListRelations,
    OutgoingDocument, OutgoingState, RelationKind,
};
use schema_identity::Unit;

use crate::{
    asking::Part,
    format,
    kit::chip::{Chip, Tone},
    screens::outgoing::drafting,
    visit::Inside,
    words::Words,
};

/// The card.
pub(crate) struct Related {
    pub(crate) lines: Vec<Line>,
    pub(crate) form: Option<Form>,
}

/// One relation.
pub(crate) struct Line {
    pub(crate) said: String,
    pub(crate) path: String,
    pub(crate) name: String,
    pub(crate) title: String,
    /// That what does it is a draft still.
    pub(crate) chip: Option<Chip>,
}

/// The form that begins a document which does something to this one.
pub(crate) struct Form {
    /// The field that names this one, and its id.
    pub(crate) of: (&'static str, String),
    pub(crate) kinds: Vec<(&'static str, String)>,
    /// The code of the body that issues a copy of what arrived.
    pub(crate) body: Option<String>,
}

/// What can be done, as the form has it, with the words of the one that does it and of the one to which it is done.
const KINDS: [(&str, RelationKind, &str, &str); 6] = [
    ("full_copy", RelationKind::FullCopy, "relating-full-copy", "relating-full-copied"),
    ("copy_of_copy", RelationKind::CopyOfCopy, "relating-copy-of-copy", "relating-copied-again"),
    ("extract", RelationKind::Extract, "relating-extract", "relating-extracted"),
    ("replaces", RelationKind::Replaces, "relating-replaces", "relating-replaced"),
    ("amends", RelationKind::Amends, "relating-amends", "relating-amended"),
    ("revokes", RelationKind::Revokes, "relating-revokes", "relating-revoked"),
];
/// The first of these are copies.
const COPIES: usize = 3;

/// What stands in the form for a kind.
pub(crate) fn kind(word: &str) -> Option<RelationKind> {
    KINDS.iter().find(|(known, ..)| *known == word).map(|(_, kind, ..)| *kind)
}

/// The card of a document of this office.
pub(crate) async fn of_outgoing(inside: &Inside, document: &OutgoingDocument) -> Option<Part<Related>> {
    if document.masked || document.state == OutgoingState::Voided {
        return None;
    }
    let found = inside.part(&ListRelations { id: document.id }).await;
    let stands = document.state == OutgoingState::Issued && inside.who.may("documents.outgoing.draft");
    let w = inside.visit.words;
    let form = stands.then(|| Form {
        of: ("outgoing", document.id.to_string()),
        kinds: KINDS.iter().map(|(value, _, key, _)| (*value, w.t(key))).collect(),
        body: None,
    });
    shown(found, form, w)
}

/// The card of a document that arrived.
pub(crate) async fn of_incoming(inside: &Inside, document: &IncomingDocument, units: &[Unit]) -> Option<Part<Related>> {
    if document.masked || document.state == IncomingState::Voided {
        return None;
    }
    let found = inside.part(&ListIncomingRelations { id: document.id }).await;
    let w = inside.visit.words;
    let form = inside.who.may("documents.outgoing.draft").then(|| Form {
        of: ("incoming", document.id.to_string()),
        kinds: KINDS.iter().take(COPIES).map(|(value, _, key, _)| (*value, w.t(key))).collect(),
        body: Some(drafting::own_body(units, inside).unwrap_or_default()),
    });
    shown(found, form, w)
}

/// A card without anything in it is not shown.
fn shown(found: Part<DocumentRelations>, form: Option<Form>, w: Words) -> Option<Part<Related>> {
    let empty = found.here().is_some_and(|all| all.does.is_none() && all.suffers.is_empty());
    if empty && form.is_none() {
        return None;
    }
    Some(found.map(|all| {
        let does = all.does.iter().map(|one| line(one, true, w));
        Related { lines: does.chain(all.suffers.iter().map(|one| line(one, false, w))).collect(), form }
    }))
}

fn line(one: &DocumentRelation, does: bool, w: Words) -> Line {
    let of_kind = KINDS.iter().find(|(_, kind, ..)| *kind == one.kind);
    let said = of_kind.map(|(_, _, active, passive)| w.t(if does { active } else { passive })).unwrap_or_default();
    let path = match (one.outgoing, one.incoming) {
        (Some(id), _) => format!("/van-ban/di/{id}"),
        (None, Some(id)) => format!("/van-ban/den/{id}"),
        (None, None) => String::new(),
    };
    let day = one.dated.map(format::day).unwrap_or_default();
    let name = match &one.symbol {
        Some(symbol) => w.with("relating-name", &[("symbol", symbol), ("day", &day)]),
        None => w.t("relating-unnumbered"),
    };
    let draft = one.state == OutgoingState::Draft;
    let chip = draft.then(|| Chip::new(Tone::Plain, "pen", w.t("relating-draft")));
    Line { said, path, name, title: one.summary.clone().unwrap_or_default(), chip }
}
