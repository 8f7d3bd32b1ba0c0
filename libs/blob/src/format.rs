//! The formats an office accepts: an allow-list, because everything else is somebody's way in.

/// A format that an office accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Portable Document Format, the form of an official document (văn bản điện tử).
    Pdf,
    /// Word, Office Open XML.
    Docx,
    /// Word 97 to 2003.
    Doc,
    /// Excel, Office Open XML.
    Xlsx,
    /// Excel 97 to 2003.
    Xls,
    /// PowerPoint, Office Open XML.
    Pptx,
    /// OpenDocument text.
    Odt,
    /// OpenDocument spreadsheet.
    Ods,
    /// Plain text in UTF-8.
    Text,
    /// Comma-separated values in UTF-8.
    Csv,
    /// XML in UTF-8.
    Xml,
    /// A letter by electronic mail.
    Eml,
    /// A photograph or scan.
    Jpeg,
    /// A picture or screenshot.
    Png,
    /// A scan, perhaps of several pages.
    Tiff,
    /// An archive of files, which nothing here unpacks.
    Zip,
    /// A signed file in a CMS envelope.
    P7m,
    /// A signed container (ASiC-E).
    Asice,
}

/// Format, media type, and the extensions its files are named with; the first is the one to offer.
const ACCEPTED: [(Format, &str, &[&str]); 18] = [
    (Format::Pdf, "application/pdf", &["pdf"]),
    (Format::Docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", &["docx"]),
    (Format::Doc, "application/msword", &["doc"]),
    (Format::Xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", &["xlsx"]),
    (Format::Xls, "application/vnd.ms-excel", &["xls"]),
    (Format::Pptx, "application/vnd.openxmlformats-officedocument.presentationml.presentation", &["pptx"]),
    (Format::Odt, "application/vnd.oasis.opendocument.text", &["odt"]),
    (Format::Ods, "application/vnd.oasis.opendocument.spreadsheet", &["ods"]),
    (Format::Text, "text/plain", &["txt"]),
    (Format::Csv, "text/csv", &["csv"]),
    (Format::Xml, "application/xml", &["xml"]),
    (Format::Eml, "message/rfc822", &["eml"]),
    (Format::Jpeg, "image/jpeg", &["jpg", "jpeg"]),
    (Format::Png, "image/png", &["png"]),
    (Format::Tiff, "image/tiff", &["tif", "tiff"]),
    (Format::Zip, "application/zip", &["zip"]),
    (Format::P7m, "application/pkcs7-mime", &["p7m"]),
    (Format::Asice, "application/vnd.etsi.asic-e+zip", &["asice", "sce"]),
];

impl Format {
    /// Every accepted format.
    pub fn all() -> impl Iterator<Item = Self> {
        ACCEPTED.iter().map(|(format, ..)| *format)
    }

    /// The media type to keep and to serve the file with.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        self.row().map_or("application/octet-stream", |(_, media_type, _)| media_type)
    }

    /// The extensions its files are named with, in lower case and without the dot.
    #[must_use]
    pub fn extensions(self) -> &'static [&'static str] {
        self.row().map_or(&[], |(.., extensions)| extensions)
    }

    /// The format whose files are named with this extension, given in lower case.
    #[must_use]
    pub fn named(extension: &str) -> Option<Self> {
        Self::all().find(|format| format.extensions().contains(&extension))
    }

    /// The format of this media type.
    #[must_use]
    pub fn of_media_type(media_type: &str) -> Option<Self> {
        Self::all().find(|format| format.media_type() == media_type)
    }

    fn row(self) -> Option<&'static (Self, &'static str, &'static [&'static str])> {
        ACCEPTED.iter().find(|(format, ..)| *format == self)
    }
}
