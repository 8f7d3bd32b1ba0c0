//! The pages behind the door: signed in with a form, a cookie kept, a list read; in one process, and by a portal that has
//! nothing but its place on the broker.

use std::time::Duration;

use reqwest::{Method, StatusCode, header, redirect::Policy};
use testbed::process;
use tests::{
    installation::{Installation, Profile},
    staff::{PASSWORD, enrol, hire_named, office_of},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_standalone() {
    pages(Profile::Standalone).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_as_services() {
    pages(Profile::Services).await;
}

async fn pages(profile: Profile) {
    let installation = Installation::start(profile).await.unwrap();
    installation.load_few_units().await.unwrap();
    let door = installation.door();
    let admin = enrol(&door, &installation.first_code("TW").await.unwrap(), "quan-tri").await;
    let office = office_of(&admin).await;
    let units = admin.get(&format!("/api/v1/units?office={office}&limit=1")).await.ok();
    let unit = units["items"][0]["id"].as_str().unwrap();
    let (_, clerk) = hire_named(&admin, &office, unit, "Lê Thị Sổ", &["document_clerk"], false).await;

    let browser = reqwest::Client::builder().redirect(Policy::none()).build().unwrap();
    let ask =
        |method, path: &str| browser.request(method, door.url(path)).header(header::ORIGIN, installation.origin());
    // The door is open before the process behind it is.
    let led = process::until("the pages", Duration::from_secs(30), || async {
        let answer = ask(Method::GET, "/van-ban/den").send().await.unwrap();
        answer.headers().get(header::LOCATION).cloned()
    });
    assert_eq!(led.await.unwrap(), "/dang-nhap?ve=%2Fvan-ban%2Fden");
    let typed = [("username", clerk.as_str()), ("password", PASSWORD), ("ve", "/van-ban/den")];
    let form = reqwest::Url::parse_with_params("http://form", typed).unwrap();
    let signing_in = ask(Method::POST, "/dang-nhap")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(form.query().unwrap().to_owned());
    let signed_in = signing_in.send().await.unwrap();
    assert_eq!(signed_in.status(), StatusCode::SEE_OTHER, "{}", signed_in.text().await.unwrap());
    let cookie = signed_in.headers()[header::SET_COOKIE].to_str().unwrap();
    let secret = cookie.split(';').next().unwrap().to_owned();
    let page = ask(Method::GET, "/van-ban/den").header(header::COOKIE, secret).send().await.unwrap();
    let (status, text) = (page.status(), page.text().await.unwrap());
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("Lê Thị Sổ") && text.contains("name=\"symbol\""), "{text}");
}
