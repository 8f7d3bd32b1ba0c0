//! Why settings could not be read, said so that an operator can put it right.

use std::{fmt, path::PathBuf};

use config::ConfigError;

use super::{Origin, mask};

/// A key that nothing reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownKey {
    /// The dotted key as it was given.
    pub key: String,
    /// Who gave it.
    pub origin: Origin,
    /// The known key most like it, if one is like it.
    pub nearest: Option<String>,
    /// The keys that are known in its section.
    pub beside: Vec<String>,
}

/// Why settings could not be read. No message shows a value: one of them might be a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingsError {
    /// Keys that nothing reads.
    Unknown(Vec<UnknownKey>),
    /// A value that cannot be what its key stands for.
    Wrong {
        /// The dotted key, as far as it is known.
        key: String,
        /// Who gave it.
        origin: Origin,
        /// What is wrong with it.
        problem: String,
    },
    /// The settings file is missing, or is not TOML.
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong with it, with the line where there is one.
        problem: String,
    },
    /// The defaults of the program cannot be written as settings: a mistake in the program.
    Defaults(String),
}

impl SettingsError {
    pub(super) fn from_config(error: &ConfigError) -> Self {
        match error {
            ConfigError::Type { origin, unexpected, expected, key } => Self::Wrong {
                key: key.clone().unwrap_or_default(),
                origin: Origin::of(origin.as_deref()),
                problem: format!("expected {expected}, found {}", shape(&unexpected.to_string())),
            },
            ConfigError::At { error, origin, key } => Self::Wrong {
                key: key.clone().unwrap_or_default(),
                origin: Origin::of(origin.as_deref()),
                problem: if key.as_deref().is_some_and(mask::is_secret) {
                    "cannot be used".to_owned()
                } else {
                    error.to_string()
                },
            },
            ConfigError::NotFound(key) => Self::Wrong {
                key: key.clone(),
                origin: Origin::Default,
                problem: "has no value and no default".to_owned(),
            },
            other => Self::Wrong { key: String::new(), origin: Origin::Default, problem: other.to_string() },
        }
    }
}

/// The kind of a found value without the value: "string" of `string "hunter2"`.
fn shape(unexpected: &str) -> &str {
    unexpected.split(['`', '"']).next().unwrap_or_default().trim_end()
}

/// What a parser says of a file, without the lines it quotes from the file.
pub(super) fn without_snippet(error: &ConfigError) -> String {
    let text = match error {
        ConfigError::FileParse { cause, .. } => cause.to_string(),
        other => other.to_string(),
    };
    let kept: Vec<_> = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.contains('|')).collect();
    kept.join(": ")
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(keys) => {
                for (place, UnknownKey { key, origin, nearest, beside }) in keys.iter().enumerate() {
                    let comma = if place == 0 { "" } else { "; " };
                    write!(f, "{comma}unknown setting `{key}` ({origin})")?;
                    match nearest {
                        Some(nearest) => write!(f, ", did you mean `{nearest}`?")?,
                        None if beside.is_empty() => f.write_str(", remove it: nothing reads it")?,
                        None => write!(f, ", remove it: nothing reads it; known there: `{}`", beside.join("`, `"))?,
                    }
                }
                Ok(())
            }
            Self::Wrong { key, origin, problem } if key.is_empty() => write!(f, "a setting ({origin}): {problem}"),
            Self::Wrong { key, origin, problem } => write!(f, "setting `{key}` ({origin}): {problem}"),
            Self::File { path, problem } => write!(f, "settings file `{}`: {problem}", path.display()),
            Self::Defaults(problem) => write!(f, "the program's own defaults cannot be written: {problem}"),
        }
    }
}

impl std::error::Error for SettingsError {}
