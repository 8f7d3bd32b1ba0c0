//! Drafts that come as Word documents (DOCX) and go out as such. What comes is read into the plain text that authors type; the
//! file itself is kept with the draft.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Download, Ticket,
    id::{DraftId, OutgoingId},
};

use crate::Draft;

wire::refusals! {
    /// Why a file is not read as a draft.
    pub enum WordRefusal {
        /// Something else.
        NotWord => Invalid, "documents.word_not_docx",
            en "this is no Word document (.docx): choose another file", vi "tệp này không phải văn bản Word (.docx): hãy chọn tệp khác",
            field "ticket";
        /// The form before 2007.
        WordOld => Invalid, "documents.word_old",
            en "this is a Word document of before 2007 (.doc): save it as .docx and bring that",
            vi "tệp thuộc dạng Word cũ (.doc): hãy lưu lại thành .docx rồi đưa lên", field "ticket";
        /// Locked.
        WordLocked => Invalid, "documents.word_locked",
            en "a password is needed to open this file: save it without one",
            vi "tệp có mật khẩu: hãy lưu lại không có mật khẩu", field "ticket";
        /// Broken, or hostile.
        WordDamaged { part: String } => Invalid, "documents.word_damaged",
            en "the file is damaged ({part}): open it in Word, save it anew, and bring that",
            vi "tệp bị hỏng ({part}): hãy mở bằng Word, lưu lại rồi đưa lên", field "ticket";
        /// Larger than is read.
        WordTooLarge => Invalid, "documents.word_too_large",
            en "the file, or what it unfolds to, is larger than what is read: divide it, or type the text",
            vi "tệp quá lớn, không đọc được: hãy chia nhỏ hoặc nhập chữ", field "ticket";
        /// No words.
        WordEmpty => Invalid, "documents.word_empty",
            en "there are no words in this file: pictures of pages are attached as files",
            vi "tệp không có chữ: ảnh chụp trang thì đính kèm như tệp", field "ticket";
    }
}

impl From<WordRefusal> for wire::Fault {
    fn from(refusal: WordRefusal) -> Self {
        wire::Refusal::fault(&refusal)
    }
}

wire::contract! {
    service "documents" refuses WordRefusal;

    calls {
        Write ImportDraft => ImportedDraft, "import_draft.v1",
            POST "/api/v1/outgoing-documents/{id}/imported-drafts", needs "documents.outgoing.draft";
        Read DownloadDraftWord => Download, "download_draft_word.v1",
            GET "/api/v1/outgoing-documents/{id}/word", needs "documents.outgoing.read";
    }

    events {}
}

/// Reads an uploaded DOCX as the next version of a draft's text, and attaches the file. Fonts of TCVN3 and VNI are turned into
/// Unicode; tracked insertions are taken and deletions left out; macros, objects, pictures and comments are left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ImportDraft {
    /// The document.
    pub id: OutgoingId,
    /// The ticket of the upload, given for `outgoing_document`.
    pub ticket: Ticket,
    /// What is different in this version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The draft as a DOCX, or what was issued, made from the text on each request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DownloadDraftWord {
    /// The document.
    pub id: OutgoingId,
    /// The version of a draft; the latest when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<DraftId>,
}

/// A version that was read from a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ImportedDraft {
    /// The version.
    pub draft: Draft,
    /// What was left out, changed or guessed, to be looked over.
    pub notes: Vec<ImportNote>,
}

/// Something to look over after a file was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ImportNote {
    /// A code that stays the same, such as `changes_taken`.
    pub code: String,
    /// In English.
    pub en: String,
    /// In Vietnamese.
    pub vi: String,
}
