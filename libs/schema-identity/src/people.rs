//! People (cán bộ, công chức, nhân viên), with or without an account.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Cursor, Version,
    id::{OfficeId, PersonId},
};

/// A person. What they may do follows from their appointments alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Person {
    /// The id; it is never used for anybody else.
    pub id: PersonId,
    /// The office that keeps this row.
    pub office: OfficeId,
    /// Họ và tên.
    pub full_name: String,
    /// How to reach them at work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// Whether they may sign in and act; a disabled person is refused by every service within five seconds.
    pub active: bool,
    /// How often the row was changed.
    pub version: Version,
}

/// Lists people by name.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ListPeople {
    /// The office.
    pub office: OfficeId,
    /// Words of the name or their beginnings, in any order, with or without accents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// How many at most, up to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on, as the previous page said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// One person.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct GetPerson {
    /// The person.
    pub id: PersonId,
}

/// Enters a person.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CreatePerson {
    /// The office.
    pub office: OfficeId,
    /// Họ và tên, at most 200 characters.
    pub full_name: String,
    /// How to reach them at work, at most 200 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
}

/// Corrects what is written about a person.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ChangePerson {
    /// The person.
    pub id: PersonId,
    /// The new name; the old one stays when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub full_name: Option<String>,
    /// The new contact, empty to remove it; the old one stays when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
}

/// Takes all authority from a person at once, and ends their sessions.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DisablePerson {
    /// The person.
    pub id: PersonId,
}

/// Lets a disabled person act again, within the appointments they have.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EnablePerson {
    /// The person.
    pub id: PersonId,
}

/// A person was entered or changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PersonChanged {
    /// The person after the change.
    pub person: Person,
}
