//! What every service answers about itself, whatever its business: who did what in it, whether its log holds, how it is,
//! what it is set to. [`contract!`](crate::contract) puts the rows into each contract and the chassis answers them, so that
//! no service writes them by hand.

use schemars::{JsonSchema, SchemaGenerator};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    AuditProof, AuditRow, CallRow, Effect, Example, GetHealth, GetSettings, Http, ListAudit, Method, Need, Page,
    ServiceHealth, ServiceSettings, VerifyAudit,
};

/// A question that every service answers. Unlike a [`Call`](crate::Call) it is of no service: whoever asks names one.
pub trait StandardCall: Serialize + DeserializeOwned + JsonSchema + Clone + Send + Sync + 'static {
    /// What a success answers.
    type Reply: Serialize + DeserializeOwned + JsonSchema + Send + Sync + 'static;
    /// Verb, noun and version.
    const NAME: &'static str;
}

impl StandardCall for ListAudit {
    type Reply = Page<AuditRow>;
    const NAME: &'static str = "list_audit.v1";
}

impl StandardCall for VerifyAudit {
    type Reply = AuditProof;
    const NAME: &'static str = "verify_audit.v1";
}

impl StandardCall for GetHealth {
    type Reply = ServiceHealth;
    const NAME: &'static str = "get_health.v1";
}

impl StandardCall for GetSettings {
    type Reply = ServiceSettings;
    const NAME: &'static str = "get_settings.v1";
}

/// The rows of these calls in the contract of a service.
pub(crate) fn rows(service: &str, generator: &mut SchemaGenerator) -> Vec<CallRow> {
    vec![
        row::<ListAudit>(
            format!("/api/v1/{service}-audit"),
            "audit.read",
            include_str!("../examples/list_audit.v1.json"),
            generator,
        ),
        row::<VerifyAudit>(
            format!("/api/v1/{service}-audit/proof"),
            "audit.read",
            include_str!("../examples/verify_audit.v1.json"),
            generator,
        ),
        row::<GetHealth>(
            format!("/api/v1/{service}-health"),
            "health.read",
            include_str!("../examples/get_health.v1.json"),
            generator,
        ),
        row::<GetSettings>(
            format!("/api/v1/{service}-settings"),
            "health.read",
            include_str!("../examples/get_settings.v1.json"),
            generator,
        ),
    ]
}

/// Whether a call is one of these.
pub(crate) fn is_standard(name: &str) -> bool {
    [ListAudit::NAME, VerifyAudit::NAME, GetHealth::NAME, GetSettings::NAME].contains(&name)
}

fn row<C: StandardCall>(path: String, permission: &str, example: &str, generator: &mut SchemaGenerator) -> CallRow {
    CallRow {
        name: C::NAME.to_owned(),
        effect: Effect::Read,
        http: Some(Http { method: Method::GET, path }),
        need: Need::Permission(permission.to_owned()),
        stored: false,
        download: false,
        step_up: false,
        request: generator.subschema_for::<C>(),
        reply: generator.subschema_for::<C::Reply>(),
        example: serde_json::from_str::<Example>(example).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Contract;

    fn fits<C: StandardCall>(row: &CallRow) {
        assert_eq!(row.name, C::NAME);
        let request = row.example.request.clone();
        let call: C = serde_json::from_value(request.clone()).unwrap();
        let known = serde_json::to_value(&call).unwrap();
        for field in request.as_object().unwrap().keys() {
            assert!(known.get(field).is_some(), "{}: the example has an unknown field `{field}`", C::NAME);
        }
        serde_json::from_value::<C::Reply>(row.example.reply.clone()).unwrap();
    }

    #[test]
    fn every_row_has_an_example_that_fits() {
        let rows = rows("desk", &mut Contract::generator());
        let [audit, proof, health, settings] = rows.as_slice() else { panic!("four rows") };
        fits::<ListAudit>(audit);
        fits::<VerifyAudit>(proof);
        fits::<GetHealth>(health);
        fits::<GetSettings>(settings);
        assert_eq!(audit.http.as_ref().unwrap().path, "/api/v1/desk-audit");
    }
}
