//! Whose handwriting stands on a paper: who holds, or held, a position that instructs.

use schema_identity::{Appointment, ListAppointments, ListPeople, ListPositions, ListRoles, Position, Role};
use wire::Day;

use crate::{
    asking::Part,
    kit::timeline::Names,
    screens::{account::standing::every, admin::sheet::span},
    visit::Inside,
    words::Words,
};

/// What lets a position instruct.
const INSTRUCT: &str = "documents.incoming.instruct";

/// Person and position as one value, with the words for them; whoever holds the position today before others.
pub(crate) async fn of(inside: &Inside) -> Part<Vec<(String, String)>> {
    let office = inside.who.office();
    let (limit, cursor) = (Some(200), None);
    let of_positions = ListPositions { office, unit: None, as_of: None, limit, cursor: cursor.clone() };
    let of_held = ListAppointments { office, person: None, position: None, as_of: None, limit, cursor: cursor.clone() };
    let onward = |call: &mut ListAppointments, next| call.cursor = Some(next);
    let of_people = ListPeople { office, q: None, as_of: None, limit, cursor };
    let (positions, held, roles, people) = futures_util::join!(
        inside.part(&of_positions),
        every(inside, of_held, onward),
        inside.part(&ListRoles {}),
        inside.part(&of_people),
    );
    let names = Names::of(people.here());
    let (positions, held, roles) = match (positions, held, roles) {
        (Part::Here(positions), Part::Here(held), Part::Here(roles)) => (positions, held, roles),
        (Part::Silent(silence), ..) | (_, Part::Silent(silence), _) | (.., Part::Silent(silence)) => {
            return Part::Silent(silence);
        }
    };
    let me = inside.who.me.person.id;
    let held: Vec<Appointment> = held.into_iter().filter(|one| one.person != me).collect();
    Part::Here(hands(&positions.items, &held, &roles.items, (&names, inside.visit.today(), inside.visit.words)))
}

fn hands(
    positions: &[Position],
    held: &[Appointment],
    roles: &[Role],
    (names, today, w): (&Names, Day, Words),
) -> Vec<(String, String)> {
    let instructs = |name: &String| {
        roles.iter().any(|role| role.name == *name && role.permissions.iter().any(|one| one == INSTRUCT))
    };
    let mut found: Vec<(bool, String, String)> = Vec::new();
    for one in held.iter().filter(|one| one.from <= today) {
        let position = positions.iter().find(|position| position.id == one.position);
        let Some(position) = position.filter(|position| position.roles.iter().any(instructs)) else { continue };
        let past = one.to.is_some_and(|to| to <= today);
        let when = if past { format!(" ({})", span(one.from, one.to, w)) } else { String::new() };
        let label = format!("{} – {}{when}", position.title, names.get(one.person));
        found.push((past, format!("{}.{}", one.person, one.position), label));
    }
    found.sort_by(|one, other| (one.0, &one.2).cmp(&(other.0, &other.2)));
    found.into_iter().map(|(_, value, label)| (value, label)).collect()
}
