//! An act for the audit log: who did what to which noun, with salted hashes where values would be.

use std::collections::BTreeMap;

use auth::Deed;
use serde_json::{Value, json};
use uuid::Uuid;
use wire::{
    Dong, Grant, Instant,
    id::{OfficeId, PersonId, PositionId},
};

use crate::{Result, context::Frame};

/// An act, as a handler tells it. Values given here are never stored, only their salted hashes.
#[derive(Clone, Debug)]
pub struct Audit {
    noun: &'static str,
    id: Uuid,
    deed: Deed,
    fields: BTreeMap<&'static str, String>,
}

impl Audit {
    /// An act upon a noun.
    #[must_use]
    pub fn of(noun: &'static str, id: impl Into<Uuid>) -> Self {
        Self { noun, id: id.into(), deed: Deed::default(), fields: BTreeMap::new() }
    }

    /// The office whose row it is.
    #[must_use]
    pub fn office(mut self, office: OfficeId) -> Self {
        self.deed.office = Some(office);
        self
    }

    /// The position whose work it is: the act is done through it, though the caller may hold others that would do.
    #[must_use]
    pub fn position(mut self, position: PositionId) -> Self {
        self.deed.position = Some(position);
        self
    }

    /// The genre of the document, for the bounds of a delegation.
    #[must_use]
    pub fn genre(mut self, genre: impl Into<String>) -> Self {
        self.deed.genre = Some(genre.into());
        self
    }

    /// The amount of money, for the bounds of a delegation.
    #[must_use]
    pub fn amount(mut self, amount: Dong) -> Self {
        self.deed.amount = Some(amount);
        self
    }

    /// A field that the act gave a value. Only a salted hash of the value is kept, which can prove it later.
    #[must_use]
    pub fn field(mut self, name: &'static str, value: impl std::fmt::Display) -> Self {
        self.fields.insert(name, value.to_string());
        self
    }

    /// The row: names are sorted and the form is versioned, because the log proves these very bytes. Form 1 had no
    /// `person` and `position`, and no `for`; rows of it stay as they are and prove themselves as before.
    ///
    /// # Errors
    /// `wire.bounded` when the act is beyond what was lent to the caller.
    pub(crate) fn entry(&self, frame: &Frame, salt: [u8; 16]) -> Result<db::audit::Entry> {
        let person = frame.caller.person().map(|caller| caller.person);
        let by = By { principal: frame.principal(), person, through: frame.acting(&self.deed)? };
        let record = self.record(&by, &frame.subject, frame.now, &salt);
        Ok(db::audit::Entry { record: record.to_string(), salt: hex::encode(salt), at: frame.now })
    }

    fn record(&self, by: &By<'_>, act: &str, at: Instant, salt: &[u8; 16]) -> Value {
        let fields: BTreeMap<&str, String> = self
            .fields
            .iter()
            .map(|(name, value)| (*name, hex::encode(auth::commitment::commit(salt, name, value.as_bytes()))))
            .collect();
        json!({
            "v": 2,
            "at": at,
            "act": act,
            "by": by.principal,
            "person": by.person,
            "position": by.through.map(own_position),
            "for": by.through.and_then(on_behalf_of),
            "office": self.deed.office,
            "noun": self.noun,
            "id": self.id,
            "fields": fields,
        })
    }
}

/// Who acted, and through which grant.
struct By<'a> {
    principal: String,
    person: Option<PersonId>,
    through: Option<&'a Grant>,
}

/// The position that the caller holds themselves.
fn own_position(grant: &Grant) -> PositionId {
    grant.on_behalf_of.as_ref().map_or(grant.position, |lent| lent.own_position)
}

/// The second name: whose powers were used, by which delegation.
fn on_behalf_of(grant: &Grant) -> Option<Value> {
    let lent = grant.on_behalf_of.as_ref()?;
    Some(json!({ "person": lent.person, "position": grant.position, "delegation": lent.delegation }))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use wire::OnBehalfOf;

    use super::*;

    fn id<T: From<Uuid>>(number: u128) -> T {
        Uuid::from_u128(number).into()
    }

    fn grant(on_behalf_of: Option<OnBehalfOf>) -> Grant {
        Grant {
            office: id(1),
            offices_below: Vec::new(),
            offices_inherited: Vec::new(),
            unit: id(2),
            position: id(3),
            appointment: id(4),
            permissions: BTreeSet::new(),
            head: false,
            direct_reports: Vec::new(),
            on_behalf_of,
        }
    }

    fn record(through: Option<&Grant>) -> Value {
        let act = Audit::of("count", Uuid::nil()).office(id(1)).field("amount", 5);
        let by = By { principal: "person:x".into(), person: Some(id(7)), through };
        act.record(&by, "till.count.v1", Instant::from_micros(0), &[0; 16])
    }

    #[test]
    fn both_names_stand_in_the_record_and_no_value() {
        let lent = OnBehalfOf {
            delegation: id(5),
            person: Some(id(8)),
            own_position: id(6),
            genres: BTreeSet::new(),
            highest: None,
        };
        let deputy = grant(Some(lent));
        let told = record(Some(&deputy));
        assert_eq!(
            (&told["v"], &told["person"], &told["position"]),
            (&json!(2), &json!(id::<PersonId>(7)), &json!(id::<PositionId>(6)))
        );
        let for_whom = json!({
            "person": id::<PersonId>(8), "position": id::<PositionId>(3), "delegation": id::<wire::id::DelegationId>(5),
        });
        assert_eq!(told["for"], for_whom);
        assert_ne!(told["fields"]["amount"], json!("5"));
        let own = grant(None);
        let told = record(Some(&own));
        assert_eq!((&told["position"], &told["for"]), (&json!(id::<PositionId>(3)), &Value::Null));
        assert_eq!(record(None)["position"], Value::Null);
    }
}
