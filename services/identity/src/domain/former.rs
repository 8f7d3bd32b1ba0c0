//! The administrative units of before 1 July 2025 and what became of them: facts of this release, read once.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use schema_identity::{FormerKind, FormerPlace, Refusal, Share};
use serde::Deserialize;
use wire::{Cursor, Day};

/// A former unit with the codes of the units that succeeded it on its last day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Former {
    /// Its tier.
    pub(crate) kind: FormerKind,
    /// Its code and name.
    pub(crate) place: FormerPlace,
    /// The district of a commune.
    pub(crate) district: Option<FormerPlace>,
    /// The province of a commune or district.
    pub(crate) province: Option<FormerPlace>,
    /// The codes that succeeded it, with how much went to each.
    pub(crate) successors: Vec<(String, Share)>,
    /// Its own name, folded.
    folded: String,
    /// Its name and those of district and province, folded.
    path: String,
}

/// What ended a tier.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Act {
    kind: FormerKind,
    /// The act.
    pub(crate) instrument: String,
    mark: String,
}

impl Act {
    /// Whether it was found in a public source.
    pub(crate) fn verified(&self) -> bool {
        self.mark == "F"
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Acts {
    until: Day,
    act: Vec<Act>,
}

/// The reform: its day, its acts, and every unit of before it in order of name.
#[derive(Debug)]
pub(crate) struct Reform {
    acts: Acts,
    units: Vec<Former>,
}

/// The reform of this release; a test holds that it can be read. Absent never, then.
static REFORM: LazyLock<Option<Reform>> = LazyLock::new(|| {
    let acts = toml::from_str(include_str!("../../data/reorganisation_2025.toml")).ok()?;
    Some(Reform { acts, units: read(include_str!("../../data/reorganisation_2025.csv")).ok()? })
});

/// The reform of 1 July 2025.
pub(crate) fn reform() -> Option<&'static Reform> {
    REFORM.as_ref()
}

/// What is looked for.
#[derive(Debug, Default)]
pub(crate) struct Wanted<'a> {
    /// Only this code.
    pub(crate) code: Option<&'a str>,
    /// Folded words of the name, or of the names of district and province.
    pub(crate) words: Vec<String>,
    /// Only this tier.
    pub(crate) kind: Option<FormerKind>,
    /// Only what went to this code.
    pub(crate) heir: Option<&'a str>,
}

/// A place in the list: whether only the names above hold the words, then the place in order of name.
pub(crate) type Place = (bool, usize);

impl Reform {
    /// The first day on which the units were no more.
    pub(crate) fn until(&self) -> Day {
        self.acts.until
    }

    /// What ended a tier.
    pub(crate) fn act(&self, kind: FormerKind) -> Option<&Act> {
        self.acts.act.iter().find(|act| act.kind == kind)
    }

    /// At most `limit` units after a place: those whose own name holds the words first.
    pub(crate) fn find(&self, wanted: &Wanted<'_>, after: Option<Place>, limit: usize) -> Vec<(Place, &Former)> {
        let rank = |unit: &Former| {
            let own = holds(&unit.folded, &wanted.words);
            (own || holds(&unit.path, &wanted.words)).then_some(!own)
        };
        let asked = |unit: &Former| {
            wanted.code.is_none_or(|code| code == unit.place.code)
                && wanted.kind.is_none_or(|kind| kind == unit.kind)
                && wanted.heir.is_none_or(|heir| unit.successors.iter().any(|(code, _)| code == heir))
        };
        let units = self.units.iter().enumerate().filter(|(_, unit)| asked(unit));
        let ranked = units.filter_map(|(index, unit)| Some(((rank(unit)?, index), unit)));
        let mut found: Vec<_> = ranked.filter(|(place, _)| after.is_none_or(|after| *place > after)).collect();
        found.sort_by_key(|(place, _)| *place);
        found.truncate(limit);
        found
    }
}

/// The cursor of a place.
pub(crate) fn cursor((above, index): Place) -> String {
    format!("{}|{index}", u8::from(above))
}

/// The place of a cursor.
pub(crate) fn place(cursor: Option<&Cursor>) -> Result<Option<Place>, Refusal> {
    let read = |cursor: &Cursor| {
        let (above, index) = cursor.0.split_once('|')?;
        Some((above == "1", index.parse().ok()?))
    };
    cursor.map(|cursor| read(cursor).ok_or(Refusal::CursorBad)).transpose()
}

/// Whether each word begins a word of the text; both are folded.
fn holds(text: &str, words: &[String]) -> bool {
    words.iter().all(|word| text.split(' ').any(|one| one.starts_with(word.as_str())))
}

#[derive(Deserialize)]
struct Line {
    old_code: String,
    old_name: String,
    old_district_code: String,
    old_district: String,
    old_province_code: String,
    old_province: String,
    new_code: String,
    new_province_code: String,
    share: Share,
}

/// Reads the reorganisation; five island districts had no communes and stand in it as themselves.
fn read(text: &str) -> Result<Vec<Former>, csv::Error> {
    let mut units: BTreeMap<(FormerKind, String), Former> = BTreeMap::new();
    let mut of_districts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in csv::Reader::from_reader(text.as_bytes()).into_deserialize::<Line>() {
        let line = line?;
        let place = |code: &str, name: &str| FormerPlace { code: code.to_owned(), name: text::nfc(name) };
        let district = place(&line.old_district_code, &line.old_district);
        let province = place(&line.old_province_code, &line.old_province);
        if !line.old_code.is_empty() {
            let commune = place(&line.old_code, &line.old_name);
            let unit = units
                .entry((FormerKind::Commune, line.old_code))
                .or_insert_with(|| former(FormerKind::Commune, commune, Some(&district), Some(&province)));
            unit.successors.push((line.new_code.clone(), line.share));
        }
        of_districts.entry(line.old_district_code.clone()).or_default().insert(line.new_code);
        units
            .entry((FormerKind::District, line.old_district_code))
            .or_insert_with(|| former(FormerKind::District, district, None, Some(&province)));
        let unit = units
            .entry((FormerKind::Province, line.old_province_code))
            .or_insert_with(|| former(FormerKind::Province, province, None, None));
        if unit.successors.is_empty() {
            unit.successors.push((line.new_province_code, Share::Whole));
        }
    }
    // The tier of districts ended without an heir: where one was divided no part of it is the main one.
    for (code, successors) in of_districts {
        let share = if successors.len() == 1 { Share::Whole } else { Share::Part };
        if let Some(unit) = units.get_mut(&(FormerKind::District, code)) {
            unit.successors = successors.into_iter().map(|code| (code, share)).collect();
        }
    }
    let mut units: Vec<Former> = units.into_values().collect();
    units.sort_by(|a, b| (&a.folded, a.kind, &a.place.code).cmp(&(&b.folded, b.kind, &b.place.code)));
    Ok(units)
}

fn former(
    kind: FormerKind,
    place: FormerPlace,
    district: Option<&FormerPlace>,
    province: Option<&FormerPlace>,
) -> Former {
    let folded = text::fold(&place.name);
    let above = [district, province].into_iter().flatten().map(|above| text::fold(&above.name));
    let path = std::iter::once(folded.clone()).chain(above).collect::<Vec<_>>().join(" ");
    let (district, province) = (district.cloned(), province.cloned());
    Former { kind, place, district, province, successors: Vec::new(), folded, path }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::listing;

    fn wanted(q: &str, kind: Option<FormerKind>) -> Wanted<'static> {
        Wanted { code: None, words: crate::domain::naming::words(Some(q)), kind, heir: None }
    }

    #[test]
    fn every_unit_of_before_leads_to_one_of_today_and_at_most_one_main() {
        let today: BTreeSet<String> =
            listing::read(listing::OFFICIAL).unwrap().into_iter().map(|row| row.code).collect();
        let reform = reform().unwrap();
        let count = |kind| reform.units.iter().filter(|unit| unit.kind == kind).count();
        let counts = [FormerKind::Commune, FormerKind::District, FormerKind::Province].map(count);
        assert_eq!(counts, [10_035, 696, 63]);
        let mut rows = 0;
        for unit in &reform.units {
            assert!(!unit.successors.is_empty(), "{unit:?}");
            assert!(unit.successors.iter().all(|(code, _)| today.contains(code)), "{unit:?}");
            let main = unit.successors.iter().filter(|(_, share)| *share != Share::Part).count();
            match unit.kind {
                FormerKind::District => assert_eq!(main, usize::from(unit.successors.len() == 1), "{unit:?}"),
                FormerKind::Commune | FormerKind::Province => assert_eq!(main, 1, "{unit:?}"),
            }
            rows += if unit.kind == FormerKind::Commune { unit.successors.len() } else { 0 };
        }
        // Five more rows are the island districts.
        assert_eq!(rows, 10_602 - 5);
        let verified = [FormerKind::Commune, FormerKind::District, FormerKind::Province]
            .map(|kind| reform.act(kind).unwrap().verified());
        assert_eq!((verified, reform.until()), ([false, false, true], Day::new(2025, 7, 1).unwrap()));
    }

    #[test]
    fn names_of_district_and_province_tell_namesakes_apart() {
        let reform = reform().unwrap();
        let named = |q: &str| {
            let found = reform.find(&wanted(q, Some(FormerKind::Commune)), None, 200);
            found.into_iter().map(|(place, unit)| (place.0, unit.place.name.as_str())).collect::<Vec<_>>()
        };
        let namesakes = named("xa tan thanh");
        assert!(namesakes.is_sorted_by_key(|(above, _)| *above), "those whose own name holds the words come first");
        assert_eq!(namesakes.iter().filter(|(_, name)| *name == "Xã Tân Thành").count(), 27);
        let one = named("xa tan thanh dong thap");
        assert!(!one.is_empty() && one.len() < 27 && one.iter().all(|(above, _)| *above), "{one:?}");
        let pages = |limit| {
            let (mut seen, mut after) = (Vec::new(), None);
            while let found = reform.find(&wanted("tan thanh", None), after, limit)
                && let Some((last, _)) = found.last()
            {
                after = place(Some(&Cursor(cursor(*last)))).unwrap();
                seen.extend(found.iter().map(|(place, _)| *place));
            }
            seen
        };
        assert_eq!(pages(7), pages(10_000));
        assert_eq!(place(Some(&Cursor("x".into()))), Err(Refusal::CursorBad));
    }

    #[test]
    fn a_code_means_what_it_meant_then() {
        let reform = reform().unwrap();
        let wanted = Wanted { code: Some("00004"), ..Wanted::default() };
        let found = reform.find(&wanted, None, 10);
        assert_eq!(found.len(), 1);
        // Today the same digits are Phường Ba Đình.
        assert_eq!(found[0].1.place.name, "Phường Trúc Bạch");
        let (province, district) =
            (Wanted { code: Some("01"), ..Wanted::default() }, Wanted { code: Some("001"), ..Wanted::default() });
        let one = |wanted| reform.find(&wanted, None, 10)[0].1.place.name.clone();
        assert_eq!((one(province).as_str(), one(district).as_str()), ("Thành phố Hà Nội", "Quận Ba Đình"));
    }
}
