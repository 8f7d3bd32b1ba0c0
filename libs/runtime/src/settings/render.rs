//! Effective settings as text for `vanphong config`.

use serde::Serialize;
use serde_json::Value as Json;

use super::{Loaded, Origin, known, mask};

/// Every effective setting on a line of its own, `section.key = value  # origin`, in the order of their keys; secrets
/// are masked. The lines are TOML, except that a setting without a value is a comment.
#[must_use]
pub fn render<T: Serialize>(loaded: &Loaded<T>) -> String {
    let tree = serde_json::to_value(&loaded.value).unwrap_or_default();
    let mut leaves = known::leaves(&tree);
    leaves.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    let mut lines = String::new();
    for (key, value) in leaves {
        let origin = loaded.origins.get(&key).unwrap_or(&Origin::Default);
        let line = match value {
            Json::Null => format!("# {key} is not set"),
            value => format!("{key} = {}", shown(&key, value)),
        };
        lines.push_str(&format!("{line}  # {origin}\n"));
    }
    lines
}

/// A value in TOML, with what is secret in it masked.
fn shown(key: &str, value: &Json) -> String {
    match value {
        Json::String(text) => Json::from(mask::text(key, text)).to_string(),
        Json::Array(items) => {
            let items: Vec<_> = items.iter().map(|item| shown(key, item)).collect();
            format!("[{}]", items.join(", "))
        }
        Json::Object(fields) => {
            let fields: Vec<_> =
                fields.iter().map(|(name, field)| format!("{name} = {}", shown(name, field))).collect();
            format!("{{{}}}", fields.join(", "))
        }
        other => other.to_string(),
    }
}
