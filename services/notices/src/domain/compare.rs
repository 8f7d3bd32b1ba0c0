//! What changes between the notices there are about a matter and those there should be.

use schema_notices::NoticeKind;
use wire::{
    Day,
    id::{NoticeId, PersonId},
};

use crate::domain::wanted::{Standing, Want};

/// A notice that is not settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Open {
    /// The notice.
    pub(crate) id: NoticeId,
    /// Whose it is.
    pub(crate) person: PersonId,
    /// Why.
    pub(crate) kind: NoticeKind,
    /// The day for it.
    pub(crate) due: Option<Day>,
}

impl Open {
    fn meets(&self, want: &Want) -> bool {
        (self.person, self.kind, self.due) == (want.person, want.kind, want.due)
    }
}

/// The notices to settle, and the wants that need a new one.
pub(crate) fn compare<'a>(open: &[Open], wants: &'a [Want]) -> (Vec<NoticeId>, Vec<&'a Want>) {
    let stays = |one: &&Open| wants.iter().any(|want| want.standing != Standing::Anew && one.meets(want));
    let settled = open.iter().filter(|one| !stays(one)).map(|one| one.id).collect();
    let lacks = |want: &&Want| match want.standing {
        Standing::Stays => false,
        Standing::Given => !open.iter().any(|one| one.meets(want)),
        Standing::Anew => true,
    };
    (settled, wants.iter().filter(lacks).collect())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const ONE: PersonId = PersonId(Uuid::from_u128(1));
    const OTHER: PersonId = PersonId(Uuid::from_u128(2));

    fn open(id: u128, person: PersonId, kind: NoticeKind, due: Option<&str>) -> Open {
        Open { id: NoticeId(Uuid::from_u128(id)), person, kind, due: due.map(|due| due.parse().unwrap()) }
    }

    fn want(person: PersonId, kind: NoticeKind, due: Option<&str>, standing: Standing) -> Want {
        Want { person, kind, due: due.map(|due| due.parse().unwrap()), standing }
    }

    #[test]
    fn what_is_there_stays_what_is_not_wanted_is_settled_and_the_rest_is_given() {
        use NoticeKind::{DueSoon, ExtensionDecided, Overdue, WorkDone, WorkReturned};
        let there = [
            open(1, ONE, WorkReturned, None),
            open(2, OTHER, WorkReturned, None),
            open(3, ONE, Overdue, Some("2026-11-20")),
            open(4, ONE, ExtensionDecided, None),
        ];
        let wants = [
            want(ONE, WorkReturned, None, Standing::Given),
            want(OTHER, WorkDone, None, Standing::Given),
            // The due day was moved: the old alarm is not about this day.
            want(ONE, Overdue, Some("2026-11-22"), Standing::Given),
            want(ONE, ExtensionDecided, None, Standing::Anew),
            want(OTHER, DueSoon, Some("2026-11-24"), Standing::Stays),
        ];
        let (settled, given) = compare(&there, &wants);
        assert_eq!(settled, [2, 3, 4].map(|id| NoticeId(Uuid::from_u128(id))));
        assert_eq!(given, [&wants[1], &wants[2], &wants[3]]);
    }

    #[test]
    fn comparing_again_changes_nothing() {
        let wants = [want(ONE, NoticeKind::WorkDone, None, Standing::Given)];
        assert_eq!(compare(&[open(1, ONE, NoticeKind::WorkDone, None)], &wants), (vec![], vec![]));
    }
}
