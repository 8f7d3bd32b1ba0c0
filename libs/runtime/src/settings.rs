//! Settings in layers, each value knowing where it came from.
//!
//! Defaults in code → the TOML file → `VANPHONG__SECTION__KEY` → the command line. A later layer wins, key by key; a
//! list is replaced whole. What no part of the program reads is an error, because a mistyped key is a setting
//! somebody believes to be in force.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use config::{Config, ConfigError, Environment, File, FileFormat, Map, Source, Value, ValueKind};
use serde::{Serialize, de::DeserializeOwned};

mod error;
mod known;
mod mask;
mod render;
mod secret;

pub use error::{SettingsError, UnknownKey};
pub use render::{render, shown};
pub use secret::{Secret, SecretError};

/// What every variable of ours in the environment begins with; two underscores separate sections.
const PREFIX: &str = "VANPHONG";
const SEPARATOR: &str = "__";

/// How the layers are marked inside the `config` crate; everything else is the path of a file.
const FROM_DEFAULTS: &str = "the defaults";
const FROM_ENVIRONMENT: &str = "the environment";
const FROM_COMMAND_LINE: &str = "the command line";

/// Where the effective value of a setting came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The defaults in code.
    Default,
    /// The settings file.
    File(PathBuf),
    /// A variable `VANPHONG__…`.
    Environment,
    /// An argument of the command.
    CommandLine,
}

impl Origin {
    fn of(mark: Option<&str>) -> Self {
        match mark {
            None | Some(FROM_DEFAULTS) => Self::Default,
            Some(FROM_ENVIRONMENT) => Self::Environment,
            Some(FROM_COMMAND_LINE) => Self::CommandLine,
            Some(path) => Self::File(path.into()),
        }
    }
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File(path) => write!(f, "file {}", path.display()),
            Self::Environment => f.write_str("environment"),
            Self::CommandLine => f.write_str("command line"),
        }
    }
}

/// The effective settings, and for each dotted key where its value came from. Lists count as one value.
#[derive(Clone, Debug)]
pub struct Loaded<T> {
    /// The settings.
    pub value: T,
    /// Dotted key → origin.
    pub origins: BTreeMap<String, Origin>,
}

impl<T> Loaded<T> {
    /// Refuses keys that the type has taken in and that nobody reads after all: a map takes in anything.
    ///
    /// # Errors
    /// Names each of them, its origin and the nearest known key, when there are any.
    pub fn refuse(&self, unread: Vec<String>) -> Result<(), SettingsError> {
        let within = |key: &str, section: &str| {
            key.strip_prefix(section).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        let read = self.origins.keys().filter(|key| !unread.iter().any(|section| within(key, section)));
        let known = known::keys(read.cloned());
        let stranger = |unread: &String| {
            let mut given = self.origins.iter().filter(|(key, _)| within(key, unread)).map(|(_, origin)| origin);
            let origin = given.find(|origin| **origin != Origin::Default).unwrap_or(&Origin::Default);
            known::stranger(unread.clone(), origin.clone(), &known)
        };
        if unread.is_empty() { Ok(()) } else { Err(SettingsError::Unknown(unread.iter().map(stranger).collect())) }
    }
}

/// Reads the settings: `T::default()`, then `file` (which must exist when given), then the process's environment, then
/// `overrides` (dotted key and value, from the command line).
///
/// A value in the environment or on the command line is text: numbers and booleans are read from it, and where the
/// default is a list it is split at commas. `T` must serialise every field it reads, for that is how a key is known.
///
/// # Errors
/// Names every key that nothing reads, with its origin and the nearest known key; or the value of a wrong type; or
/// the file that is missing or is not TOML. Values are not shown, since one of them might be a secret.
pub fn load<T>(file: Option<&Path>, overrides: &[(String, String)]) -> Result<Loaded<T>, SettingsError>
where
    T: Serialize + DeserializeOwned + Default,
{
    load_from(&T::default(), file, None, overrides)
}

/// [`load`] over defaults that only the caller knows, such as the sections of the services a process runs.
///
/// # Errors
/// As [`load`].
pub fn load_over<T>(
    defaults: &T,
    file: Option<&Path>,
    overrides: &[(String, String)],
) -> Result<Loaded<T>, SettingsError>
where
    T: Serialize + DeserializeOwned,
{
    load_from(defaults, file, None, overrides)
}

/// [`load`] with the environment as an argument; `None` is the environment of the process.
fn load_from<T>(
    defaults: &T,
    file: Option<&Path>,
    environment: Option<Map<String, String>>,
    overrides: &[(String, String)],
) -> Result<Loaded<T>, SettingsError>
where
    T: Serialize + DeserializeOwned,
{
    let defaults = serde_json::to_value(defaults).map_err(|error| SettingsError::Defaults(error.to_string()))?;
    let merged = merge(&defaults, file, environment, overrides)?;
    let value: T = merged.clone().try_deserialize().map_err(|error| SettingsError::from_config(&error))?;
    let effective = serde_json::to_value(&value).map_err(|error| SettingsError::Defaults(error.to_string()))?;
    let unknown = known::unknown(&merged, &effective, &defaults);
    if !unknown.is_empty() {
        return Err(SettingsError::Unknown(unknown));
    }
    let marks = known::marks(&merged);
    let origins =
        known::leaves(&effective).into_iter().map(|(key, _)| (key.clone(), known::origin(&marks, &key))).collect();
    Ok(Loaded { value, origins })
}

/// Lays the layers over each other; every value in the result carries the mark of its layer.
fn merge(
    defaults: &serde_json::Value,
    file: Option<&Path>,
    environment: Option<Map<String, String>>,
    overrides: &[(String, String)],
) -> Result<Value, SettingsError> {
    let from_config = |error| SettingsError::from_config(&error);
    let defaults_layer = from_json(defaults).into_table().map_err(from_config)?;
    let mut builder = Config::builder().add_source(Layer(defaults_layer));
    if let Some(path) = file {
        builder = builder.add_source(read(path)?);
    }
    let variables = Environment::with_prefix(PREFIX).separator(SEPARATOR).source(environment);
    let mut texts = Vec::new();
    for (key, value) in variables.collect().map_err(from_config)? {
        texts.push((key, value.into_string().map_err(from_config)?));
    }
    builder = builder.add_source(Layer::of_texts(defaults, texts, FROM_ENVIRONMENT)).add_source(Layer::of_texts(
        defaults,
        overrides.iter().cloned(),
        FROM_COMMAND_LINE,
    ));
    Ok(builder.build().map_err(from_config)?.cache)
}

/// Reads the settings file. The parser marks values with a path relative to the working directory; here they get the
/// path that was given, which an operator knows.
fn read(path: &Path) -> Result<Layer, SettingsError> {
    let refused = |problem: String| SettingsError::File { path: path.into(), problem };
    if !path.is_file() {
        return Err(refused("there is no such file".to_owned()));
    }
    let values = File::from(path).format(FileFormat::Toml).collect();
    let values = values.map_err(|error| refused(error::without_snippet(&error)))?;
    let mark = path.display().to_string();
    Ok(Layer(values.into_iter().map(|(key, value)| (key, marked(value, &mark))).collect()))
}

/// The same value with another mark, inside too.
fn marked(value: Value, mark: &String) -> Value {
    let kind = match value.kind {
        ValueKind::Table(fields) => {
            ValueKind::Table(fields.into_iter().map(|(key, field)| (key, marked(field, mark))).collect())
        }
        ValueKind::Array(items) => ValueKind::Array(items.into_iter().map(|item| marked(item, mark)).collect()),
        single => single,
    };
    Value::new(Some(mark), kind)
}

/// The values of one layer, by dotted key.
#[derive(Clone, Debug)]
struct Layer(Map<String, Value>);

impl Layer {
    fn of_texts(
        defaults: &serde_json::Value,
        texts: impl IntoIterator<Item = (String, String)>,
        mark: &'static str,
    ) -> Self {
        let values = texts.into_iter().map(|(key, text)| {
            let value = from_text(defaults, &key, text, mark);
            (key, value)
        });
        Self(values.collect())
    }
}

impl Source for Layer {
    fn clone_into_box(&self) -> Box<dyn Source + Send + Sync> {
        Box::new(self.clone())
    }

    fn collect(&self) -> Result<Map<String, Value>, ConfigError> {
        Ok(self.0.clone())
    }
}

/// A text from the environment or the command line; a list where the default is one.
fn from_text(defaults: &serde_json::Value, key: &str, text: String, mark: &str) -> Value {
    let mark = mark.to_owned();
    let default = key.split('.').try_fold(defaults, |place, segment| place.get(segment));
    if !default.is_some_and(serde_json::Value::is_array) {
        return Value::new(Some(&mark), text);
    }
    let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
    Value::new(Some(&mark), items.map(|item| Value::new(Some(&mark), item)).collect::<Vec<_>>())
}

/// A default as the `config` crate holds it. Its own serialiser drops empty lists, which are defaults too.
fn from_json(json: &serde_json::Value) -> Value {
    let kind = match json {
        serde_json::Value::Null => ValueKind::Nil,
        serde_json::Value::Bool(truth) => ValueKind::Boolean(*truth),
        serde_json::Value::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(signed), _) => ValueKind::I64(signed),
            (None, Some(unsigned)) => ValueKind::U64(unsigned),
            (None, None) => ValueKind::Float(number.as_f64().unwrap_or_default()),
        },
        serde_json::Value::String(text) => ValueKind::String(text.clone()),
        serde_json::Value::Array(items) => ValueKind::Array(items.iter().map(from_json).collect()),
        serde_json::Value::Object(fields) => {
            ValueKind::Table(fields.iter().map(|(key, field)| (key.clone(), from_json(field))).collect())
        }
    };
    Value::new(Some(&FROM_DEFAULTS.to_owned()), kind)
}

#[cfg(test)]
mod tests;
