//! How an outgoing document is shown, in lists and on its own page.

use schema_documents::{OutgoingDocument, OutgoingRecipient, OutgoingState};
use wire::id::UnitId;

use crate::{
    fields::Fields,
    kit::{
        chip::{Chip, Tone},
        wording,
    },
    screens::signing::card,
    words::Words,
};

/// What it is about, or that nothing of it is kept here.
pub(crate) fn title(document: &OutgoingDocument, w: Words) -> String {
    if document.masked {
        return w.t("masked");
    }
    document.summary.clone().unwrap_or_else(|| w.t("no-summary"))
}

/// Its number and symbol; of a draft which version it is.
pub(crate) fn name(document: &OutgoingDocument, w: Words) -> String {
    match (&document.symbol, document.number) {
        (Some(symbol), _) if !symbol.is_empty() => symbol.clone(),
        (_, Some(number)) => w.with("outgoing-number", &[("number", &number.to_string())]),
        _ if document.draft_ordinal == 0 => w.t("outgoing-no-text"),
        _ => w.with("outgoing-nth", &[("nth", &document.draft_ordinal.to_string())]),
    }
}

/// Its genre and the body that issues it.
pub(crate) fn kind(document: &OutgoingDocument) -> String {
    let issuer = document.issuing_unit_name.clone().unwrap_or_else(|| document.body_code.clone());
    let parts = [document.genre_name.clone(), issuer];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// To whom it goes, in one line.
pub(crate) fn recipients(document: &OutgoingDocument) -> String {
    document.recipients.iter().map(|one| one.name.as_str()).collect::<Vec<_>>().join("; ")
}

/// The words for what a draft lacks before anybody would number it.
pub(crate) fn lacking(document: &OutgoingDocument) -> Vec<&'static str> {
    if document.masked || document.state != OutgoingState::Draft {
        return Vec::new();
    }
    let mut lacking = Vec::new();
    if document.draft.is_none() && document.files.is_empty() {
        lacking.push("outgoing-lacks-text");
    }
    if document.recipients.is_empty() {
        lacking.push("outgoing-lacks-recipients");
    }
    lacking
}

/// Its marks and where it stands.
pub(crate) fn chips(document: &OutgoingDocument, w: Words) -> Vec<Chip> {
    let marks = [wording::secrecy(document.secrecy, w), wording::urgency(document.urgency, w)];
    let mut chips: Vec<Chip> = marks.into_iter().flatten().collect();
    match document.state {
        OutgoingState::Issued => {
            chips.push(Chip::new(Tone::Good, "ok", w.t("outgoing-issued")));
            chips.extend(document.execution.map(|state| card::chip(state, w)));
        }
        OutgoingState::Voided => chips.push(Chip::new(Tone::Plain, "void", w.t("state-voided"))),
        OutgoingState::Draft => {
            let lacking = lacking(document);
            if lacking.is_empty() {
                chips.push(Chip::new(Tone::Info, "waiting", w.t("outgoing-ready")));
            }
            chips.extend(lacking.into_iter().map(|key| Chip::new(Tone::Soon, "warning", w.t(key))));
        }
    }
    chips
}

/// The recipients that a form names: units of the office by their boxes, others a line each.
pub(crate) fn addressed(fields: &Fields) -> Vec<OutgoingRecipient> {
    let units = fields.all("units").into_iter().filter_map(|unit| unit.parse::<UnitId>().ok());
    let units = units.map(|unit| OutgoingRecipient { name: String::new(), unit: Some(unit) });
    let lines = fields.get("recipients").lines().map(str::trim).filter(|line| !line.is_empty());
    units.chain(lines.map(|line| OutgoingRecipient { name: line.to_owned(), unit: None })).collect()
}

/// A text of several lines as it was typed: browsers send two characters for each break.
pub(crate) fn lines(text: &str) -> String {
    text.replace("\r\n", "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recipients_are_the_ticked_units_and_a_line_for_each_other() {
        let unit = "01938a2c-0000-7000-8000-000000000001";
        let sent = format!("units={unit}&units=x&recipients=%0D%0AHuy+Vi+Du%0D%0A%0D%0ALuu+VT");
        let named = addressed(&Fields::read(sent.as_bytes()));
        let names: Vec<&str> = named.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["", "Huy Vi Du", "Luu VT"]);
        assert_eq!(named.iter().filter(|one| one.unit.is_some()).count(), 1);
    }
}
