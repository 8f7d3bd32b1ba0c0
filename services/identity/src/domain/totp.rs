//! Codes of authenticator apps: RFC 6238 with SHA-1, six digits and steps of 30 seconds, as every app understands them.

use totp_rs::{Algorithm, Builder, Totp, TotpError};
use wire::Instant;

/// Bytes of a secret: as long as the hash (RFC 4226, section 4).
pub(crate) const SECRET_BYTES: usize = 20;
/// A secret.
pub(crate) type Secret = [u8; SECRET_BYTES];
/// How long a code is shown, in seconds.
const STEP_S: u64 = 30;
/// By how many steps the clock of a telephone may be wrong, either way.
const SKEW: u16 = 1;
/// Who gives the codes out, as the app shows it.
const ISSUER: &str = "Văn phòng";

/// What an app is told.
pub(crate) struct Shown {
    /// The secret, base 32.
    pub(crate) secret: String,
    /// The address that an app reads from a square code.
    pub(crate) otpauth: String,
}

fn app(secret: &[u8]) -> Builder {
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_skew(SKEW)
        .with_step_duration(STEP_S)
        .with_secret(secret)
}

/// What the app of a user is told of a secret.
///
/// # Errors
/// When the name of the user cannot stand in an address.
pub(crate) fn shown(secret: &Secret, username: &str) -> Result<Shown, TotpError> {
    let app = app(secret).with_issuer(Some(ISSUER)).with_account_name(username).build()?;
    Ok(Shown { secret: app.secret().to_base32(), otpauth: app.to_url()? })
}

/// The step of a code that fits at a moment, when it comes after the last step that was used: a code works once, and so
/// does every one before it. No code fits a secret of a wrong length.
pub(crate) fn fits(secret: &[u8], typed: &str, last_used: i64, now: Instant) -> Option<i64> {
    let typed: String = typed.chars().filter(|character| !character.is_whitespace()).collect();
    let app: Totp = app(secret).build().ok()?;
    let step = app.check(&typed, u64::try_from(now.unix_seconds()).ok()?)?;
    i64::try_from(step).ok().filter(|step| *step > last_used)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SECRET: &Secret = b"12345678901234567890";

    fn at(seconds: i64) -> Instant {
        Instant::from_micros(seconds * 1_000_000)
    }

    fn code(step: i64) -> String {
        app(SECRET).build().unwrap().generate(u64::try_from(step).unwrap() * STEP_S).to_string()
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        // RFC 6238, appendix B, the last six of its eight digits.
        let table = [(59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924")];
        for (seconds, expected) in table {
            assert_eq!(fits(SECRET, expected, 0, at(seconds)), Some(seconds / 30), "{seconds}");
        }
        let shown = shown(SECRET, "lan@xa").unwrap();
        assert_eq!(shown.secret, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert!(shown.otpauth.starts_with("otpauth://totp/V%C4%83n%20ph%C3%B2ng:lan%40xa?secret=GEZDGNBV"));
        assert_eq!(fits(&SECRET[..9], "287082", 0, at(59)), None);
    }

    #[test]
    fn a_code_works_one_step_early_or_late_and_never_again() {
        let step = 1_000_000;
        let typed = code(step);
        let table = [(-2, 0, false), (-1, 0, true), (0, 0, true), (1, 0, true), (2, 0, false)];
        for (late, last, good) in table {
            let found = fits(SECRET, &typed, last, at((step + late) * 30));
            assert_eq!(found, good.then_some(step), "{late} steps late");
        }
        let now = at(step * 30 + 29);
        assert_eq!(fits(SECRET, &typed, step, now), None, "used");
        assert_eq!(fits(SECRET, &typed, step + 1, now), None, "a later one was used");
        assert_eq!(fits(SECRET, &format!("{} {}", &typed[..3], &typed[3..]), step - 1, now), Some(step));
        for wrong in ["", "1", "1234567", &typed[..5], "abcdef"] {
            assert_eq!(fits(SECRET, wrong, 0, now), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_typed_a_step_is_never_used_twice(steps in prop::collection::vec((0..8_i64, 0..8_i64), 1..40)) {
            let mut used = std::collections::BTreeSet::new();
            let mut last = 0;
            for (shown, now) in steps {
                if let Some(step) = fits(SECRET, &code(1000 + shown), last, at((1000 + now) * 30)) {
                    prop_assert!(used.insert(step) && step > last && (shown - now).abs() <= i64::from(SKEW));
                    last = step;
                }
            }
        }
    }
}
