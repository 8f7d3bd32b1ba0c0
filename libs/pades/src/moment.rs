//! Moments as PDF and ASN.1 write them.

use time::{Date, Month, OffsetDateTime, PrimitiveDateTime, Time, UtcOffset};
use wire::Instant;

/// Viet Nam's time, in which we write the moment of signing.
const LEGAL_OFFSET_SECONDS: i32 = 7 * 3_600;

/// `GeneralizedTime` in UTC: `20261123063000Z`, with or without a fraction.
pub(crate) fn generalized(content: &[u8]) -> Option<Instant> {
    let text = std::str::from_utf8(content).ok()?.strip_suffix('Z')?;
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let micros: String = fraction.chars().chain("000000".chars()).take(6).collect();
    (whole.len() == 14).then_some(())?;
    let moment = civil(whole)?.assume_utc() + time::Duration::microseconds(micros.parse().ok()?);
    Some(Instant::new(moment))
}

/// `UTCTime`: two digits of the year, 50 to 99 in the last century (RFC 5280, 4.1.2.5.1).
pub(crate) fn utc(content: &[u8]) -> Option<Instant> {
    let text = std::str::from_utf8(content).ok()?;
    let century = if text.get(..2)?.parse::<u8>().ok()? >= 50 { "19" } else { "20" };
    generalized(format!("{century}{text}").as_bytes())
}

/// A date of a PDF (ISO 32000-1, 7.9.4): `D:20261123133000+07'00'`; what is left out at the end is the lowest.
pub(crate) fn of_pdf(text: &str) -> Option<Instant> {
    let text = text.strip_prefix("D:").unwrap_or(text);
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let (digits, zone) = text.split_at_checked(digits)?;
    let whole: String = digits.chars().chain("00000101000000".chars().skip(digits.len())).take(14).collect();
    (digits.len() >= 4).then_some(())?;
    let offset = match zone.chars().next() {
        Some(sign @ ('+' | '-')) => {
            let numbers: String = zone.chars().filter(char::is_ascii_digit).chain("0000".chars()).take(4).collect();
            let (hours, minutes) = numbers.split_at_checked(2)?;
            let seconds = hours.parse::<i32>().ok()? * 3_600 + minutes.parse::<i32>().ok()? * 60;
            UtcOffset::from_whole_seconds(if sign == '-' { -seconds } else { seconds }).ok()?
        }
        _ => UtcOffset::UTC,
    };
    Some(Instant::new(civil(&whole)?.assume_offset(offset)))
}

/// The opposite of [`of_pdf`], in Viet Nam's time.
pub(crate) fn to_pdf(moment: Instant) -> String {
    let offset = UtcOffset::from_whole_seconds(LEGAL_OFFSET_SECONDS).unwrap_or(UtcOffset::UTC);
    let moment = OffsetDateTime::from_unix_timestamp(moment.unix_seconds())
        .unwrap_or(OffsetDateTime::UNIX_EPOCH)
        .to_offset(offset);
    let (date, time) = (moment.date(), moment.time());
    format!(
        "D:{:04}{:02}{:02}{:02}{:02}{:02}+07'00'",
        date.year(),
        u8::from(date.month()),
        date.day(),
        time.hour(),
        time.minute(),
        time.second()
    )
}

/// Fourteen digits: year, month, day, hour, minute, second.
fn civil(text: &str) -> Option<PrimitiveDateTime> {
    if text.len() != 14 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let two = |from: usize| text.get(from..from + 2)?.parse::<u8>().ok();
    let month = Month::try_from(two(4)?).ok()?;
    let date = Date::from_calendar_date(text.get(..4)?.parse().ok()?, month, two(6)?).ok()?;
    Some(PrimitiveDateTime::new(date, Time::from_hms(two(8)?, two(10)?, two(12)?).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_in_every_form() {
        let moment: Instant = "2026-11-23T06:30:00Z".parse().unwrap();
        for text in ["D:20261123133000+07'00'", "D:20261123133000+07'00", "20261123063000Z", "D:20261123063000"] {
            assert_eq!(of_pdf(text), Some(moment), "{text}");
        }
        assert_eq!(to_pdf(moment), "D:20261123133000+07'00'");
        assert_eq!(generalized(b"20261123063000Z"), Some(moment));
        assert_eq!(generalized(b"20261123063000.5Z").unwrap().to_string(), "2026-11-23T06:30:00.5Z");
        assert_eq!(utc(b"261123063000Z"), Some(moment));
        assert_eq!(of_pdf("D:2026").unwrap().to_string(), "2026-01-01T00:00:00Z");
    }

    #[test]
    fn what_is_no_moment_is_none() {
        for text in ["", "D:", "D:20261323", "D:20261123133000+99'00'", "D:20261123250000", "đ"] {
            assert_eq!(of_pdf(text), None, "{text}");
        }
        for content in [&b"20261123Z"[..], b"Z", b"20261123063000", b"\xFF", b"20261123063000.xZ"] {
            assert_eq!(generalized(content), None);
        }
        assert_eq!(utc(b""), None);
    }
}
