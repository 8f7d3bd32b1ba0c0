//! What is kept of the nouns that need people: the state, the day and whose turn it is. No title, no name, no reason.

use schema_documents::{
    ExecutionNote, ExecutionState, IncomingDocument, IncomingState, ReviewKind, ReviewNote, ReviewState,
};
use schema_notices::{NoticeKind, NoticeSource, NoticeSourceKind};
use schema_programme::{Assignment, AssignmentExtensionState, AssignmentState};
use serde::{Deserialize, Serialize};
use wire::{
    Day, Instant, Version,
    id::{OfficeId, PersonId, PositionId, UnitId},
};

/// A noun, as far as it can need somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Matter {
    /// Which noun.
    pub(crate) source: NoticeSource,
    /// The office it belongs to.
    pub(crate) office: OfficeId,
    /// Its version.
    pub(crate) version: Version,
    /// What decides whom it needs.
    pub(crate) facts: Facts,
}

/// What decides whom a noun needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Facts {
    /// A piece of work.
    Work(Work),
    /// A paper; absent when it lies at no desk.
    Paper(Option<Desk>),
    /// Something that waits for one person's own word or signature; absent when it does not.
    Own(Option<Own>),
}

/// What one person alone can give; nobody stands in for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Own {
    /// Whose it is.
    pub(crate) person: PersonId,
    /// What is wanted.
    pub(crate) wanted: NoticeKind,
    /// Until when.
    #[serde(default)]
    pub(crate) due: Option<Day>,
}

/// A piece of work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Work {
    /// How far it is.
    pub(crate) state: AssignmentState,
    /// The unit that answers for it, and the position it is addressed to.
    pub(crate) lead: Desk,
    /// Who accepted it.
    pub(crate) handler: Option<PersonId>,
    /// Who gave it, and in which position.
    pub(crate) giver: PersonId,
    /// The position in which it was given.
    pub(crate) giver_position: PositionId,
    /// The last day for it.
    pub(crate) due: Day,
    /// Who asked for the extension that nobody has decided.
    pub(crate) asked: Option<PersonId>,
    /// When somebody last reminded the unit of it.
    #[serde(default)]
    pub(crate) reminded: Option<Instant>,
    /// How many extensions were decided, and who asked for the last of them.
    pub(crate) decided: Option<(usize, PersonId)>,
}

/// A unit, and a position in it where one is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Desk {
    /// The unit.
    pub(crate) unit: UnitId,
    /// The position.
    pub(crate) position: Option<PositionId>,
}

impl Matter {
    /// What is kept of a piece of work.
    pub(crate) fn of_assignment(work: &Assignment) -> Self {
        let judged = |state| matches!(state, AssignmentExtensionState::Approved | AssignmentExtensionState::Refused);
        let decided = work.extensions.iter().filter(|extension| judged(extension.state));
        let last = decided.clone().next_back().map(|extension| (decided.count(), extension.asked_by.person));
        let facts = Facts::Work(Work {
            state: work.state,
            lead: Desk { unit: work.lead_unit, position: work.lead_position },
            handler: work.handler,
            giver: work.assigned_by.person,
            giver_position: work.assigned_by.position,
            due: work.due,
            asked: work.asked_extension().map(|extension| extension.asked_by.person),
            reminded: work.reminder.map(|reminder| reminder.at),
            decided: last,
        });
        let source = NoticeSource { kind: NoticeSourceKind::Assignment, id: work.id.0 };
        Self { source, office: work.office, version: work.version, facts }
    }

    /// What is kept of a paper.
    pub(crate) fn of_incoming(document: &IncomingDocument) -> Self {
        let desk = document.desk.as_ref().filter(|_| document.state == IncomingState::Registered);
        let facts = Facts::Paper(desk.map(|desk| Desk { unit: desk.unit, position: desk.position }));
        let source = NoticeSource { kind: NoticeSourceKind::IncomingDocument, id: document.id.0 };
        Self { source, office: document.office, version: document.version, facts }
    }

    /// What is kept of a word that was asked for upon a draft.
    pub(crate) fn of_review(review: &ReviewNote) -> Self {
        let wanted = match review.kind {
            ReviewKind::Opinion | ReviewKind::Appraisal => NoticeKind::OpinionAsked,
            ReviewKind::Approval => NoticeKind::ApprovalAsked,
        };
        let own = Own { person: review.of, wanted, due: review.due };
        let facts = Facts::Own((review.state == ReviewState::Waiting).then_some(own));
        let source = NoticeSource { kind: NoticeSourceKind::Review, id: review.id.0 };
        Self { source, office: review.office, version: review.version.unwrap_or(Version(0)), facts }
    }

    /// What is kept of a document on its way to its signatures.
    pub(crate) fn of_execution(way: &ExecutionNote) -> Self {
        let own = Own { person: way.signer.person, wanted: NoticeKind::SignatureAsked, due: None };
        let facts = Facts::Own((way.state == ExecutionState::ToSign).then_some(own));
        let source = NoticeSource { kind: NoticeSourceKind::OutgoingDocument, id: way.id.0 };
        Self { source, office: way.office, version: way.version, facts }
    }

    /// Whether it can still come to need somebody as days pass and people change.
    pub(crate) fn is_active(&self) -> bool {
        match &self.facts {
            Facts::Work(work) => work.state.owed() || work.state == AssignmentState::Done,
            Facts::Paper(desk) => desk.is_some(),
            // Neither days nor people in posts change whose own word it is.
            Facts::Own(_) => false,
        }
    }

    /// The unit and position whose turn it is.
    pub(crate) fn desk(&self) -> Option<Desk> {
        match &self.facts {
            Facts::Work(work) => Some(work.lead),
            Facts::Paper(desk) => *desk,
            Facts::Own(_) => None,
        }
    }

    /// The position that gave the work.
    pub(crate) fn giver_position(&self) -> Option<PositionId> {
        match &self.facts {
            Facts::Work(work) => Some(work.giver_position),
            Facts::Paper(_) | Facts::Own(_) => None,
        }
    }
}
