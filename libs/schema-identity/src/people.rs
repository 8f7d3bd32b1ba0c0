//! People (cán bộ, công chức, nhân viên), with or without an account.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Cursor, Day, Version,
    id::{OfficeId, PersonId},
};

use crate::Post;

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

/// A person with what they hold on a day, in the offices that the caller sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PersonWithPosts {
    /// The id; it is never used for anybody else.
    pub id: PersonId,
    /// The office that keeps this row.
    pub office: OfficeId,
    /// Họ và tên.
    pub full_name: String,
    /// How to reach them at work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// Whether they may sign in and act now.
    pub active: bool,
    /// How often the row was changed.
    pub version: Version,
    /// The appointments in force on that day, with the names of that day.
    pub posts: Vec<Post>,
}

/// Lists people by name.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ListPeople {
    /// The office.
    pub office: OfficeId,
    /// Words of the name or their beginnings, in any order, with or without accents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Only those who held a position in the office on this day; everyone whom the office keeps when absent. Names are
    /// those of today.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
    /// How many at most, up to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on, as the previous page said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// One person, with what they hold on a day.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct GetPerson {
    /// The person.
    pub id: PersonId,
    /// The day whose posts are told; today when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
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
