//! The logs of all services as one, newest first. A service that does not answer is named, and the rest stands.

use std::collections::BTreeMap;

use futures_util::future::join_all;
use wire::{AuditRow, Cursor, ListAudit, Page};

use crate::{
    asking::{Part, Silence},
    manifest::SERVICES,
    visit::Inside,
};

/// Where each log goes on.
pub(crate) type Places = BTreeMap<&'static str, Cursor>;

/// Some of the log.
#[derive(Default)]
pub(crate) struct Merged {
    pub(crate) rows: Vec<AuditRow>,
    /// Where each log goes on behind these, when one has more.
    pub(crate) next: Option<Places>,
    /// Why a service's acts are missing here.
    pub(crate) silent: Vec<(&'static str, Silence)>,
}

/// Asks every service for its next acts, and takes the newest of them.
pub(crate) async fn ask(inside: &Inside, filter: &ListAudit, from: &Places, limit: u16) -> Merged {
    let asking = SERVICES.map(|service| {
        let call = ListAudit { limit: Some(limit), cursor: from.get(service).cloned(), ..filter.clone() };
        async move { (service, inside.part_of(service, &call).await) }
    });
    merge(join_all(asking).await, from, usize::from(limit))
}

/// Every service gave its newest `limit`, so the newest `limit` of all are among them.
fn merge(answers: Vec<(&'static str, Part<Page<AuditRow>>)>, from: &Places, limit: usize) -> Merged {
    let (mut merged, mut all, mut more) = (Merged::default(), Vec::new(), false);
    for (service, answer) in answers {
        match answer {
            Part::Here(page) => {
                more |= page.next.is_some();
                all.extend(page.items.into_iter().map(|row| (service, row)));
            }
            Part::Silent(silence) => merged.silent.push((service, silence)),
        }
    }
    // Those of one service stay in its order: the sort is stable.
    all.sort_by_key(|(_, row)| std::cmp::Reverse(row.at));
    more |= all.len() > limit;
    all.truncate(limit);
    let mut next = from.clone();
    for (service, row) in all {
        next.insert(service, row.behind.clone());
        merged.rows.push(row);
    }
    // Whoever was silent is asked again from where it stood; its acts would come among older ones, which is said.
    merged.next = more.then_some(next);
    merged
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn row(service: &str, second: u32) -> AuditRow {
        let id = uuid::Uuid::from_u128(u128::from(second));
        serde_json::from_value(json!({
            "at": format!("2026-11-23T01:00:{second:02}Z"), "act": format!("{service}.x.v1"), "office": id, "noun": "n",
            "id": id, "fields": [], "sealed": true, "behind": format!("{service}{second}"),
        }))
        .unwrap()
    }

    /// A service with acts at these seconds, newest first.
    fn answer(service: &str, seconds: &[u32], from: Option<&Cursor>, limit: usize) -> Part<Page<AuditRow>> {
        let rows = seconds.iter().map(|second| row(service, *second));
        let begun = from.map_or(0, |from| seconds.iter().position(|s| *from == row(service, *s).behind).unwrap() + 1);
        let rows: Vec<_> = rows.skip(begun).take(limit + 1).collect();
        Part::Here(Page::cut(rows, u16::try_from(limit).unwrap(), |last| last.behind.0.clone()))
    }

    #[test]
    fn every_act_of_every_service_comes_once_and_in_order() {
        let (documents, identity) = ([59, 40, 39, 38, 5], [50, 49, 48, 47, 46, 45, 1]);
        let (mut seen, mut places) = (Vec::new(), Places::new());
        loop {
            let answers = vec![
                ("documents", answer("documents", &documents, places.get("documents"), 3)),
                ("identity", answer("identity", &identity, places.get("identity"), 3)),
            ];
            let merged = merge(answers, &places, 3);
            seen.extend(merged.rows.iter().map(|row| row.id.as_u128()));
            match merged.next {
                Some(next) => places = next,
                None => break,
            }
        }
        assert_eq!(seen, [59, 50, 49, 48, 47, 46, 45, 40, 39, 38, 5, 1]);
    }

    #[test]
    fn a_silent_service_is_named_and_keeps_its_place() {
        let silence = Silence { why: "Chậm.".to_owned(), again: true };
        let from = Places::from([("identity", Cursor("identity9".to_owned()))]);
        let answers =
            vec![("documents", answer("documents", &[9, 8, 7], None, 2)), ("identity", Part::Silent(silence.clone()))];
        let merged = merge(answers, &from, 2);
        assert_eq!((merged.rows.len(), merged.silent), (2, vec![("identity", silence)]));
        let next = merged.next.unwrap();
        assert_eq!((&next["identity"].0[..], &next["documents"].0[..]), ("identity9", "documents8"));
    }
}
