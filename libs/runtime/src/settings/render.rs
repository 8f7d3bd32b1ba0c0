//! Effective settings as they may be shown: to whoever runs `vanphong config`, and to administrators.

use serde::Serialize;
use serde_json::Value as Json;
use wire::{SettingOrigin, SettingRow};

use super::{Loaded, Origin, known, mask};

/// Every effective setting as it may be shown, in the order of their keys: in TOML, without passwords in addresses, and of
/// a secret only whether there is one. A number or a yes-or-no is no secret, whatever its key.
#[must_use]
pub fn shown<T: Serialize>(loaded: &Loaded<T>) -> Vec<SettingRow> {
    let tree = serde_json::to_value(&loaded.value).unwrap_or_default();
    let mut leaves = known::leaves(&tree);
    leaves.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    let row = |(key, value): (String, &Json)| {
        let secret = mask::is_secret(&key) && !matches!(value, Json::Number(_) | Json::Bool(_));
        let (origin, file) = match loaded.origins.get(&key) {
            None | Some(Origin::Default) => (SettingOrigin::Default, None),
            Some(Origin::File(path)) => (SettingOrigin::File, Some(path.display().to_string())),
            Some(Origin::Environment) => (SettingOrigin::Environment, None),
            Some(Origin::CommandLine) => (SettingOrigin::CommandLine, None),
        };
        let value_shown = (!secret && !value.is_null()).then(|| toml(&key, value));
        SettingRow { key, value: value_shown, set: !is_empty(value), secret, origin, file }
    };
    leaves.into_iter().map(row).collect()
}

/// Every effective setting on a line of its own, `section.key = value  # origin`, in the order of their keys; secrets
/// are masked. The lines are TOML, except that a setting without a value is a comment.
#[must_use]
pub fn render<T: Serialize>(loaded: &Loaded<T>) -> String {
    let line = |row: SettingRow| {
        let SettingRow { key, value, set, secret, .. } = row;
        let origin = loaded.origins.get(&key).unwrap_or(&Origin::Default);
        let value = value.or_else(|| (secret && set).then(|| Json::from(mask::MASK).to_string()));
        let line = value.map_or_else(|| format!("# {key} is not set"), |value| format!("{key} = {value}"));
        format!("{line}  # {origin}\n")
    };
    shown(loaded).into_iter().map(line).collect()
}

fn is_empty(value: &Json) -> bool {
    match value {
        Json::Null => true,
        Json::String(text) => text.is_empty(),
        Json::Array(items) => items.is_empty(),
        Json::Object(fields) => fields.is_empty(),
        Json::Number(_) | Json::Bool(_) => false,
    }
}

/// A value in TOML, with what is secret in it masked.
fn toml(key: &str, value: &Json) -> String {
    match value {
        Json::String(text) => Json::from(mask::text(key, text)).to_string(),
        Json::Array(items) => {
            let items: Vec<_> = items.iter().map(|item| toml(key, item)).collect();
            format!("[{}]", items.join(", "))
        }
        Json::Object(fields) => {
            let fields: Vec<_> = fields.iter().map(|(name, field)| format!("{name} = {}", toml(name, field))).collect();
            format!("{{{}}}", fields.join(", "))
        }
        other => other.to_string(),
    }
}
