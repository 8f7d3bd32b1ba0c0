//! What a service is set to, and where each value comes from, as its administrators see it. A secret is never among it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a service is set to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GetSettings {}

/// Where the value of a setting comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SettingOrigin {
    /// The program.
    Default,
    /// The settings file.
    File,
    /// A variable of the environment.
    Environment,
    /// An argument of the command.
    CommandLine,
}

/// One setting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SettingRow {
    /// Its section and name, such as `identity.session_s`.
    pub key: String,
    /// Its value as the settings file would have it, without passwords. Absent for a secret, for what has no value, and,
    /// unless it is a number or a yes-or-no, for whoever does not look after the whole installation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Whether it has a value.
    pub set: bool,
    /// Whether the value is a secret, of which only this much is told.
    pub secret: bool,
    /// Where it comes from.
    pub origin: SettingOrigin,
    /// The settings file it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
}

/// Everything a service is set to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ServiceSettings {
    /// Whether texts are told as well, such as addresses: to whoever administers every office in which people act.
    pub whole: bool,
    /// Each setting, in the order of keys.
    pub settings: Vec<SettingRow>,
}

impl SettingRow {
    /// The same for whoever does not look after the whole installation: addresses and paths are not theirs to know.
    #[must_use]
    pub fn without_texts(self) -> Self {
        let is_plain = |value: &String| !value.starts_with(['"', '[', '{']);
        Self { value: self.value.filter(is_plain), file: None, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_to_everyone_and_texts_are_not() {
        let told = |value: &str| {
            let file = Some("/etc/vanphong.toml".to_owned());
            let (value, origin) = (Some(value.to_owned()), SettingOrigin::File);
            let row =
                SettingRow { key: "a.b".to_owned(), value, set: true, secret: false, origin, file }.without_texts();
            (row.value.is_some(), row.file)
        };
        for (value, expected) in [("12", true), ("false", true), ("\"x\"", false), ("[1]", false), ("{a = 1}", false)] {
            assert_eq!(told(value), (expected, None), "{value}");
        }
    }
}
