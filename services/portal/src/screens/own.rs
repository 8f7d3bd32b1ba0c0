//! The front, which leads each to where they begin; and G8, one's own page: who one is, language, letters, keys.

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode, header},
};
use schema_identity::Post;
use wire::{Lang, id::AppointmentId};

use crate::{
    page::{Look, Page, Place, SIZES, home},
    visit::{Inside, Posted, go},
};

#[derive(Template)]
#[template(path = "own.html")]
struct Own {
    p: Page,
    posts: Vec<Post>,
    /// The post in which one works.
    chosen: Option<AppointmentId>,
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
    let mut page = Page::inside(&inside, &inside.visit.words.t("menu-me"), Place::Own);
    if inside.visit.query.get("da-luu") == "1" {
        page.done = Some(inside.visit.words.t("look-kept"));
    }
    let me = &inside.who.me;
    let username = me.account.username.clone().unwrap_or_default();
    let chosen = inside.who.post().map(|post| post.appointment);
    inside.visit.html(StatusCode::OK, &Own { p: page, posts: me.posts.clone(), chosen, username, sizes: SIZES })
}

/// Keeps language, size of letters, density and keys in a cookie.
pub(crate) async fn change(posted: Posted) -> Response<Body> {
    let typed = &posted.fields;
    let size = typed.get("size").parse().ok().filter(|size| SIZES.contains(size)).unwrap_or(100);
    let lang = if typed.get("language") == "en" { Lang::En } else { Lang::Vi };
    let post = posted.inside.visit.look.post;
    let look = Look { lang, size, dense: typed.get("dense") == "1", keys: typed.get("keys") == "1", post };
    keep(look, "/ca-nhan?da-luu=1")
}

/// Keeps in which of one's own posts one works, and begins there.
pub(crate) async fn choose_post(posted: Posted) -> Response<Body> {
    let asked = posted.fields.get("appointment").parse().ok();
    let post = posted.inside.who.me.posts.iter().map(|post| post.appointment).find(|own| Some(*own) == asked);
    keep(Look { post, ..posted.inside.visit.look }, "/")
}

fn keep(look: Look, path: &str) -> Response<Body> {
    let mut response = go(path);
    response.headers_mut().extend(look.keeping().map(|cookie| (header::SET_COOKIE, cookie)));
    response
}
