//! What the pages about the installation are made of: what is wrong and what to do first, then cards.

use askama::Template;

use crate::{
    page::{Page, Place},
    screens::admin::{
        form::{Form, Input},
        sheet::{Content, Section},
    },
    visit::Inside,
};

/// A button of the page's head.
pub(crate) struct Action {
    pub(crate) path: String,
    pub(crate) icon: &'static str,
    pub(crate) text: String,
    pub(crate) primary: bool,
}

/// Something is broken: what it is, what to do, whom to call.
pub(crate) struct Alarm {
    pub(crate) heading: String,
    pub(crate) said: Vec<String>,
    pub(crate) call: String,
}

#[derive(Template)]
#[template(path = "watching/panel.html")]
pub(crate) struct Panel {
    pub(crate) p: Page,
    /// The page above this one.
    pub(crate) up: Option<(String, String)>,
    pub(crate) heading: String,
    pub(crate) said: String,
    pub(crate) actions: Vec<Action>,
    pub(crate) alarm: Option<Alarm>,
    pub(crate) search: Option<Form>,
    /// The address without filters, when there are some and nothing was found.
    pub(crate) clear: Option<String>,
    pub(crate) sections: Vec<Section>,
}

impl Panel {
    pub(crate) fn new(inside: &Inside, place: Place, heading: &str, said: &str) -> Self {
        Self {
            p: Page::inside(inside, heading, place),
            up: None,
            heading: heading.to_owned(),
            said: said.to_owned(),
            actions: Vec::new(),
            alarm: None,
            search: None,
            clear: None,
            sections: Vec::new(),
        }
    }
}

/// A card.
pub(crate) fn card(id: &'static str, title: String, content: Content) -> Section {
    Section { id, title, note: String::new(), content }
}

/// Whom to call: the telephone of the settings, or who it should be.
pub(crate) fn whom(inside: &Inside) -> String {
    let (w, phone) = (inside.visit.words, &inside.visit.portal.settings.help_phone);
    if phone.is_empty() { w.t("watching-call") } else { w.with("watching-call-phone", &[("phone", phone)]) }
}
