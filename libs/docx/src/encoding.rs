//! Fonts from before Unicode, known by their names, and what their letters are.

/// TCVN3 (ABC): one sign for each letter.
mod tcvn3;
/// VNI: a letter and a sign behind it.
mod vni;

/// How the letters of a font are to be understood.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// As Unicode, as those of nearly all fonts.
    #[default]
    Unicode,
    /// As TCVN3.
    Tcvn3,
    /// As TCVN3; the font draws small letters as capitals.
    Tcvn3Capitals,
    /// As VNI.
    Vni,
}

impl Encoding {
    /// By the name of a font: `.VnTime`, `.VnTimeH`, `VNI-Times`.
    pub(crate) fn of_font(name: &str) -> Self {
        let name = name.trim();
        let small = name.to_ascii_lowercase();
        if small.starts_with(".vn") {
            // The capital at the end tells; in a name of small letters alone, only where it cannot be part of a word.
            let is_capitals = name.ends_with('H') || matches!(small.as_str(), ".vntimeh" | ".vnarialh");
            return if is_capitals { Self::Tcvn3Capitals } else { Self::Tcvn3 };
        }
        let is_vni = small.strip_prefix("vni").is_some_and(|rest| rest.starts_with(['-', ' ']));
        if is_vni { Self::Vni } else { Self::Unicode }
    }

    /// The text in Unicode.
    pub(crate) fn decoded(self, text: &str) -> String {
        match self {
            Self::Unicode => text.to_owned(),
            Self::Tcvn3 => tcvn3::decoded(text),
            Self::Tcvn3Capitals => tcvn3::decoded(text).to_uppercase(),
            Self::Vni => vni::decoded(text),
        }
    }
}

/// Whether a letter is one that neither TCVN3 nor VNI has: text with such letters is in Unicode, whatever its font says.
pub(crate) fn is_modern(letter: char) -> bool {
    matches!(letter, 'Ă' | 'ă' | 'Đ' | 'đ' | 'Ĩ' | 'ĩ' | 'Ũ' | 'ũ' | 'Ơ' | 'ơ' | 'Ư' | 'ư')
        || matches!(letter, '\u{1EA0}'..='\u{1EF9}' | '\u{0300}'..='\u{0323}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fonts_are_known_by_name() {
        let table = [
            (".VnTime", Encoding::Tcvn3),
            (".VnTimeH", Encoding::Tcvn3Capitals),
            (".VnCentury SchoolbookH", Encoding::Tcvn3Capitals),
            (".vntimeh", Encoding::Tcvn3Capitals),
            (".VNtime", Encoding::Tcvn3),
            ("VNI-Times", Encoding::Vni),
            ("VNI Helve", Encoding::Vni),
            ("Vnitron", Encoding::Unicode),
            ("Times New Roman", Encoding::Unicode),
        ];
        for (font, expected) in table {
            assert_eq!(Encoding::of_font(font), expected, "{font}");
        }
    }

    #[test]
    fn capitals_are_drawn_from_small_letters() {
        assert_eq!(Encoding::Tcvn3Capitals.decoded("®¶ng uû x·"), "ĐẢNG UỶ XÃ");
    }
}
