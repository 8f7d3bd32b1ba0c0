//! A reply as a response: status, place, entity tag, and `304` for what the client has already.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header},
};
use bytes::Bytes;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use wire::Version;

use crate::table::{Makes, Route};

/// A page that is the same for everybody until the contracts change.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    content_type: &'static str,
    body: Bytes,
    etag: String,
}

impl Page {
    /// A page, tagged by its content.
    pub(crate) fn new(content_type: &'static str, body: impl Into<Bytes>) -> Self {
        let body = body.into();
        let etag = format!("\"{}\"", hex::encode(Sha256::digest(&body).get(..16).unwrap_or_default()));
        Self { content_type, body, etag }
    }

    /// The page, or `304` when the client has it. Browsers ask each time, so that a change is seen at once.
    pub(crate) fn response(&self, asked: &HeaderMap) -> Response<Body> {
        let mut response = Response::new(Body::empty());
        if is_known(asked, &self.etag) {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
        } else {
            *response.body_mut() = Body::from(self.body.clone());
            set(&mut response, header::CONTENT_TYPE, self.content_type);
        }
        set(&mut response, header::ETAG, &self.etag);
        set(&mut response, header::CACHE_CONTROL, "no-cache");
        response
    }
}

/// What of a reply the door looks at; the rest passes through unread.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Head {
    #[serde(deserialize_with = "lenient")]
    id: Option<String>,
    #[serde(deserialize_with = "lenient")]
    version: Option<i64>,
}

impl Head {
    /// The head of a reply. One that is no object (a list, a number) has neither id nor version.
    fn of(body: &[u8]) -> Self {
        if body.starts_with(b"{") { serde_json::from_slice(body).unwrap_or_default() } else { Self::default() }
    }
}

/// A value of this type, or nothing when another stands there.
fn lenient<'de, D: serde::Deserializer<'de>, T: serde::de::DeserializeOwned>(reader: D) -> Result<Option<T>, D::Error> {
    Ok(serde_json::from_value(serde_json::Value::deserialize(reader)?).ok())
}

/// The response to a call that went well.
pub(crate) fn response(route: &Route, path: &str, asked: &HeaderMap, body: Bytes) -> Response<Body> {
    let head = Head::of(&body);
    let etag = head.version.map(|version| Version(version).etag());
    let mut response = Response::new(Body::empty());
    if route.method == wire::Method::GET && etag.as_deref().is_some_and(|etag| is_known(asked, etag)) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    } else {
        *response.body_mut() = Body::from(body);
        set(&mut response, header::CONTENT_TYPE, "application/json");
    }
    if let Some(etag) = etag {
        set(&mut response, header::ETAG, &etag);
    }
    if route.makes != Makes::Nothing {
        *response.status_mut() = StatusCode::CREATED;
    }
    if let (Makes::Addressed, Some(id)) = (route.makes, head.id) {
        set(&mut response, header::LOCATION, &format!("{path}/{id}"));
    }
    set(&mut response, header::CACHE_CONTROL, "no-store");
    response
}

/// A response that was made here.
pub(crate) fn json(status: StatusCode, value: &serde_json::Value) -> Response<Body> {
    let mut response = Response::new(Body::from(value.to_string()));
    *response.status_mut() = status;
    set(&mut response, header::CONTENT_TYPE, "application/json");
    set(&mut response, header::CACHE_CONTROL, "no-store");
    response
}

/// A text that was made here and may change any moment.
pub(crate) fn text(content_type: &'static str, body: String) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    set(&mut response, header::CONTENT_TYPE, content_type);
    set(&mut response, header::CACHE_CONTROL, "no-store");
    response
}

/// Sets a header; a value that no header can carry is left out.
pub(crate) fn set(response: &mut Response<Body>, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

/// Whether `If-None-Match` names this entity tag.
pub(crate) fn is_known(asked: &HeaderMap, etag: &str) -> bool {
    let lines = asked.get_all(header::IF_NONE_MATCH).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).map(str::trim).any(|tag| tag == "*" || tag.trim_start_matches("W/") == etag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entity_tag_is_found_in_a_list_weak_or_strong() {
        let cases =
            [("\"3\"", true), ("W/\"3\"", true), ("\"1\", \"3\"", true), ("*", true), ("\"13\"", false), ("3", false)];
        for (given, expected) in cases {
            let asked: HeaderMap =
                [(header::IF_NONE_MATCH, HeaderValue::from_str(given).unwrap())].into_iter().collect();
            assert_eq!(is_known(&asked, "\"3\""), expected, "{given}");
        }
        assert!(!is_known(&HeaderMap::new(), "\"3\""));
    }

    #[test]
    fn the_head_of_a_reply_is_read_whatever_else_it_holds() {
        let cases = [
            (r#"{"id":"7","version":3,"more":[1,{"id":"x"}]}"#, Some("7"), Some(3)),
            (r#"{"id":7,"version":"3"}"#, None, None),
            (r#"{"items":[]}"#, None, None),
            ("[1,2]", None, None),
        ];
        for (body, id, version) in cases {
            let head = Head::of(body.as_bytes());
            assert_eq!((head.id.as_deref(), head.version), (id, version), "{body}");
        }
    }
}
