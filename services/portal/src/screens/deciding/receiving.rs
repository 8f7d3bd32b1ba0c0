//! V6: to whom a paper can go. The units stand as a tree, those that lately had papers in front; beside each stands who is away
//! there and who stands in, or why nobody there could read the paper.

use std::collections::{BTreeMap, BTreeSet};

use schema_documents::{Disposition, IncomingDocument, ListIncoming, ListOrder, RoutingTemplate};
use schema_identity::{Absence, Unit};
use wire::id::UnitId;

use super::{posts::Posts, templates};
use crate::{kit::timeline::Names, screens::calendar::team::away, visit::Inside};

/// What lets a position instruct.
const INSTRUCT: &str = "documents.incoming.instruct";
/// How many of the latest papers are looked at for the units that had them, and how many units stand in front.
const LATEST: u16 = 60;
const IN_FRONT: usize = 5;

/// A unit to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Receiver {
    pub(crate) id: String,
    pub(crate) name: String,
    /// The name with a wide space for each unit above.
    pub(crate) in_tree: String,
    /// Who is away there and who stands in, or why the unit cannot be chosen.
    pub(crate) note: String,
    /// No position of the unit may read what came in.
    pub(crate) blind: bool,
}

/// Everyone to choose from.
#[derive(Debug, Default)]
pub(crate) struct Receivers {
    /// Those that lately had papers, those with papers from the same author first.
    pub(crate) recent: Vec<Receiver>,
    /// All of them, each below the one above it.
    pub(crate) tree: Vec<Receiver>,
    /// The positions that instruct, each with its title and who holds it.
    pub(crate) put_to: Vec<(String, String)>,
    /// Routings kept to be used again.
    pub(crate) kept: Vec<RoutingTemplate>,
}

/// Asks who may get a paper; `units` are those of the office.
pub(crate) async fn of(inside: &Inside, document: &IncomingDocument, units: &[Unit], names: &Names) -> Receivers {
    let (office, today, w) = (inside.who.office(), inside.visit.today(), inside.visit.words);
    let of_latest = ListIncoming {
        office,
        register: None,
        from: None,
        to: None,
        state: None,
        disposition: Some(Disposition::ToProcess),
        due_before: None,
        unassigned: false,
        unit: None,
        q: None,
        order: ListOrder::LatestFirst,
        limit: Some(LATEST),
        cursor: None,
    };
    let (posts, latest, kept) = futures_util::join!(Posts::ask(inside), inside.part(&of_latest), templates::of(inside));
    let told = |absence: &Absence| away(absence, names, today, w);
    let tree = tree(units, |unit| posts.note(unit, &told, w));
    let recent = latest.here().map(|page| in_front(document, &page.items)).unwrap_or_default();
    let recent = recent.iter().filter_map(|id| tree.iter().find(|one| one.id == id.to_string()).cloned());
    let proposes = inside.who.may("documents.incoming.propose");
    let put_to = if proposes { posts.able(INSTRUCT, names, &told) } else { Vec::new() };
    Receivers { recent: recent.collect(), put_to, kept, tree }
}

/// The units at whose desks the latest papers lie, those with papers from the same author first.
fn in_front(document: &IncomingDocument, latest: &[IncomingDocument]) -> Vec<UnitId> {
    let alike = |one: &IncomingDocument| one.author_body.is_some() && one.author_body == document.author_body;
    let others = latest.iter().filter(|one| one.id != document.id);
    let (same, rest): (Vec<&IncomingDocument>, Vec<&IncomingDocument>) = others.partition(|one| alike(one));
    let mut seen = BTreeSet::new();
    let desks = same.into_iter().chain(rest).filter_map(|one| one.desk.as_ref().map(|desk| desk.unit));
    desks.filter(|unit| seen.insert(*unit)).take(IN_FRONT).collect()
}

/// The units in the order of the tree, each with a note; whatever stands below none of them is a root.
fn tree(units: &[Unit], note: impl Fn(UnitId) -> (String, bool)) -> Vec<Receiver> {
    let known: BTreeSet<UnitId> = units.iter().map(|unit| unit.id).collect();
    let mut below: BTreeMap<Option<UnitId>, Vec<&Unit>> = BTreeMap::new();
    for unit in units {
        below.entry(unit.parent.filter(|parent| known.contains(parent))).or_default().push(unit);
    }
    let mut open: Vec<(usize, &Unit)> = below.get(&None).into_iter().flatten().rev().map(|unit| (0, *unit)).collect();
    let mut all = Vec::new();
    while let Some((depth, unit)) = open.pop() {
        let (note, blind) = note(unit.id);
        all.push(Receiver {
            id: unit.id.to_string(),
            name: unit.name.clone(),
            in_tree: format!("{}{}", "\u{2003}".repeat(depth), unit.name),
            note,
            blind,
        });
        open.extend(below.get(&Some(unit.id)).into_iter().flatten().rev().map(|unit| (depth + 1, *unit)));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::{Day, Version, id::OfficeId};

    fn unit(id: u128, parent: Option<u128>) -> Unit {
        let at = |id: u128| UnitId::from(uuid::Uuid::from_u128(id));
        Unit {
            id: at(id),
            office: OfficeId::from(uuid::Uuid::nil()),
            name: format!("Đơn vị {id}"),
            body: None,
            parent: parent.map(at),
            from: Day::new(2026, 1, 1).unwrap(),
            to: None,
            version: Version(1),
        }
    }

    #[test]
    fn units_stand_below_the_one_above_them_and_none_is_lost() {
        let units = [unit(4, Some(2)), unit(1, None), unit(2, Some(1)), unit(3, Some(1)), unit(5, Some(99))];
        let all = tree(&units, |_| (String::new(), false));
        let shown: Vec<&str> = all.iter().map(|one| one.in_tree.as_str()).collect();
        let wide = "\u{2003}";
        let second = format!("{wide}Đơn vị 2");
        let (fourth, third) = (format!("{wide}{wide}Đơn vị 4"), format!("{wide}Đơn vị 3"));
        assert_eq!(shown, ["Đơn vị 1", &second, &fourth, &third, "Đơn vị 5"]);
    }
}
