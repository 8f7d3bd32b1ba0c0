//! What is to happen with a document, and through whom, as a form says it.

use schema_documents::{Disposition, IncomingRouting};
use wire::id::UnitId;

use crate::{fields::Fields, format, kit::problems::Problems, screens::registering::word, words::Words};

/// Where the form has what the calls name otherwise.
pub(crate) const NAMES: [(&str, &str); 6] = [
    ("routing", "routing_text"),
    ("routing/lead", "routing_lead"),
    ("routing/text", "routing_text"),
    ("routing/due", "routing_due"),
    ("text", "routing_text"),
    ("due", "routing_due"),
];

/// What a form shows of a routing before anybody has typed, by the names of its fields.
pub(crate) fn proposed(routing: &IncomingRouting) -> Vec<(&'static str, String)> {
    let disposition = match routing.disposition {
        Disposition::ToProcess => "to_process",
        Disposition::ToKnow => "to_know",
        Disposition::ToFile => "to_file",
    };
    let mut pairs = vec![("routing_disposition", disposition.to_owned()), ("routing_text", routing.text.clone())];
    pairs.extend(routing.lead.map(|unit| ("routing_lead", unit.to_string())));
    pairs.extend(routing.with.iter().map(|unit| ("routing_with", unit.to_string())));
    pairs.extend(routing.to_know.iter().map(|unit| ("routing_to_know", unit.to_string())));
    pairs.extend(routing.due.map(|due| ("routing_due", format::day(due))));
    pairs
}

/// The routing of a form; what cannot be read is a problem of its field.
pub(crate) fn read(fields: &Fields, problems: &mut Problems, w: Words) -> Option<IncomingRouting> {
    let units = |name: &str| fields.all(name).into_iter().filter_map(|unit| unit.parse::<UnitId>().ok()).collect();
    let due = format::read_day(fields.get("routing_due"));
    if due.is_none() && !fields.get("routing_due").is_empty() {
        problems.add("routing_due", w.t("day-unreadable"));
    }
    let Some(disposition) = word::<Disposition>(fields.get("routing_disposition")) else {
        problems.add("routing_disposition", w.t("disposition-missing"));
        return None;
    };
    Some(IncomingRouting {
        disposition,
        lead: fields.get("routing_lead").parse().ok(),
        lead_position: None,
        with: units("routing_with"),
        to_know: units("routing_to_know"),
        due,
        text: fields.get("routing_text").replace("\r\n", "\n"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::Lang;

    #[test]
    fn a_form_names_one_lead_and_what_cannot_be_read_is_a_problem_of_its_field() {
        let unit = "01938a2c-0000-7000-8000-000000000001";
        let sent =
            format!("routing_disposition=to_process&routing_lead={unit}&routing_to_know={unit}&routing_text=Lam");
        let mut problems = Problems::default();
        let read_one = read(&Fields::read(sent.as_bytes()), &mut problems, Words(Lang::Vi)).unwrap();
        assert_eq!((read_one.lead.is_some(), read_one.with.len(), read_one.to_know.len()), (true, 0, 1));
        assert!(!problems.any());
        assert!(read(&Fields::read(b"routing_due=x"), &mut problems, Words(Lang::Vi)).is_none());
        assert!(problems.at("routing_due").is_some() && problems.at("routing_disposition").is_some());
    }
}
