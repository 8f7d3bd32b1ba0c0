//! The pages in a real browser: everybody can use them, the policy is kept, nothing overflows, the keyboard suffices.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

/// A browser and its driver.
mod chrome;

use anyhow::Result;
use chrome::Chrome;
use serde_json::Value;
use tests::installation::{Installation, Profile};

/// Widths at which pages are looked at: a desk, an old laptop, a phone, and the narrowest that WCAG asks for.
const WIDTHS: [u32; 4] = [1440, 1024, 390, 320];

/// Controls smaller than 24 pixels on a side; links within a line of text are as high as the line.
const SMALL: &str = "return [...document.querySelectorAll('a,button,input,select,textarea,summary')].filter(one => {
    const box = one.getBoundingClientRect();
    const shown = box.width > 0 && box.height > 0 && one.type !== 'hidden' && !one.classList.contains('skip');
    return shown && (box.width < 23.5 || box.height < 23.5) && !one.closest('p,dd,li,.meta');
}).map(one => one.outerHTML.slice(0, 120))";

/// How far the page reaches beyond the window, in pixels.
const OVERFLOW: &str = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";

/// An account of the demo, as name and password.
fn account(office: &Installation, username: &str) -> (String, String) {
    let accounts = office.accounts().unwrap();
    let one = accounts.as_array().unwrap().iter().find(|one| one["username"] == username).unwrap();
    (username.to_owned(), one["password"].as_str().unwrap().to_owned())
}

async fn sign_in(chrome: &Chrome, (username, password): &(String, String)) -> Result<String> {
    chrome.open("/dang-nhap").await?;
    chrome.fill("username", username).await?;
    chrome.fill("password", password).await?;
    chrome.click_to_another_page("main button").await
}

async fn sign_out(chrome: &Chrome) -> Result<String> {
    chrome.click_to_another_page("form[action='/dang-xuat'] button").await
}

/// Looks at a page at every width: no rule of accessibility broken, no complaint, nothing too wide, nothing too small.
async fn is_sound(chrome: &Chrome, name: &str, path: &str) -> Result<()> {
    for width in WIDTHS {
        chrome.size(width, 1000).await?;
        chrome.open(path).await?;
        chrome.picture(&format!("{name}-{width}")).await?;
        let beyond = chrome.run(OVERFLOW).await?.as_i64().unwrap_or_default();
        assert!(beyond <= 0, "{name} at {width}: {beyond} pixels beyond the window");
        assert_eq!(chrome.run(SMALL).await?, Value::Array(Vec::new()), "{name} at {width}: too small to hit");
        if width == WIDTHS[0] || width == WIDTHS[2] {
            assert_eq!(chrome.barriers().await?, [""; 0], "{name} at {width}");
        }
    }
    assert_eq!(chrome.complaints().await?, [""; 0], "{name}");
    chrome.size(WIDTHS[0], 1000).await
}

/// The clerk registers a letter by the keyboard alone, and the next form stands there.
async fn clerk_registers(chrome: &Chrome) -> Result<()> {
    chrome.open("/van-ban/den").await?;
    chrome.press("c").await?;
    chrome.fill("author_body", "Sở Ví Dụ").await?;
    chrome.fill("symbol", "901/SVD-VP").await?;
    chrome.fill("document_day", "05/01/2026").await?;
    chrome.fill("summary", "Về việc thử bàn phím").await?;
    let page = chrome.click_to_another_page("button[data-key='KeyL']").await?;
    assert!(page.contains("da-vao="), "{page}");
    let text = chrome.text().await?;
    assert!(text.contains("Đã vào sổ, số đến") && text.contains("Về việc thử bàn phím"), "{text}");
    // The same letter once more is a likely duplicate, and what was typed stays.
    chrome.fill("author_body", "Sở Ví Dụ").await?;
    chrome.fill("symbol", "901/SVD-VP").await?;
    chrome.fill("document_day", "05/01/2026").await?;
    chrome.fill("summary", "Về việc thử bàn phím").await?;
    chrome.run("document.querySelector(\"button[data-key='KeyL']\").click()").await?;
    testbed::process::until("the duplicate to be shown", std::time::Duration::from_secs(20), || async {
        chrome.text().await.ok().filter(|text| text.contains("Có thể trùng văn bản đến số"))
    })
    .await?;
    assert_eq!(chrome.run("return document.getElementById('symbol').value").await?, "901/SVD-VP");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_pages_are_sound_and_a_clerk_and_a_chief_can_work_with_them() -> Result<()> {
    let office = Installation::start(Profile::Demo).await?;
    let chrome = Chrome::start(&office.origin()).await?;
    is_sound(&chrome, "sign-in", "/dang-nhap").await?;
    let page = sign_in(&chrome, &account(&office, "th.vanthu")).await?;
    assert!(page.ends_with("/van-ban/den"), "{page}");
    is_sound(&chrome, "queue", "/van-ban/den").await?;
    chrome.open("/van-ban/so").await?;
    let book = chrome.run("return location.pathname").await?;
    is_sound(&chrome, "register", book.as_str().unwrap()).await?;
    is_sound(&chrome, "own", "/ca-nhan").await?;
    clerk_registers(&chrome).await?;
    let record = chrome.run("return document.querySelector('table a.name').href.split('xem=')[1]").await?;
    is_sound(&chrome, "record", &format!("/van-ban/den/{}", record.as_str().unwrap())).await?;
    let page = sign_out(&chrome).await?;
    assert!(page.ends_with("/dang-nhap"), "{page}");
    chrome.open("/van-ban/den").await?;
    assert!(chrome.run("return location.pathname").await? == "/dang-nhap");
    let page = sign_in(&chrome, &account(&office, "th.chanhvp")).await?;
    assert!(page.ends_with("/ban-lam-viec"), "{page}");
    is_sound(&chrome, "desk", "/ban-lam-viec").await?;
    is_sound(&chrome, "work", "/viec").await?;
    chrome.close().await
}
