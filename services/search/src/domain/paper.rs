//! What of a noun can be found. A noun that may not be found leaves nothing here.

use schema_documents::{IncomingDocument, IncomingState, OutgoingDocument, OutgoingState};
use schema_programme::{Assignment, AssignmentState};
use schema_search::SearchKind;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use wire::{Day, Version, id::OfficeId};

/// Which noun, whose, and how often it was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Its id.
    pub id: Uuid,
    /// What it is.
    pub kind: SearchKind,
    /// The office it belongs to: with the kind, what decides who may read it.
    pub office: OfficeId,
    /// How often it was changed.
    pub version: Version,
}

/// What of a noun is looked through and shown. It names no person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Paper {
    /// What it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Number and symbol.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub symbol: Option<String>,
    /// The body that wrote it, issues it, or leads the work.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// The key of its genre, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub genre: Option<String>,
    /// The name of its genre.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub genre_name: Option<String>,
    /// The number in the register.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<i64>,
    /// Its day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<Day>,
    /// What else can be found but is not shown: recipients, a clerk's note, the product of work.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub more: Vec<String>,
}

/// A noun as search sees it; without a paper it is not to be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noun {
    /// Which.
    pub key: Key,
    /// What can be found of it.
    pub paper: Option<Paper>,
}

impl Noun {
    /// A document that arrived. A masked line and a voided one are not found: of the first nothing may be, and of the
    /// second nothing should be but its line in the register.
    #[must_use]
    pub fn of_incoming(document: IncomingDocument) -> Self {
        let IncomingDocument { id, office, version, masked, state, .. } = document;
        let key = Key { id: id.into(), kind: SearchKind::IncomingDocument, office, version };
        let found = !masked && state == IncomingState::Registered;
        let paper = found.then(|| Paper {
            title: document.summary,
            symbol: document.symbol,
            body: document.author_body,
            genre: None,
            genre_name: document.genre_name,
            number: Some(document.number),
            day: document.document_day.or(Some(document.arrived)),
            more: document.note.into_iter().collect(),
        });
        Self { key, paper: paper.map(composed) }
    }

    /// A document of the office, from its first draft on.
    #[must_use]
    pub fn of_outgoing(document: OutgoingDocument) -> Self {
        let OutgoingDocument { id, office, version, masked, state, .. } = document;
        let key = Key { id: id.into(), kind: SearchKind::OutgoingDocument, office, version };
        let found = !masked && state != OutgoingState::Voided;
        let paper = found.then(|| Paper {
            title: document.summary,
            symbol: document.symbol,
            body: document.issuing_unit_name,
            genre: Some(document.genre),
            genre_name: Some(document.genre_name),
            number: document.number,
            day: document.dated,
            more: document.recipients.into_iter().map(|recipient| recipient.name).collect(),
        });
        Self { key, paper: paper.map(composed) }
    }

    /// A piece of assigned work; what was withdrawn is nobody's work any more.
    #[must_use]
    pub fn of_assignment(work: Assignment) -> Self {
        let Assignment { id, office, version, state, .. } = work;
        let key = Key { id: id.into(), kind: SearchKind::Assignment, office, version };
        let found = state != AssignmentState::Withdrawn;
        let paper = found.then(|| Paper {
            title: Some(work.title),
            body: work.lead_unit_name,
            day: Some(work.assigned_at.day()),
            more: vec![work.expected_product, work.source.label],
            ..Paper::default()
        });
        Self { key, paper: paper.map(composed) }
    }
}

/// The paper with every text in NFC and none of them empty.
fn composed(paper: Paper) -> Paper {
    let one = |text: Option<String>| text.map(|text| text::nfc(text.trim())).filter(|text| !text.is_empty());
    Paper {
        title: one(paper.title),
        symbol: one(paper.symbol),
        body: one(paper.body),
        genre: one(paper.genre),
        genre_name: one(paper.genre_name),
        more: paper.more.into_iter().filter_map(|text| one(Some(text))).collect(),
        ..paper
    }
}

impl Paper {
    /// Every text that is looked through for words, what is shown first.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let shown = [&self.title, &self.body, &self.genre_name, &self.symbol];
        shown.into_iter().filter_map(|text| text.as_deref()).chain(self.more.iter().map(String::as_str))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn incoming(change: Value) -> IncomingDocument {
        let sample = include_str!("../../../../libs/schema-documents/samples/incoming_registered.v1.json");
        let mut document = serde_json::from_str::<Value>(sample).unwrap()["document"].take();
        for (name, value) in change.as_object().unwrap() {
            document[name] = value.clone();
        }
        serde_json::from_value(document).unwrap()
    }

    #[test]
    fn what_is_masked_or_voided_leaves_nothing() {
        assert!(Noun::of_incoming(incoming(json!({}))).paper.is_some());
        for change in [json!({ "masked": true }), json!({ "state": "voided" })] {
            assert_eq!(Noun::of_incoming(incoming(change)).paper, None);
        }
        let sample = include_str!("../../../../libs/schema-documents/samples/outgoing_changed.v1.json");
        let document = || serde_json::from_str::<schema_documents::OutgoingChanged>(sample).unwrap().document;
        assert!(Noun::of_outgoing(document()).paper.is_some());
        let masked = OutgoingDocument { masked: true, ..document() };
        let voided = OutgoingDocument { state: OutgoingState::Voided, ..document() };
        assert!([masked, voided].into_iter().all(|document| Noun::of_outgoing(document).paper.is_none()));
    }

    #[test]
    fn texts_are_composed_and_no_person_is_named() {
        let apart: String = text::apart("Ủy ban xã").collect();
        let paper = Noun::of_incoming(incoming(json!({ "summary": apart, "note": " " }))).paper.unwrap();
        assert_eq!((paper.title.as_deref(), paper.more.len()), (Some("Ủy ban xã"), 0));
        let sample = include_str!("../../../../libs/schema-documents/samples/outgoing_issued.v1.json");
        let issued = serde_json::from_str::<schema_documents::OutgoingIssued>(sample).unwrap().document;
        let signatory = issued.signatory.clone().unwrap();
        let paper = serde_json::to_string(&Noun::of_outgoing(issued).paper).unwrap();
        assert!(!paper.contains(&signatory), "{paper}");
    }
}
