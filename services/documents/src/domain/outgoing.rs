//! A document of this office: draft, issued, voided. A draft has no number; what was issued does not change.

use std::collections::BTreeMap;

use schema_documents::{
    DraftOutgoing, ExecutionState, IssueOutgoing, MaskedVoidReason, OutgoingDocument, OutgoingRecipient, OutgoingState,
    Refusal,
};
use schema_identity::Unit;
use wire::{
    Day, Fault, Instant, Secrecy, Version,
    id::{DraftId, OutgoingId, RegisterId, UnitId},
};

use super::{
    field::{self, limit},
    genre, masked, register,
    secrecy::{self, Keeping},
};

/// As many bodies issue a document together with another.
const TOGETHER: usize = 5;

/// The units that a request names, as identity knows them.
pub(crate) type Units = BTreeMap<UnitId, Unit>;

/// The bodies that issue together with this one, each once.
fn together(order: &DraftOutgoing) -> Result<Vec<String>, Fault> {
    field::few("together_with", &order.together_with, TOGETHER)?;
    let mut names = Vec::with_capacity(order.together_with.len());
    for name in &order.together_with {
        let name = field::line("together_with", name, limit::NAME)?;
        if !names.contains(&name) {
            names.push(name);
        }
    }
    Ok(names)
}

/// Begins a document; the first version of its text is added by [`redraft`].
pub(crate) fn begin(
    order: &DraftOutgoing,
    units: &Units,
    ceiling: Secrecy,
    today: Day,
    id: OutgoingId,
) -> Result<OutgoingDocument, Fault> {
    let genre = genre::of(&order.genre, today)?;
    genre::code_of(genre)?;
    let issuing = order.issuing_unit.map(|id| unit(units, id, "issuing_unit")).transpose()?;
    if let Some(unit) = issuing.filter(|unit| unit.office != order.office) {
        return Err(Refusal::UnitUnknown { id: unit.id }.at("issuing_unit"));
    }
    let body_code = order.body_code.as_deref().or(issuing.and_then(|unit| unit.body.as_deref())).unwrap_or_default();
    if body_code.trim().is_empty() {
        return Err(Refusal::FieldMissing { name: "body_code".to_owned() }.at("body_code"));
    }
    field::few("replies_to", &order.replies_to, limit::REPLIES)?;
    let keeping = secrecy::keeping(order.secrecy, ceiling);
    let particulars = [
        ("summary", order.summary.is_some()),
        ("text", order.text.is_some()),
        ("recipients", !order.recipients.is_empty()),
        ("replies_to", !order.replies_to.is_empty()),
        ("together_with", !order.together_with.is_empty()),
    ];
    secrecy::check(keeping, &particulars)?;
    let mut replies_to = order.replies_to.clone();
    replies_to.sort();
    replies_to.dedup();
    Ok(OutgoingDocument {
        id,
        office: order.office,
        version: Version::FIRST,
        state: OutgoingState::Draft,
        genre: genre.key.clone(),
        genre_name: genre.name.clone(),
        body_code: register::body(body_code)?,
        issuing_unit: issuing.map(|unit| unit.id),
        issuing_unit_name: issuing.map(|unit| unit.name.clone()),
        together_with: together(order)?,
        summary: match keeping {
            Keeping::Whole => {
                let summary = order.summary.as_deref().unwrap_or_default();
                Some(field::line("summary", summary, limit::SUMMARY)?)
            }
            Keeping::WithoutSummary | Keeping::MaskedLine => None,
        },
        secrecy: order.secrecy,
        urgency: order.urgency,
        masked: keeping == Keeping::MaskedLine,
        replies_to,
        draft: None,
        draft_ordinal: 0,
        recipients: recipients(&order.recipients, units)?,
        register: None,
        number: None,
        symbol: None,
        dated: None,
        signatory: None,
        copies: None,
        issued_at: None,
        seal: None,
        execution: None,
        void_reason: None,
        files: Vec::new(),
    })
}

/// The document with a further version of its text.
pub(crate) fn redraft(document: &OutgoingDocument, draft: DraftId) -> Result<OutgoingDocument, Refusal> {
    describable(document)?;
    let draft_ordinal = document.draft_ordinal.saturating_add(1);
    Ok(OutgoingDocument { draft: Some(draft), draft_ordinal, ..document.clone() })
}

/// The document with other recipients.
pub(crate) fn address(
    document: &OutgoingDocument,
    named: &[OutgoingRecipient],
    units: &Units,
) -> Result<OutgoingDocument, Fault> {
    describable(document)?;
    Ok(OutgoingDocument { recipients: recipients(named, units)?, ..document.clone() })
}

/// What is settled before a number is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ready {
    /// The day the document bears.
    pub(crate) dated: Day,
    /// The code of its genre on that day.
    pub(crate) code: String,
    signatory: Option<String>,
    copies: Option<u32>,
    execution: Option<ExecutionState>,
}

/// Whether a draft can be issued as ordered.
pub(crate) fn ready(document: &OutgoingDocument, order: &IssueOutgoing, today: Day) -> Result<Ready, Fault> {
    drafted(document)?;
    if order.draft.is_some_and(|seen| document.draft != Some(seen)) {
        return Err(Refusal::DraftChanged { ordinal: document.draft_ordinal }.into());
    }
    let dated = register::day("dated", order.dated, today)?;
    field::count("copies", order.copies, 100_000)?;
    let code = genre::code_of(genre::of(&document.genre, dated)?)?.to_owned();
    if document.masked {
        secrecy::check(Keeping::MaskedLine, &[("signatory", order.signatory.is_some())])?;
        return Ok(Ready { dated, code, signatory: None, copies: order.copies, execution: None });
    }
    if document.draft.is_none() && document.files.is_empty() {
        return Err(Refusal::NothingToIssue.into());
    }
    if document.recipients.is_empty() {
        return Err(Refusal::NoRecipients.into());
    }
    let signatory = field::line("signatory", order.signatory.as_deref().unwrap_or_default(), limit::NAME)?;
    let execution = order.signer.map(|_| ExecutionState::LayingOut);
    Ok(Ready { dated, code, signatory: Some(signatory), copies: order.copies, execution })
}

/// The issued document, with the number that its series gave.
pub(crate) fn issued(
    document: &OutgoingDocument,
    ready: Ready,
    (register, number): (RegisterId, i64),
    now: Instant,
) -> Result<OutgoingDocument, Refusal> {
    let Ready { dated, code, signatory, copies, execution } = ready;
    let unfit = |_| Refusal::BodyCodeUnfit { body_code: document.body_code.clone() };
    let plain = u32::try_from(number).unwrap_or_default();
    let symbol = text::symbol::party_symbol(plain, &code, &document.body_code).map_err(unfit)?;
    Ok(OutgoingDocument {
        state: OutgoingState::Issued,
        register: Some(register),
        number: Some(number),
        symbol: Some(symbol),
        dated: Some(dated),
        signatory,
        copies,
        execution,
        issued_at: Some(now),
        ..document.clone()
    })
}

/// The document given up as a draft, or with its number voided. A masked one takes a reason of the list.
pub(crate) fn void(
    document: &OutgoingDocument,
    typed: &str,
    listed: Option<MaskedVoidReason>,
) -> Result<OutgoingDocument, Fault> {
    standing(document)?;
    let reason = masked::reason(document.masked, typed, listed)?;
    Ok(OutgoingDocument { state: OutgoingState::Voided, void_reason: Some(reason), ..document.clone() })
}

/// Refuses changes of what is no draft any more.
pub(crate) fn drafted(document: &OutgoingDocument) -> Result<(), Refusal> {
    match document.state {
        OutgoingState::Draft => Ok(()),
        OutgoingState::Issued | OutgoingState::Voided => Err(Refusal::NotADraft),
    }
}

/// Refuses files for anything but a draft.
pub(crate) fn attachable(document: &OutgoingDocument) -> Result<(), Refusal> {
    match document.state {
        OutgoingState::Issued => Err(Refusal::IssuedFiles),
        OutgoingState::Draft | OutgoingState::Voided => describable(document),
    }
}

/// Refuses files, such as the signed copy, for anything but an issued document.
pub(crate) fn signable(document: &OutgoingDocument) -> Result<(), Refusal> {
    standing(document)?;
    match document.state {
        _ if document.masked => Err(Refusal::Masked),
        OutgoingState::Issued => Ok(()),
        OutgoingState::Draft | OutgoingState::Voided => Err(Refusal::NotIssued),
    }
}

fn describable(document: &OutgoingDocument) -> Result<(), Refusal> {
    drafted(document)?;
    if document.masked { Err(Refusal::Masked) } else { Ok(()) }
}

fn standing(document: &OutgoingDocument) -> Result<(), Refusal> {
    match document.state {
        OutgoingState::Draft | OutgoingState::Issued => Ok(()),
        OutgoingState::Voided => Err(Refusal::AlreadyVoided),
    }
}

/// The recipients with their names: as typed, or as identity knows the unit.
fn recipients(named: &[OutgoingRecipient], units: &Units) -> Result<Vec<OutgoingRecipient>, Fault> {
    field::few("recipients", named, limit::RECIPIENTS)?;
    let resolve = |recipient: &OutgoingRecipient| {
        let known = recipient.unit.map(|id| unit(units, id, "recipients")).transpose()?;
        let typed = recipient.name.trim();
        let name = if typed.is_empty() { known.map_or("", |unit| unit.name.as_str()) } else { typed };
        Ok(OutgoingRecipient { name: field::line("recipients", name, limit::NAME)?, unit: recipient.unit })
    };
    named.iter().map(resolve).collect()
}

fn unit<'a>(units: &'a Units, id: UnitId, name: &str) -> Result<&'a Unit, Fault> {
    units.get(&id).ok_or_else(|| Refusal::UnitUnknown { id }.at(name))
}

#[cfg(test)]
mod tests;
