//! A browser whose owner has turned scripts off: the main paths of a day, by links and forms alone.

use anyhow::{Context as _, Result};

use crate::{
    chrome::Chrome,
    screens::{CHIEF, CLERK},
    staff::{Staff, sign_in, sign_out},
};

/// Sign in, register, open, print, sign out; and the chief opens, decides, assigns.
pub(crate) async fn day(chrome: &Chrome, staff: &Staff) -> Result<()> {
    assert_eq!(sign_in(chrome, staff, CLERK).await?, "/van-ban/den");
    let fields = [
        ("author_body", "Sở Không Kịch Bản"),
        ("symbol", "77/SKKB-VP"),
        ("document_day", "05/01/2026"),
        ("summary", "Về việc làm việc khi tắt kịch bản"),
    ];
    for (field, text) in fields {
        chrome.fill(field, text).await?;
    }
    let entered = chrome.click_to_another_page("form[data-send] button.primary").await?;
    let id = entered.split("da-vao=").nth(1).context("the letter that was entered")?.to_owned();
    chrome.says("Đã vào sổ, số đến").await?;
    // One click too many and a reload of the page change nothing: each page has a key, and each act an address.
    chrome.reload().await?;
    let record = format!("/van-ban/den/{id}");
    chrome.open(&record).await?;
    chrome.says("Về việc làm việc khi tắt kịch bản").await?;
    chrome.open("/van-ban/so").await?;
    let print = chrome.click_to_another_page("form.print-day button").await?;
    assert!(print.contains("/in?ngay="), "{print}");
    let paper = chrome.says("SỔ ĐĂNG KÝ VĂN BẢN ĐẾN").await?;
    assert_eq!(paper.matches("77/SKKB-VP").count(), 1, "{paper}");
    chrome.open(&record).await?;
    assert_eq!(sign_out(chrome).await?, "/dang-nhap");
    chrome.open(&record).await?;
    assert!(chrome.place().await?.starts_with("/dang-nhap?ve="));

    sign_in(chrome, staff, CHIEF).await?;
    assert_eq!(chrome.place().await?, record, "after the sign-in one is where one wanted to be");
    chrome.choose("input[name=disposition][value=to_process]").await?;
    chrome.click_to_another_page("form[action$='/xu-ly'] button").await?;
    chrome.fill("expected_product", "Báo cáo").await?;
    chrome.choose("#lead_unit optgroup option:not([disabled])").await?;
    let assigned = chrome.click_to_another_page("form[action$='/giao'] button").await?;
    assert_eq!(assigned, format!("{record}?xong=giao"));
    assert_eq!(sign_out(chrome).await?, "/dang-nhap");
    Ok(())
}
