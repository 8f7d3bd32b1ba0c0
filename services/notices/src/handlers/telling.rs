//! What happens to a matter: the notices that it makes, and those that it settles.

use schema_notices::{Notice, NoticeGiven};
use service::{Result, Write};
use wire::id::PersonId;

use crate::{
    Settings,
    domain::{
        compare::compare,
        hours::Hours,
        matter::Matter,
        wanted::{Look, Want, wanted},
    },
    store::{matters, notices, preferences, seats},
};

impl Settings {
    /// When the office works.
    pub(crate) fn hours(&self) -> Hours {
        Hours { opens: self.opens, closes: self.closes }
    }
}

/// Takes what was told of a noun, unless something later is known already.
pub(crate) async fn take(cx: &Write, matter: Matter) -> Result<()> {
    let known = matters::locked(cx.tx(), cx.scope(), matter.source.id).await?;
    if !cx.reconciling() && known.as_ref().is_some_and(|known| known.version >= matter.version) {
        return Ok(());
    }
    matters::keep(cx.tx(), &matter, cx.now.day()).await?;
    settle(cx, &matter, known.as_ref(), false).await
}

/// Brings the notices about a matter in line with whom it needs now. Whoever calls holds its row.
pub(crate) async fn settle(cx: &Write, matter: &Matter, known: Option<&Matter>, daily: bool) -> Result<()> {
    let today = cx.now.day();
    let seats = seats::around(cx.tx(), matter, today).await?;
    let window = cx.settings::<Settings>().due_soon_days;
    let wants = wanted(matter, known, &seats, Look { today, window, daily });
    let open = notices::open(cx.tx(), matter).await?;
    let (settled, given) = compare(&open, &wants);
    notices::settle(cx.tx(), &settled, cx.now).await?;
    for want in given {
        give(cx, matter, want).await?;
    }
    Ok(())
}

async fn give(cx: &Write, matter: &Matter, want: &Want) -> Result<()> {
    let Want { person, kind, due, standing: _ } = *want;
    let to_mail = mail(cx, matter, person, want).await?;
    let notice = Notice {
        id: cx.fresh(),
        office: matter.office,
        kind,
        source: matter.source,
        due,
        at: cx.now,
        read_at: None,
        settled_at: None,
    };
    let notice = notices::give(cx.tx(), person, matter, notice, to_mail).await?;
    cx.emit(&NoticeGiven { notice }).await
}

/// Whether the notice is mailed; the first one that waits begins the interval of the next mail.
async fn mail(cx: &Write, matter: &Matter, person: PersonId, want: &Want) -> Result<bool> {
    if !cx.settings::<Settings>().smtp_url.is_set() {
        return Ok(false);
    }
    let Some(preference) = preferences::locked(cx.tx(), matter.office, person).await? else { return Ok(false) };
    if !preference.mails(want.kind) {
        return Ok(false);
    }
    if preference.next_mail.is_none() {
        preferences::mail_at(cx.tx(), &preference, Some(preference.due_mail(cx.now))).await?;
    }
    Ok(true)
}
