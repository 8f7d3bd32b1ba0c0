//! G9: who stands in for whom, who is away, and which posts are being handed over: what is asked for it, and its lines.

use std::collections::BTreeMap;

use schema_identity::{
    Absence, AbsenceKind, Appointment, Delegation, Handover, ListAbsences, ListAppointments, ListDelegations,
    ListHandovers, ListPeople, ListPositions, Person, Position, Post,
};
use wire::{
    Call, Cursor, Day, Page as Paged,
    id::{PersonId, PositionId},
};

use crate::{
    asking::Part,
    format,
    kit::{
        chip::{Chip, Tone},
        timeline::Names,
    },
    visit::Inside,
    words::Words,
};

/// How many pages of a list are read at most: a thousand lines, oldest first.
const PAGES: usize = 5;
/// Lines of one page of a list.
const ROWS: u16 = 200;

/// What services know of somebody's standing in and being away.
pub(crate) struct Standing {
    /// Powers that the caller has lent.
    pub(crate) lent: Part<Vec<Delegation>>,
    /// Powers that were lent to the caller.
    pub(crate) borrowed: Part<Vec<Delegation>>,
    pub(crate) absences: Part<Vec<Absence>>,
    pub(crate) handovers: Part<Vec<Handover>>,
    pub(crate) names: Names,
    pub(crate) titles: BTreeMap<PositionId, String>,
    /// Who may stand in: those who hold a position in the office today, with their title.
    pub(crate) candidates: Part<Vec<Candidate>>,
}

/// Somebody who may stand in.
pub(crate) struct Candidate {
    /// Person and position, as the form sends them.
    pub(crate) value: String,
    /// Name and title.
    pub(crate) text: String,
}

/// A line of one of the lists.
pub(crate) struct Line {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) said: Vec<String>,
    pub(crate) chip: Chip,
    /// Whether it may be ended here.
    pub(crate) open: bool,
}

/// Reads a list to its end, within reason.
pub(crate) async fn every<T, C>(inside: &Inside, mut call: C, onward: impl Fn(&mut C, Cursor)) -> Part<Vec<T>>
where
    C: Call<Reply = Paged<T>>,
{
    let mut all = Vec::new();
    for _ in 0..PAGES {
        match inside.part(&call).await {
            Part::Here(page) => {
                all.extend(page.items);
                let Some(next) = page.next else { break };
                onward(&mut call, next);
            }
            Part::Silent(silence) => return Part::Silent(silence),
        }
    }
    Part::Here(all)
}

impl Standing {
    /// Asks for everything at once.
    pub(crate) async fn of(inside: &Inside, post: &Post) -> Self {
        let (office, me, today) = (post.office, inside.who.me.person.id, inside.visit.today());
        let (limit, cursor) = (Some(ROWS), None);
        let of_position = ListDelegations {
            office,
            deputy: None,
            position: Some(post.position),
            as_of: None,
            limit,
            cursor: cursor.clone(),
        };
        let of_deputy = ListDelegations { deputy: Some(me), position: None, ..of_position.clone() };
        let of_absences = ListAbsences { office, as_of: None, limit, cursor: cursor.clone() };
        let of_handovers = ListHandovers { office, position: None, limit, cursor: cursor.clone() };
        let of_people = ListPeople { office, q: None, as_of: Some(today), limit, cursor: cursor.clone() };
        let of_positions = ListPositions { office, unit: None, as_of: None, limit, cursor: cursor.clone() };
        let of_appointments =
            ListAppointments { office, person: None, position: None, as_of: Some(today), limit, cursor };
        let (lent, borrowed, absences, handovers, people, positions, held) = futures_util::join!(
            every(inside, of_position, |call, next| call.cursor = Some(next)),
            every(inside, of_deputy, |call, next| call.cursor = Some(next)),
            every(inside, of_absences, |call, next| call.cursor = Some(next)),
            every(inside, of_handovers, |call, next| call.cursor = Some(next)),
            inside.part(&of_people),
            every(inside, of_positions, |call, next| call.cursor = Some(next)),
            every(inside, of_appointments, |call, next| call.cursor = Some(next)),
        );
        let two = |one: &Handover| [one.outgoing, one.incoming].contains(&me);
        Self {
            lent: lent.map(|all| all.into_iter().filter(|one| one.grantor == Some(me)).collect()),
            borrowed,
            absences: absences.map(|all| all.into_iter().filter(|one| one.person == me).collect()),
            handovers: handovers.map(|all| all.into_iter().filter(two).collect()),
            names: Names::of(people.here()),
            titles: titles(positions.here(), &inside.who.me.posts),
            candidates: held.map(|held| candidates(&held, people.here(), positions.here(), me)),
        }
    }

    /// What a position is called.
    pub(crate) fn title(&self, position: PositionId) -> &str {
        self.titles.get(&position).map_or("", String::as_str)
    }
}

/// The titles of positions, one's own among them.
fn titles(positions: Option<&Vec<Position>>, own: &[Post]) -> BTreeMap<PositionId, String> {
    let of_office = positions.into_iter().flatten().map(|one| (one.id, one.title.clone()));
    own.iter().map(|post| (post.position, post.title.clone())).chain(of_office).collect()
}

fn candidates(
    held: &[Appointment],
    people: Option<&Paged<Person>>,
    positions: Option<&Vec<Position>>,
    me: PersonId,
) -> Vec<Candidate> {
    let (names, titles) = (Names::of(people), titles(positions, &[]));
    let candidate = |one: &Appointment| {
        let name = Some(names.get(one.person)).filter(|name| !name.is_empty())?;
        let text = format!("{name} · {}", titles.get(&one.position)?);
        Some(Candidate { value: format!("{}:{}", one.person, one.position), text })
    };
    let mut all: Vec<Candidate> = held.iter().filter(|one| one.person != me).filter_map(candidate).collect();
    all.sort_by(|one, other| one.text.cmp(&other.text));
    all
}

/// The last day of what is over on a day.
pub(crate) fn last(to: Day) -> Day {
    Day(to.0.previous_day().unwrap_or(to.0))
}

/// What is lent, in words; permissions that have none are shown as they are called.
pub(crate) fn power(permission: &str, w: Words) -> Option<String> {
    let key = format!("account-may-{}", permission.replace('.', "-"));
    Some(w.t(&key)).filter(|text| *text != key)
}

/// A delegation, seen by the one whose powers these are, or by the one who stands in.
pub(crate) fn of_delegation(one: &Delegation, standing: &Standing, mine: bool, today: Day, w: Words) -> Line {
    let whom = if mine { Some(one.deputy) } else { one.grantor };
    let name = whom.map(|whom| standing.names.get(whom)).filter(|name| !name.is_empty()).unwrap_or("…");
    let position = if mine { one.deputy_position } else { one.position };
    let days = match one.to {
        Some(to) => w.with("account-days", &[("from", &format::day(one.from)), ("to", &format::day(last(to)))]),
        None => w.with("account-days-open", &[("from", &format::day(one.from))]),
    };
    let powers = one.permissions.iter().map(|name| power(name, w).unwrap_or_else(|| name.clone()));
    let powers = powers.collect::<Vec<_>>().join("; ");
    let genres = one.genres.iter().cloned().collect::<Vec<_>>().join(", ");
    let genres = (!genres.is_empty()).then(|| w.with("account-only-genres", &[("genres", &genres)]));
    let highest = one.highest.map(|most| w.with("account-only-amount", &[("amount", &format::number(most.0, w.0))]));
    let reason =
        [Some(one.reason.clone()), one.instrument.clone()].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let said = [Some(days), Some(powers), genres, highest, Some(reason)];
    let over = one.revoked.is_some() || one.to.is_some_and(|to| to <= today);
    let chip = match &one.revoked {
        Some(_) => Chip::new(Tone::Plain, "void", w.t("account-taken-back")),
        None if over => Chip::new(Tone::Plain, "void", w.t("account-over")),
        None if one.from > today => Chip::new(Tone::Info, "due", w.t("account-to-come")),
        None => Chip::new(Tone::Good, "ok", w.t("account-in-force")),
    };
    Line {
        id: one.id.to_string(),
        name: format!("{name} · {}", standing.title(position)),
        said: said.into_iter().flatten().filter(|text| !text.is_empty()).collect(),
        chip,
        open: !over,
    }
}

/// An absence of one's own.
pub(crate) fn of_absence(one: &Absence, standing: &Standing, today: Day, w: Words) -> Line {
    let kind = w.t(kind_key(one.kind));
    let values = [("from", format::day(one.from)), ("to", format::day(one.to))];
    let days = w.with("account-away-days", &values.each_ref().map(|(name, value)| (*name, value.as_str())));
    let cover = one.covered_by.map(|by| w.with("account-covered", &[("name", standing.names.get(by))]));
    let chip = if one.to <= today {
        Chip::new(Tone::Plain, "ok", w.t("account-away-over"))
    } else if one.from > today {
        Chip::new(Tone::Info, "due", w.t("account-to-come"))
    } else {
        Chip::new(Tone::Soon, "waiting", w.t("account-away-now"))
    };
    Line {
        id: one.id.to_string(),
        name: format!("{kind} · {}", standing.title(one.position)),
        said: [Some(days), cover].into_iter().flatten().collect(),
        chip,
        open: one.to > today,
    }
}

/// The word of a kind of absence.
pub(crate) fn kind_key(kind: AbsenceKind) -> &'static str {
    match kind {
        AbsenceKind::Leave => "account-away-leave",
        AbsenceKind::Duty => "account-away-duty",
        AbsenceKind::Training => "account-away-training",
        AbsenceKind::Other => "account-away-other",
    }
}

/// A hand-over of one's own.
pub(crate) fn of_handover(one: &Handover, standing: &Standing, me: PersonId, w: Words) -> Line {
    let name = |person| Some(standing.names.get(person)).filter(|name| !name.is_empty()).unwrap_or("…").to_owned();
    let values = [("from", name(one.outgoing)), ("to", name(one.incoming))];
    let who = w.with("account-handed", &values.each_ref().map(|(name, value)| (*name, value.as_str())));
    let own = if me == one.outgoing { one.outgoing_signed_at } else { one.incoming_signed_at };
    let both = one.outgoing_signed_at.is_some() && one.incoming_signed_at.is_some();
    let chip = match (both, own) {
        (true, _) => Chip::new(Tone::Good, "ok", w.t("account-signed-both")),
        (_, Some(_)) => Chip::new(Tone::Info, "waiting", w.t("account-signed-own")),
        (_, None) => Chip::new(Tone::Soon, "pen", w.t("account-signed-none")),
    };
    Line {
        id: one.id.to_string(),
        name: standing.title(one.position).to_owned(),
        said: vec![who, format::moment(one.drawn_at)],
        chip,
        open: !both,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::Lang;

    /// Whoever lends something must be able to read what it is.
    #[test]
    fn every_power_that_can_be_lent_has_words() {
        let contracts = [schema_identity::contract(), schema_documents::contract(), schema_programme::contract()];
        for row in contracts.iter().flat_map(|contract| &contract.calls) {
            let wire::Need::Permission(permission) = &row.need else { continue };
            let lent = !permission.starts_with("identity.") || permission.ends_with(".read");
            for lang in [Lang::Vi, Lang::En] {
                assert_eq!(power(permission, Words(lang)).is_some(), lent, "{permission}");
            }
        }
    }

    #[test]
    fn the_first_day_without_it_is_shown_as_the_last_day_with_it() {
        assert_eq!(last(Day::new(2026, 3, 1).unwrap()), Day::new(2026, 2, 28).unwrap());
    }
}
