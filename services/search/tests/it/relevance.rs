//! What people type finds what they mean: a list of queries with what each must find, among two thousand papers of noise.

use std::collections::BTreeMap;

use auth::{Caller, PersonCaller};
use schema_search::{Search, SearchKind};
use search::{Access, Index, Key, Noun, Paper, Stand, Wanted};
use testbed::prose::Prose;
use uuid::Uuid;
use wire::{
    Authority, Day, FreshProof, Grant, Instant, Version,
    id::{AccountId, AppointmentId, OfficeId, PersonId, PositionId, UnitId},
};

const PAPERS: &str = include_str!("../data/papers.tsv");
const QUERIES: &str = include_str!("../data/queries.tsv");
const OFFICE: OfficeId = OfficeId(Uuid::from_u128(7));
/// How many papers of noise stand around those that are looked for.
const NOISE: u128 = 2_000;
/// Among how many hits what is meant must stand.
const SEEN: usize = 5;

fn lines(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(|line| line.split('\t').collect())
}

fn noun(id: u128, paper: Paper) -> Noun {
    let key =
        Key { id: Uuid::from_u128(id), kind: SearchKind::IncomingDocument, office: OFFICE, version: Version::FIRST };
    Noun { key, paper: Some(paper) }
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// The papers, by key, and an index of them and the noise.
fn indexed(folder: &std::path::Path) -> (BTreeMap<Uuid, &'static str>, Index) {
    let mut nouns = Vec::new();
    let mut keys = BTreeMap::new();
    for (id, line) in (1..).zip(lines(PAPERS)) {
        let [key, body, symbol, genre, dated, title] = line.as_slice() else { panic!("{line:?}") };
        let one = |text: &str| Some(text.to_owned());
        let paper = Paper { title: one(title), symbol: one(symbol), body: one(body), ..Paper::default() };
        nouns.push(noun(id, Paper { genre_name: one(genre), day: Some(day(dated)), ..paper }));
        keys.insert(Uuid::from_u128(id), *key);
    }
    let mut prose = Prose::seeded(2026);
    for id in 10_000..10_000 + NOISE {
        let made = prose.paper();
        nouns.push(noun(
            id,
            Paper {
                title: Some(made.title),
                symbol: Some(made.symbol),
                body: Some(made.body),
                genre_name: Some(made.genre_name),
                day: day("2026-11-20").plus(-i64::from(made.days_ago)),
                ..Paper::default()
            },
        ));
    }
    let index = Index::open(folder, 1, 15_000_000).unwrap();
    index.take(&nouns).unwrap();
    index.commit(Stand::default()).unwrap();
    (keys, index)
}

/// Somebody who reads what arrives at the one office.
fn reader() -> Access {
    let (account, person) = (AccountId(Uuid::from_u128(1)), PersonId(Uuid::from_u128(2)));
    let grant = Grant {
        office: OFFICE,
        offices_below: Vec::new(),
        offices_inherited: Vec::new(),
        unit: UnitId(Uuid::from_u128(3)),
        position: PositionId(Uuid::from_u128(4)),
        appointment: AppointmentId(Uuid::from_u128(5)),
        permissions: ["documents.incoming.read".to_owned()].into(),
        head: false,
        direct_reports: Vec::new(),
        on_behalf_of: None,
    };
    let authority = Authority { account, person, grants: vec![grant], fresh_proof: FreshProof::default() };
    let session = Uuid::from_u128(6).into();
    let caller = Caller::Person(PersonCaller { account, person, session, authenticated_at: Instant::from_micros(0) });
    Access::of(&caller, Some(&authority)).unwrap()
}

#[test]
fn what_people_type_finds_what_they_mean() {
    let folder = tempfile::tempdir().unwrap();
    let (keys, index) = indexed(folder.path());
    let access = reader();
    let (mut count, mut wrong) = (0, Vec::new());
    for line in lines(QUERIES) {
        let [typed, expected] = line.as_slice() else { panic!("{line:?}") };
        let apart = typed.strip_prefix("nfd ").map(|typed| text::apart(typed).collect::<String>());
        let q = apart.unwrap_or_else(|| (*typed).to_owned());
        let wanted = Wanted::read(Search { q: Some(q), ..Search::default() }).unwrap();
        let page = index.find(&wanted, &access).unwrap();
        let found: Vec<&str> = page.ids.iter().take(SEEN).map(|id| keys.get(id).copied().unwrap_or("…")).collect();
        let right = match expected.strip_prefix('!') {
            Some(first) => found.first() == Some(&first),
            None if *expected == "-" => page.nearest || page.ids.is_empty(),
            None => expected.split(',').all(|key| found.contains(&key)),
        };
        count += 1;
        if !right {
            wrong.push(format!("{typed}: {expected} is wanted, found {found:?}, nearest {}", page.nearest));
        }
    }
    assert!(count >= 120, "{count} queries");
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}
