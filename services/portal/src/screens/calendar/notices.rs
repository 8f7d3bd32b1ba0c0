//! G4: what needs the reader, by what it is about, the newest first. A notice bears no title: what it is about is read
//! where it is kept, under the reader's own rights.

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use futures_util::future::join_all;
use schema_documents::{GetIncoming, GetOutgoing};
use schema_notices::{
    ListNotices, MarkNoticeRead, MarkNoticesRead, Notice, NoticeKind, NoticeSource, NoticeSourceKind,
};
use schema_programme::GetAssignment;
use wire::{Cursor, Kind, id::NoticeId};

use crate::{
    asking::{self, Part},
    format,
    kit::{
        chip::{Chip, Tone},
        wording,
    },
    no,
    page::{Page, Place},
    visit::{Inside, Posted, go},
    words::Words,
};

/// How many notices a page shows: each record is read for its title.
const ROWS: u16 = 30;

/// One line of a record.
pub(crate) struct Line {
    text: String,
    when: String,
    unread: bool,
}

/// A record and what is said of it.
pub(crate) struct Group {
    path: String,
    kind: &'static str,
    record: String,
    title: String,
    chips: Vec<Chip>,
    lines: Vec<Line>,
    unread: bool,
    ids: Vec<String>,
}

#[derive(Template)]
#[template(path = "calendar/notices.html")]
struct Notices {
    p: Page,
    groups: Part<Vec<Group>>,
    all: bool,
    next: Option<String>,
    until: String,
    any_unread: bool,
}

/// The list.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    let (visit, w) = (&inside.visit, inside.visit.words);
    let all = visit.query.get("loc") == "tat-ca";
    let cursor = visit.query.some("tiep").map(Cursor);
    let call = ListNotices { office: None, unread: false, settled: all, limit: Some(ROWS), cursor };
    let found = inside.part(&call).await;
    let next = found.here().and_then(|page| page.next.as_ref()).map(|Cursor(next)| {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if all {
            query.append_pair("loc", "tat-ca");
        }
        format!("/thong-bao?{}", query.append_pair("tiep", next).finish())
    });
    let any_unread = found.here().is_some_and(|page| page.items.iter().any(|one| one.read_at.is_none()));
    let groups = match found {
        Part::Here(page) => Part::Here(groups(&page.items, &inside).await),
        Part::Silent(silence) => Part::Silent(silence),
    };
    let mut page = Page::inside(&inside, &w.t("calendar-notices"), Place::Elsewhere);
    page.done = (visit.query.get("xong") == "da-doc").then(|| w.t("calendar-notices-read"));
    let until = visit.now.to_string();
    visit.html(StatusCode::OK, &Notices { p: page, groups, all, next, until, any_unread })
}

/// The notices of one page by record, the record with the newest unread notice first.
async fn groups(notices: &[Notice], inside: &Inside) -> Vec<Group> {
    let mut records: Vec<(NoticeSource, Vec<&Notice>)> = Vec::new();
    for notice in notices {
        match records.iter_mut().find(|(source, _)| *source == notice.source) {
            Some((_, of_record)) => of_record.push(notice),
            None => records.push((notice.source, vec![notice])),
        }
    }
    join_all(records.into_iter().map(|(source, of_record)| group(source, of_record, inside))).await
}

async fn group(source: NoticeSource, notices: Vec<&Notice>, inside: &Inside) -> Group {
    let (w, today) = (inside.visit.words, inside.visit.today());
    let title = title(source, inside).await;
    let due = notices.iter().filter(|one| one.settled_at.is_none()).filter_map(|one| one.due).min();
    let mut chips: Vec<Chip> = due.map(|due| wording::due(due, today, w)).into_iter().collect();
    if notices.iter().all(|one| one.settled_at.is_some()) {
        chips = vec![Chip::new(Tone::Good, "ok", w.t("calendar-notice-settled"))];
    }
    let unread: Vec<&&Notice> = notices.iter().filter(|one| one.read_at.is_none()).collect();
    Group {
        path: path(source),
        kind: match source.kind {
            NoticeSourceKind::Assignment => "viec",
            NoticeSourceKind::IncomingDocument => "van-ban",
            NoticeSourceKind::OutgoingDocument => "van-ban-di",
            NoticeSourceKind::Review | NoticeSourceKind::Unknown => "y-kien",
        },
        record: source.id.to_string(),
        title: title.unwrap_or_else(|| match source.kind {
            NoticeSourceKind::Assignment => w.t("calendar-notice-work"),
            NoticeSourceKind::IncomingDocument => w.t("kind-incoming"),
            NoticeSourceKind::OutgoingDocument => w.t("outgoing-menu"),
            NoticeSourceKind::Review => w.t("calendar-notice-draft"),
            NoticeSourceKind::Unknown => w.t("calendar-notice-unknown"),
        }),
        chips,
        lines: notices.iter().map(|notice| line(notice, w)).collect(),
        unread: !unread.is_empty(),
        ids: unread.iter().map(|one| one.id.to_string()).collect(),
    }
}

/// What a record is called, if the reader may see it and its service answers.
async fn title(source: NoticeSource, inside: &Inside) -> Option<String> {
    match source.kind {
        NoticeSourceKind::Assignment => {
            let found = inside.part(&GetAssignment { id: source.id.into() }).await;
            found.here().map(|work| work.title.clone())
        }
        NoticeSourceKind::IncomingDocument => {
            let found = inside.part(&GetIncoming { id: source.id.into() }).await;
            found.here().map(|document| super::super::incoming::summary(document, inside))
        }
        NoticeSourceKind::OutgoingDocument => {
            let found = inside.part(&GetOutgoing { id: source.id.into() }).await;
            found.here().and_then(|document| document.summary.clone())
        }
        // What is asked upon a draft is read in the list of what waits for the reader.
        NoticeSourceKind::Review | NoticeSourceKind::Unknown => None,
    }
}

/// Where a record is.
pub(crate) fn path(source: NoticeSource) -> String {
    match source.kind {
        NoticeSourceKind::Assignment => format!("/viec/{}", source.id),
        NoticeSourceKind::IncomingDocument => format!("/van-ban/den/{}", source.id),
        NoticeSourceKind::OutgoingDocument => format!("/van-ban/di/{}", source.id),
        NoticeSourceKind::Review => "/duyet".to_owned(),
        NoticeSourceKind::Unknown => "/thong-bao".to_owned(),
    }
}

fn line(notice: &Notice, w: Words) -> Line {
    Line { text: said(notice.kind, w), when: format::moment(notice.at), unread: notice.read_at.is_none() }
}

/// Why something needs the reader.
pub(crate) fn said(kind: NoticeKind, w: Words) -> String {
    match kind {
        NoticeKind::WorkGivenToYou => w.t("calendar-notice-given-to-you"),
        NoticeKind::WorkGivenToUnit => w.t("calendar-notice-given-to-unit"),
        NoticeKind::WorkReturned => w.t("calendar-notice-returned"),
        NoticeKind::WorkDone => w.t("calendar-notice-done"),
        NoticeKind::ExtensionAsked => w.t("calendar-notice-extension-asked"),
        NoticeKind::ExtensionDecided => w.t("calendar-notice-extension-decided"),
        NoticeKind::WorkWithdrawn => w.t("calendar-notice-withdrawn"),
        NoticeKind::WorkReminded => w.t("calendar-notice-reminded"),
        NoticeKind::DueSoon => w.t("calendar-notice-due-soon"),
        NoticeKind::Overdue => w.t("calendar-notice-overdue"),
        NoticeKind::PaperAtDesk => w.t("calendar-notice-paper"),
        NoticeKind::OpinionAsked => w.t("calendar-notice-opinion"),
        NoticeKind::ApprovalAsked => w.t("calendar-notice-approval"),
        NoticeKind::SignatureAsked => w.t("calendar-notice-signature"),
        NoticeKind::Unknown => w.t("calendar-notice-unknown"),
    }
}

/// Opens a record and marks what was said of it as read.
pub(crate) async fn open(posted: Posted) -> Response<Body> {
    let Ok(id) = posted.fields.get("record").parse() else { return no::nowhere(posted.inside.visit).await };
    let kind = match posted.fields.get("kind") {
        "viec" => NoticeSourceKind::Assignment,
        "van-ban" => NoticeSourceKind::IncomingDocument,
        "van-ban-di" => NoticeSourceKind::OutgoingDocument,
        "y-kien" => NoticeSourceKind::Review,
        _ => return no::nowhere(posted.inside.visit).await,
    };
    let ids = posted.fields.all("notice");
    let marks = ids.iter().take(usize::from(ROWS)).filter_map(|id| id.parse::<NoticeId>().ok()).map(|id| {
        // Marking twice changes nothing, so that each mark may have a key of its own.
        let (inside, key) = (&posted.inside, runtime::fresh_id().to_string());
        async move { asking::act(&inside.visit.portal, &inside.who, &key, &MarkNoticeRead { id }).await }
    });
    for failed in join_all(marks).await.into_iter().filter_map(Result::err) {
        // The record is what the reader wants; a mark that is missing can be set later.
        tracing::debug!(code = %failed.code, "a notice was not marked as read");
    }
    go(&path(NoticeSource { kind, id }))
}

/// Marks everything up to the moment of the page as read.
pub(crate) async fn read_all(posted: Posted) -> Response<Body> {
    let Ok(until) = posted.fields.get("until").parse() else { return no::nowhere(posted.inside.visit).await };
    match posted.act(&MarkNoticesRead { office: None, until }).await {
        Ok(_) => go("/thong-bao?xong=da-doc"),
        Err(fault) if fault.kind == Kind::Invalid => go("/thong-bao"),
        Err(fault) => no::fault(&posted.inside, &fault),
    }
}
