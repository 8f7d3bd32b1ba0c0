//! From a message or a status to bytes. The same message gives the same bytes, and nothing is handed out that our own
//! validator finds an error in.

use std::io::{Cursor, Write as _};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use quick_xml::escape::escape;
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use crate::{Attachment, Diagnosis, Message, NAMESPACE, Severity, Status, check};

/// The head of a message, element by element.
mod head;

/// Why something is not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unwritable {
    /// The validator finds errors in it: these.
    Unsound(Vec<Diagnosis>),
    /// A file could not be packed.
    Packing {
        /// Its name.
        name: String,
    },
}

impl std::fmt::Display for Unwritable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unsound(found) => {
                let codes: Vec<_> = found.iter().map(|one| format!("{}: {}", one.code, one.en.what)).collect();
                write!(f, "the message is not sound: {}", codes.join("; "))
            }
            Self::Packing { name } => write!(f, "`{name}` could not be packed: leave it out, or make it smaller"),
        }
    }
}

impl std::error::Error for Unwritable {}

/// Builds XML, indented as samples are.
struct Xml {
    out: String,
    depth: usize,
}

impl Xml {
    fn new() -> Self {
        let out = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<edXML xmlns=\"{NAMESPACE}\">\n");
        Self { out, depth: 1 }
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(&"  ".repeat(self.depth));
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// An element with children; left out when nothing stands in it.
    fn group(&mut self, name: &str, fill: impl FnOnce(&mut Self)) {
        let before = self.out.len();
        self.line(&format!("<edXML:{name}>"));
        let inside = self.out.len();
        self.depth += 1;
        fill(self);
        self.depth -= 1;
        if self.out.len() == inside {
            self.out.truncate(before);
        } else {
            self.line(&format!("</edXML:{name}>"));
        }
    }

    /// An element with text; left out when the text is empty.
    fn field(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.line(&format!("<edXML:{name}>{}</edXML:{name}>", escape(text)));
        }
    }

    fn number(&mut self, name: &str, number: Option<u32>) {
        if let Some(number) = number {
            self.field(name, &number.to_string());
        }
    }

    /// The same without a prefix, as files stand in samples.
    fn bare(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.line(&format!("<{name}>{}</{name}>", escape(text)));
        }
    }

    fn envelope(&mut self, fill: impl FnOnce(&mut Self)) {
        self.line(&format!("<edXML:edXMLEnvelope xmlns:edXML=\"{NAMESPACE}\">"));
        self.depth += 1;
        fill(self);
        self.depth -= 1;
        self.line("</edXML:edXMLEnvelope>");
    }

    /// The bytes, once the validator has nothing against them.
    fn done(mut self) -> Result<Vec<u8>, Unwritable> {
        self.out.push_str("</edXML>\n");
        let bytes = self.out.into_bytes();
        let errors: Vec<_> = check(&bytes).into_iter().filter(|one| one.severity == Severity::Error).collect();
        if errors.is_empty() { Ok(bytes) } else { Err(Unwritable::Unsound(errors)) }
    }
}

/// A message as edXML. A signature is not written; the files are what is signed.
///
/// # Errors
/// [`Unwritable`] when the validator finds errors in it, such as a day that does not exist.
pub fn write_message(message: &Message) -> Result<Vec<u8>, Unwritable> {
    let mut xml = Xml::new();
    xml.envelope(|xml| {
        xml.group("edXMLHeader", |xml| {
            xml.group("MessageHeader", |xml| head::message(xml, message));
            xml.group("TraceHeaderList", |xml| head::traces(xml, message));
        });
        xml.group("edXMLBody", |xml| {
            if !message.attachments.is_empty() {
                xml.line("<edXML:edXMLManifest version=\"1.0\">");
                xml.depth += 1;
                message.attachments.iter().for_each(|file| head::reference(xml, file));
                xml.depth -= 1;
                xml.line("</edXML:edXMLManifest>");
            }
        });
    });
    if !message.attachments.is_empty() {
        xml.line("<AttachmentEncoded>");
        xml.depth += 1;
        for file in &message.attachments {
            attachment(&mut xml, file)?;
        }
        xml.depth -= 1;
        xml.line("</AttachmentEncoded>");
    }
    xml.done()
}

/// A status as edXML.
///
/// # Errors
/// [`Unwritable`] when the validator finds errors in it, such as a refusal without a reason.
pub fn write_status(status: &Status) -> Result<Vec<u8>, Unwritable> {
    let mut xml = Xml::new();
    xml.envelope(|xml| {
        xml.group("edXMLHeader", |xml| {
            xml.group("MessageHeader", |xml| head::status(xml, status));
        });
    });
    xml.done()
}

fn attachment(xml: &mut Xml, file: &Attachment) -> Result<(), Unwritable> {
    let packed = packed(file).ok_or_else(|| Unwritable::Packing { name: file.name.clone() })?;
    xml.line("<Attachment>");
    xml.depth += 1;
    xml.bare("ContentId", &format!("cid:{}", file.content_id));
    xml.bare("AttachmentName", &file.name);
    xml.bare("Description", &file.description);
    xml.bare("ContentType", "application/zip");
    let name = "edXML:ContentTransferEncoded";
    xml.line(&format!("<{name} xmlns:edXML=\"{NAMESPACE}\">{}</{name}>", STANDARD.encode(packed)));
    xml.depth -= 1;
    xml.line("</Attachment>");
    Ok(())
}

/// A ZIP with the file, stored: what is sent is compressed already, and stored bytes do not depend on a compressor.
fn packed(file: &Attachment) -> Option<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file(file.name.as_str(), options).ok()?;
    archive.write_all(&file.bytes).ok()?;
    archive.finish().ok().map(Cursor::into_inner)
}
