//! Settings of a process: where its parts are, and one section per service.

use std::{any::Any, collections::BTreeMap, path::PathBuf, sync::Arc};

use bus::NatsSettings;
use db::DbSettings;
use runtime::{
    settings::{Loaded, SettingsError},
    telemetry::TelemetrySettings,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::Service;

/// Settings of a process that runs one service.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProcessSettings {
    /// Where files and keys are kept.
    pub data: PathBuf,
    /// The broker.
    pub nats: NatsSettings,
    /// The database.
    pub database: DbSettings,
    /// Logs, traces, metrics.
    pub telemetry: TelemetrySettings,
    /// One section per service, by its name.
    #[serde(flatten)]
    pub sections: BTreeMap<String, Value>,
}

impl Default for ProcessSettings {
    fn default() -> Self {
        Self {
            data: PathBuf::from("/var/lib/vanphong"),
            nats: NatsSettings::default(),
            database: DbSettings::default(),
            telemetry: TelemetrySettings::default(),
            sections: BTreeMap::new(),
        }
    }
}

/// A service's settings once they are read, whatever their type.
pub type Given = Arc<dyn Any + Send + Sync>;

/// How a service's section is read.
#[derive(Clone)]
pub struct Section {
    defaults: fn() -> Value,
    read: fn(Value) -> anyhow::Result<Given>,
}

impl Section {
    /// For a service without settings.
    pub(crate) fn none() -> Self {
        Self { defaults: || Value::Object(serde_json::Map::new()), read: |_| Ok(Arc::new(())) }
    }

    /// For settings of type `S`.
    pub(crate) fn of<S>() -> Self
    where
        S: Any + Default + Serialize + DeserializeOwned + Send + Sync,
    {
        Self {
            defaults: || serde_json::to_value(S::default()).unwrap_or_default(),
            read: |value| Ok(Arc::new(serde_json::from_value::<S>(value)?)),
        }
    }

    /// The defaults, as the section would be written.
    #[must_use]
    pub fn defaults(&self) -> Value {
        (self.defaults)()
    }

    /// The keys of a section that the service does not read, dotted where they lie deeper.
    fn unread(&self, given: &Value) -> Vec<String> {
        let mut found = Vec::new();
        compare(given, &self.defaults(), "", &mut found);
        found
    }

    /// Reads a section. Text becomes a number or a yes-or-no where the default is one, because the environment and the
    /// command line know only text.
    ///
    /// # Errors
    /// When a value is of the wrong type, or a key is one that the service does not read.
    pub fn read(&self, section: Option<Value>) -> anyhow::Result<Given> {
        let defaults = self.defaults();
        let unread = section.as_ref().map(|given| self.unread(given)).unwrap_or_default();
        let known = defaults.as_object().map(|keys| keys.keys().cloned().collect::<Vec<_>>()).unwrap_or_default();
        anyhow::ensure!(
            unread.is_empty(),
            "unknown setting `{}` in a section that knows `{}`",
            unread.join("`, `"),
            known.join("`, `")
        );
        let mut merged = defaults.clone();
        if let (Some(Value::Object(given)), Value::Object(merged)) = (section, &mut merged) {
            for (key, value) in given {
                let like = defaults.get(&key).cloned().unwrap_or_default();
                merged.insert(key, typed(value, &like));
            }
        }
        (self.read)(merged)
    }
}

/// Collects what has no place in the defaults, which hold every key that is read. An empty table there takes anything.
fn compare(given: &Value, known: &Value, path: &str, found: &mut Vec<String>) {
    let (Value::Object(given), Value::Object(known)) = (given, known) else { return };
    for (key, value) in given {
        let key_path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        match known.get(key) {
            Some(place) => compare(value, place, &key_path, found),
            None if known.is_empty() && !path.is_empty() => {}
            None => found.push(key_path),
        }
    }
}

/// Refuses what nobody reads in the sections of services: a mistyped key is a setting somebody believes to be in force.
///
/// # Errors
/// Names each key with its section, where it was given, and the nearest key that is known.
pub fn refuse_unread<'a, T>(
    loaded: &Loaded<T>,
    sections: &BTreeMap<String, Value>,
    services: impl IntoIterator<Item = &'a Service>,
) -> Result<(), SettingsError> {
    let services: BTreeMap<&str, &Section> =
        services.into_iter().map(|service| (service.name(), service.section())).collect();
    let unread = sections.iter().flat_map(|(name, given)| match services.get(name.as_str()) {
        Some(section) if given.is_object() => {
            section.unread(given).into_iter().map(|key| format!("{name}.{key}")).collect()
        }
        _ => vec![name.clone()],
    });
    loaded.refuse(unread.collect())
}

fn typed(value: Value, like: &Value) -> Value {
    let Value::String(text) = &value else { return value };
    match like {
        Value::Number(_) | Value::Bool(_) => serde_json::from_str(text).unwrap_or(value),
        _ => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
    struct Example {
        pages: u32,
        name: String,
    }

    #[test]
    fn text_from_the_environment_takes_the_type_of_the_default() {
        let section = Section::of::<Example>();
        let given = section.read(Some(serde_json::json!({ "pages": "12", "name": "34" }))).unwrap();
        let read = given.downcast_ref::<Example>().unwrap();
        assert_eq!(read, &Example { pages: 12, name: "34".into() });
        assert!(section.read(Some(serde_json::json!({ "pages": "many" }))).is_err());
    }

    #[test]
    fn a_key_that_is_not_read_is_refused_with_those_that_are() {
        let refused = Section::of::<Example>().read(Some(serde_json::json!({ "page": 3 }))).err().unwrap().to_string();
        assert!(refused.contains("`page`") && refused.contains("`pages`, `name`"), "{refused}");
        assert!(Section::none().read(Some(serde_json::json!({ "page": 3 }))).is_err(), "a service without settings");
    }
}
