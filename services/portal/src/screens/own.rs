//! The front, which leads each to where they begin; and G8, one's own page: who one is, what one holds and what is lent
//! to one, language, letters, keys.

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode, header},
};
use schema_identity::{LentPost, Post};
use wire::{Lang, id::AppointmentId};

use crate::{
    format, no,
    page::{Look, Page, Place, SIZES, home},
    visit::{Inside, Posted, go},
    words::Words,
};

#[derive(Template)]
#[template(path = "own.html")]
struct Own {
    p: Page,
    posts: Vec<Post>,
    /// The post in which one works.
    chosen: Option<AppointmentId>,
    /// What is lent to one, with whose place that is and until when.
    lent: Vec<(String, String)>,
    username: String,
    sizes: [u16; 4],
}

impl Own {
    fn works_in(&self, post: &AppointmentId) -> bool {
        self.chosen.as_ref() == Some(post)
    }
}

/// Where somebody begins.
pub(crate) async fn front(inside: Inside) -> Response<Body> {
    go(home(&inside.who))
}

/// One's own page.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    let w = inside.visit.words;
    let mut page = Page::inside(&inside, &w.t("menu-me"), Place::Own);
    if inside.visit.query.get("da-luu") == "1" {
        page.done = Some(w.t("look-kept"));
    }
    let me = &inside.who.me;
    let username = me.account.username.clone().unwrap_or_default();
    let chosen = inside.who.post().map(|post| post.appointment);
    let lent = me.lent.iter().map(|lent| (lent.title.clone(), in_whose_place(w, lent))).collect();
    inside.visit.html(StatusCode::OK, &Own { p: page, posts: me.posts.clone(), chosen, lent, username, sizes: SIZES })
}

/// In whose place somebody acts, and until which day.
fn in_whose_place(w: Words, lent: &LentPost) -> String {
    let whose = match &lent.holder {
        Some(name) => w.with("own-lent-for", &[("name", name)]),
        None => w.t("own-lent-vacant"),
    };
    let last = lent.to.and_then(|to| to.plus(-1)).map(format::day);
    match last {
        Some(day) => format!("{whose} · {}", w.with("own-lent-until", &[("day", &day)])),
        None => whose,
    }
}

/// Keeps language, size of letters, density and keys with the account.
pub(crate) async fn change(posted: Posted) -> Response<Body> {
    let typed = &posted.fields;
    let size = typed.get("size").parse().ok().filter(|size| SIZES.contains(size)).unwrap_or(100);
    let lang = if typed.get("language") == "en" { Lang::En } else { Lang::Vi };
    let look = Look { lang, size, dense: typed.get("dense") == "1", keys: typed.get("keys") == "1" };
    let post = posted.inside.who.me.preferences.as_ref().and_then(|said| said.post);
    let held = posted.inside.who.me.posts.iter().map(|post| post.appointment).find(|own| Some(*own) == post);
    keep(&posted, look, held, "/ca-nhan?da-luu=1").await
}

/// Keeps in which of one's own posts one works, and begins there.
pub(crate) async fn choose_post(posted: Posted) -> Response<Body> {
    let asked = posted.fields.get("appointment").parse().ok();
    let post = posted.inside.who.me.posts.iter().map(|post| post.appointment).find(|own| Some(*own) == asked);
    keep(&posted, posted.inside.visit.look, post, "/").await
}

/// Tells the account, so that every browser of theirs shows it; and this browser, for the page where one signs in.
async fn keep(posted: &Posted, look: Look, post: Option<AppointmentId>, path: &str) -> Response<Body> {
    if let Err(fault) = posted.act(&look.said(post)).await {
        return no::fault(&posted.inside, &fault);
    }
    posted.inside.visit.portal.sessions.forget_account(posted.inside.who.me.account.id);
    let mut response = go(path);
    response.headers_mut().extend(look.keeping().map(|cookie| (header::SET_COOKIE, cookie)));
    response
}
