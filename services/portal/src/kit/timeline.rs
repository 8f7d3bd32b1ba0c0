//! What happened, one line after the other. Lines are only ever added, by the services that keep them.

use std::collections::BTreeMap;

use schema_documents::DocumentHistoryEntry;
use schema_identity::Person;
use schema_programme::AssignmentEntry;
use wire::{Page as Paged, id::PersonId};

use super::wording;
use crate::{format, words::Words};

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) when: String,
    pub(crate) what: String,
    pub(crate) by: String,
    pub(crate) detail: String,
}

/// Names of people by their ids.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names(BTreeMap<PersonId, String>);

impl Names {
    pub(crate) fn of(people: Option<&Paged<Person>>) -> Self {
        let items = people.into_iter().flat_map(|page| &page.items);
        Self(items.map(|person| (person.id, person.full_name.clone())).collect())
    }

    pub(crate) fn get(&self, person: PersonId) -> &str {
        self.0.get(&person).map_or("", String::as_str)
    }
}

/// The history of a document.
pub(crate) fn of_document(entries: &[DocumentHistoryEntry], names: &Names, w: Words) -> Vec<Step> {
    let step = |entry: &DocumentHistoryEntry| Step {
        when: format::moment(entry.at),
        what: match (entry.step, entry.execution) {
            (Some(step), _) => wording::instruction_step(step, w),
            (None, Some(step)) => wording::execution_step(step, w),
            (None, None) => wording::document_act(entry.act, w),
        },
        by: entry.by.map(|by| names.get(by).to_owned()).unwrap_or_default(),
        detail: ["reason", "note", "unit_name", "name"]
            .iter()
            .filter_map(|key| entry.values.get(*key))
            .cloned()
            .collect::<Vec<_>>()
            .join(" · "),
    };
    entries.iter().map(step).collect()
}

/// The history of an assignment.
pub(crate) fn of_assignment(entries: &[AssignmentEntry], names: &Names, w: Words) -> Vec<Step> {
    let step = |entry: &AssignmentEntry| Step {
        when: format::moment(entry.at),
        what: wording::assignment_act(entry.act, w),
        by: entry.by.map(|by| names.get(by.person).to_owned()).unwrap_or_default(),
        detail: entry.note.clone().unwrap_or_default(),
    };
    entries.iter().map(step).collect()
}
