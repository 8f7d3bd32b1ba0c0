//! Spreadsheets, in every format that is taken.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(rows) = sheet::read(bytes, 1_000) {
        assert!(rows.len() <= 1_000);
    }
});
