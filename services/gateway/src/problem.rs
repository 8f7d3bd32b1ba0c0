//! A no, as RFC 9457 writes it: status from the kind, sentence in the language of the reader.

use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, Response, StatusCode, header},
};
use serde_json::{Map, Value};
use wire::{Fault, Kind, Lang};

/// A fault on its way to an HTTP client.
#[derive(Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    fault: Fault,
    headers: Vec<(HeaderName, HeaderValue)>,
}

/// The status of a kind.
pub(crate) fn status(kind: Kind) -> StatusCode {
    match kind {
        Kind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        Kind::Unauthenticated => StatusCode::UNAUTHORIZED,
        Kind::Denied => StatusCode::FORBIDDEN,
        Kind::Missing => StatusCode::NOT_FOUND,
        Kind::Conflict => StatusCode::CONFLICT,
        Kind::Stale => StatusCode::PRECONDITION_FAILED,
        Kind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Kind::Limited => StatusCode::TOO_MANY_REQUESTS,
        Kind::Busy => StatusCode::SERVICE_UNAVAILABLE,
        Kind::OutOfTime => StatusCode::GATEWAY_TIMEOUT,
        Kind::OutOfSpace => StatusCode::INSUFFICIENT_STORAGE,
        Kind::Broken => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// The short title of a kind, in Vietnamese and English.
pub(crate) fn title(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Invalid => ("Yêu cầu không hợp lệ", "Invalid request"),
        Kind::Unauthenticated => ("Chưa đăng nhập", "Not signed in"),
        Kind::Denied => ("Không có quyền", "Not permitted"),
        Kind::Missing => ("Không tìm thấy", "Not found"),
        Kind::Conflict => ("Không phù hợp với trạng thái hiện tại", "Conflict with the present state"),
        Kind::Stale => ("Dữ liệu đã thay đổi", "Changed meanwhile"),
        Kind::TooLarge => ("Quá lớn", "Too large"),
        Kind::Limited => ("Quá nhiều yêu cầu", "Too many requests"),
        Kind::Busy => ("Tạm thời chưa phục vụ được", "Not available just now"),
        Kind::OutOfTime => ("Quá thời gian", "Out of time"),
        Kind::OutOfSpace => ("Hết chỗ lưu", "Out of space"),
        Kind::Broken => ("Lỗi hệ thống", "Our mistake"),
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        Self { status: status(fault.kind), fault, headers: Vec::new() }
    }
}

impl Problem {
    /// The same problem under a more precise status.
    pub(crate) fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// The same problem with one more header.
    pub(crate) fn with_header(mut self, name: HeaderName, value: &str) -> Self {
        self.headers.extend(HeaderValue::from_str(value).ok().map(|value| (name, value)));
        self
    }

    /// The same problem, saying when to try again.
    pub(crate) fn retry_after(mut self, seconds: u32) -> Self {
        self.fault = self.fault.retry_after(seconds);
        self
    }

    /// The code, for logs.
    pub(crate) fn code(&self) -> &str {
        &self.fault.code
    }

    /// The response, in a language, naming the trace under which it was logged.
    pub(crate) fn response(self, lang: Lang, trace_id: Option<&str>) -> Response<Body> {
        let body = self.members(lang, trace_id).to_string();
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(word(lang)));
        headers.insert(header::VARY, HeaderValue::from_static("accept-language"));
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge(&self.fault.code)));
        }
        if let Some(seconds) = self.fault.retry_after_s {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        headers.extend(self.headers);
        response
    }

    fn members(&self, lang: Lang, trace_id: Option<&str>) -> Value {
        let fault = &self.fault;
        let (vi, en) = title(fault.kind);
        let title = match lang {
            Lang::Vi => vi,
            Lang::En => en,
        };
        let mut members = Map::new();
        let mut set = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                members.insert(name.to_owned(), value);
            }
        };
        set("type", Some(format!("/api/docs#{}", fault.code).into()));
        set("title", Some(title.into()));
        set("status", Some(self.status.as_u16().into()));
        set("detail", Some(fault.sentence(lang).into()));
        set("code", Some(fault.code.clone().into()));
        set("field", fault.field.clone().map(Value::from));
        set("instrument", fault.instrument.clone().map(Value::from));
        set("values", fault.detail.clone().filter(|values| values.as_object().is_none_or(|map| !map.is_empty())));
        set("retry_after_seconds", fault.retry_after_s.map(Value::from));
        set("trace_id", trace_id.map(Value::from));
        Value::Object(members)
    }
}

/// What a client must do to be let in: sign in, or prove once more who is there (RFC 9470).
fn challenge(code: &str) -> &'static str {
    match code {
        "wire.step_up_needed" => r#"Bearer error="insufficient_user_authentication""#,
        _ => "Bearer",
    }
}

/// A language as HTTP names it.
pub(crate) fn word(lang: Lang) -> &'static str {
    match lang {
        Lang::Vi => "vi",
        Lang::En => "en",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Refusal;

    #[test]
    fn a_problem_speaks_the_language_of_the_reader_and_names_field_instrument_and_values() {
        let mut fault = Fault::new(Kind::Conflict, "documents.series_closed", "closed", "đã đóng").at("items/0/day");
        fault.instrument = Some("Hướng dẫn 36".to_owned());
        fault.detail = Some(serde_json::json!({ "register": 7 }));
        let members = Problem::from(fault).members(Lang::Vi, Some("4bf9"));
        let expected = serde_json::json!({
            "type": "/api/docs#documents.series_closed", "title": "Không phù hợp với trạng thái hiện tại",
            "status": 409, "detail": "đã đóng", "code": "documents.series_closed", "field": "items/0/day",
            "instrument": "Hướng dẫn 36", "values": { "register": 7 }, "trace_id": "4bf9"
        });
        assert_eq!(members, expected);
        let english = Problem::from(Refusal::NoSuchPath).members(Lang::En, None);
        assert_eq!(english["title"], "Not found");
        assert_eq!(english.get("values"), None, "a refusal without values has no empty member");
    }

    #[test]
    fn headers_say_what_to_do_next() {
        let cases = [
            (Problem::from(Refusal::SignInFirst), 401, "www-authenticate", "Bearer"),
            (
                Problem::from(Fault::new(Kind::Unauthenticated, "wire.step_up_needed", "", "")),
                401,
                "www-authenticate",
                r#"Bearer error="insufficient_user_authentication""#,
            ),
            (Problem::from(Refusal::ServiceAway), 503, "retry-after", "2"),
            (Problem::from(Refusal::TooOften).retry_after(9), 429, "retry-after", "9"),
            (Problem::from(Refusal::NotJson), 415, "content-language", "vi"),
            (Problem::from(Refusal::BodyLate), 408, "content-type", "application/problem+json"),
            (
                Problem::from(Refusal::WrongMethod { allowed: "GET".into() }).with_header(header::ALLOW, "GET"),
                405,
                "allow",
                "GET",
            ),
        ];
        for (problem, status, name, value) in cases {
            let response = problem.response(Lang::Vi, None);
            assert_eq!(response.status().as_u16(), status);
            assert_eq!(response.headers()[name], value);
        }
    }
}
