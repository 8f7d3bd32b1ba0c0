//! Short names of bodies and what they stand for, so that either is found by the other.

/// A short name and the folded words it stands for.
const TABLE: &[(&str, &[&str])] = &[
    ("ubnd", &["uy", "ban", "nhan", "dan"]),
    ("hdnd", &["hoi", "dong", "nhan", "dan"]),
    ("mttq", &["mat", "tran", "to", "quoc"]),
    ("ubkt", &["uy", "ban", "kiem", "tra"]),
    ("btv", &["ban", "thuong", "vu"]),
    ("bch", &["ban", "chap", "hanh"]),
    ("btc", &["ban", "to", "chuc"]),
    ("btg", &["ban", "tuyen", "giao"]),
    ("bnc", &["ban", "noi", "chinh"]),
    ("vptw", &["van", "phong", "trung", "uong"]),
    ("vptu", &["van", "phong", "tinh", "uy"]),
    ("ldld", &["lien", "doan", "lao", "dong"]),
    ("ptnt", &["phat", "trien", "nong", "thon"]),
    ("gddt", &["giao", "duc", "dao", "tao"]),
    ("ttatxh", &["trat", "tu", "an", "toan", "xa", "hoi"]),
    ("cntt", &["cong", "nghe", "thong", "tin"]),
    ("gpmb", &["giai", "phong", "mat", "bang"]),
    ("ntm", &["nong", "thon", "moi"]),
];

/// What a short name stands for.
#[must_use]
pub(crate) fn stands_for(folded: &str) -> Option<&'static [&'static str]> {
    TABLE.iter().find(|(short, _)| *short == folded).map(|(_, words)| *words)
}

/// The short name of the words that begin here, and how many they are.
#[must_use]
pub(crate) fn short_for<'a>(folded: impl Iterator<Item = &'a str> + Clone) -> Option<&'static str> {
    TABLE
        .iter()
        .find(|(_, words)| {
            let mut here = folded.clone();
            words.iter().all(|word| here.next() == Some(*word))
        })
        .map(|(short, _)| *short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_names_and_long_ones_lead_to_each_other() {
        for (short, words) in TABLE {
            assert_eq!(stands_for(short), Some(*words));
            assert_eq!(short_for(words.iter().copied()), Some(*short));
            assert_eq!(text::fold(short), *short);
        }
        assert_eq!(short_for(["uy", "ban", "kiem"].into_iter()), None);
        assert_eq!(stands_for("ban"), None);
    }
}
