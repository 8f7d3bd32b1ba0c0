//! What the text of an element may be.

use crate::{
    date::{self, Reading},
    diagnosis::Docket,
    document_id,
    organ_id::{self, Form},
    part::{Need, Part, Value},
    rule::{field, structure},
    status::StatusCode,
    tree::Element,
};

/// Looks at the text of an element.
pub(crate) fn check(element: &Element<'_>, part: &Part, docket: &mut Docket) {
    if part.value == Value::Opaque {
        return;
    }
    let words = element.words();
    if words.is_empty() {
        match part.need {
            Need::Vital => docket.refuse(&structure::EMPTY_ELEMENT, element.tag(), part.name, ""),
            Need::Must => docket.tag(&structure::EMPTY_ELEMENT, element, part.name, ""),
            Need::Should | Need::May => {}
        }
        return;
    }
    match part.value {
        Value::Text(longest) => text(element, &words, longest, docket),
        Value::Day => told(element, &date::day(&words), date::DAY_FORM, docket),
        Value::Moment => told(element, &date::moment(&words), date::MOMENT_FORM, docket),
        Value::OrganId => organ(element, &words, docket),
        Value::DocumentId => document(element, &words, docket),
        Value::Number if words.parse::<u32>().is_err() => docket.text(&field::BAD_NUMBER, element, ""),
        Value::OneOf(known) if !known.contains(&words.to_ascii_lowercase().as_str()) => {
            docket.text(&field::UNKNOWN_CODE, element, &known.join(", "));
        }
        Value::Business if !["0", "1", "2", "3"].contains(&words.as_str()) => {
            docket.refuse(&field::UNKNOWN_BUSINESS, element.words_spot(), &words, "");
        }
        Value::Status => status(element, &words, docket),
        Value::Children | Value::Opaque | Value::Number | Value::OneOf(_) | Value::Business => {}
    }
}

fn text(element: &Element<'_>, words: &str, longest: usize, docket: &mut Docket) {
    let length = words.chars().count();
    if length > longest {
        docket.refuse(&field::TOO_LONG, element.words_spot(), &length.to_string(), &longest.to_string());
    } else if let Err(unclean) = text::clean_text(words) {
        let code = format!("U+{:04X}", u32::from(unclean.character));
        docket.say(&field::HIDDEN_CHARACTER, element.words_spot(), &code, "");
    }
}

fn told<T: Copy>(element: &Element<'_>, reading: &Reading<T>, form: &str, docket: &mut Docket) {
    match reading {
        Reading::Exact(_) => {}
        Reading::Other(_) => docket.text(&field::DATE_FORM, element, form),
        Reading::Impossible => docket.text(&field::IMPOSSIBLE_DATE, element, form),
        Reading::Unreadable => docket.text(&field::UNREADABLE_DATE, element, form),
    }
}

fn organ(element: &Element<'_>, words: &str, docket: &mut Docket) {
    if words.chars().count() > organ_id::LONGEST {
        docket.text(&field::ORGAN_ID_LONG, element, "");
    } else if organ_id::form(words) == Form::Unknown {
        docket.text(&field::ORGAN_ID_FORM, element, "");
    }
}

fn document(element: &Element<'_>, words: &str, docket: &mut Docket) {
    match document_id::parts(words) {
        Some(parts) => {
            // A year alone stands there too: `000.00.01.H01,2018,10`.
            let is_year = parts.date.len() == 4;
            if !is_year && date::day(parts.date).value().is_none() {
                docket.say(&field::DOCUMENT_ID_DATE, element.words_spot(), parts.date, "");
            }
        }
        None if document_id::is_guid(words) => {}
        None => docket.text(&field::DOCUMENT_ID_FORM, element, ""),
    }
}

fn status(element: &Element<'_>, words: &str, docket: &mut Docket) {
    match StatusCode::read(words) {
        Some(code) if code.text() == words => {}
        Some(code) => docket.text(&field::STATUS_FORM, element, code.text()),
        None => {
            let known = StatusCode::ALL.map(StatusCode::text).join(", ");
            docket.refuse(&field::UNKNOWN_STATUS, element.words_spot(), words, &known);
        }
    }
}
