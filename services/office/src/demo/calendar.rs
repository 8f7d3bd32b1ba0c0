//! The calendar of this week and of the coming one: a room and a car, what the clerk proposes, the weeks as the chief
//! publishes them, and one proposal that conflicts with the coming one and waits.

use std::{collections::BTreeMap, time::Duration};

use anyhow::{Context as _, Result};
use schema_identity::ListPositions;
use schema_programme::{AddCalendarResource, ApproveCalendarWeek, CalendarResourceKind, ProposeCalendarEntry};
use wire::{
    Day,
    id::{CalendarResourceId, PositionId},
};

use super::{desk::Desk, hiring::Place, week::after};

/// Who proposes.
const CLERK: &str = "vanthu";
/// Who approves.
const CHIEF: &str = "chanhvp";

const ROOM: &str = "Phòng họp tầng 2";
const CAR: &str = "Xe công tác";
const SECRETARY: &str = "Bí thư";
const DEPUTY: &str = "Phó Bí thư Thường trực";

/// What is held: on which day from Monday on, from and to which minute of that day, with whom and what.
struct Held {
    day: i64,
    minutes: (u64, u64),
    title: &'static str,
    place: Option<&'static str>,
    leaders: &'static [&'static str],
    needs: &'static [&'static str],
}

const WEEK: [Held; 4] = [
    Held {
        day: 0,
        minutes: (450, 600),
        title: "Giao ban Thường trực với các ban và Văn phòng",
        place: None,
        leaders: &[SECRETARY, DEPUTY],
        needs: &[ROOM],
    },
    Held {
        day: 1,
        minutes: (420, 690),
        title: "Kiểm tra công tác chuyển đổi số tại cơ sở",
        place: Some("Chi bộ thôn Ví Dụ"),
        leaders: &[DEPUTY],
        needs: &[CAR],
    },
    Held {
        day: 2,
        minutes: (840, 990),
        title: "Họp Ban Thường vụ",
        place: None,
        leaders: &[SECRETARY, DEPUTY],
        needs: &[ROOM],
    },
    Held {
        day: 3,
        minutes: (480, 690),
        title: "Tiếp công dân định kỳ",
        place: Some("Nơi tiếp công dân"),
        leaders: &[SECRETARY],
        needs: &[],
    },
];

/// What comes in when the week is published already, in the middle of another meeting.
const LATE: Held = Held {
    day: 2,
    minutes: (900, 960),
    title: "Làm việc với đoàn công tác của cơ quan Thử Nghiệm",
    place: None,
    leaders: &[DEPUTY],
    needs: &[ROOM],
};

/// Makes the calendar of the week of `today` and of the one after it in each of these offices.
pub(crate) async fn keep(desk: &mut Desk<'_>, places: &[&Place], today: Day) -> Result<()> {
    let since_monday = i64::from(today.0.weekday().number_days_from_monday());
    let (monday, next) = (after(today, -since_monday)?, after(today, 7 - since_monday)?);
    for place in places {
        let leaders = leaders(desk, place).await?;
        let mut things = BTreeMap::new();
        for (kind, name, seats) in [(CalendarResourceKind::Room, ROOM, 40), (CalendarResourceKind::Car, CAR, 7)] {
            let call =
                AddCalendarResource { office: place.id, kind, name: name.to_owned(), seats: Some(seats), from: None };
            things.insert(name, desk.ask(&place.who(CHIEF), &call).await?.id);
        }
        for week in [monday, next] {
            // Of this week only what lies ahead by the clock of the demo can still be proposed.
            let ahead = |held: &&Held| after(week, held.day).is_ok_and(|day| day > desk.today());
            let held: Vec<_> = WEEK.iter().filter(ahead).collect();
            for held in &held {
                propose(desk, place, held, (&leaders, &things), week).await?;
            }
            if !held.is_empty() {
                let publish = ApproveCalendarWeek { office: place.id, week, confirmed: Vec::new() };
                desk.ask(&place.who(CHIEF), &publish).await?;
            }
        }
        propose(desk, place, &LATE, (&leaders, &things), next).await?;
    }
    Ok(())
}

async fn propose(
    desk: &mut Desk<'_>,
    place: &Place,
    held: &Held,
    (leaders, things): (&BTreeMap<String, PositionId>, &BTreeMap<&str, CalendarResourceId>),
    monday: Day,
) -> Result<()> {
    let leader = |title: &&str| leaders.get(*title).copied().with_context(|| format!("nobody is `{title}`"));
    let thing = |name: &&str| things.get(*name).copied().with_context(|| format!("there is no `{name}`"));
    let day = after(monday, held.day)?;
    let minute = |minutes: u64| day.start().plus(Duration::from_secs(60 * minutes));
    let call = ProposeCalendarEntry {
        office: place.id,
        unit: None,
        title: held.title.to_owned(),
        place: held.place.map(str::to_owned),
        starts: minute(held.minutes.0),
        ends: minute(held.minutes.1),
        leaders: held.leaders.iter().map(leader).collect::<Result<_>>()?,
        resources: held.needs.iter().map(thing).collect::<Result<_>>()?,
        attendees: None,
        preparation: None,
        invitation: None,
    };
    desk.ask(&place.who(CLERK), &call).await?;
    Ok(())
}

/// The positions of an office by their titles.
async fn leaders(desk: &mut Desk<'_>, place: &Place) -> Result<BTreeMap<String, PositionId>> {
    let call = ListPositions { office: place.id, unit: None, as_of: None, limit: Some(200), cursor: None };
    let found = desk.ask(&place.who(CHIEF), &call).await?;
    Ok(found.items.into_iter().map(|position| (position.title, position.id)).collect())
}
