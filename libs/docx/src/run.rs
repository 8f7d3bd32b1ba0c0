//! What stands inside a paragraph: runs of letters, breaks, fields, notes, drawings.

use crate::{
    Unreadable,
    encoding::Encoding,
    line,
    story::{Paragraph, Piece, Story, chosen, is_placeholder},
    styles::Look,
    xml::Element,
};

impl Story<'_> {
    /// Reads the content of a paragraph, or of something within one.
    pub(crate) fn inline(&mut self, of: &Element, look: &Look, into: &mut Paragraph) -> Result<(), Unreadable> {
        for one in of.elements() {
            match one.name() {
                "r" => self.run(one, look, into)?,
                "ins" | "moveTo" => {
                    self.met.inserted += 1;
                    self.inline(one, look, into)?;
                }
                "del" | "moveFrom" => self.met.deleted += 1,
                "sdt" if is_placeholder(one) => {}
                "hyperlink" | "smartTag" | "customXml" | "fldSimple" | "bdo" | "dir" | "sdt" | "sdtContent" => {
                    self.inline(one, look, into)?;
                }
                "oMath" | "oMathPara" => into.spans.push(&Look::default(), &one.words()),
                "AlternateContent" => {
                    if let Some(choice) = chosen(one) {
                        self.inline(choice, look, into)?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn run(&mut self, run: &Element, paragraph: &Look, into: &mut Paragraph) -> Result<(), Unreadable> {
        let look = self.styles.run(run.child("rPr"), paragraph);
        if look.is_hidden.unwrap_or_default() {
            self.met.hidden += u32::from(run.child("t").is_some());
            return Ok(());
        }
        self.letters(run, &look, into)
    }

    fn letters(&mut self, of: &Element, look: &Look, into: &mut Paragraph) -> Result<(), Unreadable> {
        for one in of.elements() {
            match one.name() {
                "t" => into.spans.push(look, one.text()),
                "tab" | "ptab" => into.spans.push(look, " "),
                "br" | "cr" => into.spans.push(look, "\n"),
                "noBreakHyphen" => into.spans.push(look, "-"),
                // The sign of this code is a letter in TCVN3, which Word may take for the hyphen of that code.
                "softHyphen" if matches!(look.encoding(), Encoding::Tcvn3 | Encoding::Tcvn3Capitals) => {
                    into.spans.push(look, "\u{AD}");
                }
                "sym" => {
                    let code = one.attribute("char").and_then(|code| u32::from_str_radix(code, 16).ok());
                    let letter = line::symbol(code.unwrap_or_default(), &mut self.met);
                    into.spans.push(&Look::default(), letter.encode_utf8(&mut [0; 4]));
                }
                "footnoteReference" | "endnoteReference" => self.footnote(one, into)?,
                "commentReference" => self.met.comments += 1,
                "object" => self.met.objects += 1,
                "drawing" | "pict" => self.drawing(one, into)?,
                "ruby" => {
                    if let Some(base) = one.child("rubyBase") {
                        self.inline(base, look, into)?;
                    }
                }
                "AlternateContent" => {
                    if let Some(choice) = chosen(one) {
                        self.letters(choice, look, into)?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A note at the foot of the page, in parentheses at its place.
    fn footnote(&mut self, reference: &Element, into: &mut Paragraph) -> Result<(), Unreadable> {
        let notes = if reference.name() == "endnoteReference" { &self.endnotes } else { &self.footnotes };
        let Some(note) = reference.attribute("id").and_then(|id| notes.get(id)).copied() else { return Ok(()) };
        if self.in_footnote {
            return Ok(());
        }
        self.in_footnote = true;
        let pieces = self.pieces(note);
        self.in_footnote = false;
        let words = joined(&pieces?);
        if !words.is_empty() {
            self.met.footnotes += 1;
            into.spans.push(&Look::default(), &format!(" ({words})"));
        }
        Ok(())
    }

    /// What stands in the text boxes of a drawing; what else it is, is counted.
    fn drawing(&mut self, of: &Element, into: &mut Paragraph) -> Result<(), Unreadable> {
        for one in of.elements() {
            match one.name() {
                "txbxContent" => {
                    let pieces = self.pieces(one)?;
                    into.boxes.extend(pieces);
                }
                "blip" | "imagedata" => self.met.pictures += 1,
                "chart" | "relIds" | "OLEObject" => self.met.objects += 1,
                "AlternateContent" => {
                    if let Some(choice) = chosen(one) {
                        self.drawing(choice, into)?;
                    }
                }
                _ => self.drawing(one, into)?,
            }
        }
        Ok(())
    }
}

/// All words of pieces on one line.
pub(crate) fn joined(pieces: &[Piece]) -> String {
    let mut words: Vec<String> = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Line(line) => words.push(line.text.clone()),
            Piece::Table(table) => {
                words.extend(table.rows.iter().flatten().map(|cell| joined(&cell.pieces)));
            }
        }
    }
    words.retain(|word| !word.is_empty());
    words.join(" ")
}
