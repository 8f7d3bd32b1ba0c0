//! What was typed into a form, and whether it came from one of our pages.

use axum::http::{HeaderMap, header};

/// The field with the token against forged forms.
pub(crate) const CSRF: &str = "_csrf";
/// The field with the one-use key.
pub(crate) const KEY: &str = "_key";
/// The largest form, in bytes: a text of 100,000 letters with marks, as browsers send it, or tickets of as many files as the
/// door takes with one, and what stands around it.
pub(crate) const LIMIT: usize = 1024 * 1024;

/// The fields of a form, as they were sent.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads what a browser sends for a form, or what stands behind the question mark of an address.
    pub(crate) fn read(bytes: &[u8]) -> Self {
        Self(form_urlencoded::parse(bytes).map(|(name, value)| (name.into_owned(), value.into_owned())).collect())
    }

    /// A field without the blanks around it; empty when it was not sent.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(one, _)| one == name).map_or("", |(_, value)| value.trim())
    }

    /// A field as it was typed.
    pub(crate) fn raw(&self, name: &str) -> &str {
        self.0.iter().find(|(one, _)| one == name).map_or("", |(_, value)| value)
    }

    /// A field, unless it is empty.
    pub(crate) fn some(&self, name: &str) -> Option<String> {
        Some(self.get(name)).filter(|value| !value.is_empty()).map(str::to_owned)
    }

    /// All values of a field that may come more than once.
    pub(crate) fn all(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(one, _)| one == name).map(|(_, value)| value.trim()).collect()
    }

    /// Every field that is not one of ours, to be sent again. Names of ours begin with a low line, those of proofs too.
    pub(crate) fn typed(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().filter(|(name, _)| !name.starts_with('_')).map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// Whether a form was sent from a page of this origin. Browsers say where a form comes from; who says nothing is refused.
pub(crate) fn is_ours(headers: &HeaderMap, origin: Option<&str>) -> bool {
    let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    match text(header::ORIGIN) {
        Some(from) => origin == Some(from),
        None => text(header::HeaderName::from_static("sec-fetch-site")) == Some("same-origin"),
    }
}

/// Whether a field holds what no page shows again: a password, or the secret of an authenticator app.
pub(crate) fn is_secret(name: &str) -> bool {
    name.contains("password") || name == "otpauth"
}

/// Where to go after signing in: a path of ours, whatever was asked.
pub(crate) fn own_path(asked: &str) -> &str {
    let inside = asked.starts_with('/') && !asked.starts_with("//");
    let plain = asked.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if inside && plain { asked } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn fields_are_read_with_their_marks_and_the_first_one_counts() {
        let fields = Fields::read("a=V%C4%83n+b%E1%BA%A3n+&b=&a=2&_csrf=x".as_bytes());
        assert_eq!((fields.get("a"), fields.raw("a")), ("Văn bản", "Văn bản "));
        assert!(["current_password", "new_password", "otpauth"].into_iter().all(is_secret) && !is_secret("summary"));
        assert_eq!((fields.some("b"), fields.all("a").len(), fields.typed().count()), (None, 2, 3));
    }

    #[test]
    fn only_forms_of_this_origin_are_ours() {
        let from = |pairs: &[(&'static str, &'static str)]| -> HeaderMap {
            pairs.iter().map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value))).collect()
        };
        let ours = Some("http://localhost:8080");
        let cases = [
            (from(&[("origin", "http://localhost:8080")]), true),
            (from(&[("origin", "http://localhost:8081")]), false),
            (from(&[("origin", "null")]), false),
            (from(&[("origin", "null"), ("sec-fetch-site", "same-origin")]), false),
            (from(&[("sec-fetch-site", "same-origin")]), true),
            (from(&[("sec-fetch-site", "cross-site")]), false),
            (from(&[]), false),
        ];
        for (headers, expected) in cases {
            assert_eq!(is_ours(&headers, ours), expected, "{headers:?}");
        }
        assert!(!is_ours(&from(&[("origin", "null")]), None));
    }

    #[test]
    fn nobody_is_sent_elsewhere() {
        for (asked, path) in [
            ("/viec?trang=2", "/viec?trang=2"),
            ("//evil.example", "/"),
            ("/\\evil.example", "/"),
            ("https://evil.example", "/"),
            ("/a b", "/"),
            ("/a\r\nX: y", "/"),
            ("", "/"),
        ] {
            assert_eq!(own_path(asked), path, "{asked}");
        }
    }
}
