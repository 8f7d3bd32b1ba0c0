//! TCVN3 (ABC): one byte for each letter, which programs that do not know it show as signs of Latin-1.

/// Each sign and the letter it stands for.
const LETTERS: [(char, char); 74] = [
    ('¡', 'Ă'),
    ('¢', 'Â'),
    ('£', 'Ê'),
    ('¤', 'Ô'),
    ('¥', 'Ơ'),
    ('¦', 'Ư'),
    ('§', 'Đ'),
    ('¨', 'ă'),
    ('©', 'â'),
    ('ª', 'ê'),
    ('«', 'ô'),
    ('¬', 'ơ'),
    ('\u{AD}', 'ư'),
    ('®', 'đ'),
    ('µ', 'à'),
    ('¶', 'ả'),
    ('·', 'ã'),
    ('¸', 'á'),
    ('¹', 'ạ'),
    ('»', 'ằ'),
    ('¼', 'ẳ'),
    ('½', 'ẵ'),
    ('¾', 'ắ'),
    ('Æ', 'ặ'),
    ('Ç', 'ầ'),
    ('È', 'ẩ'),
    ('É', 'ẫ'),
    ('Ê', 'ấ'),
    ('Ë', 'ậ'),
    ('Ì', 'è'),
    ('Î', 'ẻ'),
    ('Ï', 'ẽ'),
    ('Ð', 'é'),
    ('Ñ', 'ẹ'),
    ('Ò', 'ề'),
    ('Ó', 'ể'),
    ('Ô', 'ễ'),
    ('Õ', 'ế'),
    ('Ö', 'ệ'),
    ('×', 'ì'),
    ('Ø', 'ỉ'),
    ('Ü', 'ĩ'),
    ('Ý', 'í'),
    ('Þ', 'ị'),
    ('ß', 'ò'),
    ('á', 'ỏ'),
    ('â', 'õ'),
    ('ã', 'ó'),
    ('ä', 'ọ'),
    ('å', 'ồ'),
    ('æ', 'ổ'),
    ('ç', 'ỗ'),
    ('è', 'ố'),
    ('é', 'ộ'),
    ('ê', 'ờ'),
    ('ë', 'ở'),
    ('ì', 'ỡ'),
    ('í', 'ớ'),
    ('î', 'ợ'),
    ('ï', 'ù'),
    ('ñ', 'ủ'),
    ('ò', 'ũ'),
    ('ó', 'ú'),
    ('ô', 'ụ'),
    ('õ', 'ừ'),
    ('ö', 'ử'),
    ('÷', 'ữ'),
    ('ø', 'ứ'),
    ('ù', 'ự'),
    ('ú', 'ỳ'),
    ('û', 'ỷ'),
    ('ü', 'ỹ'),
    ('ý', 'ý'),
    ('þ', 'ỵ'),
];

/// The text in Unicode; a sign that is no letter of TCVN3 stays.
pub(super) fn decoded(text: &str) -> String {
    let one = |sign| LETTERS.iter().find(|(other, _)| *other == sign).map_or(sign, |(_, letter)| *letter);
    text.chars().map(one).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn known_words_are_read() {
        let table = [
            ("Céng hßa x· héi chñ nghÜa ViÖt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
            ("§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
            ("§¶ng ñy x· b¸o c¸o t×nh h×nh n¨m", "Đảng ủy xã báo cáo tình hình năm"),
            ("®\u{AD}îc h\u{AD}íng dÉn thùc hiÖn nghÞ quyÕt", "được hướng dẫn thực hiện nghị quyết"),
            ("Kü thuËt, chuyÓn ®æi, quý, tû, ngÆt, nçi, sç", "Kỹ thuật, chuyển đổi, quý, tỷ, ngặt, nỗi, sỗ"),
        ];
        for (signs, words) in table {
            assert_eq!(decoded(signs), words);
        }
    }

    /// Sixty-seven small letters with marks, and the seven capitals that have no tone.
    #[test]
    fn every_small_letter_is_there_once() {
        let signs: BTreeSet<char> = LETTERS.iter().map(|(sign, _)| *sign).collect();
        let letters: BTreeSet<char> = LETTERS.iter().map(|(_, letter)| *letter).collect();
        assert_eq!((signs.len(), letters.len()), (LETTERS.len(), LETTERS.len()));
        let all = "àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđĂÂÊÔƠƯĐ";
        assert_eq!(letters, all.chars().collect());
    }
}
