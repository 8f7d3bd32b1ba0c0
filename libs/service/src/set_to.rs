//! Answers what a service is set to, and where each value comes from.

use std::collections::BTreeMap;

use runtime::settings::{Loaded, Origin, shown};
use serde::Serialize;
use serde_json::Value;
use wire::{GetSettings, ServiceSettings, SettingRow};

use crate::{Read, Result, proving::sees_all, settings::Section};

/// What a service is started with: its section of the settings, and what may be shown of all that its process is set to.
#[derive(Clone, Debug, Default)]
pub struct Configured {
    pub(crate) section: Option<Value>,
    rows: Option<Vec<SettingRow>>,
}

impl Configured {
    /// The section of a service, and those of the settings that are its own.
    pub fn of<T: Serialize>(section: Option<Value>, loaded: &Loaded<T>, is_own: impl Fn(&str) -> bool) -> Self {
        let own = shown(loaded).into_iter().filter(|one| is_own(&one.key));
        Self { section, rows: Some(own.collect()) }
    }

    /// What may be shown.
    pub(crate) fn rows(self, service: &str, section: &Section) -> Vec<SettingRow> {
        self.rows.unwrap_or_else(|| given(service, section, self.section))
    }
}

/// What a program gives to a service stands as if it had been typed on the command line.
impl From<Option<Value>> for Configured {
    fn from(section: Option<Value>) -> Self {
        Self { section, rows: None }
    }
}

fn given(service: &str, section: &Section, given: Option<Value>) -> Vec<SettingRow> {
    let mut value = section.defaults();
    let mut origins = BTreeMap::new();
    if let (Some(Value::Object(given)), Value::Object(value)) = (given, &mut value) {
        for (key, given) in given {
            origins.insert(format!("{service}.{key}"), Origin::CommandLine);
            value.insert(key, given);
        }
    }
    let value = BTreeMap::from([(service, value)]);
    shown(&Loaded { value, origins })
}

/// Answers [`GetSettings`].
pub(crate) async fn get(cx: Read, _: GetSettings) -> Result<ServiceSettings> {
    let whole = sees_all(&cx.frame).await?;
    let all = cx.frame.shared.rows.iter().cloned();
    let settings = if whole { all.collect() } else { all.map(SettingRow::without_texts).collect() };
    Ok(ServiceSettings { whole, settings })
}
