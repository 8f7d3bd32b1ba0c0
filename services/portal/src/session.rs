//! Who is signed in: the secret in the cookie, traded at identity for a token of a minute, and who that is.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::http::{HeaderMap, HeaderValue, header};
use schema_identity::{ExchangeSession, GetMe, Hidden, Me, Post};
use sha2::{Digest as _, Sha256};
use wire::{
    Fault, Instant, Kind, Meta,
    id::{AccountId, OfficeId},
};

use crate::shared::Shared;

/// The cookie. Its prefix makes browsers refuse it from any other host, path or plain connection; they take plain HTTP on
/// `localhost` for a safe one.
pub(crate) const COOKIE: &str = "__Host-vanphong";
/// A token is not used in its last seconds.
const MARGIN: Duration = Duration::from_secs(15);
/// Sessions that are remembered at once.
const REMEMBERED: usize = 10_000;

/// Somebody who is signed in.
#[derive(Clone)]
pub(crate) struct Signed {
    /// What speaks for them for the next minute.
    pub(crate) token: String,
    /// Who they are, and what they hold today.
    pub(crate) me: Arc<Me>,
    /// What forms of this session bear.
    pub(crate) csrf: String,
    until: Instant,
}

/// Those whose token is good for a while yet, by the hash of their secret.
#[derive(Default)]
pub(crate) struct Sessions(Mutex<HashMap<[u8; 32], Signed>>);

impl Signed {
    /// The post in which they work: the chosen one while they hold it, otherwise their first.
    pub(crate) fn post(&self) -> Option<&Post> {
        let wanted = self.me.preferences.as_ref().and_then(|said| said.post);
        let chosen = self.me.posts.iter().find(|post| Some(post.appointment) == wanted);
        chosen.or_else(|| self.me.posts.first())
    }

    /// The office in which they work.
    pub(crate) fn office(&self) -> OfficeId {
        self.post().map_or(self.me.person.office, |post| post.office)
    }

    /// Whether a post of theirs in that office gives a permission.
    pub(crate) fn holds(&self, permission: &str) -> bool {
        let office = self.office();
        let posts = self.me.posts.iter().filter(|post| post.office == office);
        posts.flat_map(|post| &post.permissions).any(|held| held == permission)
    }

    /// Whether a post of theirs gives a permission, or somebody lends it to them there. What they may really do the
    /// services decide.
    pub(crate) fn may(&self, permission: &str) -> bool {
        let office = self.office();
        let lent = self.me.lent.iter().filter(|lent| lent.office == office);
        self.holds(permission) || lent.flat_map(|lent| &lent.permissions).any(|held| held == permission)
    }

    /// The post by which they head a unit of their office.
    pub(crate) fn heads(&self) -> Option<&Post> {
        let office = self.office();
        self.me.posts.iter().find(|post| post.office == office && post.head)
    }

    /// The title of the post in which they work.
    pub(crate) fn title(&self) -> &str {
        self.post().map_or("", |post| &post.title)
    }

    /// The address of the picture of the office in which they work.
    pub(crate) fn emblem(&self) -> Option<String> {
        let post = self.post()?;
        Some(format!("/bieu-trung/{}/{}", post.office, post.office_emblem.as_ref()?))
    }

    /// The name of the office in which they work.
    pub(crate) fn office_name(&self) -> &str {
        self.post().map_or("", |post| &post.office_name)
    }
}

impl Sessions {
    /// Who shows this secret; nobody when it opens no session.
    ///
    /// # Errors
    /// When identity cannot say.
    pub(crate) async fn signed(&self, shared: &Shared, secret: &str) -> Result<Option<Signed>, Fault> {
        let key: [u8; 32] = Sha256::digest(secret).into();
        let now = shared.clock.now();
        if let Some(known) = self.known(&key, now) {
            return Ok(Some(known));
        }
        let wait = Duration::from_millis(shared.settings.act_ms);
        let call = ExchangeSession { secret: Hidden::from(secret) };
        let token = match shared.bus.ask(&Meta::default(), &call, wait).await {
            Ok(token) => token,
            Err(fault) if fault.kind == Kind::Unauthenticated => return Ok(None),
            Err(fault) => return Err(fault),
        };
        let meta = Meta { token: Some(token.access_token.0.clone()), ..Meta::default() };
        let me = match shared.bus.ask(&meta, &GetMe {}, wait).await {
            Ok(me) => me,
            Err(fault) if fault.kind == Kind::Unauthenticated => return Ok(None),
            Err(fault) => return Err(fault),
        };
        let until = now.plus(Duration::from_secs(u64::from(token.expires_in))).minus(MARGIN);
        let signed = Signed { token: token.access_token.0, me: Arc::new(me), csrf: csrf(secret), until };
        self.remember(key, signed.clone(), now);
        Ok(Some(signed))
    }

    /// Forgets a secret, when its session ends.
    pub(crate) fn forget(&self, secret: &str) {
        let key: [u8; 32] = Sha256::digest(secret).into();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&key);
    }

    /// Forgets all sessions of an account, so that the next page of each asks anew who it is.
    pub(crate) fn forget_account(&self, account: AccountId) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, one| one.me.account.id != account);
    }

    fn known(&self, key: &[u8; 32], now: Instant) -> Option<Signed> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(key).filter(|signed| now < signed.until).cloned()
    }

    fn remember(&self, key: [u8; 32], signed: Signed, now: Instant) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= REMEMBERED {
            all.retain(|_, one| now < one.until);
        }
        if all.len() < REMEMBERED {
            all.insert(key, signed);
        }
    }
}

/// What forms of a session bear: who knows it has seen a page of that session. The secret cannot be had from it.
pub(crate) fn csrf(secret: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(b"portal form\0");
    hash.update(secret);
    hex::encode(hash.finalize()).chars().take(32).collect()
}

/// The value of a cookie.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(';')).find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

/// The cookie that keeps a secret until the browser is closed.
pub(crate) fn keeping(secret: &str) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("{COOKIE}={secret}; Path=/; Secure; HttpOnly; SameSite=Strict")).ok()
}

/// The cookie that makes a browser forget.
pub(crate) fn forgetting() -> HeaderValue {
    HeaderValue::from_static("__Host-vanphong=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_among_others_and_never_by_half_its_name() {
        let mut headers = HeaderMap::new();
        headers
            .insert(header::COOKIE, HeaderValue::from_static("a=1; x__Host-vanphong=bad; __Host-vanphong=good; b=2"));
        assert_eq!(cookie(&headers, COOKIE), Some("good"));
        assert_eq!(cookie(&headers, "__Host-van"), None);
        assert_eq!(cookie(&HeaderMap::new(), COOKIE), None);
    }

    #[test]
    fn what_forms_bear_differs_by_session_and_tells_nothing_of_it() {
        assert_eq!(csrf("one"), csrf("one"));
        assert_ne!(csrf("one"), csrf("two"));
        assert!(!hex::encode(Sha256::digest("one")).starts_with(&csrf("one")));
    }

    #[test]
    fn both_cookies_are_for_this_host_over_safe_connections_only() {
        for cookie in [keeping("abc").unwrap(), forgetting()] {
            let text = cookie.to_str().unwrap();
            assert!(text.starts_with(&format!("{COOKIE}=")), "{text}");
            for part in ["; Path=/", "; Secure", "; HttpOnly", "; SameSite=Strict"] {
                assert!(text.contains(part), "{text}");
            }
        }
    }
}
