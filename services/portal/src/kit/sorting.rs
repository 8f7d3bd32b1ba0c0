//! The head of a column by which a list can be sorted: a link to the same list the other way round, which works without scripts.

use schema_documents::ListOrder;

use crate::words::Words;

/// The name of the order in an address, and its word for what came first.
pub(crate) const NAME: &str = "sap";
const OLDEST: &str = "cu-truoc";

/// Such a head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SortHead {
    pub(crate) text: String,
    /// The list the other way round.
    pub(crate) path: String,
    /// How the column stands, as `aria-sort` has it.
    pub(crate) sort: &'static str,
    /// The same as a sign.
    pub(crate) sign: &'static str,
    /// What the link does.
    pub(crate) does: String,
}

/// The order that an address asks for.
pub(crate) fn read(word: &str) -> ListOrder {
    if word == OLDEST { ListOrder::OldestFirst } else { ListOrder::LatestFirst }
}

/// What an address says of an order; the usual one needs no word.
pub(crate) fn said(order: ListOrder) -> Vec<(&'static str, &'static str)> {
    match order {
        ListOrder::LatestFirst => Vec::new(),
        ListOrder::OldestFirst => vec![(NAME, OLDEST)],
    }
}

/// The head of a column whose list stands in an order; `path` gives the address of the list in another one.
pub(crate) fn head(text: String, here: ListOrder, path: impl FnOnce(ListOrder) -> String, w: Words) -> SortHead {
    let (other, sort, sign, does) = match here {
        ListOrder::LatestFirst => (ListOrder::OldestFirst, "descending", "↓", w.t("sort-oldest")),
        ListOrder::OldestFirst => (ListOrder::LatestFirst, "ascending", "↑", w.t("sort-latest")),
    };
    SortHead { text, path: path(other), sort, sign, does }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::Lang;

    #[test]
    fn a_head_leads_to_the_list_the_other_way_round() {
        for (here, there, sort) in [
            (ListOrder::LatestFirst, ListOrder::OldestFirst, "descending"),
            (ListOrder::OldestFirst, ListOrder::LatestFirst, "ascending"),
        ] {
            let word = said(here).first().map_or("", |pair| pair.1);
            assert_eq!(read(word), here, "what an address says is read back");
            let head = head("Số".to_owned(), here, |order| format!("{order:?}"), Words(Lang::Vi));
            assert_eq!((head.path, head.sort), (format!("{there:?}"), sort));
        }
        assert_eq!(read("khác"), ListOrder::LatestFirst);
    }
}
