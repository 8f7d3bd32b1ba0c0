//! V8: what goes to whom on a day, as a list on paper that receivers sign.
//!
//! It has the recipients, the copies printed, and how and when a document was sent to each as far as that is written down; columns
//! are left for the hour and the signature.

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use schema_documents::{ListOrder, ListOutgoing, ListPostings, OutgoingDocument, OutgoingState, Posting};

use crate::{
    format,
    page::{Page, Place},
    screens::{outgoing::showing, sending::outside},
    visit::Inside,
    words::Words,
};

/// How many documents of a day are listed: as many as one answer holds.
const MOST: u16 = 200;

/// One document for one recipient.
struct Line {
    number: usize,
    symbol: String,
    title: String,
    recipient: String,
    /// Copies printed of the document, in its first line.
    copies: String,
    note: String,
}

#[derive(Template)]
#[template(path = "papers/send_list.html")]
struct SendList {
    p: Page,
    committee: String,
    day: String,
    lines: Vec<Line>,
    documents: usize,
    more: bool,
    reader: String,
    now: String,
}

/// The list of a day.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    let w = inside.visit.words;
    let day = format::read_day(inside.visit.query.get("ngay")).unwrap_or_else(|| inside.visit.today());
    let call = ListOutgoing {
        office: inside.who.office(),
        state: Some(OutgoingState::Issued),
        genre: None,
        replies_to: None,
        from: Some(day),
        to: Some(day),
        q: None,
        order: ListOrder::LatestFirst,
        limit: Some(MOST),
        cursor: None,
    };
    let office = inside.who.office();
    let of_postings = ListPostings { office, document: None, day: None, limit: Some(MOST), cursor: None };
    let (page, postings) = futures_util::join!(inside.need(&call), inside.part(&of_postings));
    let page = match page {
        Ok(page) => page,
        Err(response) => return response,
    };
    let postings = postings.here().map(|page| page.items.clone()).unwrap_or_default();
    // Those begun last come first; a list for signing goes by number.
    let mut documents: Vec<&OutgoingDocument> = page.items.iter().collect();
    documents.sort_by(|a, b| (&a.body_code, &a.genre_name, a.number).cmp(&(&b.body_code, &b.genre_name, b.number)));
    let mut lines: Vec<Line> = documents.iter().flat_map(|document| of(document, &postings, w)).collect();
    for (line, number) in lines.iter_mut().zip(1..) {
        line.number = number;
    }
    let view = SendList {
        p: Page::inside(&inside, &w.with("papers-send-title", &[("day", &format::day(day))]), Place::Outgoing),
        committee: inside.who.office_name().to_uppercase(),
        day: format::day(day),
        documents: documents.len(),
        lines,
        more: page.next.is_some(),
        reader: inside.who.me.person.full_name.clone(),
        now: format::moment(inside.visit.now),
    };
    inside.visit.html(StatusCode::OK, &view)
}

/// A document for each of its recipients; one without any still has a line.
fn of(document: &OutgoingDocument, postings: &[Posting], w: Words) -> Vec<Line> {
    let names: Vec<&str> = document.recipients.iter().map(|one| one.name.as_str()).collect();
    let names = if names.is_empty() { vec![""] } else { names };
    let line = |(nth, name): (usize, &str)| Line {
        number: 0,
        symbol: showing::name(document, w),
        title: showing::title(document, w),
        recipient: name.to_owned(),
        copies: document.copies.filter(|_| nth == 0).map(|copies| copies.to_string()).unwrap_or_default(),
        note: match postings
            .iter()
            .find(|one| one.document == document.id && one.recipients.iter().any(|to| to == name))
        {
            Some(posting) => outside::said(posting, w),
            None => unsent(document, w),
        },
    };
    names.into_iter().enumerate().map(line).collect()
}

fn unsent(document: &OutgoingDocument, w: Words) -> String {
    if document.files.is_empty() && !document.masked { w.t("outgoing-no-file") } else { String::new() }
}
