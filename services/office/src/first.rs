//! The first administrator: nobody can sign in before, and there is no default password. The first start makes a
//! one-time code; it is told again at every start until it is used.

use std::{
    fs::{self, OpenOptions},
    io::Write as _,
    os::unix::fs::OpenOptionsExt as _,
    path::Path,
};

use anyhow::{Context as _, Result};
use schema_identity::{AccountState, Bootstrap, Enrolment, IssueEnrolment, ListAccounts, Reach};
use serde::{Deserialize, Serialize};
use wire::{
    Fault, Instant,
    id::{OfficeId, PersonId},
};

use crate::Standalone;

/// Where the code is kept until it is used, readable by the owner of the folder only.
const FILE: &str = "first-administrator.json";

/// Who the first administrator is, and their code while it is unused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Waiting {
    office: OfficeId,
    person: PersonId,
    enrolment: Enrolment,
}

/// The code of the first administrator, while nobody has used it.
///
/// # Errors
/// When there is no office with this code, or the file of the code cannot be read or written.
pub(crate) async fn code(office: &Standalone, folder: &Path, of: &str, full_name: &str) -> Result<Option<Enrolment>> {
    let path = folder.join(FILE);
    let call = Bootstrap { office: of.to_owned(), full_name: full_name.to_owned(), reach: Reach::Below };
    match office.ask(&call).await {
        Ok(made) => {
            let waiting = Waiting { office: made.office, person: made.person, enrolment: made.enrolment };
            write(&path, &waiting)?;
            Ok(Some(waiting.enrolment))
        }
        Err(error) if is_done(&error) => still_waiting(office, &path).await,
        Err(error) => Err(error.context(format!("cannot make the first administrator in the office `{of}`"))),
    }
}

fn is_done(error: &anyhow::Error) -> bool {
    error.downcast_ref::<Fault>().is_some_and(|fault| fault.code == "identity.bootstrap_done")
}

/// The code that an earlier start made, when it is still unused; a new one when it is too old.
async fn still_waiting(office: &Standalone, path: &Path) -> Result<Option<Enrolment>> {
    if !path.exists() {
        return Ok(None);
    }
    let cannot = || format!("cannot read `{}`: remove it, and let another administrator make a code", path.display());
    let text = fs::read_to_string(path).with_context(cannot)?;
    let mut waiting: Waiting = serde_json::from_str(&text).with_context(cannot)?;
    let call = ListAccounts { office: waiting.office, person: Some(waiting.person), limit: None, cursor: None };
    let account = office.ask(&call).await?.items.pop();
    let Some(account) = account.filter(|account| account.state == AccountState::Locked) else {
        fs::remove_file(path).with_context(|| format!("cannot remove `{}`", path.display()))?;
        return Ok(None);
    };
    if is_over(&waiting.enrolment, office.platform().clock.now()) {
        waiting.enrolment = office.ask(&IssueEnrolment { id: account.id }).await?;
        write(path, &waiting)?;
    }
    Ok(Some(waiting.enrolment))
}

fn is_over(enrolment: &Enrolment, now: Instant) -> bool {
    enrolment.expires <= now
}

fn write(path: &Path, waiting: &Waiting) -> Result<()> {
    let cannot = || format!("cannot write `{}`", path.display());
    let text = serde_json::to_vec_pretty(waiting)?;
    let mut file =
        OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path).with_context(cannot)?;
    file.write_all(&text).and_then(|()| file.sync_all()).with_context(cannot)
}
