//! Plans what an import makes of rows of the official list: offices and their units, or every row's mistake.

use std::collections::{BTreeMap, BTreeSet};

use schema_identity::{OfficeHistory, OfficeKind, OfficeSpan, Refusal, RowError, UnitHistory, UnitRow};
use uuid::Uuid;
use wire::{Day, Version, id::OfficeId};

use super::{offices, template::Templates};

/// The code of the centre.
pub(crate) const CENTRE: &str = "TW";

/// The name of its committee.
const CENTRE_NAME: &str = "Ban Chấp hành Trung ương Đảng";

/// The most rows one call may bring: with their units they must commit within a second.
pub(crate) const MOST_ROWS: usize = 200;

/// What is to be made.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// The new offices, each after the one above it.
    pub(crate) offices: Vec<OfficeHistory>,
    /// Their units.
    pub(crate) units: Vec<UnitHistory>,
    /// How many rows were loaded before.
    pub(crate) unchanged: u32,
}

/// What a row means, once it has been read.
struct Meaning {
    kind: OfficeKind,
    parent: String,
    committee: String,
}

/// What is wrong with a row, and what to do about it.
type Wrong = (&'static str, String);

/// Plans an import. `loaded` holds the offices whose codes the rows name, and the centre; `may` tells below which
/// offices the caller may load.
///
/// # Errors
/// [`Refusal::RowsWrong`] with every wrong row, [`Refusal::TemplateMissing`] when no template is known for the day.
pub(crate) fn plan(
    rows: &[UnitRow],
    from: Day,
    loaded: Vec<OfficeHistory>,
    may: impl Fn(Option<OfficeId>) -> bool,
    templates: &Templates,
    id: impl FnMut() -> Uuid,
) -> Result<Plan, Refusal> {
    // Before there are bodies there is no office of today's tiers, and so nothing to stand below.
    templates.of(OfficeKind::Centre, from)?;
    let known: BTreeMap<String, OfficeHistory> =
        loaded.into_iter().map(|office| (office.code.clone(), office)).collect();
    let mut planner = Planner { from, templates, may, id, known, made: BTreeSet::new(), plan: Plan::default() };
    if !planner.known.contains_key(CENTRE) && (planner.may)(None) {
        let centre = Meaning { kind: OfficeKind::Centre, parent: String::new(), committee: CENTRE_NAME.to_owned() };
        planner.make(CENTRE, centre, None)?;
    }
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut errors: Vec<RowError> = Vec::new();
    for row in rows {
        match planner.judge(row, seen.insert(&row.code)) {
            Ok(None) => planner.plan.unchanged += 1,
            Ok(Some((meaning, parent))) => planner.make(&row.code, meaning, Some(parent))?,
            Err((what, remedy)) => errors.push(RowError { line: row.line, what: what.to_owned(), remedy }),
        }
    }
    if errors.is_empty() { Ok(planner.plan) } else { Err(Refusal::RowsWrong { count: errors.len(), errors }) }
}

struct Planner<'a, M, I> {
    from: Day,
    templates: &'a Templates,
    may: M,
    id: I,
    /// By code: the offices that are loaded, and those made by earlier rows.
    known: BTreeMap<String, OfficeHistory>,
    /// The offices made by earlier rows: below them the caller may load too.
    made: BTreeSet<OfficeId>,
    plan: Plan,
}

impl<M: Fn(Option<OfficeId>) -> bool, I: FnMut() -> Uuid> Planner<'_, M, I> {
    /// What a row asks for: an office below another, or nothing when it is loaded already.
    fn judge(&self, row: &UnitRow, first: bool) -> Result<Option<(Meaning, OfficeId)>, Wrong> {
        let meaning = read(row, self.templates)?;
        if !first {
            return Err(("the code stands in an earlier row", "remove one of the two rows".to_owned()));
        }
        // As it stood on the day of the list: an office that was renamed since is still the one of the row.
        match self.known.get(&row.code).and_then(|office| office.nearest(self.from)) {
            None => self.above(&meaning).map(|parent| Some((meaning, parent))),
            Some(office) if office.name == meaning.committee && office.kind == meaning.kind => Ok(None),
            Some(office) => Err((
                "the code is loaded with another name or kind",
                format!("correct the row, which is `{}` here: an import renames nothing", office.name),
            )),
        }
    }

    /// The office above, which exists from that day on. Not loaded and not the caller's look the same.
    fn above(&self, meaning: &Meaning) -> Result<OfficeId, Wrong> {
        let tier = if meaning.kind == OfficeKind::Commune { OfficeKind::Province } else { OfficeKind::Centre };
        let may = |office: OfficeId| self.made.contains(&office) || (self.may)(Some(office));
        let goes_on = |office: &OfficeHistory| {
            let stands = office.spans.iter().filter(|span| span.to.is_none_or(|to| self.from < to));
            offices::lifetime(office).is_some_and(|life| life.from <= self.from && life.to.is_none())
                && stands.map(|span| span.kind).all(|kind| kind == tier)
        };
        let above = self.known.get(&meaning.parent).filter(|office| goes_on(office) && may(office.id));
        above
            .map(|office| office.id)
            .ok_or_else(|| ("the office above is not loaded, or not yours", format!("load `{}` first", meaning.parent)))
    }

    fn make(&mut self, code: &str, meaning: Meaning, parent: Option<OfficeId>) -> Result<(), Refusal> {
        let Meaning { kind, committee, .. } = meaning;
        let span = OfficeSpan { from: self.from, to: None, name: committee, kind, parent, instrument: None };
        let id = OfficeId((self.id)());
        let template = self.templates.of(kind, self.from)?;
        self.plan.units.extend(template.units(id, &span.name, self.from, &mut self.id));
        let office =
            OfficeHistory { id, code: code.to_owned(), spans: vec![span], ended_by: None, version: Version::FIRST };
        self.plan.offices.push(office.clone());
        self.made.insert(office.id);
        self.known.insert(office.code.clone(), office);
        Ok(())
    }
}

fn read(row: &UnitRow, templates: &Templates) -> Result<Meaning, Wrong> {
    let (kind, word, digits) = match row.kind.as_str() {
        "province" => (OfficeKind::Province, "Tỉnh ", 2),
        "municipality" => (OfficeKind::Province, "Thành phố ", 2),
        "commune" => (OfficeKind::Commune, "Xã ", 5),
        "ward" => (OfficeKind::Commune, "Phường ", 5),
        "special_zone" => (OfficeKind::Commune, "Đặc khu ", 5),
        _ => {
            let remedy = "write `province`, `municipality`, `commune`, `ward` or `special_zone`";
            return Err(("the kind is not known", remedy.to_owned()));
        }
    };
    if row.code.len() != digits || !row.code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(("the code is not an official one", format!("write {digits} digits, leading zeros kept")));
    }
    let clean = text::clean_line(&row.name).is_ok_and(|clean| clean == row.name) && row.name.chars().count() <= 100;
    if !clean || !row.name.starts_with(word) {
        let remedy = format!("write a name of at most 100 characters that begins with `{}`", word.trim());
        return Err(("the name does not fit the kind", remedy));
    }
    let parent = match (kind, row.parent_code.as_str()) {
        (OfficeKind::Commune, "") => {
            return Err(("the code of the province is missing", "write it into `parent_code`".to_owned()));
        }
        (OfficeKind::Commune, code) => code.to_owned(),
        (_, "") => CENTRE.to_owned(),
        (_, _) => return Err(("a province has no `parent_code`", "leave it empty".to_owned())),
    };
    let committee = templates
        .committee(&row.code, &row.name)
        .ok_or(("the name does not fit the kind", "begin it with its kind".to_owned()))?;
    Ok(Meaning { kind, parent, committee })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::template::TEMPLATES, listing};

    fn row(line: u32, code: &str, name: &str, kind: &str, parent: &str) -> UnitRow {
        UnitRow { line, code: code.into(), name: name.into(), kind: kind.into(), parent_code: parent.into() }
    }

    fn planned(rows: &[UnitRow], loaded: Vec<OfficeHistory>) -> Result<Plan, Refusal> {
        let mut next = 0u128;
        let day = Day::new(2025, 7, 1).unwrap();
        plan(
            rows,
            day,
            loaded,
            |_| true,
            &TEMPLATES,
            || {
                next += 1;
                Uuid::from_u128(next)
            },
        )
    }

    #[test]
    fn the_official_list_is_planned_whole() {
        let rows = listing::read(listing::OFFICIAL).unwrap();
        let plan = planned(&rows, Vec::new()).unwrap();
        assert_eq!(plan.offices.len(), 1 + 34 + 3321);
        assert_eq!(plan.units.len(), 9 + 34 * 11 + 3321 * 4);
        let codes: BTreeSet<&str> = plan.offices.iter().map(|office| office.code.as_str()).collect();
        assert_eq!(codes.len(), plan.offices.len());
        let communes_of = |code: &str| {
            let province = plan.offices.iter().find(|office| office.code == code).unwrap().id;
            plan.offices.iter().filter(|office| office.spans[0].parent == Some(province)).count()
        };
        assert_eq!([communes_of("79"), communes_of("12"), communes_of("01"), communes_of("38")], [168, 38, 126, 166]);
    }

    #[test]
    fn what_is_loaded_stays_as_it_is() {
        let rows = [row(2, "15", "Tỉnh Lào Cai", "province", ""), row(3, "02647", "Xã Mường Bo", "commune", "15")];
        let first = planned(&rows, Vec::new()).unwrap();
        assert_eq!((first.offices.len(), first.unchanged), (3, 0));
        let again = planned(&rows, first.offices.clone()).unwrap();
        assert_eq!((again.offices.len(), again.units.len(), again.unchanged), (0, 0, 2));
        // So does what was renamed or ended since.
        let later = Day::new(2027, 1, 1).unwrap();
        let act = |name: &str| offices::Change {
            from: later,
            name: Some(name.into()),
            kind: None,
            parent: None,
            instrument: "12/NQ".into(),
        };
        let since: Vec<OfficeHistory> = first
            .offices
            .into_iter()
            .map(|office| match office.code.as_str() {
                "15" => offices::change(office, act("Tỉnh ủy Yên Bái")).unwrap(),
                "02647" => offices::end(office, later, "12/NQ".into()).unwrap(),
                _ => office,
            })
            .collect();
        assert_eq!(planned(&rows, since).unwrap().unchanged, 2);
    }

    #[test]
    fn nothing_is_loaded_below_an_office_that_ends() {
        let rows = [row(2, "15", "Tỉnh Lào Cai", "province", ""), row(3, "02647", "Xã Mường Bo", "commune", "15")];
        let first = planned(&rows[..1], Vec::new()).unwrap();
        let ended = first.offices.into_iter().map(|office| match office.code.as_str() {
            "15" => offices::end(office, Day::new(2027, 1, 1).unwrap(), "12/NQ".into()).unwrap(),
            _ => office,
        });
        assert!(matches!(planned(&rows[1..], ended.collect()), Err(Refusal::RowsWrong { count: 1, .. })));
    }

    #[test]
    fn every_wrong_row_is_named_with_what_to_do() {
        let table = [
            (row(2, "15", "Tỉnh Lào Cai", "region", ""), "the kind is not known"),
            (row(2, "1", "Tỉnh Lào Cai", "province", ""), "the code is not an official one"),
            (row(2, "0264x", "Xã Mường Bo", "commune", "15"), "the code is not an official one"),
            (row(2, "02647", "Mường Bo", "commune", "15"), "the name does not fit the kind"),
            (row(2, "02647", "Xã Mường\u{202E} Bo", "commune", "15"), "the name does not fit the kind"),
            (row(2, "02647", "Xã Mường Bo", "commune", ""), "the code of the province is missing"),
            (row(2, "02647", "Xã Mường Bo", "commune", "TW"), "the office above is not loaded, or not yours"),
            (row(2, "15", "Tỉnh Lào Cai", "province", "TW"), "a province has no `parent_code`"),
        ];
        for (bad, what) in table {
            let Err(Refusal::RowsWrong { count: 1, errors }) = planned(&[bad], Vec::new()) else { panic!("{what}") };
            assert_eq!((errors[0].line, errors[0].what.as_str()), (2, what));
        }
        let twice = [row(2, "15", "Tỉnh Lào Cai", "province", ""), row(3, "15", "Tỉnh Lào Cai", "province", "")];
        assert!(matches!(planned(&twice, Vec::new()), Err(Refusal::RowsWrong { count: 1, .. })));
        let first = planned(&twice[..1], Vec::new()).unwrap();
        let renamed = planned(&[row(9, "15", "Tỉnh Yên Bái", "province", "")], first.offices);
        assert!(matches!(renamed, Err(Refusal::RowsWrong { count: 1, .. })));
    }

    #[test]
    fn nothing_is_loaded_below_an_office_that_is_not_the_callers() {
        let loaded = planned(&[row(2, "15", "Tỉnh Lào Cai", "province", "")], Vec::new()).unwrap().offices;
        let below = [row(3, "02647", "Xã Mường Bo", "commune", "15")];
        let day = Day::new(2025, 7, 1).unwrap();
        let refused = plan(&below, day, loaded.clone(), |_| false, &TEMPLATES, || Uuid::from_u128(77));
        assert!(matches!(refused, Err(Refusal::RowsWrong { count: 1, .. })));
        let lao_cai = loaded.iter().find(|office| office.code == "15").unwrap().id;
        let allowed = plan(&below, day, loaded, |parent| parent == Some(lao_cai), &TEMPLATES, || Uuid::from_u128(78));
        assert_eq!(allowed.unwrap().offices.len(), 1);
    }
}
