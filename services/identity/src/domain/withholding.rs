//! What an installation may withhold from roles: rights that the release gives them, and nothing without which it could not be
//! undone.

use std::collections::{BTreeMap, BTreeSet};

use schema_identity::{Refusal, RoleVersion, SaveRoleVersion, WithheldRights};
use wire::{Day, Fault, Instant, Refusal as _, Version, id::PersonId};

use super::{
    naming,
    roles::{self, ADMINISTRATOR},
};

/// What the administrator always has: the way back, and letting another administrator in.
const KEPT: [&str; 4] =
    ["identity.accounts.manage", "identity.people.change", "identity.people.read", "identity.roles.change"];

/// Permissions that are withheld, by role.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Withheld(BTreeMap<String, BTreeSet<String>>);

impl Withheld {
    /// What a version withholds. What the administrator keeps is never among it, whatever is written down.
    pub(crate) fn of(rights: &[WithheldRights]) -> Self {
        let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for WithheldRights { role, permissions } in rights {
            let taken = permissions.iter().filter(|permission| !is_kept(role, permission)).cloned();
            all.entry(role.clone()).or_default().extend(taken);
        }
        all.retain(|_, permissions| !permissions.is_empty());
        Self(all)
    }

    /// What was withheld the whole of a day long: somebody had a right on it who had it at any time of it.
    pub(crate) fn on(versions: &[RoleVersion], day: Day) -> Self {
        let before = versions.iter().filter(|one| one.at.day() < day).max_by_key(|one| one.version);
        let mut held = vec![Self::of(before.map_or(&[], |one| &one.withheld))];
        held.extend(versions.iter().filter(|one| one.at.day() == day).map(|one| Self::of(&one.withheld)));
        let mut all = held.pop().unwrap_or_default();
        for other in &held {
            for (role, permissions) in &mut all.0 {
                permissions.retain(|permission| other.holds(role, permission));
            }
        }
        all
    }

    /// Whether a permission is withheld from a role.
    pub(crate) fn holds(&self, role: &str, permission: &str) -> bool {
        self.0.get(role).is_some_and(|permissions| permissions.contains(permission))
    }

    fn rights(&self) -> Vec<WithheldRights> {
        let right = |(role, permissions): (&String, &BTreeSet<String>)| WithheldRights {
            role: role.clone(),
            permissions: permissions.iter().cloned().collect(),
        };
        self.0.iter().map(right).collect()
    }

    fn each(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().flat_map(|(role, all)| all.iter().map(move |permission| (role.as_str(), permission.as_str())))
    }
}

fn is_kept(role: &str, permission: &str) -> bool {
    role == ADMINISTRATOR && KEPT.contains(&permission)
}

/// The next version, as an order of somebody who bears these roles says it.
///
/// # Errors
/// [`Refusal::RoleVersionStale`], [`Refusal::RoleVersionSame`], [`Refusal::RoleUnknown`], [`Refusal::RightUnknown`],
/// [`Refusal::RightNeverWithheld`], [`Refusal::OwnRightUnconfirmed`], [`Refusal::InstrumentLater`]; a line that cannot be kept.
pub(crate) fn save(
    order: &SaveRoleVersion,
    before: Option<&RoleVersion>,
    own: &[String],
    by: PersonId,
    now: Instant,
) -> Result<RoleVersion, Fault> {
    let version = before.map_or(Version(0), |before| before.version);
    if order.replaces != version {
        return Err(Refusal::RoleVersionStale { version: version.0 }.fault());
    }
    for WithheldRights { role, permissions } in &order.withheld {
        permissions.iter().try_for_each(|permission| may_take(role, permission))?;
    }
    let (was, will) = (Withheld::of(before.map_or(&[], |before| &before.withheld)), Withheld::of(&order.withheld));
    if was == will {
        return Err(Refusal::RoleVersionSame.fault());
    }
    let lost = will.each().find(|(role, permission)| own.iter().any(|own| own == role) && !was.holds(role, permission));
    if let Some((_, permission)) = lost.filter(|_| !order.own_right_confirmed) {
        return Err(Refusal::OwnRightUnconfirmed { permission: permission.to_owned() }.fault());
    }
    if order.instrument_day > now.day() {
        return Err(Refusal::InstrumentLater.fault());
    }
    Ok(RoleVersion {
        version: version.next(),
        withheld: will.rights(),
        reason: naming::line("reason", &order.reason)?,
        instrument: naming::line("instrument", &order.instrument)?,
        instrument_day: order.instrument_day,
        at: now,
        by,
    })
}

fn may_take(role: &str, permission: &str) -> Result<(), Fault> {
    let Some(known) = roles::all().iter().find(|known| known.name == role) else {
        return Err(Refusal::RoleUnknown { role: role.to_owned() }.fault().at("withheld"));
    };
    if !known.permissions.iter().any(|given| given == permission) {
        return Err(Refusal::RightUnknown { role: role.to_owned(), permission: permission.to_owned() }.fault());
    }
    if is_kept(role, permission) {
        return Err(Refusal::RightNeverWithheld { permission: permission.to_owned() }.fault());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn rights(pairs: &[(&str, &str)]) -> Vec<WithheldRights> {
        let right = |(role, permission): &(&str, &str)| WithheldRights {
            role: (*role).to_owned(),
            permissions: vec![(*permission).to_owned()],
        };
        pairs.iter().map(right).collect()
    }

    fn order(replaces: i64, pairs: &[(&str, &str)], own_right_confirmed: bool) -> SaveRoleVersion {
        SaveRoleVersion {
            replaces: Version(replaces),
            withheld: rights(pairs),
            reason: "theo quy chế".into(),
            instrument: "21-QĐ/VPTW".into(),
            instrument_day: "2026-11-02".parse().unwrap(),
            own_right_confirmed,
        }
    }

    fn saved(order: &SaveRoleVersion, before: Option<&RoleVersion>) -> Result<RoleVersion, String> {
        let now = "2026-11-02T02:00:00Z".parse().unwrap();
        let own = [ADMINISTRATOR.to_owned()];
        save(order, before, &own, Uuid::from_u128(1).into(), now).map_err(|fault| fault.code)
    }

    const VOID: (&str, &str) = ("document_clerk", "documents.incoming.void");
    const LOG: (&str, &str) = (ADMINISTRATOR, "audit.read");

    #[test]
    fn a_version_follows_the_one_it_saw_and_takes_only_what_the_release_gives() {
        let one = saved(&order(0, &[VOID, VOID], false), None).unwrap();
        assert_eq!((one.version, &one.withheld), (Version(1), &rights(&[VOID])));
        let later = SaveRoleVersion { instrument_day: "2026-11-03".parse().unwrap(), ..order(1, &[], false) };
        let nameless = SaveRoleVersion { instrument: " ".into(), ..order(1, &[], false) };
        let table = [
            (order(0, &[], false), "identity.role_version_stale"),
            (order(1, &[VOID], false), "identity.role_version_same"),
            (order(1, &[("clerk", "documents.incoming.void")], false), "identity.role_unknown"),
            (order(1, &[("document_clerk", "documents.incoming.dispose")], false), "identity.right_unknown"),
            (order(1, &[(ADMINISTRATOR, "identity.roles.change")], true), "identity.right_never_withheld"),
            (order(1, &[(ADMINISTRATOR, "identity.accounts.manage")], true), "identity.right_never_withheld"),
            (order(1, &[LOG], false), "identity.own_right_unconfirmed"),
            (later, "identity.instrument_later"),
            (nameless, "identity.text_length"),
        ];
        for (order, expected) in table {
            assert_eq!(saved(&order, Some(&one)), Err(expected.to_owned()), "{order:?}");
        }
        let two = saved(&order(1, &[LOG], true), Some(&one)).unwrap();
        // What is withheld from oneself already is no loss any more.
        assert!(saved(&order(2, &[LOG, VOID], false), Some(&two)).is_ok());
        assert!(saved(&order(2, &[], false), Some(&two)).unwrap().withheld.is_empty());
    }

    #[test]
    fn on_a_day_is_withheld_what_was_withheld_all_day() {
        let version = |number, at: &str, pairs: &[(&str, &str)]| RoleVersion {
            version: Version(number),
            at: at.parse().unwrap(),
            ..saved(&order(0, &[VOID], false), None).map(|one| RoleVersion { withheld: rights(pairs), ..one }).unwrap()
        };
        let versions = [version(2, "2026-11-05T02:00:00Z", &[LOG]), version(1, "2026-11-03T02:00:00Z", &[VOID, LOG])];
        let table = [
            ("2026-11-02", false, false),
            ("2026-11-03", false, false),
            ("2026-11-04", true, true),
            ("2026-11-05", false, true),
            ("2026-11-06", false, true),
        ];
        for (day, void, log) in table {
            let withheld = Withheld::on(&versions, day.parse().unwrap());
            assert_eq!((withheld.holds(VOID.0, VOID.1), withheld.holds(LOG.0, LOG.1)), (void, log), "{day}");
        }
    }

    proptest! {
        #[test]
        fn nobody_gains_by_a_version_and_the_way_back_stays(
            taken in prop::collection::vec((0usize..18, "[a-z.]{0,30}", any::<prop::sample::Index>()), 0..40),
            borne in prop::collection::vec(0usize..16, 0..4),
        ) {
            let names: Vec<String> = roles::all().iter().map(|role| role.name.clone()).collect();
            let rights: Vec<WithheldRights> = taken.iter().map(|(role, junk, at)| {
                let role = names.get(*role).cloned().unwrap_or_else(|| junk.clone());
                let known = roles::all().iter().find(|known| known.name == role);
                let known = known.map_or_else(|| junk.clone(), |known| at.get(&known.permissions).clone());
                WithheldRights { role, permissions: vec![known, junk.clone()] }
            }).collect();
            let withheld = Withheld::of(&rights);
            let borne: Vec<String> = borne.into_iter().map(|at| names[at].clone()).collect();
            let program = roles::permissions(&borne, &Withheld::default());
            let effective = roles::permissions(&borne, &withheld);
            prop_assert!(effective.is_subset(&program));
            let kept = roles::permissions(&[ADMINISTRATOR.to_owned()], &withheld);
            prop_assert!(KEPT.iter().all(|permission| kept.contains(*permission)));
        }
    }
}
