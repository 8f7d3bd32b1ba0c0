//! What was typed into a form, as the page shows it again.

use crate::fields::Fields;

/// The fields of a form by name; none before it was sent.
#[derive(Clone, Debug, Default)]
pub(crate) struct Typed(Vec<(String, String)>);

impl Typed {
    /// What was sent.
    pub(crate) fn of(fields: &Fields) -> Self {
        Self(fields.typed().map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
    }

    /// What a form shows before anybody has typed into it.
    pub(crate) fn proposing(pairs: &[(&str, String)]) -> Self {
        Self(pairs.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect())
    }

    /// Whether nothing was sent or proposed.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What was sent, and in the fields of the other forms of the page what they propose.
    pub(crate) fn or(mut self, proposed: Self) -> Self {
        let more: Vec<_> = proposed.0.into_iter().filter(|(name, _)| !self.sent(name)).collect();
        self.0.extend(more);
        self
    }

    /// Whether a field was among those sent.
    pub(crate) fn sent(&self, field: &str) -> bool {
        self.0.iter().any(|(name, _)| name == field)
    }

    /// What stands in a field.
    pub(crate) fn get(&self, field: &str) -> &str {
        self.0.iter().find(|(name, _)| name == field).map_or("", |(_, value)| value.as_str())
    }

    /// Whether a choice is taken, in a field that may hold several.
    pub(crate) fn has(&self, field: &str, value: impl ToString) -> bool {
        let value = value.to_string();
        self.0.iter().any(|(name, one)| name == field && *one == value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sent_comes_before_what_is_proposed() {
        let sent = Typed::of(&Fields::read(b"_key=1&a=&b=2&b=3"));
        let all = sent.or(Typed::proposing(&[("a", "x".to_owned()), ("c", "y".to_owned())]));
        assert_eq!((all.get("a"), all.get("c"), all.get("_key")), ("", "y", ""));
        assert!(all.has("b", 3) && !all.has("b", 4) && !all.is_empty());
    }
}
