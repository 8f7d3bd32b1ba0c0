//! What went wrong with a form: a summary on top that leads to the fields, and the same words beside each field.

use wire::Fault;

use crate::{asking::capital, words::Words};

/// One fault of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// The field, as the form names it; empty when it is about the whole.
    pub(crate) field: String,
    /// What is wrong, and what to do.
    pub(crate) text: String,
}

/// Everything that is wrong with a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Problems(pub(crate) Vec<Problem>);

impl Problems {
    /// What a service refused. It names the field by the name of the call's field, which is the form's as well.
    pub(crate) fn of(fault: &Fault, words: Words) -> Self {
        let named = fault.detail.as_ref().and_then(|detail| detail.get("name")?.as_str().map(str::to_owned));
        let field = fault.field.clone().or(named).unwrap_or_default();
        Self(vec![Problem { field, text: capital(fault.sentence(words.0)) }])
    }

    /// One more fault.
    pub(crate) fn add(&mut self, field: &str, text: String) {
        self.0.push(Problem { field: field.to_owned(), text });
    }

    /// The same faults at the fields of a form that names them otherwise than the call.
    pub(crate) fn renamed(mut self, names: &[(&str, &str)]) -> Self {
        for problem in &mut self.0 {
            if let Some((_, name)) = names.iter().find(|(name, _)| *name == problem.field) {
                (*name).clone_into(&mut problem.field);
            }
        }
        self
    }

    /// Whether there is any.
    pub(crate) fn any(&self) -> bool {
        !self.0.is_empty()
    }

    /// What is wrong with a field.
    pub(crate) fn at(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|one| one.field == field).map(|one| one.text.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::{Kind, Lang};

    #[test]
    fn a_refusal_stands_beside_the_field_it_names() {
        let mut fault = Fault::new(Kind::Invalid, "x.y", "missing", "thiếu");
        fault.detail = Some(serde_json::json!({ "name": "summary" }));
        let problems = Problems::of(&fault, Words(Lang::Vi));
        assert_eq!((problems.at("summary"), problems.at("pages")), (Some("Thiếu."), None));
        let pointed = Problems::of(&fault.at("due"), Words(Lang::En));
        assert_eq!(pointed.at("due"), Some("Missing."));
    }
}
