//! Where work comes from. A document must be of the same office, in force, and disposed to be processed. Of a petition
//! only the id is kept ([`petition`](super::petition)).

use schema_documents::{Disposition, IncomingDocument, IncomingState};
use schema_programme::{AssignmentSource, AssignmentSourceKind, Refusal};
use text::date::in_figures;
use wire::id::{IncomingId, OfficeId};

use crate::domain::{petition, wording};

/// The document a source names, so that it can be fetched; nothing for other kinds of source.
pub(crate) fn document(source: &AssignmentSource) -> Result<Option<IncomingId>, Refusal> {
    match (source.kind, source.id) {
        (AssignmentSourceKind::IncomingDocument, Some(id)) => Ok(Some(IncomingId(id))),
        (AssignmentSourceKind::IncomingDocument | AssignmentSourceKind::Petition, None) => {
            Err(Refusal::SourceIdMissing)
        }
        _ => Ok(None),
    }
}

/// The source as it is kept. `document` is the document it names, as its service tells of it to the caller.
pub(crate) fn checked(
    source: &AssignmentSource,
    office: OfficeId,
    document: Option<&IncomingDocument>,
) -> Result<AssignmentSource, Refusal> {
    if source.kind == AssignmentSourceKind::IncomingDocument {
        let document = document.filter(|document| document.office == office).ok_or(Refusal::SourceMissing)?;
        if document.masked {
            return Err(Refusal::SourceMasked);
        }
        if document.state == IncomingState::Voided || document.disposition != Some(Disposition::ToProcess) {
            return Err(Refusal::SourceNotToProcess);
        }
    }
    if source.kind == AssignmentSourceKind::Petition {
        return Ok(AssignmentSource { label: petition::CALLED.to_owned(), ..source.clone() });
    }
    let named =
        if source.label.trim().is_empty() { document.map(called).unwrap_or_default() } else { source.label.clone() };
    let label = wording::line("source/label", &named, Refusal::SourceUnnamed)?;
    Ok(AssignmentSource { label, ..source.clone() })
}

/// How people call a document: genre, number and symbol, day; the arrival number where it bears none.
fn called(document: &IncomingDocument) -> String {
    let genre = document.genre_name.as_deref().unwrap_or("Văn bản");
    let number = document.symbol.clone().unwrap_or_else(|| format!("đến {}", document.number));
    let day = document.document_day.map(|day| format!(" ngày {}", in_figures(day.0))).unwrap_or_default();
    format!("{genre} số {number}{day}")
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::sample;

    fn by_document(label: &str) -> AssignmentSource {
        let kind = AssignmentSourceKind::IncomingDocument;
        AssignmentSource { kind, id: Some(Uuid::from_u128(7)), label: label.into() }
    }

    #[test]
    fn a_document_to_be_processed_gives_work_and_its_name() {
        let document = sample::incoming();
        let kept = checked(&by_document(" "), document.office, Some(&document)).unwrap();
        assert_eq!(kept.label, "Công văn số 12-CV/TU ngày 20/11/2026");
        let kept = checked(&by_document("Mục 3, Công văn số 12-CV/TU"), document.office, Some(&document)).unwrap();
        assert_eq!(kept.label, "Mục 3, Công văn số 12-CV/TU");
    }

    #[test]
    fn any_other_document_gives_none() {
        let good = sample::incoming();
        let elsewhere = OfficeId(Uuid::from_u128(99));
        assert_eq!(checked(&by_document(""), elsewhere, Some(&good)), Err(Refusal::SourceMissing));
        assert_eq!(checked(&by_document(""), good.office, None), Err(Refusal::SourceMissing));
        let masked = IncomingDocument { masked: true, ..good.clone() };
        assert_eq!(checked(&by_document(""), good.office, Some(&masked)), Err(Refusal::SourceMasked));
        let not_to_process = [
            IncomingDocument { disposition: Some(Disposition::ToKnow), ..good.clone() },
            IncomingDocument { disposition: None, ..good.clone() },
            IncomingDocument { state: IncomingState::Voided, ..good.clone() },
        ];
        for document in not_to_process {
            assert_eq!(checked(&by_document(""), good.office, Some(&document)), Err(Refusal::SourceNotToProcess));
        }
    }

    #[test]
    fn a_petition_is_an_id_and_nothing_that_was_typed() {
        let kind = AssignmentSourceKind::Petition;
        let petition = AssignmentSource { kind, ..by_document("Đơn của ông Phạm Ví Dụ") };
        assert_eq!(document(&petition), Ok(None));
        let kept = checked(&petition, sample::OFFICE, None).unwrap();
        assert_eq!((kept.label.as_str(), kept.id), ("Đơn thư", petition.id));
        assert_eq!(document(&AssignmentSource { id: None, ..petition }), Err(Refusal::SourceIdMissing));
    }

    #[test]
    fn a_document_has_an_id_and_an_order_by_mouth_a_name() {
        let unnamed = AssignmentSource { id: None, ..by_document("Công văn") };
        assert_eq!(document(&unnamed), Err(Refusal::SourceIdMissing));
        let spoken = AssignmentSource { kind: AssignmentSourceKind::SpokenOrder, id: None, label: "\t".into() };
        assert_eq!(document(&spoken), Ok(None));
        assert_eq!(checked(&spoken, sample::OFFICE, None), Err(Refusal::SourceUnnamed));
    }
}
