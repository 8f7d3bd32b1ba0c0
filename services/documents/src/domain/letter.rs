//! A citizen's letter in the post: it is counted, never read.

use schema_documents::{CitizenLetter, LetterState, LetterVoidReason, Refusal, RegisterCitizenLetter};
use wire::{Day, Fault, Version};

use super::{incoming::Place, register};

/// More than this many sheets or envelopes is a slip of the finger.
const MOST: u32 = 10_000;

/// Checks the counts and gives the arrival day.
pub(crate) fn check(order: &RegisterCitizenLetter, today: Day) -> Result<Day, Fault> {
    if order.sheets == 0 && order.envelopes == 0 {
        return Err(Refusal::NothingCounted.into());
    }
    for (name, count) in [("sheets", order.sheets), ("envelopes", order.envelopes)] {
        if count > MOST {
            let refusal = Refusal::FieldOutOfRange { name: name.to_owned(), least: 0, most: MOST.into() };
            return Err(refusal.at(name));
        }
    }
    register::day("arrived", order.arrived, today)
}

/// The masked line.
pub(crate) fn enter(order: &RegisterCitizenLetter, arrived: Day, place: Place) -> CitizenLetter {
    CitizenLetter {
        id: place.id,
        office: order.office,
        version: Version::FIRST,
        register: place.register,
        number: place.number,
        arrived,
        registered_at: place.now,
        sheets: order.sheets,
        envelopes: order.envelopes,
        state: LetterState::AwaitsClassification,
        void_reason: None,
    }
}

/// The letter with its line voided.
pub(crate) fn void(letter: &CitizenLetter, reason: LetterVoidReason) -> Result<CitizenLetter, Refusal> {
    match letter.state {
        LetterState::AwaitsClassification => {
            Ok(CitizenLetter { state: LetterState::Voided, void_reason: Some(reason), ..letter.clone() })
        }
        LetterState::Voided => Err(Refusal::AlreadyVoided),
    }
}

/// The reason as the register shows it.
pub(crate) fn words(reason: LetterVoidReason) -> &'static str {
    match reason {
        LetterVoidReason::EnteredTwice => "vào sổ hai lần",
        LetterVoidReason::NotACitizensLetter => "không phải đơn thư",
        LetterVoidReason::EnteredWrongly => "vào sổ sai số tờ, số bì hoặc ngày",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sample::{self, day};

    fn order(sheets: u32, envelopes: u32) -> RegisterCitizenLetter {
        RegisterCitizenLetter { office: sample::office(), arrived: None, late: false, sheets, envelopes }
    }

    #[test]
    fn something_must_be_counted() {
        let today = day("2026-11-20");
        assert_eq!(check(&order(0, 0), today).unwrap_err().code, "documents.nothing_counted");
        assert_eq!(check(&order(MOST + 1, 0), today).unwrap_err().field.as_deref(), Some("sheets"));
        assert_eq!(check(&order(0, 1), today).unwrap(), today);
    }

    #[test]
    fn a_letter_waits_and_is_voided_once() {
        let letter = enter(&order(2, 1), day("2026-11-20"), sample::place());
        assert_eq!(letter.state, LetterState::AwaitsClassification);
        let voided = void(&letter, LetterVoidReason::EnteredTwice).unwrap();
        assert_eq!(void(&voided, LetterVoidReason::EnteredTwice), Err(Refusal::AlreadyVoided));
    }
}
