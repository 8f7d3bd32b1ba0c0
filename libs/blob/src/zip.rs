//! Looking into the head of a ZIP archive: the names of its first entries, and what the first one says of itself.

/// The mark before each entry of an archive.
pub(crate) const ENTRY_MARK: &[u8] = b"PK\x03\x04";

/// An entry as far as the head shows it.
pub(crate) struct Entry<'a> {
    /// Its path within the archive.
    pub(crate) name: &'a [u8],
    /// Its bytes as they are packed, perhaps cut off.
    pub(crate) packed: &'a [u8],
}

/// The entries that begin in the head of an archive.
pub(crate) fn entries(head: &[u8]) -> Vec<Entry<'_>> {
    let mut found = Vec::new();
    let mut rest = head;
    while let Some((entry, behind)) = entry(rest) {
        found.push(entry);
        rest = behind;
    }
    found
}

/// The entry at the beginning, and what stands behind it.
fn entry(bytes: &[u8]) -> Option<(Entry<'_>, &[u8])> {
    let fields = bytes.strip_prefix(ENTRY_MARK)?;
    let short = |at: usize| Some(usize::from(u16::from_le_bytes(fields.get(at..at + 2)?.try_into().ok()?)));
    let (flags, name_length, extra_length) = (short(2)?, short(22)?, short(24)?);
    let size = u32::from_le_bytes(fields.get(14..18)?.try_into().ok()?);
    let name = fields.get(26..26 + name_length)?;
    let data = fields.get(26 + name_length + extra_length..)?;
    // An entry written as a stream states its size behind itself: the next mark ends it.
    let streamed = flags & 0b1000 != 0;
    let end = match streamed {
        true => data.windows(ENTRY_MARK.len()).position(|window| window == ENTRY_MARK).unwrap_or(data.len()),
        false => usize::try_from(size).unwrap_or(usize::MAX).min(data.len()),
    };
    let (packed, behind) = data.split_at(end);
    Some((Entry { name, packed }, behind))
}
