//! Letters by electronic mail (.eml): what makes two copies of one the same, and what is taken out of one.

use mail_parser::{MessageParser, MimeHeaders as _, PartType};
use schema_documents::{IntakeField, MailKind, ProposalSource, ProposedField};
use sha2::{Digest as _, Sha256};

use super::{
    mail::remark,
    mail_file::{Opened, Seen, part, plain, text},
};

/// The most files that are taken out of one letter.
const FILES: usize = 100;
/// The most bytes that they have together.
const TOGETHER: usize = 256 * 1024 * 1024;
/// How sure the subject of a letter is as an abstract, in percent.
const SUBJECT: u8 = 50;
/// How sure the name of its sender is as the body that wrote, in percent.
const SENDER: u8 = 40;

/// Looks at a letter. Nothing of it is kept but a digest: who wrote may be a citizen.
pub(super) fn look(bytes: &[u8]) -> Seen {
    let Some(letter) = MessageParser::default().parse(bytes) else {
        let unreadable = remark(
            "mail.unreadable",
            None,
            "tệp có đuôi thư điện tử nhưng không đọc được; hãy xin gửi lại",
            "the file is named as a letter and cannot be read as one; ask for it again",
        );
        let seen = plain(digest([bytes]));
        return Seen { kind: MailKind::Letter, remarks: vec![unreadable], is_readable: false, ..seen };
    };
    // What servers add on the way stands above the letter and differs between its copies.
    let written = |name: &str| letter.header_raw(name).unwrap_or_default().trim().as_bytes().to_vec();
    let mut pieces: Vec<Vec<u8>> = ["Message-ID", "From", "Date", "Subject"].map(written).into();
    pieces.extend(letter.parts.iter().map(|part| part.contents().to_vec()));
    Seen { kind: MailKind::Letter, ..plain(digest(pieces.iter().map(Vec::as_slice))) }
}

/// Takes a letter apart: its text, then its files.
pub(super) fn open(bytes: &[u8]) -> Opened {
    let mut opened = Opened::default();
    let Some(letter) = MessageParser::default().parse(bytes) else { return opened };
    if let Some(subject) = letter.subject().map(clean).filter(|subject| !subject.is_empty()) {
        opened.filled.push(proposed(IntakeField::Summary, subject, SUBJECT));
    }
    let sender = letter.from().and_then(|from| from.first()).and_then(|from| from.name()).map(clean);
    if let Some(name) = sender.filter(|name| !name.is_empty()) {
        opened.filled.push(proposed(IntakeField::AuthorBody, name, SENDER));
    }
    let words: Vec<String> =
        (0..letter.text_body_count()).filter_map(|at| letter.body_text(at)).map(Into::into).collect();
    let words = words.join("\n");
    if !words.trim().is_empty() {
        opened.parts.push(text(words.trim()));
    }
    let count = letter.attachment_count();
    let size: usize = letter.attachments().map(|file| file.contents().len()).sum();
    if count > FILES || size > TOGETHER {
        opened.remarks.push(remark(
            "mail.too_many_files",
            None,
            &format!("thư kèm {count} tệp, quá nhiều để tách ra (nhiều nhất {FILES}); tất cả nằm trong bản gốc"),
            &format!(
                "{count} attachments are too many to take out ({FILES} at most); all of them stay in the original"
            ),
        ));
        return opened;
    }
    for (at, file) in letter.attachments().enumerate() {
        let is_letter = matches!(file.body, PartType::Message(_));
        let unnamed = format!("kem-theo-{}{}", at.saturating_add(1), if is_letter { ".eml" } else { "" });
        let name = file.attachment_name().map_or(unnamed, str::to_owned);
        match part(&name, file.contents().to_vec()) {
            Ok(part) => opened.parts.push(part),
            Err(remark) => opened.remarks.push(remark),
        }
    }
    opened
}

fn proposed(field: IntakeField, value: String, confidence: u8) -> ProposedField {
    ProposedField { field, value, confidence, from: ProposalSource::Letter }
}

/// A digest of pieces, which a shift of bytes from one to another changes.
pub(super) fn digest<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hash = Sha256::new();
    for piece in pieces {
        hash.update(piece.len().to_le_bytes());
        hash.update(piece);
    }
    hex(&hash.finalize())
}

/// SHA-256 of a content, hex, as the store names it.
pub(crate) fn sha256(content: &[u8]) -> String {
    hex(&Sha256::digest(content))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn clean(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
