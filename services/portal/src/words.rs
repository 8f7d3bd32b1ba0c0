//! The words on the screen, in two languages: Vietnamese first. They stand in Fluent files; what records hold is shown as
//! it was written, in whichever language one reads.

use std::sync::OnceLock;

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;
use wire::Lang;

/// The files of one language: what all pages share, then one for each area.
macro_rules! files {
    ($language:literal) => {
        files!($language: "portal", "account", "acts", "admin", "books", "calendar", "dossiers", "handed", "intake", "jobs", "mail", "outgoing", "papers", "recovery", "relating", "reviewing", "sending", "signing",
            "watching", "workdays")
    };
    ($language:literal: $($name:literal),*) => {
        concat!($(include_str!(concat!("../i18n/", $language, "/", $name, ".ftl")), "\n"),*)
    };
}

const VI: &str = files!("vi");
const EN: &str = files!("en");

type Bundle = FluentBundle<FluentResource>;

/// The words of one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Words(pub(crate) Lang);

impl Words {
    /// The language as HTML names it.
    pub(crate) fn code(self) -> &'static str {
        match self.0 {
            Lang::Vi => "vi",
            Lang::En => "en",
        }
    }

    /// What stands under a key.
    pub(crate) fn t(self, key: &str) -> String {
        self.with(key, &[])
    }

    /// What stands under a key, with values put in.
    pub(crate) fn with(self, key: &str, values: &[(&str, &str)]) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in values {
            args.set((*name).to_owned(), FluentValue::from((*value).to_owned()));
        }
        let both = bundles();
        let own = match self.0 {
            Lang::Vi => &both.0,
            Lang::En => &both.1,
        };
        said(own, key, &args).or_else(|| said(&both.0, key, &args)).unwrap_or_else(|| key.to_owned())
    }
}

fn said(bundle: &Bundle, key: &str, args: &FluentArgs<'_>) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(args), &mut errors).into_owned();
    errors.is_empty().then_some(text)
}

fn bundles() -> &'static (Bundle, Bundle) {
    static BOTH: OnceLock<(Bundle, Bundle)> = OnceLock::new();
    BOTH.get_or_init(|| (bundle("vi", VI), bundle("en", EN)))
}

/// What of a file can be read; a test reads all of it.
fn bundle(language: &str, text: &str) -> Bundle {
    let language: LanguageIdentifier = language.parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![language]);
    // Marks of direction around values would end up in prints and in tests of equality.
    bundle.set_use_isolating(false);
    let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(read, _)| read);
    let _ = bundle.add_resource(resource);
    bundle
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::sources;

    /// The keys of a file, each with the names of its values.
    fn keys(text: &str) -> BTreeMap<String, BTreeSet<String>> {
        assert!(FluentResource::try_new(text.to_owned()).is_ok(), "the file cannot be read to its end");
        let mut found = BTreeMap::new();
        for line in text.lines().filter(|line| !line.starts_with(['#', ' ']) && line.contains('=')) {
            let (key, said) = line.split_once('=').unwrap();
            let names = said
                .split('$')
                .skip(1)
                .map(|rest| rest.chars().take_while(|one| one.is_alphanumeric() || *one == '-').collect::<String>());
            assert!(found.insert(key.trim().to_owned(), names.collect()).is_none(), "`{key}` stands twice");
            assert!(!said.trim().is_empty(), "`{key}` says nothing");
        }
        found
    }

    #[test]
    fn both_languages_say_the_same_things_with_the_same_values() {
        assert_eq!(keys(VI), keys(EN));
    }

    /// Keys as templates and sources ask for them.
    fn asked() -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for (name, text) in sources::under(&["src", "templates"]) {
            if name == "words.rs" {
                continue;
            }
            for opening in [".t(\"", ".with(\"", "word: \"", "t1(\"", "Problem::said(\""] {
                for part in text.split(opening).skip(1) {
                    found.insert(part.split('"').next().unwrap().to_owned());
                }
            }
        }
        found
    }

    #[test]
    fn every_word_that_is_asked_for_is_there() {
        let there = keys(VI);
        let missing: Vec<String> = asked().into_iter().filter(|key| !there.contains_key(key)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn values_come_without_marks_of_direction() {
        let said = Words(Lang::Vi).with("incoming-registered", &[("number", "2.418")]);
        assert!(said.contains("2.418") && said.chars().all(|one| !('\u{2066}'..='\u{2069}').contains(&one)), "{said}");
        assert_ne!(Words(Lang::En).t("sign-in"), Words(Lang::Vi).t("sign-in"));
    }
}
