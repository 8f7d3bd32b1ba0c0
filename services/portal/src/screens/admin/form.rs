//! The forms of the administrator: fields as data, so that every one of them looks, keeps and complains the same way.

use crate::{fields::Fields, kit::problems::Problems, words::Words};

/// How a field is filled in.
pub(crate) enum Input {
    Text,
    Day,
    Number,
    /// One of some, each with its value and its words.
    Choice(Vec<(String, String)>),
    /// Any of some.
    Ticks(Vec<(String, String)>),
    /// Yes or no.
    Tick,
    /// One file, of those endings.
    File(&'static str),
    /// Sent as it is.
    Kept,
}

/// One field.
pub(crate) struct Field {
    pub(crate) id: String,
    pub(crate) name: &'static str,
    pub(crate) label: String,
    pub(crate) width: &'static str,
    pub(crate) input: Input,
    pub(crate) values: Vec<String>,
    pub(crate) fault: Option<String>,
}

/// One form. Its words stand under `admin-form-` and the name of what it does.
pub(crate) struct Form {
    pub(crate) act: &'static str,
    pub(crate) title: String,
    pub(crate) said: Option<String>,
    pub(crate) action: String,
    pub(crate) button: String,
    /// Whether it takes something away.
    pub(crate) ends: bool,
    /// Whether it is unfolded.
    pub(crate) open: bool,
    pub(crate) fields: Vec<Field>,
    words: Words,
    again: Again,
}

/// A form that was refused: which one, why, and what was typed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Again {
    pub(crate) act: String,
    pub(crate) problems: Problems,
    pub(crate) fields: Fields,
}

impl Field {
    /// Whether an option is chosen.
    pub(crate) fn has(&self, option: &str) -> bool {
        self.values.iter().any(|value| value == option)
    }

    /// What stands in it.
    pub(crate) fn value(&self) -> &str {
        self.values.first().map_or("", String::as_str)
    }
}

impl Form {
    /// A form without fields yet; it is sent to the address with the name of the act at its end.
    pub(crate) fn new(act: &'static str, to: &str, words: Words, again: &Again) -> Self {
        let open = again.act == act;
        Self {
            act,
            title: words.t(&format!("admin-form-{act}")),
            said: said(words, &format!("admin-form-{act}-said")),
            action: format!("{to}/{act}"),
            button: words.t(&format!("admin-form-{act}-do")),
            ends: false,
            open,
            fields: Vec::new(),
            words,
            again: if open { again.clone() } else { Again::default() },
        }
    }

    /// Whether it brings a file, which the door takes out of it.
    pub(crate) fn has_file(&self) -> bool {
        self.fields.iter().any(|field| matches!(field.input, Input::File(_)))
    }

    /// Fields that choose what an address shows.
    pub(crate) fn search(address: &str, words: Words) -> Self {
        let mut form = Self::new("tim", address, words, &Again::default());
        form.action = address.to_owned();
        form
    }

    /// The same, shown as one that takes something away.
    pub(crate) fn ending(mut self) -> Self {
        self.ends = true;
        self
    }

    /// The same with one more field. What was typed stands in it again; before that, what is given here.
    pub(crate) fn field(mut self, name: &'static str, width: &'static str, input: Input, usual: &str) -> Self {
        let id = format!("{}-{name}", self.act);
        let values = if self.open {
            self.again.fields.all(name).into_iter().map(str::to_owned).collect()
        } else {
            vec![usual.to_owned()]
        };
        let fault = self.again.problems.at(&id).map(str::to_owned);
        let label = self.words.t(&format!("admin-field-{name}"));
        self.fields.push(Field { id, name, label, width, input, values, fault });
        self
    }

    /// One more field of boxes, of which some are ticked.
    pub(crate) fn ticks(mut self, name: &'static str, options: Vec<(String, String)>, ticked: Vec<String>) -> Self {
        let refused = self.open;
        self = self.field(name, "six", Input::Ticks(options), "");
        if let Some(field) = self.fields.last_mut().filter(|_| !refused) {
            field.values = ticked;
        }
        self
    }

    /// One more line of text over the whole width.
    pub(crate) fn text(self, name: &'static str, usual: &str) -> Self {
        self.field(name, "six", Input::Text, usual)
    }

    /// One more day.
    pub(crate) fn day(self, name: &'static str, usual: &str) -> Self {
        self.field(name, "three", Input::Day, usual)
    }

    /// One more choice, which begins with nothing chosen.
    pub(crate) fn choice(self, name: &'static str, options: Vec<(String, String)>) -> Self {
        let nothing = (String::new(), self.words.t("choose"));
        let options = std::iter::once(nothing).chain(options).collect();
        self.field(name, "six", Input::Choice(options), "")
    }

    /// One more choice, of which one is usual.
    pub(crate) fn choice_of(self, name: &'static str, options: Vec<(String, String)>, usual: &str) -> Self {
        self.field(name, "three", Input::Choice(options), usual)
    }
}

/// A sentence that need not be there.
fn said(words: Words, key: &str) -> Option<String> {
    Some(words.t(key)).filter(|text| text != key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::Lang;

    #[test]
    fn a_refused_form_is_open_with_what_was_typed_and_the_others_are_as_before() {
        let mut problems = Problems::default();
        problems.add("ket-thuc-to", "Ngày này không đọc được.".to_owned());
        let fields = Fields::read(b"to=31%2F02%2F2026");
        let again = Again { act: "ket-thuc".to_owned(), problems, fields };
        let w = Words(Lang::Vi);
        let refused = Form::new("ket-thuc", "/x", w, &again).day("to", "20/11/2026");
        let field = refused.fields.first().unwrap();
        assert!(refused.open && field.value() == "31/02/2026" && field.fault.is_some());
        let other = Form::new("doi", "/x", w, &again).text("name", "Phòng Tổng hợp");
        assert!(!other.open && other.fields.first().unwrap().value() == "Phòng Tổng hợp");
        assert_eq!(other.action, "/x/doi");
    }
}
