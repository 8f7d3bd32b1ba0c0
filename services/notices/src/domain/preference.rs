//! How a person wants to be told, and how an address is proven: nothing but a code goes to one that is not.

use std::time::Duration;

use schema_notices::{NoticeKind, NoticeSettings, PutNoticeSettings, Refusal};
use wire::{
    Instant, Version,
    id::{OfficeId, PersonId},
};

use crate::domain::address;

/// The shortest time between two mails, in minutes.
const LEAST: u16 = 15;
/// The longest: a day.
const MOST: u16 = 24 * 60;
/// The time between two mails unless somebody chooses.
const USUAL: u16 = 60;
/// How long a code is good.
const CODE_LIFE: Duration = Duration::from_secs(24 * 3600);
/// How often a wrong code is looked at.
const TRIES: i64 = 5;
/// How many minutes lie between two codes at least.
const CODE_MINUTES: u16 = 10;

/// How somebody wants to be told of what needs them in an office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Preference {
    /// The office.
    pub(crate) office: OfficeId,
    /// Whose it is.
    pub(crate) person: PersonId,
    /// How often it was changed.
    pub(crate) version: Version,
    /// The proven address.
    pub(crate) address: Option<String>,
    /// A new address that is to be proven.
    pub(crate) pending: Option<String>,
    /// The hash of the code that was mailed to it; absent until the code was mailed.
    pub(crate) code_hash: Option<String>,
    /// How many wrong codes were tried.
    pub(crate) code_tries: i64,
    /// When a code was last asked for.
    pub(crate) code_asked_at: Option<Instant>,
    /// At most one mail in so many minutes.
    pub(crate) bundle_minutes: u16,
    /// What is mailed.
    pub(crate) kinds: Vec<NoticeKind>,
    /// When the notices that wait are mailed; absent while none waits.
    pub(crate) next_mail: Option<Instant>,
}

impl Preference {
    /// What holds until somebody chooses.
    pub(crate) fn usual(office: OfficeId, person: PersonId) -> Self {
        Self {
            office,
            person,
            version: Version(0),
            address: None,
            pending: None,
            code_hash: None,
            code_tries: 0,
            code_asked_at: None,
            bundle_minutes: USUAL,
            kinds: NoticeKind::ALL.to_vec(),
            next_mail: None,
        }
    }

    /// What its owner sees of it.
    pub(crate) fn shown(&self, mail_configured: bool) -> NoticeSettings {
        NoticeSettings {
            office: self.office,
            version: self.version,
            address: self.address.clone(),
            unconfirmed_address: self.pending.clone(),
            bundle_minutes: self.bundle_minutes,
            kinds: self.kinds.clone(),
            mail_configured,
        }
    }

    /// Whether a notice of this kind is mailed.
    pub(crate) fn mails(&self, kind: NoticeKind) -> bool {
        self.address.is_some() && self.kinds.contains(&kind)
    }

    /// When the notices that wait are mailed, once one waits that was given now: the first begins the interval in which
    /// all others are bundled with it.
    pub(crate) fn due_mail(&self, now: Instant) -> Instant {
        self.next_mail.unwrap_or_else(|| now.plus(Duration::from_secs(u64::from(self.bundle_minutes) * 60)))
    }
}

/// The preference as its owner sets it, and the address that a code must be mailed to.
pub(crate) fn put(
    current: &Preference,
    call: PutNoticeSettings,
    mail_configured: bool,
    now: Instant,
) -> Result<(Preference, Option<String>), Refusal> {
    let PutNoticeSettings { office: _, address, bundle_minutes, mut kinds } = call;
    if !(LEAST..=MOST).contains(&bundle_minutes) {
        return Err(Refusal::BundleOutside { least: LEAST, most: MOST });
    }
    kinds.sort_unstable();
    kinds.dedup();
    let mut next = Preference { version: current.version.next(), bundle_minutes, kinds, ..current.clone() };
    let address = address.as_deref().map(address::clean).transpose()?;
    if address == current.address {
        forget_pending(&mut next);
        return Ok((next, None));
    }
    let Some(address) = address else {
        forget_pending(&mut next);
        (next.address, next.next_mail) = (None, None);
        return Ok((next, None));
    };
    let fresh = now.minus(Duration::from_secs(u64::from(CODE_MINUTES) * 60));
    let just_asked = current.code_asked_at.is_some_and(|asked| asked > fresh);
    if just_asked && current.pending.as_ref() == Some(&address) && current.code_tries < TRIES {
        return Ok((next, None));
    }
    if !mail_configured {
        return Err(Refusal::MailNotConfigured);
    }
    if just_asked {
        return Err(Refusal::CodeTooSoon { minutes: CODE_MINUTES });
    }
    forget_pending(&mut next);
    next.pending = Some(address.clone());
    next.code_asked_at = Some(now);
    Ok((next, Some(address)))
}

/// What a code did: the preference to be kept, and whether the address is proven by it.
pub(crate) fn confirm(current: &Preference, code: &str, now: Instant) -> Result<(Preference, bool), Refusal> {
    let asked = current.code_asked_at.filter(|asked| now.since(*asked) < CODE_LIFE);
    let (Some(address), Some(hash), Some(_)) = (&current.pending, &current.code_hash, asked) else {
        return Err(Refusal::NothingToConfirm);
    };
    if current.code_tries >= TRIES {
        return Err(Refusal::NothingToConfirm);
    }
    let mut next = Preference { version: current.version.next(), ..current.clone() };
    if address::hash(current.person, code) != *hash {
        next.code_tries += 1;
        return Ok((next, false));
    }
    next.address = Some(address.clone());
    forget_pending(&mut next);
    Ok((next, true))
}

/// The moment of the last code stays, so that codes cannot be asked for one after the other.
fn forget_pending(preference: &mut Preference) {
    (preference.pending, preference.code_hash, preference.code_tries) = (None, None, 0);
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn now() -> Instant {
        "2026-11-23T02:00:00Z".parse().unwrap()
    }

    fn usual() -> Preference {
        Preference::usual(OfficeId(Uuid::from_u128(1)), PersonId(Uuid::from_u128(2)))
    }

    fn call(address: Option<&str>) -> PutNoticeSettings {
        let kinds = vec![NoticeKind::Overdue, NoticeKind::Overdue];
        PutNoticeSettings { office: usual().office, address: address.map(Into::into), bundle_minutes: 30, kinds }
    }

    #[test]
    fn an_address_is_used_only_after_its_code() {
        let (asked, code_to) = put(&usual(), call(Some("an@example.vn")), true, now()).unwrap();
        assert_eq!((asked.address.clone(), code_to.as_deref()), (None, Some("an@example.vn")));
        assert!(!asked.mails(NoticeKind::Overdue));
        assert_eq!(confirm(&asked, "12345678", now()), Err(Refusal::NothingToConfirm), "the code is not mailed yet");
        let mailed = Preference { code_hash: Some(address::hash(asked.person, "12345678")), ..asked };
        let (wrong, proven) = confirm(&mailed, "87654321", now()).unwrap();
        assert_eq!((proven, wrong.code_tries, wrong.address.clone()), (false, 1, None));
        let (right, proven) = confirm(&wrong, "12345678", now()).unwrap();
        assert_eq!((proven, right.address.as_deref(), right.pending.clone()), (true, Some("an@example.vn"), None));
        assert!(right.mails(NoticeKind::Overdue) && !right.mails(NoticeKind::DueSoon));
    }

    #[test]
    fn a_code_wears_out_by_age_and_by_wrong_tries() {
        let (asked, _) = put(&usual(), call(Some("an@example.vn")), true, now()).unwrap();
        let mailed = Preference { code_hash: Some(address::hash(asked.person, "12345678")), ..asked };
        let late = now().plus(CODE_LIFE);
        assert_eq!(confirm(&mailed, "12345678", late), Err(Refusal::NothingToConfirm));
        let tried = Preference { code_tries: TRIES, ..mailed };
        assert_eq!(confirm(&tried, "12345678", now()), Err(Refusal::NothingToConfirm));
    }

    #[test]
    fn codes_are_far_apart_whatever_is_set_between() {
        let (asked, _) = put(&usual(), call(Some("an@example.vn")), true, now()).unwrap();
        assert_eq!(put(&asked, call(Some("an@example.vn")), true, now()).unwrap().1, None, "no second code");
        let (none, _) = put(&asked, call(None), true, now()).unwrap();
        let soon = now().plus(Duration::from_secs(599));
        let refused = Err(Refusal::CodeTooSoon { minutes: 10 });
        assert_eq!(put(&none, call(Some("binh@example.vn")), true, soon), refused);
        let later = now().plus(Duration::from_secs(600));
        assert!(put(&none, call(Some("binh@example.vn")), true, later).unwrap().1.is_some());
    }

    #[test]
    fn what_cannot_be_kept_is_refused() {
        assert_eq!(put(&usual(), call(Some("an@example.vn")), false, now()), Err(Refusal::MailNotConfigured));
        for bundle_minutes in [14, 1441] {
            let put = put(&usual(), PutNoticeSettings { bundle_minutes, ..call(None) }, true, now());
            assert_eq!(put, Err(Refusal::BundleOutside { least: 15, most: 1440 }));
        }
        assert_eq!(put(&usual(), call(None), false, now()).unwrap().0.kinds, [NoticeKind::Overdue]);
    }
}
