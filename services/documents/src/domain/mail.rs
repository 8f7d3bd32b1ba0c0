//! Electronic mail: what is kept of its outside, what its senders are told, and what their requests do.

use edxml::{
    Answered, Organisation, Staff, Status, StatusCode,
    transition::{State, Step},
};
use schema_documents::{Mail, MailKind, MailRefusal, MailRemark, MailStatus};
use serde::{Deserialize, Serialize};
use wire::Instant;

/// A letter or message with what its row keeps beside the noun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KeptMail {
    /// The noun, without what was told.
    pub(crate) mail: Mail,
    /// The keyed mark of what makes two deliveries one.
    pub(crate) identity: String,
    /// What of its outside is compared and answered.
    pub(crate) outside: Outside,
}

/// The outside of a message, as far as it is kept; of a letter nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Outside {
    /// The id under which later messages name the document.
    pub(crate) document: Option<String>,
    /// The document as a status names it.
    pub(crate) answers: Option<Answers>,
    /// The ids of the documents that it speaks of.
    pub(crate) affected: Vec<String>,
}

/// The document as a status names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Answers {
    organ: String,
    code: String,
    date: String,
    document: String,
}

impl From<&Answered> for Answers {
    fn from(answered: &Answered) -> Self {
        Self {
            organ: answered.organ_id.clone(),
            code: answered.code.clone(),
            date: answered.date.text.clone(),
            document: answered.document_id.clone(),
        }
    }
}

/// Something that a sender is to be told, with all that its file needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Telling {
    /// What is told.
    pub(crate) status: MailStatus,
    /// Of which document.
    pub(crate) answers: Answers,
}

/// The status as a message in the name of an office; nothing when the code is none of ours.
pub(crate) fn written(telling: &Telling, from: Organisation) -> Option<Status> {
    let Telling { status, answers } = telling;
    let date = edxml::Written { text: answers.date.clone(), day: None };
    let answers = Answered {
        organ_id: answers.organ.clone(),
        code: answers.code.clone(),
        date,
        document_id: answers.document.clone(),
    };
    let code = StatusCode::read(&status.code)?;
    let description = status.reason.clone().unwrap_or_default();
    Some(Status { from, answers, staff: Staff::default(), code, description, at: status.at.into() })
}

/// Whether a message of this kind asks for something about a document that came before.
pub(crate) fn is_request(kind: MailKind) -> bool {
    matches!(kind, MailKind::Revoke | MailKind::Update | MailKind::Replace | MailKind::TakeBack)
}

/// The mail after its sender was told something, and what is told; nothing when it may not be told here, was told before,
/// comes too late, or when there is nobody to tell.
pub(crate) fn told(
    kept: &KeptMail,
    code: StatusCode,
    reason: Option<String>,
    now: Instant,
) -> Option<(KeptMail, MailStatus)> {
    kept.outside.answers.as_ref()?;
    let read = |word: &Option<String>| word.as_deref().and_then(StatusCode::read);
    let state = State { progress: read(&kept.mail.progress), take_back: read(&kept.mail.take_back) };
    let (Step::Moves(next) | Step::Tolerated(next)) = state.step(code) else { return None };
    let word = |code: Option<StatusCode>| code.map(|code| code.text().to_owned());
    let mut after = kept.clone();
    after.mail.progress = word(next.progress);
    after.mail.take_back = word(next.take_back);
    let status = MailStatus { code: code.text().to_owned(), reason, at: now, written_at: None };
    Some((after, status))
}

/// Refuses to answer what asks for nothing.
pub(crate) fn answerable(mail: &Mail) -> Result<(), MailRefusal> {
    if mail.asks { Ok(()) } else { Err(MailRefusal::NothingAsked) }
}

/// The reason of an answer; a refusal has one.
pub(crate) fn reason(agree: bool, given: Option<&str>) -> Result<Option<String>, MailRefusal> {
    let given = given.map(str::trim).filter(|given| !given.is_empty()).map(str::to_owned);
    if agree || given.is_some() { Ok(given) } else { Err(MailRefusal::MailReasonMissing) }
}

/// Remarks as rows keep them.
pub(crate) fn remark(code: &str, line: Option<u32>, vi: &str, en: &str) -> MailRemark {
    MailRemark { code: code.to_owned(), line, vi: vi.to_owned(), en: en.to_owned() }
}

#[cfg(test)]
mod tests;
