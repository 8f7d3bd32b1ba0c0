//! The posts of an office: what each may do, who holds it, and who is away from it.

use schema_documents::ExecutionSigner;
use schema_identity::{Absence, Appointment, ListAbsences, ListAppointments, ListPositions, ListRoles, Position, Role};
use wire::{
    Page,
    id::{PositionId, UnitId},
};

use crate::{asking::Part, kit::timeline::Names, visit::Inside, words::Words};

/// What lets a position read what came in.
const READ: &str = "documents.incoming.read";

/// What is known of the posts of an office; what did not come leaves its notes out.
pub(crate) struct Posts {
    positions: Vec<Position>,
    /// Whether these are all positions there are, with what each may do.
    whole: bool,
    holders: Vec<Appointment>,
    roles: Vec<Role>,
    absences: Vec<Absence>,
}

impl Posts {
    /// Asks for all of it at once.
    pub(crate) async fn ask(inside: &Inside) -> Self {
        let (office, today, limit) = (inside.who.office(), inside.visit.today(), Some(200));
        let of_positions = ListPositions { office, unit: None, as_of: None, limit, cursor: None };
        let of_holders =
            ListAppointments { office, person: None, position: None, as_of: Some(today), limit, cursor: None };
        let of_absences = ListAbsences { office, as_of: Some(today), limit, cursor: None };
        let of_roles = ListRoles {};
        let (positions, holders, roles, absences) = futures_util::join!(
            inside.part(&of_positions),
            inside.part(&of_holders),
            inside.part(&of_roles),
            inside.part(&of_absences),
        );
        Self {
            whole: positions.here().is_some_and(|page| page.next.is_none()) && roles.here().is_some(),
            positions: items(positions),
            holders: items(holders),
            roles: roles.here().map(|all| all.items.clone()).unwrap_or_default(),
            absences: items(absences),
        }
    }

    fn allows(&self, position: &Position, permission: &str) -> bool {
        let of_position = self.roles.iter().filter(|role| position.roles.contains(&role.name));
        of_position.into_iter().any(|role| role.permissions.iter().any(|one| one == permission))
    }

    fn absence(&self, position: PositionId) -> Option<&Absence> {
        self.absences.iter().find(|one| one.position == position)
    }

    /// What is to be known of a unit before it is chosen, and whether it cannot be, since nobody there may read what came in.
    pub(crate) fn note(&self, unit: UnitId, told: &impl Fn(&Absence) -> String, w: Words) -> (String, bool) {
        let mut own = self.positions.iter().filter(|one| one.unit == unit);
        if self.whole && !own.clone().any(|one| self.allows(one, READ)) {
            return (w.t("deciding-nobody-reads"), true);
        }
        let head = own.find(|one| one.head).and_then(|head| self.absence(head.id));
        (head.map(told).unwrap_or_default(), false)
    }

    /// The positions that may do something, each with its title, who holds it, and who stands in while they are away.
    pub(crate) fn able(
        &self,
        permission: &str,
        names: &Names,
        told: &impl Fn(&Absence) -> String,
    ) -> Vec<(String, String)> {
        let label = |position: &Position| {
            if let Some(absence) = self.absence(position.id) {
                return format!("{} – {}", position.title, told(absence));
            }
            let holder = self.holders.iter().find(|one| one.position == position.id).map(|one| names.get(one.person));
            match holder.filter(|name| !name.is_empty()) {
                Some(name) => format!("{} – {name}", position.title),
                None => position.title.clone(),
            }
        };
        let able = self.positions.iter().filter(|position| self.allows(position, permission));
        able.map(|position| (position.id.to_string(), label(position))).collect()
    }

    /// Who may do something in their own position, each as position and holder, with words for both.
    pub(crate) fn holding(&self, permission: &str, names: &Names) -> Vec<(ExecutionSigner, String)> {
        let able = self.positions.iter().filter(|position| self.allows(position, permission));
        let held = able.filter_map(|position| {
            let holder = self.holders.iter().find(|one| one.position == position.id)?;
            let name = Some(names.get(holder.person)).filter(|name| !name.is_empty())?;
            let signer = ExecutionSigner { person: holder.person, position: position.id };
            Some((signer, format!("{} – {name}", position.title)))
        });
        held.collect()
    }
}

fn items<T>(part: Part<Page<T>>) -> Vec<T> {
    match part {
        Part::Here(page) => page.items,
        Part::Silent(_) => Vec::new(),
    }
}
