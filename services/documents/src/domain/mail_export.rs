//! An issued document as a message.

use edxml::{
    Attachment, Business, Code, DocumentType, Message, Organisation, OtherInfo, Priorities, Promulgation, Signer,
    organ_id,
};
use schema_documents::{ExecutionState, MailRefusal, OutgoingDocument, OutgoingState};
use wire::Secrecy;

/// The most bytes of files that go into one message.
const TOGETHER: u64 = 64 * 1024 * 1024;
/// The most receivers of one message.
const RECEIVERS: usize = 200;

/// Refuses what cannot leave as a message: drafts, papers without their final files, and whatever is secret.
pub(crate) fn fit(document: &OutgoingDocument) -> Result<(), MailRefusal> {
    let no = |why: &str| Err(MailRefusal::NotAMessage { why: why.to_owned() });
    if document.masked || document.secrecy != Secrecy::Open {
        return no("văn bản có độ mật không gửi qua thông điệp này");
    }
    let is_final = document.execution.is_none_or(ExecutionState::is_final);
    if document.state != OutgoingState::Issued || !is_final || document.files.is_empty() {
        return no("văn bản chưa phát hành xong hoặc chưa có tệp");
    }
    if document.files.iter().fold(0_u64, |sum, file| sum.saturating_add(file.size)) > TOGETHER {
        return no("các tệp kèm theo lớn hơn 64 MB");
    }
    Ok(())
}

/// The receivers that were named; their names as far as the document lists as many.
pub(crate) fn receivers(document: &OutgoingDocument, named: &str) -> Result<Vec<Organisation>, MailRefusal> {
    let ids: Vec<String> = named
        .split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | ';'))
        .filter(|id| !id.is_empty())
        .map(str::to_uppercase)
        .collect();
    if ids.is_empty() || ids.len() > RECEIVERS {
        let why = format!("hãy nêu mã định danh của 1 đến {RECEIVERS} nơi nhận");
        return Err(MailRefusal::NotAMessage { why });
    }
    if let Some(odd) = ids.iter().find(|id| organ_id::form(id) == organ_id::Form::Unknown) {
        let odd: String = odd.chars().take(40).collect();
        return Err(MailRefusal::NotAMessage { why: format!("`{odd}` không phải mã định danh, như A32.65") });
    }
    let has_names = ids.len() == document.recipients.len();
    let name = |at: usize| document.recipients.get(at).filter(|_| has_names).map(|one| one.name.clone());
    let receiver = |(at, organ_id): (usize, String)| {
        let name = name(at).unwrap_or_else(|| organ_id.clone());
        Organisation { organ_id, name, ..Organisation::default() }
    };
    Ok(ids.into_iter().enumerate().map(receiver).collect())
}

/// The message.
pub(crate) fn message(
    document: &OutgoingDocument,
    from: Organisation,
    to: Vec<Organisation>,
    attachments: Vec<Attachment>,
) -> Message {
    let code = code(document.symbol.as_deref().unwrap_or_default());
    let date = document.dated.map(edxml::Written::from).unwrap_or_default();
    let document_id = format!("{},{},{}/{}", from.organ_id, date.text, code.number, code.notation);
    let priority = Priorities::default().priority(document.urgency);
    Message {
        to,
        promulgation: Promulgation { place: String::new(), date },
        document_type: DocumentType { class: Some(1), detail: None, name: document.genre_name.clone() },
        subject: document.summary.clone().unwrap_or_default(),
        signer: Signer { name: document.signatory.clone().unwrap_or_default(), ..Signer::default() },
        other: OtherInfo { priority, copies: document.copies, ..OtherInfo::default() },
        places: document.recipients.iter().map(|one| one.name.clone()).collect(),
        business: Business { document_id: document_id.clone(), ..Business::default() },
        attachments,
        from,
        document_id,
        code,
        ..Message::default()
    }
}

/// `12-CV/TU` as number and notation.
fn code(symbol: &str) -> Code {
    let (number, notation) = symbol.split_once(['-', '/']).unwrap_or((symbol, ""));
    Code { number: number.to_owned(), notation: notation.to_owned() }
}
