//! The files of a message: what the manifest names, what is there, and what is in it.

use std::collections::BTreeSet;

use sha2::{Digest as _, Sha256};

use super::{
    packing::{self, Unpacked},
    tidy,
};
use crate::{
    Attachment, ENOUGH_ATTACHMENTS, UNFOLDED,
    diagnosis::Docket,
    fit::FILES,
    rule::{attachment as rule, structure},
    tree::Element,
};

/// A file with what its signature may have been made over.
pub(crate) struct Taken {
    pub(crate) file: Attachment,
    /// SHA-256 of the bytes as they were sent, packed.
    pub(crate) packed: [u8; 32],
}

/// A row of the manifest, or a file, by its id.
struct Named<'a, 'b> {
    id: String,
    element: &'a Element<'b>,
}

/// The files; whatever is wrong with them is told.
pub(crate) fn files(root: &Element<'_>, docket: &mut Docket) -> Vec<Taken> {
    let manifest = root.at("edXMLEnvelope/edXMLBody/edXMLManifest");
    let encoded = root.child("AttachmentEncoded");
    let references = named(manifest, "Reference", docket);
    let attachments = named(encoded, "Attachment", docket);
    if attachments.len() > ENOUGH_ATTACHMENTS {
        let (found, wanted) = (attachments.len().to_string(), ENOUGH_ATTACHMENTS.to_string());
        let at = encoded.unwrap_or(root).tag();
        docket.refuse(&rule::TOO_MANY_ATTACHMENTS, at, &found, &wanted);
        return Vec::new();
    }
    let is_single = single(&references, docket) & single(&attachments, docket);
    // What is told already would be told again as a file that is not there.
    let count = |parent: Option<&Element<'_>>, name| parent.map_or(0, |parent| parent.all(name).count());
    let have_ids =
        references.len() == count(manifest, "Reference") && attachments.len() == count(encoded, "Attachment");
    let is_told = !is_single || !have_ids || docket.is_misplaced(&FILES) || docket.is_misplaced(&["Reference"]);
    if !is_told {
        pair(root, &references, &attachments, docket);
    }
    let mut left = UNFOLDED;
    let mut taken = Vec::new();
    for Named { id, element } in &attachments {
        let reference = references.iter().find(|one| is_single && one.id == *id).map(|one| one.element);
        if let Some(one) = file(id, element, reference, left, docket) {
            left = left.saturating_sub(one.file.bytes.len());
            taken.push(one);
        }
    }
    taken
}

/// The children of a name with their ids; those without one have been told.
fn named<'a, 'b>(parent: Option<&'a Element<'b>>, name: &'a str, docket: &mut Docket) -> Vec<Named<'a, 'b>> {
    let mut all = Vec::new();
    for element in parent.into_iter().flat_map(|parent| parent.all(name)) {
        let Some(holder) = element.child("ContentId").filter(|one| one.has_words()) else { continue };
        let written = tidy(&holder.words());
        let bare = written.trim_matches(['<', '>']);
        let has_scheme = bare.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("cid:"));
        if !has_scheme {
            docket.text(&rule::CONTENT_ID_FORM, holder, bare);
        }
        let id = if has_scheme { bare.get(4..).unwrap_or_default() } else { bare };
        all.push(Named { id: id.to_owned(), element });
    }
    all
}

/// Whether every id stands once.
fn single(all: &[Named<'_, '_>], docket: &mut Docket) -> bool {
    let mut seen = BTreeSet::new();
    let twice: Vec<&Named<'_, '_>> = all.iter().filter(|one| !seen.insert(&one.id)).collect();
    for one in &twice {
        let holder = one.element.child("ContentId").unwrap_or(one.element);
        docket.refuse(&rule::DUPLICATE_ID, holder.words_spot(), &one.id, "");
    }
    twice.is_empty()
}

/// Whether the manifest and the files tell of the same ids. Of two that do not match, the manifest's is told.
fn pair(root: &Element<'_>, references: &[Named<'_, '_>], attachments: &[Named<'_, '_>], docket: &mut Docket) {
    if !references.is_empty() && root.child("AttachmentEncoded").is_none() {
        docket.refuse(&structure::MISSING, root.tag(), "edXML", "AttachmentEncoded");
        return;
    }
    if !attachments.is_empty() && root.at("edXMLEnvelope/edXMLBody/edXMLManifest").is_none() {
        let envelope = root.child("edXMLEnvelope").unwrap_or(root);
        let (holder, wanted) =
            envelope.child("edXMLBody").map_or((envelope, "edXMLBody"), |body| (body, "edXMLManifest"));
        docket.tag(&structure::MISSING, holder, &holder.name, wanted);
        return;
    }
    let lacks = |id: &str, others: &[Named<'_, '_>]| others.iter().all(|other| other.id != id);
    let spot = |one: &Named<'_, '_>| one.element.child("ContentId").unwrap_or(one.element).words_spot();
    let mut is_paired = true;
    for one in references.iter().filter(|one| lacks(&one.id, attachments)) {
        is_paired = false;
        docket.refuse(&rule::ATTACHMENT_MISSING, spot(one), &format!("cid:{}", one.id), "");
    }
    for one in attachments.iter().filter(|one| is_paired && lacks(&one.id, references)) {
        docket.say(&rule::REFERENCE_MISSING, spot(one), &format!("cid:{}", one.id), "");
    }
}

fn line(element: Option<&Element<'_>>, name: &str) -> String {
    let words = element.and_then(|one| one.child(name)).map(|one| tidy(&one.words())).unwrap_or_default();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn file(
    id: &str,
    element: &Element<'_>,
    reference: Option<&Element<'_>>,
    left: usize,
    docket: &mut Docket,
) -> Option<Taken> {
    let name = name(element, reference, docket);
    let content = element.child("ContentTransferEncoded")?;
    let decoded = packing::decode(&content.pieces).map_err(|wrong| {
        let mut spot = content.words_spot();
        if let Some(at) = wrong.at {
            (spot.at, spot.length) = (at, 1);
        }
        docket.refuse(&rule::BAD_BASE64, spot, &wrong.what, "");
    });
    let (packed, is_padded) = decoded.ok()?;
    if packed.is_empty() {
        docket.refuse(&rule::ATTACHMENT_EMPTY, content.tag(), &name, "");
        return None;
    }
    if !is_padded {
        let spot = content.words_spot();
        docket.say(&rule::BASE64_PADDING, spot, "", "");
    }
    let digest: [u8; 32] = Sha256::digest(&packed).into();
    let claimed = line(Some(element), "ContentType");
    let (bytes, is_judged) = unpacked(packed, &name, &claimed, left, content, docket)?;
    if bytes.is_empty() {
        docket.refuse(&rule::ATTACHMENT_EMPTY, content.tag(), &name, "");
        return None;
    }
    if !is_judged && packing::fits(&name, &bytes) == Some(false) {
        let kind = packing::kind(&bytes).unwrap_or("loại khác (another type)");
        let holder = element.child("AttachmentName").unwrap_or(element);
        docket.say(&rule::CONTENT_DIFFERS, holder.words_spot(), &name, kind);
    }
    let media_type = Some(line(reference, "ContentType")).filter(|one| !one.is_empty()).unwrap_or(claimed);
    let description = Some(line(reference, "Description")).filter(|one| !one.is_empty());
    let description = description.unwrap_or_else(|| line(Some(element), "Description"));
    let file = Attachment { content_id: id.to_owned(), name, media_type, description, bytes };
    Some(Taken { file, packed: digest })
}

/// The name of a file, without folders.
fn name(element: &Element<'_>, reference: Option<&Element<'_>>, docket: &mut Docket) -> String {
    let (own, listed) = (line(Some(element), "AttachmentName"), line(reference, "AttachmentName"));
    let holder = element.child("AttachmentName").unwrap_or(element);
    let written = if own.is_empty() { listed.clone() } else { own };
    let bare = written.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    if bare != written {
        docket.say(&rule::NAME_IS_PATH, holder.words_spot(), &written, &bare);
    } else if !listed.is_empty() && listed != written {
        docket.say(&rule::NAMES_DIFFER, holder.words_spot(), &written, &listed);
    }
    bare
}

/// The file inside its packing, and whether its kind has been told of; nothing when it is broken, which has been told.
fn unpacked(
    packed: Vec<u8>,
    name: &str,
    claimed: &str,
    left: usize,
    content: &Element<'_>,
    docket: &mut Docket,
) -> Option<(Vec<u8>, bool)> {
    let spot = content.words_spot();
    if !packing::is_zip(&packed) {
        // What is said to be a ZIP and is neither that nor what its name says was damaged on its way.
        let is_text = std::str::from_utf8(&packed).is_ok();
        let is_plain = packing::fits(name, &packed).unwrap_or(is_text || !claimed.contains("zip"));
        if claimed.contains("zip") && !is_plain {
            docket.refuse(&rule::ATTACHMENT_DAMAGED, spot, name, "");
            return None;
        }
        docket.say(&rule::NOT_ZIPPED, spot, name, "");
        return Some((packed, false));
    }
    match packing::unpack(&packed, name, left) {
        Unpacked::File(bytes) => return Some((bytes, false)),
        Unpacked::Kept(count) => {
            let is_odd = count != 1 && packing::fits(name, &packed) == Some(false);
            if is_odd {
                docket.say(&rule::ZIP_OF_MANY, spot, name, &count.to_string());
            }
            return Some((packed, is_odd));
        }
        Unpacked::Damaged => docket.refuse(&rule::ATTACHMENT_DAMAGED, spot, name, ""),
        Unpacked::Locked => docket.refuse(&rule::ATTACHMENT_LOCKED, spot, name, ""),
        Unpacked::TooFar => docket.refuse(&rule::UNFOLDS_TOO_FAR, spot, name, &UNFOLDED.to_string()),
    }
    None
}
