//! L5: the unit is reminded of everything in a cell at once (đôn đốc cả nhóm); each piece of work once a day.

use axum::{body::Body, http::Response};
use schema_programme::RemindAssignment;
use wire::{Kind, id::AssignmentId};

use crate::{
    fields::Fields,
    no,
    visit::{Inside, Posted, go},
};

/// The most pieces of work that one form reminds of.
pub(crate) const MOST: usize = 50;

/// Reminds of each piece of work that the form names. One that cannot be is passed over: it was reminded of today, was done
/// meanwhile, or is another's.
pub(crate) async fn remind(posted: Posted) -> Response<Body> {
    let typed = &posted.fields;
    let ids = typed.all("viec").into_iter().filter_map(|id| id.parse::<AssignmentId>().ok()).take(MOST);
    let (mut reminded, mut passed) = (0_usize, 0_usize);
    for (at, id) in ids.enumerate() {
        match posted.act_part(at, &RemindAssignment { id, note: typed.some("note") }).await {
            Ok(_) => reminded += 1,
            Err(fault) if matches!(fault.kind, Kind::Conflict | Kind::Denied | Kind::Missing) => passed += 1,
            Err(fault) => return no::fault(&posted.inside, &fault),
        }
    }
    let cell = cell(typed);
    go(&format!("/qua-han?{cell}&nhac={reminded}&bo={passed}#o-chon"))
}

/// Which cell the form stood under.
fn cell(typed: &Fields) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("don-vi", typed.get("don-vi")).append_pair("tuan", typed.get("tuan"));
    query.finish()
}

/// What was done, as the page says it afterwards.
pub(crate) fn done(inside: &Inside) -> Option<String> {
    let (query, w) = (&inside.visit.query, inside.visit.words);
    let count = |name: &str| query.get(name).parse::<usize>().ok();
    let (reminded, passed) = (count("nhac")?, count("bo")?);
    let said = w.with("calendar-reminded", &[("count", &reminded.to_string())]);
    let more = (passed > 0).then(|| w.with("calendar-reminded-not", &[("count", &passed.to_string())]));
    Some([Some(said), more].into_iter().flatten().collect::<Vec<_>>().join(" "))
}
