//! What was appended after a signature: only more signatures, or something that alters what the signer saw. An object
//! that is new is harmless by itself; what counts is which objects that the signer saw now say something else.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    pdf::{
        file::{Pdf, View},
        object::{Dict, Id, Object},
        pages,
        parse::Read,
        xref::{self, Entry},
    },
    range,
    report::After,
};

/// The most places that are told one by one.
const MOST_PLACES: usize = 20;

/// What was appended behind `end`.
pub(crate) fn after(pdf: &Pdf<'_>, end: usize) -> Read<After> {
    if range::only_space_after(pdf.bytes, end) {
        return Ok(After::Nothing);
    }
    let altered = |place: &str| Ok(After::Altered { places: vec![place.to_owned()] });
    let later = pdf.sections.iter().take_while(|section| section.offset >= end).count();
    let Some(seen) = pdf.sections.get(later) else { return altered("the whole document") };
    if later == 0 {
        return altered("bytes to which nothing leads");
    }
    let signed = pdf.bytes.get(..end).unwrap_or_default();
    if xref::start(signed).ok() != Some(seen.offset) {
        return altered("the signature ends in the middle of a revision");
    }
    let signed_sections = pdf.sections.get(later..).unwrap_or_default();
    let leads_on = |entry: &Entry| matches!(entry, Entry::At { offset, .. } if *offset >= end);
    if signed_sections.iter().any(|section| section.offset >= end || section.entries.values().any(leads_on)) {
        return altered("the signed part leads to what was appended");
    }
    let places = Comparison::of(pdf, later)?.places(later)?;
    Ok(if places.is_empty() { After::SignaturesOnly } else { After::Altered { places } })
}

/// What an object that the signer saw is for.
enum Role {
    Catalog,
    Form,
    Fields,
    Page(usize),
    Notes(usize),
    Content(usize),
    /// A field for a signature that was still empty.
    EmptyField,
    /// Proofs, metadata: nothing that is seen on a page.
    Unseen,
}

struct Comparison<'p, 'a> {
    before: View<'p, 'a>,
    now: View<'p, 'a>,
    roles: BTreeMap<u32, Role>,
    /// The signature fields there are now.
    fields: BTreeSet<Id>,
}

impl<'p, 'a> Comparison<'p, 'a> {
    fn of(pdf: &'p Pdf<'a>, later: usize) -> Read<Self> {
        let (before, now) = (pdf.view(later)?, pdf.now()?);
        let fields = pages::signature_fields(&now)?.into_iter().map(|field| field.id).collect();
        let roles = roles(&before)?;
        Ok(Self { before, now, roles, fields })
    }

    /// All places where what the signer saw is no longer the same.
    fn places(&self, later: usize) -> Read<Vec<String>> {
        let mut places = Vec::new();
        if self.before.trailer.get("Root") != self.now.trailer.get("Root") {
            places.push("the catalog is another".to_owned());
        }
        let sections = self.now.pdf.sections.get(..later).unwrap_or_default();
        let numbers: BTreeSet<u32> = sections.iter().flat_map(|section| section.entries.keys().copied()).collect();
        for number in numbers {
            if places.len() == MOST_PLACES {
                places.push("…".to_owned());
                break;
            }
            places.extend(self.object(number)?);
        }
        Ok(places)
    }

    fn object(&self, number: u32) -> Read<Option<String>> {
        let (Some(old_id), new_id) = (standing(&self.before, number), standing(&self.now, number)) else {
            return Ok(None);
        };
        let old = self.before.get(old_id)?;
        let new = match new_id {
            Some(id) if id == old_id => self.now.get(id)?,
            _ => Object::Null,
        };
        if old == new {
            return Ok(None);
        }
        let role = self.roles.get(&number);
        let fine = match (role, &old, &new) {
            (Some(Role::Unseen), ..) => true,
            (Some(Role::Catalog), Object::Dict(old), Object::Dict(new)) => return self.catalog(old, new),
            (Some(Role::Form), Object::Dict(old), Object::Dict(new)) => self.form(old, new)?,
            (Some(Role::Fields), Object::Array(old), Object::Array(new)) => self.grown(old, new, false)?,
            (Some(Role::Page(page)), Object::Dict(old), Object::Dict(new)) => return self.page(*page, old, new),
            (Some(Role::Notes(_)), Object::Array(old), Object::Array(new)) => self.grown(old, new, true)?,
            (Some(Role::EmptyField), Object::Dict(old), Object::Dict(new)) => {
                only(old, new, &["V", "AP", "F", "M"]).is_empty()
            }
            (None, Object::Stream(old, _), Object::Stream(new, _)) => {
                ["ObjStm", "XRef"].iter().any(|kind| old.is_a(kind) && new.is_a(kind))
            }
            _ => false,
        };
        Ok((!fine).then(|| match role {
            Some(Role::Content(page)) => format!("page {page}: Contents"),
            Some(Role::Notes(page)) => format!("page {page}: Annots"),
            Some(Role::Page(page)) => format!("page {page}"),
            Some(Role::Form | Role::Fields) => "form".to_owned(),
            Some(Role::Catalog) => "catalog".to_owned(),
            _ => format!("object {number}"),
        }))
    }

    fn catalog(&self, old: &Dict, new: &Dict) -> Read<Option<String>> {
        let mut keys = only(old, new, &["AcroForm", "DSS", "Extensions", "Metadata", "Version"]);
        if old.get("AcroForm") != new.get("AcroForm") {
            let form = self.before.dict(old, "AcroForm")?.unwrap_or_default();
            if !self.form(&form, &self.now.dict(new, "AcroForm")?.unwrap_or_default())? {
                keys.push("AcroForm".to_owned());
            }
        }
        Ok((!keys.is_empty()).then(|| format!("catalog: {}", keys.join(", "))))
    }

    fn form(&self, old: &Dict, new: &Dict) -> Read<bool> {
        // Programs that show a signature give the form the fonts for it.
        let given = ["DR", "DA"].into_iter().filter(|key| old.get(key).is_none());
        let allowed: Vec<&str> = ["Fields", "SigFlags"].into_iter().chain(given).collect();
        let fields = |view: &View<'_, '_>, form: &Dict| view.array(form, "Fields");
        Ok(only(old, new, &allowed).is_empty()
            && self.grown(&fields(&self.before, old)?, &fields(&self.now, new)?, false)?)
    }

    fn page(&self, number: usize, old: &Dict, new: &Dict) -> Read<Option<String>> {
        let mut keys = only(old, new, &["Annots"]);
        if !self.grown(&self.before.array(old, "Annots")?, &self.now.array(new, "Annots")?, true)? {
            keys.push("Annots".to_owned());
        }
        Ok((!keys.is_empty()).then(|| format!("page {number}: {}", keys.join(", "))))
    }

    /// Whether all that stood in an array still does, in its order, and all that is new belongs to signature fields.
    fn grown(&self, old: &[Object], new: &[Object], notes: bool) -> Read<bool> {
        let known: BTreeSet<Id> = old.iter().filter_map(Object::reference).collect();
        let is_known = |item: &Object| match item {
            Object::Ref(id) => known.contains(id),
            direct => old.contains(direct),
        };
        let (kept, added): (Vec<&Object>, Vec<&Object>) = new.iter().partition(|item| is_known(item));
        if !kept.into_iter().eq(old.iter()) {
            return Ok(false);
        }
        for item in added {
            let Some(id) = item.reference() else { return Ok(false) };
            let found = self.now.get(id)?;
            let Some(dict) = found.dict() else { return Ok(false) };
            let ours =
                self.fields.contains(&id) || dict.reference("Parent").is_some_and(|id| self.fields.contains(&id));
            if !ours || (notes && dict.name("Subtype") != Some(b"Widget")) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// The keys that differ and are not allowed to.
fn only(old: &Dict, new: &Dict, allowed: &[&str]) -> Vec<String> {
    let keys = old.differing(new).into_iter().filter(|key| !allowed.iter().any(|known| known.as_bytes() == *key));
    keys.map(|key| String::from_utf8_lossy(key).into_owned()).collect()
}

/// The number and generation under which an object stands.
fn standing(view: &View<'_, '_>, number: u32) -> Option<Id> {
    match view.entry(number)? {
        Entry::Free => None,
        Entry::At { generation, .. } => Some(Id { number, generation }),
        Entry::In { .. } => Some(Id { number, generation: 0 }),
    }
}

fn roles(view: &View<'_, '_>) -> Read<BTreeMap<u32, Role>> {
    let mut roles = BTreeMap::new();
    let (id, catalog) = view.catalog()?;
    for (index, (page_id, page)) in pages::pages(view)?.into_iter().enumerate() {
        let number = index + 1;
        let contents = page.get("Contents").cloned();
        // What a page draws need not be readable here; broken, it is broken on both sides.
        let listed = view.array(&page, "Contents").unwrap_or_default();
        for part in contents.iter().chain(&listed).filter_map(Object::reference) {
            roles.insert(part.number, Role::Content(number));
        }
        if let Some(notes) = page.reference("Annots") {
            roles.insert(notes.number, Role::Notes(number));
        }
        roles.insert(page_id.number, Role::Page(number));
    }
    for unseen in [view.trailer.reference("Info"), catalog.reference("Metadata")].into_iter().flatten() {
        roles.insert(unseen.number, Role::Unseen);
    }
    if let Some(proofs) = view.dict(&catalog, "DSS")? {
        roles.extend(catalog.reference("DSS").map(|id| (id.number, Role::Unseen)));
        for key in ["Certs", "CRLs", "OCSPs", "VRI"] {
            roles.extend(proofs.reference(key).map(|id| (id.number, Role::Unseen)));
        }
    }
    for field in pages::signature_fields(view)? {
        if field.value.is_none() && field.dict.get("V").is_none() {
            roles.insert(field.id.number, Role::EmptyField);
        }
    }
    if let Some(form) = catalog.reference("AcroForm") {
        roles.insert(form.number, Role::Form);
    }
    if let Some(fields) = view.dict(&catalog, "AcroForm")?.and_then(|form| form.reference("Fields")) {
        roles.insert(fields.number, Role::Fields);
    }
    roles.insert(id.number, Role::Catalog);
    Ok(roles)
}
