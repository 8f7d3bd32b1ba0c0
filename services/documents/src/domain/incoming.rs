//! Entering an incoming document: what is required, what may be kept, what its line looks like.

use schema_documents::{Disposition, IncomingDocument, IncomingState, Refusal, RegisterIncoming};
use schema_identity::Unit;
use wire::{
    Day, Fault, FileRef, Instant, Secrecy, Version,
    id::{IncomingId, RegisterId},
};

use super::{
    disposition,
    field::{self, limit},
    register,
    secrecy::{self, Keeping},
};

/// What the line will say, checked and cleaned, before it has a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Described {
    /// Arrival day.
    pub(crate) arrived: Day,
    /// Whether only the masked line is kept.
    pub(crate) masked: bool,
    /// The body that wrote it.
    pub(crate) author_body: Option<String>,
    /// Number and symbol.
    pub(crate) symbol: Option<String>,
    /// The day it bears.
    pub(crate) document_day: Option<Day>,
    genre_name: Option<String>,
    summary: Option<String>,
    note: Option<String>,
}

/// The place a document gets in the register.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// The document's id.
    pub(crate) id: IncomingId,
    /// The register.
    pub(crate) register: RegisterId,
    /// The number it gave.
    pub(crate) number: i64,
    /// When.
    pub(crate) now: Instant,
}

/// Checks what a clerk typed. `author` is the unit that the request names as author, as identity knows it.
pub(crate) fn describe(
    order: &RegisterIncoming,
    author: Option<&Unit>,
    ceiling: Secrecy,
    today: Day,
) -> Result<Described, Fault> {
    let arrived = register::day("arrived", order.arrived, today)?;
    field::count("pages", order.pages, 100_000)?;
    field::few("files", &order.files, limit::FILES)?;
    let keeping = secrecy::keeping(order.secrecy, ceiling);
    secrecy::check(keeping, &particulars(order))?;
    if keeping == Keeping::MaskedLine {
        let nothing = (None, None, None, None, None);
        let (author_body, symbol, genre_name, summary, note) = nothing;
        return Ok(Described {
            arrived,
            masked: true,
            author_body,
            symbol,
            document_day: None,
            genre_name,
            summary,
            note,
        });
    }
    if let Some(document_day) = order.document_day.filter(|day| *day > arrived) {
        return Err(Refusal::DatedAfterArrival { document_day, arrived }.into());
    }
    if let Some(due) = order.due.filter(|due| *due < arrived) {
        return Err(Refusal::DueBeforeArrival { due, arrived }.into());
    }
    let author_body = order.author_body.as_deref().or(author.map(|unit| unit.name.as_str())).unwrap_or_default();
    let summary = order.summary.as_deref();
    Ok(Described {
        arrived,
        masked: false,
        author_body: Some(field::line("author_body", author_body, limit::NAME)?),
        symbol: field::optional_line("symbol", order.symbol.as_deref(), limit::SYMBOL)?,
        document_day: order.document_day,
        genre_name: field::optional_line("genre_name", order.genre_name.as_deref(), limit::NAME)?,
        summary: match keeping {
            Keeping::Whole => Some(field::line("summary", summary.unwrap_or_default(), limit::SUMMARY)?),
            Keeping::WithoutSummary | Keeping::MaskedLine => None,
        },
        note: field::optional_line("note", order.note.as_deref(), limit::NOTE)?,
    })
}

/// Everything that describes the content, with whether it was given.
fn particulars(order: &RegisterIncoming) -> [(&'static str, bool); 11] {
    [
        ("author_body", order.author_body.is_some()),
        ("author_unit", order.author_unit.is_some()),
        ("symbol", order.symbol.is_some()),
        ("document_day", order.document_day.is_some()),
        ("genre_name", order.genre_name.is_some()),
        ("summary", order.summary.is_some()),
        ("due", order.due.is_some()),
        ("note", order.note.is_some()),
        ("disposition", order.disposition.is_some()),
        ("duplicate_of", order.duplicate_of.is_some()),
        ("files", !order.files.is_empty()),
    ]
}

/// The document as it stands in the register.
pub(crate) fn enter(
    order: &RegisterIncoming,
    described: Described,
    place: Place,
    files: Vec<FileRef>,
) -> Result<IncomingDocument, Refusal> {
    let Described { arrived, masked, author_body, symbol, document_day, genre_name, summary, note } = described;
    let mut document = IncomingDocument {
        id: place.id,
        office: order.office,
        version: Version::FIRST,
        register: place.register,
        number: place.number,
        arrived,
        registered_at: place.now,
        state: IncomingState::Registered,
        void_reason: None,
        secrecy: order.secrecy,
        urgency: order.urgency,
        masked,
        author_body,
        author_unit: order.author_unit,
        symbol,
        document_day,
        genre_name,
        summary,
        pages: order.pages,
        note,
        duplicate_of: order.duplicate_of,
        disposition: None,
        due_stated: order.due,
        due: None,
        due_reason: None,
        desk: None,
        files,
    };
    if let Some(chosen) = order.disposition {
        disposition::set(&mut document, chosen, None, place.now.day())?;
    } else if order.due.is_some() {
        // A stated day means that somebody waits for an answer.
        disposition::set(&mut document, Disposition::ToProcess, None, place.now.day())?;
    }
    Ok(document)
}

/// The document with its line voided; it lies at no desk any more.
pub(crate) fn void(document: &IncomingDocument, reason: &str) -> Result<IncomingDocument, Fault> {
    standing(document)?;
    let reason = field::line("reason", reason, limit::NOTE)?;
    let state = IncomingState::Voided;
    Ok(IncomingDocument { state, void_reason: Some(reason), desk: None, ..document.clone() })
}

/// Refuses work on a line that was voided.
pub(crate) fn standing(document: &IncomingDocument) -> Result<(), Refusal> {
    match document.state {
        IncomingState::Registered => Ok(()),
        IncomingState::Voided => Err(Refusal::AlreadyVoided),
    }
}

/// Refuses what would say more of a document than may be kept here.
pub(crate) fn describable(document: &IncomingDocument) -> Result<(), Refusal> {
    standing(document)?;
    if document.masked { Err(Refusal::Masked) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use wire::Urgency;

    use super::*;
    use crate::domain::sample;

    fn today() -> Day {
        "2026-11-20".parse().unwrap()
    }

    fn code(order: &RegisterIncoming, ceiling: Secrecy) -> (String, String) {
        let fault = describe(order, None, ceiling, today()).unwrap_err();
        (fault.code, fault.field.unwrap_or_default())
    }

    #[test]
    fn what_is_wrong_is_named() {
        let plain = sample::order();
        let table: [(RegisterIncoming, &str, &str); 6] = [
            (RegisterIncoming { author_body: None, ..plain.clone() }, "documents.field_missing", "author_body"),
            (RegisterIncoming { summary: Some(" ".into()), ..plain.clone() }, "documents.field_missing", "summary"),
            (RegisterIncoming { pages: Some(0), ..plain.clone() }, "documents.field_out_of_range", "pages"),
            (
                RegisterIncoming { arrived: Some("2026-11-21".parse().unwrap()), ..plain.clone() },
                "documents.day_in_future",
                "arrived",
            ),
            (
                RegisterIncoming { document_day: Some("2026-11-21".parse().unwrap()), ..plain.clone() },
                "documents.dated_after_arrival",
                "document_day",
            ),
            (
                RegisterIncoming { due: Some("2026-11-19".parse().unwrap()), ..plain.clone() },
                "documents.due_before_arrival",
                "due",
            ),
        ];
        for (order, expected, field) in table {
            assert_eq!(code(&order, Secrecy::Open), (expected.to_owned(), field.to_owned()));
        }
    }

    #[test]
    fn a_unit_named_as_author_lends_its_name() {
        let order = RegisterIncoming { author_body: None, ..sample::order() };
        let unit = sample::unit("Ban Xây dựng Đảng");
        let described = describe(&order, Some(&unit), Secrecy::Open, today()).unwrap();
        assert_eq!(described.author_body.as_deref(), Some("Ban Xây dựng Đảng"));
    }

    #[test]
    fn above_the_ceiling_only_the_masked_line_is_kept() {
        let secret = RegisterIncoming { secrecy: Secrecy::Secret, ..sample::order() };
        assert_eq!(code(&secret, Secrecy::Open).0, "documents.above_ceiling");
        assert!(describe(&secret, None, Secrecy::Secret, today()).is_ok());

        let bare = RegisterIncoming { urgency: Urgency::Urgent, ..sample::bare(Secrecy::Secret) };
        let described = describe(&bare, None, Secrecy::Open, today()).unwrap();
        let masked = enter(&bare, described, sample::place(), Vec::new()).unwrap();
        let told = serde_json::to_value(&masked).unwrap();
        let mut fields: Vec<&String> = told.as_object().unwrap().keys().collect();
        fields.sort();
        let allowed = [
            "arrived",
            "files",
            "id",
            "masked",
            "number",
            "office",
            "pages",
            "register",
            "registered_at",
            "secrecy",
            "state",
            "urgency",
            "version",
        ];
        assert_eq!(fields, allowed);
        assert!(masked.masked && masked.files.is_empty());
    }

    #[test]
    fn each_particular_is_refused_above_the_ceiling() {
        let full = RegisterIncoming {
            author_unit: Some(sample::unit("a").id),
            note: Some("gấp".into()),
            due: Some("2026-11-30".parse().unwrap()),
            disposition: Some(Disposition::ToKnow),
            duplicate_of: Some(sample::incoming().id),
            files: vec![wire::Ticket("t".into())],
            ..sample::order()
        };
        assert!(particulars(&full).iter().all(|(_, given)| *given), "a particular is not seen as given");
        assert!(particulars(&sample::bare(Secrecy::Open)).iter().all(|(_, given)| !given));
    }

    #[test]
    fn the_summary_of_a_top_secret_document_is_never_entered() {
        let order = RegisterIncoming { secrecy: Secrecy::TopSecret, ..sample::order() };
        assert_eq!(code(&order, Secrecy::TopSecret).0, "documents.top_secret_summary");
        let described =
            describe(&RegisterIncoming { summary: None, ..order }, None, Secrecy::TopSecret, today()).unwrap();
        assert_eq!((described.summary, described.masked), (None, false));
    }

    #[test]
    fn a_stated_day_makes_it_work() {
        let order = RegisterIncoming { due: Some("2026-12-04".parse().unwrap()), ..sample::order() };
        let described = describe(&order, None, Secrecy::Open, today()).unwrap();
        let document = enter(&order, described, sample::place(), Vec::new()).unwrap();
        assert_eq!((document.disposition, document.due), (Some(Disposition::ToProcess), order.due));
    }

    #[test]
    fn a_line_is_voided_once_and_with_a_reason() {
        let document = sample::incoming();
        assert_eq!(void(&document, "  ").unwrap_err().code, "documents.field_missing");
        let voided = void(&document, "vào nhầm sổ").unwrap();
        assert_eq!(voided.void_reason.as_deref(), Some("vào nhầm sổ"));
        assert_eq!(void(&voided, "lại").unwrap_err().code, "documents.already_voided");
        assert_eq!(voided.number, document.number);
    }
}
