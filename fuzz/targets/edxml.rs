//! edXML: whatever is read can be shown, and what is a message again written without an error of ours.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let diagnoses = edxml::check(bytes);
    let errors = diagnoses.iter().filter(|one| one.severity == edxml::Severity::Error).count();
    match edxml::read(bytes) {
        Ok(reading) => {
            if let edxml::Content::Message(message) = reading.content {
                // What was read without an error is written as it was read.
                if errors == 0 && message.signature.is_none() && let Ok(written) = edxml::write_message(&message) {
                    assert!(edxml::read(&written).is_ok());
                }
            }
        }
        Err(refused) => assert!(!refused.diagnoses.is_empty(), "a refusal says why"),
    }
});
