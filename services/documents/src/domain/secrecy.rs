//! The secrecy ceiling: what may be written down here about a document of some degree (Luật 117/2025/QH15).

use schema_documents::Refusal;
use wire::{Fault, Secrecy};

/// What may be kept of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keeping {
    /// Everything.
    Whole,
    /// Everything but the summary: the register never holds that of a top-secret document.
    WithoutSummary,
    /// Number, day, marks and pages; the rest stands in the paper book of secret documents.
    MaskedLine,
}

/// What may be kept of a document of this degree in an installation with this ceiling.
pub(crate) fn keeping(secrecy: Secrecy, ceiling: Secrecy) -> Keeping {
    if secrecy > ceiling {
        Keeping::MaskedLine
    } else if secrecy == Secrecy::TopSecret {
        Keeping::WithoutSummary
    } else {
        Keeping::Whole
    }
}

/// Refuses particulars that may not be kept. They are refused rather than dropped, so that whoever typed them learns
/// that the document belongs to another desk.
pub(crate) fn check(keeping: Keeping, particulars: &[(&str, bool)]) -> Result<(), Fault> {
    let given = |name: &str| particulars.iter().any(|(other, given)| *given && *other == name);
    match keeping {
        Keeping::Whole => Ok(()),
        Keeping::WithoutSummary if given("summary") => Err(Refusal::TopSecretSummary.into()),
        Keeping::WithoutSummary => Ok(()),
        Keeping::MaskedLine => match particulars.iter().find(|(_, given)| *given) {
            Some((name, _)) => Err(Refusal::AboveCeiling { name: (*name).to_owned() }.at(name)),
            None => Ok(()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Secrecy; 4] = [Secrecy::Open, Secrecy::Secret, Secrecy::HighlySecret, Secrecy::TopSecret];

    #[test]
    fn the_ceiling_decides_what_is_kept() {
        for ceiling in ALL {
            for secrecy in ALL {
                let expected = match (secrecy <= ceiling, secrecy) {
                    (false, _) => Keeping::MaskedLine,
                    (true, Secrecy::TopSecret) => Keeping::WithoutSummary,
                    (true, _) => Keeping::Whole,
                };
                assert_eq!(keeping(secrecy, ceiling), expected, "{secrecy:?} under {ceiling:?}");
            }
        }
    }

    #[test]
    fn what_may_not_be_kept_is_refused_by_name() {
        let given = [("symbol", false), ("summary", true)];
        assert!(check(Keeping::Whole, &given).is_ok());
        let fault = check(Keeping::WithoutSummary, &given).unwrap_err();
        assert_eq!(fault.code, "documents.top_secret_summary");
        let fault = check(Keeping::MaskedLine, &given).unwrap_err();
        assert_eq!((fault.code.as_str(), fault.field.as_deref()), ("documents.above_ceiling", Some("summary")));
        assert_eq!(fault.instrument.as_deref(), Some("Luật 117/2025/QH15"));
        assert!(check(Keeping::MaskedLine, &[("symbol", false)]).is_ok());
    }
}
