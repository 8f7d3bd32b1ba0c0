//! What a proof of who is there is: exactly one thing, of a kind that counts where it is given.

use schema_identity::{Hidden, Method, Proof, Refusal, WebAuthnJson};
use serde::{Deserialize, Serialize};

/// The one thing that was given.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Given<'a> {
    /// A code of an authenticator app.
    Totp(&'a Hidden),
    /// The answer of a passkey.
    Passkey(&'a WebAuthnJson),
    /// A recovery code.
    RecoveryCode(&'a Hidden),
    /// The password.
    Password(&'a Hidden),
}

/// Which second factors an account has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Factors {
    /// Codes of an authenticator app.
    pub(crate) totp: bool,
    /// Passkeys, suspect ones among them: a flaw in a factor never makes the password enough.
    pub(crate) passkeys: usize,
}

impl Factors {
    /// Whether there is any.
    pub(crate) fn any(self) -> bool {
        self.totp || self.passkeys > 0
    }
}

/// Of whom a fresh proof is demanded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Policy {
    /// Of everyone who has a second factor.
    #[default]
    Enrolled,
    /// Of everyone.
    Everyone,
}

impl Policy {
    /// Whether it is demanded of somebody.
    pub(crate) fn demands(self, has_factor: bool) -> bool {
        has_factor || self == Self::Everyone
    }
}

/// Where a proof is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// After the password, at sign-in.
    SignIn,
    /// Inside a session.
    StepUp,
}

impl Given<'_> {
    /// How the proof is called.
    pub(crate) fn method(self) -> Method {
        match self {
            Self::Totp(_) => Method::Totp,
            Self::Passkey(_) => Method::Passkey,
            Self::RecoveryCode(_) => Method::RecoveryCode,
            Self::Password(_) => Method::Password,
        }
    }
}

/// The one thing that a proof gives, when it counts: a password only where there is no second factor, a recovery code only
/// at sign-in, a factor only where the account has it.
pub(crate) fn given(proof: &Proof, factors: Factors, place: Place) -> Result<Given<'_>, Refusal> {
    let Proof { totp, passkey, recovery_code, password } = proof;
    let all = [
        totp.as_ref().map(Given::Totp),
        passkey.as_ref().map(Given::Passkey),
        recovery_code.as_ref().map(Given::RecoveryCode),
        password.as_ref().map(Given::Password),
    ];
    let mut all = all.into_iter().flatten();
    let (Some(one), None) = (all.next(), all.next()) else { return Err(Refusal::ProofUnfit) };
    let counts = match one {
        Given::Totp(_) => factors.totp,
        Given::Passkey(_) => factors.passkeys > 0,
        Given::RecoveryCode(_) => place == Place::SignIn && factors.any(),
        Given::Password(_) => place == Place::StepUp && !factors.any(),
    };
    if counts { Ok(one) } else { Err(Refusal::ProofUnfit) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fresh_proof_is_demanded_of_whoever_has_a_factor_or_of_everyone() {
        let table = [
            (Policy::Enrolled, false, false),
            (Policy::Enrolled, true, true),
            (Policy::Everyone, false, true),
            (Policy::Everyone, true, true),
        ];
        for (policy, has_factor, demanded) in table {
            assert_eq!(policy.demands(has_factor), demanded, "{policy:?} {has_factor}");
        }
    }

    #[test]
    fn exactly_one_proof_of_a_kind_that_counts() {
        let hidden = || Some(Hidden::from("x"));
        let proofs = [
            Proof { totp: hidden(), ..Proof::default() },
            Proof { passkey: Some(WebAuthnJson::default()), ..Proof::default() },
            Proof { recovery_code: hidden(), ..Proof::default() },
            Proof { password: hidden(), ..Proof::default() },
            Proof { totp: hidden(), recovery_code: hidden(), ..Proof::default() },
            Proof::default(),
        ];
        let none = Factors::default();
        let (app, key) = (Factors { totp: true, passkeys: 0 }, Factors { totp: false, passkeys: 1 });
        let table = [
            (none, Place::SignIn, [false; 6]),
            (none, Place::StepUp, [false, false, false, true, false, false]),
            (app, Place::SignIn, [true, false, true, false, false, false]),
            (app, Place::StepUp, [true, false, false, false, false, false]),
            (key, Place::SignIn, [false, true, true, false, false, false]),
            (key, Place::StepUp, [false, true, false, false, false, false]),
        ];
        for (factors, place, expected) in table {
            let counted = proofs.each_ref().map(|proof| given(proof, factors, place).is_ok());
            assert_eq!(counted, expected, "{factors:?} {place:?}");
        }
    }
}
