//! Making one PDF: PDF/A-2b with PDF/UA-1, the same bytes for the same sheet.

use std::fmt;

use schema_forms::Refusal;
use service::Result;
use typst::{
    World, WorldExt as _, comemo,
    diag::{SourceDiagnostic, Warned},
    foundations::{Datetime, Smart},
};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use wire::Day;

use super::world::Desk;
use crate::domain::sheet::Sheet;

/// The most pages of one paper.
pub(crate) const MOST_PAGES: u32 = 600;
/// For how many papers after it what was worked out for one is kept; a large one is forgotten at once.
const KEPT: usize = 8;
/// The legal time of Vietnam, in minutes.
const OFFSET: i32 = 7 * 60;

/// A finished paper.
#[derive(Debug)]
pub(crate) struct Printed {
    /// The file.
    pub(crate) pdf: Vec<u8>,
    /// Its pages.
    pub(crate) pages: u32,
}

/// Sets a sheet. Takes processor time, up to seconds for a large one: never on a thread that others wait for.
///
/// # Errors
/// [`Refusal::PagesTooMany`]; [`Misprint`] when a template is at fault.
pub(crate) fn print(sheet: Sheet) -> Result<Printed> {
    let (day, is_large) = (sheet.day, sheet.is_large);
    let desk = Desk::new(sheet.template, sheet.data);
    let desk = desk.ok_or_else(|| anyhow::anyhow!("`{:?}` is no template", sheet.template))?;
    let printed = set(&desk, day);
    comemo::evict(if is_large { 0 } else { KEPT });
    printed
}

fn set(desk: &dyn World, day: Day) -> Result<Printed> {
    let Warned { output, .. } = typst::compile::<PagedDocument>(desk);
    let document = output.map_err(|found| misprint(desk, &found))?;
    let pages = u32::try_from(document.pages().len()).unwrap_or(u32::MAX);
    if pages > MOST_PAGES {
        return Err(Refusal::PagesTooMany { most: MOST_PAGES }.into());
    }
    let standards = PdfStandards::new(&[PdfStandard::A_2b, PdfStandard::Ua_1]);
    let standards = standards.map_err(|error| anyhow::anyhow!("typst refuses the standards: {}", error.message()))?;
    let moment = Datetime::from_ymd_hms(day.year(), day.month(), day.day(), 0, 0, 0);
    let options = PdfOptions {
        creator: Smart::Custom(Some("Văn phòng".to_owned())),
        timestamp: moment.and_then(|moment| Timestamp::new_local(moment, OFFSET)),
        standards,
        ..PdfOptions::default()
    };
    let mut pdf = typst_pdf::pdf(&document, &options).map_err(|found| misprint(desk, &found))?;
    // A signature is appended to the file; without an end of line before it the result would be no PDF/A any more
    // (ISO 19005-2, 6.1.9).
    pdf.push(b'\n');
    Ok(Printed { pdf, pages })
}

/// What is wrong with a template, and where.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Misprint {
    /// Path, line and column, when it has a place.
    place: Option<(String, usize, usize)>,
    message: String,
}

impl fmt::Display for Misprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Some((path, line, column)) => {
                write!(f, "template `{path}`, line {line}, column {column}: {}", self.message)
            }
            None => write!(f, "a template: {}", self.message),
        }
    }
}

impl std::error::Error for Misprint {}

/// The first thing that typst found.
fn misprint(desk: &dyn World, found: &[SourceDiagnostic]) -> anyhow::Error {
    let Some(first) = found.first() else { return anyhow::anyhow!("typst refused without a word") };
    let place = first.span.id().and_then(|id| {
        let source = desk.source(id).ok()?;
        let range = desk.range(first.span)?;
        let (line, column) = source.lines().byte_to_line_column(range.start)?;
        Some((id.get().vpath().get_with_slash().to_owned(), line + 1, column + 1))
    });
    Misprint { place, message: first.message.to_string() }.into()
}

#[cfg(test)]
mod tests {
    use schema_forms::FormKind;
    use typst::{
        Library,
        diag::FileResult,
        foundations::{Bytes, Duration},
        syntax::{FileId, Source},
        text::{Font, FontBook},
        utils::LazyHash,
    };

    use super::*;
    use crate::{
        domain::{sheet, specimen},
        press::world::has_letter,
    };

    /// A desk whose main template is a test's own.
    struct Trial(Desk, Source);

    impl World for Trial {
        fn library(&self) -> &LazyHash<Library> {
            self.0.library()
        }

        fn book(&self) -> &LazyHash<FontBook> {
            self.0.book()
        }

        fn main(&self) -> FileId {
            self.0.main()
        }

        fn source(&self, id: FileId) -> FileResult<Source> {
            if id == self.1.id() { Ok(self.1.clone()) } else { self.0.source(id) }
        }

        fn file(&self, id: FileId) -> FileResult<Bytes> {
            self.0.file(id)
        }

        fn font(&self, index: usize) -> Option<Font> {
            self.0.font(index)
        }

        fn today(&self, offset: Option<Duration>) -> Option<Datetime> {
            self.0.today(offset)
        }
    }

    fn tried(text: &str) -> String {
        let (desk, source) = Desk::with(text);
        let error = set(&Trial(desk, source), day("2026-11-20")).unwrap_err();
        error.downcast_ref::<Misprint>().unwrap().to_string()
    }

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn sheet_of(form: FormKind, on: &str) -> Sheet {
        sheet::of(&specimen::of(form, None, day(on)), day(on), &has_letter).unwrap()
    }

    #[test]
    fn a_fault_of_a_template_is_told_with_its_place() {
        assert_eq!(
            tried("#set text(size: 12pt)\n\nMột #khong-co"),
            "template `/test.typ`, line 3, column 6: unknown variable: khong-co"
        );
    }

    #[test]
    fn a_template_reads_no_file_and_no_package_and_no_clock() {
        for reach in [
            "#read(\"/etc/passwd\")",
            "#read(\"../../Cargo.toml\")",
            "#image(\"/logo.png\")",
            "#include \"/other.typ\"",
            "#import \"@preview/cetz:0.3.4\"",
            "#json(\"/other.json\")",
            "#plugin(\"/run.wasm\")",
            "#datetime.today()",
        ] {
            let told = tried(reach);
            let denied = ["access denied", "unable to get the current date", "would escape"];
            assert!(denied.iter().any(|why| told.contains(why)), "{reach}: {told}");
        }
    }

    #[test]
    fn a_template_that_never_ends_is_ended() {
        let told = tried("#let i = 1\n#while i > 0 { i += 1 }");
        assert!(told.contains("infinite"), "{told}");
        let told = tried("#let f(x) = f(x + 1)\n#f(1)");
        assert!(told.contains("depth"), "{told}");
    }

    #[test]
    fn a_paper_of_too_many_pages_is_refused() {
        let (desk, source) = Desk::with("#for _ in range(600) { pagebreak() }");
        let refused = set(&Trial(desk, source), day("2026-11-20")).unwrap_err();
        assert_eq!(refused.downcast_ref::<Refusal>(), Some(&Refusal::PagesTooMany { most: MOST_PAGES }));
    }

    #[test]
    fn the_same_sheet_is_the_same_bytes() {
        for form in [FormKind::Document, FormKind::IncomingRegister, FormKind::Receipt] {
            let one = print(sheet_of(form, "2026-11-20")).unwrap();
            comemo::evict(0);
            let two = print(sheet_of(form, "2026-11-20")).unwrap();
            assert!(one.pdf == two.pdf, "{form:?}");
            let other = print(sheet_of(form, "2026-11-21")).unwrap();
            assert!(one.pdf != other.pdf, "{form:?}: the day stands in the file");
        }
    }

    #[test]
    fn the_file_ends_so_that_a_signature_can_follow() {
        let printed = print(sheet_of(FormKind::Document, "2026-11-20")).unwrap();
        assert!(printed.pdf.ends_with(b"%%EOF\n"));
        assert_eq!(printed.pages, 1);
    }
}
