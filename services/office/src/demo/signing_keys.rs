//! Keys for trials: an authority that nobody else trusts issues a certificate to each who signs, and to each body that
//! seals. The keys lie in files, as its folder's name says; a real office keeps them in a security module.

use std::{fs, path::Path};

use anyhow::Result;
use pades::{Subject, TrialAuthority};
use schema_identity::{FindUnits, ListPeople};
use serde_json::json;
use wire::Instant;

use super::{
    accounts::Account,
    desk::Desk,
    hiring::{FIRST, PROVINCIAL, Place},
    script::CENTRE,
};
use crate::{Settings, standalone};

/// The folder within the office's.
const FOLDER: &str = "signing-keys";
/// The certificate of the authority.
const AUTHORITY: &str = "authority.pem";
/// Roles of those who sign.
const SIGNERS: [&str; 6] =
    ["secretary", "deputy_secretary", "standing_member", "chief_of_office", "deputy_chief_of_office", "head_of_board"];

/// The settings, with the demo's keys where the operator has named none.
pub(crate) fn named(mut settings: Settings) -> Settings {
    let folder = settings.data.join(FOLDER);
    if let Some(section) = settings.services.0.get_mut("documents") {
        let unset = |value: &serde_json::Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        let wanted = [("/signing/folder", json!(folder)), ("/signatures/authorities", json!([folder.join(AUTHORITY)]))];
        for (place, value) in wanted {
            if let Some(at) = section.pointer_mut(place).filter(|at| unset(at)) {
                *at = value;
            }
        }
    }
    settings
}

/// Issues the authority's own certificate, which is trusted from the first start on.
pub(crate) fn begin(data: &Path, now: Instant) -> Result<TrialAuthority> {
    let folder = data.join(FOLDER);
    standalone::private(&folder)?;
    let authority = TrialAuthority::new("Tổ chức chứng thực thử nghiệm của bản mẫu", now)?;
    fs::write(folder.join(AUTHORITY), authority.certificate().to_pem())?;
    Ok(authority)
}

/// Issues keys to whoever signs in these offices, and to their bodies.
pub(crate) async fn issue(
    desk: &mut Desk<'_>,
    authority: &mut TrialAuthority,
    (data, now): (&Path, Instant),
    places: &[Place],
    accounts: &[Account],
) -> Result<()> {
    let folder = data.join(FOLDER);
    for place in places {
        let call = ListPeople { office: place.id, q: None, as_of: None, limit: Some(200), cursor: None };
        let administrator = if place.code == CENTRE { FIRST } else { PROVINCIAL };
        for person in desk.ask(administrator, &call).await?.items {
            let signs = |account: &&Account| account.office == place.committee && account.person == person.full_name;
            let account = accounts.iter().find(signs);
            if account.is_some_and(|account| account.roles.iter().any(|role| SIGNERS.contains(&role.as_str()))) {
                let subject = Subject::Person { name: &person.full_name, organisation: &place.committee };
                keep(&folder, &format!("person-{}", person.id), authority, &subject, now)?;
            }
        }
        let call = FindUnits { office: Some(place.id), limit: Some(200), ..FindUnits::default() };
        for unit in desk.ask(FIRST, &call).await?.items {
            let Some(code) = unit.body else { continue };
            let subject = Subject::Organisation { name: &unit.name };
            keep(&folder, &format!("body-{}-{code}", place.id), authority, &subject, now)?;
        }
    }
    Ok(())
}

fn keep(folder: &Path, label: &str, authority: &mut TrialAuthority, subject: &Subject<'_>, now: Instant) -> Result<()> {
    let issued = authority.issue(subject, now)?;
    fs::write(folder.join(format!("{label}.key.pem")), &issued.key)?;
    let chain = format!("{}{}", issued.certificate.to_pem(), authority.certificate().to_pem());
    fs::write(folder.join(format!("{label}.pem")), chain)?;
    Ok(())
}
