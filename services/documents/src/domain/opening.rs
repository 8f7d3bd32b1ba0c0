//! An opening act: what it must say, the registers that it opens, and when it may be undone.

use schema_documents::{
    DraftOpeningAct, NumberRegister, OpenRegister, OpeningAct, OpeningRegister, OpeningState, Refusal, RegisterState,
};
use wire::{
    Day, Fault, Version,
    id::{OpeningActId, RegisterId},
};

use super::{
    field::{self, limit},
    register,
};

/// Registers of one act at most.
const REGISTERS: usize = 100;

/// A draft; `fresh` gives its registers their ids.
pub(crate) fn draft(
    order: DraftOpeningAct,
    id: OpeningActId,
    mut fresh: impl FnMut() -> RegisterId,
    today: Day,
) -> Result<OpeningAct, Fault> {
    let DraftOpeningAct { office, day, instrument, signatory, signed_by, registers } = order;
    field::few("registers", &registers, REGISTERS)?;
    let given = |register| OpeningRegister { register: Some(fresh()), ..register };
    Ok(OpeningAct {
        id,
        office,
        version: Version::FIRST,
        day: register::day("day", Some(day), today)?,
        instrument: field::line("instrument", &instrument, limit::NAME)?,
        signatory: field::line("signatory", &signatory, limit::NAME)?,
        signed_by,
        registers: registers.into_iter().map(given).collect(),
        state: OpeningState::Draft,
        file: None,
        columns: Vec::new(),
        papers: 0,
        done: 0,
        undo_reason: None,
    })
}

/// The registers that an act opens beside those there are.
pub(crate) fn registers(act: &OpeningAct, there: &[NumberRegister], today: Day) -> Result<Vec<NumberRegister>, Fault> {
    let mut all = there.to_vec();
    for planned in &act.registers {
        let OpeningRegister { register, kind, body_code, genres, period, first_day, last_day, next_number } =
            planned.clone();
        let order = OpenRegister {
            office: act.office,
            kind,
            body_code,
            genres,
            period,
            first_day,
            last_day,
            opening: Some(next_number),
        };
        let Some(id) = register else { continue };
        all.push(register::open(order, id, &all, today)?);
    }
    Ok(all.split_off(there.len()))
}

/// Refuses to change what is no draft.
pub(crate) fn drafted(act: &OpeningAct) -> Result<(), Refusal> {
    if act.state == OpeningState::Draft { Ok(()) } else { Err(Refusal::OpeningNotDraft) }
}

/// Refuses to put into force what was undone or would do nothing; an act in force is true.
pub(crate) fn in_force(act: &OpeningAct) -> Result<bool, Refusal> {
    match act.state {
        OpeningState::Applying | OpeningState::Applied => Ok(true),
        OpeningState::Undoing | OpeningState::Undone => Err(Refusal::OpeningUndone),
        OpeningState::Draft if act.registers.is_empty() && act.file.is_none() => Err(Refusal::OpeningEmpty),
        OpeningState::Draft => Ok(false),
    }
}

/// A register of an act that is undone: it ends before it begins, so that it never was one for any day.
pub(crate) fn emptied(register: &NumberRegister) -> Result<NumberRegister, Refusal> {
    let unused = register.last == register.opening - 1;
    match register.first_day.plus(-1) {
        Some(before) if unused => Ok(NumberRegister {
            last_day: Some(before),
            state: RegisterState::Closed,
            version: register.version.next(),
            ..register.clone()
        }),
        _ => Err(Refusal::OpeningUsed { id: register.id }),
    }
}

#[cfg(test)]
mod tests {
    use schema_documents::{PeriodKind, RegisterKind};

    use super::*;
    use crate::domain::sample::{self, day};

    fn act(next_number: i64) -> OpeningAct {
        let register = OpeningRegister {
            register: None,
            kind: RegisterKind::Incoming,
            body_code: None,
            genres: None,
            period: PeriodKind::Year,
            first_day: day("2026-01-01"),
            last_day: None,
            next_number,
        };
        let order = DraftOpeningAct {
            office: sample::office(),
            day: day("2026-11-20"),
            instrument: "01-BB/VPĐU".into(),
            signatory: "CHÁNH VĂN PHÒNG".into(),
            signed_by: None,
            registers: vec![register],
        };
        draft(order, sample::id(1), || sample::id(2), day("2026-11-20")).unwrap()
    }

    #[test]
    fn what_was_undone_is_opened_again_from_the_same_day() {
        let today = day("2026-11-20");
        let opened = registers(&act(312), &[], today).unwrap().remove(0);
        assert_eq!((opened.opening, opened.last), (312, 311));
        let again = registers(&act(313), std::slice::from_ref(&opened), today).unwrap_err();
        assert_eq!(again.code, "documents.register_overlaps");
        let undone = emptied(&opened).unwrap();
        assert_eq!(registers(&act(313), &[undone], today).unwrap()[0].opening, 313);
        let used = NumberRegister { last: 312, ..opened };
        assert!(matches!(emptied(&used), Err(Refusal::OpeningUsed { .. })));
    }

    #[test]
    fn two_registers_of_one_act_do_not_overlap() {
        let mut twice = act(312);
        twice.registers.push(OpeningRegister { register: Some(sample::id(3)), ..twice.registers[0].clone() });
        assert_eq!(registers(&twice, &[], day("2026-11-20")).unwrap_err().code, "documents.register_overlaps");
    }
}
