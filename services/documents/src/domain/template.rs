//! Routings kept to be used again: their names, and what of them is kept.

use schema_documents::{IncomingRouting, RoutingTemplate, SaveRoutingTemplate, TemplateRefusal};
use wire::Fault;

use super::{field, instruction};

/// The longest name, in characters.
const NAME: usize = 80;
/// The most templates of an office.
pub(crate) const MOST: usize = 30;

/// A template as asked for: its name, its routing, and the one whose place it takes.
#[derive(Debug)]
pub(crate) struct Saved<'a> {
    pub(crate) name: String,
    pub(crate) routing: IncomingRouting,
    pub(crate) replaced: Option<&'a RoutingTemplate>,
}

/// The routing that would be kept: one that could be put to somebody today, without its day.
pub(crate) fn routing(given: &IncomingRouting) -> Result<IncomingRouting, Fault> {
    if given.due.is_some() {
        return Err(TemplateRefusal::TemplateDated.into());
    }
    instruction::routing(given)
}

/// What is to be kept, among those that are.
pub(crate) fn save<'a>(call: &SaveRoutingTemplate, kept: &'a [RoutingTemplate]) -> Result<Saved<'a>, Fault> {
    let name = field::line("name", &call.name, NAME)?;
    let routing = routing(&call.routing)?;
    let replaced = kept.iter().find(|one| one.name.to_lowercase() == name.to_lowercase());
    match replaced {
        Some(_) if !call.replaces => Err(TemplateRefusal::NameTaken { name }.into()),
        None if kept.len() >= MOST => Err(TemplateRefusal::TemplatesTooMany { limit: MOST }.into()),
        replaced => Ok(Saved { name, routing, replaced }),
    }
}

#[cfg(test)]
mod tests {
    use schema_documents::Disposition;
    use wire::Version;

    use super::*;
    use crate::domain::sample::{self, day};

    fn asked(name: &str, replaces: bool) -> SaveRoutingTemplate {
        let routing = IncomingRouting {
            disposition: Disposition::ToProcess,
            lead: Some(sample::id(2)),
            lead_position: None,
            with: Vec::new(),
            to_know: vec![sample::id(22)],
            due: None,
            text: " Giao Văn phòng tham mưu. ".to_owned(),
        };
        SaveRoutingTemplate { office: sample::office(), name: name.to_owned(), routing, replaces }
    }

    fn kept(name: &str) -> RoutingTemplate {
        RoutingTemplate {
            id: sample::id(90),
            office: sample::office(),
            version: Version::FIRST,
            name: name.to_owned(),
            routing: asked(name, false).routing,
            by: sample::id(1),
            at: sample::place().now,
        }
    }

    #[test]
    fn a_name_is_used_once_unless_one_says_that_it_replaces() {
        let here = [kept("Giao Văn phòng")];
        let first = asked(" Báo cáo tháng ", false);
        let saved = save(&first, &here).unwrap();
        assert_eq!((saved.name.as_str(), saved.replaced), ("Báo cáo tháng", None));
        assert_eq!(saved.routing.text, "Giao Văn phòng tham mưu.");
        let again = save(&asked("GIAO VĂN PHÒNG", false), &here).unwrap_err();
        assert_eq!((again.code.as_str(), again.field.as_deref()), ("documents.template_name_taken", Some("name")));
        assert_eq!(save(&asked("GIAO VĂN PHÒNG", true), &here).unwrap().replaced, here.first());
    }

    #[test]
    fn a_template_has_a_name_no_day_and_what_a_routing_needs() {
        let mut dated = asked("Một", false);
        dated.routing.due = Some(day("2026-12-01"));
        let mut leaderless = asked("Một", false);
        leaderless.routing.lead = None;
        let table = [
            (dated, "documents.template_dated"),
            (leaderless, "documents.lead_missing"),
            (asked(" ", false), "documents.field_missing"),
            (asked(&"x".repeat(81), false), "documents.field_too_long"),
        ];
        for (call, code) in table {
            assert_eq!(save(&call, &[]).unwrap_err().code, code);
        }
        let full: Vec<RoutingTemplate> = (0..MOST).map(|number| kept(&format!("Mẫu {number}"))).collect();
        assert_eq!(save(&asked("Mẫu mới", false), &full).unwrap_err().code, "documents.templates_too_many");
        assert!(save(&asked("Mẫu 7", true), &full).is_ok(), "one that is replaced makes no more of them");
    }
}
