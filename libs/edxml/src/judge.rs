//! Whether the parts of a message agree with each other.

use std::collections::BTreeSet;

use crate::{
    BusinessKind, Message, Status, date,
    diagnosis::Docket,
    document_id,
    fit::FILES,
    organ_id,
    rule::{attachment, field, structure},
    tree::Element,
};

const HEADER: &str = "edXMLEnvelope/edXMLHeader";
const HEAD: &str = "edXMLEnvelope/edXMLHeader/MessageHeader";
const BUSINESS: &str = "edXMLEnvelope/edXMLHeader/TraceHeaderList/Bussiness";

/// Judges a message. `has_files` says whether any file, sound or not, is there.
pub(crate) fn message(root: &Element<'_>, message: &Message, has_files: bool, docket: &mut Docket) {
    let Some(head) = root.at(HEAD) else { return };
    receivers(head, message, docket);
    code(head, docket);
    document(head, message, docket);
    due(head, message, docket);
    business(root, message, docket);
    let is_told = docket.is_misplaced(&FILES) || docket.has(&attachment::FOREIGN_FORM);
    if !has_files && !is_told && message.business.kind != BusinessKind::Revoke {
        let holder = root.child("edXMLEnvelope").unwrap_or(root);
        docket.tag(&attachment::NO_ATTACHMENT, holder, "", "");
    }
}

/// Judges a status.
pub(crate) fn status(root: &Element<'_>, status: &Status, docket: &mut Docket) {
    let Some(head) = root.at(HEAD) else { return };
    if status.code.needs_reason() && status.description.is_empty() && !docket.is_misplaced(&["Description"]) {
        let holder = head.child("Description").or(head.child("StatusCode")).unwrap_or(head);
        docket.tag(&field::REASON_MISSING, holder, "", &format!("StatusCode {}", status.code.text()));
    }
}

fn receivers(head: &Element<'_>, message: &Message, docket: &mut Docket) {
    if message.to.is_empty() && !docket.is_misplaced(&["To"]) {
        docket.tag(&structure::MISSING_RECEIVER, head, "", "");
    }
    let mut seen = BTreeSet::new();
    for to in head.all("To") {
        let Some(holder) = to.child("OrganId").filter(|one| one.has_words()) else { continue };
        if !seen.insert(organ_id::current(&holder.words())) {
            docket.text(&field::RECEIVER_TWICE, holder, "");
        }
    }
}

/// The id of the document against what the header says.
fn document(head: &Element<'_>, message: &Message, docket: &mut Docket) {
    let (Some(holder), Some(parts)) = (head.child("DocumentId"), document_id::parts(&message.document_id)) else {
        return;
    };
    let sender = organ_id::current(&message.from.organ_id);
    let code = &message.code;
    let symbol = format!("{}/{}", code.number, code.notation);
    let has_symbol = !code.number.is_empty() && !code.notation.is_empty();
    let day = date::day(parts.date).value();
    let folded = |text: &str| text::fold(text).replace(['/', '-', ' '], "");
    let differs = if organ_id::current(parts.organ) != sender && !sender.is_empty() {
        Some((parts.organ.to_owned(), message.from.organ_id.clone()))
    } else if day.is_some() && message.promulgation.date.day.is_some() && day != message.promulgation.date.day {
        Some((parts.date.to_owned(), message.promulgation.date.text.clone()))
    } else if has_symbol && folded(parts.symbol) != folded(&symbol) {
        Some((parts.symbol.to_owned(), symbol))
    } else {
        None
    };
    let is_told = docket.has(&field::CODE_NUMBER_FORM) || docket.has(&field::NOTATION_REPEATS);
    if let Some((found, wanted)) = differs.filter(|_| !is_told) {
        docket.say(&field::DOCUMENT_ID_DISAGREES, holder.words_spot(), &found, &wanted);
    }
}

fn code(head: &Element<'_>, docket: &mut Docket) {
    let number = head.at("Code/CodeNumber").filter(|one| one.has_words());
    let notation = head.at("Code/CodeNotation").filter(|one| one.has_words());
    if let Some(number) = number.filter(|one| !one.words().starts_with(|first: char| first.is_ascii_digit())) {
        docket.text(&field::CODE_NUMBER_FORM, number, "");
    }
    let (Some(number), Some(notation)) = (number, notation) else { return };
    let (figures, words) = (number.words(), notation.words());
    if let Some(rest) = words.strip_prefix(&figures).and_then(|rest| rest.strip_prefix(['/', '-'])) {
        docket.say(&field::NOTATION_REPEATS, notation.words_spot(), &words, rest);
    }
}

fn due(head: &Element<'_>, message: &Message, docket: &mut Docket) {
    let (Some(holder), Some(due), Some(day)) = (head.child("DueDate"), message.due.day, message.promulgation.date.day)
    else {
        return;
    };
    if due < day {
        docket.say(&field::DUE_BEFORE, holder.words_spot(), &message.due.text, &message.promulgation.date.text);
    }
}

fn business(root: &Element<'_>, message: &Message, docket: &mut Docket) {
    let business = &message.business;
    let Some(holder) = root.at(BUSINESS).or_else(|| root.at(HEADER)) else { return };
    let is_told = docket.is_misplaced(&["DocumentId", "ReplacementInfoList", "ReplacementInfo"]);
    if business.kind == BusinessKind::New {
        let differs = !business.document_id.is_empty()
            && !message.document_id.is_empty()
            && document_id::matching_key(&business.document_id) != document_id::matching_key(&message.document_id);
        if let Some(own) = holder.child("DocumentId").filter(|_| differs) {
            docket.say(&field::DOCUMENT_ID_DIFFERS, own.words_spot(), &business.document_id, &message.document_id);
        }
        return;
    }
    if business.reason.is_empty() {
        let at = holder.child("BussinessDocReason").or(holder.child("BussinessDocType")).unwrap_or(holder);
        docket.tag(&field::REASON_MISSING, at, "", &format!("BussinessDocType {}", business.kind.text()));
    }
    if message.affected().is_empty() && business.replaced.is_empty() && !is_told {
        docket.tag(&field::AFFECTED_MISSING, holder, "", "");
    }
}
