//! Which column of a spreadsheet holds what: what was recognised by its head, and what the mapping says of the others.

use crate::{fields::Fields, kit::typed::Typed, words::Words};

/// One thing that a column may hold.
pub(crate) struct Column {
    /// The name of the field of the form.
    pub(crate) name: String,
    pub(crate) label: String,
    /// The head of the column that was taken for it, when one was.
    pub(crate) taken: String,
    /// The head that the mapping names.
    pub(crate) head: String,
}

/// The columns as a form shows them. Each `kind` is a word of the contract and stands under `handed-column-`; `given` is the
/// mapping, `taken` what was recognised.
pub(crate) fn columns(
    kinds: &[&str],
    given: &[(String, String)],
    taken: &[(String, String)],
    (typed, w): (&Typed, Words),
) -> Vec<Column> {
    let column = |kind: &&str| {
        let name = format!("head-{kind}");
        let head = if typed.sent(&name) { typed.get(&name).to_owned() } else { heads(given, kind) };
        Column { label: w.t(&format!("handed-column-{kind}")), taken: heads(taken, kind), head, name }
    };
    kinds.iter().map(column).collect()
}

/// The heads of the columns that hold this, in the order of the spreadsheet.
fn heads(columns: &[(String, String)], kind: &str) -> String {
    let of_kind = columns.iter().filter(|(_, one)| one == kind);
    of_kind.map(|(head, _)| head.as_str()).collect::<Vec<_>>().join(", ")
}

/// What a column holds, as the contract calls it.
pub(crate) fn said(field: impl serde::Serialize) -> String {
    let said = serde_json::to_value(field).ok();
    said.and_then(|said| said.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The mapping of a form: heads and kinds.
pub(crate) fn read(kinds: &[&str], fields: &Fields) -> Vec<(String, String)> {
    let said = |kind: &&str| Some((fields.some(&format!("head-{kind}"))?, (*kind).to_owned()));
    kinds.iter().filter_map(said).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::Lang;

    #[test]
    fn a_form_shows_what_was_typed_before_what_is_mapped_and_reads_back_what_it_shows() {
        let pair = |head: &str, kind: &str| (head.to_owned(), kind.to_owned());
        let (kinds, given) = (["name", "unit"], [pair("Họ tên cán bộ", "name"), pair("Nơi làm việc", "unit")]);
        let taken = [pair("Họ tên cán bộ", "name")];
        let shown = columns(&kinds, &given, &taken, (&Typed::default(), Words(Lang::Vi)));
        assert_eq!((shown[0].taken.as_str(), shown[1].taken.as_str()), ("Họ tên cán bộ", ""));
        let sent: Vec<(&str, &str)> = shown.iter().map(|one| (one.name.as_str(), one.head.as_str())).collect();
        let sent = form_urlencoded::Serializer::new(String::new()).extend_pairs(sent).finish();
        assert_eq!(read(&kinds, &Fields::read(sent.as_bytes())), given);
        let typed = Typed::of(&Fields::read(b"head-unit=&head-name=X"));
        let again = columns(&kinds, &given, &taken, (&typed, Words(Lang::Vi)));
        assert_eq!((again[0].head.as_str(), again[1].head.as_str()), ("X", ""));
    }
}
