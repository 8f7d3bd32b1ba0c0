//! All that a template can see: the templates, one set of data, three fonts. There is no file system, no network, no package
//! and no clock behind it: whatever else is asked for is denied.

use std::sync::LazyLock;

use typst::{
    Library, LibraryExt as _, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Duration},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};

use crate::domain::sheet::Template;

/// The templates, by the paths under which they name each other.
const TEMPLATES: [(&str, &str); 5] = [
    ("/parts.typ", include_str!("../../templates/parts.typ")),
    ("/document.typ", include_str!("../../templates/document.typ")),
    ("/book.typ", include_str!("../../templates/book.typ")),
    ("/sheet.typ", include_str!("../../templates/sheet.typ")),
    ("/stamp.typ", include_str!("../../templates/stamp.typ")),
];

/// Tinos: regular, bold, italic.
const FONTS: [&[u8]; 3] = [
    include_bytes!("../../fonts/tinos-regular.ttf"),
    include_bytes!("../../fonts/tinos-bold.ttf"),
    include_bytes!("../../fonts/tinos-italic.ttf"),
];

/// Where a template finds its data.
const DATA: &str = "/data.json";

/// What is the same for every paper.
struct Shared {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    sources: Vec<Source>,
}

static SHARED: LazyLock<Shared> = LazyLock::new(|| {
    let fonts: Vec<Font> = FONTS.iter().flat_map(|bytes| Font::iter(Bytes::new(*bytes))).collect();
    let source = |(path, text): &(&str, &str)| Some(Source::new(id(path)?, (*text).to_owned()));
    Shared {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
        sources: TEMPLATES.iter().filter_map(source).collect(),
    }
});

/// The id under which typst knows a path; every path above has one.
fn id(path: &str) -> Option<FileId> {
    Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(path).ok()?).intern())
}

/// Whether all three fonts have a letter.
pub(crate) fn has_letter(letter: char) -> bool {
    SHARED.fonts.iter().all(|font| font.info().coverage.contains(u32::from(letter)))
}

/// What one paper sees.
pub(crate) struct Desk {
    main: FileId,
    data_id: Option<FileId>,
    data: Bytes,
}

impl Desk {
    /// A desk for a template and its data; nothing when there is no such template.
    pub(crate) fn new(template: Template, data: String) -> Option<Self> {
        let path = match template {
            Template::Document => "/document.typ",
            Template::Book => "/book.typ",
            Template::Sheet => "/sheet.typ",
            Template::Stamp => "/stamp.typ",
        };
        Some(Self { main: id(path)?, data_id: id(DATA), data: Bytes::from_string(data) })
    }

    /// A desk with a template of a test's own.
    #[cfg(test)]
    pub(crate) fn with(text: &str) -> (Self, Source) {
        let main = id("/test.typ").unwrap();
        let desk = Self { main, data_id: id(DATA), data: Bytes::from_string("{}".to_owned()) };
        (desk, Source::new(main, text.to_owned()))
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &SHARED.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &SHARED.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        SHARED.sources.iter().find(|source| source.id() == id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if Some(id) == self.data_id { Ok(self.data.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        SHARED.fonts.get(index).cloned()
    }

    /// A paper bears the day that its data name.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
