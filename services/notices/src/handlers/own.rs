//! One's own settings: by e-mail or not, how often, of what.

use schema_notices::{ConfirmNoticeAddress, GetNoticeSettings, NoticeSettings, PutNoticeSettings, Refusal};
use service::{Audit, Read, Result, Write, recorded};
use wire::id::OfficeId;

use crate::{
    Settings,
    domain::preference::{self, Preference},
    store::{
        mails::{self, Content, Mail},
        notices, preferences,
    },
};

/// The caller's settings.
pub(crate) async fn get(cx: Read, call: GetNoticeSettings) -> Result<NoticeSettings> {
    let (scope, person) = (cx.office(call.office)?, cx.person()?.person);
    let kept = preferences::one(cx.db(), &scope, person).await?;
    let kept = kept.unwrap_or_else(|| Preference::usual(call.office, person));
    Ok(kept.shown(cx.settings::<Settings>().smtp_url.is_set()))
}

/// Sets them; a new address gets a code.
pub(crate) async fn put(cx: Write, call: PutNoticeSettings) -> Result<NoticeSettings> {
    let current = current(&cx, call.office).await?;
    cx.expect(current.version)?;
    let configured = cx.settings::<Settings>().smtp_url.is_set();
    let (next, code_to) = preference::put(&current, call, configured, cx.now)?;
    if let Some(address) = code_to {
        let (office, person, content) = (next.office, next.person, Content::Code);
        let mail = Mail { id: cx.fresh(), office, person, address, content, attempts: 0, due: cx.now };
        mails::insert(cx.tx(), mail).await?;
    }
    if next.address.is_none() {
        notices::mailed(cx.tx(), next.office, next.person).await?;
    }
    preferences::save(cx.tx(), next.clone()).await?;
    audit(&cx, &next).await?;
    Ok(next.shown(configured))
}

/// Confirms a new address. A wrong code is counted although it is refused.
pub(crate) async fn confirm(cx: Write, call: ConfirmNoticeAddress) -> Result<NoticeSettings> {
    let current = current(&cx, call.office).await?;
    let (next, proven) = preference::confirm(&current, &call.code, cx.now)?;
    preferences::save(cx.tx(), next.clone()).await?;
    if !proven {
        return Err(recorded(Refusal::CodeWrong));
    }
    audit(&cx, &next).await?;
    Ok(next.shown(cx.settings::<Settings>().smtp_url.is_set()))
}

/// Where notices go is written down: whoever takes over an account would turn them to themselves.
async fn audit(cx: &Write, kept: &Preference) -> Result<()> {
    let address = kept.address.as_deref().unwrap_or_default();
    let pending = kept.pending.as_deref().unwrap_or_default();
    let act = Audit::of("notice_settings", kept.person).office(kept.office);
    cx.audit(act.field("address", address).field("unconfirmed_address", pending)).await
}

async fn current(cx: &Write, office: OfficeId) -> Result<Preference> {
    cx.office(office)?;
    let person = cx.person()?.person;
    let kept = preferences::locked(cx.tx(), office, person).await?;
    Ok(kept.unwrap_or_else(|| Preference::usual(office, person)))
}
