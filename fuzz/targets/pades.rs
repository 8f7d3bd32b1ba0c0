//! PDFs with signatures.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = pades::verify(bytes, &pades::Trust::default(), wire::Instant::from_micros(1_780_000_000_000_000));
});
