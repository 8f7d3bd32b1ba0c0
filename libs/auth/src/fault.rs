//! Why a token is not believed. The reason is for logs and tests; the bearer hears only "expired" or "not good".

use wire::{Fault, Kind};

/// Why a token is not believed. It never holds any part of the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenFault {
    /// Longer than [`TOKEN_LIMIT`](crate::TOKEN_LIMIT); it was not parsed.
    TooLong,
    /// Not a token, or claims are missing or of the wrong shape.
    Malformed,
    /// Signed with anything but EdDSA.
    Algorithm,
    /// The header names no key, or one that the ring does not hold: the ring may be out of date.
    UnknownKey,
    /// The signature does not fit.
    Signature,
    /// Made for another audience: a ticket shown as a caller's token, or the reverse.
    Audience,
    /// The key is not this issuer's, or this issuer may not say such a thing.
    Issuer,
    /// Ends before it begins, or lives longer than such a token may.
    Lifetime,
    /// From the future: the clocks of two machines differ.
    Early,
    /// It was good, and has run out.
    Expired,
}

impl TokenFault {
    /// The fault that the bearer sees: `auth.token_expired` or `auth.token_bad`.
    #[must_use]
    pub fn fault(self) -> Fault {
        let (code, en, vi) = match self {
            Self::Expired => (
                "auth.token_expired",
                "the token has expired; sign in again",
                "mã truy cập đã hết hạn; hãy đăng nhập lại",
            ),
            _ => (
                "auth.token_bad",
                "the token is not good; sign in again",
                "mã truy cập không hợp lệ; hãy đăng nhập lại",
            ),
        };
        Fault::new(Kind::Unauthenticated, code, en, vi)
    }

    /// The reason, for logs.
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::TooLong => "token too long",
            Self::Malformed => "token malformed",
            Self::Algorithm => "token not signed with EdDSA",
            Self::UnknownKey => "token signed with a key that is not known",
            Self::Signature => "token signature does not fit",
            Self::Audience => "token made for another audience",
            Self::Issuer => "token says what its issuer may not say",
            Self::Lifetime => "token lives too long or ends before it begins",
            Self::Early => "token from the future: compare the clocks of the machines",
            Self::Expired => "token expired",
        }
    }
}

impl std::fmt::Display for TokenFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.reason())
    }
}

impl std::error::Error for TokenFault {}

impl From<TokenFault> for Fault {
    fn from(fault: TokenFault) -> Self {
        fault.fault()
    }
}
