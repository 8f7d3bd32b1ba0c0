//! Eight o'clock in the day of the office: what the deputy secretary wrote on the paper by hand becomes work with one lead.

use anyhow::{Context as _, Result, ensure};
use serde_json::json;
use testbed::dir;

use crate::{
    chrome::Chrome,
    screens::{DEPUTY, HEAD},
    staff::{Staff, sign_in, sign_out},
};

/// Whose hand it is, and who transcribes it, as the demo names them.
const AUTHOR: &str = "Trần Thị Ví Dụ";
const TRANSCRIBER: &str = "Hoàng Thị Thử";
/// The unit that leads, and the one that is told.
const LEADS: &str = "Phòng Tổng hợp";
const IS_TOLD: &str = "Phòng Tài chính Đảng";
/// What the work is called.
const WORK: &str = "Rà soát tiến độ quý và đề xuất";

/// The clerk, who is signed in, transcribes the handwriting on two letters and passes one on; the deputy secretary confirms
/// and gives the work; the head of the unit that leads has it, and owes nothing for what is only to be known.
pub(crate) async fn eight_o_clock(chrome: &Chrome, staff: &Staff, letters: [&str; 2], to_know: &str) -> Result<()> {
    let [work, copy] = letters;
    transcribe(chrome, work, "to_process", Some(LEADS)).await?;
    let said = chrome.says(AUTHOR).await?;
    ensure!(said.contains(TRANSCRIBER) && said.contains(IS_TOLD), "both names stand on it, and who is told: {said}");
    pass(chrome, work, LEADS).await?;
    transcribe(chrome, copy, "to_know", None).await?;
    sign_out(chrome).await?;
    assert_eq!(sign_in(chrome, staff, DEPUTY).await?, "/ban-lam-viec");
    the_desk_says_where_each_paper_lies(chrome).await?;
    confirm(chrome, copy).await?;
    assert!(!chrome.has("form[action$='/giao']").await?, "what is to be known is nobody's work");
    assert!(!chrome.has("details.ledger").await?, "what is to be known has no due day");
    confirm(chrome, work).await?;
    let places = chrome.run("return document.querySelector('[aria-labelledby=facts-title]').textContent").await?;
    ensure!(places.as_str().is_some_and(|text| text.contains(LEADS)), "the paper waits on that desk: {places}");
    assign(chrome).await?;
    whoever_leads_has_it(chrome, staff, to_know).await
}

/// The unit of a list whose name begins so: the value by which it is chosen.
async fn unit(chrome: &Chrome, list: &str, name: &str) -> Result<String> {
    let found = format!(
        "return [...document.querySelectorAll('#{list} option:not([disabled])')]
         .find(one => one.textContent.trim().startsWith(arguments[0]))?.value ?? null"
    );
    let value = chrome.run_with(&found, json!(name)).await?;
    value.as_str().map(str::to_owned).with_context(|| format!("`{name}` is no unit to choose in `{list}`"))
}

/// Writes down what stands on a letter, with a scan of it; one unit leads where there is work, another one is told.
async fn transcribe(chrome: &Chrome, letter: &str, disposition: &str, lead: Option<&str>) -> Result<()> {
    chrome.open(&format!("{letter}/chep-but-phe")).await?;
    let hand =
        "return [...document.querySelectorAll('#author option')].find(one => one.textContent.includes(arguments[0]))
        ?.value ?? null";
    let hand = chrome.run_with(hand, json!(AUTHOR)).await?;
    let hand = hand.as_str().context("the deputy secretary's hand can be chosen")?;
    chrome.choose(&format!("#author option[value='{hand}']")).await?;
    chrome.choose(&format!("input[name=routing_disposition][value={disposition}]")).await?;
    chrome.fill("routing_text", "Giao đơn vị tham mưu, báo cáo Thường trực.").await?;
    if let Some(lead) = lead {
        assert!(!chrome.has("#routing_lead[multiple]").await?, "one unit leads, and no more");
        let (lead, told) = (unit(chrome, "routing_lead", lead).await?, unit(chrome, "routing_lead", IS_TOLD).await?);
        chrome.choose(&format!("#routing_lead option[value='{lead}']")).await?;
        chrome.choose("details:has([name=routing_to_know]) summary").await?;
        chrome.choose(&format!("input[name=routing_to_know][value='{told}']")).await?;
    }
    // A picture of the page stands for the scan of the paper.
    let folder = dir::temp()?;
    let scan = folder.path().join("but-phe.png");
    std::fs::write(&scan, chrome.picture().await?)?;
    chrome.attach("scan", &scan).await?;
    let there = chrome.strike_button("KeyL").await?;
    ensure!(there == format!("{letter}?xong=chep-but-phe"), "it was not taken: `{there}`: {}", chrome.text().await?);
    Ok(())
}

/// Passes the paper to the desk of a unit.
async fn pass(chrome: &Chrome, letter: &str, to: &str) -> Result<()> {
    let unit = unit(chrome, "pass_unit", to).await?;
    chrome.choose(&format!("#pass_unit option[value='{unit}']")).await?;
    let there = chrome.click_to_another_page("form[action$='/chuyen'] button").await?;
    assert_eq!(there, format!("{letter}?xong=chuyen"));
    Ok(())
}

/// Each paper that waits for a decision stands with the desk on which it lies.
async fn the_desk_says_where_each_paper_lies(chrome: &Chrome) -> Result<()> {
    chrome.says("Cần đồng chí quyết định").await?;
    let silent = "return [...document.querySelectorAll('#queue li')].filter(one => one.querySelector('a[href^=\"/van-ban/den/\"]'))
        .map(one => one.querySelector('.second').textContent).filter(text => !text.includes('Đang ở '))";
    assert_eq!(chrome.run(silent).await?, json!([]), "papers of which nobody knows where they lie");
    Ok(())
}

/// The author finds the transcription, reads it and confirms it.
async fn confirm(chrome: &Chrome, letter: &str) -> Result<()> {
    chrome.open("/van-ban/cho-y-kien").await?;
    chrome.click_to_another_page(&format!("a[href='{letter}']")).await?;
    let there = chrome.click_to_another_page("form[action$='/xac-nhan'] button").await?;
    assert_eq!(there, format!("{letter}?xong=xac-nhan"));
    Ok(())
}

/// Gives the work from the letter that is shown to the unit that the instruction names.
async fn assign(chrome: &Chrome) -> Result<()> {
    let lead = "return document.getElementById('lead_unit').selectedOptions[0].textContent.trim()";
    let lead = chrome.run(lead).await?;
    ensure!(lead.as_str().is_some_and(|name| name.starts_with(LEADS)), "the instruction names who leads: {lead}");
    chrome.fill("title", WORK).await?;
    chrome.fill("expected_product", "Báo cáo đề xuất").await?;
    let there = chrome.strike_button("KeyT").await?;
    assert!(there.ends_with("?xong=giao"), "{there}");
    Ok(())
}

/// The head of the unit that leads has the work in their list and accepts it; the copy to know came to nobody.
async fn whoever_leads_has_it(chrome: &Chrome, staff: &Staff, to_know: &str) -> Result<()> {
    sign_out(chrome).await?;
    sign_in(chrome, staff, HEAD).await?;
    let listed = chrome.says(WORK).await?;
    assert!(!listed.contains(to_know), "a copy to know is no debt: {listed}");
    let path = "return [...document.querySelectorAll('main a.name')].find(one => one.textContent === arguments[0])
        ?.getAttribute('href')";
    let path = chrome.run_with(path, json!(WORK)).await?;
    chrome.open(path.as_str().context("the work in the list")?).await?;
    let there = chrome.strike_button("KeyB").await?;
    assert!(there.ends_with("?xong=nhan"), "{there}");
    sign_out(chrome).await.map(drop)
}
