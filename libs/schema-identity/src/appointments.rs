//! Appointments (bổ nhiệm, phân công): who holds which position, and when.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Cursor, Day, Version,
    id::{AppointmentId, OfficeId, PersonId, PositionId},
};

/// A person's dated hold of a position: authority from the first day until before the last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Appointment {
    /// Its id.
    pub id: AppointmentId,
    /// The office of the position.
    pub office: OfficeId,
    /// Who holds it.
    pub person: PersonId,
    /// What is held.
    pub position: PositionId,
    /// The first day of authority.
    pub from: Day,
    /// The first day without it; absent while it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// The decision, such as `12-QĐ/ĐU`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instrument: Option<String>,
    /// How often it was changed.
    pub version: Version,
}

/// Lists appointments, oldest first.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ListAppointments {
    /// The office of the positions.
    pub office: OfficeId,
    /// Only those of this person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// Only those to this position.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<PositionId>,
    /// The day on which they are in force; all of them when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
    /// How many at most, up to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on, as the previous page said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// Appoints a person to a position.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CreateAppointment {
    /// The office of the position.
    pub office: OfficeId,
    /// Who.
    pub person: PersonId,
    /// To what.
    pub position: PositionId,
    /// The first day of authority.
    pub from: Day,
    /// The first day without it, when that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// The decision, at most 200 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instrument: Option<String>,
}

/// Ends an appointment on a day; when that is its first day it never gives authority.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EndAppointment {
    /// The appointment.
    pub id: AppointmentId,
    /// The first day without authority.
    pub to: Day,
}

/// An appointment was made or changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AppointmentChanged {
    /// The appointment after the change.
    pub appointment: Appointment,
}
