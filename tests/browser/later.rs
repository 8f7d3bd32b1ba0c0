//! The day of the office goes on: the answer at nine, the district that ended at eleven.

use anyhow::{Context as _, Result, ensure};
use serde_json::json;
use testbed::process;

use crate::{
    chrome::{Chrome, UP},
    screens::{CHIEF, CLERK, SPECIALIST},
    staff::{Staff, sign_in, sign_out},
};

/// Whoever signs; the name is invented.
const SIGNATORY: &str = "Nguyễn Văn Mẫu";
/// The abstract of the answer.
const ANSWER: &str = "Về việc trả lời góp ý hướng dẫn quản lý hồ sơ";
/// The chief of a commune's office, and the district of which the commune is an heir.
const COMMUNE_CHIEF: &str = "muonglat.chanhvp";
const DISTRICT: &str = "Huyện Mường Lát";

/// A specialist drafts the answer from the work they have; the clerk finds it waiting, and gives it its number.
pub(crate) async fn nine_o_clock(chrome: &Chrome, staff: &Staff) -> Result<()> {
    sign_in(chrome, staff, SPECIALIST).await?;
    let work = "return [...document.querySelectorAll('main a.name')].find(one => one.textContent.startsWith('Góp ý'))
        ?.getAttribute('href')";
    let work = chrome.run(work).await?;
    chrome.open(work.as_str().context("the work in the list")?).await?;
    chrome.click_to_another_page("a[href^='/van-ban/di/soan?tra-loi=']").await?;
    ensure!(chrome.has("#answered-title").await?, "the letter that is answered stands above");
    chrome.fill("text", "Văn phòng Tỉnh ủy thống nhất với dự thảo.\nĐề nghị bổ sung thời hạn bảo quản.").await?;
    chrome.choose("#genre option[value=official_letter]").await?;
    chrome.fill("summary", ANSWER).await?;
    // The draft is sent with the keys that send every form.
    let before = chrome.place().await?;
    chrome.strike(&["Ctrl+Enter"]).await?;
    let draft = chrome.another_page(&before).await?;
    ensure!(draft.ends_with("?xong=soan"), "the draft was not begun: `{draft}`: {}", chrome.text().await?);
    ensure!(chrome.has("[aria-labelledby=coach-title] li").await?, "nobody says that the end of the letter is missing");
    sign_out(chrome).await?;
    sign_in(chrome, staff, CLERK).await?;
    let document = it_gets_its_number(chrome).await?;
    the_letter_knows_its_answer(chrome, &document).await?;
    sign_out(chrome).await?;
    both_sign_it(chrome, staff).await?;
    it_is_sent(chrome, &document).await?;
    sign_out(chrome).await.map(drop)
}

/// The chief of office signs what was laid out, the clerk seals it; both with the key that the page names.
async fn both_sign_it(chrome: &Chrome, staff: &Staff) -> Result<()> {
    sign_in(chrome, staff, CHIEF).await?;
    chrome.open("/van-ban/di/cho-ky").await?;
    chrome.says(ANSWER).await?;
    let there = chrome.strike_button("KeyK").await?;
    ensure!(there.contains("/van-ban/di/cho-ky?xong="), "it was not signed: `{there}`: {}", chrome.text().await?);
    sign_out(chrome).await?;
    sign_in(chrome, staff, CLERK).await?;
    let sealing = "return [...document.querySelectorAll('main a.name')].find(one => one.textContent === arguments[0])
        ?.getAttribute('href')";
    chrome.open("/van-ban/di/cho-dong-dau").await?;
    let path = chrome.run_with(sealing, json!(ANSWER)).await?;
    chrome.open(path.as_str().context("the answer waits for its seal")?).await?;
    let there = chrome.strike_button("KeyK").await?;
    ensure!(there.contains("/van-ban/di/cho-dong-dau?xong="), "it was not sealed: `{there}`");
    Ok(())
}

/// The clerk sends it to every commune of the province; all of them have it at once.
async fn it_is_sent(chrome: &Chrome, document: &str) -> Result<()> {
    chrome.open(document).await?;
    chrome.says("Đã ký, đóng dấu số").await?;
    chrome.choose("input[name=tiers][value=communes]").await?;
    chrome.click_to_another_page("[aria-labelledby=sending-title] form button").await?;
    chrome.says("Gửi 166 cơ quan").await?;
    chrome.says("Đã chuyển tới 166").await.map(drop)
}

/// The clerk opens what waits for a number, and gives the draft the one that was foretold; gives the page of the document.
async fn it_gets_its_number(chrome: &Chrome) -> Result<String> {
    chrome.open("/van-ban/di/cho-cap-so").await?;
    let found = "return [...document.querySelectorAll('table a.name')].find(one => one.textContent === arguments[0])
        ?.getAttribute('href')";
    let path = chrome.run_with(found, json!(ANSWER)).await?;
    chrome.open(path.as_str().context("the draft waits for a number")?).await?;
    let forecast = chrome.run("return document.querySelector('form .code-inline.num').textContent.trim()").await?;
    let forecast = forecast.as_str().context("the next number")?.to_owned();
    chrome.fill("signatory", SIGNATORY).await?;
    let signer = "const one = [...document.querySelectorAll('#signer option')].find(one => one.textContent.endsWith(arguments[0]));
        if (one) one.id = 'the-signer'; return !!one";
    ensure!(chrome.run_with(signer, json!(SIGNATORY)).await? == true, "the chief cannot be named to sign");
    chrome.choose("#the-signer").await?;
    let there = chrome.strike_button("KeyL").await?;
    let id = there.split("da-cap=").nth(1).with_context(|| format!("no number was given: `{there}`"))?.to_owned();
    let document = format!("/van-ban/di/{id}");
    chrome.open(&document).await?;
    let said = chrome.says(SIGNATORY).await?;
    ensure!(said.contains(&forecast), "`{forecast}` was foretold: {said}");
    Ok(document)
}

/// The document leads to the letter that it answers, and the letter back to it.
async fn the_letter_knows_its_answer(chrome: &Chrome, document: &str) -> Result<()> {
    chrome.click_to_another_page("ul.files a[href^='/van-ban/den/']").await?;
    chrome.says(ANSWER).await?;
    ensure!(chrome.has(&format!("a[href='{document}']")).await?, "the letter does not lead to its answer");
    Ok(())
}

/// In a commune somebody types a district that there is no more: who came after it, and what is open there.
pub(crate) async fn eleven_o_clock(chrome: &Chrome, staff: &Staff) -> Result<()> {
    sign_in(chrome, staff, COMMUNE_CHIEF).await?;
    chrome.open("/danh-ba").await?;
    chrome.fill("tim-q", DISTRICT).await?;
    let before = chrome.place().await?;
    chrome.strike(&["Enter"]).await?;
    chrome.another_page(&before).await?;
    // The first search after a start reads the reform; until then the page says that a part is late.
    let whole = process::until("the list of former units", UP, || async {
        let there = chrome.has("[aria-labelledby=former-title] tbody").await.ok()?;
        if !there {
            chrome.reload().await.ok()?;
        }
        there.then_some(())
    });
    whole.await?;
    let found = chrome.text().await?;
    for said in ["đến hết ngày trước 01/07/2025", "Đảng ủy xã Mường Lát", "Đảng ủy xã Tam Chung"]
    {
        assert!(found.contains(said), "`{said}`: {found}");
    }
    let heir = "return [...document.querySelectorAll('[aria-labelledby=former-title] a')].find(one => one.textContent === 'Đảng ủy xã Mường Lát')
        ?.getAttribute('href')";
    let heir = chrome.run(heir).await?;
    chrome.open(heir.as_str().context("the heir")?).await?;
    let said = chrome.says("Văn bản đến còn chờ giao việc tại đây").await?;
    assert!(said.contains("Việc chưa xong tại đây"), "{said}");
    chrome.click_to_another_page("[aria-labelledby=open-work-title] tbody a").await?;
    sign_out(chrome).await.map(drop)
}
