//! Step-up: a short privilege inside a long session, for a fresh proof of who is there.

use schema_identity::{AccountState, Refusal, StepUp, SteppedUp};
use service::{Audit, Read, Result, Write, recorded};

use super::{
    attempts::{self, Key},
    hashing, passkeys, proving,
};
use crate::{
    domain::{
        password::{self, MOST_BYTES},
        proof::{self, Given, Place},
    },
    settings::Settings,
    store,
};

/// What was found out before the transaction.
#[derive(Clone)]
pub(crate) struct Attempt {
    /// Under which keys failures count.
    keys: Vec<Key>,
    /// The kept hash that a given password fits.
    fits: Option<String>,
}

pub(crate) async fn check(cx: Read, call: StepUp) -> Result<Attempt> {
    let settings = cx.settings::<Settings>();
    let account = cx.person()?.account;
    let kept = store::accounts::own(cx.db(), account).await?.ok_or(Refusal::AccountMissing)?;
    // Guesses here count as guesses at the door.
    let keys = attempts::keys(kept.account.username.as_deref(), cx.network(), &settings);
    attempts::look(cx.db(), &keys, cx.now).await?;
    let factors = store::factors::of(cx.db(), account).await?;
    let Given::Password(typed) = proof::given(&call.proof, factors, Place::StepUp)? else {
        return Ok(Attempt { keys, fits: None });
    };
    let typed = password::normal(&typed.0);
    let stored = kept.password.filter(|_| typed.len() <= MOST_BYTES);
    let good = hashing::verify(typed, stored.clone(), &settings).await?;
    Ok(Attempt { keys, fits: stored.filter(|_| good) })
}

pub(crate) async fn step_up(cx: Write, call: StepUp, attempt: Attempt) -> Result<SteppedUp> {
    let Attempt { keys, fits } = attempt;
    let caller = cx.person()?;
    attempts::lock(cx.tx(), &keys, cx.now).await?;
    let kept = store::accounts::lock_own(cx.tx(), caller.account).await?.ok_or(Refusal::AccountMissing)?;
    // Looked at once more: a factor or the password may have changed meanwhile.
    let factors = store::factors::of(cx.tx(), caller.account).await?;
    let given = proof::given(&call.proof, factors, Place::StepUp)?;
    let holds = match given {
        Given::Password(_) => fits.is_some() && fits == kept.password,
        Given::Passkey(answer) => {
            let asked = passkeys::asked_to_step_up(&cx, answer).await?;
            proving::holds(&cx, caller.account, given, asked.as_deref()).await?
        }
        Given::Totp(_) | Given::RecoveryCode(_) => proving::holds(&cx, caller.account, given, None).await?,
    };
    let act = Audit::of("session", caller.session).office(kept.account.office);
    let method = format!("{:?}", given.method());
    if !holds || kept.account.state != AccountState::Active {
        attempts::failed(cx.tx(), &keys, cx.now).await?;
        cx.audit(act.field("refused", method)).await?;
        return Err(recorded(proving::WRONG));
    }
    attempts::succeeded(cx.tx(), &keys).await?;
    let until = proving::fresh_until(&cx.settings::<Settings>(), cx.now);
    store::proofs::step_up(cx.tx(), caller.session, until, cx.now).await?;
    cx.audit(act.field("stepped_up", method)).await?;
    Ok(SteppedUp { until })
}
