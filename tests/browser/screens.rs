//! The screens that the gates look at: how one gets there, who sees it, and what must hold.
//!
//! **A new screen is one row of [`SCREENS`].** Everything is looked at for soundness at every width; the other gates are
//! named. A picture that is meant to change is taken anew with `BLESS=1 cargo test -p tests --test browser`.

use anyhow::{Context as _, Result};

use crate::chrome::Chrome;

/// The clerk, the chief of office, the deputy secretary, the administrator, the head of a division and a specialist of the
/// province's office in the demo.
pub(crate) const CLERK: &str = "th.vanthu";
pub(crate) const COMMUNE_CLERK: &str = "hacthanh.vanthu";
pub(crate) const CHIEF: &str = "th.chanhvp";
pub(crate) const DEPUTY: &str = "th.phobithu";
pub(crate) const ADMINISTRATOR: &str = "th.quantri";
pub(crate) const HEAD: &str = "th.truongphong";
pub(crate) const SPECIALIST: &str = "th.chuyenvien1";

/// How one gets to a screen.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Way {
    /// It has an address.
    At(&'static str),
    /// From an address, by the links that these selectors find first, one after the other.
    By(&'static str, &'static [&'static str]),
    /// The print of the latest day before today of the register that opens first: what is entered meanwhile is not on it.
    Print,
}

/// What must hold besides soundness.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Gate {
    /// The first visit of a browser that has nothing yet is small.
    Light,
    /// The keyboard gets everywhere, in order, and one sees where.
    Walked,
    /// It looks as agreed at three widths; what these selectors find moves from day to day and is not looked at.
    Looks(&'static [&'static str]),
}

/// A screen.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Screen {
    pub(crate) name: &'static str,
    /// Whoever looks; nobody is signed in without one. Screens of one account stand together.
    pub(crate) account: Option<&'static str>,
    pub(crate) way: Way,
    pub(crate) gates: &'static [Gate],
}

const fn screen(name: &'static str, account: Option<&'static str>, way: Way, gates: &'static [Gate]) -> Screen {
    Screen { name, account, way, gates }
}

/// All of them.
pub(crate) const SCREENS: &[Screen] = &[
    screen("sign-in", None, Way::At("/dang-nhap"), &[Gate::Light, Gate::Walked, Gate::Looks(&[])]),
    // The clerk.
    screen("queue", Some(CLERK), Way::At("/van-ban/den"), &[Gate::Light, Gate::Walked]),
    screen("register", Some(CLERK), Way::At("/van-ban/so"), &[Gate::Walked]),
    screen("print", Some(CLERK), Way::Print, &[Gate::Looks(&[".span", "td.middle", ".check", ".foot"])]),
    screen("own", Some(CLERK), Way::At("/ca-nhan"), &[Gate::Walked]),
    screen("gallery", Some(CLERK), Way::At("/thu-vien"), &[Gate::Looks(&[".side", ".top"])]),
    screen("intake", Some(CLERK), Way::At("/van-ban/cho"), &[Gate::Walked]),
    screen("dossiers", Some(CLERK), Way::At("/ho-so"), &[Gate::Walked]),
    screen("dossier-list", Some(CLERK), Way::At("/ho-so/danh-muc"), &[Gate::Walked]),
    screen("connections", Some(CLERK), Way::At("/van-ban/ket-noi"), &[Gate::Walked]),
    screen("bringing-in", Some(CLERK), Way::At("/van-ban/cho/nhap"), &[]),
    screen("outgoing", Some(CLERK), Way::At("/van-ban/di"), &[]),
    screen("numbering", Some(CLERK), Way::At("/van-ban/di/cho-cap-so"), &[Gate::Walked]),
    screen("draft", Some(CLERK), Way::By("/van-ban/di/cho-cap-so", &["table a.name"]), &[]),
    screen("sealing", Some(CLERK), Way::At("/van-ban/di/cho-dong-dau"), &[]),
    screen("signing", Some(DEPUTY), Way::At("/van-ban/di/cho-ky"), &[]),
    screen("seals", Some(CLERK), Way::At("/van-ban/so-con-dau"), &[]),
    screen("handovers", Some(CLERK), Way::At("/van-ban/giao-nhan"), &[Gate::Walked]),
    screen("secrets", Some(CLERK), Way::At("/van-ban/mat"), &[]),
    screen("owed", Some(CLERK), Way::At("/van-ban/can-tra-lai"), &[]),
    screen("terms", Some(CLERK), Way::At("/quan-tri/han?ngay=20/11/2026&so-ngay=5"), &[]),
    screen("phrases", Some(CLERK), Way::At("/quan-tri/bieu-mau"), &[]),
    screen("directory", Some(CLERK), Way::At("/danh-ba?q=H%C3%A0m+R%E1%BB%93ng"), &[]),
    screen("registers", Some(CLERK), Way::At("/quan-tri/so"), &[]),
    screen("opening", Some(CLERK), Way::At("/quan-tri/so/bien-ban"), &[]),
    screen("old-registers", Some(CLERK), Way::At("/quan-tri/so/cu"), &[]),
    // The chief of office.
    screen("desk", Some(CHIEF), Way::At("/ban-lam-viec"), &[Gate::Light, Gate::Walked]),
    screen("chosen", Some(CHIEF), Way::By("/van-ban/den", &["table a.name"]), &[]),
    screen("record", Some(CHIEF), Way::By("/van-ban/den", &["table a.name", ".acts a.primary"]), &[Gate::Walked]),
    screen("reviewing", Some(CHIEF), Way::At("/duyet"), &[Gate::Walked]),
    screen("arrivals", Some(COMMUNE_CLERK), Way::At("/van-ban/gui-den"), &[Gate::Walked]),
    screen("overdue", Some(CHIEF), Way::At("/qua-han"), &[]),
    screen("week", Some(CHIEF), Way::At("/lich-tuan"), &[]),
    screen("copying", Some(CHIEF), Way::At("/lich-tuan/sao-chep"), &[]),
    screen("team", Some(CHIEF), Way::At("/don-vi-cua-toi"), &[]),
    screen("deputies", Some(CHIEF), Way::At("/uy-quyen"), &[]),
    screen("security", Some(CHIEF), Way::At("/ca-nhan/bao-mat"), &[]),
    screen("help", Some(CHIEF), Way::At("/tro-giup"), &[]),
    // The administrator.
    screen("units", Some(ADMINISTRATOR), Way::At("/quan-tri/to-chuc"), &[]),
    screen("people", Some(ADMINISTRATOR), Way::At("/quan-tri/nguoi"), &[]),
    screen("imports", Some(ADMINISTRATOR), Way::At("/nhap-danh-ba"), &[]),
    screen("roles", Some(ADMINISTRATOR), Way::At("/quan-tri/vai-tro"), &[]),
    screen("workdays", Some(ADMINISTRATOR), Way::At("/quan-tri/lich-lam-viec"), &[]),
    screen("office", Some(ADMINISTRATOR), Way::At("/quan-tri/co-quan"), &[]),
    screen("settings", Some(ADMINISTRATOR), Way::At("/quan-tri/cai-dat"), &[]),
    screen("jobs", Some(ADMINISTRATOR), Way::At("/tac-vu"), &[]),
    // A specialist.
    screen("submission", Some(SPECIALIST), Way::At("/van-ban/di/phieu-trinh"), &[]),
    screen("work", Some(SPECIALIST), Way::At("/viec"), &[Gate::Walked]),
    screen("assignment", Some(SPECIALIST), Way::By("/viec", &["main a.primary"]), &[Gate::Walked]),
];

/// The latest day before today that the open register has a number of; days of this year are shown without it.
const EARLIER: &str = "const today = document.getElementById('ngay').value;
    return [...document.querySelectorAll('table.book td:nth-child(2)')].map(one => one.textContent.trim())
        .map(day => day.length === 5 ? day + today.slice(5) : day).find(day => day !== today) ?? null";

impl Screen {
    /// Where it is, found by whoever is signed in.
    pub(crate) async fn path(&self, chrome: &Chrome) -> Result<String> {
        match self.way {
            Way::At(path) => Ok(path.to_owned()),
            Way::By(from, links) => {
                let mut path = from.to_owned();
                for link in links {
                    chrome.open(&path).await?;
                    path = chrome
                        .attribute(link, "href")
                        .await
                        .with_context(|| format!("on the way to `{}`", self.name))?;
                }
                Ok(path)
            }
            Way::Print => {
                chrome.open("/van-ban/so").await?;
                let day = chrome.run(EARLIER).await?;
                let day = day.as_str().context("the register has no number of an earlier day")?;
                Ok(format!("{}/in?ngay={day}", chrome.place().await?))
            }
        }
    }
}
