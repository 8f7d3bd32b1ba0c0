//! A document of any genre, made ready for its template.

use schema_forms::{DocumentPaper, Refusal};
use serde_json::json;
use wire::{Secrecy, Urgency};

use super::{
    arrangement::{self, Arrangement, Genre},
    body,
    head::{self, Under},
    layout::Layout,
    sheet::{Content, Template},
    words::{Words, few, limit, listed},
};

/// What stands on a document, and where.
pub(crate) fn content(words: &Words, paper: &DocumentPaper, layout: &Layout) -> Result<Content, Refusal> {
    let Genre { title: genre, arrangement, .. } = arrangement::of(&paper.genre)?;
    let summary = words.optional("summary", paper.summary.as_deref(), limit::SUMMARY)?;
    let is_letter = *arrangement == Arrangement::Letter;
    let (beside, below) = if is_letter { (summary.clone(), None) } else { (None, summary.clone()) };
    let mut plain = Vec::from_iter(words.optional("circulation", paper.circulation.as_deref(), limit::NAME)?);
    plain.extend(paper.draft.map(|ordinal| format!("(Dự thảo lần {ordinal})")));
    let framed = [secrecy(paper.secrecy), urgency(paper.urgency)].into_iter().flatten().map(str::to_owned).collect();
    let (head, author) = head::letterhead(words, &paper.head, Under { summary: beside, framed, plain })?;
    let addressees = words.lines("addressees", &paper.addressees)?;
    let addressees = if addressees.len() == 1 { addressees } else { listed(addressees) };
    few("recipients", &paper.recipients, limit::NAMES)?;
    let recipients = listed(words.lines("recipients", &paper.recipients)?);
    let number = head.get("number_line").and_then(|line| line.as_str()).unwrap_or_default();
    let title = [capital(&genre.to_lowercase()), number.replace('\u{A0}', " "), summary.unwrap_or_default()];
    let title: Vec<String> = title.into_iter().filter(|part| !part.is_empty()).collect();
    let data = json!({
        "arrangement": arrangement,
        "heading": arrangement.is_titled().then_some(genre),
        "summary": below,
        "head": head,
        "addressees": addressees,
        "body": body::pieces(words, &paper.body, arrangement.is_titled(), &layout.closing)?,
        "signatures": head::signatures(words, &paper.signatures)?,
        "recipients": recipients,
        "typist": words.optional("typist", paper.typist.as_deref(), limit::NAME)?,
    });
    Ok(Content { template: Template::Document, title: title.join(" – "), author, data })
}

/// The word of a degree of secrecy, as papers bear it.
fn secrecy(degree: Secrecy) -> Option<&'static str> {
    match degree {
        Secrecy::Open => None,
        Secrecy::Secret => Some("MẬT"),
        Secrecy::HighlySecret => Some("TỐI MẬT"),
        Secrecy::TopSecret => Some("TUYỆT MẬT"),
    }
}

/// The word of a degree of urgency, as papers bear it.
fn urgency(degree: Urgency) -> Option<&'static str> {
    match degree {
        Urgency::Normal => None,
        Urgency::Urgent => Some("KHẨN"),
        Urgency::VeryUrgent => Some("THƯỢNG KHẨN"),
        Urgency::Express => Some("HỎA TỐC"),
    }
}

/// The first letter in capitals.
fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{layout, specimen};

    fn day() -> wire::Day {
        "2026-11-20".parse().unwrap()
    }

    fn made(genre: &str) -> Content {
        let paper = DocumentPaper { genre: genre.into(), ..specimen::document(day()) };
        let layout = layout::of(day()).unwrap();
        content(&Words::new(&|_| true), &paper, layout).unwrap()
    }

    #[test]
    fn the_genre_decides_where_the_abstract_stands() {
        let letter = made("official_letter").data;
        assert!(letter["heading"].is_null() && letter["summary"].is_null() && letter["head"]["under"].is_string());
        let resolution = made("resolution");
        assert_eq!(resolution.data["heading"], "NGHỊ QUYẾT");
        assert!(resolution.data["summary"].is_string() && resolution.data["head"]["under"].is_null());
        assert!(resolution.title.starts_with("Nghị quyết – Số "), "{}", resolution.title);
    }

    #[test]
    fn an_unknown_genre_is_refused() {
        let paper = DocumentPaper { genre: "poem".into(), ..specimen::document(day()) };
        let layout = layout::of(day()).unwrap();
        let refused = content(&Words::new(&|_| true), &paper, layout).err();
        assert_eq!(refused, Some(Refusal::GenreUnknown { genre: "poem".into() }));
    }

    #[test]
    fn marks_are_those_of_the_paper_only() {
        let paper = DocumentPaper {
            secrecy: Secrecy::Secret,
            urgency: Urgency::Express,
            circulation: Some("Xem xong trả lại".into()),
            draft: Some(2),
            ..specimen::document(day())
        };
        let layout = layout::of(day()).unwrap();
        let data = content(&Words::new(&|_| true), &paper, layout).unwrap().data;
        let marks: Vec<&str> =
            data["head"]["marks"].as_array().unwrap().iter().map(|mark| mark["words"].as_str().unwrap()).collect();
        assert_eq!(marks, ["MẬT", "HỎA TỐC", "Xem xong trả lại", "(Dự thảo lần 2)"]);
    }
}
