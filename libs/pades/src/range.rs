//! Which bytes of a file a signature covers (`ByteRange`, ISO 32000-1, 12.8.1), and what a certified file still allows.

use crate::{
    pdf::{
        file::View,
        object::{Dict, Object},
        parse::{is_space, unhex},
    },
    report::Finding,
    unreadable::Unreadable,
};

/// The most bytes of a signature itself.
const LARGEST_SIGNATURE: usize = 4 << 20;

/// From the beginning of the file to the signature's own letters, and from behind them to the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Signed {
    /// Where the `<` before the signature's letters stands.
    pub(crate) before: usize,
    /// The place behind the `>` after them.
    pub(crate) after: usize,
    /// The end of the signed bytes.
    pub(crate) end: usize,
}

/// The bytes that a signature covers. They must begin with the file and leave out the signature's letters and no more:
/// whatever else was left out could say anything.
pub(crate) fn of(view: &View<'_, '_>, signature: &Dict) -> Result<Result<Signed, Finding>, Unreadable> {
    let wrong = |why: &str| Ok(Err(Finding::RangeWrong { why: why.to_owned() }));
    let numbers = view.array(signature, "ByteRange")?;
    let numbers: Option<Vec<usize>> = numbers.iter().map(|item| usize::try_from(item.int()?).ok()).collect();
    let Some([first, before, after, length]) = numbers.and_then(|numbers| <[usize; 4]>::try_from(numbers).ok()) else {
        return wrong("it is not told by four numbers");
    };
    let bytes = view.pdf.bytes;
    let Some(end) = after.checked_add(length).filter(|end| *end <= bytes.len()) else {
        return wrong("it reaches past the end of the file");
    };
    if first != 0 {
        return wrong("it does not begin with the file");
    }
    if length == 0 || before == 0 || before >= after {
        return wrong("its two parts overlap or one is empty");
    }
    let gap = bytes.get(before..after).unwrap_or_default();
    let letters = gap.strip_prefix(b"<").and_then(|gap| gap.strip_suffix(b">"));
    if gap.len() > LARGEST_SIGNATURE * 2 {
        return wrong("the signature is too large");
    }
    let (Some(held), Object::Text(value)) = (letters.and_then(unhex), view.value(signature, "Contents")?) else {
        return wrong("more than the signature is left out");
    };
    if held != value {
        return wrong("something other than the signature is left out");
    }
    Ok(Ok(Signed { before, after, end }))
}

/// The covered bytes in one piece.
pub(crate) fn joined(bytes: &[u8], signed: &Signed) -> Vec<u8> {
    let before = bytes.get(..signed.before).unwrap_or_default();
    [before, bytes.get(signed.after..signed.end).unwrap_or_default()].concat()
}

/// Whether nothing but white space follows a place.
pub(crate) fn only_space_after(bytes: &[u8], end: usize) -> bool {
    bytes.get(end..).unwrap_or_default().iter().all(|byte| is_space(*byte))
}

/// What a certifying signature still allows (`DocMDP`): 1 nothing, 2 forms and signatures, 3 notes as well.
pub(crate) fn certified(view: &View<'_, '_>) -> Result<Option<i64>, Unreadable> {
    let (_, catalog) = view.catalog()?;
    let Some(permissions) = view.dict(&catalog, "Perms")? else { return Ok(None) };
    let Some(signature) = view.dict(&permissions, "DocMDP")? else { return Ok(None) };
    for reference in view.array(&signature, "Reference")? {
        if let Some(reference) = view.follow(&reference)?.dict()
            && let Some(parameters) = view.dict(reference, "TransformParams")?
        {
            return Ok(Some(parameters.int("P").unwrap_or(2)));
        }
    }
    Ok(None)
}
