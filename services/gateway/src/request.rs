//! Path, query and body of a request, made into the one JSON object that a call is on the bus.

use axum::{
    body::Body,
    http::{HeaderMap, Uri, header},
};
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt as _;
use serde_json::{Map, Value};
use tokio::time::Instant as Tick;
use wire::{Meta, Version};

use crate::{
    Refusal,
    check::unknown_field,
    client::Client,
    query,
    schema::{self, Named},
    strict,
    table::Route,
};

/// The largest body of a call, in bytes.
pub(crate) const BODY_LIMIT: usize = 256 * 1024;

/// The fields of the call that a request makes.
///
/// # Errors
/// Names the first thing that is wrong, and where it stands.
pub(crate) async fn gather(
    route: &Route,
    texts: Vec<(String, String)>,
    uri: &Uri,
    headers: &HeaderMap,
    body: Body,
    until: Tick,
) -> Result<Map<String, Value>, Refusal> {
    let others = route.other_fields();
    let pairs = query::pairs(uri)?;
    let mut fields = if route.has_body() {
        if let Some((name, _)) = pairs.into_iter().next() {
            return Err(Refusal::UnknownField { at: name });
        }
        from_body(headers, read(headers, body, until).await?)?
    } else {
        if has_content(headers) {
            return Err(Refusal::BodyUnexpected);
        }
        query::fields(pairs, &others, &route.named)?
    };
    for (name, value) in from_path(route, texts)? {
        if fields.insert(name.clone(), value).is_some() {
            return Err(Refusal::FieldTwice { at: name });
        }
    }
    let call = Value::Object(fields);
    match (unknown_field(&call, route.row.request.as_value(), &route.named), call) {
        (Some(at), _) => Err(Refusal::UnknownField { at }),
        (None, Value::Object(fields)) => Ok(fields),
        (None, _) => Err(Refusal::NotAnObject),
    }
}

fn from_path(route: &Route, texts: Vec<(String, String)>) -> Result<Vec<(String, Value)>, Refusal> {
    let named: &Named = &route.named;
    let all = schema::fields(route.row.request.as_value(), named);
    let read = |(name, text): (String, String)| {
        let wrong = || Refusal::WrongValue { at: name.clone(), expected: "UTF-8 in percent encoding".to_owned() };
        let text = query::decoded(&text).ok_or_else(wrong)?;
        let value = match all.iter().find(|field| field.name == name) {
            Some(field) => query::single(&name, &text, field.schema, named)?,
            None => Value::from(text),
        };
        Ok((name, value))
    };
    texts.into_iter().map(read).collect()
}

/// The body as JSON. An empty one stands for a call without fields.
fn from_body(headers: &HeaderMap, body: Bytes) -> Result<Map<String, Value>, Refusal> {
    if body.is_empty() {
        return Ok(Map::new());
    }
    if !is_json(headers) {
        return Err(Refusal::NotJson);
    }
    match strict::read(&body)? {
        Value::Object(fields) => Ok(fields),
        _ => Err(Refusal::NotAnObject),
    }
}

/// Reads a body of bounded size in bounded time.
async fn read(headers: &HeaderMap, body: Body, until: Tick) -> Result<Bytes, Refusal> {
    let too_large = Refusal::BodyTooLarge { limit: BODY_LIMIT };
    if headers.get(header::CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity") {
        return Err(Refusal::Encoded);
    }
    if stated_length(headers).is_some_and(|length| length > BODY_LIMIT as u64) {
        return Err(too_large);
    }
    let reading = async {
        let (mut chunks, mut bytes) = (body.into_data_stream(), BytesMut::new());
        while let Some(chunk) = chunks.next().await {
            bytes.extend_from_slice(&chunk.map_err(|_| Refusal::BodyBroken)?);
            if bytes.len() > BODY_LIMIT {
                return Err(too_large);
            }
        }
        Ok(bytes.freeze())
    };
    tokio::time::timeout_at(until, reading).await.unwrap_or(Err(Refusal::BodyLate))
}

/// The length that a request states.
pub(crate) fn stated_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn has_content(headers: &HeaderMap) -> bool {
    stated_length(headers).is_some_and(|length| length > 0) || headers.contains_key(header::TRANSFER_ENCODING)
}

fn is_json(headers: &HeaderMap) -> bool {
    let stated = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = stated.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    media_type == "application/json" || (media_type.starts_with("application/") && media_type.ends_with("+json"))
}

/// What accompanies the call.
///
/// # Errors
/// When a header holds what cannot be sent, or a precondition that nothing can meet.
pub(crate) fn meta(headers: &HeaderMap, client: &Client) -> Result<Meta, Refusal> {
    let expect = match text(headers, "if-match")? {
        None | Some("*") => None,
        Some(tag) => Some(Version::from_etag(tag).ok_or(Refusal::BadPrecondition)?),
    };
    Ok(Meta {
        token: client.token.clone(),
        key: text(headers, "idempotency-key")?.map(str::to_owned),
        expect,
        trace: runtime::trace::current().or_else(|| text(headers, "traceparent").ok()?.map(str::to_owned)),
        deadline_ms: None,
        network: Some(client.network.to_string()),
    })
}

fn text<'a>(headers: &'a HeaderMap, name: &'static str) -> Result<Option<&'a str>, Refusal> {
    let mut values = headers.get_all(name).iter();
    let Some(value) = values.next() else { return Ok(None) };
    // Two answers to which of them holds would be two requests.
    if values.next().is_some() {
        return Err(Refusal::FieldTwice { at: name.to_owned() });
    }
    let text = value.to_str().ok().filter(|text| !text.contains(char::is_control));
    text.map(Some).ok_or_else(|| Refusal::BadHeader { header: name.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderName, HeaderValue};

    fn headers(name: &str, value: &str) -> HeaderMap {
        [(name.parse::<HeaderName>().unwrap(), HeaderValue::from_bytes(value.as_bytes()).unwrap())]
            .into_iter()
            .collect()
    }

    #[test]
    fn only_json_is_json() {
        let cases = [
            ("application/json", true),
            ("application/json; charset=utf-8", true),
            ("Application/JSON", true),
            ("application/merge-patch+json", true),
            ("text/json", false),
            ("text/plain", false),
            ("application/x-www-form-urlencoded", false),
            ("", false),
        ];
        for (stated, expected) in cases {
            assert_eq!(is_json(&headers("content-type", stated)), expected, "{stated}");
        }
    }

    #[test]
    fn a_precondition_is_never_passed_over() {
        let client = Client { network: [192, 0, 2, 7].into(), token: None, caller: Ok(auth::Caller::Anonymous) };
        let expect = |tag: &str| meta(&headers("if-match", tag), &client).map(|meta| meta.expect);
        assert_eq!(expect("\"3\""), Ok(Some(Version(3))));
        assert_eq!(expect("*"), Ok(None));
        for bad in ["3", "W/\"3\"", "\"a\"", "\"3\", \"4\""] {
            assert_eq!(expect(bad), Err(Refusal::BadPrecondition), "{bad}");
        }
        let key = meta(&headers("idempotency-key", "khóa"), &client);
        assert_eq!(key, Err(Refusal::BadHeader { header: "idempotency-key".to_owned() }));
        for name in ["if-match", "idempotency-key"] {
            let mut twice = headers(name, "\"3\"");
            twice.append(name, HeaderValue::from_static("\"4\""));
            assert_eq!(meta(&twice, &client), Err(Refusal::FieldTwice { at: name.to_owned() }));
        }
        assert_eq!(meta(&HeaderMap::new(), &client).unwrap().network.as_deref(), Some("192.0.2.7"));
    }

    #[test]
    fn a_body_is_an_object_or_nothing() {
        let json = headers("content-type", "application/json");
        let read = |text: &'static str| from_body(&json, Bytes::from_static(text.as_bytes()));
        assert_eq!(read("").unwrap(), Map::new());
        assert_eq!(read("{\"a\":1}").unwrap().len(), 1);
        assert_eq!(read("[1]"), Err(Refusal::NotAnObject));
        assert_eq!(read("{\"a\":1,\"a\":2}"), Err(Refusal::FieldTwice { at: "a".to_owned() }));
        assert_eq!(from_body(&HeaderMap::new(), Bytes::from_static(b"{}")), Err(Refusal::NotJson));
    }
}
