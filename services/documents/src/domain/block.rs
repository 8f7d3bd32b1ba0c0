//! Numbers given on paper during an outage: how many are held back for how long, and what may be entered of the sheet.

use schema_documents::{NumberBlock, NumberRegister, PaperEntry, Refusal, RegisterState, ReserveNumbers};
use wire::{
    Day, Fault, Instant, Version,
    id::{NumberBlockId, PersonId},
};

use super::{
    field::{self, limit},
    register,
};

/// Numbers on one sheet at most.
pub(crate) const MOST: u16 = 200;
/// Days that a sheet may be written at most, after the day on which it was reserved.
const LONGEST: i64 = 31;

/// A block of numbers, before the register has counted to them: it begins and ends nowhere yet.
pub(crate) fn reserve(
    order: &ReserveNumbers,
    register: &NumberRegister,
    by: PersonId,
    id: NumberBlockId,
    now: Instant,
) -> Result<NumberBlock, Fault> {
    let today = now.day();
    if order.numbers == 0 || order.numbers > MOST {
        let refusal = Refusal::FieldOutOfRange { name: "numbers".to_owned(), least: 1, most: MOST.into() };
        return Err(refusal.at("numbers"));
    }
    if order.expires < today || today.plus(LONGEST).is_some_and(|last| order.expires > last) {
        return Err(Refusal::BlockExpiryUnfit { most: LONGEST }.into());
    }
    if register.state == RegisterState::Closed || !register::covers(register, today) {
        return Err(Refusal::RegisterNotToday { id: register.id }.into());
    }
    Ok(NumberBlock {
        id,
        office: register.office,
        version: Version::FIRST,
        register: register.id,
        first: 0,
        last: 0,
        sheet: field::line("sheet", &order.sheet, limit::SYMBOL)?,
        holder: order.holder,
        holder_name: field::line("holder_name", &order.holder_name, limit::NAME)?,
        reserved_by: by,
        reserved_at: now,
        expires: order.expires,
        held: Vec::new(),
        entered: Vec::new(),
        void_reason: None,
    })
}

/// What a clerk reads off the sheet.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    /// The number.
    pub(crate) number: i64,
    /// When it was written.
    pub(crate) at: Instant,
    /// Who wrote it.
    pub(crate) by: PersonId,
    /// That person's name.
    pub(crate) by_name: String,
}

/// The line of the sheet, checked: the number is held back, and was written while the sheet could be written.
pub(crate) fn line(block: &NumberBlock, written: Written, by: PersonId, now: Instant) -> Result<PaperEntry, Fault> {
    let Written { number, at, by: written_by, by_name } = written;
    if !block.held.contains(&number) {
        return Err(Refusal::NumberNotHeld { number }.into());
    }
    if at < block.reserved_at || at > now || at.day() > block.expires {
        return Err(Refusal::WrittenOutside { from: block.reserved_at, to: block.expires }.into());
    }
    Ok(PaperEntry {
        number,
        written_at: at,
        written_by,
        written_by_name: field::line("written_by_name", &by_name, limit::NAME)?,
        entered_by: by,
        entered_at: now,
    })
}

/// The day of what was written: as given, or that of the writing. It may lie before, when a paper came in earlier, but
/// never after, and only where the register numbers.
pub(crate) fn day(register: &NumberRegister, given: Option<Day>, written: Instant) -> Result<Day, Refusal> {
    let day = given.unwrap_or(written.day());
    if day > written.day() || !register::covers(register, day) {
        return Err(Refusal::DayOffSheet { day, written: written.day() });
    }
    Ok(day)
}

/// The block with the rest of its numbers voided.
pub(crate) fn void(block: &NumberBlock, reason: &str) -> Result<NumberBlock, Fault> {
    if block.held.is_empty() {
        return Err(Refusal::NothingHeld.into());
    }
    let void_reason = Some(field::line("reason", reason, limit::NOTE)?);
    Ok(NumberBlock { void_reason, held: Vec::new(), version: block.version.next(), ..block.clone() })
}

#[cfg(test)]
mod tests {
    use schema_documents::RegisterKind;

    use super::*;
    use crate::domain::sample::{self, at, day};

    fn order() -> ReserveNumbers {
        ReserveNumbers {
            register: sample::id(4),
            numbers: 3,
            sheet: "Phiếu 1".into(),
            holder: sample::id(5),
            holder_name: "Lê Thị Hạnh".into(),
            expires: day("2026-11-21"),
        }
    }

    fn reserved(order: &ReserveNumbers) -> Result<NumberBlock, Fault> {
        let register = sample::series(RegisterKind::Incoming, "2026-01-01", Some("2026-12-31"));
        reserve(order, &register, sample::id(6), sample::id(7), at("2026-11-20T03:00:00Z"))
    }

    #[test]
    fn a_sheet_has_bounds() {
        let table = [
            (order(), ""),
            (ReserveNumbers { numbers: 0, ..order() }, "documents.field_out_of_range"),
            (ReserveNumbers { numbers: 200, ..order() }, ""),
            (ReserveNumbers { numbers: 201, ..order() }, "documents.field_out_of_range"),
            (ReserveNumbers { expires: day("2026-11-19"), ..order() }, "documents.block_expiry_unfit"),
            (ReserveNumbers { expires: day("2026-12-22"), ..order() }, "documents.block_expiry_unfit"),
            (ReserveNumbers { sheet: " ".into(), ..order() }, "documents.field_missing"),
        ];
        for (order, code) in table {
            let told = reserved(&order).err().map(|fault| fault.code);
            assert_eq!(told.unwrap_or_default(), code, "{order:?}");
        }
    }

    #[test]
    fn a_line_lies_within_the_time_of_its_sheet() {
        let block = NumberBlock { held: vec![8, 9], ..reserved(&order()).unwrap() };
        let told = |number, moment: &str, now: &str| {
            let written = Written { number, at: at(moment), by: sample::id(5), by_name: "Hạnh".into() };
            line(&block, written, sample::id(6), at(now)).err().map(|fault| fault.code).unwrap_or_default()
        };
        let later = "2026-11-25T01:00:00Z";
        assert_eq!(told(8, "2026-11-20T03:00:00Z", later), "");
        assert_eq!(told(7, "2026-11-20T03:00:00Z", later), "documents.number_not_held");
        assert_eq!(told(8, "2026-11-20T02:59:59Z", later), "documents.written_outside");
        // The last day ends at midnight in Vietnam, seven hours before it does at Greenwich.
        assert_eq!(told(8, "2026-11-21T16:59:59Z", later), "");
        assert_eq!(told(8, "2026-11-21T17:00:00Z", later), "documents.written_outside");
        assert_eq!(told(8, "2026-11-20T05:00:00Z", "2026-11-20T04:00:00Z"), "documents.written_outside");
    }

    #[test]
    fn the_rest_is_voided_once() {
        let block = NumberBlock { held: vec![8], ..reserved(&order()).unwrap() };
        let voided = void(&block, "không dùng").unwrap();
        assert_eq!(void(&voided, "lại").unwrap_err().code, "documents.nothing_held");
    }
}
