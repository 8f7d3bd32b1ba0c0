//! E-mail addresses and the codes that prove them.

use schema_notices::Refusal;
use sha2::{Digest, Sha256};
use wire::id::PersonId;

/// The longest address that a mail server takes, in bytes.
const LONGEST: usize = 254;

/// The address as people write it, without the blanks around it; whether mail can be sent to it is for the code to show.
pub(crate) fn clean(address: &str) -> Result<String, Refusal> {
    let address = address.trim();
    let whole = address.len() <= LONGEST && address.bytes().all(|byte| byte.is_ascii_graphic());
    let mailbox = address.parse::<lettre::Address>().map_err(|_| Refusal::AddressUnclear)?;
    let named = mailbox.domain().contains('.') && !mailbox.domain().starts_with('[');
    if whole && named { Ok(address.to_owned()) } else { Err(Refusal::AddressUnclear) }
}

/// The code made of random bits: eight digits.
pub(crate) fn code(random: u64) -> String {
    format!("{:08}", random % 100_000_000)
}

/// The hash under which a person's code is kept. Blanks around it and within do not matter.
pub(crate) fn hash(person: PersonId, code: &str) -> String {
    let digits: String = code.chars().filter(|digit| !digit.is_whitespace()).collect();
    hex::encode(Sha256::digest(format!("{person}|{digits}")))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn an_address_is_one_mailbox_in_a_named_domain() {
        assert_eq!(clean(" an.nguyen@example.vn "), Ok("an.nguyen@example.vn".to_owned()));
        let long = format!("{}@example.vn", "x".repeat(250));
        for wrong in
            ["", "an", "an@", "an@localhost", "an@[127.0.0.1]", "a b@example.vn", "a@b.vn\r\nBcc: c@d.vn", &long]
        {
            assert_eq!(clean(wrong), Err(Refusal::AddressUnclear), "{wrong}");
        }
    }

    #[test]
    fn a_code_has_eight_digits_and_belongs_to_one_person() {
        assert_eq!(code(7), "00000007");
        let (one, other) = (PersonId(Uuid::from_u128(1)), PersonId(Uuid::from_u128(2)));
        assert_eq!(hash(one, " 0000 0007"), hash(one, "00000007"));
        assert_ne!(hash(one, "00000007"), hash(other, "00000007"));
    }
}
