//! Which bodies the committee of a tier has, and what they are called: dated data with its instrument and mark.

use std::{collections::BTreeMap, sync::LazyLock};

use schema_identity::{OfficeKind, Refusal, UnitHistory, UnitSpan};
use serde::Deserialize;
use uuid::Uuid;
use wire::{
    Day, Version,
    id::{OfficeId, UnitId},
};

use super::interval::Interval;

/// The templates of `data/bodies.toml`; a test holds that they can be read.
pub(crate) static TEMPLATES: LazyLock<Templates> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/bodies.toml")).unwrap_or_default());

/// Every template there is.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Templates {
    committee: Vec<Named>,
    template: Vec<Template>,
}

/// A committee whose name does not follow from the name of the administrative unit.
#[derive(Debug, Deserialize)]
struct Named {
    code: String,
    name: String,
}

/// The bodies of a tier from a day on. Instrument and mark stand in the data for those who check it.
#[derive(Debug, Deserialize)]
pub(crate) struct Template {
    kind: OfficeKind,
    from: Day,
    to: Option<Day>,
    bodies: Vec<Body>,
}

#[derive(Debug, Deserialize)]
struct Body {
    key: String,
    name: String,
    body: Option<String>,
    under: Option<String>,
}

impl Templates {
    /// The template of a tier on a day.
    pub(crate) fn of(&self, kind: OfficeKind, day: Day) -> Result<&Template, Refusal> {
        self.template
            .iter()
            .find(|template| template.kind == kind && Interval { from: template.from, to: template.to }.contains(day))
            .ok_or(Refusal::TemplateMissing { day })
    }

    /// The name of the committee of an administrative unit, such as `Đảng ủy xã Ngọc Sơn` of `Xã Ngọc Sơn`; nothing
    /// when the unit's name does not begin with its kind.
    pub(crate) fn committee(&self, code: &str, name: &str) -> Option<String> {
        const FORMS: [(&str, &str); 5] = [
            ("Tỉnh ", "Tỉnh ủy "),
            ("Thành phố ", "Thành ủy "),
            ("Xã ", "Đảng ủy xã "),
            ("Phường ", "Đảng ủy phường "),
            ("Đặc khu ", "Đảng ủy đặc khu "),
        ];
        let named = self.committee.iter().find(|named| named.code == code).map(|named| named.name.clone());
        named.or_else(|| {
            FORMS.iter().find_map(|(kind, committee)| Some(format!("{committee}{}", name.strip_prefix(kind)?)))
        })
    }
}

impl Template {
    /// The units of an office: the bodies of the template under the name of its committee.
    pub(crate) fn units(
        &self,
        office: OfficeId,
        committee: &str,
        from: Day,
        mut id: impl FnMut() -> Uuid,
    ) -> Vec<UnitHistory> {
        let ids: BTreeMap<&str, UnitId> = self.bodies.iter().map(|body| (body.key.as_str(), UnitId(id()))).collect();
        let unit = |body: &Body| {
            let span = UnitSpan {
                from,
                to: None,
                name: body.name.replace("{committee}", committee),
                body: body.body.clone(),
                parent: body.under.as_deref().and_then(|key| ids.get(key)).copied(),
            };
            Some(UnitHistory { id: *ids.get(body.key.as_str())?, office, spans: vec![span], version: Version::FIRST })
        };
        self.bodies.iter().filter_map(unit).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::domain::tree;

    fn reform() -> Day {
        Day::new(2025, 7, 1).unwrap()
    }

    #[test]
    fn the_data_can_be_read_and_every_entry_has_a_known_mark() {
        let templates: Templates = toml::from_str(include_str!("../../data/bodies.toml")).unwrap();
        assert_eq!(templates.template.len(), 3);
        let data: toml::Table = toml::from_str(include_str!("../../data/bodies.toml")).unwrap();
        let entries = |value: &toml::Value| value.as_array().unwrap().clone();
        let (named, templates) = (entries(&data["committee"]), entries(&data["template"]));
        let bodies: Vec<toml::Value> = templates.iter().flat_map(|template| entries(&template["bodies"])).collect();
        for entry in named.iter().chain(&templates).chain(&bodies) {
            let mut marks = entry["mark"].as_str().unwrap().split('/');
            assert!(marks.all(|mark| ["F", "M", "P", "U"].contains(&mark)), "{entry}");
        }
        assert!(templates.iter().all(|template| template["instrument"].as_str().is_some()));
    }

    #[test]
    fn every_body_stands_below_another_but_the_committee() {
        for kind in [OfficeKind::Centre, OfficeKind::Province, OfficeKind::Commune] {
            let template = TEMPLATES.of(kind, reform()).unwrap();
            let mut next = 0u128;
            let units = template.units(OfficeId(Uuid::nil()), "Tỉnh ủy Cà Mau", reform(), || {
                next += 1;
                Uuid::from_u128(next)
            });
            assert_eq!(units.iter().map(|unit| unit.id).collect::<BTreeSet<_>>().len(), template.bodies.len());
            let roots: Vec<_> = units.iter().filter(|unit| unit.spans[0].parent.is_none()).collect();
            assert_eq!(roots.len(), 1);
            assert_eq!(tree::under(roots[0].id, &units, reform()).len(), units.len());
        }
    }

    #[test]
    fn committees_are_named_after_their_administrative_unit() {
        let table = [
            ("15", "Tỉnh Lào Cai", "Tỉnh ủy Lào Cai"),
            ("46", "Thành phố Huế", "Thành ủy Huế"),
            ("79", "Thành phố Hồ Chí Minh", "Thành ủy Thành phố Hồ Chí Minh"),
            ("14623", "Xã Bình Minh", "Đảng ủy xã Bình Minh"),
            ("00004", "Phường Ba Đình", "Đảng ủy phường Ba Đình"),
            ("06994", "Đặc khu Vân Đồn", "Đảng ủy đặc khu Vân Đồn"),
        ];
        for (code, name, committee) in table {
            assert_eq!(TEMPLATES.committee(code, name).as_deref(), Some(committee));
        }
        assert_eq!(TEMPLATES.committee("14623", "Bình Minh"), None);
    }

    #[test]
    fn before_the_two_tiers_there_is_no_template() {
        let before = Day::new(2025, 6, 30).unwrap();
        assert_eq!(TEMPLATES.of(OfficeKind::Commune, before).err(), Some(Refusal::TemplateMissing { day: before }));
    }
}
