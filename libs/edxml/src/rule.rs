//! What the validator can say, as a table: code, severity, the sentence, the remedy, in two languages, and what it rests on.

use serde::Serialize;

use crate::Basis;

/// Rules about attachments and signatures.
pub(crate) mod attachment;
/// Rules about the fields of a message.
pub(crate) mod field;
/// Rules about elements: which, where, how often.
pub(crate) mod structure;
/// Rules about bytes and XML.
pub(crate) mod xml;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// To know; nothing has to be done.
    Remark,
    /// Others may read it otherwise; it should be put right.
    Warning,
    /// Wrong; it must be put right.
    Error,
}

/// A sentence in our two languages. `{found}` and `{wanted}` stand for what was met and what should be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// Tiếng Việt.
    pub vi: &'static str,
    /// English.
    pub en: &'static str,
}

/// Something that the validator looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The code that stays the same whatever is said to people.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What it rests on.
    pub basis: Basis,
    /// What is wrong.
    pub what: Words,
    /// How to mend it.
    pub mend: Words,
}

/// Every rule there is, by theme.
pub fn catalogue() -> impl Iterator<Item = &'static Rule> {
    [xml::ALL, structure::ALL, field::ALL, attachment::ALL].into_iter().flatten().copied()
}

/// A table of rules: each a constant, and all of them a list.
macro_rules! rules {
    ($($name:ident $code:literal $severity:ident $basis:ident {
        $vi:literal $en:literal => $mend_vi:literal $mend_en:literal
    })*) => {
        $(pub(crate) static $name: Rule = Rule {
            code: $code,
            severity: Severity::$severity,
            basis: Basis::$basis,
            what: Words { vi: $vi, en: $en },
            mend: Words { vi: $mend_vi, en: $mend_en },
        };)*
        /// All of this table.
        pub(crate) static ALL: &[&Rule] = &[$(&$name),*];
    };
}
pub(crate) use rules;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn codes_are_unique_and_sentences_whole() {
        let codes: BTreeSet<_> = catalogue().map(|rule| rule.code).collect();
        assert_eq!(codes.len(), catalogue().count());
        for rule in catalogue() {
            assert!(rule.code.starts_with("edxml."), "{}", rule.code);
            for (vi, en) in [(rule.what.vi, rule.what.en), (rule.mend.vi, rule.mend.en)] {
                assert!(vi.ends_with('.') && en.ends_with('.') && vi != en, "{}", rule.code);
                for mark in ["{found}", "{wanted}"] {
                    assert_eq!(vi.contains(mark), en.contains(mark), "{}: {mark}", rule.code);
                }
            }
        }
    }
}
