//! The head of a paper (phần đầu văn bản) and who signs it, as the templates take them.

use schema_forms::{Letterhead, Refusal, Signature};
use serde_json::{Value, json};
use text::date;

use super::words::{Words, few, limit};

/// Room for a number or a day that the clerk writes in.
const GAP: &str = "\u{A0}\u{A0}\u{A0}\u{A0}\u{A0}\u{A0}";

/// The most signatures of one paper: joint documents have several.
const SIGNATURES: u32 = 12;
/// The most lines of a signature.
const SIGNATURE_LINES: u32 = 6;

/// What stands below the number, besides the abstract of a letter.
#[derive(Clone, Debug, Default)]
pub(crate) struct Under {
    /// The abstract of an official letter.
    pub(crate) summary: Option<String>,
    /// Marks in a frame: secrecy, urgency.
    pub(crate) framed: Vec<String>,
    /// Marks without one: circulation, which draft it is.
    pub(crate) plain: Vec<String>,
}

/// The head, and the names of the issuing bodies for the properties of the file.
pub(crate) fn letterhead(words: &Words, head: &Letterhead, under: Under) -> Result<(Value, String), Refusal> {
    let Letterhead { superior, bodies, number, notation, place, day } = head;
    if bodies.is_empty() {
        return Err(Refusal::TextMissing { place: "head/bodies".to_owned() });
    }
    let superior = words.optional("head/superior", superior.as_deref(), limit::NAME)?;
    let bodies = words.lines("head/bodies", bodies)?;
    let number = words.optional("head/number", number.as_deref(), limit::NAME)?;
    let notation = words.optional("head/notation", notation.as_deref(), limit::NAME)?;
    let number_line = notation.map(|notation| format!("Số {}-{notation}", number.as_deref().unwrap_or(GAP)));
    let place = words.optional("head/place", place.as_deref(), limit::NAME)?;
    let date_line = place.map(|place| match day {
        Some(day) => date::date_line(&place, day.0),
        None => format!("{place}, ngày{GAP}tháng{GAP}năm{GAP}"),
    });
    let Under { summary, framed, plain } = under;
    let mark = |framed: bool| move |words: String| json!({ "framed": framed, "words": words });
    let marks: Vec<Value> = framed.into_iter().map(mark(true)).chain(plain.into_iter().map(mark(false))).collect();
    let author = bodies.join(", ");
    let head = json!({ "superior": superior, "bodies": bodies, "number_line": number_line, "date_line": date_line,
        "under": summary, "marks": marks });
    Ok((head, author))
}

/// Who signs.
pub(crate) fn signatures(words: &Words, given: &[Signature]) -> Result<Vec<Value>, Refusal> {
    few("signatures", given, SIGNATURES)?;
    let one = |(at, signature): (usize, &Signature)| {
        let Signature { authority, position, name, mark } = signature;
        few(&format!("signatures/{at}/authority"), authority, SIGNATURE_LINES)?;
        few(&format!("signatures/{at}/mark"), mark, SIGNATURE_LINES)?;
        Ok(json!({
            "authority": words.lines(&format!("signatures/{at}/authority"), authority)?,
            "position": words.needed(format_args!("signatures/{at}/position"), position, limit::NAME)?,
            "name": words.optional(format_args!("signatures/{at}/name"), name.as_deref(), limit::NAME)?,
            "mark": words.lines(&format!("signatures/{at}/mark"), mark)?,
        }))
    };
    given.iter().enumerate().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(number: Option<&str>, day: Option<&str>) -> Value {
        let head = Letterhead {
            superior: None,
            bodies: vec!["ĐẢNG ỦY XÃ TÂN LẬP".into()],
            number: number.map(str::to_owned),
            notation: Some("CV/ĐU".into()),
            place: Some("Tân Lập".into()),
            day: day.map(|day| day.parse().unwrap()),
        };
        letterhead(&Words::new(&|_| true), &head, Under::default()).unwrap().0
    }

    /// Leading zeros stand before days 1–9 and months 1–2 only (36-HD/VPTW).
    #[test]
    fn number_and_day_stand_as_the_guide_says() {
        let issued = head(Some("05"), Some("2026-03-05"));
        assert_eq!(issued["number_line"], "Số 05-CV/ĐU");
        assert_eq!(issued["date_line"], "Tân Lập, ngày 05 tháng 3 năm 2026");
    }

    #[test]
    fn a_draft_leaves_gaps_for_the_clerk() {
        let draft = head(None, None);
        let bare = |line: &Value| line.as_str().unwrap().replace('\u{A0}', "");
        assert_eq!(
            (bare(&draft["number_line"]), bare(&draft["date_line"])),
            ("Số -CV/ĐU".into(), "Tân Lập, ngàythángnăm".into())
        );
    }

    #[test]
    fn a_paper_without_a_body_is_refused() {
        let nobody =
            Letterhead { superior: None, bodies: vec![], number: None, notation: None, place: None, day: None };
        let refused = letterhead(&Words::new(&|_| true), &nobody, Under::default()).unwrap_err();
        assert_eq!(refused, Refusal::TextMissing { place: "head/bodies".into() });
    }
}
