//! Which service may offer which paths: the first segment behind `/api/v1/` belongs to one service.

use std::collections::BTreeMap;

use anyhow::Context as _;

/// The list that stands in the repository, for gateways that are given no other.
const BUILT_IN: &str = include_str!("../../../deploy/routes.toml");

/// Segments that the gateway answers itself.
const OWN: [&str; 2] = ["files", "events"];

/// What every path of a call begins with.
pub(crate) const PREFIX: &str = "/api/v1/";

/// Which service owns which first segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Owners {
    by_segment: BTreeMap<String, String>,
    services: Vec<String>,
}

impl Owners {
    /// Reads the file, or the built-in list when there is none.
    ///
    /// # Errors
    /// When the file cannot be read, or gives one segment twice.
    pub(crate) fn load(file: Option<&std::path::Path>) -> anyhow::Result<Self> {
        let Some(file) = file else { return Self::read(BUILT_IN) };
        let text =
            std::fs::read_to_string(file).with_context(|| format!("reading the routes from `{}`", file.display()))?;
        Self::read(&text).with_context(|| format!("in `{}`", file.display()))
    }

    fn read(text: &str) -> anyhow::Result<Self> {
        let given: BTreeMap<String, Vec<String>> = toml::from_str(text)?;
        let mut by_segment = BTreeMap::new();
        for (service, segments) in &given {
            for segment in segments {
                anyhow::ensure!(!OWN.contains(&segment.as_str()), "`{segment}` belongs to the gateway: take it away");
                if let Some(other) = by_segment.insert(segment.clone(), service.clone()) {
                    anyhow::bail!("`{segment}` is given to `{other}` and to `{service}`: give it to one of them");
                }
            }
        }
        Ok(Self { by_segment, services: given.into_keys().collect() })
    }

    /// The service that owns a path.
    pub(crate) fn of(&self, path: &str) -> Option<&str> {
        let first = path.strip_prefix(PREFIX)?.split('/').next()?;
        self.by_segment.get(first).map(String::as_str)
    }

    /// Every service that owns something.
    pub(crate) fn services(&self) -> &[String] {
        &self.services
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_that_is_promised_today_belongs_to_its_service() {
        let owners = Owners::load(None).unwrap();
        let contracts = [schema_identity::contract(), schema_documents::contract(), schema_programme::contract()];
        for contract in contracts {
            for http in contract.calls.iter().filter_map(|row| row.http.as_ref()) {
                assert_eq!(owners.of(&http.path), Some(contract.service.as_str()), "{}", http.path);
            }
        }
    }

    #[test]
    fn a_segment_has_one_owner_and_the_gateway_keeps_its_own() {
        let owners = Owners::read("desk = [\"notes\"]\nidentity = [\"me\"]").unwrap();
        assert_eq!(owners.of("/api/v1/notes/7/pages"), Some("desk"));
        assert_eq!(owners.of("/api/v1/notesy"), None);
        assert_eq!(owners.of("/api/v1/"), None);
        assert_eq!(owners.of("/notes"), None);
        assert_eq!(owners.services(), ["desk", "identity"]);
        assert!(Owners::read("desk = [\"me\"]\nidentity = [\"me\"]").is_err());
        assert!(Owners::read("desk = [\"files\"]").is_err());
        assert!(Owners::read("desk = \"notes\"").is_err());
    }
}
