//! A passkey: the browser's own, with a software authenticator of its driver, taken up in one's account and asked for at
//! the next sign-in.

use anyhow::{Context as _, Result, ensure};

use crate::{
    chrome::Chrome,
    staff::{Staff, sign_in, sign_out},
};

/// Takes up a passkey and signs in with it as the second step.
pub(crate) async fn opens_the_door(chrome: &Chrome, staff: &Staff, account: &str) -> Result<()> {
    chrome.give_authenticator().await?;
    sign_in(chrome, staff, account).await?;
    chrome.open("/ca-nhan/bao-mat").await?;
    chrome.click_to_another_page("form[action$='/khoa-moi'] button").await?;
    let field = chrome.has("#name").await?;
    ensure!(field, "a fresh sign-in is proof enough for the first passkey: {}", chrome.text().await?);
    chrome.fill("name", "Khóa của trình duyệt").await?;
    chrome.click_to_another_page("[data-passkey=create]").await?;
    chrome.says("Chỉ hiện một lần này").await.context("the first factor brings recovery codes")?;
    chrome.open("/ca-nhan/bao-mat").await?;
    chrome.says("Khóa của trình duyệt").await?;
    sign_out(chrome).await?;

    chrome.fill("username", account).await?;
    chrome.fill("password", staff.password(account)?).await?;
    chrome.choose("main button").await?;
    chrome.appears("[data-passkey=get]").await?;
    chrome.open("/ca-nhan").await?;
    ensure!(chrome.place().await?.starts_with("/dang-nhap"), "a password alone opens nothing");
    chrome.fill("username", account).await?;
    chrome.fill("password", staff.password(account)?).await?;
    chrome.choose("main button").await?;
    chrome.appears("[data-passkey=get]").await?;
    let inside = chrome.click_to_another_page("[data-passkey=get]").await?;
    ensure!(inside == "/ca-nhan", "`{inside}`: {}", chrome.text().await?);
    sign_out(chrome).await.map(drop)
}
