//! Settings of an office in one process: where its folder is, its door, its logs, and a section for each service.

use std::{collections::BTreeMap, path::Path, path::PathBuf};

use anyhow::Context as _;
use runtime::{
    settings::{self, Loaded, Origin},
    telemetry::TelemetrySettings,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use service::settings::refuse_unread;

use crate::services;

/// Settings of an office in one process.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The folder that holds everything: databases, files, keys.
    pub data: PathBuf,
    /// Logs, traces, measures.
    pub telemetry: TelemetrySettings,
    /// The HTTP door.
    pub gateway: gateway::Settings,
    /// The pages. Within the one process they listen on a loopback port of the system's choice, whatever is set.
    pub portal: portal::Settings,
    /// One section for each service.
    #[serde(flatten)]
    pub services: Sections,
    /// Where each value came from. Not a setting: [`load`] says it.
    #[serde(skip)]
    pub origins: BTreeMap<String, Origin>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            data: PathBuf::from("vanphong-data"),
            telemetry: TelemetrySettings::default(),
            gateway: gateway::Settings::default(),
            portal: portal::Settings::default(),
            services: Sections::default(),
            origins: BTreeMap::new(),
        }
    }
}

/// The sections of the services, by name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sections(pub BTreeMap<String, Value>);

impl Default for Sections {
    fn default() -> Self {
        Self(services().iter().map(|service| (service.name().to_owned(), service.section().defaults())).collect())
    }
}

/// Reads the settings: defaults, then the file, then `VANPHONG__…`, then the command line.
///
/// # Errors
/// Names the key that nothing reads or the value that does not fit, and where it was given.
pub fn load(file: Option<&Path>, overrides: &[(String, String)]) -> anyhow::Result<Loaded<Settings>> {
    let mut loaded = settings::load_over(&Settings::default(), file, overrides)?;
    refuse_unread(&loaded, &loaded.value.services.0, &services())?;
    for service in services() {
        let given = loaded.value.services.0.get(service.name()).cloned();
        service.section().read(given).with_context(|| format!("the settings of `[{}]` do not fit", service.name()))?;
    }
    hand_on_origin(&mut loaded)?;
    // Messages and the printed commands then work from any folder.
    loaded.value.data = std::path::absolute(&loaded.value.data).context("the working folder is gone")?;
    loaded.value.gateway.folder.clone_from(&loaded.value.data);
    hand_on_folder(&mut loaded);
    loaded.value.origins.clone_from(&loaded.origins);
    Ok(loaded)
}

/// Where browsers find the office is said once, to the door: the services that must know it hear it from here, unless their
/// own section says otherwise.
fn hand_on_origin(loaded: &mut Loaded<Settings>) -> anyhow::Result<()> {
    let gateway = &loaded.value.gateway;
    let origin = gateway.origin(gateway.listen)?;
    let said = ["gateway.public_origin", "gateway.listen"].into_iter().filter_map(|key| loaded.origins.get(key));
    let from = said.into_iter().find(|from| **from != Origin::Default).cloned();
    let mut handed_on = Vec::new();
    for (name, section) in &mut loaded.value.services.0 {
        let Some(place) = section.get_mut("public_origin") else { continue };
        let key = format!("{name}.public_origin");
        if loaded.origins.get(&key).is_none_or(|origin| *origin == Origin::Default) {
            *place = Value::String(origin.clone());
            handed_on.extend(from.clone().map(|from| (key, from)));
        }
    }
    loaded.origins.extend(handed_on);
    Ok(())
}

/// The index lies in the folder of the office, unless its own section says otherwise.
fn hand_on_folder(loaded: &mut Loaded<Settings>) {
    let folder = loaded.value.services.0.get_mut("search").and_then(|section| section.get_mut("folder"));
    if let Some(place) = folder
        && place.as_str().is_some_and(str::is_empty)
    {
        *place = Value::String(loaded.value.data.join("search").display().to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn over(key: &str, value: &str) -> Vec<(String, String)> {
        vec![(key.to_owned(), value.to_owned())]
    }

    #[test]
    fn a_service_reads_its_section_and_nobody_reads_a_mistyped_key() {
        let loaded = load(None, &over("programme.due_soon_days", "5")).unwrap();
        assert_eq!(loaded.value.services.0["programme"]["due_soon_days"], "5");
        assert!(loaded.value.gateway.folder.is_absolute());
        let cases = [
            ("programme.due_soon_day", "did you mean `programme.due_soon_days`"),
            ("program.due_soon_days", "unknown setting `program"),
            ("gateway.lisen", "did you mean `gateway.listen`"),
            ("nothing.at.all", "unknown setting `nothing"),
        ];
        for (key, expected) in cases {
            let error = load(None, &over(key, "5")).unwrap_err().to_string();
            assert!(error.contains(expected), "{key}: {error}");
        }
    }

    #[test]
    fn where_browsers_find_the_office_is_said_once() {
        let origin = |given: &[(&str, &str)], service: &str| {
            let given: Vec<_> = given.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
            load(None, &given).unwrap().value.services.0[service]["public_origin"].as_str().unwrap().to_owned()
        };
        let named = ("gateway.public_origin", "https://vanphong.example/");
        assert_eq!(origin(&[], "identity"), "http://localhost:8080");
        assert_eq!(origin(&[("gateway.listen", "127.0.0.1:9000")], "identity"), "http://localhost:9000");
        for service in ["identity", "notices"] {
            assert_eq!(origin(&[named], service), "https://vanphong.example");
        }
        let own = ("identity.public_origin", "https://khac.example");
        assert_eq!(origin(&[named, own], "identity"), "https://khac.example");
        assert!(load(None, &over("gateway.public_origin", "vanphong")).is_err());
    }

    #[test]
    fn a_value_of_the_wrong_type_is_named_with_its_section() {
        let error = format!("{:#}", load(None, &over("programme.due_soon_days", "many")).unwrap_err());
        assert!(error.contains("`[programme]`"), "{error}");
    }
}
