//! What holds of the dated tree of party organisations, case by case.

use proptest::prelude::*;
use schema_identity::PartyOrganisationKind::{self, AboveBase, Base, BaseCell, Cell, Central, Section};
use uuid::Uuid;
use wire::{Version, id::OfficeId};

use super::*;

fn day(offset: i64) -> Day {
    Day::new(2026, 1, 1).unwrap().plus(offset).unwrap()
}

fn id(number: u128) -> PartyOrganisationId {
    Uuid::from_u128(number).into()
}

fn act() -> PartyInstrument {
    PartyInstrument { number: "12-QĐ/ĐU".into(), day: day(0), body: "Ban Thường vụ".into() }
}

fn organisation(number: u128, kind: PartyOrganisationKind, parent: Option<u128>) -> PartyOrganisationHistory {
    let name = format!("tổ chức {number}");
    let parent = parent.map(id);
    let span = PartyOrganisationSpan { from: day(0), to: None, name, kind, code: None, parent, instrument: act() };
    PartyOrganisationHistory {
        id: id(number),
        office: OfficeId(Uuid::from_u128(99)),
        spans: vec![span],
        ended_by: None,
        successors: Vec::new(),
        version: Version::FIRST,
    }
}

fn from(offset: i64) -> Change {
    Change { from: day(offset), name: None, kind: None, code: None, parent: None, instrument: act() }
}

#[test]
fn each_kind_stands_below_a_higher_one() {
    let above = [None, Some(Central), Some(AboveBase), Some(Base), Some(Section), Some(BaseCell), Some(Cell)];
    for (kind, fit) in [
        (Central, "x......"),
        (AboveBase, "xx....."),
        (Base, "xxx...."),
        (BaseCell, "xxx...."),
        (Section, "...x..."),
        (Cell, "...xx.."),
    ] {
        let found: String = above.iter().map(|above| if may_stand(kind, *above) { 'x' } else { '.' }).collect();
        assert_eq!(found, fit, "{kind:?}");
        assert!(above.iter().flatten().all(|above| !may_stand(kind, Some(*above)) || *above < kind));
    }
}

#[test]
fn a_code_has_five_groups_of_digits() {
    assert_eq!(code(Some(" 38.168.053.000.001 ")), Ok(Some("38.168.053.000.001".into())));
    assert_eq!((code(None), code(Some(" "))), (Ok(None), Ok(None)));
    for bad in
        ["38.168.053.000", "38.168.053.000.01", "3a.168.053.000.001", "38-168-053-000-001", "38.168.053.000.001."]
    {
        assert_eq!(code(Some(bad)), Err(Refusal::PartyCodeBad), "{bad}");
    }
}

#[test]
fn a_change_keeps_what_held_before_it_and_a_cell_stays_a_cell() {
    let renamed =
        change(organisation(3, Cell, Some(2)), Change { name: Some("chi bộ mới".into()), ..from(10) }).unwrap();
    assert_eq!(renamed.organisation(day(9)).unwrap().name, "tổ chức 3");
    let after = renamed.organisation(day(10)).unwrap();
    assert_eq!((after.name.as_str(), after.from, after.version), ("chi bộ mới", day(10), Version(2)));
    let raised = Change { kind: Some(BaseCell), ..from(3) };
    assert!(change(renamed.clone(), raised).is_ok());
    let other = Change { kind: Some(Base), ..from(3) };
    assert_eq!(change(renamed.clone(), other), Err(Refusal::PartyKindFixed));
    let cell = Change { kind: Some(Cell), ..from(3) };
    assert_eq!(change(organisation(2, Base, None), cell), Err(Refusal::PartyKindFixed));
    assert_eq!(change(renamed.clone(), from(-1)), Err(Refusal::PartyOrganisationMissing));
    let ended = end(renamed, day(20), act()).unwrap();
    assert_eq!(change(ended.clone(), from(20)), Err(Refusal::PartyOrganisationMissing));
    assert_eq!(end(ended, day(21), act()), Err(Refusal::AlreadyEnded { to: day(20) }));
    assert_eq!(end(organisation(3, Cell, Some(2)), day(0), act()), Err(Refusal::IntervalEmpty));
}

#[test]
fn one_stands_below_another_while_that_exists_and_is_of_a_fitting_kind() {
    let (base, cell) = (organisation(2, Base, None), organisation(3, Cell, Some(2)));
    assert_eq!(fits(&cell, &base), Ok(()));
    assert_eq!(fits(&cell, &organisation(2, AboveBase, None)), Err(Refusal::PartyPlaceBad { day: day(0) }));
    let raised = change(base.clone(), Change { kind: Some(AboveBase), ..from(7) }).unwrap();
    assert_eq!(fits(&cell, &raised), Err(Refusal::PartyPlaceBad { day: day(7) }));
    let itself = Change { kind: Some(Section), parent: Some(id(2)), ..from(7) };
    let itself = change(base.clone(), itself).unwrap();
    assert_eq!(fits(&itself, &base), Err(Refusal::PartyPlaceBad { day: day(7) }));
    let ended = end(base, day(8), act()).unwrap();
    assert!(matches!(fits(&cell, &ended), Err(Refusal::IntervalOutside { .. })));
    let moved = change(cell, Change { parent: Some(id(9)), ..from(8) }).unwrap();
    assert_eq!(fits(&moved, &ended), Ok(()));
    assert!(is_above(id(2), std::slice::from_ref(&moved), day(7)));
    assert!(!is_above(id(2), &[moved], day(8)));
}

#[test]
fn one_organisation_leads_in_an_office_and_neither_a_section_nor_a_cell() {
    let base = organisation(2, Base, None);
    assert_eq!(leads(&base, std::slice::from_ref(&base)), Ok(()));
    let taken = Err(Refusal::PartyTopTaken { day: day(0) });
    assert_eq!(leads(&organisation(3, BaseCell, None), std::slice::from_ref(&base)), taken);
    let ended = end(base, day(8), act()).unwrap();
    let mut later = organisation(3, BaseCell, None);
    later.spans[0].from = day(8);
    assert_eq!(leads(&later, &[ended]), Ok(()));
    for kind in [Section, Cell] {
        assert_eq!(leads(&organisation(3, kind, None), &[]), Err(Refusal::PartyPlaceBad { day: day(0) }));
    }
}

proptest! {
    #[test]
    fn spans_follow_each_other_and_days_before_an_act_stay(
        steps in proptest::collection::vec((0..40i64, any::<bool>()), 1..12)
    ) {
        let mut history = organisation(3, Cell, Some(2));
        for (offset, ends) in steps {
            let next = if ends {
                end(history.clone(), day(offset), act())
            } else {
                change(history.clone(), Change { name: Some(format!("tên {offset}")), ..from(offset) })
            };
            let Ok(next) = next else { continue };
            for earlier in 0..offset {
                let name = |one: &PartyOrganisationHistory| one.at(day(earlier)).map(|span| span.name.clone());
                prop_assert_eq!(name(&history), name(&next));
            }
            history = next;
            prop_assert!(history.spans.windows(2).all(|pair| pair[0].to == Some(pair[1].from)));
            prop_assert!(history.spans.iter().all(|span| Interval::new(span.from, span.to).is_ok()));
        }
    }
}
