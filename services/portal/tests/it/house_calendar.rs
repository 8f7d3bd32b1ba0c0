//! The calendar of a house, and orders by word of mouth.

use std::time::Duration;

use schema_programme::{
    AddCalendarResource, Assign, Assignment, CalendarEntry, CalendarResource, ProposeCalendarEntry,
};
use serde_json::json;
use wire::{Day, Instant, id::PositionId};

use crate::house::{House, Someone};

/// A Monday far ahead.
pub(crate) fn monday() -> Day {
    "2035-11-19".parse().unwrap()
}

/// An hour of the Tuesday after it.
pub(crate) fn hour(hour: u64) -> Instant {
    monday().plus(1).unwrap().start().plus(Duration::from_secs(3600 * hour))
}

impl House {
    /// Gives somebody an order by word of mouth, due in three days.
    pub(crate) async fn order(&self, giver: &Someone, to: &Someone, title: &str) -> Assignment {
        let post = &to.me.posts[0];
        let order = json!({
            "office": post.office, "source": { "kind": "spoken_order", "label": "Chỉ đạo trực tiếp" }, "title": title,
            "expected_product": "Danh sách", "lead_unit": post.unit, "lead_position": post.position,
            "due": self.today().plus(3),
        });
        let given = self.ask::<Assign>(giver, order).await;
        self.bench.settled().await;
        given
    }

    /// A room with forty seats.
    pub(crate) async fn room(&self, chief: &Someone) -> CalendarResource {
        let room = json!({ "office": self.office, "kind": "room", "name": "Phòng họp số 1", "seats": 40 });
        self.ask::<AddCalendarResource>(chief, room).await
    }

    /// A proposal for that Tuesday, which needs a leader and a room.
    pub(crate) async fn meeting(
        &self,
        proposer: &Someone,
        title: &str,
        (from, to): (u64, u64),
        (leader, room): (PositionId, &CalendarResource),
    ) -> CalendarEntry {
        let call = json!({
            "office": self.office, "title": title, "place": "Hội trường", "starts": hour(from), "ends": hour(to),
            "leaders": [leader], "resources": [room.id],
        });
        self.ask::<ProposeCalendarEntry>(proposer, call).await
    }
}
