//! What strangers try: forms without a token, acts that come twice, addresses that lead elsewhere, cookies to be stolen.

use anyhow::{Context as _, Result};
use reqwest::{Client, Method, Response, header::LOCATION, redirect::Policy};
use serde_json::json;
use tests::installation::Installation;

use crate::{
    chrome::Chrome,
    screens::CLERK,
    staff::{Staff, sign_in, sign_out},
};

/// The cookie that opens a session.
const COOKIE: &str = "__Host-vanphong";
/// Places that are not ours, as whoever fishes for passwords writes them.
const ELSEWHERE: [&str; 7] = [
    "https://evil.example/",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "javascript:alert(1)",
    "/\t/evil.example",
];

/// A browser's session in the hands of a program.
struct Hands<'a> {
    http: Client,
    office: &'a Installation,
    secret: String,
}

impl Hands<'_> {
    async fn send(&self, method: Method, path: &str, body: Option<String>) -> Result<Response> {
        let url = format!("{}{path}", self.office.origin());
        let mut request = self.http.request(method, url).header("cookie", format!("{COOKIE}={}", self.secret));
        if let Some(body) = body {
            request = request.header("origin", self.office.origin());
            request = request.header("content-type", "application/x-www-form-urlencoded").body(body);
        }
        Ok(request.send().await?)
    }

    async fn page(&self, path: &str) -> Result<String> {
        Ok(self.send(Method::GET, path, None).await?.error_for_status()?.text().await?)
    }
}

/// All of it.
pub(crate) async fn are_shut(chrome: &Chrome, office: &Installation, staff: &Staff) -> Result<()> {
    nobody_is_led_elsewhere(chrome, office, staff).await?;
    let secret = the_cookie_stays_with_the_browser(chrome).await?;
    let http = Client::builder().no_proxy().redirect(Policy::none()).build()?;
    let hands = Hands { http, office, secret };
    a_form_that_comes_twice_acts_once(&hands).await?;
    a_double_click_and_a_reload_act_once(chrome).await?;
    nobody_is_signed_out_by_others(&hands).await?;
    sign_out(chrome).await?;
    let after = hands.send(Method::GET, "/ca-nhan", None).await?;
    assert_eq!(after.status(), 303, "a secret that was kept opens nothing after the sign-out");
    Ok(())
}

async fn nobody_is_led_elsewhere(chrome: &Chrome, office: &Installation, staff: &Staff) -> Result<()> {
    let http = Client::builder().no_proxy().build()?;
    for place in ELSEWHERE {
        let url = reqwest::Url::parse_with_params(&format!("{}/dang-nhap", office.origin()), [("ve", place)])?;
        let page = http.get(url).send().await?.text().await?;
        assert!(page.contains("name=\"ve\" value=\"/\""), "`{place}` is taken for a page of ours");
    }
    chrome.open("/dang-nhap?ve=//evil.example/mail").await?;
    assert_eq!(sign_in(chrome, staff, CLERK).await?, "/van-ban/den");
    Ok(())
}

/// Nobody but this browser, over safe connections to this very host, sends it; no script reads it.
async fn the_cookie_stays_with_the_browser(chrome: &Chrome) -> Result<String> {
    let cookies = chrome.cookies().await?;
    let kept = cookies.iter().find(|one| one["name"] == COOKIE).context("the session's cookie")?;
    let said =
        json!([kept["path"], kept["secure"], kept["httpOnly"], kept["sameSite"], kept["session"], kept["domain"]]);
    assert_eq!(said, json!(["/", true, true, "Strict", true, "localhost"]));
    assert_eq!(chrome.run("return document.cookie").await?, "");
    Ok(kept["value"].as_str().unwrap_or_default().to_owned())
}

async fn a_form_that_comes_twice_acts_once(hands: &Hands<'_>) -> Result<()> {
    let page = hands.page("/van-ban/den").await?;
    let form = page.split("data-send>").nth(1).context("the form of a letter")?;
    let (csrf, key) = (hidden(form, "_csrf"), hidden(form, "_key"));
    let fields = [("_csrf", csrf), ("_key", key), ("author_body", "Sở Hai Lần"), ("summary", "Về việc gửi hai lần")];
    let body: String = fields.map(|(name, value)| format!("{name}={}", plain(value))).join("&");
    let twice = || hands.send(Method::POST, "/van-ban/den", Some(body.clone()));
    let (one, other) = tokio::try_join!(twice(), twice())?;
    let place =
        |answer: &Response| answer.headers().get(LOCATION).and_then(|place| place.to_str().ok()).map(str::to_owned);
    assert!(place(&one).is_some_and(|place| place.contains("da-vao=")), "{one:?}");
    assert_eq!(place(&one), place(&other), "one act, told twice");
    let listed = hands.page("/van-ban/den").await?;
    assert_eq!(listed.matches("Về việc gửi hai lần").count(), 1);
    Ok(())
}

async fn a_double_click_and_a_reload_act_once(chrome: &Chrome) -> Result<()> {
    chrome.open("/van-ban/den").await?;
    chrome.fill("author_body", "Sở Bấm Đúp").await?;
    chrome.fill("summary", "Về việc bấm hai lần").await?;
    let before = chrome.place().await?;
    chrome
        .run("const button = document.querySelector(\"button[data-key='KeyL']\"); button.click(); button.click()")
        .await?;
    chrome.another_page(&before).await?;
    for _ in 0..2 {
        chrome.reload().await?;
        let listed = chrome.says("Đã vào sổ, số đến").await?;
        assert_eq!(listed.matches("Về việc bấm hai lần").count(), 1, "{listed}");
    }
    Ok(())
}

/// A form that does not bear the token of the session signs nobody out.
async fn nobody_is_signed_out_by_others(hands: &Hands<'_>) -> Result<()> {
    for body in ["", "_csrf=0123456789abcdef0123456789abcdef&_key=01938a2c-0000-7000-8000-000000000001"] {
        let refused = hands.send(Method::POST, "/dang-xuat", Some(body.to_owned())).await?;
        assert_eq!(refused.status(), 403, "`{body}`");
    }
    let page = hands.page("/ca-nhan").await?;
    let (csrf, key) = (hidden(&page, "_csrf"), hidden(&page, "_key"));
    let request = hands.http.post(format!("{}/dang-xuat", hands.office.origin()));
    let request =
        request.header("cookie", format!("{COOKIE}={}", hands.secret)).header("origin", "https://evil.example");
    let foreign = request.body(format!("_csrf={csrf}&_key={key}")).send().await?;
    assert_eq!(foreign.status(), 403, "a page of somebody else knows the token and is refused still");
    hands.page("/ca-nhan").await.map(drop)
}

/// The value of a hidden field.
fn hidden<'a>(page: &'a str, name: &str) -> &'a str {
    let part = page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_default();
    part.split('"').next().unwrap_or_default()
}

/// A value as forms send it.
fn plain(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
