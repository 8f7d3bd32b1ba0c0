//! What people type, and what is read from it.

use super::*;

fn read(q: &str) -> Wanted {
    Wanted::read(Search { q: Some(q.into()), ..Search::default() }).unwrap()
}

/// The clauses in a form that a table can hold: `word`, `"a phrase"`, `#symbol`.
fn shown(q: &str) -> String {
    let joined = |words: &[Word]| words.iter().map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" ");
    let shown: Vec<String> = read(q)
        .clauses
        .iter()
        .map(|clause| match clause {
            Clause::Word(word, None) => word.folded.clone(),
            Clause::Word(word, Some(meant)) => format!("{}~{meant}", word.folded),
            Clause::Phrase(words) => format!("\"{}\"", joined(words)),
            Clause::Symbol(key, _) => format!("#{key}"),
        })
        .collect();
    shown.join(" ")
}

#[test]
fn what_is_typed_is_read_piece_by_piece() {
    let table = [
        ("Tỉnh ủy  thanh hoa", "tinh uy thanh hoa"),
        ("\"nghị quyết đại hội\" xã", "\"nghi quyet dai hoi\" xa"),
        ("“ủy ban” «nhân dân", "\"uy ban\" \"nhan dan\""),
        ("quyeets ddinhj", "quyeets~quyet ddinhj~dinh"),
        ("công văn 817-CV/VPTU", "cong van #817cvvptu"),
        ("12nqhdnd", "#12nqhdnd"),
        ("20/11/2026", "\"20 11 2026\""),
        ("kế-hoạch", "ke hoach"),
        ("\"đơn\"", "don"),
        ("giờ:phút", "gio phut"),
    ];
    for (typed, expected) in table {
        assert_eq!(shown(typed), expected, "{typed}");
    }
}

#[test]
fn filters_are_read_with_and_without_accents() {
    let day = |year, month, day| Day::new(year, month, day).ok();
    let all = read("báo cáo số:05-BC/ĐU loại:\"báo cáo\" cq:“Tỉnh ủy” từ:01/10/2026 đến:2026-10-31 -mật");
    assert_eq!((all.symbol.as_deref(), all.genre.as_deref()), (Some("5bcdu"), Some("bao cao")));
    assert_eq!((all.from, all.to, all.body.len()), (day(2026, 10, 1), day(2026, 10, 31), 2));
    assert_eq!((all.clauses.len(), all.without[0].folded.as_str()), (2, "mat"));
    assert_eq!(read("so: 817-CV/VPTU").symbol.as_deref(), Some("817cvvptu"));
    assert_eq!((read("nam:2026 a").from, read("năm:2026 a").to), (day(2026, 1, 1), day(2026, 12, 31)));
    assert!(read("năm:2026").latest && !read("a").latest);
}

#[test]
fn what_cannot_be_meant_is_refused() {
    let refused = |call: Search| Wanted::read(call).unwrap_err();
    let q = |q: &str| refused(Search { q: Some(q.into()), ..Search::default() });
    assert_eq!(q(" … "), Refusal::NothingAsked);
    assert_eq!(q(&"a".repeat(301)), Refusal::TooLong { name: "q".into(), limit: LONGEST });
    assert_eq!(q(&"a ".repeat(40)), Refusal::TooManyWords { limit: MOST_WORDS });
    assert_eq!(q("năm:26"), Refusal::FilterUnclear { name: "năm".into(), value: "26".into() });
    assert_eq!(q("từ:32/13/2026"), Refusal::FilterUnclear { name: "từ".into(), value: "32/13/2026".into() });
    assert_eq!(q("từ:02/10/2026 đến:01/10/2026"), Refusal::DaysReversed);
    for cursor in ["x", "h0", "h1000", "h-1"] {
        let call = Search { q: Some("a".into()), cursor: Some(Cursor(cursor.into())), ..Search::default() };
        assert_eq!(refused(call), Refusal::CursorUnknown);
    }
    assert_eq!(cursor(20), Some(Cursor("h20".into())));
    assert_eq!(cursor(DEEPEST), None);
}

proptest::proptest! {
    #[test]
    fn nothing_that_can_be_typed_breaks_it(q in ".{0,80}") {
        let _ = Wanted::read(Search { q: Some(q), ..Search::default() });
    }
}
