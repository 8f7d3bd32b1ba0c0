//! Files in forms. The portal has no store: the door takes the files out of a form, and asks before it takes the first one
//! whether this session may send this form. What it puts in their place is read here.

use axum::{
    body::Body,
    extract::{FromRequest as _, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Response},
    middleware::Next,
};
use wire::{Fault, Kind, Ticket};

use crate::{
    fields::Fields,
    kit::problems::Problems,
    no,
    shared::Portal,
    visit::{Inside, Posted, go},
    words::Words,
};

/// From the door: may this form bring files? Back to it: yes, for this office and purpose …
const HAND_IN: HeaderName = HeaderName::from_static("x-hand-in");
/// … in the name of whom this token speaks for.
const TOKEN: HeaderName = HeaderName::from_static("x-hand-in-token");
/// The forms that take files: their paths, where a star stands for one part of a path; what one must be allowed; and what
/// the tickets are given for.
const TAKERS: [(&str, &str, &str); 11] = [
    ("/van-ban/cho/nhap", "documents.incoming.register", "intake_item"),
    ("/van-ban/den", "documents.incoming.register", "incoming_document"),
    ("/van-ban/den/*/tep", "documents.incoming.register", "incoming_document"),
    ("/van-ban/den/*/chep-but-phe", "documents.incoming.register", "instruction_scan"),
    ("/van-ban/di/*/tep", "documents.outgoing.draft", "outgoing_document"),
    ("/van-ban/di/*/nhap-word", "documents.outgoing.draft", "outgoing_document"),
    ("/van-ban/di/*/tep-ban-ky", "documents.outgoing.issue", "outgoing_document"),
    ("/nhap-danh-ba", "identity.people.change", "directory_import"),
    ("/quan-tri/co-quan/bieu-trung", "identity.units.change", "office_emblem"),
    ("/quan-tri/so/cu", "documents.registers.change", "old_register"),
    ("/quan-tri/so/bien-ban/*/bang-ke", "documents.registers.change", "opening_import"),
];
/// The words for a file of a kind that is not taken.
const KIND: &str = "intake-file-kind";
/// The most words about one form's files.
const SAID: usize = 60;

/// A file that waits for the form that takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Kept {
    ticket: String,
    pub(crate) name: String,
}

/// A file that the door did not take.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Refused {
    code: String,
    name: String,
}

/// The files of a form.
#[derive(Clone, Debug, Default)]
pub(crate) struct Files {
    pub(crate) kept: Vec<Kept>,
    refused: Vec<Refused>,
    /// Whether the door stopped reading, so that what stood behind is not here.
    cut: bool,
}

impl Kept {
    /// As the form says it again.
    pub(crate) fn value(&self) -> String {
        format!("{} {}", self.ticket, self.name)
    }
}

impl Files {
    /// The files of a field, as the door wrote them.
    pub(crate) fn read(fields: &Fields, field: &str) -> Self {
        let pair = |value: &str| value.split_once(' ').map(|(one, other)| (one.to_owned(), other.to_owned()));
        let all = |name: &str| fields.all(name).into_iter().filter_map(pair).take(SAID).collect::<Vec<_>>();
        let refused = all(&format!("{field}.refused"));
        Self {
            kept: all(field).into_iter().map(|(ticket, name)| Kept { ticket, name }).collect(),
            refused: refused.into_iter().map(|(code, name)| Refused { code, name }).collect(),
            cut: fields.get("_cut") == "1",
        }
    }

    /// The same of a field for one file, where what was chosen last takes the place of what waited.
    pub(crate) fn last(mut self) -> Self {
        self.kept.drain(..self.kept.len().saturating_sub(1));
        self
    }

    /// For a call that takes one file.
    pub(crate) fn ticket(&self) -> Option<Ticket> {
        self.tickets().pop()
    }

    /// For the call that takes them.
    pub(crate) fn tickets(&self) -> Vec<Ticket> {
        self.kept.iter().map(|file| Ticket(file.ticket.clone())).collect()
    }

    /// Says of each file that was refused which one it is and what is wrong with it.
    pub(crate) fn say(&self, field: &str, w: Words, problems: &mut Problems) {
        self.say_kind(KIND, field, w, problems);
    }

    /// The same, with the words for a file that is of no kind that this form takes.
    pub(crate) fn say_kind(&self, kind: &str, field: &str, w: Words, problems: &mut Problems) {
        for file in &self.refused {
            let why = Some(why(&file.code)).filter(|why| *why != KIND).unwrap_or(kind);
            problems.add(field, w.with(why, &[("name", &file.name)]));
        }
        if self.cut {
            problems.add(field, w.t("intake-file-cut"));
        }
    }
}

/// The words for a code of the door.
fn why(code: &str) -> &'static str {
    match code.strip_prefix("gateway.").unwrap_or_default() {
        "file_empty" => "intake-file-empty",
        "file_name" | "file_kind" | "file_unknown" => KIND,
        "file_macros" => "intake-file-macros",
        "file_too_large" => "intake-file-large",
        "too_many_files" => "intake-file-many",
        "wrong_value" => "intake-file-named",
        "no_space" => "intake-file-space",
        "too_many_at_once" | "too_often" | "staged_too_much" => "intake-file-later",
        _ => "intake-file-refused",
    }
}

/// Answers the door's question about a form, and lets everything else pass. The question bears the fields before the first
/// file and is checked like every form; whatever it says, the form itself is not acted on.
pub(crate) async fn ask(State(portal): State<Portal>, request: Request, next: Next) -> Response<Body> {
    if !request.headers().contains_key(HAND_IN) {
        return next.run(request).await;
    }
    match Posted::from_request(request, &portal).await {
        Ok(posted) => granted(&posted.inside),
        Err(response) => response,
    }
}

fn granted(inside: &Inside) -> Response<Body> {
    let path = inside.visit.path.split('?').next().unwrap_or_default();
    let Some((permission, purpose)) = taker(path) else {
        let fault = Fault::new(
            Kind::Invalid,
            "portal.no_files_here",
            "this form takes no files",
            "biểu mẫu này không nhận tệp",
        );
        return no::fault(inside, &fault);
    };
    if !inside.who.may(permission) {
        let fault =
            Fault::new(Kind::Denied, "wire.denied", "you may not do this", "đồng chí không có quyền làm việc này");
        return no::fault(inside, &fault);
    }
    let mut response = Response::new(Body::empty());
    let told = [(HAND_IN, format!("{} {purpose}", inside.who.office())), (TOKEN, inside.who.token.clone())];
    for (name, value) in told {
        response.headers_mut().extend(HeaderValue::from_str(&value).ok().map(|value| (name, value)));
    }
    response
}

/// Which forms take files: what one must be allowed, and what the files are for.
fn taker(path: &str) -> Option<(&'static str, &'static str)> {
    let fits = |pattern: &str| {
        let (pattern, path) = (pattern.split('/'), path.split('/'));
        pattern.clone().count() == path.clone().count()
            && pattern.zip(path).all(|(one, part)| one == "*" || one == part)
    };
    let found = TAKERS.into_iter().find(|(pattern, ..)| fits(pattern));
    found.map(|(_, permission, purpose)| (permission, purpose))
}

/// Whether the door asks whether a form may bring files, whose contents are lost when it may not.
pub(crate) fn is_asked(headers: &HeaderMap) -> bool {
    headers.contains_key(HAND_IN)
}

/// A file that the door hands out in the place of this answer. `shown` within a page of ours, and not to be saved.
pub(crate) fn out(path: &str, token: &str, shown: bool) -> Response<Body> {
    let mut response = go("/");
    *response.status_mut() = axum::http::StatusCode::OK;
    let told =
        [("x-hand-out", Some(path)), ("x-hand-out-token", Some(token)), ("x-hand-out-shown", shown.then_some("1"))];
    for (name, value) in told {
        let value = value.and_then(|value| HeaderValue::from_str(value).ok());
        response.headers_mut().extend(value.map(|value| (HeaderName::from_static(name), value)));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_read_with_their_names_and_refusals_with_their_reasons() {
        let sent = "files=abc+c%C3%B4ng+v%C4%83n+1.pdf&files=broken&files.refused=gateway.file_macros+b%C3%A1o+c%C3%A1o.docm&_cut=1";
        let files = Files::read(&Fields::read(sent.as_bytes()), "files");
        assert_eq!(files.kept, [Kept { ticket: "abc".into(), name: "công văn 1.pdf".into() }]);
        assert_eq!(files.kept[0].value(), "abc công văn 1.pdf");
        let mut problems = Problems::default();
        files.say("files", Words(wire::Lang::Vi), &mut problems);
        assert_eq!(problems.0.len(), 2);
        assert!(problems.at("files").unwrap().contains("báo cáo.docm"), "{problems:?}");
    }

    #[test]
    fn only_forms_for_files_take_files() {
        for (path, takes) in [
            ("/van-ban/den", true),
            ("/van-ban/den/1/tep", true),
            ("/van-ban/cho/nhap", true),
            ("/van-ban/cho/1/tep", false),
            ("/van-ban/den/1/huy", false),
            ("/van-ban/den/1/2/tep", false),
            ("/van-ban/den/1/chep-but-phe", true),
            ("/van-ban/di/1/tep", true),
            ("/van-ban/di/1/tep/2", false),
            ("/nhap-danh-ba", true),
            ("/nhap-danh-ba/1", false),
            ("/quan-tri/so/bien-ban/1/bang-ke", true),
            ("/quan-tri/so/bien-ban", false),
            ("/dang-nhap", false),
        ] {
            assert_eq!(taker(path).is_some(), takes, "{path}");
        }
    }
}
