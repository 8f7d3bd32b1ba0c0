//! The end of a paper: who gets it at the left, who signs at the right; several sign side by side.

use schema_forms::Signature;

use super::{
    Page,
    head::listed,
    markup::{CENTRED, Letters, PLAIN, Stand, line, paragraph, row, run, table},
};
use crate::layout::{halves, millimetres, points};

/// Room for hand and seal, and around the mark of a digital signature, in millimetres.
const HAND: f64 = 22.0;
const MARK: f64 = 4.0;

impl Page<'_> {
    pub(super) fn closing(&self) -> String {
        let half = self.width / 2;
        let widths = [half, self.width - half];
        let signatures = &self.paper.signatures;
        let mut markup = paragraph(Stand { kept: true, ..PLAIN }, "");
        if let ([] | [_], false) = (signatures.as_slice(), signatures.is_empty() && self.paper.recipients.is_empty()) {
            let signature = signatures.first().map(|one| self.signature(one)).unwrap_or_default();
            markup += &table(false, &widths, &row(&widths, false, &[self.recipients(), signature]));
            markup += &paragraph(PLAIN, "");
        } else if !signatures.is_empty() {
            // A table for each two: read column by column, one of all would mix their order.
            for two in signatures.chunks(2) {
                let mut cells: Vec<String> = two.iter().map(|one| self.signature(one)).collect();
                cells.resize(2, String::new());
                markup += &table(false, &widths, &row(&widths, false, &cells));
                markup += &paragraph(PLAIN, "");
            }
            markup += &self.recipients();
        }
        if let Some(typist) = &self.paper.typist {
            let small = Letters { size: halves(self.layout.sizes.small), ..Letters::default() };
            markup += &line(Stand { above: points(self.layout.gap), ..PLAIN }, typist, small);
        }
        markup
    }

    /// Authority, position, room for hand and seal or the mark of a digital signature, name.
    fn signature(&self, of: &Signature) -> String {
        let bold = Letters { bold: true, ..Letters::default() };
        let kept = Stand { kept: true, ..CENTRED };
        let mut markup: String = of.authority.iter().map(|words| line(kept, words, bold)).collect();
        markup += &line(kept, &of.position, Letters { bold: of.authority.is_empty(), ..Letters::default() });
        let small = Letters { size: halves(self.layout.sizes.small), ..Letters::default() };
        for (at, words) in of.mark.iter().enumerate() {
            let above = if at == 0 { millimetres(MARK) } else { 0 };
            markup += &line(Stand { kept: true, framed: true, above, ..PLAIN }, words, small);
        }
        let above = millimetres(if of.mark.is_empty() { HAND } else { MARK });
        markup + &line(Stand { above, ..CENTRED }, of.name.as_deref().unwrap_or_default(), bold)
    }

    fn recipients(&self) -> String {
        if self.paper.recipients.is_empty() {
            return String::new();
        }
        let sizes = &self.layout.sizes;
        let head = Letters { size: halves(sizes.recipients_head), underlined: true, ..Letters::default() };
        let small = Letters { size: halves(sizes.recipients), ..Letters::default() };
        let lines = listed(&self.paper.recipients);
        let lines: String = lines.iter().map(|words| line(PLAIN, words, small)).collect();
        paragraph(PLAIN, &run("Nơi nhận:", head)) + &lines
    }
}
