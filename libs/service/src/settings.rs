//! Settings of a process: where its parts are, and one section per service.

use std::{any::Any, collections::BTreeMap, path::PathBuf, sync::Arc};

use bus::NatsSettings;
use db::DbSettings;
use runtime::telemetry::TelemetrySettings;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

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

    /// Reads a section. Text becomes a number or a yes-or-no where the default is one, because the environment and the
    /// command line know only text.
    ///
    /// # Errors
    /// When a value is of the wrong type.
    pub fn read(&self, section: Option<Value>) -> anyhow::Result<Given> {
        let defaults = self.defaults();
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
}
