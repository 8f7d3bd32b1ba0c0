//! Numbers and symbols as they are looked up: `817-CV/VPTU`, `817cvvptu`, `05-nq/tu`, `12/NQ-HĐND` for `12/2026/NQ-HĐND`.

/// What a symbol is found by: it and its beginnings, without separators, accents and leading zeros, and all of these
/// without the year that legal documents bear.
#[must_use]
pub(crate) fn keys(symbol: &str) -> Vec<String> {
    let parts = parts(symbol);
    let mut keys = Vec::new();
    let yearless: Vec<String> = parts
        .iter()
        .enumerate()
        .filter(|(at, part)| *at != 1 || !is_year(part))
        .map(|(_, part)| part.clone())
        .collect();
    for parts in [parts, yearless] {
        let mut key = String::new();
        for part in parts {
            key.push_str(&part);
            if !keys.contains(&key) {
                keys.push(key.clone());
            }
        }
    }
    keys
}

/// What was typed of a symbol, in the form of [`keys`]; nothing when there is no letter or figure in it.
#[must_use]
pub(crate) fn typed(symbol: &str) -> Option<String> {
    let key = parts(symbol).concat();
    (!key.is_empty()).then_some(key)
}

/// Whether a piece of what was typed looks like a symbol: figures and letters together, as `05-NQ/TU` and `817cv`.
#[must_use]
pub(crate) fn looks_like(piece: &str) -> bool {
    let folded = text::fold(piece);
    let begins = folded.starts_with(|character: char| character.is_ascii_digit());
    begins && folded.contains(|character: char| character.is_alphabetic())
}

/// Runs of figures and runs of letters; figures without leading zeros.
fn parts(symbol: &str) -> Vec<String> {
    let folded = text::fold(symbol);
    let folded = folded.strip_prefix("so ").unwrap_or(&folded);
    let mut parts: Vec<String> = Vec::new();
    let mut figures = None;
    for character in folded.chars() {
        let now = character.is_alphanumeric().then(|| character.is_ascii_digit());
        if now.is_some() {
            if now != figures || parts.is_empty() {
                parts.push(String::new());
            }
            if let Some(part) = parts.last_mut() {
                part.push(character);
            }
        }
        figures = now;
    }
    let bare = |part: String| {
        let bare = part.trim_start_matches('0');
        if part.starts_with('0') && !bare.is_empty() { bare.to_owned() } else { part }
    };
    parts.into_iter().map(bare).collect()
}

fn is_year(part: &str) -> bool {
    part.len() == 4 && part.parse::<u16>().is_ok_and(|year| (1945..=2199).contains(&year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_symbol_is_found_however_it_is_typed() {
        let table = [
            ("817-CV/VPTU", &["817", "817-cv", "817 CV VPTU", "817cvvptu", "Số: 817-CV/VPTU", "0817-CV"][..]),
            ("05-NQ/TU", &["5-NQ/TU", "05nqtu", "05–NQ/TƯ", "5"][..]),
            ("12/2026/NQ-HĐND", &["12/NQ-HĐND", "12nqhdnd", "12/2026", "12/2026/nq-hđnd"][..]),
        ];
        for (symbol, ways) in table {
            for way in ways {
                assert!(keys(symbol).contains(&typed(way).unwrap()), "{symbol}: {way}");
            }
        }
        for other in ["81", "817-QĐ", "817-CV/VPTW", "2026"] {
            assert!(!keys("817-CV/VPTU").contains(&typed(other).unwrap()), "{other}");
        }
        assert_eq!(typed(" / "), None);
    }

    #[test]
    fn figures_and_letters_together_look_like_a_symbol() {
        assert!(["05-NQ/TU", "817cv", "12/2026/NQ-HĐND"].into_iter().all(looks_like));
        assert!(!["2026", "01/10/2026", "covid19", "ủy"].into_iter().any(looks_like));
    }
}
