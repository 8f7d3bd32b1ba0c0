//! Calls in somebody's name: parts of a page with a time limit each, and acts, each under the one-use key of its form.

use std::time::Duration;

use wire::{Call, Fault, Kind, Meta, StandardCall, Version};

use crate::{session::Signed, shared::Shared, words::Words};

/// A part of a page: what was answered, or why there is nothing in its place.
#[derive(Clone, Debug)]
pub(crate) enum Part<T> {
    /// It is there.
    Here(T),
    /// It is not, and the reader is told.
    Silent(Silence),
}

/// Why a part is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Silence {
    /// A sentence for the reader.
    pub(crate) why: String,
    /// Whether it makes sense to try again.
    pub(crate) again: bool,
}

impl<T> Part<T> {
    /// What is there, if it is.
    pub(crate) fn here(&self) -> Option<&T> {
        match self {
            Self::Here(value) => Some(value),
            Self::Silent(_) => None,
        }
    }

    /// The same part, shown otherwise.
    pub(crate) fn map<U>(self, show: impl FnOnce(T) -> U) -> Part<U> {
        match self {
            Self::Here(value) => Part::Here(show(value)),
            Self::Silent(silence) => Part::Silent(silence),
        }
    }
}

/// Asks for a part of a page.
pub(crate) async fn part<C: Call>(shared: &Shared, who: &Signed, words: Words, call: &C) -> Part<C::Reply> {
    let wait = Duration::from_millis(shared.settings.part_ms);
    match shared.bus.ask(&meta(who), call, wait).await {
        Ok(reply) => Part::Here(reply),
        Err(fault) => Part::Silent(silence(&fault, words, C::SERVICE)),
    }
}

/// Asks a service about itself, for as long as an act may take: a check of a log is no part of daily work.
pub(crate) async fn part_of<C: StandardCall>(
    shared: &Shared,
    who: &Signed,
    words: Words,
    service: &str,
    call: &C,
) -> Part<C::Reply> {
    let wait = Duration::from_millis(shared.settings.act_ms);
    match shared.bus.ask_of(service, &meta(who), call, wait).await {
        Ok(reply) => Part::Here(reply),
        Err(fault) => Part::Silent(silence(&fault, words, service)),
    }
}

/// Asks for what a page cannot be without.
///
/// # Errors
/// What the service answered.
pub(crate) async fn need<C: Call>(shared: &Shared, who: &Signed, call: &C) -> Result<C::Reply, Fault> {
    shared.bus.ask(&meta(who), call, Duration::from_millis(shared.settings.act_ms)).await
}

/// Does something, once for each key: a second click, or a page that is sent again, gets the first answer.
///
/// # Errors
/// What the service refused.
pub(crate) async fn act<C: Call>(shared: &Shared, who: &Signed, key: &str, call: &C) -> Result<C::Reply, Fault> {
    let meta = Meta { key: Some(key.to_owned()), ..meta(who) };
    shared.bus.ask(&meta, call, Duration::from_millis(shared.settings.act_ms)).await
}

/// The same for what was seen in this version: a change that somebody else made meanwhile is not written over.
///
/// # Errors
/// What the service refused.
pub(crate) async fn act_seen<C: Call>(
    shared: &Shared,
    who: &Signed,
    (key, seen): (&str, Version),
    call: &C,
) -> Result<C::Reply, Fault> {
    let meta = Meta { key: Some(key.to_owned()), expect: Some(seen), ..meta(who) };
    shared.bus.ask(&meta, call, Duration::from_millis(shared.settings.act_ms)).await
}

fn meta(who: &Signed) -> Meta {
    Meta { token: Some(who.token.clone()), trace: runtime::trace::current(), ..Meta::default() }
}

fn silence(fault: &Fault, words: Words, service: &str) -> Silence {
    match fault.kind {
        Kind::Busy | Kind::OutOfTime | Kind::Broken => {
            Silence { why: words.with("part-silent", &[("service", &service_name(service, words))]), again: true }
        }
        _ => Silence { why: capital(fault.sentence(words.0)), again: false },
    }
}

/// What a service is called.
pub(crate) fn service_name(service: &str, words: Words) -> String {
    words.t(match service {
        "documents" => "service-documents",
        "forms" => "service-forms",
        "identity" => "service-identity",
        "notices" => "calendar-service-notices",
        "programme" => "service-programme",
        _ => return service.to_owned(),
    })
}

/// A sentence as a reader expects it: a capital first, and a full stop.
pub(crate) fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first: String = letters.next().map(|one| one.to_uppercase().collect()).unwrap_or_default();
    let stop = if sentence.ends_with(['.', '?', '!']) || sentence.is_empty() { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::Lang;

    #[test]
    fn a_service_that_is_late_is_named_and_one_that_refuses_says_why() {
        let busy = Fault::new(Kind::OutOfTime, "wire.out_of_time", "late", "chậm");
        let denied = Fault::new(Kind::Denied, "wire.denied", "you may not", "không có quyền");
        let late = silence(&busy, Words(Lang::Vi), "documents");
        assert!(late.again && late.why.contains("Văn bản"), "{late:?}");
        assert_eq!(
            silence(&denied, Words(Lang::En), "documents"),
            Silence { why: "You may not.".into(), again: false }
        );
        assert_eq!(capital("đã hết."), "Đã hết.");
    }
}
