//! L4 and its twin at the clerk's: what waits for one's own signature, and what waits for the seal, each read in full
//! before it is signed.

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use futures_util::future::OptionFuture;
use schema_documents::{Execution, GetOwnCertificate, ListToSeal, ListToSign, OwnCertificate, OwnKeyState};
use wire::Cursor;

use super::card::short;
use crate::{
    asking::Part,
    format,
    kit::{
        chip::{Chip, Tone},
        problems::Problems,
    },
    page::{Page, Place},
    visit::Inside,
    words::Words,
};

/// How many lines a page shows.
const ROWS: u16 = 50;

/// Whose signature is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Desk {
    /// The reader's own.
    Sign,
    /// The organisation's.
    Seal,
}

/// One that waits.
struct Row {
    path: String,
    symbol: String,
    summary: String,
    here: bool,
}

/// The one that is read.
struct Chosen {
    id: String,
    symbol: String,
    summary: String,
    /// Where its record is.
    path: String,
    /// Where its file is shown.
    file: String,
    sha256: String,
    /// The beginning and the end of it, to compare by eye.
    short: String,
    pages: String,
    /// Who signed it, before it is sealed.
    signed: Option<String>,
}

/// The key that signs.
struct Key {
    chip: Chip,
    said: String,
}

#[derive(Template)]
#[template(path = "signing/queue.html")]
struct Queue {
    p: Page,
    said: String,
    empty: String,
    button: String,
    action: &'static str,
    rows: Part<Vec<Row>>,
    next: Option<String>,
    chosen: Option<Chosen>,
    key: Option<Part<Key>>,
    problems: Problems,
}

impl Desk {
    pub(crate) fn path(self) -> &'static str {
        match self {
            Self::Sign => "/van-ban/di/cho-ky",
            Self::Seal => "/van-ban/di/cho-dong-dau",
        }
    }

    fn place(self) -> Place {
        match self {
            Self::Sign => Place::Signing,
            Self::Seal => Place::Sealing,
        }
    }

    fn word(self, sign: &str, seal: &str, w: Words) -> String {
        w.t(if self == Self::Sign { sign } else { seal })
    }
}

/// What waits for the reader's signature.
pub(crate) async fn to_sign(inside: Inside) -> Response<Body> {
    page(&inside, Desk::Sign, StatusCode::OK, Problems::default()).await
}

/// What waits for the seal.
pub(crate) async fn to_seal(inside: Inside) -> Response<Body> {
    page(&inside, Desk::Seal, StatusCode::OK, Problems::default()).await
}

/// The page, with what was refused.
pub(crate) async fn page(inside: &Inside, desk: Desk, status: StatusCode, problems: Problems) -> Response<Body> {
    let (w, office, limit) = (inside.visit.words, inside.who.office(), Some(ROWS));
    let cursor = inside.visit.query.some("tiep").map(Cursor);
    let certificate = GetOwnCertificate {};
    let own = OptionFuture::from((desk == Desk::Sign).then(|| inside.part(&certificate)));
    let found = async {
        match desk {
            Desk::Sign => inside.part(&ListToSign { office, limit, cursor }).await,
            Desk::Seal => inside.part(&ListToSeal { office, limit, cursor }).await,
        }
    };
    let (found, own) = futures_util::join!(found, own);
    let asked = inside.visit.query.get("xem").to_owned();
    let items = found.here().map(|page| page.items.as_slice()).unwrap_or_default();
    let chosen = items.iter().find(|one| one.id.to_string() == asked).or(items.first());
    let here = chosen.map(|one| one.id);
    let next = found.here().and_then(|page| page.next.clone()).map(|Cursor(next)| {
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("tiep", &next).finish();
        format!("{}?{query}", desk.path())
    });
    let title = desk.word("signing-to-sign", "signing-to-seal", w);
    let mut page = Page::inside(inside, &title, desk.place());
    page.done = Some(inside.visit.query.get("xong").to_owned())
        .filter(|symbol| !symbol.is_empty())
        .map(|symbol| w.with(desk_done(desk), &[("symbol", &symbol)]));
    let view = Queue {
        p: page,
        said: desk.word("signing-to-sign-said", "signing-to-seal-said", w),
        empty: desk.word("signing-to-sign-none", "signing-to-seal-none", w),
        button: desk.word("signing-sign", "signing-seal", w),
        action: if desk == Desk::Sign { "ky" } else { "dong-dau" },
        chosen: chosen.map(|one| of(one, w)),
        key: own.map(|part| part.map(|own| key(&own, w))),
        next,
        problems,
        rows: found.map(|page| page.items.iter().map(|one| row(one, here == Some(one.id), desk, w)).collect()),
    };
    inside.visit.html(status, &view)
}

fn desk_done(desk: Desk) -> &'static str {
    if desk == Desk::Sign { "signing-done-signed" } else { "signing-done-sealed" }
}

fn row(one: &Execution, here: bool, desk: Desk, w: Words) -> Row {
    Row {
        path: format!("{}?xem={}", desk.path(), one.id),
        symbol: one.symbol.clone(),
        summary: one.summary.clone().unwrap_or_else(|| w.t("no-summary")),
        here,
    }
}

fn of(one: &Execution, w: Words) -> Chosen {
    let sha256 = one.sha256.clone().unwrap_or_default();
    let file = one.file.map(|file| file.to_string()).unwrap_or_default();
    let signed = one.signed.as_ref();
    Chosen {
        id: one.id.to_string(),
        symbol: one.symbol.clone(),
        summary: one.summary.clone().unwrap_or_else(|| w.t("no-summary")),
        path: format!("/van-ban/di/{}", one.id),
        file: format!("/van-ban/di/{}/tep/{file}?xem=1", one.id),
        short: short(&sha256),
        sha256,
        pages: one.pages.map(|pages| pages.to_string()).unwrap_or_default(),
        signed: signed.map(|made| w.with("signing-by", &[("name", &made.name), ("at", &format::moment(made.at))])),
    }
}

fn key(own: &OwnCertificate, w: Words) -> Key {
    let (tone, icon, word) = match own.state {
        OwnKeyState::Ready => (Tone::Good, "ok", "signing-key-ready"),
        OwnKeyState::Missing => (Tone::Late, "stop", "signing-key-missing"),
        OwnKeyState::Away => (Tone::Soon, "warning", "signing-key-away"),
        OwnKeyState::OutOfTime => (Tone::Late, "stop", "signing-key-out-of-time"),
    };
    let until = own.not_after.map(format::moment).unwrap_or_default();
    let said = own.name.as_ref().map(|name| w.with("signing-key-said", &[("name", name), ("until", &until)]));
    Key { chip: Chip::new(tone, icon, w.t(word)), said: said.unwrap_or_default() }
}
