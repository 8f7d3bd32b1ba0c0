//! A paper made ready: which template, and its data.

use schema_forms::{Paper, Refusal};
use serde_json::{Value, json};
use wire::Day;

use super::{book, document, layout, secret_book, slip, words::Words};

/// A template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Template {
    /// A document.
    Document,
    /// Pages of a register.
    Book,
    /// Facts and a table.
    Sheet,
    /// The arrival stamp.
    Stamp,
}

/// What a paper says, without the measures of its layout.
#[derive(Debug)]
pub(crate) struct Content {
    pub(crate) template: Template,
    /// The title in the properties of the file.
    pub(crate) title: String,
    /// The author in them.
    pub(crate) author: String,
    pub(crate) data: Value,
}

/// A paper that only needs to be set.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    pub(crate) template: Template,
    /// All that the template is told, as JSON.
    pub(crate) data: String,
    /// The day of the paper: the file says that it was made then, so that the same paper is the same bytes.
    pub(crate) day: Day,
    /// The key of the layout.
    pub(crate) layout: String,
    /// Whether it takes much memory and time, so that no other is set beside it.
    pub(crate) is_large: bool,
}

/// More data than this make a large paper, in bytes.
const LARGE: usize = 200 * 1024;

/// The most data of a paper, in MiB: about four hundred pages of text, or five thousand lines of a book.
pub(crate) const MOST_MIB: u32 = 4;

/// Makes a paper ready by the rules of a day.
pub(crate) fn of(paper: &Paper, day: Day, letters: &dyn Fn(char) -> bool) -> Result<Sheet, Refusal> {
    let layout = layout::of(day)?;
    let words = &Words::new(letters);
    let Content { template, title, author, mut data } = match paper {
        Paper::Document(paper) => document::content(words, paper, layout)?,
        Paper::IncomingRegister(paper) => book::incoming(words, paper, layout)?,
        Paper::OutgoingRegister(paper) => book::outgoing(words, paper, layout)?,
        Paper::ArrivalStamp(paper) => slip::stamp(words, paper)?,
        Paper::RoutingSlip(paper) => slip::routing(words, paper)?,
        Paper::Receipt(paper) => slip::receipt(words, paper)?,
        Paper::SecretBook(paper) => secret_book::content(words, paper)?,
    };
    if let Value::Object(fields) = &mut data {
        fields.insert("title".to_owned(), json!(title));
        fields.insert("author".to_owned(), json!(author));
        fields.insert("date".to_owned(), json!([day.year(), day.month(), day.day()]));
        fields.insert("layout".to_owned(), json!(layout));
    }
    let data = data.to_string();
    if data.len() > MOST_MIB as usize * 1024 * 1024 {
        return Err(Refusal::ContentTooLarge { most_mib: MOST_MIB });
    }
    let is_large = data.len() > LARGE;
    Ok(Sheet { template, data, day, layout: layout.key.clone(), is_large })
}
