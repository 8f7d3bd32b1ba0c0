//! VNI: a letter and a sign behind it, both shown as Latin-1; a few letters are one sign.

/// Letters that are one sign. Those of `ơ` and `ư` may bear a tone behind them.
const ALONE: [(char, char); 9] =
    [('ô', 'ơ'), ('ö', 'ư'), ('ñ', 'đ'), ('í', 'í'), ('ì', 'ì'), ('æ', 'ỉ'), ('ó', 'ĩ'), ('ò', 'ị'), ('î', 'ỵ')];

/// Signs behind a letter, and the letters that come of it, in the order of [`BASES`]; `-` where there is none.
const SIGNS: [(char, &str); 17] = [
    ('ù', "áéóúýớứ"),
    ('ø', "àèòùỳờừ"),
    ('û', "ảẻỏủỷởử"),
    ('õ', "ãẽõũỹỡữ"),
    ('ï', "ạẹọụỵợự"),
    ('â', "âêô----"),
    ('á', "ấếố----"),
    ('à', "ầềồ----"),
    ('å', "ẩểổ----"),
    ('ã', "ẫễỗ----"),
    ('ä', "ậệộ----"),
    ('ê', "ă------"),
    ('é', "ắ------"),
    ('è', "ằ------"),
    ('ú', "ẳ------"),
    ('ü', "ẵ------"),
    ('ë', "ặ------"),
];
/// Letters that bear a sign; the last two are those of `ơ` and `ư`.
const BASES: &str = "aeouyôö";

/// The text in Unicode; what is no letter of VNI stays.
pub(super) fn decoded(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if let Some(one) = letters.peek().and_then(|sign| pair(letter, *sign)) {
            words.push(one);
            letters.next();
        } else {
            words.push(alone(letter));
        }
    }
    words
}

/// The letter that a letter and the sign behind it make, as large as the first.
fn pair(base: char, sign: char) -> Option<char> {
    let (small, sign) = (lower(base), lower(sign));
    let place = BASES.chars().position(|other| other == small)?;
    let (_, row) = SIGNS.iter().find(|(other, _)| *other == sign)?;
    let found = row.chars().nth(place).filter(|letter| *letter != '-')?;
    Some(as_large_as(base, found))
}

fn alone(letter: char) -> char {
    let small = lower(letter);
    let found = ALONE.iter().find(|(sign, _)| *sign == small);
    found.map_or(letter, |(_, found)| as_large_as(letter, *found))
}

fn as_large_as(letter: char, found: char) -> char {
    if letter.is_uppercase() { found.to_uppercase().next().unwrap_or(found) } else { found }
}

fn lower(letter: char) -> char {
    letter.to_lowercase().next().unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_words_are_read() {
        let table = [
            ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
            ("COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            ("Ñoäc laäp - Töï do - Haïnh phuùc", "Độc lập - Tự do - Hạnh phúc"),
            ("ÑAÛNG UÛY XAÕ", "ĐẢNG ỦY XÃ"),
            ("ñöôïc höôùng daãn thöïc hieän nghò quyeát", "được hướng dẫn thực hiện nghị quyết"),
            ("naêm, baèng, ngaën, ngaét, baúng, kyõ, kyø, tyû, ñaúng", "năm, bằng, ngặn, ngắt, bẳng, kỹ, kỳ, tỷ, đẳng"),
            ("chæ thò, yù kieán, lyù luaän, nghæ, mó, trì trí", "chỉ thị, ý kiến, lý luận, nghỉ, mĩ, trì trí"),
            ("NGÖÔØI, Ôû, Ö, Ñaëng", "NGƯỜI, Ở, Ư, Đặng"),
        ];
        for (signs, words) in table {
            assert_eq!(decoded(signs), words);
        }
    }

    #[test]
    fn every_letter_can_be_written() {
        let pairs = BASES.chars().flat_map(|base| {
            let signs = SIGNS.iter().map(|(sign, _)| *sign);
            signs.filter_map(move |sign| pair(base, sign))
        });
        let letters: std::collections::BTreeSet<char> = pairs.chain(ALONE.iter().map(|(_, letter)| *letter)).collect();
        let all = "àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđ";
        assert_eq!(letters, all.chars().collect());
    }
}
