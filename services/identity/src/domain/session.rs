//! Sessions and the trade of refresh tokens: each is good once, and one that comes back is a theft or a lost answer.

use std::time::Duration;

use wire::{
    Instant,
    id::{AccountId, OfficeId, PersonId, SessionId},
};

/// Within this long after its trade, a token may come once more from the same network: the first answer was lost.
const LOST_ANSWER: Duration = Duration::from_secs(30);

/// A signed-in session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Session {
    /// Its id, which stands in every access token.
    pub(crate) id: SessionId,
    /// The account that signed in.
    pub(crate) account: AccountId,
    /// Whose account it is.
    pub(crate) person: PersonId,
    /// The office of the person.
    pub(crate) office: OfficeId,
    /// When the password was given.
    pub(crate) began: Instant,
    /// When it ends by itself.
    pub(crate) expires: Instant,
    /// When it was ended, if it was.
    pub(crate) ended: Option<Instant>,
}

/// A refresh token, known by its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RefreshToken {
    /// SHA-256 of the token, hex.
    pub(crate) hash: String,
    /// The session it goes on with.
    pub(crate) session: SessionId,
    /// When it runs out.
    pub(crate) expires: Instant,
    /// When it was traded, if it was.
    pub(crate) used: Option<Instant>,
    /// The network that traded it.
    pub(crate) used_network: Option<String>,
}

/// What a refresh token gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trade {
    /// A fresh pair; the token is used up.
    Fresh,
    /// A fresh pair once more: the first answer was lost on its way.
    Repeat,
    /// Nothing, and the session ends: somebody else has the token.
    Reused,
    /// Nothing: it has run out, or the session is over.
    Refused,
}

impl Session {
    /// Whether it goes on at a moment.
    pub(crate) fn goes_on(&self, now: Instant) -> bool {
        self.ended.is_none() && now < self.expires
    }
}

/// Decides about a refresh token that a client shows.
pub(crate) fn trade(token: &RefreshToken, session: &Session, network: Option<&str>, now: Instant) -> Trade {
    if !session.goes_on(now) {
        return Trade::Refused;
    }
    match token.used {
        None if now < token.expires => Trade::Fresh,
        None => Trade::Refused,
        Some(used) if now.since(used) <= LOST_ANSWER && token.used_network.as_deref() == network => Trade::Repeat,
        Some(_) => Trade::Reused,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Instant {
        Instant::from_micros(1_800_000_000_000_000).plus(Duration::from_secs(seconds))
    }

    fn session() -> Session {
        let nil = uuid::Uuid::nil();
        Session {
            id: nil.into(),
            account: nil.into(),
            person: nil.into(),
            office: nil.into(),
            began: at(0),
            expires: at(1000),
            ended: None,
        }
    }

    #[test]
    fn a_token_is_good_once_and_a_second_time_only_for_a_lost_answer() {
        let token = |used: Option<u64>, network: Option<&str>| RefreshToken {
            hash: String::new(),
            session: uuid::Uuid::nil().into(),
            expires: at(500),
            used: used.map(at),
            used_network: network.map(str::to_owned),
        };
        let here = Some("10.0.0.9");
        let table = [
            (token(None, None), 10, here, Trade::Fresh),
            (token(None, None), 500, here, Trade::Refused),
            (token(Some(10), here), 40, here, Trade::Repeat),
            (token(Some(10), here), 41, here, Trade::Reused),
            (token(Some(10), here), 20, Some("10.0.0.7"), Trade::Reused),
            (token(Some(10), here), 20, None, Trade::Reused),
            (token(Some(10), None), 20, None, Trade::Repeat),
            (token(Some(10), here), 1000, here, Trade::Refused),
        ];
        for (token, now, network, expected) in table {
            assert_eq!(trade(&token, &session(), network, at(now)), expected, "{token:?} at {now}");
        }
        let ended = Session { ended: Some(at(5)), ..session() };
        assert_eq!(trade(&token(None, None), &ended, here, at(10)), Trade::Refused);
        assert_eq!(trade(&token(Some(6), here), &ended, here, at(100)), Trade::Refused);
    }
}
