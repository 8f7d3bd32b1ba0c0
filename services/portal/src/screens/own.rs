//! The front, which leads each to where they begin; and G8, one's own page: who one is, language, letters, keys.

use askama::Template;
use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, header},
};
use schema_identity::Post;
use wire::Lang;

use crate::{
    page::{Look, Page, Place, SIZES, home},
    visit::{Inside, LOOK, Posted, go},
};

#[derive(Template)]
#[template(path = "own.html")]
struct Own {
    p: Page,
    posts: Vec<Post>,
    username: String,
    sizes: [u16; 4],
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
    inside.visit.html(StatusCode::OK, &Own { p: page, posts: me.posts.clone(), username, sizes: SIZES })
}

/// Keeps language, size of letters, density and keys in a cookie.
pub(crate) async fn change(posted: Posted) -> Response<Body> {
    let typed = &posted.fields;
    let size = typed.get("size").parse().ok().filter(|size| SIZES.contains(size)).unwrap_or(100);
    let lang = if typed.get("language") == "en" { Lang::En } else { Lang::Vi };
    let look = Look { lang, size, dense: typed.get("dense") == "1", keys: typed.get("keys") == "1" };
    let mut response = go("/ca-nhan?da-luu=1");
    let cookie = format!("{LOOK}={}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=31536000", look.write());
    response.headers_mut().extend(HeaderValue::from_str(&cookie).ok().map(|cookie| (header::SET_COOKIE, cookie)));
    response
}
