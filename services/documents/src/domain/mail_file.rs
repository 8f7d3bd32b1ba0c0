//! Files of electronic mail: what is read of one before anybody has marked it, and what is taken out of it once it may be
//! read. Bytes go in; nothing is trusted of them.

use blob::Format;
use edxml::{Answered, BusinessKind, Content, Diagnosis, Message, Severity, Status, document_id, organ_id};
use schema_documents::{IntakeField, MailKind, MailRemark, ProposalSource, ProposedField};
use wire::Day;

use super::{
    mail::{Answers, Outside, remark},
    mail_letter,
};

/// The most remarks that are kept of a file.
const REMARKS: usize = 20;
/// How much of a file shows what it is, in bytes.
const HEAD: usize = 4096;
/// How sure the field of a message is, in percent: its sender has filled it.
const FILLED: u8 = 95;

/// What is known of a file that nobody has marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    /// What it is.
    pub(crate) kind: MailKind,
    /// What two deliveries of one message have in common; a keyed mark is made of it.
    pub(crate) identity: String,
    /// The identifier of the organisation that sent it.
    pub(crate) from: Option<String>,
    /// What of its outside is compared and answered.
    pub(crate) outside: Outside,
    /// What is wrong with it, without a word of what stands in it.
    pub(crate) remarks: Vec<MailRemark>,
    /// Whether it can be taken apart once it is marked.
    pub(crate) is_readable: bool,
    /// What a status says, and of which document.
    pub(crate) status: Option<Said>,
}

/// What a status says, and of which document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    /// The code.
    pub(crate) code: String,
    /// The ways in which that document may write its symbol.
    pub(crate) symbols: Vec<String>,
    /// The day that it bears.
    pub(crate) dated: Option<Day>,
}

/// A file that was taken out of a letter or message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// Its name.
    pub(crate) name: String,
    /// Its media type, by its content.
    pub(crate) media_type: &'static str,
    /// What is in it.
    pub(crate) bytes: Vec<u8>,
}

/// What a letter or message holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Opened {
    /// The text, then the files in their order.
    pub(crate) parts: Vec<Part>,
    /// What it fills of the form.
    pub(crate) filled: Vec<ProposedField>,
    /// What of it was not taken out, and why.
    pub(crate) remarks: Vec<MailRemark>,
}

/// Looks at a file. `format` is what its content was found to be.
pub(crate) fn look(bytes: &[u8], format: Format) -> Seen {
    if is_edxml(bytes) {
        return message(bytes);
    }
    if format == Format::Eml {
        return mail_letter::look(bytes);
    }
    Seen { kind: MailKind::File, ..plain(mail_letter::digest([bytes])) }
}

/// Takes a letter or message apart; nothing when it is neither.
pub(crate) fn open(bytes: &[u8], format: Format) -> Option<Opened> {
    if is_edxml(bytes) {
        return match edxml::read(bytes).ok()?.content {
            Content::Message(message) => Some(opened(*message)),
            Content::Status(status) => Some(asked(&status)),
        };
    }
    (format == Format::Eml).then(|| mail_letter::open(bytes))
}

/// A file that is known by its bytes alone.
pub(super) fn plain(identity: String) -> Seen {
    let outside = Outside::default();
    let (from, remarks, status) = (None, Vec::new(), None);
    Seen { kind: MailKind::Unknown, identity, from, outside, remarks, is_readable: true, status }
}

/// A part of an accepted format, or why it stays in the original.
pub(super) fn part(name: &str, bytes: Vec<u8>) -> Result<Part, MailRemark> {
    let name = super::attachment::name(name);
    let head = bytes.get(..bytes.len().min(HEAD)).unwrap_or_default();
    match blob::recognise(head, &name) {
        Ok(format) => Ok(Part { name, media_type: format.media_type(), bytes }),
        Err(_) => Err(remark(
            "mail.file_not_accepted",
            None,
            "một tệp kèm theo không thuộc loại được nhận; tệp vẫn nằm trong bản gốc",
            "an attachment is of a format that is not accepted; it stays in the original",
        )),
    }
}

fn is_edxml(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(HEAD)).unwrap_or_default();
    let start = head.iter().find(|byte| !byte.is_ascii_whitespace() && !matches!(byte, 0xEF | 0xBB | 0xBF));
    let head = head.to_ascii_lowercase();
    let has = |word: &[u8]| head.windows(word.len()).any(|piece| piece == word);
    start == Some(&b'<') && (has(b"edxml") || has(b"qcvn_102"))
}

fn message(bytes: &[u8]) -> Seen {
    match edxml::read(bytes) {
        Ok(reading) => {
            let remarks = remarks(reading.remarks);
            match reading.content {
                Content::Message(message) => Seen { remarks, ..sent(&message) },
                Content::Status(status) => Seen { remarks, ..status_of(&status, bytes) },
            }
        }
        Err(refused) => {
            let digest = mail_letter::digest([bytes]);
            let known = refused.message.as_deref().filter(|message| !message.document_id.is_empty());
            // What its sender must send again makes no other delivery a repeat.
            let seen = known.map_or_else(|| plain(String::new()), sent);
            let remarks = remarks(refused.diagnoses);
            let kind = if known.is_some() { seen.kind } else { MailKind::File };
            Seen { kind, identity: digest, remarks, is_readable: false, ..seen }
        }
    }
}

fn sent(message: &Message) -> Seen {
    let identity = message.identity();
    let kind = match message.business.kind {
        BusinessKind::New => MailKind::New,
        BusinessKind::Revoke => MailKind::Revoke,
        BusinessKind::Update => MailKind::Update,
        BusinessKind::Replace => MailKind::Replace,
    };
    let affected = message.affected().into_iter().map(document_id::matching_key).collect();
    let outside = Outside {
        document: Some(document_id::matching_key(&message.document_id)),
        answers: Some(Answers::from(&Answered::to(message))),
        affected,
    };
    let from = Some(organ_id::current(&message.from.organ_id));
    Seen { kind, from, outside, ..plain(format!("{}|{}", identity.document, identity.content)) }
}

fn status_of(status: &Status, bytes: &[u8]) -> Seen {
    let from = Some(organ_id::current(&status.from.organ_id));
    let affected = vec![document_id::matching_key(&status.answers.document_id)];
    let outside = Outside { document: None, answers: None, affected };
    let seen = Seen { from, outside, ..plain(mail_letter::digest([bytes])) };
    if status.code.is_of_sender() {
        return Seen { kind: MailKind::TakeBack, ..seen };
    }
    let symbol = status.answers.code.trim();
    let symbols = vec![symbol.to_owned(), symbol.replacen('/', "-", 1)];
    let said = Said { code: status.code.text().to_owned(), symbols, dated: status.answers.date.day };
    Seen { kind: MailKind::Status, status: Some(said), ..seen }
}

fn remarks(diagnoses: Vec<Diagnosis>) -> Vec<MailRemark> {
    let told = diagnoses.into_iter().filter(|one| one.severity > Severity::Remark);
    // The sentences of diagnoses repeat words of the file; those of their rules do not.
    told.take(REMARKS)
        .filter_map(|one| {
            let rule = edxml::catalogue().find(|rule| rule.code == one.code)?;
            let plain = |words: &str| words.replace("{found}", "…").replace("{wanted}", "…");
            let line = u32::try_from(one.place.line).ok();
            Some(remark(one.code, line, &plain(rule.what.vi), &plain(rule.what.en)))
        })
        .collect()
}

fn opened(message: Message) -> Opened {
    let mut opened = Opened { filled: filled(&message), ..Opened::default() };
    let reason = message.business.reason.trim();
    if !reason.is_empty() {
        opened.parts.push(text(reason));
    }
    for file in message.attachments {
        match part(&file.name, file.bytes) {
            Ok(part) => opened.parts.push(part),
            Err(remark) => opened.remarks.push(remark),
        }
    }
    opened
}

/// What the sender of a document says who asks for it back.
fn asked(status: &Status) -> Opened {
    let parts = Some(status.description.trim()).filter(|reason| !reason.is_empty()).map(text);
    Opened { parts: parts.into_iter().collect(), ..Opened::default() }
}

/// Words as a file.
pub(super) fn text(words: &str) -> Part {
    let bytes = words.as_bytes().to_vec();
    Part { name: "noi-dung.txt".to_owned(), media_type: Format::Text.media_type(), bytes }
}

fn filled(message: &Message) -> Vec<ProposedField> {
    let day = message.promulgation.date.day.map(|day| day.to_string()).unwrap_or_default();
    let fields = [
        (IntakeField::Symbol, symbol(&message.code.number, &message.code.notation)),
        (IntakeField::DocumentDay, day),
        (IntakeField::AuthorBody, message.from.name.clone()),
        (IntakeField::GenreName, message.document_type.name.clone()),
        (IntakeField::Summary, message.subject.split_whitespace().collect::<Vec<_>>().join(" ")),
    ];
    let known = fields.into_iter().filter(|(_, value)| !value.is_empty());
    let from = ProposalSource::Message;
    known.map(|(field, value)| ProposedField { field, value, confidence: FILLED, from }).collect()
}

/// Number and notation as papers bear them: the Party writes `12-CV/TU` (Hướng dẫn 36-HD/VPTW), the State `12/UBND-NC`.
fn symbol(number: &str, notation: &str) -> String {
    match (number.trim(), notation.trim()) {
        ("", notation) => notation.to_owned(),
        (number, "") => number.to_owned(),
        (number, notation) if notation.starts_with(['-', '/']) => format!("{number}{notation}"),
        (number, notation) if notation.contains('/') => format!("{number}-{notation}"),
        (number, notation) => format!("{number}/{notation}"),
    }
}

#[cfg(test)]
mod tests;
