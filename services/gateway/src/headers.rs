//! Security headers, on everything that leaves the door.

use axum::http::{HeaderName, HeaderValue, Response, header};

/// What pages made here may load: their own style sheet, nothing else, and nobody may frame them.
pub(crate) const OF_PAGES: &str =
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What everything else may load: nothing.
const OF_THE_REST: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Headers that everything carries.
const ALWAYS: [(HeaderName, &str); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
];

/// The one other policy about referrers that a page may have.
const SAME_ORIGIN: &str = "same-origin";

/// The one other word about frames: a file that a page of the portal shows stands in a frame of that page.
const SAME_FRAMES: &str = "SAMEORIGIN";

/// Half a year: browsers that came once over HTTPS come over nothing else.
const STRICT_TRANSPORT: &str = "max-age=15768000";

/// Sets them. A response that has a policy of its own keeps it, and pages of the portal tell their own origin where one
/// comes from: without that browsers do not say from which origin a form was sent.
pub(crate) fn secure<B>(response: &mut Response<B>, over_https: bool) {
    let headers = response.headers_mut();
    let referrer = headers.remove(header::REFERRER_POLICY).filter(|given| given == SAME_ORIGIN);
    let frames = headers.remove(header::X_FRAME_OPTIONS).filter(|given| given == SAME_FRAMES);
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Some(referrer) = referrer {
        headers.insert(header::REFERRER_POLICY, referrer);
    }
    if let Some(frames) = frames {
        headers.insert(header::X_FRAME_OPTIONS, frames);
    }
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(OF_THE_REST));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if over_https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(STRICT_TRANSPORT));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_shut_unless_a_page_says_otherwise() {
        let mut plain = Response::new(());
        secure(&mut plain, false);
        assert_eq!(plain.headers()["content-security-policy"], OF_THE_REST);
        assert_eq!(plain.headers()["x-content-type-options"], "nosniff");
        assert_eq!(plain.headers()["cache-control"], "no-store");
        assert!(!plain.headers().contains_key("strict-transport-security"));
        let mut page = Response::builder().header("content-security-policy", OF_PAGES).body(()).unwrap();
        secure(&mut page, true);
        assert_eq!(page.headers()["content-security-policy"], OF_PAGES);
        assert!(page.headers().contains_key("strict-transport-security"));
        for (given, kept) in [("same-origin", "same-origin"), ("unsafe-url", "no-referrer")] {
            let mut page = Response::builder().header("referrer-policy", given).body(()).unwrap();
            secure(&mut page, false);
            assert_eq!(page.headers()["referrer-policy"], kept);
        }
        for (given, kept) in [("SAMEORIGIN", "SAMEORIGIN"), ("ALLOWALL", "DENY")] {
            let mut page = Response::builder().header("x-frame-options", given).body(()).unwrap();
            secure(&mut page, false);
            assert_eq!(page.headers()["x-frame-options"], kept);
        }
        assert!(!OF_PAGES.contains("unsafe") && !OF_THE_REST.contains("unsafe"));
    }
}
