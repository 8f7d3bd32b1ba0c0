//! The first administrator, while there is no account.

use schema_identity::{
    Account, AccountState, Appointment, Bootstrap, Bootstrapped, Person, Position, Refusal, UnitHistory,
};
use service::{Result, Write};
use wire::{Day, Version, id::UnitId};

use super::{accounts, appointments, enrolments, people, positions};
use crate::{
    domain::{naming, reporting::Placed, roles::ADMINISTRATOR},
    store,
};

/// The title of the position.
const TITLE: &str = "Quản trị hệ thống";

pub(crate) async fn bootstrap(cx: Write, call: Bootstrap, random: enrolments::Random) -> Result<Bootstrapped> {
    let full_name = naming::line("full_name", &call.full_name)?;
    let found = store::offices::of_codes(cx.tx(), [call.office]).await?.pop().ok_or(Refusal::OfficeMissing)?;
    // Locked, so that of two at once one finds the account of the other.
    let office = store::offices::lock(cx.tx(), found.id).await?.ok_or(Refusal::OfficeMissing)?;
    if store::accounts::any(cx.tx()).await? {
        return Err(Refusal::BootstrapDone.into());
    }
    let from = cx.now.day();
    let unit = office_unit(&store::units::of_office(cx.tx(), office).await?, from).ok_or(Refusal::UnitMissing)?;
    let person = Person { id: cx.fresh(), office, full_name, contact: None, active: true, version: Version::FIRST };
    let position = Position {
        id: cx.fresh(),
        office,
        unit,
        title: TITLE.to_owned(),
        roles: vec![ADMINISTRATOR.to_owned()],
        head: false,
        reach: call.reach,
        reports_to: None,
        from,
        to: None,
        version: Version::FIRST,
    };
    let appointment = Appointment {
        id: cx.fresh(),
        office,
        person: person.id,
        position: position.id,
        from,
        to: None,
        instrument: None,
        version: Version::FIRST,
    };
    let account = Account {
        id: cx.fresh(),
        office,
        person: person.id,
        username: None,
        state: AccountState::Locked,
        version: Version::FIRST,
    };
    store::people::insert(cx.tx(), &person).await?;
    let placed = Placed { position, reporting: Vec::new() };
    store::positions::insert(cx.tx(), &placed).await?;
    store::appointments::insert(cx.tx(), &appointment).await?;
    store::accounts::insert(cx.tx(), &account).await?;
    let (person, position) = (people::tell(&cx, person).await?.id, positions::tell(&cx, placed).await?.id);
    let appointment = appointments::tell(&cx, appointment).await?.id;
    accounts::note(&cx, &account).await?;
    let enrolment = enrolments::put(&cx, account.id, random).await?;
    Ok(Bootstrapped { office, unit, person, position, appointment, enrolment })
}

/// The unit that keeps the systems: the office proper (văn phòng), or the committee itself where there is none.
fn office_unit(units: &[UnitHistory], day: Day) -> Option<UnitId> {
    let now = || units.iter().filter_map(|unit| unit.unit(day));
    now()
        .find(|unit| unit.body.as_deref().is_some_and(|body| body.starts_with("VP")))
        .or_else(|| now().find(|unit| unit.parent.is_none()))
        .map(|unit| unit.id)
}
