//! Signing a PDF: PAdES-B-B (ETSI EN 319 142-1), and B-T once a time stamp is put in. The file's own bytes stay as they
//! are; all that is new is appended.

use std::{fmt, ops::Range};

use wire::Instant;

use crate::{
    algorithm::Check,
    asn1,
    cms::{oid, read::SignedData, write},
    moment,
    pdf::{
        file::{Pdf, View},
        object::{Dict, Id, Object, text_string},
        pages,
        parse::unhex,
        write::Update,
    },
    range::{self, Signed as SignedRange},
    signer::{KeyFailed, Signer},
    stamp::{self, BadStamp},
    unreadable::Unreadable,
};

/// The room for a time stamp with its certificates.
const STAMP_ROOM: usize = 12 << 10;

/// The room for all else in an envelope besides the certificates.
const ENVELOPE_ROOM: usize = 2 << 10;

/// The length of the text that tells the signed bytes; it is filled in when they are known.
const RANGE_LENGTH: usize = 48;

/// What the signer tells.
#[derive(Clone, Debug)]
pub struct Details {
    /// The moment of signing, as the signer claims it.
    pub at: Instant,
    /// The signer's name as it is shown.
    pub name: Option<String>,
    /// Why: for instance `Ký ban hành`.
    pub reason: Option<String>,
    /// Where.
    pub place: Option<String>,
}

/// Why a PDF was not signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SigningFailed {
    /// The file is no PDF that can be signed.
    Unreadable(Unreadable),
    /// The PDF has no page.
    NoPage,
    /// An earlier signer allowed no further change.
    Locked,
    /// The certificate does not hold at the moment of signing.
    OutOfTime,
    /// The certificate is not for signing documents.
    WrongUse,
    /// The key does not sign.
    Key(KeyFailed),
    /// The certificates are larger than the place that was left for them.
    TooLarge,
}

impl fmt::Display for SigningFailed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(why) => why.fmt(f),
            Self::NoPage => f.write_str("the PDF has no page"),
            Self::Locked => f.write_str("an earlier signer allowed no change, and another signature is one"),
            Self::OutOfTime => f.write_str("the certificate does not hold today: sign with one that does"),
            Self::WrongUse => f.write_str("the certificate is not for signing documents: sign with one that is"),
            Self::Key(why) => why.fmt(f),
            Self::TooLarge => f.write_str("the certificates are too large to be put into a signature"),
        }
    }
}

impl std::error::Error for SigningFailed {}

impl From<Unreadable> for SigningFailed {
    fn from(why: Unreadable) -> Self {
        Self::Unreadable(why)
    }
}

impl From<KeyFailed> for SigningFailed {
    fn from(why: KeyFailed) -> Self {
        Self::Key(why)
    }
}

/// A PDF whose last signature can still be given a time stamp.
#[derive(Clone, Debug)]
pub struct Signed {
    pdf: Vec<u8>,
    /// The hexadecimal letters of the signature.
    place: Range<usize>,
    envelope: Vec<u8>,
    signature: Vec<u8>,
}

/// Signs a PDF. The signature covers all of it, earlier signatures too; its field is invisible, because what is seen of
/// a seal belongs into the page before it is signed.
///
/// # Errors
/// When the PDF cannot be signed, the certificate is not fit, or the key fails. A failed attempt leaves nothing behind.
pub fn sign(pdf: &[u8], signer: &dyn Signer, details: &Details) -> Result<Signed, SigningFailed> {
    let chain = signer.chain();
    let certificate = chain.first().ok_or(KeyFailed::NoCertificate)?;
    if !certificate.holds_at(details.at) {
        return Err(SigningFailed::OutOfTime);
    }
    if !certificate.rights.signs_documents || certificate.rights.authority == Some(true) {
        return Err(SigningFailed::WrongUse);
    }
    let scheme = certificate.key.our_scheme().ok_or(KeyFailed::UnfitKey)?;
    let digest = scheme.digest().ok_or(KeyFailed::UnfitKey)?;
    let room = chain.iter().map(|certificate| certificate.der().len()).sum::<usize>() + ENVELOPE_ROOM + STAMP_ROOM;
    let (mut pdf, place) = prepared(pdf, details, room)?;
    let content = range::joined(&pdf, &SignedRange { before: place.start - 1, after: place.end + 1, end: pdf.len() });
    let content_digest = digest.of_bytes(&content).ok_or(KeyFailed::UnfitKey)?;
    let attributes = write::signed_attributes(digest, &content_digest, certificate);
    let signature = signer.sign(&attributes)?;
    // A token may hold another key under the same label; that must be known now and not at the reader's.
    if certificate.key.check(&scheme, &attributes, &signature) != Check::Good {
        return Err(KeyFailed::OtherKey.into());
    }
    let envelope = write::envelope(digest, &scheme, chain, &attributes, &signature);
    let envelope = envelope.map_err(|_| KeyFailed::NoCertificate)?;
    if !put(&mut pdf, &place, &envelope) {
        return Err(SigningFailed::TooLarge);
    }
    Ok(Signed { pdf, place, envelope, signature })
}

impl Signed {
    /// The last signature of a PDF, when it covers the whole file and has no time stamp yet.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn last_of(pdf: &[u8]) -> Result<Option<Self>, Unreadable> {
        let opened = Pdf::open(pdf)?;
        let view = opened.now()?;
        for field in pages::signature_fields(&view)? {
            let Some(value) = field.value else { continue };
            let Ok(signed) = range::of(&view, &value)? else { continue };
            if signed.end != pdf.len() || value.name("SubFilter") == Some(b"ETSI.RFC3161") {
                continue;
            }
            let place = signed.before + 1..signed.after.saturating_sub(1);
            let envelope = pdf.get(place.clone()).and_then(unhex).unwrap_or_default();
            let (Ok(read), Ok(envelope)) = (SignedData::read(&envelope), asn1::definite(&envelope)) else { continue };
            if read.signer.unsigned_attribute(oid::SIGNATURE_STAMP).is_none() {
                return Ok(Some(Self { pdf: pdf.to_vec(), place, envelope, signature: read.signer.signature }));
            }
        }
        Ok(None)
    }

    /// The PDF as it is signed: B-B.
    #[must_use]
    pub fn pdf(&self) -> &[u8] {
        &self.pdf
    }

    /// What to send to a time-stamp authority (`application/timestamp-query`). The nonce must be random, and is needed
    /// again for the answer.
    #[must_use]
    pub fn stamp_request(&self, nonce: [u8; 16]) -> Vec<u8> {
        stamp::request(&self.signature, nonce)
    }

    /// The PDF with the time stamp of the authority's answer (`application/timestamp-reply`): B-T.
    ///
    /// # Errors
    /// When the answer is a refusal, or not to this request, or does not hold, or does not fit; the B-B stays good.
    pub fn stamped(&self, answer: &[u8], nonce: [u8; 16]) -> Result<Vec<u8>, BadStamp> {
        let token = stamp::token(answer, &self.signature, nonce)?;
        let envelope = write::with_stamp(&self.envelope, &token).map_err(|_| BadStamp::IllFormed)?;
        let mut pdf = self.pdf.clone();
        if put(&mut pdf, &self.place, &envelope) { Ok(pdf) } else { Err(BadStamp::TooLarge) }
    }
}

/// The PDF with an empty signature appended, and the place of the signature's letters.
fn prepared(pdf: &[u8], details: &Details, room: usize) -> Result<(Vec<u8>, Range<usize>), SigningFailed> {
    let opened = Pdf::open(pdf)?;
    let view = opened.now()?;
    refuse_locked(&view)?;
    let (page_id, page) = pages::first_page(&view)?.ok_or(SigningFailed::NoPage)?;
    let mut update = Update::of(&view);
    let (signature, field) = (update.fresh(), update.fresh());
    let body = signature_body(details, room);
    let in_body = body.range.clone();
    let letters = body.letters.clone();
    update.put_raw(signature, body.bytes);
    update.put(field, &Object::Dict(field_dict(&view, page_id, signature)?));
    add_to_page(&view, &mut update, page_id, page, field)?;
    add_to_form(&view, &mut update, field)?;
    let appended = update.finish()?;
    let start = appended.places.get(&signature).copied().unwrap_or_default();
    let mut bytes = appended.bytes;
    let place = start + letters.start..start + letters.end;
    let after = place.end + 1;
    let told = format!("[0 {} {} {}]", place.start - 1, after, bytes.len() - after);
    let told = format!("{told:RANGE_LENGTH$}");
    if let Some(room) = bytes.get_mut(start + in_body.start..start + in_body.end) {
        room.copy_from_slice(told.as_bytes());
    }
    Ok((bytes, place))
}

/// A signature's dictionary with places that are filled in later.
struct Body {
    bytes: Vec<u8>,
    range: Range<usize>,
    letters: Range<usize>,
}

fn signature_body(details: &Details, room: usize) -> Body {
    let mut dict = Dict::default();
    dict.set("Type", Object::named("Sig"));
    dict.set("Filter", Object::named("Adobe.PPKLite"));
    dict.set("SubFilter", Object::named("ETSI.CAdES.detached"));
    dict.set("M", Object::Text(moment::to_pdf(details.at).into_bytes()));
    for (key, text) in [("Name", &details.name), ("Reason", &details.reason), ("Location", &details.place)] {
        if let Some(text) = text {
            dict.set(key, text_string(text));
        }
    }
    let mut bytes = Vec::new();
    crate::pdf::write::write(&Object::Dict(dict), &mut bytes);
    bytes.truncate(bytes.len() - 2);
    bytes.extend(b"/ByteRange ");
    let range = bytes.len()..bytes.len() + RANGE_LENGTH;
    bytes.resize(range.end, b' ');
    bytes.extend(b"/Contents <");
    let letters = bytes.len()..bytes.len() + room * 2;
    bytes.resize(letters.end, b'0');
    bytes.extend(b">>>");
    Body { bytes, range, letters }
}

/// An invisible field: no appearance and no extent, so that nothing in it can break PDF/A.
fn field_dict(view: &View<'_, '_>, page: Id, signature: Id) -> Result<Dict, Unreadable> {
    let taken: Vec<String> = pages::signature_fields(view)?.into_iter().map(|field| field.name).collect();
    let free = |number: &usize| !taken.contains(&format!("Signature{number}"));
    let number = (1..=taken.len() + 1).find(free).unwrap_or_default();
    let mut dict = Dict::default();
    dict.set("Type", Object::named("Annot"));
    dict.set("Subtype", Object::named("Widget"));
    dict.set("FT", Object::named("Sig"));
    dict.set("T", Object::Text(format!("Signature{number}").into_bytes()));
    // Print, and locked against being moved.
    dict.set("F", Object::Int(132));
    dict.set("Rect", Object::Array(vec![Object::Int(0); 4]));
    dict.set("P", Object::Ref(page));
    dict.set("V", Object::Ref(signature));
    Ok(dict)
}

fn add_to_page(
    view: &View<'_, '_>,
    update: &mut Update<'_, '_, '_>,
    id: Id,
    mut page: Dict,
    field: Id,
) -> Result<(), Unreadable> {
    let mut notes = view.array(&page, "Annots")?;
    notes.push(Object::Ref(field));
    match page.reference("Annots") {
        Some(array) => update.put(array, &Object::Array(notes)),
        None => {
            page.set("Annots", Object::Array(notes));
            update.put(id, &Object::Dict(page));
        }
    }
    Ok(())
}

fn add_to_form(view: &View<'_, '_>, update: &mut Update<'_, '_, '_>, field: Id) -> Result<(), Unreadable> {
    let (id, mut catalog) = view.catalog()?;
    let mut form = view.dict(&catalog, "AcroForm")?.unwrap_or_default();
    let mut fields = view.array(&form, "Fields")?;
    fields.push(Object::Ref(field));
    match form.reference("Fields") {
        Some(array) => update.put(array, &Object::Array(fields)),
        None => form.set("Fields", Object::Array(fields)),
    }
    // There are signatures, and what comes next must be appended.
    form.set("SigFlags", Object::Int(3));
    match catalog.reference("AcroForm") {
        Some(own) => update.put(own, &Object::Dict(form)),
        None => {
            catalog.set("AcroForm", Object::Dict(form));
            update.put(id, &Object::Dict(catalog));
        }
    }
    Ok(())
}

/// A certified document says what may still be done with it; 1 means nothing (ISO 32000-1, 12.8.2.2).
fn refuse_locked(view: &View<'_, '_>) -> Result<(), SigningFailed> {
    match range::certified(view)? {
        Some(1) => Err(SigningFailed::Locked),
        _ => Ok(()),
    }
}

/// Writes an envelope into its place and fills up with zeros; false when it does not fit.
fn put(pdf: &mut [u8], place: &Range<usize>, envelope: &[u8]) -> bool {
    let Some(room) = pdf.get_mut(place.clone()) else { return false };
    if envelope.len() * 2 > room.len() {
        return false;
    }
    let letters = envelope.iter().flat_map(|byte| format!("{byte:02x}").into_bytes());
    for (target, letter) in room.iter_mut().zip(letters.chain(std::iter::repeat(b'0'))) {
        *target = letter;
    }
    true
}
