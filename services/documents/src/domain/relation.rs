//! What a document does to another one, and how such a document begins.

use schema_documents::{
    DraftOutgoing, DraftRelated, IncomingDocument, IncomingState, OutgoingDocument, OutgoingState, Refusal,
    RelationKind, RelationRefusal,
};
use text::date;
use wire::{Day, Fault, FileRef, Secrecy};

use super::field::limit;

/// The key of the genre of copies.
const COPY: &str = "certified_copy";

/// The document to which something is done.
pub(crate) enum Target {
    /// One that was issued here.
    Outgoing(OutgoingDocument),
    /// One that arrived.
    Incoming(IncomingDocument),
}

impl Target {
    /// Its files.
    pub(crate) fn files(&self) -> &[FileRef] {
        match self {
            Self::Outgoing(document) => &document.files,
            Self::Incoming(document) => &document.files,
        }
    }

    fn secrecy(&self) -> Secrecy {
        match self {
            Self::Outgoing(document) => document.secrecy,
            Self::Incoming(document) => document.secrecy,
        }
    }

    fn masked(&self) -> bool {
        match self {
            Self::Outgoing(document) => document.masked,
            Self::Incoming(document) => document.masked,
        }
    }

    fn stands(&self) -> bool {
        match self {
            Self::Outgoing(document) => document.state == OutgoingState::Issued,
            Self::Incoming(document) => document.state == IncomingState::Registered,
        }
    }

    /// Its name in a text: `Quyết định số 05-QĐ/ĐU, ngày 05/9/2026 của Đảng ủy xã Hạc Thành`.
    fn cited(&self) -> String {
        let (genre, symbol, dated, of) = match self {
            Self::Outgoing(one) => (Some(&one.genre_name), one.symbol.as_ref(), one.dated, None),
            Self::Incoming(one) => {
                (one.genre_name.as_ref(), one.symbol.as_ref(), one.document_day, one.author_body.as_ref())
            }
        };
        let genre = genre.map_or_else(|| "Văn bản".to_owned(), |genre| capital(genre));
        let number = symbol.map(|symbol| format!(" số {symbol}")).unwrap_or_default();
        let day = dated.map(|Day(day)| format!(", ngày {}", date::in_figures(day))).unwrap_or_default();
        let of = of.map(|of| format!(" của {of}")).unwrap_or_default();
        format!("{genre}{number}{day}{of}")
    }

    fn summary(&self) -> Option<&String> {
        match self {
            Self::Outgoing(document) => document.summary.as_ref(),
            Self::Incoming(document) => document.summary.as_ref(),
        }
    }
}

/// Whether it is a copy.
pub(crate) fn copies(kind: RelationKind) -> bool {
    matches!(kind, RelationKind::FullCopy | RelationKind::CopyOfCopy | RelationKind::Extract)
}

/// Whether the files of the other one come along: a part of it is for the author to write.
pub(crate) fn encloses(kind: RelationKind) -> bool {
    copies(kind) && kind != RelationKind::Extract
}

/// Whether it ends the other one.
pub(crate) fn ends(kind: RelationKind) -> bool {
    matches!(kind, RelationKind::Replaces | RelationKind::Revokes)
}

/// Refuses what cannot be done to a document; also when it is issued, since the other may have been voided meanwhile.
/// `ended_by` is the symbol of what replaced or revoked it before.
pub(crate) fn possible(kind: RelationKind, target: &Target, ended_by: Option<&str>) -> Result<(), RelationRefusal> {
    if !copies(kind) && matches!(target, Target::Incoming(_)) {
        return Err(RelationRefusal::CopiesOnly);
    }
    if target.masked() {
        return Err(RelationRefusal::RelationMasked);
    }
    if !target.stands() {
        return Err(RelationRefusal::NotStanding);
    }
    match ended_by {
        Some(symbol) if !copies(kind) => Err(RelationRefusal::ReplacedAlready { symbol: symbol.to_owned() }),
        _ => Ok(()),
    }
}

/// The order to begin such a document.
pub(crate) fn order(call: &DraftRelated, target: &Target) -> Result<DraftOutgoing, Fault> {
    let own = match target {
        Target::Outgoing(document) => Some(document),
        Target::Incoming(_) => None,
    };
    let genre = match (copies(call.kind), &call.genre) {
        (true, Some(_)) => return Err(RelationRefusal::CopyGenre.into()),
        (true, None) => COPY.to_owned(),
        (false, Some(genre)) => genre.clone(),
        (false, None) => own.map(|document| document.genre.clone()).unwrap_or_default(),
    };
    let body_code = call.body_code.clone().or_else(|| own.map(|document| document.body_code.clone()));
    if body_code.as_deref().is_none_or(|code| code.trim().is_empty()) {
        return Err(Refusal::FieldMissing { name: "body_code".to_owned() }.at("body_code"));
    }
    let cited = target.cited();
    let about = target.summary().map(|summary| format!(": {summary}")).unwrap_or_default();
    let text = match copies(call.kind) {
        true => format!("{} {cited}{about}", verb(call.kind)),
        false => format!("Căn cứ {cited}{about};"),
    };
    Ok(DraftOutgoing {
        together_with: Vec::new(),
        office: call.office,
        genre,
        body_code,
        issuing_unit: None,
        summary: Some(shortened(format!("{} {cited}", verb(call.kind)))),
        secrecy: target.secrecy(),
        urgency: wire::Urgency::Normal,
        replies_to: Vec::new(),
        text: Some(text),
        recipients: Vec::new(),
    })
}

/// An abstract holds so many characters; the whole name stands in the text.
fn shortened(summary: String) -> String {
    match summary.char_indices().nth(limit::SUMMARY) {
        Some((end, _)) => summary.get(..end).unwrap_or_default().trim_end().to_owned(),
        None => summary,
    }
}

fn verb(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::Replaces => "Thay thế",
        RelationKind::Amends => "Sửa đổi, bổ sung",
        RelationKind::Revokes => "Bãi bỏ",
        RelationKind::FullCopy => "Sao y",
        RelationKind::CopyOfCopy => "Sao lục",
        RelationKind::Extract => "Trích sao",
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
