//! Names of people in the log: those of the office, and a few who came from elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::future::join_all;
use schema_identity::GetPerson;
use wire::{
    AuditRow,
    id::{OfficeId, PersonId},
};

use crate::{asking::Part, screens::admin::reach, visit::Inside, words::Words};

/// How many people from elsewhere are looked up for a page.
const ELSEWHERE: usize = 20;
/// How many can be chosen from.
const CHOICES: usize = 200;

/// Names by person.
pub(crate) struct Names {
    known: BTreeMap<PersonId, String>,
    /// Those of the office, for the filter.
    pub(crate) choices: Vec<(String, String)>,
}

impl Names {
    /// Everyone of an office, and whom else these acts name.
    pub(crate) async fn of(inside: &Inside, office: OfficeId, rows: &[AuditRow]) -> Self {
        let people = match reach::people(inside, office).await {
            Part::Here((people, _)) => people,
            Part::Silent(_) => Vec::new(),
        };
        let choices = people.iter().take(CHOICES).map(|one| (one.id.to_string(), one.full_name.clone())).collect();
        let mut known: BTreeMap<_, _> = people.into_iter().map(|one| (one.id, one.full_name)).collect();
        let named = rows.iter().flat_map(|row| [row.person, row.on_behalf_of.as_ref().and_then(|lent| lent.person)]);
        let others: BTreeSet<PersonId> = named.flatten().filter(|person| !known.contains_key(person)).collect();
        let asking = others.into_iter().take(ELSEWHERE).map(|id| async move {
            let found = inside.part(&GetPerson { id, as_of: None }).await;
            Some((id, found.here()?.full_name.clone()))
        });
        known.extend(join_all(asking).await.into_iter().flatten());
        Self { known, choices }
    }

    /// A name; whoever cannot be looked up is somebody from elsewhere.
    pub(crate) fn name(&self, person: PersonId, w: Words) -> String {
        self.known.get(&person).cloned().unwrap_or_else(|| w.t("watching-elsewhere"))
    }

    /// Who did it: a person, a service by itself, or nobody known.
    pub(crate) fn doer(&self, row: &AuditRow, w: Words) -> String {
        match (row.person, &row.service) {
            (Some(person), _) => self.name(person, w),
            (None, Some(service)) => w.with("watching-by-service", &[("service", service)]),
            (None, None) => w.t("watching-by-nobody"),
        }
    }

    /// For whom, when it was not in their own right.
    pub(crate) fn lender(&self, row: &AuditRow, w: Words) -> Option<String> {
        let lent = row.on_behalf_of.as_ref()?;
        Some(lent.person.map_or_else(|| w.t("watching-vacant"), |person| self.name(person, w)))
    }
}
