//! What the XML signature of a message says of itself: algorithm, signer, digests of files. Whether it holds over the
//! whole message is not judged: samples differ in what they sign.

use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::attachment::Taken;
use crate::{
    Signature,
    diagnosis::Docket,
    rule::attachment as rule,
    tree::{DSIG, Element, Space},
};

/// Algorithms that are strong enough, by the end of their address.
const STRONG: [&str; 10] = [
    "rsa-sha256",
    "rsa-sha384",
    "rsa-sha512",
    "ecdsa-sha256",
    "ecdsa-sha384",
    "ecdsa-sha512",
    "sha256-rsa-MGF1",
    "sha384-rsa-MGF1",
    "sha512-rsa-MGF1",
    "eddsa-ed25519",
];

/// Digests by the end of their address, with their lengths in bytes.
const DIGESTS: [(&str, usize); 4] = [("sha1", 20), ("sha256", 32), ("sha384", 48), ("sha512", 64)];

/// Looks at the signature.
pub(crate) fn look(root: &Element<'_>, files: &[Taken], docket: &mut Docket) -> Option<Signature> {
    let signature = root.at("edXMLEnvelope/edXMLHeader/Signature")?;
    if signature.children.is_empty() {
        docket.tag(&rule::SIGNATURE_INCOMPLETE, signature, "", "SignedInfo");
        return None;
    }
    if signature.space != Space::Signature {
        docket.tag(&rule::SIGNATURE_NAMESPACE, signature, "", DSIG);
    }
    let lacking = ["SignedInfo", "SignatureValue", "SignedInfo/SignatureMethod"];
    if let Some(lacking) = lacking.into_iter().find(|way| signature.at(way).is_none()) {
        docket.tag(&rule::SIGNATURE_INCOMPLETE, signature, "", lacking);
    }
    let holder = signature.at("SignedInfo/SignatureMethod");
    let method = holder.and_then(|one| one.attribute("Algorithm")).unwrap_or_default();
    let mut is_old = is_weak(method);
    if let Some(holder) = holder {
        if is_old {
            docket.tag(&rule::OLD_ALGORITHM, holder, short(method), "");
        } else if !STRONG.contains(&short(method)) {
            docket.tag(&rule::UNKNOWN_ALGORITHM, holder, method, "");
        }
    }
    for reference in signature.at("SignedInfo").into_iter().flat_map(|one| one.all("Reference")) {
        let weak = digest(reference, files, docket);
        if let Some((holder, name)) = weak.filter(|_| !is_old) {
            is_old = true;
            docket.tag(&rule::OLD_ALGORITHM, holder, name, "");
        }
    }
    certificate(signature, docket);
    let subject = signature.at("KeyInfo/X509Data/X509SubjectName").map(|one| super::tidy(&one.words()));
    Some(Signature { method: method.to_owned(), subject: subject.unwrap_or_default(), is_old })
}

fn short(address: &str) -> &str {
    address.rsplit(['#', '/']).next().unwrap_or_default()
}

fn is_weak(address: &str) -> bool {
    let name = short(address).to_ascii_lowercase();
    name.contains("sha1") || name.contains("md5")
}

/// Looks at a digest; gives back a weak algorithm.
fn digest<'a>(reference: &'a Element<'a>, files: &[Taken], docket: &mut Docket) -> Option<(&'a Element<'a>, &'a str)> {
    let holder = reference.child("DigestMethod")?;
    let name = short(holder.attribute("Algorithm")?);
    let value = reference.child("DigestValue")?;
    let length = DIGESTS.iter().find(|(known, _)| *known == name).map(|(_, length)| *length);
    let text: String = value.words().split_whitespace().collect();
    let bytes = STANDARD.decode(text).ok();
    if length.is_some() && bytes.as_ref().map(Vec::len) != length {
        docket.say(&rule::DIGEST_LENGTH, value.words_spot(), name, "");
        return is_weak(name).then_some((holder, name));
    }
    let uri = reference.attribute("URI").unwrap_or_default();
    let file = uri.strip_prefix("cid:").and_then(|id| files.iter().find(|one| one.file.content_id == id));
    if let (Some(taken), Some(bytes), "sha256") = (file, bytes, name) {
        let fits = bytes == taken.packed || bytes == taken.file.sha256();
        if !fits {
            docket.refuse(&rule::DIGEST_MISMATCH, value.words_spot(), &taken.file.name, "");
        }
    }
    is_weak(name).then_some((holder, name))
}

/// Whether the certificate is a whole DER value; no more is looked at.
fn certificate(signature: &Element<'_>, docket: &mut Docket) {
    let Some(holder) = signature.at("KeyInfo/X509Data/X509Certificate") else { return };
    let text: String = holder.words().split_whitespace().collect();
    let is_whole = STANDARD.decode(text).is_ok_and(|der| match der.as_slice() {
        [0x30, 0x82, high, low, rest @ ..] => usize::from(u16::from_be_bytes([*high, *low])) == rest.len(),
        [0x30, 0x81, length, rest @ ..] => usize::from(*length) == rest.len(),
        _ => false,
    });
    if !is_whole {
        docket.say(&rule::BROKEN_CERTIFICATE, holder.words_spot(), "", "");
    }
}
