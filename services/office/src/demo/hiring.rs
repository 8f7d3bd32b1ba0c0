//! Hires the cast: people, positions, appointments, accounts, one-time codes, passwords, as administrators do it.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use schema_identity::{
    Bootstrap, CreateAppointment, CreatePerson, CreatePosition, Enrol, Enrolment, FindUnits, Hidden, IssueEnrolment,
    ListOffices, Office, OfficeKind, OpenAccount, Reach,
};
use wire::{
    Call,
    id::{OfficeId, UnitId},
};

use super::{
    accounts::{self, Account},
    desk::Desk,
    script::{CENTRE, Cast, PROVINCE, Player, Troupe},
};
use crate::progress::Progress;

/// The administrator of the centre, who is the first of all.
pub(super) const FIRST: &str = "tw.quantri";
/// The administrator of the province, who hires for the communes too.
pub(super) const PROVINCIAL: &str = "th.quantri";

/// An office of the demo with what the script needs of it.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) id: OfficeId,
    pub(crate) code: String,
    /// The name of its committee.
    pub(crate) committee: String,
    prefix: String,
    units: BTreeMap<String, UnitId>,
}

impl Place {
    /// The name to sign in with of somebody whom the script names by role.
    pub(crate) fn who(&self, role: &str) -> String {
        format!("{}.{role}", self.prefix)
    }

    /// A text of the script with the committee's name in it.
    pub(crate) fn said(&self, text: &str) -> String {
        text.replace("{committee}", &self.committee)
    }

    /// A unit by its name.
    pub(crate) fn unit(&self, name: &str) -> Result<UnitId> {
        let name = self.said(name);
        self.units.get(&name).copied().with_context(|| format!("`{}` has no unit `{name}`", self.committee))
    }
}

/// Hires everybody, and gives the offices and the accounts.
pub(crate) async fn hire(desk: &mut Desk<'_>, cast: &Cast) -> Result<(Vec<Place>, Vec<Account>)> {
    let people = cast.office.iter().map(|troupe| troupe.person.len()).sum();
    let progress = Progress::begin("Lập tài khoản mẫu (hiring invented people)", people);
    let (mut places, mut accounts) = (Vec::new(), Vec::new());
    for troupe in &cast.office {
        if troupe.code == CENTRE {
            accounts.push(first(desk, troupe).await?);
            progress.step(1);
        }
        let place = find(desk, troupe).await?;
        for player in troupe.person.iter().filter(|player| place.who(&player.role) != FIRST) {
            accounts.push(one(desk, &place, troupe, player).await?);
            progress.step(1);
        }
        places.push(place);
    }
    if let Some(centre) = places.first() {
        accounts.iter_mut().filter(|account| account.username == FIRST).for_each(|account| {
            account.office.clone_from(&centre.committee);
        });
    }
    progress.end(&format!("{} tài khoản", accounts.len()));
    Ok((places, accounts))
}

/// The first administrator of all, by the one-time code of the installation.
async fn first(desk: &mut Desk<'_>, troupe: &Troupe) -> Result<Account> {
    let player = troupe.person.first().context("the centre has an administrator")?;
    let call = Bootstrap { office: troupe.code.clone(), full_name: player.name.clone(), reach: Reach::Below };
    let made = desk.ask_as_operator(&call).await?;
    enrol(desk, FIRST, player, made.enrolment).await
}

/// The office of a troupe.
async fn find(desk: &mut Desk<'_>, troupe: &Troupe) -> Result<Place> {
    let kind = match troupe.code.as_str() {
        CENTRE => OfficeKind::Centre,
        PROVINCE => OfficeKind::Province,
        _ => OfficeKind::Commune,
    };
    let mut parent = None;
    if kind == OfficeKind::Commune {
        parent = Some(listed(desk, PROVINCE, OfficeKind::Province, None).await?.id);
    }
    let office = listed(desk, &troupe.code, kind, parent).await?;
    let call = FindUnits { office: Some(office.id), limit: Some(200), ..FindUnits::default() };
    let units = desk.ask(FIRST, &call).await?.items;
    Ok(Place {
        id: office.id,
        code: office.code,
        committee: office.name,
        prefix: troupe.prefix.clone(),
        units: units.into_iter().map(|unit| (unit.name, unit.id)).collect(),
    })
}

async fn listed(desk: &mut Desk<'_>, code: &str, kind: OfficeKind, parent: Option<OfficeId>) -> Result<Office> {
    let call = ListOffices { kind: Some(kind), parent, limit: Some(200), ..ListOffices::default() };
    let offices = desk.ask(FIRST, &call).await?.items;
    offices.into_iter().find(|office| office.code == code).with_context(|| format!("there is no office `{code}`"))
}

/// Who hires: the administrator of the centre there, that of the province below. Whoever looks below the province is
/// hired by the operator, since nobody gives a reach they do not have.
async fn ask<C: Call>(desk: &mut Desk<'_>, place: &Place, player: &Player, call: &C) -> Result<C::Reply> {
    match place.code.as_str() {
        _ if player.below => desk.ask_as_operator(call).await,
        CENTRE => desk.ask(FIRST, call).await,
        _ => desk.ask(PROVINCIAL, call).await,
    }
}

async fn one(desk: &mut Desk<'_>, place: &Place, troupe: &Troupe, player: &Player) -> Result<Account> {
    let (office, from) = (place.id, identity::listing::OFFICIAL_SINCE);
    let call = CreatePerson { office, full_name: player.name.clone(), contact: None };
    let person = ask(desk, place, player, &call).await?.id;
    let call = CreatePosition {
        office,
        unit: place.unit(player.unit.as_ref().unwrap_or(&troupe.unit))?,
        title: player.title.clone(),
        roles: player.roles.clone(),
        head: player.head,
        reach: if player.below { Reach::Below } else { Reach::Own },
        reports_to: None,
        from,
        to: None,
    };
    let position = ask(desk, place, player, &call).await?.id;
    let call = CreateAppointment { office, person, position, from, to: None, instrument: None };
    ask(desk, place, player, &call).await?;
    let account = ask(desk, place, player, &OpenAccount { office, person }).await?.id;
    let enrolment = ask(desk, place, player, &IssueEnrolment { id: account }).await?;
    let mut account = enrol(desk, &place.who(&player.role), player, enrolment).await?;
    account.office.clone_from(&place.committee);
    Ok(account)
}

/// The person chooses a password.
async fn enrol(desk: &mut Desk<'_>, username: &str, player: &Player, enrolment: Enrolment) -> Result<Account> {
    let password = accounts::password();
    let call = Enrol { code: enrolment.code, username: username.to_owned(), password: Hidden::from(password.as_str()) };
    let username = desk.ask_as_operator(&call).await?.username;
    desk.know(&username, &password);
    let (person, roles) = (player.name.clone(), player.roles.clone());
    Ok(Account { username, password, person, office: String::new(), roles })
}
