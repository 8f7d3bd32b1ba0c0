//! Words and colours of tiers, shares, accounts and registers.

use schema_documents::{NumberRegister, OpeningState, PeriodKind, RegisterKind, RegisterState};
use schema_identity::{AccountState, FormerKind, OfficeKind, Share, UnitActKind};

use crate::{
    format,
    kit::chip::{Chip, Tone},
    words::Words,
};

/// The tier of an office.
pub(crate) fn tier(kind: OfficeKind, w: Words) -> String {
    match kind {
        OfficeKind::Centre => w.t("admin-tier-centre"),
        OfficeKind::Province => w.t("admin-tier-province"),
        OfficeKind::Commune => w.t("admin-tier-commune"),
    }
}

/// The tier of a unit of before the reform.
pub(crate) fn former(kind: FormerKind, w: Words) -> String {
    match kind {
        FormerKind::Commune => w.t("admin-former-commune"),
        FormerKind::District => w.t("admin-former-district"),
        FormerKind::Province => w.t("admin-former-province"),
    }
}

/// How much went over.
pub(crate) fn share(share: Share, w: Words) -> Chip {
    match share {
        Share::Whole => Chip::new(Tone::Good, "check", w.t("admin-share-whole")),
        Share::MainPart => Chip::new(Tone::Info, "flag", w.t("admin-share-main")),
        Share::Part => Chip::new(Tone::Plain, "info", w.t("admin-share-part")),
    }
}

/// What an act did to a unit.
pub(crate) fn unit_act(kind: UnitActKind, w: Words) -> String {
    match kind {
        UnitActKind::Changed => w.t("admin-act-changed"),
        UnitActKind::Ended => w.t("admin-act-ended"),
        UnitActKind::Merged => w.t("admin-act-merged"),
        UnitActKind::Split => w.t("admin-act-split"),
    }
}

/// Whether an account can be signed in to.
pub(crate) fn account(state: AccountState, w: Words) -> Chip {
    match state {
        AccountState::Active => Chip::new(Tone::Good, "ok", w.t("admin-account-active")),
        AccountState::Disabled => Chip::new(Tone::Late, "stop", w.t("admin-account-disabled")),
        AccountState::Locked => Chip::new(Tone::Soon, "secret", w.t("admin-account-locked")),
    }
}

/// A register by its kind, its body and its time.
pub(crate) fn register(book: &NumberRegister, w: Words) -> String {
    let kind = match book.kind {
        RegisterKind::Incoming => w.t("admin-book-incoming"),
        RegisterKind::Outgoing => w.t("admin-book-outgoing"),
    };
    let of = [book.body_code.clone(), book.genres.as_ref().map(|genres| genres.join(", "))];
    let of: Vec<String> = of.into_iter().flatten().collect();
    let year = match book.period {
        PeriodKind::Year => book.first_day.year().to_string(),
        PeriodKind::Term => w.with("admin-book-term", &[("year", &book.first_day.year().to_string())]),
    };
    [vec![kind], of, vec![year]].concat().join(" · ")
}

/// Whether a register still gives numbers.
pub(crate) fn register_state(state: RegisterState, w: Words) -> Chip {
    match state {
        RegisterState::Open => Chip::new(Tone::Good, "ok", w.t("admin-book-open")),
        RegisterState::Closed => Chip::new(Tone::Plain, "secret", w.t("admin-book-closed")),
    }
}

/// Where an opening act stands.
pub(crate) fn opening(state: OpeningState, w: Words) -> Chip {
    match state {
        OpeningState::Draft => Chip::new(Tone::Plain, "pen", w.t("admin-opening-draft")),
        OpeningState::Applying => Chip::new(Tone::Info, "waiting", w.t("admin-opening-applying")),
        OpeningState::Applied => Chip::new(Tone::Good, "ok", w.t("admin-opening-applied")),
        OpeningState::Undoing => Chip::new(Tone::Soon, "waiting", w.t("admin-opening-undoing")),
        OpeningState::Undone => Chip::new(Tone::Plain, "void", w.t("admin-opening-undone")),
    }
}

/// The number that a register gives next, as long as it gives any.
pub(crate) fn next_number(book: &NumberRegister, w: Words) -> String {
    match book.state {
        RegisterState::Open => format::number(book.last + 1, w.0),
        RegisterState::Closed => "–".to_owned(),
    }
}
