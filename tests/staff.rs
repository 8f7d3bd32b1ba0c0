//! People hired through the API, as an administrator does it.

use serde_json::{Value, json};

use crate::{client::Client, installation::Installation};

/// A password that meets every rule and is nobody's.
pub const PASSWORD: &str = "ba con trâu cày ruộng sâu";

/// Takes a one-time code into use and signs in.
pub async fn enrol(door: &Client, code: &str, username: &str) -> Client {
    let body = json!({ "code": code, "username": username, "password": PASSWORD });
    door.post("/api/v1/enrolments", body).await.ok();
    door.sign_in(username, PASSWORD).await.expect("the new account signs in")
}

/// The demo's first administrator, signed in.
pub async fn administrator(demo: &Installation) -> Client {
    let accounts = demo.accounts().expect("the demo wrote its accounts down");
    let administers =
        |account: &&Value| account["roles"].as_array().is_some_and(|roles| roles.contains(&json!("administrator")));
    let first =
        accounts.as_array().and_then(|all| all.iter().find(administers)).expect("the demo has an administrator");
    let (name, password) =
        (first["username"].as_str().unwrap_or_default(), first["password"].as_str().unwrap_or_default());
    demo.door().sign_in(name, password).await.expect("the administrator signs in")
}

/// The office of the person who is signed in.
pub async fn office_of(person: &Client) -> String {
    let me = person.get("/api/v1/me").await.ok();
    find(&me, "office").unwrap_or_else(|| panic!("no office in {me}"))
}

/// Hires a person into a unit with roles, gives them an account, and signs in as them.
pub async fn hire(admin: &Client, office: &str, unit: &str, name: &str, roles: &[&str], head: bool) -> Client {
    hire_named(admin, office, unit, name, roles, head).await.0
}

/// [`hire`], telling the name to sign in with; the password is [`PASSWORD`].
pub async fn hire_named(
    admin: &Client,
    office: &str,
    unit: &str,
    name: &str,
    roles: &[&str],
    head: bool,
) -> (Client, String) {
    let today = "2025-07-01";
    let person = admin.post("/api/v1/people", json!({ "office": office, "full_name": name })).await.ok();
    let position = json!({ "office": office, "unit": unit, "title": roles.join(", "), "roles": roles, "head": head, "from": today });
    let position = admin.post("/api/v1/positions", position).await.ok();
    let appointment = json!({ "office": office, "person": person["id"], "position": position["id"], "from": today });
    admin.post("/api/v1/appointments", appointment).await.ok();
    let account = admin.post("/api/v1/accounts", json!({ "office": office, "person": person["id"] })).await.ok();
    let id = account["id"].as_str().expect("an account has an id");
    let enrolment = admin.post(&format!("/api/v1/accounts/{id}/enrolments"), json!({})).await.ok();
    let username = format!("{}-{}", roles[0].replace('_', "-"), &id[id.len() - 6..]);
    (enrol(admin, enrolment["code"].as_str().expect("a code"), &username).await, username)
}

/// The unit of an office whose body code is this.
pub async fn unit(person: &Client, office: &str, code: &str) -> String {
    let units = person.get(&format!("/api/v1/units?office={office}&limit=200")).await.ok();
    let items = units["items"].as_array().expect("a list");
    let found = items.iter().find(|unit| unit.as_object().is_some_and(|unit| unit.values().any(|value| value == code)));
    found.and_then(|unit| unit["id"].as_str()).unwrap_or_else(|| panic!("no unit {code} in {units}")).to_owned()
}

/// The first value of this name anywhere inside.
fn find(value: &Value, name: &str) -> Option<String> {
    match value {
        Value::Object(fields) => {
            let here = fields.get(name).and_then(|found| found.as_str().or_else(|| found["id"].as_str()));
            here.map(str::to_owned).or_else(|| fields.values().find_map(|inner| find(inner, name)))
        }
        Value::Array(items) => items.iter().find_map(|inner| find(inner, name)),
        _ => None,
    }
}
