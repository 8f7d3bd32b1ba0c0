//! What a change of a contract breaks for those who know it as it was.

use wire::{CallRow, Contract};

use crate::readable::{Named, Travels, broken};

/// Every promise of `old` that `new` no longer keeps.
pub(crate) fn breaks(old: &Contract, new: &Contract) -> Vec<String> {
    let named = Named { old: &|name| old.schemas.get(name), new: &|name| new.schemas.get(name) };
    let mut found = Vec::new();
    for row in &old.calls {
        let subject = wire::call_subject(&old.service, &row.name);
        let complaints = match new.call(&row.name) {
            Some(now) => call(row, now, named),
            None if has_newer(&row.name, new.calls.iter().map(|row| &row.name)) => Vec::new(),
            None => vec!["vanished; keep it beside a newer version until nobody calls it".to_owned()],
        };
        found.extend(complaints.into_iter().map(|what| format!("{subject}: {what}")));
    }
    for row in &old.events {
        let complaints = match new.events.iter().find(|now| now.kind == row.kind) {
            Some(now) => broken("body", row.body.as_value(), now.body.as_value(), named, Travels::Out),
            None if has_newer(&row.kind, new.events.iter().map(|row| &row.kind)) => Vec::new(),
            None => vec!["is no longer told; keep telling it beside a newer version".to_owned()],
        };
        let kind = format!("{} {}", wire::event_subject(&old.service), row.kind);
        found.extend(complaints.into_iter().map(|what| format!("{kind}: {what}")));
    }
    for row in &old.refusals {
        match new.refusals.iter().find(|now| now.code == row.code) {
            None => found.push(format!("refusal {}: vanished, and clients match on it", row.code)),
            Some(now) if now.kind != row.kind => {
                found.push(format!("refusal {}: was {:?}, is {:?}; take a new code", row.code, row.kind, now.kind));
            }
            Some(_) => {}
        }
    }
    found
}

fn call(old: &CallRow, new: &CallRow, named: Named) -> Vec<String> {
    let mut found = Vec::new();
    let mut same = |what: &str, same: bool| {
        if !same {
            found.push(format!("its {what} changed"));
        }
    };
    same("effect", old.effect == new.effect);
    same("need", old.need == new.need);
    // A call of the bus may come to the door; one at the door stays where it is.
    same("place at the HTTP door", old.http.is_none() || old.http == new.http);
    same("keeping of answers for repeats", old.stored == new.stored);
    same("answering by a file", old.download == new.download);
    found.extend(broken("request", old.request.as_value(), new.request.as_value(), named, Travels::In));
    found.extend(broken("reply", old.reply.as_value(), new.reply.as_value(), named, Travels::Out));
    found
}

/// Whether the same name is there with a higher version: `open_account.v2` for `open_account.v1`.
fn has_newer<'a>(name: &str, mut now: impl Iterator<Item = &'a String>) -> bool {
    let Some((stem, version)) = parted(name) else { return false };
    now.any(|other| parted(other).is_some_and(|(other, newer)| other == stem && newer > version))
}

fn parted(name: &str) -> Option<(&str, u32)> {
    let (stem, version) = name.rsplit_once(".v")?;
    Some((stem, version.parse().ok()?))
}

#[cfg(test)]
mod tests;
