//! Under which body codes an office issues (36-HD/VPTW, part II, item 1.3, kept by 05-HD/VPTW): a commune does not issue
//! `01-NQ/TW`.

use std::{collections::BTreeMap, sync::LazyLock};

use schema_documents::Refusal;
use schema_identity::OfficeKind;
use serde::Deserialize;

const FILE: &str = include_str!("../../data/body_codes.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    body: Vec<Body>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    code: String,
    #[serde(default)]
    tiers: Vec<Tier>,
    #[serde(rename = "mark")]
    _mark: Mark,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Tier {
    Centre,
    Province,
    District,
    Commune,
}

/// How well a code is attested; read so that no other word stands in the file.
#[derive(Deserialize)]
enum Mark {
    F,
    #[serde(rename = "F/M")]
    FoundInPart,
    M,
    P,
}

/// A test keeps the file readable; were it not, every code would be unknown.
static BODIES: LazyLock<BTreeMap<String, Vec<Tier>>> = LazyLock::new(|| parse().unwrap_or_default());

fn parse() -> Result<BTreeMap<String, Vec<Tier>>, toml::de::Error> {
    let File { body } = toml::from_str(FILE)?;
    Ok(body.into_iter().map(|Body { code, tiers, .. }| (code, tiers)).collect())
}

/// Refuses a code that belongs to bodies of another tier.
pub(crate) fn of_tier(body_code: &str, kind: OfficeKind) -> Result<(), Refusal> {
    let tier = match kind {
        OfficeKind::Centre => Tier::Centre,
        OfficeKind::Province => Tier::Province,
        OfficeKind::Commune => Tier::Commune,
    };
    match BODIES.get(body_code) {
        Some(tiers) if !tiers.is_empty() && !tiers.contains(&tier) => {
            Err(Refusal::BodyCodeForeign { body_code: body_code.to_owned() })
        }
        _ => Ok(()),
    }
}

/// Refuses a code of another tier, and one that nobody is known to bear: `borne` tells whether the issuing unit bears it
/// or the office has opened a register for it.
pub(crate) fn check(body_code: &str, kind: OfficeKind, borne: bool) -> Result<(), Refusal> {
    of_tier(body_code, kind)?;
    if borne || BODIES.contains_key(body_code) {
        return Ok(());
    }
    Err(Refusal::BodyCodeUnknown { body_code: body_code.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_the_file_can_stand_in_a_symbol() {
        let bodies = parse().unwrap();
        assert_eq!(bodies.len(), 27);
        for code in bodies.keys() {
            assert!(text::symbol::party_symbol(1, "CV", code).is_ok(), "{code}");
        }
    }

    #[test]
    fn who_issues_under_which_code() {
        use OfficeKind::{Centre, Commune, Province};
        let (fits, foreign, unknown) = ("", "documents.body_code_foreign", "documents.body_code_unknown");
        let table = [
            ("TW", Commune, foreign),
            ("TW", Province, foreign),
            ("TW", Centre, fits),
            ("VPTW", Province, foreign),
            ("BCĐTW", Commune, foreign),
            ("TU", Commune, foreign),
            ("TU", Province, fits),
            ("TU", Centre, foreign),
            ("VPTU", Province, fits),
            ("HU", Commune, foreign),
            ("HU", Province, foreign),
            ("ĐU", Commune, fits),
            ("ĐU", Province, fits),
            ("VPĐU", Commune, fits),
            ("CB", Commune, fits),
            ("ĐH", Centre, fits),
            ("VPDU", Commune, unknown),
        ];
        for (code, kind, expected) in table {
            let told = check(code, kind, false).map_err(|refusal| wire::Refusal::fault(&refusal).code);
            assert_eq!(told.err().unwrap_or_default(), expected, "{code} at {kind:?}");
        }
        assert_eq!(check("BCĐ", Commune, true), Ok(()), "the office has a register or a unit for it");
        assert!(check("TW", Commune, true).is_err(), "no register makes a commune the Central Committee");
    }
}
