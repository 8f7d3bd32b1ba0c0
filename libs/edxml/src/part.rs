//! Which elements a message and a status are made of, as data. The order of children does not matter: files differ in it.
//!
//! Taken from public samples of QCVN 102:2016/BTTTT; the text of the standard was not at hand.

/// The elements of a message.
pub(crate) mod message;
/// The elements of a status.
pub(crate) mod status;

/// How much an element is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// Without it nothing can be done with the message.
    Vital,
    /// It has to be there; without it a clerk fills it in.
    Must,
    /// Many receivers need it.
    Should,
    /// It may be left out.
    May,
}

/// What the text of an element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// It has children and no text.
    Children,
    /// Not looked at here.
    Opaque,
    /// Text of at most so many characters.
    Text(usize),
    /// A day.
    Day,
    /// A moment.
    Moment,
    /// The identifier of an organisation.
    OrganId,
    /// The id of a document.
    DocumentId,
    /// A whole number.
    Number,
    /// One of these.
    OneOf(&'static [&'static str]),
    /// The type of business.
    Business,
    /// The code of a status.
    Status,
}

/// An element that may stand somewhere.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    pub(crate) name: &'static str,
    pub(crate) need: Need,
    pub(crate) repeats: bool,
    pub(crate) value: Value,
    pub(crate) parts: &'static [Part],
}

/// An element with text.
pub(crate) const fn field(name: &'static str, need: Need, value: Value) -> Part {
    Part { name, need, repeats: false, value, parts: &[] }
}

/// An element with children.
pub(crate) const fn group(name: &'static str, need: Need, parts: &'static [Part]) -> Part {
    Part { name, need, repeats: false, value: Value::Children, parts }
}

/// The same, any number of times.
pub(crate) const fn many(part: Part) -> Part {
    Part { repeats: true, ..part }
}

/// A short text.
pub(crate) const LINE: Value = Value::Text(1_000);

impl Part {
    /// The first place where an element of a name may stand, as the name of its parent.
    pub(crate) fn home_of(&self, name: &str) -> Option<&'static str> {
        if self.parts.iter().any(|part| part.name == name) {
            return Some(self.name);
        }
        self.parts.iter().find_map(|part| part.home_of(name))
    }
}
