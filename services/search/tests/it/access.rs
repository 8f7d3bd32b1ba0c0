//! Nobody finds, counts or is suggested what they may not read: the plain rule of documents and programme against search.

use std::{collections::BTreeSet, sync::LazyLock, time::Duration};

use schema_search::{EarlierCases, Search, SearchFound, SearchKind, Suggest};
use serde_json::json;
use testbed::{Pair, Person, process::until};
use uuid::Uuid;
use wire::{Authority, Call, Need, id::OfficeId};

use crate::office::{ALL, Office, incoming_document, outgoing, work};

/// What is told: kind, office, id.
type Told = (SearchKind, OfficeId, u128);

/// Splitmix64: the same people at every run.
struct Dice(u64);

impl Dice {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % below as u64).unwrap()
    }
}

/// The needs of the calls by which nouns are read where they are kept.
static NEEDS: LazyLock<[String; 3]> = LazyLock::new(|| SearchKind::ALL.map(need));

fn need(kind: SearchKind) -> String {
    let (contract, name) = match kind {
        SearchKind::IncomingDocument => (schema_documents::contract(), schema_documents::GetIncoming::NAME),
        SearchKind::OutgoingDocument => (schema_documents::contract(), schema_documents::GetOutgoing::NAME),
        SearchKind::Assignment => (schema_programme::contract(), schema_programme::GetAssignment::NAME),
    };
    match &contract.call(name).unwrap().need {
        Need::Permission(permission) => permission.clone(),
        other => panic!("{name} needs {other:?}"),
    }
}

/// The plain rule: some grant bears the permission and reaches the office.
fn may_read(authority: &Authority, (kind, office, _): &Told) -> bool {
    let kinds = SearchKind::ALL.into_iter().zip(NEEDS.iter());
    let need = kinds.into_iter().find_map(|(of, need)| (of == *kind).then_some(need)).unwrap();
    authority.grants.iter().any(|grant| {
        grant.permissions.contains(need)
            && (grant.office == *office
                || grant.offices_below.contains(office)
                || grant.offices_inherited.contains(office))
    })
}

fn ids(found: &SearchFound) -> BTreeSet<u128> {
    found.items.iter().map(|hit| hit.id.as_u128()).collect()
}

/// Tells three nouns of each kind in each office, each with a word of its own, and one that all share.
async fn tell_all(here: &mut Office, offices: &[OfficeId]) -> Vec<Told> {
    let (mut told, mut id) = (Vec::new(), 1_u128);
    for office in offices {
        for kind in SearchKind::ALL {
            for _ in 0..3 {
                let title = format!("Chung kết hợp riengbiet{}", letters(id));
                match kind {
                    SearchKind::IncomingDocument => {
                        let document = incoming_document(*office, id, json!({ "summary": title }));
                        here.tell(&schema_documents::IncomingRegistered { document, by: None }).await;
                    }
                    SearchKind::OutgoingDocument => {
                        here.tell(&outgoing(*office, id, json!({ "summary": title }))).await
                    }
                    SearchKind::Assignment => here.tell(&work(*office, id, json!({ "title": title }))).await,
                }
                told.push((kind, *office, id));
                id += 1;
            }
        }
    }
    here.settled().await;
    told
}

/// A number as letters, so that it is one word.
fn letters(number: u128) -> String {
    number.to_string().bytes().map(|digit| char::from(b'a' + (digit - b'0'))).collect()
}

/// Somebody with grants by chance: own offices, offices below, inherited ones.
fn anybody(here: &Office, offices: &[OfficeId], dice: &mut Dice) -> Person {
    let mut grants: Vec<(OfficeId, Vec<&str>)> = Vec::new();
    for _ in 0..=dice.next(2) {
        let permissions = ALL.into_iter().filter(|_| dice.next(2) == 0).collect();
        grants.push((offices[dice.next(offices.len())], permissions));
    }
    let given: Vec<(OfficeId, &[&str])> = grants.iter().map(|(office, given)| (*office, given.as_slice())).collect();
    let person = here.bench.person(&given);
    let (below, inherited) = (offices[dice.next(offices.len())], offices[dice.next(offices.len())]);
    let (leads, follows) = (dice.next(3) == 0, dice.next(3) == 0);
    person.change(|authority| {
        let grant = &mut authority.grants[0];
        grant.offices_below.extend(leads.then_some(below));
        grant.offices_inherited.extend(follows.then_some(inherited));
    });
    person
}

#[tokio::test(flavor = "multi_thread")]
async fn search_follows_the_plain_rule() {
    let mut here = Office::open(Pair::LocalSqlite).await;
    let offices: Vec<OfficeId> = (0..5).map(|_| here.bench.office()).collect();
    let told = tell_all(&mut here, &offices).await;
    let mut dice = Dice(20_261_124);
    for turn in 0..60 {
        let person = anybody(&here, &offices, &mut dice);
        let authority = person.authority().unwrap();
        let readable: Vec<&Told> = told.iter().filter(|told| may_read(&authority, told)).collect();
        let expected: BTreeSet<u128> = readable.iter().map(|(_, _, id)| *id).collect();
        let all = Search { q: Some("chung".into()), limit: Some(50), ..Search::default() };
        let found = person.call(&all).await.unwrap();
        assert_eq!(ids(&found), expected, "turn {turn}: {authority:?}");
        let count = |kind| readable.iter().filter(|(of, _, _)| *of == kind).count() as u64;
        let counts = [found.counts.incoming_documents, found.counts.outgoing_documents, found.counts.assignments];
        assert_eq!(counts, SearchKind::ALL.map(count), "turn {turn}");
        // One noun that is out of sight: no word, suggestion, near miss or comparison tells of it.
        let Some((kind, office, id)) = told.iter().find(|told| !expected.contains(&told.2)) else { continue };
        let word = format!("riengbiet{}", letters(*id));
        for q in [word.clone(), format!("\"{word}\""), format!("{word}s"), format!("chung {word}")] {
            let found = person.call(&Search { q: Some(q.clone()), ..Search::default() }).await.unwrap();
            assert!(!ids(&found).contains(id), "turn {turn}: {q}");
            let sum = found.counts.incoming_documents + found.counts.outgoing_documents + found.counts.assignments;
            assert!(sum <= expected.len() as u64);
        }
        let suggested = person.call(&Suggest { q: word.clone(), office: None }).await.unwrap().items;
        assert!(!suggested.contains(&word), "turn {turn}");
        let case = person.call(&EarlierCases { kind: *kind, id: Uuid::from_u128(*id) }).await;
        assert_eq!(case.unwrap_err().code, "search.noun_missing");
        let within = Search { office: Some(*office), ..all };
        let found = ids(&person.call(&within).await.unwrap());
        let there: BTreeSet<u128> = readable.iter().filter(|told| told.1 == *office).map(|told| told.2).collect();
        assert_eq!(found, there, "turn {turn}: an office that is named opens nothing");
    }
    here.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ones_own_office_stands_first_and_a_lost_right_ends_within_seconds() {
    let mut here = Office::open(Pair::LocalSqlite).await;
    let (own, below) = (here.bench.office(), here.bench.office());
    for (id, office, title) in [(1, below, "Báo cáo báo cáo báo cáo"), (2, own, "Báo cáo dài về nhiều việc khác nhau")]
    {
        here.tell(&outgoing(office, id, json!({ "summary": title }))).await;
    }
    here.settled().await;
    let leader = here.bench.person(&[(own, &ALL)]);
    leader.change(|authority| authority.grants[0].offices_below.push(below));
    let order = |found: SearchFound| found.items.iter().map(|hit| hit.id.as_u128()).collect::<Vec<_>>();
    assert_eq!(order(here.find(&leader, "bao cao").await), [2, 1]);
    leader.change(|authority| authority.grants[0].offices_below.clear());
    until("the lost right to be known", Duration::from_secs(5), || async {
        (order(here.find(&leader, "bao cao").await) == [2]).then_some(())
    })
    .await
    .unwrap();
    let nobody = here.bench.person(&[(own, &[])]);
    assert_eq!(here.find(&nobody, "bao cao").await.counts, Default::default());
    here.finish().await;
}
