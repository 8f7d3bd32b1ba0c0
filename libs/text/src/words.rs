//! Amounts of money read out in words, as vouchers and decisions demand ("đọc số thành chữ").

/// Which of the two accepted ways of speaking is used; an office keeps to one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Speech {
    /// Nghìn, linh: the usual way in official papers.
    #[default]
    Northern,
    /// Ngàn, lẻ.
    Southern,
}

impl Speech {
    fn thousand(self) -> &'static str {
        match self {
            Self::Northern => "nghìn",
            Self::Southern => "ngàn",
        }
    }

    /// The word for tens that are not there, as in 105.
    fn no_tens(self) -> &'static str {
        match self {
            Self::Northern => "linh",
            Self::Southern => "lẻ",
        }
    }
}

/// An amount in whole đồng, in words: 1.250.000 is "một triệu hai trăm năm mươi nghìn đồng".
#[must_use]
pub fn dong_in_words(amount: i64, speech: Speech) -> String {
    format!("{} đồng", number_in_words(amount, speech))
}

/// A whole number in words: 21 is "hai mươi mốt".
#[must_use]
pub fn number_in_words(number: i64, speech: Speech) -> String {
    let mut words = Vec::new();
    if number < 0 {
        words.push("âm");
    }
    match number.unsigned_abs() {
        0 => words.push("không"),
        size => say(size, false, speech, &mut words),
    }
    words.join(" ")
}

const BILLION: u64 = 1_000_000_000;

/// Says a number from 1. `padded` when something greater was said before it, so that missing hundreds are named.
fn say(number: u64, padded: bool, speech: Speech, words: &mut Vec<&'static str>) {
    let (billions, rest) = (number / BILLION, number % BILLION);
    if billions > 0 {
        say(billions, padded, speech, words);
        words.push("tỷ");
    }
    let mut padded = padded || billions > 0;
    let groups = [(rest / 1_000_000, "triệu"), (rest / 1000 % 1000, speech.thousand()), (rest % 1000, "")];
    for (group, scale) in groups {
        if group == 0 {
            continue;
        }
        say_group(group, padded, speech, words);
        if !scale.is_empty() {
            words.push(scale);
        }
        padded = true;
    }
}

/// Says 1–999.
fn say_group(group: u64, padded: bool, speech: Speech, words: &mut Vec<&'static str>) {
    let (hundreds, tens, units) = (group / 100, group / 10 % 10, group % 10);
    if hundreds > 0 || padded {
        words.extend([digit(hundreds), "trăm"]);
        if tens == 0 && units > 0 {
            words.push(speech.no_tens());
        }
    }
    match tens {
        0 => {}
        1 => words.push("mười"),
        _ => words.extend([digit(tens), "mươi"]),
    }
    match (tens, units) {
        (_, 0) => {}
        (2.., 1) => words.push("mốt"),
        (2.., 4) => words.push("tư"),
        (1.., 5) => words.push("lăm"),
        _ => words.push(digit(units)),
    }
}

fn digit(digit: u64) -> &'static str {
    match digit {
        0 => "không",
        1 => "một",
        2 => "hai",
        3 => "ba",
        4 => "bốn",
        5 => "năm",
        6 => "sáu",
        7 => "bảy",
        8 => "tám",
        _ => "chín",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numbers_change_their_words_after_ten() {
        let table = [
            (0, "không"),
            (1, "một"),
            (4, "bốn"),
            (5, "năm"),
            (10, "mười"),
            (11, "mười một"),
            (14, "mười bốn"),
            (15, "mười lăm"),
            (20, "hai mươi"),
            (21, "hai mươi mốt"),
            (24, "hai mươi tư"),
            (25, "hai mươi lăm"),
            (91, "chín mươi mốt"),
            (100, "một trăm"),
            (101, "một trăm linh một"),
            (104, "một trăm linh bốn"),
            (105, "một trăm linh năm"),
            (110, "một trăm mười"),
            (115, "một trăm mười lăm"),
            (555, "năm trăm năm mươi lăm"),
            (-21, "âm hai mươi mốt"),
        ];
        for (number, words) in table {
            assert_eq!(number_in_words(number, Speech::Northern), words);
        }
    }

    #[test]
    fn money_is_said_group_by_group() {
        let table = [
            (1_250_000, "một triệu hai trăm năm mươi nghìn đồng"),
            (1000, "một nghìn đồng"),
            (1005, "một nghìn không trăm linh năm đồng"),
            (21_000, "hai mươi mốt nghìn đồng"),
            (1_000_005, "một triệu không trăm linh năm đồng"),
            (5_025_110, "năm triệu không trăm hai mươi lăm nghìn một trăm mười đồng"),
            (1_505_555_005, "một tỷ năm trăm linh năm triệu năm trăm năm mươi lăm nghìn không trăm linh năm đồng"),
            (1_000_000_000_000, "một nghìn tỷ đồng"),
            (2_000_003_000_000_000, "hai triệu không trăm linh ba tỷ đồng"),
            (0, "không đồng"),
        ];
        for (amount, words) in table {
            assert_eq!(dong_in_words(amount, Speech::Northern), words);
        }
    }

    #[test]
    fn the_south_says_it_with_other_words() {
        assert_eq!(dong_in_words(101_005, Speech::Southern), "một trăm lẻ một ngàn không trăm lẻ năm đồng");
    }

    #[test]
    fn the_ends_of_the_range_have_words() {
        let greatest = number_in_words(i64::MAX, Speech::Northern);
        assert!(greatest.starts_with("chín tỷ hai trăm hai mươi ba triệu"), "{greatest}");
        assert!(greatest.ends_with("bảy trăm bảy mươi lăm nghìn tám trăm linh bảy"), "{greatest}");
        assert!(number_in_words(i64::MIN, Speech::Northern).starts_with("âm chín tỷ"));
    }
}
