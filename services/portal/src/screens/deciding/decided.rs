//! What was proposed, instructed and given for a document that arrived, as its page shows it.

use futures_util::future::OptionFuture;
use schema_documents::{
    IncomingProposal, IncomingRouting, Instruction, InstructionState, InstructionTranscription, ListIncomingProposals,
    ListInstructions, ListOrder, ListOutgoing, OutgoingDocument, OutgoingState, ProposalState, TranscriptionState,
};
use schema_identity::Unit;
use schema_programme::{Assignment, ListAssignments};
use wire::id::{IncomingId, UnitId};

use crate::{
    asking::Part,
    format,
    kit::{
        chip::{Chip, Tone},
        timeline::Names,
        wording,
    },
    screens::{outgoing::showing, work::Case},
    visit::Inside,
};

/// To whom a document goes, in words.
pub(crate) struct Routed {
    pub(crate) disposition: Chip,
    pub(crate) text: String,
    /// Names and values: who leads, who helps, who is to know, by when.
    pub(crate) facts: Vec<(String, String)>,
}

/// The latest proposal, while it waits or was returned.
pub(crate) struct Proposal {
    pub(crate) id: String,
    pub(crate) by: String,
    pub(crate) routed: Routed,
    /// Why it was returned.
    pub(crate) returned: Option<String>,
}

/// How an instruction came from paper: both names.
pub(crate) struct Handwritten {
    pub(crate) said: String,
    pub(crate) chip: Chip,
    pub(crate) scan: Option<String>,
}

/// The instruction in force, or the last one that its author said is not so.
pub(crate) struct Instructed {
    pub(crate) id: String,
    /// The name of whoever instructed.
    pub(crate) author: String,
    pub(crate) by: String,
    pub(crate) routed: Routed,
    pub(crate) handwritten: Option<Handwritten>,
    pub(crate) reason: Option<String>,
    pub(crate) may_confirm: bool,
    pub(crate) may_object: bool,
}

/// All of it.
pub(crate) struct Decided {
    pub(crate) proposal: Part<Option<Proposal>>,
    pub(crate) instruction: Part<Option<Instructed>>,
    pub(crate) given: Option<Part<Vec<Case>>>,
    pub(crate) replies: Option<Part<Vec<Case>>>,
    /// The routing in force, which the form that gives work proposes.
    pub(crate) routing: Option<IncomingRouting>,
}

/// What is known of units and people, to name them.
pub(crate) struct Known<'a> {
    pub(crate) units: &'a [Unit],
    pub(crate) names: &'a Names,
    pub(crate) inside: &'a Inside,
}

/// What the page asks for, before it can name anybody.
pub(crate) struct Found {
    proposals: Part<wire::Page<IncomingProposal>>,
    instructions: Part<wire::Page<Instruction>>,
    given: Option<Part<wire::Page<Assignment>>>,
    replies: Option<Part<wire::Page<OutgoingDocument>>>,
}

/// Asks for all of it at once.
pub(crate) async fn ask(inside: &Inside, id: IncomingId) -> Found {
    let office = inside.who.office();
    let of_proposals = ListIncomingProposals { id, limit: Some(5), cursor: None };
    let of_instructions = ListInstructions { id, limit: Some(5), cursor: None };
    let of_given = ListAssignments {
        office,
        lead_unit: None,
        state: None,
        due_before: None,
        mine: false,
        source: Some(id.into()),
        q: None,
        limit: Some(20),
        cursor: None,
    };
    let of_replies = ListOutgoing {
        office,
        state: None,
        genre: None,
        replies_to: Some(id),
        from: None,
        to: None,
        q: None,
        order: ListOrder::LatestFirst,
        limit: Some(20),
        cursor: None,
    };
    let (sees_work, sees_out) =
        (inside.who.may("programme.assignments.read"), inside.who.may("documents.outgoing.read"));
    let (proposals, instructions, given, replies) = futures_util::join!(
        inside.part(&of_proposals),
        inside.part(&of_instructions),
        OptionFuture::from(sees_work.then(|| inside.part(&of_given))),
        OptionFuture::from(sees_out.then(|| inside.part(&of_replies))),
    );
    Found { proposals, instructions, given, replies }
}

impl Found {
    /// What was issued in answer, as id and name.
    pub(crate) fn issued(&self) -> Vec<(String, String)> {
        let found = self.replies.as_ref().and_then(|part| part.here());
        let issued = found.into_iter().flat_map(|page| &page.items).filter(|one| one.state == OutgoingState::Issued);
        issued.filter_map(|one| Some((one.id.to_string(), one.symbol.clone()?))).collect()
    }

    /// The same in words.
    pub(crate) fn told(self, known: &Known<'_>) -> Decided {
        let in_force = |one: &&Instruction| one.state == InstructionState::InForce;
        let routing = self.instructions.here().and_then(|page| page.items.iter().find(in_force));
        let routing = routing.map(|one| one.routing.clone());
        Decided {
            routing,
            proposal: self.proposals.map(|page| page.items.first().and_then(|one| proposal(one, known))),
            instruction: self.instructions.map(|page| {
                let last = page.items.iter().find(in_force);
                let last = last.or(page.items.first().filter(|one| one.state == InstructionState::Reversed));
                last.map(|one| instructed(one, known))
            }),
            given: self.given.map(|part| part.map(|page| page.items.iter().map(|one| given(one, known)).collect())),
            replies: self.replies.map(|part| part.map(|page| page.items.iter().map(|one| reply(one, known)).collect())),
        }
    }
}

impl Known<'_> {
    fn unit(&self, id: UnitId) -> String {
        let found = self.units.iter().find(|unit| unit.id == id).map(|unit| unit.name.clone());
        found.unwrap_or_else(|| self.inside.visit.words.t("outgoing-unit-elsewhere"))
    }

    fn list(&self, ids: &[UnitId]) -> Option<String> {
        let names: Vec<String> = ids.iter().map(|id| self.unit(*id)).collect();
        (!names.is_empty()).then(|| names.join(", "))
    }

    /// A routing in words.
    pub(crate) fn routed(&self, routing: &IncomingRouting) -> Routed {
        let w = self.inside.visit.words;
        let facts = [
            ("fact-lead", routing.lead.map(|unit| self.unit(unit))),
            ("assign-with", self.list(&routing.with)),
            ("outgoing-to-know", self.list(&routing.to_know)),
            ("field-due", routing.due.map(format::day)),
        ];
        Routed {
            disposition: wording::disposition(Some(routing.disposition), w),
            text: routing.text.clone(),
            facts: facts.into_iter().filter_map(|(key, value)| Some((w.t(key), value?))).collect(),
        }
    }
}

fn proposal(one: &IncomingProposal, known: &Known<'_>) -> Option<Proposal> {
    let w = known.inside.visit.words;
    let returned = match one.state {
        ProposalState::Waiting => None,
        ProposalState::Returned => Some(one.reason.clone().unwrap_or_default()),
        ProposalState::Instructed | ProposalState::Superseded => return None,
    };
    let values = [("name", known.names.get(one.by.person)), ("at", &format::moment(one.at))];
    Some(Proposal {
        id: one.id.to_string(),
        by: w.with("outgoing-proposal-by", &values),
        routed: known.routed(&one.routing),
        returned,
    })
}

fn instructed(one: &Instruction, known: &Known<'_>) -> Instructed {
    let (w, me) = (known.inside.visit.words, known.inside.who.me.person.id);
    let transcription = one.transcription.as_ref();
    let stands = one.state == InstructionState::InForce;
    let owed = |it: &InstructionTranscription| it.state == TranscriptionState::Unconfirmed;
    let own = one.by.person == me;
    let confirms = own || known.inside.who.may("documents.incoming.propose");
    let confirmed_by_author = |it: &InstructionTranscription| {
        it.state == TranscriptionState::Confirmed && it.answered_by.is_some_and(|by| by.person == one.by.person)
    };
    let values = [("name", known.names.get(one.by.person)), ("at", &format::moment(one.at))];
    Instructed {
        id: one.id.to_string(),
        author: known.names.get(one.by.person).to_owned(),
        by: w.with("outgoing-instruction-by", &values),
        routed: known.routed(&one.routing),
        handwritten: transcription.map(|it| handwritten(one, it, known)),
        reason: transcription.and_then(|it| it.reason.clone()),
        may_confirm: stands && confirms && transcription.is_some_and(|it| owed(it) && it.by.person != me),
        may_object: stands && own && transcription.is_some_and(|it| !confirmed_by_author(it)),
    }
}

fn handwritten(one: &Instruction, it: &InstructionTranscription, known: &Known<'_>) -> Handwritten {
    let w = known.inside.visit.words;
    let (author, clerk) = (known.names.get(one.by.person), known.names.get(it.by.person));
    let values = [("day", format::day(it.written)), ("author", author.to_owned()), ("clerk", clerk.to_owned())];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let chip = match it.state {
        TranscriptionState::Unconfirmed => Chip::new(Tone::Soon, "waiting", w.t("outgoing-unconfirmed")),
        TranscriptionState::Confirmed => Chip::new(Tone::Good, "ok", w.t("outgoing-confirmed")),
        TranscriptionState::Objected => Chip::new(Tone::Late, "void", w.t("outgoing-objected")),
    };
    let scan = it.scan.as_ref().map(|_| format!("/van-ban/den/{}/but-phe/{}", one.document, one.id));
    Handwritten { said: w.with("outgoing-transcribed", &values), chip, scan }
}

/// A piece of work that was given from the document.
fn given(one: &Assignment, known: &Known<'_>) -> Case {
    let (w, today) = (known.inside.visit.words, known.inside.visit.today());
    let mut chips = Vec::new();
    if one.state.owed() {
        chips.push(wording::due(one.due, today, w));
    }
    chips.push(wording::assignment(one.state, w));
    let lead = one.lead_unit_name.clone().unwrap_or_else(|| known.unit(one.lead_unit));
    Case { path: format!("/viec/{}", one.id), title: one.title.clone(), source: lead, chips, waiting: None }
}

/// A draft or an issued document that answers it.
fn reply(one: &OutgoingDocument, known: &Known<'_>) -> Case {
    let w = known.inside.visit.words;
    Case {
        path: format!("/van-ban/di/{}", one.id),
        title: showing::title(one, w),
        source: format!("{} · {}", showing::name(one, w), showing::kind(one)),
        chips: showing::chips(one, w),
        waiting: None,
    }
}
