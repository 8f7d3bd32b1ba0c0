//! G8: what keeps one's own account: password, second factors, and the devices on which one is signed in.

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use schema_identity::{GetMyFactors, ListMySessions, ListPeople, Method, MyFactors, MySession};

use crate::{
    asking::Part,
    format,
    kit::{problems::Problems, timeline::Names},
    page::{Page, Place},
    visit::Inside,
    words::Words,
};

/// Second factors as the page shows them.
struct Factors {
    totp_since: Option<String>,
    passkeys: Vec<Passkey>,
    codes_left: u32,
    /// That two administrators have recovered the account, so that nobody does it unnoticed.
    recovered: Option<String>,
}

/// A passkey of one's own.
struct Passkey {
    id: String,
    name: String,
    said: String,
    suspect: bool,
}

/// A session of one's own.
struct Device {
    id: String,
    name: String,
    said: String,
    method: String,
    here: bool,
}

#[derive(Template)]
#[template(path = "account/security.html")]
struct Security {
    p: Page,
    factors: Part<Factors>,
    devices: Part<Vec<Device>>,
    /// Which form was refused.
    wrong: String,
    problems: Problems,
}

/// The page.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    page(&inside, StatusCode::OK, "", Problems::default()).await
}

/// The page, with what is wrong with one of its forms.
pub(crate) async fn page(inside: &Inside, status: StatusCode, wrong: &str, problems: Problems) -> Response<Body> {
    let w = inside.visit.words;
    let of_people = ListPeople { office: inside.who.office(), q: None, as_of: None, limit: Some(200), cursor: None };
    let (factors, sessions) = futures_util::join!(inside.part(&GetMyFactors {}), inside.part(&ListMySessions {}));
    let recovered = factors.here().is_some_and(|factors| factors.recovered.is_some());
    let people = if recovered { Some(inside.part(&of_people).await) } else { None };
    let names = Names::of(people.as_ref().and_then(Part::here));
    let title = w.t("account-security");
    let title = if problems.any() { w.with("problem-title", &[("title", &title)]) } else { title };
    let mut page = Page::inside(inside, &title, Place::Own);
    page.done = match inside.visit.query.get("xong") {
        "mat-khau" => Some(w.t("account-done-password")),
        "xac-nhan-ung-dung" => Some(w.t("account-done-totp")),
        "go-ung-dung" => Some(w.t("account-done-totp-gone")),
        "them-khoa" => Some(w.t("account-done-passkey")),
        "go-khoa" => Some(w.t("account-done-passkey-gone")),
        "ten-may" => Some(w.t("account-done-named")),
        "ket-thuc" | "ket-thuc-khac" => Some(w.t("account-done-ended")),
        _ => None,
    };
    let view = Security {
        p: page,
        factors: factors.map(|found| of_factors(&found, &names, w)),
        devices: sessions.map(|found| found.sessions.iter().map(|one| device(one, w)).collect()),
        wrong: wrong.to_owned(),
        problems,
    };
    inside.visit.html(status, &view)
}

fn of_factors(found: &MyFactors, names: &Names, w: Words) -> Factors {
    let passkey = |one: &schema_identity::MyPasskey| {
        let added = w.with("account-added", &[("when", &format::moment(one.added))]);
        let used = one.used.map(|used| w.with("account-used", &[("when", &format::moment(used))]));
        Passkey {
            id: one.id.to_string(),
            name: one.name.clone(),
            said: [Some(added), used].into_iter().flatten().collect::<Vec<_>>().join(" · "),
            suspect: one.suspect.is_some(),
        }
    };
    let recovered = found.recovered.as_ref().map(|one| {
        let values = [
            ("when", format::moment(one.at)),
            ("one", names.get(one.requested_by).to_owned()),
            ("other", names.get(one.confirmed_by).to_owned()),
        ];
        w.with("account-recovered", &values.each_ref().map(|(name, value)| (*name, value.as_str())))
    });
    Factors {
        totp_since: found.totp_since.map(format::moment),
        passkeys: found.passkeys.iter().map(passkey).collect(),
        codes_left: found.recovery_codes_left,
        recovered,
    }
}

fn device(one: &MySession, w: Words) -> Device {
    let began = w.with("account-began", &[("when", &format::moment(one.began))]);
    let seen = one.seen.map(|seen| w.with("account-seen", &[("when", &format::moment(seen))]));
    let network = one.network.as_ref().map(|network| w.with("account-network", &[("network", network)]));
    Device {
        id: one.id.to_string(),
        name: one.device.clone().unwrap_or_else(|| w.t("account-device-unnamed")),
        said: [Some(began), seen, network].into_iter().flatten().collect::<Vec<_>>().join(" · "),
        method: match one.method {
            Some(Method::Password) => w.t("account-by-password"),
            Some(Method::Totp) => w.t("account-by-totp"),
            Some(Method::RecoveryCode) => w.t("account-by-recovery"),
            Some(Method::Passkey) => w.t("account-by-passkey"),
            None => String::new(),
        },
        here: one.current,
    }
}
