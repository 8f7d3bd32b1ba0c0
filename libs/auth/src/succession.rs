//! Where something new may begin: not in an office that has ended and is reached by its successor alone.

use std::collections::BTreeSet;

use wire::{Authority, Fault, Grant, Kind, id::OfficeId};

/// Whether a call with this permission may begin something new in an office: a number, a register, a piece of work.
/// What is open in an ended office is finished by its successor; what is new belongs to the successor's own office.
/// An office that is not reached at all is not judged here: the scope refuses it.
///
/// # Errors
/// `wire.office_ended`, naming the offices of the caller that succeeded it, when it is only inherited.
pub fn begins(authority: &Authority, permission: Option<&str>, office: OfficeId) -> Result<(), Fault> {
    let holds = |grant: &&Grant| permission.is_none_or(|permission| grant.permissions.contains(permission));
    let holding = || authority.grants.iter().filter(holds);
    if holding().any(|grant| grant.office == office || grant.offices_below.contains(&office)) {
        return Ok(());
    }
    let successors = holding().filter(|grant| grant.offices_inherited.contains(&office)).map(|grant| grant.office);
    let successors: BTreeSet<OfficeId> = successors.collect();
    if successors.is_empty() { Ok(()) } else { Err(ended(&successors)) }
}

fn ended(successors: &BTreeSet<OfficeId>) -> Fault {
    let en = "this office has ended: finish what is open there, and begin what is new in the office that succeeded it";
    let vi = "cơ quan này đã kết thúc hoạt động: chỉ giải quyết tiếp việc đang dở, việc mới lập tại cơ quan kế thừa";
    let mut fault = Fault::new(Kind::Conflict, "wire.office_ended", en, vi);
    fault.detail = Some(serde_json::json!({ "successors": successors }));
    fault
}

#[cfg(test)]
mod tests {
    use std::{fmt::Debug, str::FromStr};

    use wire::FreshProof;

    use super::*;

    const OWN: u128 = 1;
    const BELOW: u128 = 2;
    const ENDED: u128 = 3;
    const FOREIGN: u128 = 4;

    fn id<T: FromStr<Err: Debug>>(number: u128) -> T {
        format!("00000000-0000-7000-8000-{number:012x}").parse().unwrap()
    }

    fn grant(office: u128, below: &[u128], inherited: &[u128], permission: &str) -> Grant {
        Grant {
            office: id(office),
            offices_below: below.iter().copied().map(id).collect(),
            offices_inherited: inherited.iter().copied().map(id).collect(),
            unit: id(20),
            position: id(21),
            appointment: id(22),
            permissions: BTreeSet::from([permission.to_owned()]),
            head: false,
            direct_reports: Vec::new(),
            on_behalf_of: None,
        }
    }

    #[test]
    fn what_is_new_begins_where_one_sits_or_reaches_and_never_where_one_only_inherits() {
        let (read, write) = ("till.read", "till.write");
        let successor = || grant(OWN, &[BELOW], &[ENDED], write);
        let table = [
            ("one's own office", vec![successor()], OWN, true),
            ("an office below", vec![successor()], BELOW, true),
            ("an ended one that is inherited", vec![successor()], ENDED, false),
            ("one that is not reached is the scope's affair", vec![successor()], FOREIGN, true),
            ("another post in that office itself", vec![successor(), grant(ENDED, &[], &[], write)], ENDED, true),
            ("the same with another permission", vec![successor(), grant(ENDED, &[], &[], read)], ENDED, false),
            ("inherited by another permission only", vec![grant(OWN, &[], &[ENDED], read)], ENDED, true),
            ("reached from above as well", vec![successor(), grant(FOREIGN, &[ENDED], &[], write)], ENDED, true),
        ];
        for (what, grants, office, allowed) in table {
            let authority = Authority { account: id(30), person: id(31), grants, fresh_proof: FreshProof::default() };
            let judged = begins(&authority, Some(write), id(office));
            assert_eq!(judged.is_ok(), allowed, "{what}");
            if let Err(fault) = judged {
                assert_eq!((fault.code.as_str(), fault.kind), ("wire.office_ended", Kind::Conflict), "{what}");
                assert_eq!(fault.detail.unwrap()["successors"][0], serde_json::json!(id::<OfficeId>(OWN)), "{what}");
            }
        }
        let grants = vec![successor()];
        let authority = Authority { account: id(30), person: id(31), grants, fresh_proof: FreshProof::default() };
        assert!(begins(&authority, None, id(ENDED)).is_err(), "without a permission too");
    }
}
