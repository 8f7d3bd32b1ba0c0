//! Status messages: what a receiver tells of a document, and what its sender asks.

use wire::Instant;

use crate::{Message, Organisation, Staff, Stamp, Written};

/// A code of status (Quyết định 28/2018/QĐ-TTg; the codes as seen in practice, 07–12 and 14 mean nothing known).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatusCode {
    /// 01: it arrived in the receiver's system; the clerk has not handled it (đã đến).
    Arrived,
    /// 02: refused, with a reason (từ chối tiếp nhận).
    Refused,
    /// 03: accepted and registered (đã tiếp nhận).
    Accepted,
    /// 04: assigned to a handler (phân công).
    Assigned,
    /// 05: being handled (đang xử lý).
    Handling,
    /// 06: finished (hoàn thành).
    Finished,
    /// 13: the sender asks to take it back or to have it updated, with a reason (yêu cầu lấy lại).
    TakeBackAsked,
    /// 15: the receiver agrees (đồng ý cập nhật, lấy lại).
    TakeBackAgreed,
    /// 16: the receiver refuses (từ chối cập nhật, lấy lại).
    TakeBackRefused,
}

impl StatusCode {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Arrived,
        Self::Refused,
        Self::Accepted,
        Self::Assigned,
        Self::Handling,
        Self::Finished,
        Self::TakeBackAsked,
        Self::TakeBackAgreed,
        Self::TakeBackRefused,
    ];

    /// The two digits.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Arrived => "01",
            Self::Refused => "02",
            Self::Accepted => "03",
            Self::Assigned => "04",
            Self::Handling => "05",
            Self::Finished => "06",
            Self::TakeBackAsked => "13",
            Self::TakeBackAgreed => "15",
            Self::TakeBackRefused => "16",
        }
    }

    /// Reads `01`, and `1` as some systems write it.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let number: u8 = text.parse().ok().filter(|_| text.len() <= 2 && !text.starts_with('+'))?;
        Self::ALL.into_iter().find(|code| code.text().parse() == Ok(number))
    }

    /// Whether it is nothing without a reason.
    #[must_use]
    pub fn needs_reason(self) -> bool {
        matches!(self, Self::Refused | Self::TakeBackAsked | Self::TakeBackRefused)
    }

    /// Whether the sender of the document says it, not the receiver.
    #[must_use]
    pub fn is_of_sender(self) -> bool {
        self == Self::TakeBackAsked
    }
}

/// The document that a status or an answer is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answered {
    /// The organisation: of 13 the *receiver*, else the sender of the document.
    pub organ_id: String,
    /// Number and notation.
    pub code: String,
    /// When it was promulgated.
    pub date: Written,
    /// The id its originator gave it.
    pub document_id: String,
}

/// A status message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// Who says it.
    pub from: Organisation,
    /// Of which document.
    pub answers: Answered,
    /// Who handles it there.
    pub staff: Staff,
    /// What is said.
    pub code: StatusCode,
    /// The reason, or a word about it.
    pub description: String,
    /// When.
    pub at: Stamp,
}

impl Answered {
    /// A message as its receivers answer it, and as a status names it.
    #[must_use]
    pub fn to(message: &Message) -> Self {
        let code = &message.code;
        Self {
            organ_id: message.from.organ_id.clone(),
            code: format!("{}/{}", code.number, code.notation),
            date: message.promulgation.date.clone(),
            document_id: message.document_id.clone(),
        }
    }
}

impl Status {
    /// What a receiver tells the sender of a message. `from` is the receiver.
    #[must_use]
    pub fn of_receiver(message: &Message, from: Organisation, code: StatusCode, at: Instant) -> Self {
        let (staff, description) = (Staff::default(), String::new());
        Self { from, answers: Answered::to(message), staff, code, description, at: at.into() }
    }

    /// What the sender of a message asks one of its receivers (13): to give the document back, and why. The organisation
    /// that is named is the receiver, while the id stays the originator's.
    #[must_use]
    pub fn take_back(message: &Message, receiver: &Organisation, reason: &str, at: Instant) -> Self {
        let answers = Answered { organ_id: receiver.organ_id.clone(), ..Answered::to(message) };
        let (from, staff, description) = (message.from.clone(), Staff::default(), reason.to_owned());
        Self { from, answers, staff, code: StatusCode::TakeBackAsked, description, at: at.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_with_and_without_their_zero() {
        for code in StatusCode::ALL {
            assert_eq!(StatusCode::read(code.text()), Some(code));
            assert_eq!(StatusCode::read(code.text().trim_start_matches('0')), Some(code));
        }
        for none in ["", "0", "00", "07", "12", "14", "17", "001", "+1", "1a"] {
            assert_eq!(StatusCode::read(none), None, "{none}");
        }
    }
}
