//! Papers that go with documents, made ready for their templates: the page with the arrival stamp (dấu đến), the routing
//! slip (phiếu xử lý), the receipt (giấy biên nhận).

use schema_forms::{ArrivalStampPaper, ReceiptItem, ReceiptPaper, Refusal, RoutingSlipPaper, RoutingStep};
use serde_json::{Value, json};
use text::{date, number};
use wire::Day;

use super::{
    head::{self, Under},
    sheet::{Content, Template},
    words::{Words, few, limit},
};

/// Lines of a routing slip that are left for the pen.
const BLANK_STEPS: usize = 6;

/// A page with the arrival stamp.
pub(crate) fn stamp(words: &Words, paper: &ArrivalStampPaper) -> Result<Content, Refusal> {
    let ArrivalStampPaper { body, number, day, hour, passed_to, file_code, author, symbol, document_day, summary } =
        paper;
    let body = words.needed("body", body, limit::NAME)?;
    let number = number::format_whole(*number);
    let hour = words.optional("hour", hour.as_deref(), limit::NAME)?;
    let arrived = hour.map_or(figures(*day), |hour| format!("{}, {hour}", figures(*day)));
    let stamp = [
        fact("Số", number.clone(), true),
        fact("Ngày", arrived, false),
        fact("Chuyển", words.line("passed_to", passed_to, limit::NAME)?, false),
        fact("Số và ký hiệu HS", words.line("file_code", file_code, limit::NAME)?, false),
    ];
    let facts = facts(words, None, author, symbol, *document_day, summary)?;
    let data = json!({ "heading": body, "stamp": stamp, "facts": facts });
    Ok(Content { template: Template::Stamp, title: format!("Dấu đến số {number}"), author: body, data })
}

/// A routing slip.
pub(crate) fn routing(words: &Words, paper: &RoutingSlipPaper) -> Result<Content, Refusal> {
    let RoutingSlipPaper { head, number, day, author, symbol, document_day, summary, due, steps, signatures } = paper;
    few("steps", steps, limit::NAMES)?;
    let (head, office) = head::letterhead(words, head, Under::default())?;
    let number = number::format_whole(*number);
    let arrival = fact("Số đến", format!("{number}, ngày {}", figures(*day)), true);
    let mut facts = facts(words, Some(arrival), author, symbol, *document_day, summary)?;
    facts.extend(due.map(|due| fact("Hạn xử lý", figures(due), true)));
    let mut rows = Vec::new();
    for (at, RoutingStep { day, from, to, words: said }) in steps.iter().enumerate() {
        rows.push(vec![
            figures(*day),
            words.needed(format_args!("steps/{at}/from"), from, limit::NAME)?,
            words.needed(format_args!("steps/{at}/to"), to, limit::NAME)?,
            words.line(format_args!("steps/{at}/words"), said, limit::CELL)?,
            String::new(),
        ]);
    }
    rows.extend(std::iter::repeat_n(vec![String::new(); 5], BLANK_STEPS));
    let columns = [
        column("Ngày", 10, true),
        column("Người chuyển", 18, false),
        column("Người nhận", 18, false),
        column("Ý kiến xử lý", 40, false),
        column("Ký nhận", 14, false),
    ];
    let name = "Phiếu xử lý văn bản đến";
    let data = json!({ "heading": name.to_uppercase(), "head": head, "facts": facts, "columns": columns, "rows": rows,
        "remark": null, "signatures": head::signatures(words, signatures)? });
    Ok(Content { template: Template::Sheet, title: format!("{name} số {number}"), author: office, data })
}

/// A receipt.
pub(crate) fn receipt(words: &Words, paper: &ReceiptPaper) -> Result<Content, Refusal> {
    let ReceiptPaper { head, giver, taker, items, remark, signatures } = paper;
    few("items", items, limit::NAMES)?;
    if items.is_empty() {
        return Err(Refusal::TextMissing { place: "items".to_owned() });
    }
    let (head, office) = head::letterhead(words, head, Under::default())?;
    let facts = [
        fact("Bên giao", words.needed("giver", giver, limit::NAME)?, false),
        fact("Bên nhận", words.needed("taker", taker, limit::NAME)?, false),
    ];
    let mut rows = Vec::new();
    for (at, ReceiptItem { name, sheets, note }) in items.iter().enumerate() {
        rows.push([
            (at + 1).to_string(),
            words.needed(format_args!("items/{at}/name"), name, limit::CELL)?,
            sheets.map_or_else(String::new, |sheets| sheets.to_string()),
            words.line(format_args!("items/{at}/note"), note, limit::CELL)?,
        ]);
    }
    let columns = [
        column("TT", 7, true),
        column("Tên văn bản, tài liệu", 60, false),
        column("Số tờ", 10, true),
        column("Ghi chú", 23, false),
    ];
    let name = "Giấy biên nhận";
    let data = json!({ "heading": name.to_uppercase(), "head": head, "facts": facts, "columns": columns, "rows": rows,
        "remark": words.optional("remark", remark.as_deref(), limit::SUMMARY)?,
        "signatures": head::signatures(words, signatures)? });
    Ok(Content { template: Template::Sheet, title: name.to_owned(), author: office, data })
}

/// What identifies a document; what is empty is left out.
fn facts(
    words: &Words,
    first: Option<Value>,
    author: &str,
    symbol: &str,
    document_day: Option<Day>,
    summary: &str,
) -> Result<Vec<Value>, Refusal> {
    let author = words.optional("author", Some(author), limit::NAME)?;
    let symbol = words.optional("symbol", Some(symbol), limit::NAME)?;
    let summary = words.optional("summary", Some(summary), limit::SUMMARY)?;
    let rest = [
        author.map(|author| fact("Cơ quan ban hành", author, false)),
        symbol.map(|symbol| fact("Số, ký hiệu", symbol, false)),
        document_day.map(|day| fact("Ngày văn bản", figures(day), false)),
        summary.map(|summary| fact("Tên loại và trích yếu", summary, false)),
    ];
    Ok(first.into_iter().chain(rest.into_iter().flatten()).collect())
}

fn fact(name: &str, words: String, strong: bool) -> Value {
    json!({ "name": name, "words": words, "strong": strong })
}

fn column(head: &str, width: u8, centred: bool) -> Value {
    json!({ "head": head, "width": width, "centred": centred })
}

fn figures(day: Day) -> String {
    date::in_figures(day.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::specimen;

    fn day() -> Day {
        "2026-11-20".parse().unwrap()
    }

    #[test]
    fn what_is_masked_leaves_no_empty_line() {
        let masked = ArrivalStampPaper {
            author: String::new(),
            symbol: String::new(),
            document_day: None,
            summary: String::new(),
            ..specimen::arrival_stamp(day())
        };
        let made = stamp(&Words::new(&|_| true), &masked).unwrap();
        assert_eq!(made.data["facts"], json!([]));
        assert_eq!(made.data["stamp"][1]["words"], "20/11/2026, 07:42");
    }

    #[test]
    fn a_slip_leaves_lines_for_the_pen() {
        let paper = specimen::routing_slip(day());
        let made = routing(&Words::new(&|_| true), &paper).unwrap();
        assert_eq!(made.data["rows"].as_array().unwrap().len(), paper.steps.len() + BLANK_STEPS);
    }

    #[test]
    fn a_receipt_for_nothing_is_refused() {
        let nothing = ReceiptPaper { items: Vec::new(), ..specimen::receipt(day()) };
        let refused = receipt(&Words::new(&|_| true), &nothing).err();
        assert_eq!(refused, Some(Refusal::TextMissing { place: "items".into() }));
    }
}
