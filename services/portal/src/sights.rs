//! What the portal sees of browsers since it started: which ones open pages, and what their content policy kept out.
//! Nothing here says who it was.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use axum::http::Uri;
use serde::Deserialize;
use uuid::Uuid;
use wire::Instant;

/// The most kinds of anything that are kept; a new kind beyond them is not.
const MOST: usize = 60;
/// The longest word of a report that is kept, in characters.
const WORD: usize = 120;

/// Browsers by how they name themselves. The order matters: most name others too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Browser {
    Edge,
    CocCoc,
    Chrome,
    Firefox,
    Safari,
    Other,
}

/// A browser with its main version; 0 when it names none.
pub(crate) type Seen = (Browser, u32);

/// What a page's policy kept out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct KeptOut {
    /// The directive that kept it out.
    pub(crate) directive: String,
    /// What it was: a word such as `inline`, or where it came from.
    pub(crate) what: String,
    /// On which page, without the ids of records.
    pub(crate) page: String,
}

/// How often, and when last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) times: u64,
    pub(crate) last: Instant,
}

/// All of it.
#[derive(Debug, Default)]
pub(crate) struct Sights {
    browsers: Mutex<BTreeMap<Seen, Tally>>,
    kept_out: Mutex<BTreeMap<KeptOut, Tally>>,
}

impl Sights {
    /// A page was opened.
    pub(crate) fn opened(&self, agent: &str, now: Instant) {
        count(&self.browsers, browser(agent), now);
    }

    /// A browser reported what it kept out; false when the report cannot be read.
    pub(crate) fn reported(&self, report: &[u8], now: Instant) -> bool {
        let read = serde_json::from_slice::<Envelope>(report);
        let Ok(Envelope { report }) = read else { return false };
        let kept_out = KeptOut {
            directive: short(report.effective_directive.unwrap_or(report.violated_directive)),
            what: source(&report.blocked_uri),
            page: page(&report.document_uri),
        };
        count(&self.kept_out, kept_out, now);
        true
    }

    /// The browsers, those that opened most first.
    pub(crate) fn browsers(&self) -> Vec<(Seen, Tally)> {
        most_first(&self.browsers)
    }

    /// What was kept out, the most frequent first.
    pub(crate) fn kept_out(&self) -> Vec<(KeptOut, Tally)> {
        most_first(&self.kept_out)
    }
}

/// What browsers send to the address of `report-uri`.
#[derive(Deserialize)]
struct Envelope {
    #[serde(rename = "csp-report")]
    report: Report,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Report {
    #[serde(default)]
    document_uri: String,
    #[serde(default)]
    violated_directive: String,
    effective_directive: Option<String>,
    #[serde(default)]
    blocked_uri: String,
}

fn count<K: Ord>(kinds: &Mutex<BTreeMap<K, Tally>>, kind: K, now: Instant) {
    let mut kinds = kinds.lock().unwrap_or_else(PoisonError::into_inner);
    if kinds.len() < MOST || kinds.contains_key(&kind) {
        let tally = kinds.entry(kind).or_insert(Tally { times: 0, last: now });
        *tally = Tally { times: tally.times.saturating_add(1), last: now };
    }
}

fn most_first<K: Ord + Clone>(kinds: &Mutex<BTreeMap<K, Tally>>) -> Vec<(K, Tally)> {
    let kinds = kinds.lock().unwrap_or_else(PoisonError::into_inner);
    let mut all: Vec<(K, Tally)> = kinds.iter().map(|(kind, tally)| (kind.clone(), *tally)).collect();
    all.sort_by_key(|(_, tally)| std::cmp::Reverse(tally.times));
    all
}

fn browser(agent: &str) -> Seen {
    let named = [
        ("Edg/", Browser::Edge),
        ("coc_coc_browser/", Browser::CocCoc),
        ("Chrome/", Browser::Chrome),
        ("Firefox/", Browser::Firefox),
        ("Version/", Browser::Safari),
    ];
    let found = named.into_iter().find_map(|(mark, browser)| Some((browser, agent.split_once(mark)?.1)));
    let version = |rest: &str| rest.split(|c: char| !c.is_ascii_digit()).next().and_then(|digits| digits.parse().ok());
    found.map_or((Browser::Other, 0), |(browser, rest)| (browser, version(rest).unwrap_or(0)))
}

impl Browser {
    /// The first version that pages are made for; older ones get no security fixes any more.
    pub(crate) fn first_supported(self) -> Option<u32> {
        match self {
            Self::Edge | Self::CocCoc | Self::Chrome => Some(120),
            Self::Firefox => Some(128),
            Self::Safari => Some(17),
            Self::Other => None,
        }
    }
}

/// An address without what leads to a page or a record; words such as `inline` stay.
fn source(text: &str) -> String {
    let uri: Option<Uri> = text.parse().ok();
    let from = uri.as_ref().and_then(|uri| Some((uri.scheme_str()?, uri.authority()?)));
    match from {
        Some((scheme @ ("http" | "https"), authority)) => short(format!("{scheme}://{authority}")),
        Some((scheme, _)) => short(scheme.to_owned()),
        None => short(text.to_owned()),
    }
}

/// The path of a page, with a dot for each id and without what is asked for.
fn page(text: &str) -> String {
    let Ok(uri) = text.parse::<Uri>() else { return String::new() };
    let step = |step: &str| if step.parse::<Uuid>().is_ok() { "·".to_owned() } else { step.to_owned() };
    short(uri.path().split('/').map(step).collect::<Vec<_>>().join("/"))
}

fn short(text: String) -> String {
    text.chars().filter(|c| !c.is_control()).take(WORD).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_told_apart_though_most_name_each_other() {
        let table = [
            (
                "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/141.0.0.0 Safari/537.36 Edg/141.0",
                Browser::Edge,
                141,
            ),
            ("Mozilla/5.0 AppleWebKit/537.36 coc_coc_browser/138.0.1 Chrome/132.0 Safari/537.36", Browser::CocCoc, 138),
            ("Mozilla/5.0 (Windows NT 6.1) AppleWebKit/537.36 Chrome/109.0.0.0 Safari/537.36", Browser::Chrome, 109),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", Browser::Firefox, 140),
            ("Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 Version/17.4 Safari/605.1.15", Browser::Safari, 17),
            ("curl/8.5.0", Browser::Other, 0),
        ];
        for (agent, name, version) in table {
            assert_eq!(browser(agent), (name, version), "{agent}");
        }
    }

    #[test]
    fn a_report_is_counted_without_the_record_that_was_open_and_kinds_are_bounded() {
        let (sights, now) = (Sights::default(), "2026-11-20T02:05:00Z".parse().unwrap());
        let report = |what: &str| {
            format!(
                "{{\"csp-report\":{{\"document-uri\":\"https://vp.example/van-ban/den/{}?q=mat\",\
                 \"effective-directive\":\"script-src-elem\",\"blocked-uri\":\"{what}\"}}}}",
                Uuid::nil()
            )
        };
        for what in ["inline", "https://ads.example/x.js?of=1", "inline", "chrome-extension://abc/x.js"] {
            assert!(sights.reported(report(what).as_bytes(), now));
        }
        let told: Vec<_> =
            sights.kept_out().into_iter().map(|(one, tally)| (one.what, one.page, tally.times)).collect();
        let page = "/van-ban/den/·".to_owned();
        assert_eq!(told.first(), Some(&("inline".to_owned(), page.clone(), 2)));
        assert!(told.contains(&("https://ads.example".to_owned(), page.clone(), 1)));
        assert!(told.contains(&("chrome-extension".to_owned(), page, 1)));
        for number in 0..100 {
            sights.reported(report(&format!("word{number}")).as_bytes(), now);
        }
        assert_eq!(sights.kept_out().len(), MOST);
        assert!(!sights.reported(b"{}", now) && !sights.reported(b"", now));
    }
}
