//! Dossiers of work: what may be opened, filed and closed, what is missing, and in which order documents lie.

use schema_documents::{
    Disposition, Dossier, DossierEntry, DossierGap, DossierGapKind, DossierList, DossierRefusal, DossierState,
    IncomingDocument, IncomingState, OpenDossier, OutgoingDocument, OutgoingState, PaperPages, Retention,
};
use wire::{Day, Fault, id::DossierPaperId};

use super::field::{self, limit};

/// The most documents that one dossier holds.
pub(crate) const PAPERS: u32 = 2_000;
/// The most entries of one list.
pub(crate) const ENTRIES: u64 = 2_000;
/// The longest term in years.
const LONGEST: u8 = 100;

/// Refuses a year for which nobody makes a list: before this system's time, or later than the next.
pub(crate) fn year(year: u16, today: Day) -> Result<u16, DossierRefusal> {
    let next = u16::try_from(today.year()).unwrap_or(u16::MAX).saturating_add(1);
    if (2000..=next).contains(&year) { Ok(year) } else { Err(DossierRefusal::DossierYearUnfit) }
}

/// Refuses to change a list that is in force (Quy định 383-QĐ/TW: the head of the body issues the list).
pub(crate) fn draft(list: &DossierList) -> Result<(), DossierRefusal> {
    if list.approved_on.is_some() { Err(DossierRefusal::DossierListApproved) } else { Ok(()) }
}

/// A term that somebody means.
pub(crate) fn term(retention: Retention) -> Result<Retention, DossierRefusal> {
    match retention {
        Retention::Years(years) if years == 0 || years > LONGEST => Err(DossierRefusal::RetentionUnfit),
        _ => Ok(retention),
    }
}

/// What a dossier is begun with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Begun {
    /// The code of its entry.
    pub(crate) code: Option<String>,
    /// What it is about.
    pub(crate) title: String,
    /// How long it is kept.
    pub(crate) retention: Retention,
    /// Why it is opened beside the list.
    pub(crate) reason: Option<String>,
}

/// What a dossier is begun with: an entry of a list in force, whatever the order says otherwise; or all that an entry would say,
/// and why it is beside the list.
pub(crate) fn begun(call: &OpenDossier, entry: Option<(&DossierEntry, &DossierList)>) -> Result<Begun, Fault> {
    let title = field::optional_line("title", call.title.as_deref(), limit::NOTE)?;
    let reason = field::optional_line("reason", call.reason.as_deref(), limit::NOTE)?;
    let retention = call.retention.map(term).transpose()?;
    match entry {
        Some((entry, list)) => {
            if list.approved_on.is_none() {
                return Err(DossierRefusal::DossierListNotReady.into());
            }
            Ok(Begun {
                code: Some(entry.code.clone()),
                title: title.unwrap_or_else(|| entry.title.clone()),
                retention: retention.unwrap_or(entry.retention),
                reason,
            })
        }
        None => match (title, retention, call.keeper, &reason) {
            (Some(title), Some(retention), Some(_), Some(_)) => Ok(Begun { code: None, title, retention, reason }),
            _ => Err(DossierRefusal::DossierOutsideUnsaid.into()),
        },
    }
}

/// Refuses to change a closed dossier.
pub(crate) fn open(dossier: &Dossier) -> Result<(), DossierRefusal> {
    if dossier.state == DossierState::Open { Ok(()) } else { Err(DossierRefusal::DossierClosed) }
}

/// Refuses what is kept in no dossier here: a voided line, and one of which nothing but its mask is here.
pub(crate) fn files_incoming(document: &IncomingDocument) -> Result<(), DossierRefusal> {
    let fits = document.state == IncomingState::Registered && !document.masked;
    if fits { Ok(()) } else { Err(DossierRefusal::PaperUnfit) }
}

/// The same of a document of ours, which has its number.
pub(crate) fn files_outgoing(document: &OutgoingDocument) -> Result<(), DossierRefusal> {
    let fits = document.state == OutgoingState::Issued && !document.masked;
    if fits { Ok(()) } else { Err(DossierRefusal::PaperUnfit) }
}

/// What lies in a dossier, as far as it tells what is missing.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Lying {
    /// A document that arrived; whether work from it is not finished, whether any was, and what answers it with whether that lies
    /// in the same dossier.
    Incoming {
        document: Box<IncomingDocument>,
        is_unfinished: bool,
        was_finished: bool,
        answers: Vec<(OutgoingDocument, bool)>,
    },
    /// A document of ours.
    Outgoing(Box<OutgoingDocument>),
}

/// What is missing, document by document in their order.
pub(crate) fn missing(lying: &[Lying]) -> Vec<DossierGap> {
    if lying.is_empty() {
        return vec![DossierGap { kind: DossierGapKind::Empty, incoming: None, outgoing: None, symbol: None }];
    }
    lying.iter().flat_map(gaps).collect()
}

fn gaps(one: &Lying) -> Vec<DossierGap> {
    match one {
        Lying::Outgoing(document) if document.state == OutgoingState::Issued && document.files.is_empty() => {
            vec![of_outgoing(DossierGapKind::Fileless, document)]
        }
        Lying::Outgoing(_) => Vec::new(),
        Lying::Incoming { document, .. } if document.state == IncomingState::Voided => Vec::new(),
        Lying::Incoming { document, is_unfinished, was_finished, answers } => {
            let issued = || answers.iter().filter(|(answer, _)| answer.state == OutgoingState::Issued);
            let of = |kind| DossierGap { kind, incoming: Some(document.id), outgoing: None, symbol: called(document) };
            let is_due = document.disposition == Some(Disposition::ToProcess) && document.due.is_some();
            let mut found = Vec::new();
            if *is_unfinished {
                found.push(of(DossierGapKind::Unfinished));
            } else if is_due && !*was_finished && issued().next().is_none() {
                found.push(of(DossierGapKind::Unanswered));
            }
            let elsewhere = issued().filter(|(_, is_here)| !is_here);
            found.extend(elsewhere.map(|(answer, _)| of_outgoing(DossierGapKind::AnswerElsewhere, answer)));
            if document.files.is_empty() {
                found.push(of(DossierGapKind::Fileless));
            }
            found
        }
    }
}

fn called(document: &IncomingDocument) -> Option<String> {
    document.symbol.clone().or_else(|| Some(format!("số đến {}", document.number)))
}

fn of_outgoing(kind: DossierGapKind, document: &OutgoingDocument) -> DossierGap {
    DossierGap { kind, incoming: None, outgoing: Some(document.id), symbol: document.symbol.clone() }
}

/// A document's place in the list of a closed dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Placed {
    /// Its line.
    pub(crate) paper: DossierPaperId,
    /// From 1.
    pub(crate) ordinal: u32,
    /// On which pages it lies.
    pub(crate) pages: Option<(u32, u32)>,
}

/// The list of documents of a dossier that is being closed: by day, then as they were filed. Pages must not overlap.
pub(crate) fn placed(
    mut papers: Vec<(DossierPaperId, Option<Day>)>,
    pages: &[PaperPages],
) -> Result<Vec<Placed>, DossierRefusal> {
    papers.sort_by_key(|(id, day)| (*day, *id));
    let known = |paper| papers.iter().any(|(id, _)| *id == paper);
    let mut taken: Vec<(u32, u32)> = pages.iter().map(|one| (one.first, one.last)).collect();
    taken.sort_unstable();
    let sound = pages.iter().all(|one| one.first >= 1 && one.first <= one.last && known(one.paper));
    let apart = taken.windows(2).all(|two| matches!(two, [one, next] if one.1 < next.0));
    let once = pages.iter().all(|one| pages.iter().filter(|other| other.paper == one.paper).count() == 1);
    if !(sound && apart && once) {
        return Err(DossierRefusal::PagesUnfit);
    }
    let of = |paper| pages.iter().find(|one| one.paper == paper).map(|one| (one.first, one.last));
    let numbered = (1..).zip(&papers);
    Ok(numbered.map(|(ordinal, (paper, _))| Placed { paper: *paper, ordinal, pages: of(*paper) }).collect())
}

#[cfg(test)]
mod tests;
