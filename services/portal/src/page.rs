//! What every page has: who looks, where they are, what the menu shows, and how large the letters are.

use axum::http::HeaderValue;
use schema_identity::{InterfaceLanguage, MyPreferences, Post, SetMyPreferences};
use wire::{Lang, id::AppointmentId};

use crate::{
    assets::{self, Assets},
    badges::Badge,
    format,
    menu::{self, Group},
    session::Signed,
    settings::Zone,
    visit::{Inside, LOOK, Visit},
    words::Words,
};

/// How somebody wants to see pages: their account says it, and a cookie for pages before the sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Look {
    /// The language of the interface.
    pub(crate) lang: Lang,
    /// The size of letters, in percent.
    pub(crate) size: u16,
    /// Whether rows stand close.
    pub(crate) dense: bool,
    /// Whether single keys act.
    pub(crate) keys: bool,
}

/// The sizes one can choose, in percent.
pub(crate) const SIZES: [u16; 4] = [100, 112, 125, 150];

/// A place in the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Desk,
    Work,
    Incoming,
    Pending,
    Returned,
    Outgoing,
    Numbering,
    Signing,
    Sealing,
    Seals,
    Secrets,
    Handovers,
    Arrivals,
    Mail,
    Dossiers,
    Reviewing,
    Intake,
    Book,
    Own,
    Deputies,
    Imports,
    Jobs,
    Week,
    Overdue,
    Team,
    Help,
    Directory,
    Units,
    People,
    Roles,
    Registers,
    Phrases,
    Terms,
    Office,
    Workdays,
    Audit,
    Health,
    Settings,
    Elsewhere,
}

/// Who looks, as the corner of the page shows it.
pub(crate) struct Reader {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) letters: String,
}

/// A post that one may work in.
pub(crate) struct Choice {
    pub(crate) id: AppointmentId,
    pub(crate) text: String,
    pub(crate) here: bool,
}

/// What the layout needs.
pub(crate) struct Page {
    pub(crate) w: Words,
    pub(crate) look: Look,
    pub(crate) nonce: String,
    pub(crate) title: String,
    /// The name of the office, or of the installation while nobody is signed in.
    pub(crate) office: String,
    /// The address of the picture of the office, when it has one.
    pub(crate) emblem: Option<String>,
    /// The name of the installation.
    pub(crate) house: String,
    pub(crate) zone: String,
    pub(crate) menu: Vec<Group>,
    pub(crate) reader: Option<Reader>,
    /// The posts to choose from, when there are several.
    pub(crate) posts: Vec<Choice>,
    /// How many notices wait to be read.
    pub(crate) unread: Option<Badge>,
    pub(crate) csrf: String,
    /// How large a file of a form may be, when the door says so.
    pub(crate) upload_limit: Option<String>,
    pub(crate) files: &'static Assets,
    /// What was just done, for the line on top.
    pub(crate) done: Option<String>,
}

impl Look {
    /// Reads the cookie; what it does not say is as usual.
    pub(crate) fn read(text: &str) -> Self {
        let mut look = Self { lang: Lang::Vi, size: 100, dense: false, keys: true };
        for word in text.split('.') {
            match word {
                "en" => look.lang = Lang::En,
                "dense" => look.dense = true,
                "nokeys" => look.keys = false,
                other => look.size = SIZES.into_iter().find(|one| one.to_string() == other).unwrap_or(look.size),
            }
        }
        look
    }

    /// As an account says it; as usual while it says nothing. A size that no style has is the nearest smaller one.
    pub(crate) fn of(said: Option<&MyPreferences>) -> Self {
        let Some(said) = said else { return Self::read("") };
        let lang = match said.language {
            InterfaceLanguage::Vi => Lang::Vi,
            InterfaceLanguage::En => Lang::En,
        };
        let size = SIZES.into_iter().rev().find(|size| *size <= said.text_size).unwrap_or(100);
        Self { lang, size, dense: said.dense, keys: said.single_keys }
    }

    /// As it is told to the account, with the post in which its holder works.
    pub(crate) fn said(self, post: Option<AppointmentId>) -> SetMyPreferences {
        let language = match self.lang {
            Lang::Vi => InterfaceLanguage::Vi,
            Lang::En => InterfaceLanguage::En,
        };
        SetMyPreferences { language, text_size: self.size, dense: self.dense, single_keys: self.keys, post }
    }

    /// As the cookie holds it.
    pub(crate) fn write(self) -> String {
        let lang = Words(self.lang).code();
        let dense = if self.dense { ".dense" } else { "" };
        let keys = if self.keys { "" } else { ".nokeys" };
        format!("{lang}.{}{dense}{keys}", self.size)
    }

    /// The cookie that remembers it for a year.
    pub(crate) fn keeping(self) -> Option<HeaderValue> {
        let cookie = format!("{LOOK}={}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=31536000", self.write());
        HeaderValue::from_str(&cookie).ok()
    }
}

impl Page {
    /// The page of somebody who is signed in.
    pub(crate) fn inside(inside: &Inside, title: &str, place: Place) -> Self {
        let Inside { visit, who, badges } = inside;
        let mut page = Self::outside(visit, title);
        page.office = who.office_name().to_owned();
        page.emblem = who.emblem();
        page.menu = menu::of(inside, place);
        page.unread.clone_from(&badges.unread);
        page.reader = Some(Reader {
            name: who.me.person.full_name.clone(),
            title: who.title().to_owned(),
            letters: letters(&who.me.person.full_name),
        });
        page.posts = posts(who);
        page.csrf.clone_from(&who.csrf);
        page
    }

    /// The page of whoever comes.
    pub(crate) fn outside(visit: &Visit, title: &str) -> Self {
        let settings = &visit.portal.settings;
        let zone = match settings.zone {
            Zone::Inner => visit.words.t("zone-inner"),
            Zone::Party => visit.words.t("zone-party"),
            Zone::Public => visit.words.t("zone-public"),
        };
        Self {
            w: visit.words,
            look: visit.look,
            nonce: visit.nonce.clone(),
            title: title.to_owned(),
            office: settings.name.clone(),
            emblem: None,
            house: settings.name.clone(),
            zone,
            menu: Vec::new(),
            reader: None,
            posts: Vec::new(),
            unread: None,
            csrf: String::new(),
            upload_limit: visit.upload_limit.map(format::size),
            files: assets::all(),
            done: None,
        }
    }

    /// The words under a key.
    pub(crate) fn t(&self, key: &str) -> String {
        self.w.t(key)
    }

    /// The words under a key, with one value put in.
    pub(crate) fn t1(&self, key: &str, name: &str, value: impl ToString) -> String {
        self.w.with(key, &[(name, &value.to_string())])
    }

    /// A sign from the sheet of icons; it is decoration, the words stand beside it.
    pub(crate) fn icon(&self, name: &str) -> String {
        format!("<svg class=\"icon\" aria-hidden=\"true\"><use href=\"{}#{name}\"/></svg>", self.files.icons)
    }

    /// A fresh one-use key for a form.
    pub(crate) fn key(&self) -> String {
        runtime::fresh_id().to_string()
    }
}

/// The posts that somebody may choose from, when there are several.
fn posts(who: &Signed) -> Vec<Choice> {
    let here = who.post().map(|post| post.appointment);
    let choice = |post: &Post| Choice {
        id: post.appointment,
        text: format!("{} · {}", post.title, post.office_name),
        here: Some(post.appointment) == here,
    };
    let all = &who.me.posts;
    if all.len() > 1 { all.iter().map(choice).collect() } else { Vec::new() }
}

/// Where somebody begins, by what is their own: the desk of those who decide, the queue of the clerk, one's own work.
pub(crate) fn home(who: &Signed) -> &'static str {
    if who.holds("documents.incoming.register") {
        "/van-ban/den"
    } else if who.holds("documents.incoming.dispose") {
        "/ban-lam-viec"
    } else if who.holds("programme.assignments.work") {
        "/viec"
    } else if who.holds("documents.incoming.read") {
        "/van-ban/den"
    } else if who.holds("identity.people.change") {
        "/quan-tri/nguoi"
    } else {
        "/ca-nhan"
    }
}

/// The first letters of the last two words of a name: those by which people are called here.
fn letters(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let last = words.iter().rev().take(2).rev();
    last.filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_look_is_what_the_cookie_says_and_nothing_else() {
        let usual = Look { lang: Lang::Vi, size: 100, dense: false, keys: true };
        let chosen = Look { lang: Lang::En, size: 125, dense: true, keys: false };
        for (text, expected) in
            [("", usual), ("vi.100", usual), ("<script>.999", usual), ("en.125.dense.nokeys", chosen)]
        {
            assert_eq!(Look::read(text), expected, "{text}");
        }
        assert_eq!(Look::read(&chosen.write()), chosen);
    }

    #[test]
    fn an_account_says_how_pages_look_and_a_size_between_ours_is_the_smaller_one() {
        let post = Some(AppointmentId(uuid::Uuid::from_u128(7)));
        let chosen = Look { lang: Lang::En, size: 125, dense: true, keys: false };
        let SetMyPreferences { language, text_size, dense, single_keys, post: kept } = chosen.said(post);
        let said = MyPreferences { language, text_size, dense, single_keys, post: kept };
        assert_eq!((Look::of(Some(&said)), kept), (chosen, post));
        assert_eq!(Look::of(None), Look::of(Some(&MyPreferences::default())));
        for (text_size, size) in [(100, 100), (111, 100), (140, 125), (150, 150)] {
            assert_eq!(Look::of(Some(&MyPreferences { text_size, ..said.clone() })).size, size);
        }
    }

    #[test]
    fn a_name_is_shown_by_its_last_letters() {
        for (name, expected) in [("Trần Thị Hạnh", "TH"), ("Nguyễn Ví Dụ", "VD"), ("An", "A"), ("", "")] {
            assert_eq!(letters(name), expected);
        }
    }
}
