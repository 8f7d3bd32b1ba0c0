//! Mail: notices are bundled, and what is ready is sent, in working hours. Sending happens outside of any transaction,
//! before the one that says what became of it.

use std::time::Duration;

use service::{Read, Result, Write};
use tokio::time::Instant as Beat;

use crate::{
    Settings,
    domain::{address, letter},
    mail::{Post, Sent},
    store::{
        mails::{self, Content, Mail},
        notices, people, preferences,
    },
};

/// How often mail is looked after.
pub(crate) const EVERY: Duration = Duration::from_secs(10);
/// The most mails of one run.
const AT_ONCE: u64 = 20;
/// When a run begins no further mail: it has to end before the lease of its job does.
const LONG: Duration = Duration::from_secs(35);
/// The most people whose notices are bundled in one run.
const PEOPLE: u64 = 50;
/// How often a mail is tried before it is given up.
const ATTEMPTS: i64 = 10;
/// How long after the first failed attempt the next follows; twice as long after each further one, up to two hours.
const FIRST_PAUSE: Duration = Duration::from_secs(60);

/// What became of a mail; with the hash of the code that it brought.
pub(crate) struct Outcome {
    mail: Mail,
    sent: Sent,
    code_hash: Option<String>,
}

/// Sends what is ready.
pub(crate) async fn send(cx: Read) -> Result<Vec<Outcome>> {
    let settings = cx.settings::<Settings>();
    let Some(post) = Post::of(&settings).await? else { return Ok(Vec::new()) };
    let begun = Beat::now();
    let mut outcomes = Vec::new();
    for mail in mails::due(cx.db(), cx.scope(), cx.now, settings.hours().at_work(cx.now), AT_ONCE).await? {
        if begun.elapsed() > LONG {
            break;
        }
        let (letter, code_hash) = match &mail.content {
            Content::Bundle(counts) => (letter::bundle(counts, &post.origin), None),
            Content::Code => {
                let code = address::code(rand::random());
                (letter::code(&code, &post.origin), Some(address::hash(mail.person, &code)))
            }
        };
        let sent = post.send(mail.id.into(), &mail.address, letter, cx.now).await;
        outcomes.push(Outcome { mail, sent, code_hash });
    }
    Ok(outcomes)
}

/// Writes down what became of what was sent, and bundles what waits.
pub(crate) async fn record(cx: Write, outcomes: Vec<Outcome>) -> Result<()> {
    for Outcome { mail, sent, code_hash } in outcomes {
        match sent {
            Sent::Taken => taken(&cx, mail, code_hash).await?,
            Sent::NotNow(why) => {
                let again = (mail.attempts + 1 < ATTEMPTS).then(|| cx.now.plus(pause(mail.attempts)));
                mails::not_sent(cx.tx(), &mail, &why, again).await?;
            }
            Sent::Never(why) => mails::not_sent(cx.tx(), &mail, &why, None).await?,
        }
    }
    bundle(&cx).await
}

async fn taken(cx: &Write, mail: Mail, code_hash: Option<String>) -> Result<()> {
    mails::sent(cx.tx(), mail.id).await?;
    if code_hash.is_none() {
        return Ok(());
    }
    let Some(mut preference) = preferences::locked(cx.tx(), mail.office, mail.person).await? else { return Ok(()) };
    // Another address may have been named since; this code proves nothing about that one.
    if preference.pending.as_ref() == Some(&mail.address) {
        (preference.code_hash, preference.code_tries) = (code_hash, 0);
        preferences::save(cx.tx(), preference).await?;
    }
    Ok(())
}

/// Makes one mail of all that waits for a person whose interval is over.
async fn bundle(cx: &Write) -> Result<()> {
    let settings = cx.settings::<Settings>();
    if !settings.smtp_url.is_set() || !settings.hours().at_work(cx.now) {
        return Ok(());
    }
    for preference in preferences::due(cx.tx(), cx.scope(), cx.now, PEOPLE).await? {
        let (office, person) = (preference.office, preference.person);
        let counts = notices::waiting(cx.tx(), office, person).await?;
        notices::mailed(cx.tx(), office, person).await?;
        preferences::mail_at(cx.tx(), &preference, None).await?;
        let address = preference.address.filter(|_| !counts.is_empty());
        let Some(address) = address else { continue };
        if people::is_active(cx.tx(), person).await? {
            let content = Content::Bundle(counts);
            let mail = Mail { id: cx.fresh(), office, person, address, content, attempts: 0, due: cx.now };
            mails::insert(cx.tx(), mail).await?;
        }
    }
    Ok(())
}

fn pause(attempts: i64) -> Duration {
    FIRST_PAUSE * 2_u32.pow(u32::try_from(attempts.clamp(0, 7)).unwrap_or(7)).min(120)
}
