//! A day of the office, as `cargo run -- demo` shows it and README walks through it: each hour is a function, played by
//! those whose work it is, with the keys and buttons that they have.
//!
//! 07:30 the clerk registers ten letters by the keyboard alone; one of them came before, and the power goes in between.
//! 08:00 what the deputy secretary wrote on the paper by hand is transcribed, confirmed and becomes work with one lead; another
//! letter is to be known and leaves no debt; the desk says where each paper lies.
//! 09:00 the answer to it is drafted; the clerk gives it its number, and the letter tells that it was answered.
//! 11:00 a district that there is no more is typed in a commune: its heirs, and what is open in one of them.

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};
use testbed::process;
use tests::installation::{Installation, Profile};

use crate::{
    chrome::{Chrome, UP},
    eight::eight_o_clock,
    later::{eleven_o_clock, nine_o_clock},
    screens::CLERK,
    sound::HEIGHT,
    staff::{Staff, sign_in},
};

/// A letter of the morning's post, from top to bottom of the form.
struct Letter {
    author: &'static str,
    symbol: &'static str,
    summary: &'static str,
}

const fn letter(author: &'static str, symbol: &'static str, summary: &'static str) -> Letter {
    Letter { author, symbol, summary }
}

/// The post of this morning. The names are invented.
const POST: [Letter; 10] = [
    letter("Sở Ví Dụ", "101/SVD-VP", "Về việc rà soát tiến độ quý"),
    letter("Sở Thí Dụ", "102/STD-KH", "Về việc gửi kế hoạch để biết"),
    letter("Ban Mẫu", "103-CV/BM", "Về việc góp ý dự thảo quy chế"),
    letter("Đảng ủy xã Thử Nghiệm", "104-BC/ĐU", "Báo cáo kết quả sinh hoạt chi bộ"),
    letter("Đảng ủy phường Minh Họa", "105-TTr/ĐU", "Tờ trình về việc kiện toàn cấp ủy"),
    letter("Huyện đoàn Giả Định", "106-CV/HĐ", "Về việc phối hợp tổ chức hội trại"),
    letter("Hội Ví Von", "107/HVV", "Về việc mời dự lễ kỷ niệm"),
    letter("Trường Tập Dượt", "108/TTD-ĐT", "Về việc cử cán bộ đi học"),
    letter("Công ty Nháp", "109/CTN", "Về việc xin xác nhận hồ sơ"),
    letter("Sở Làm Quen", "110/SLQ-TC", "Về việc quyết toán kinh phí"),
];
/// The letter during which the power goes.
const DARK: usize = 5;
/// The letter that somebody brings once more, and after which.
const AGAIN: (usize, usize) = (2, 7);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_day_of_the_office() -> Result<()> {
    let mut office = Installation::start(Profile::Demo).await?;
    let staff = Staff::of(&office)?;
    let chrome = Chrome::start(&office.origin()).await?;
    chrome.size(1440, HEIGHT).await?;
    let entered = half_past_seven(&chrome, &mut office, &staff).await.context("07:30")?;
    eight_o_clock(&chrome, &staff, [&entered[0], &entered[1]], POST[1].summary).await.context("08:00")?;
    nine_o_clock(&chrome, &staff).await.context("09:00")?;
    eleven_o_clock(&chrome, &staff).await.context("11:00")?;
    assert_eq!(chrome.complaints().await?, [""; 0]);
    chrome.close().await
}

/// The clerk opens the queue and registers the post; gives where each letter is.
async fn half_past_seven(chrome: &Chrome, office: &mut Installation, staff: &Staff) -> Result<Vec<String>> {
    assert_eq!(sign_in(chrome, staff, CLERK).await?, "/van-ban/den");
    chrome.strike(&["c"]).await?;
    let mut entered = Vec::new();
    for (at, letter) in POST.iter().enumerate() {
        if at == DARK
            && let Some(there) = the_power_goes(chrome, office, letter).await?
        {
            entered.push(there);
            continue;
        }
        if at == AGAIN.1 {
            the_same_letter_is_caught(chrome, &POST[AGAIN.0]).await?;
        }
        entered.push(register(chrome, letter).await.with_context(|| format!("`{}`", letter.symbol))?);
    }
    no_number_is_missing(chrome).await?;
    the_register_prints_like_the_book(chrome).await?;
    Ok(entered)
}

/// Types a letter from the field that has the focus, as far as its summary, and sends it with Ctrl+Enter.
async fn send(chrome: &Chrome, letter: &Letter) -> Result<()> {
    chrome.type_text(letter.author).await?;
    chrome.strike(&["Tab"]).await?;
    chrome.type_text(letter.symbol).await?;
    chrome.strike(&["Tab"]).await?;
    chrome.type_text("05/01/2026").await?;
    // Genre, pages and the day of arrival stay as they are.
    chrome.strike(&["Tab", "Tab", "Tab", "Tab"]).await?;
    chrome.type_text(letter.summary).await?;
    chrome.strike(&["Ctrl+Enter"]).await
}

/// Registers a letter, and gives its page. The next form stands ready, with the focus in its first field.
async fn register(chrome: &Chrome, letter: &Letter) -> Result<String> {
    let before = chrome.place().await?;
    send(chrome, letter).await?;
    let there = chrome.another_page(&before).await?;
    let id = there.split("da-vao=").nth(1).with_context(|| format!("the letter was not entered: `{there}`"))?;
    chrome.says("Đã vào sổ, số đến").await?;
    until(chrome, "return document.activeElement.id === 'author_body'").await?;
    Ok(format!("/van-ban/den/{id}"))
}

/// The power goes just as a letter is sent. After the restart the browser is signed in still, and the letter either stands
/// in the register, or it does not and neither does its number.
async fn the_power_goes(chrome: &Chrome, office: &mut Installation, letter: &Letter) -> Result<Option<String>> {
    send(chrome, letter).await?;
    office.kill();
    office.start_again().await?;
    chrome.open("/van-ban/den").await?;
    let line = "return [...document.querySelectorAll('table a.name')].find(one => one.textContent === arguments[0])
        ?.href.split('xem=')[1] ?? null";
    let there = chrome.run_with(line, json!(letter.summary)).await?;
    // The browser noted that the office was away.
    chrome.complaints().await?;
    chrome.strike(&["c"]).await?;
    Ok(there.as_str().map(|id| format!("/van-ban/den/{id}")))
}

/// A copy that somebody brings once more is caught, with the number of the first.
async fn the_same_letter_is_caught(chrome: &Chrome, letter: &Letter) -> Result<()> {
    send(chrome, letter).await?;
    let said = chrome.says("Có thể trùng văn bản đến số").await?;
    assert!(said.contains(letter.symbol), "{said}");
    assert_eq!(chrome.run("return document.querySelector('[name=symbol]').value").await?, letter.symbol);
    // The clerk leaves it at that, and goes on with the next.
    chrome.strike(&["g", "v"]).await?;
    until(chrome, "return document.getElementById('symbol')?.value === ''").await?;
    chrome.strike(&["c"]).await
}

/// The numbers of the register follow one another, whatever happened in between.
async fn no_number_is_missing(chrome: &Chrome) -> Result<()> {
    chrome.open("/van-ban/so").await?;
    let found = "return [...document.querySelectorAll('table.book tbody td:first-child')]
        .map(one => Number(one.textContent.replace(/\\D/g, '')))";
    let numbers: Vec<i64> = serde_json::from_value(chrome.run(found).await?)?;
    ensure!(numbers.len() >= POST.len(), "{numbers:?}");
    assert!(numbers.windows(2).all(|pair| pair[0] == pair[1] + 1), "a number is missing: {numbers:?}");
    let lines = chrome.text().await?;
    for letter in &POST {
        assert_eq!(lines.matches(letter.symbol).count(), 1, "`{}`", letter.symbol);
    }
    Ok(())
}

/// The print of the day has the columns of the paper book, the ten lines in order, and nothing of the screen.
async fn the_register_prints_like_the_book(chrome: &Chrome) -> Result<()> {
    let print = chrome.strike_to_another_page("i").await?;
    assert!(print.contains("/in?ngay="), "{print}");
    let heads = "return [...document.querySelectorAll('thead th')].map(one => one.textContent)";
    let columns = json!([
        "Số đến",
        "Ngày đến",
        "Tác giả",
        "Số, ký hiệu",
        "Ngày văn bản",
        "Tên loại và trích yếu nội dung",
        "Đơn vị, người nhận",
        "Số tờ",
        "Ký nhận",
        "Ghi chú"
    ]);
    assert_eq!(chrome.run(heads).await?, columns);
    let symbols = "return [...document.querySelectorAll('tbody td:nth-child(4)')].map(one => one.textContent.trim())";
    assert_eq!(chrome.run(symbols).await?, POST.iter().map(|one| one.symbol).collect::<Value>());
    chrome.says("(10 dòng)").await?;
    chrome.devtools("Emulation.setEmulatedMedia", json!({ "media": "print" })).await?;
    let of_screen = "return [...document.querySelectorAll('.screen-only')].some(one => one.checkVisibility())";
    assert_eq!(chrome.run(of_screen).await?, false);
    chrome.devtools("Emulation.setEmulatedMedia", json!({ "media": "" })).await.map(drop)
}

/// Waits until a script answers `true`.
async fn until(chrome: &Chrome, script: &str) -> Result<()> {
    let holds = || async { chrome.run(script).await.ok().filter(|answer| *answer == true).map(drop) };
    process::until(script, UP, holds).await
}
