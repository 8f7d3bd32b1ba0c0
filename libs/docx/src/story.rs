//! The story of a document: paragraphs and tables in the order of the paper, read into lines and cells.

use std::collections::BTreeMap;

use crate::{
    LONGEST, Unreadable,
    line::{Line, Spans, clean},
    note::Met,
    numbering::{Number, Numbering},
    styles::{self, Listed, Styles},
    xml::Element,
};

/// The most columns that one cell goes over.
const SPAN: usize = 60;

/// A piece of the story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    Line(Line),
    Table(Table),
}

/// A table, row by row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Table {
    /// Whether lines are drawn between its cells.
    pub(crate) is_ruled: bool,
    pub(crate) rows: Vec<Vec<Cell>>,
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) pieces: Vec<Piece>,
    /// How many columns it goes over.
    pub(crate) columns: usize,
}

/// Footnotes or endnotes by their ids.
pub(crate) type Footnotes<'a> = BTreeMap<&'a str, &'a Element>;

/// Reads a story.
pub(crate) struct Story<'a> {
    pub(crate) styles: &'a Styles,
    pub(crate) numbering: Numbering,
    pub(crate) footnotes: Footnotes<'a>,
    pub(crate) endnotes: Footnotes<'a>,
    pub(crate) met: Met,
    /// Bytes of text that may still come.
    left: usize,
    /// Within a footnote no further one is read.
    pub(crate) in_footnote: bool,
}

/// What a paragraph comes to while its runs are read.
#[derive(Debug, Default)]
pub(crate) struct Paragraph {
    pub(crate) spans: Spans,
    /// What stands in text boxes that are anchored in it.
    pub(crate) boxes: Vec<Piece>,
}

impl<'a> Story<'a> {
    pub(crate) fn new(
        styles: &'a Styles,
        numbering: Numbering,
        footnotes: Footnotes<'a>,
        endnotes: Footnotes<'a>,
    ) -> Self {
        let (met, left, in_footnote) = (Met::default(), LONGEST, false);
        Self { styles, numbering, footnotes, endnotes, met, left, in_footnote }
    }

    /// The pieces in an element: the body, a cell, a text box, a footnote.
    pub(crate) fn pieces(&mut self, of: &Element) -> Result<Vec<Piece>, Unreadable> {
        let mut pieces = Vec::new();
        let mut carried = Paragraph::default();
        self.gather(of, &mut pieces, &mut carried)?;
        // A paragraph whose end was deleted and which no other follows.
        self.finish(carried, None, false, &mut pieces)?;
        Ok(pieces)
    }

    fn gather(&mut self, of: &Element, pieces: &mut Vec<Piece>, carried: &mut Paragraph) -> Result<(), Unreadable> {
        for one in of.elements() {
            match one.name() {
                "p" => self.paragraph(one, pieces, carried)?,
                "tbl" => {
                    let table = self.table(one)?;
                    pieces.push(Piece::Table(table));
                }
                "sdt" if !is_placeholder(one) => self.gather(one, pieces, carried)?,
                "sdtContent" | "customXml" | "smartTag" => self.gather(one, pieces, carried)?,
                "ins" | "moveTo" => {
                    self.met.inserted += 1;
                    self.gather(one, pieces, carried)?;
                }
                "del" | "moveFrom" => self.met.deleted += 1,
                "AlternateContent" => {
                    if let Some(choice) = chosen(one) {
                        self.gather(choice, pieces, carried)?;
                    }
                }
                "altChunk" => self.met.objects += 1,
                "oMathPara" | "oMath" => {
                    let words = one.words();
                    self.push_lines(&words, None, false, pieces)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn paragraph(&mut self, one: &Element, pieces: &mut Vec<Piece>, carried: &mut Paragraph) -> Result<(), Unreadable> {
        let properties = one.child("pPr");
        let style = self.styles.named(properties);
        let look = self.styles.paragraph(style);
        let mark = properties.and_then(|one| one.child("rPr"));
        let mut paragraph = std::mem::take(carried);
        self.inline(one, &look, &mut paragraph)?;
        if mark.is_some_and(|mark| mark.child("del").is_some() || mark.child("moveFrom").is_some()) {
            self.met.deleted += 1;
            *carried = paragraph;
            return Ok(());
        }
        if mark.is_some_and(|mark| mark.child("ins").is_some()) {
            self.met.inserted += 1;
        }
        let number = self.number(properties, style);
        let number = number.map(|number| {
            let mut spans = Spans::default();
            spans.push(&number.look.over(&self.styles.run(mark, &look)), &number.text);
            clean(&spans.text(&mut self.met), &mut self.met)
        });
        let is_centred = properties.and_then(styles::is_centred).unwrap_or_else(|| self.styles.is_centred(style));
        self.finish(paragraph, number, is_centred, pieces)
    }

    /// The automatic number of a paragraph.
    fn number(&mut self, properties: Option<&Element>, style: Option<&str>) -> Option<Number> {
        let stated = properties.map(Listed::of).unwrap_or_default();
        let inherited = self.styles.listed(style);
        let list = stated.list.as_deref().or_else(|| inherited.and_then(|(_, listed)| listed.list.as_deref()))?;
        let of_style = || {
            let (style, listed) = inherited?;
            self.numbering.level_of(list, style).or(listed.level)
        };
        let level = stated.level.or_else(of_style).unwrap_or(0);
        self.numbering.next(list, level)
    }

    fn finish(
        &mut self,
        paragraph: Paragraph,
        number: Option<String>,
        is_centred: bool,
        pieces: &mut Vec<Piece>,
    ) -> Result<(), Unreadable> {
        let text = paragraph.spans.text(&mut self.met);
        self.push_lines(&text, number, is_centred, pieces)?;
        pieces.extend(paragraph.boxes);
        Ok(())
    }

    /// The lines of a text, the number before the first. An empty paragraph is no line, whether it has a number or not.
    fn push_lines(
        &mut self,
        text: &str,
        mut number: Option<String>,
        is_centred: bool,
        pieces: &mut Vec<Piece>,
    ) -> Result<(), Unreadable> {
        for words in text.split('\n') {
            let words = clean(words, &mut self.met);
            if words.is_empty() {
                continue;
            }
            let text = match number.take() {
                // Somebody typed a dash into a list that has dashes.
                Some(number) if number == "-" && words.starts_with("- ") => words,
                Some(number) => format!("{number} {words}"),
                None => words,
            };
            self.left = self.left.checked_sub(text.len() + 1).ok_or(Unreadable::TooLong)?;
            pieces.push(Piece::Line(Line { text, is_centred }));
        }
        Ok(())
    }

    fn table(&mut self, of: &Element) -> Result<Table, Unreadable> {
        let properties = of.child("tblPr");
        let stated = properties.and_then(styles::is_ruled);
        let style = properties.and_then(|one| one.setting("tblStyle"));
        let mut table = Table { is_ruled: stated.unwrap_or_else(|| self.styles.is_ruled(style)), rows: Vec::new() };
        self.rows(of, &mut table)?;
        Ok(table)
    }

    fn rows(&mut self, of: &Element, table: &mut Table) -> Result<(), Unreadable> {
        for one in of.elements() {
            match one.name() {
                "tr" if one.child("trPr").is_some_and(|one| one.child("del").is_some()) => self.met.deleted += 1,
                "tr" => {
                    let mut row = Vec::new();
                    let before = one.child("trPr").and_then(|one| one.setting("gridBefore")?.parse().ok());
                    if let Some(columns) = before.filter(|columns| (1..=SPAN).contains(columns)) {
                        row.push(Cell { pieces: Vec::new(), columns });
                    }
                    self.cells(one, &mut row, table)?;
                    table.rows.push(row);
                }
                "sdt" | "sdtContent" | "customXml" | "ins" => self.rows(one, table)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn cells(&mut self, of: &Element, row: &mut Vec<Cell>, table: &mut Table) -> Result<(), Unreadable> {
        for one in of.elements() {
            match one.name() {
                "tc" => {
                    let properties = one.child("tcPr");
                    let columns = properties.and_then(|one| one.setting("gridSpan")?.parse().ok());
                    let columns = columns.unwrap_or(1_usize).clamp(1, SPAN);
                    table.is_ruled |= properties.is_some_and(is_framed);
                    row.push(Cell { pieces: self.pieces(one)?, columns });
                }
                "sdt" | "sdtContent" | "customXml" => self.cells(one, row, table)?,
                _ => {}
            }
        }
        Ok(())
    }
}

/// Whether a cell has lines on most of its sides by its own properties; one line alone may underline what stands in it.
fn is_framed(properties: &Element) -> bool {
    let sides = properties.child("tcBorders").map(|borders| {
        let drawn = borders.elements().filter(|one| one.val().is_some_and(|line| !matches!(line, "nil" | "none")));
        drawn.count()
    });
    sides.is_some_and(|sides| sides > 2)
}

/// Whether a control shows no more than what should be typed into it.
pub(crate) fn is_placeholder(control: &Element) -> bool {
    control.child("sdtPr").and_then(|one| one.switch("showingPlcHdr")).unwrap_or_default()
}

/// Of the same content in several forms the first, which newer programs write and read.
pub(crate) fn chosen(alternatives: &Element) -> Option<&Element> {
    alternatives.child("Choice").or_else(|| alternatives.child("Fallback"))
}
