//! The pages and the form fields of a PDF, walked with limits.

use std::collections::BTreeSet;

use super::{
    file::View,
    object::{Dict, Id, Object, readable},
    parse::Read,
};
use crate::unreadable::Unreadable;

/// The most pages and inner nodes of the tree of pages.
const MOST_PAGES: usize = 100_000;

/// The most form fields.
const MOST_FIELDS: usize = 20_000;

/// The first page, with its number.
pub(crate) fn first_page(view: &View<'_, '_>) -> Read<Option<(Id, Dict)>> {
    Ok(walk(view, 1)?.into_iter().next())
}

/// All pages, in order, with their numbers.
pub(crate) fn pages(view: &View<'_, '_>) -> Read<Vec<(Id, Dict)>> {
    walk(view, usize::MAX)
}

fn walk(view: &View<'_, '_>, wanted: usize) -> Read<Vec<(Id, Dict)>> {
    let (_, catalog) = view.catalog()?;
    let mut open: Vec<Id> = catalog.reference("Pages").into_iter().collect();
    let (mut seen, mut found) = (BTreeSet::new(), Vec::new());
    while let Some(id) = open.pop() {
        if !seen.insert(id) || seen.len() > MOST_PAGES {
            return Err(Unreadable::TooMuch("pages, or pages that stand in the tree twice"));
        }
        let Object::Dict(node) = view.get(id)? else { continue };
        if node.get("Kids").is_none() {
            found.push((id, node));
            if found.len() == wanted {
                break;
            }
            continue;
        }
        let kids = view.array(&node, "Kids")?;
        open.extend(kids.iter().rev().filter_map(Object::reference));
    }
    Ok(found)
}

/// A field for a signature.
pub(crate) struct SignatureField {
    pub(crate) id: Id,
    /// The whole name, with those of the fields it stands in.
    pub(crate) name: String,
    pub(crate) dict: Dict,
    /// The signature in it, if it is signed.
    pub(crate) value: Option<Dict>,
}

/// All fields for signatures, signed or not, in the order of the form.
pub(crate) fn signature_fields(view: &View<'_, '_>) -> Read<Vec<SignatureField>> {
    let (_, catalog) = view.catalog()?;
    let Some(form) = view.dict(&catalog, "AcroForm")? else { return Ok(Vec::new()) };
    let top = view.array(&form, "Fields")?;
    let mut open: Vec<(Id, String, bool)> =
        top.iter().rev().filter_map(|item| Some((item.reference()?, String::new(), false))).collect();
    let (mut seen, mut found) = (BTreeSet::new(), Vec::new());
    while let Some((id, parent, inherited)) = open.pop() {
        if !seen.insert(id) || seen.len() > MOST_FIELDS {
            return Err(Unreadable::TooMuch("form fields, or fields that stand in the form twice"));
        }
        let Object::Dict(dict) = view.get(id)? else { continue };
        let own = view.value(&dict, "T")?;
        let name = match own.text().map(readable) {
            Some(own) if parent.is_empty() => own,
            Some(own) => format!("{parent}.{own}"),
            None => parent,
        };
        let signature = dict.name("FT").map_or(inherited, |kind| kind == b"Sig");
        let kids = view.array(&dict, "Kids")?;
        if signature && (own != Object::Null || kids.is_empty()) {
            let value = view.dict(&dict, "V")?;
            found.push(SignatureField { id, name, dict, value });
            continue;
        }
        open.extend(kids.iter().rev().filter_map(|kid| Some((kid.reference()?, name.clone(), signature))));
    }
    Ok(found)
}
