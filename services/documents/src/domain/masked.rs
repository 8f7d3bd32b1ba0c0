//! What is shown of documents above the secrecy ceiling: the line of the register, and nothing beside it.

use schema_documents::{IncomingDocument, MaskedVoidReason, OutgoingDocument, Refusal};
use wire::Fault;

use super::{
    field::{self, limit},
    incoming::CITIZEN_LETTER,
    secrecy::{self, Keeping},
};

/// What is said of a reason that was typed freely before there was a list.
const ELSEWHERE: &str = "lý do ghi trong sổ văn bản mật";

/// Every reason of the list.
const REASONS: [MaskedVoidReason; 3] =
    [MaskedVoidReason::EnteredTwice, MaskedVoidReason::EnteredWrongly, MaskedVoidReason::Withdrawn];

/// The reason as the register shows it.
fn words(reason: MaskedVoidReason) -> &'static str {
    match reason {
        MaskedVoidReason::EnteredTwice => "vào sổ hoặc lấy số hai lần",
        MaskedVoidReason::EnteredWrongly => "vào nhầm sổ, sai độ mật, ngày hoặc số trang",
        MaskedVoidReason::Withdrawn => "không ban hành, hoặc cơ quan gửi thu hồi",
    }
}

/// Why a line is voided: of a masked one a reason of the list, of another what the clerk typed.
pub(crate) fn reason(masked: bool, typed: &str, listed: Option<MaskedVoidReason>) -> Result<String, Fault> {
    if !masked {
        let given = listed.is_some();
        return if given { Err(unlisted()) } else { field::line("reason", typed, limit::NOTE) };
    }
    secrecy::check(Keeping::MaskedLine, &[("reason", !typed.trim().is_empty())])?;
    let missing = || Refusal::FieldMissing { name: "masked_reason".to_owned() }.at("masked_reason");
    Ok(words(listed.ok_or_else(missing)?).to_owned())
}

fn unlisted() -> Fault {
    Refusal::NotMasked.at("masked_reason")
}

/// The reason of a masked line that may be shown.
pub(crate) fn shown_reason(reason: Option<String>) -> Option<String> {
    reason.map(|told| if fixed(&told) { told } else { ELSEWHERE.to_owned() })
}

/// Whether these are words that this service wrote and no clerk typed.
fn fixed(told: &str) -> bool {
    told == CITIZEN_LETTER || REASONS.into_iter().any(|listed| words(listed) == told)
}

/// An incoming document as it is shown and told. Its masked line never described anything but the reason of its void.
pub(crate) fn incoming(document: IncomingDocument) -> IncomingDocument {
    if !document.masked {
        return document;
    }
    IncomingDocument { void_reason: shown_reason(document.void_reason), ..document }
}

/// An outgoing document as it is shown and told. The row keeps genre and body of a masked one, for its number comes from
/// their series.
pub(crate) fn outgoing(document: OutgoingDocument) -> OutgoingDocument {
    if !document.masked {
        return document;
    }
    OutgoingDocument {
        genre: String::new(),
        genre_name: String::new(),
        body_code: String::new(),
        seal: None,
        issuing_unit: None,
        issuing_unit_name: None,
        together_with: Vec::new(),
        symbol: None,
        void_reason: shown_reason(document.void_reason),
        ..document
    }
}

/// The particulars of history that are shown of a masked document: days and numbers, and reasons of the list.
pub(crate) fn says(name: &str, value: &str) -> bool {
    match name {
        "number" | "arrived" | "dated" => true,
        "reason" => fixed(value),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sample;

    #[test]
    fn a_masked_line_takes_a_reason_of_the_list_and_another_takes_words() {
        let listed = Some(MaskedVoidReason::EnteredTwice);
        let code = |masked, typed, listed| reason(masked, typed, listed).unwrap_err().code;
        assert_eq!(reason(false, " nhầm ", None).unwrap(), "nhầm");
        assert_eq!(code(false, " ", None), "documents.field_missing");
        assert_eq!(code(false, "nhầm", listed), "documents.not_masked");
        assert_eq!(reason(true, "", listed).unwrap(), words(MaskedVoidReason::EnteredTwice));
        assert_eq!(code(true, "", None), "documents.field_missing");
        assert_eq!(code(true, "kế hoạch A", listed), "documents.above_ceiling");
    }

    #[test]
    fn what_was_typed_before_there_was_a_list_is_not_shown() {
        for listed in REASONS {
            let told = words(listed).to_owned();
            assert_eq!(shown_reason(Some(told.clone())), Some(told));
        }
        assert_eq!(shown_reason(Some("trùng kế hoạch A".into())).as_deref(), Some(ELSEWHERE));
        assert_eq!(shown_reason(None), None);
    }

    #[test]
    fn a_masked_document_shows_its_number_and_no_word() {
        let open = OutgoingDocument { symbol: Some("05-CV/ĐU".into()), number: Some(5), ..sample::outgoing() };
        assert_eq!(outgoing(open.clone()), open);
        let bare = OutgoingDocument { summary: None, recipients: Vec::new(), draft: None, draft_ordinal: 0, ..open };
        let masked = OutgoingDocument { masked: true, void_reason: Some("kế hoạch A".into()), ..bare };
        let shown = outgoing(masked);
        assert_eq!((shown.number, &shown.symbol, shown.issuing_unit), (Some(5), &None, None));
        let text = serde_json::to_string(&shown).unwrap();
        for word in ["letter", "công văn", "ĐU", "kế hoạch"] {
            assert!(!text.contains(word), "{word}: {text}");
        }
    }
}
