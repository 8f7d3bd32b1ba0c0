//! V5: the document of the form beside an earlier one that looks like it: the same, another, or in its place.

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use schema_documents::{GetIncoming, IncomingDocument, VoidIncoming};
use serde_json::Value;
use wire::{Day, Fault, id::IncomingId};

use super::{files::Viewer, item};
use crate::{
    asking::Part,
    fields::Fields,
    format, no,
    page::{Page, Place},
    screens::{incoming::summary, registering::Typed},
    visit::{Inside, Posted, go},
};

/// The fields by which somebody answers; all others are what was typed.
const ANSWERS: [&str; 4] = ["duplicate_of", "replaces", "replaces_reason", "edit"];

/// One fact of both documents.
struct Pair {
    name: String,
    typed: String,
    earlier: String,
}

/// The earlier document.
struct Earlier {
    pairs: Vec<Pair>,
    viewer: Option<Viewer>,
}

#[derive(Template)]
#[template(path = "intake/compare.html")]
struct Compare {
    p: Page,
    said: String,
    id: String,
    number: String,
    earlier: Part<Earlier>,
    typed: Vec<(String, String)>,
    may_void: bool,
}

impl Pair {
    fn differs(&self) -> bool {
        let folded = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        folded(&self.typed) != folded(&self.earlier)
    }
}

/// The page that asks, with everything that was typed.
pub(crate) async fn page(posted: &Posted, typed: &Typed, fault: &Fault) -> Response<Body> {
    let inside = &posted.inside;
    let w = inside.visit.words;
    let value = |name: &str| fault.detail.as_ref().and_then(|detail| detail.get(name));
    let text = |name: &str| value(name).and_then(Value::as_str).unwrap_or_default();
    let number = format::number(value("number").and_then(Value::as_i64).unwrap_or_default(), w.0);
    let arrived = text("arrived").parse::<Day>().map(format::day).unwrap_or_default();
    let values = [("number", number.as_str()), ("day", &arrived), ("symbol", text("symbol"))];
    let said = w.with("conflict-likely", &values);
    let Ok(earlier) = text("id").parse() else { return no::fault(inside, fault) };
    let (id, of_earlier) = (text("id").to_owned(), GetIncoming { id: earlier });
    let found = inside.part(&of_earlier).await;
    let view = Compare {
        p: Page::inside(inside, &w.t("intake-compare"), Place::Incoming),
        said,
        earlier: found.map(|document| Earlier {
            pairs: pairs(typed, &document, inside),
            viewer: Viewer::of(&id, &document.files, ""),
        }),
        id,
        number,
        typed: kept(&posted.fields),
        may_void: inside.who.may("documents.incoming.void"),
    };
    inside.visit.html(StatusCode::CONFLICT, &view)
}

fn kept(fields: &Fields) -> Vec<(String, String)> {
    let typed = fields.typed().filter(|(name, _)| !ANSWERS.contains(name));
    typed.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

fn pairs(typed: &Typed, earlier: &IncomingDocument, inside: &Inside) -> Vec<Pair> {
    let w = inside.visit.words;
    let day = |text: &str| format::read_day(text).map_or_else(|| text.to_owned(), format::day);
    let names = |files: Vec<&str>| files.join(", ");
    let rows = [
        ("fact-author", typed.author_body.clone(), earlier.author_body.clone()),
        ("fact-symbol", typed.symbol.clone(), earlier.symbol.clone()),
        ("fact-document-day", day(&typed.document_day), earlier.document_day.map(format::day)),
        ("fact-genre", typed.genre_name.clone(), earlier.genre_name.clone()),
        ("field-summary", typed.summary.clone(), Some(summary(earlier, inside))),
        ("fact-pages", typed.pages.clone(), earlier.pages.map(|pages| pages.to_string())),
        ("fact-arrived", day(&typed.arrived), Some(format::day(earlier.arrived))),
        ("field-due", day(&typed.due), earlier.due.map(format::day)),
        ("fact-note", typed.note.clone(), earlier.note.clone()),
        (
            "files",
            names(typed.files.iter().map(|file| file.name.as_str()).collect()),
            Some(names(earlier.files.iter().map(|file| file.name.as_str()).collect())),
        ),
    ];
    let pair = |(key, typed, earlier): (&str, String, Option<String>)| Pair {
        name: w.t(key),
        typed,
        earlier: earlier.unwrap_or_default(),
    };
    rows.into_iter().map(pair).filter(|pair| !pair.typed.is_empty() || !pair.earlier.is_empty()).collect()
}

/// On after a document was entered. When it stands in the place of an earlier one, that one is voided with the reason; its
/// number stays in the register.
pub(crate) async fn entered(posted: &Posted, entered: IncomingId) -> Response<Body> {
    let Ok(id) = posted.fields.get("replaces").parse::<IncomingId>() else {
        return next(posted, entered).await;
    };
    let reason = posted.fields.some("replaces_reason");
    let reason = reason.unwrap_or_else(|| posted.inside.visit.words.t("intake-replaced"));
    let call = VoidIncoming { id, reason, masked_reason: None, citizen_letter: false };
    match posted.act(&call).await {
        Ok(_) => next(posted, entered).await,
        // The new line stands; why the old one does is said where it can be voided.
        Err(_) => go(&format!("/van-ban/den/{id}?xong=chua-huy")),
    }
}

/// Where the next document is entered: from the queue when this one came from there.
async fn next(posted: &Posted, entered: IncomingId) -> Response<Body> {
    if posted.fields.get("intake").is_empty() {
        return go(&format!("/van-ban/den?da-vao={entered}"));
    }
    item::onward(posted, &entered.to_string()).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_alone_is_no_difference() {
        let pair = |typed: &str, earlier: &str| Pair {
            name: String::new(),
            typed: typed.to_owned(),
            earlier: earlier.to_owned(),
        };
        for (typed, earlier, differs) in
            [("Đảng ủy  xã", "đảng ủy xã", false), ("58-BC/ĐU", "58-BC/DU", true), ("", "3", true)]
        {
            assert_eq!(pair(typed, earlier).differs(), differs, "{typed} {earlier}");
        }
    }
}
