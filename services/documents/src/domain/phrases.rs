//! What the papers of an office say beyond the rules of form.

use schema_documents::{
    DraftOutgoing, OutgoingDocument, PaperPhrases, PaperTemplate, PaperTemplateRefusal, SavePaperTemplate,
};
use schema_forms::{Block, DocumentPaper};
use wire::{
    Day, Fault, Secrecy, Urgency,
    id::{OfficeId, OutgoingId},
};

use super::{
    field::{self, limit},
    genre,
    outgoing::{self, Units},
};

/// The longest that a paper is allowed to be, in pages.
const PAGES: u32 = 500;
/// How many always get a copy.
const RECIPIENTS: usize = 20;
/// The text of a specimen; it has each kind of piece that papers have.
const SPECIMEN: &str = "Căn cứ Điều lệ Đảng;\nI- NHIỆM VỤ\nVăn bản mẫu này cho thấy các phần đứng ở đâu trên trang giấy.\n1. Đúng thẩm quyền, \
    đúng thể thức.\n| TT | Nội dung | Thời hạn |\n| 1 | Báo cáo | 30/11/2026 |";
/// Under which code a specimen is issued, and who signs it.
const SIGNATORY: &str = "CHÁNH VĂN PHÒNG Nguyễn Văn Mẫu";

/// The phrases of a template, in order.
pub(crate) fn kept(order: &SavePaperTemplate, today: Day) -> Result<PaperPhrases, Fault> {
    if order.from < today {
        return Err(PaperTemplateRefusal::TemplatePast { today }.into());
    }
    if let Some(key) = &order.genre {
        genre::of(key, order.from)?;
    }
    let PaperPhrases { place, superior, recipients, closing, most_pages } = &order.says;
    field::few("says/recipients", recipients, RECIPIENTS)?;
    let recipients = recipients.iter().map(|name| field::line("says/recipients", name, limit::NAME));
    field::count("says/most_pages", *most_pages, PAGES)?;
    Ok(PaperPhrases {
        most_pages: most_pages.filter(|most| *most > 0),
        place: field::optional_line("says/place", place.as_deref(), limit::NAME)?,
        superior: field::optional_line("says/superior", superior.as_deref(), limit::NAME)?,
        recipients: recipients.collect::<Result<_, _>>()?,
        closing: field::optional_line("says/closing", closing.as_deref(), limit::NOTE)?,
    })
}

/// What holds for a genre on a day: the template of the genre before that of all, the latest day before an earlier one.
pub(crate) fn in_force<'a>(all: &'a [PaperTemplate], genre: &str, day: Day) -> Option<&'a PaperPhrases> {
    let holds = |one: &&PaperTemplate| one.from <= day && one.genre.as_deref().is_none_or(|own| own == genre);
    let best = all.iter().filter(holds).max_by_key(|one| (one.genre.is_some(), one.from, one.at, one.id));
    best.map(|one| &one.says)
}

/// The paper with the phrases on it.
pub(crate) fn said(mut paper: DocumentPaper, says: &PaperPhrases) -> DocumentPaper {
    if let Some(place) = &says.place {
        paper.head.place = Some(place.clone());
    }
    if let Some(superior) = &says.superior {
        paper.head.superior = Some(superior.to_uppercase());
    }
    for name in &says.recipients {
        let known = |one: &String| text::fold(one) == text::fold(name);
        if !paper.recipients.iter().any(known) {
            paper.recipients.push(name.clone());
        }
    }
    if let Some(closing) = &says.closing {
        let ends =
            |block: &Block| matches!(block, Block::Paragraph { text } if text::fold(text) == text::fold(closing));
        if !paper.body.last().is_some_and(ends) {
            paper.body.push(Block::Paragraph { text: closing.clone() });
        }
    }
    paper
}

/// A document of a genre to be looked at, and its text; it stands in no register.
pub(crate) fn specimen(
    (office, body_code): (OfficeId, &str),
    genre: &str,
    day: Day,
    id: OutgoingId,
) -> Result<(OutgoingDocument, &'static str), Fault> {
    let order = DraftOutgoing {
        together_with: Vec::new(),
        office,
        genre: genre.to_owned(),
        body_code: Some(body_code.to_owned()),
        issuing_unit: None,
        summary: Some("Về việc xem thử mẫu văn bản".to_owned()),
        secrecy: Secrecy::Open,
        urgency: Urgency::Normal,
        replies_to: Vec::new(),
        text: None,
        recipients: Vec::new(),
    };
    let begun = outgoing::begin(&order, &Units::new(), Secrecy::Open, day, id)?;
    let (signatory, dated) = (Some(SIGNATORY.to_owned()), Some(day));
    Ok((OutgoingDocument { signatory, dated, ..begun }, SPECIMEN))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sample;

    fn template(n: u128, genre: Option<&str>, from: &str, place: &str) -> PaperTemplate {
        PaperTemplate {
            id: sample::id(n),
            office: sample::id(1),
            genre: genre.map(str::to_owned),
            from: from.parse().unwrap(),
            says: PaperPhrases { place: Some(place.to_owned()), ..PaperPhrases::default() },
            by: sample::id(2),
            at: sample::at("2026-01-01T00:00:00Z"),
        }
    }

    #[test]
    fn phrases_stand_on_the_paper_once() {
        let (document, text) =
            specimen((sample::id(1), "ĐU"), "notice", "2026-11-20".parse().unwrap(), sample::id(3)).unwrap();
        assert_eq!(document.genre_name, "thông báo");
        let office =
            serde_json::from_value(serde_json::json!({ "id": document.office, "code": "1", "name": "Đảng ủy xã Mẫu",
            "kind": "commune", "from": "2025-07-01", "version": 1 }))
            .unwrap();
        let issuer =
            crate::domain::printing::Issuer { office: &office, above: None, body: None, genre_code: Some("TB") };
        let paper = crate::domain::printing::paper(&document, crate::domain::writing::read(text), &issuer, None);
        let says = PaperPhrases {
            most_pages: None,
            place: Some("Mẫu".into()),
            superior: Some("Tỉnh ủy Mẫu".into()),
            recipients: vec!["Lưu Văn phòng".into()],
            closing: Some("Trân trọng.".into()),
        };
        let once = said(paper.clone(), &says);
        assert_eq!((once.head.place.as_deref(), once.head.superior.as_deref()), (Some("Mẫu"), Some("TỈNH ỦY MẪU")));
        assert_eq!(once.recipients.last().map(String::as_str), Some("Lưu Văn phòng"));
        assert_eq!(once.body.len(), paper.body.len() + 1);
        assert_eq!(said(once.clone(), &says), once, "nothing is said twice");
    }

    #[test]
    fn the_own_template_of_a_genre_comes_first_and_each_day_has_its_own() {
        let all = [
            template(1, None, "2026-01-01", "cũ"),
            template(2, None, "2026-06-01", "mới"),
            template(3, None, "2026-06-01", "mới hơn"),
            template(4, Some("notice"), "2026-03-01", "thông báo"),
        ];
        let at = |genre: &str, day: &str| {
            in_force(&all, genre, day.parse().unwrap()).and_then(|says| says.place.clone()).unwrap_or_default()
        };
        for (genre, day, place) in [
            ("plan", "2025-12-31", ""),
            ("plan", "2026-01-01", "cũ"),
            ("plan", "2026-07-01", "mới hơn"),
            ("notice", "2026-02-01", "cũ"),
            ("notice", "2026-07-01", "thông báo"),
        ] {
            assert_eq!(at(genre, day), place, "{genre} on {day}");
        }
    }
}
