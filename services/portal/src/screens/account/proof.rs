//! A proof of who is there, as forms ask for it: one field for codes, one for the password, a button for passkeys.

use schema_identity::{Hidden, Proof, WebAuthnJson};

use crate::{fields::Fields, kit::problems::Problems, words::Words};

/// The fields of a proof. Their names begin with a low line: nothing of them is kept or shown again.
pub(crate) const CODE: &str = "_code";
const PASSWORD: &str = "_password";
const PASSKEY: &str = "_passkey";
/// Digits that an authenticator app shows.
const DIGITS: usize = 6;

/// In which ways somebody can prove who they are here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ways {
    /// By a code of an authenticator app.
    pub(crate) totp: bool,
    /// By a recovery code.
    pub(crate) recovery: bool,
    /// By the password.
    pub(crate) password: bool,
    /// By a passkey: what the browser is asked.
    pub(crate) passkey: Option<String>,
}

impl Ways {
    /// Whether there is something to type.
    pub(crate) fn typed(&self) -> bool {
        self.totp || self.recovery || self.password
    }

    /// The proof that a form holds.
    pub(crate) fn proof(&self, fields: &Fields) -> Option<Proof> {
        let passkey: Option<WebAuthnJson> = serde_json::from_str(fields.get(PASSKEY)).ok();
        if passkey.is_some() {
            return Some(Proof { passkey, ..Proof::default() });
        }
        let code: String = fields.get(CODE).chars().filter(|letter| !letter.is_whitespace()).collect();
        if !code.is_empty() {
            let shown_by_app = code.len() == DIGITS && code.bytes().all(|byte| byte.is_ascii_digit());
            let code = Some(Hidden(code));
            return Some(if self.recovery && !shown_by_app {
                Proof { recovery_code: code, ..Proof::default() }
            } else {
                Proof { totp: code, ..Proof::default() }
            });
        }
        let password = fields.raw(PASSWORD);
        (!password.is_empty()).then(|| Proof { password: Some(Hidden::from(password)), ..Proof::default() })
    }

    /// What is said when a form holds none.
    pub(crate) fn missing(&self, w: Words) -> Problems {
        let mut problems = Problems::default();
        let key = if self.password { "password-missing" } else { "account-code-missing" };
        problems.add(self.field(), w.t(key));
        problems
    }

    /// The field beside which a fault stands.
    pub(crate) fn field(&self) -> &'static str {
        if self.password { PASSWORD } else { CODE }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(ways: &Ways, query: &str) -> Option<(&'static str, String)> {
        let proof = ways.proof(&Fields::read(query.as_bytes()))?;
        let texts = [("totp", proof.totp), ("recovery", proof.recovery_code), ("password", proof.password)];
        let text = texts.into_iter().find_map(|(name, value)| Some((name, value?.0)));
        text.or_else(|| Some(("passkey", serde_json::to_string(&proof.passkey?).unwrap())))
    }

    #[test]
    fn a_form_gives_exactly_one_proof_of_a_kind_that_fits() {
        let both = Ways { totp: true, recovery: true, ..Ways::default() };
        let app = Ways { totp: true, ..Ways::default() };
        let own = Ways { password: true, ..Ways::default() };
        let cases = [
            (&both, "_code=123+456", Some(("totp", "123456"))),
            (&both, "_code=0123H-JKMNP+QRSTV", Some(("recovery", "0123H-JKMNPQRSTV"))),
            (&app, "_code=12345", Some(("totp", "12345"))),
            (&app, "_code=123456&_passkey=%7B%22id%22%3A%22x%22%7D", Some(("passkey", r#"{"id":"x"}"#))),
            (&own, "_password=+b%E1%BA%A3y+", Some(("password", " bảy "))),
            (&own, "_password=&_code=", None),
            (&both, "_passkey=nonsense", None),
        ];
        for (ways, query, expected) in cases {
            assert_eq!(given(ways, query), expected.map(|(name, text)| (name, text.to_owned())), "{query}");
        }
    }
}
