//! Days, numbers, Roman numerals and symbols as people type them.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|typed: &str| {
    let _ = text::date::parse_date(typed);
    let _ = text::number::parse_decimal(typed);
    let _ = text::symbol::read(typed);
    if let Ok(number) = text::number::parse_whole(typed) {
        assert_eq!(text::number::parse_whole(&text::number::format_whole(number)), Ok(number));
    }
    if let Ok(number) = text::roman::from_roman(typed) {
        assert!(text::roman::to_roman(number).is_some());
    }
    let folded = text::fold(typed);
    assert_eq!(text::fold(&folded), folded, "folding twice is folding once");
});
