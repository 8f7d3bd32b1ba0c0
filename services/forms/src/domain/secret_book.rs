//! Blank books of secret documents (sổ đăng ký văn bản mật), to be printed and kept by pen: what lies above the ceiling is written
//! down nowhere here but in a masked line. What the books hold: Luật 117/2025/QH15 and Nghị định 63/2026/NĐ-CP.

use std::sync::LazyLock;

use schema_forms::{Refusal, SecretBook, SecretBookPaper};
use serde::Deserialize;
use serde_json::json;

use super::{
    head::{self, Under},
    layout::BookColumn,
    sheet::{Content, Template},
    words::{Words, limit},
};

/// Lines of the first page, below the head, and of each further one.
const FIRST: usize = 11;
const FURTHER: usize = 15;
/// The most pages of a book.
const PAGES: u32 = 100;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    book: Vec<Blank>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Blank {
    book: SecretBook,
    name: String,
    columns: Vec<BookColumn>,
}

/// A test keeps the file readable; were it not, no book would be known.
static BOOKS: LazyLock<Vec<Blank>> = LazyLock::new(|| parse().unwrap_or_default());

fn parse() -> Result<Vec<Blank>, toml::de::Error> {
    toml::from_str(include_str!("../../data/secret_books.toml")).map(|File { book }| book)
}

/// A blank book.
pub(crate) fn content(words: &Words, paper: &SecretBookPaper) -> Result<Content, Refusal> {
    let SecretBookPaper { head, book, span, pages } = paper;
    let blank = BOOKS.iter().find(|one| one.book == *book);
    let (name, columns) = blank.map_or(("", &[][..]), |blank| (&blank.name, &blank.columns));
    let (head, author) = head::letterhead(words, head, Under::default())?;
    let span = words.needed("span", span, limit::NAME)?;
    let further = usize::try_from((*pages).clamp(1, PAGES)).unwrap_or(1).saturating_sub(1);
    let rows = vec![vec![""; columns.len()]; FIRST + FURTHER * further];
    let data = json!({ "heading": name.to_uppercase(), "head": head, "span": span, "columns": columns, "rows": rows,
        "signatures": [], "remark": null, "pen": true });
    Ok(Content { template: Template::Book, title: format!("{name} – {span}"), author, data })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_book_has_its_columns() {
        let books = parse().unwrap();
        for book in [SecretBook::Incoming, SecretBook::Outgoing, SecretBook::Copies] {
            assert_eq!(books.iter().filter(|one| one.book == book && one.columns.len() == 10).count(), 1, "{book:?}");
        }
    }
}
