//! Second factors of people of a house, in software.

use schema_identity::{
    AddPasskey, BeginPasskey, BeginTotp, ConfirmTotp, CreatePerson, FactorAdded, Hidden, IssueEnrolment, OpenAccount,
};
use serde_json::json;
use testbed::authenticator::{App, Passkey};

use crate::house::{House, Someone};

impl House {
    /// Gives somebody an authenticator app, whose first code it takes; and recovery codes.
    pub(crate) async fn give_app(&self, who: &Someone) -> (App, FactorAdded) {
        let begun = self.ask::<BeginTotp>(who, json!({})).await;
        let app = App::new(&begun.secret.0, self.bench.platform.clock.now().unix_seconds());
        let added = self.call(who, &ConfirmTotp { code: Hidden(app.code(0)) }).await.unwrap();
        (app, added)
    }

    /// Gives somebody a passkey.
    pub(crate) async fn give_passkey(&self, who: &Someone, name: &str) {
        let asked = self.ask::<BeginPasskey>(who, json!({})).await;
        let mut key = Passkey::new("localhost", "http://localhost:8080");
        let credential = schema_identity::WebAuthnJson(key.create(&asked.options.0));
        self.call(who, &AddPasskey { name: name.to_owned(), credential }).await.unwrap();
    }

    /// The one-time code of an account that nobody uses yet.
    pub(crate) async fn one_time_code(&self, full_name: &str) -> String {
        let office = self.office;
        let person =
            self.ask::<CreatePerson>(&self.admin, json!({ "office": office, "full_name": full_name })).await.id;
        let account = self.ask::<OpenAccount>(&self.admin, json!({ "office": office, "person": person })).await.id;
        self.ask::<IssueEnrolment>(&self.admin, json!({ "id": account })).await.code.0
    }
}
