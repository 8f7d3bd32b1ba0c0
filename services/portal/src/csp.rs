//! The content security policy: scripts of ours with the nonce of the page, nothing inline, trusted types. Frames show
//! files that the door hands out from this origin; no page may stand in a frame, not even in one of ours.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// Where browsers send what the policy kept out.
pub(crate) const REPORTS: &str = "/bao-cao-csp";

/// Fresh letters for one page; whoever writes into the page does not know them.
pub(crate) fn nonce() -> String {
    hex::encode(rand::random::<[u8; 16]>())
}

/// The policy of a page.
pub(crate) fn policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self'; font-src 'self'; \
         frame-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'; \
         require-trusted-types-for 'script'; trusted-types htmx; report-uri {REPORTS}"
    )
}

/// Sets what every page says about itself.
pub(crate) fn protect(headers: &mut HeaderMap, nonce: &str) {
    if let Ok(policy) = HeaderValue::from_str(&policy(nonce)) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    let fixed = [
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_unsafe_is_allowed_and_no_nonce_comes_twice() {
        let (one, other) = (nonce(), nonce());
        assert!(one != other && one.len() == 32);
        let policy = policy(&one);
        assert!(!policy.contains("unsafe") && policy.contains("require-trusted-types-for 'script'"));
    }
}
