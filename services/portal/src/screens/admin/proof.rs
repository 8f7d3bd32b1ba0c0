//! The proof that no number of a register is missing: every number from the first to the last has exactly one line.

use schema_documents::EntryState;

use crate::{format, words::Words};

/// How many missing numbers are named.
const NAMED: usize = 20;

/// What has been seen of a register, lowest number first.
#[derive(Clone, Debug)]
pub(crate) struct Proof {
    first: i64,
    last: i64,
    /// The next number that is to come.
    next: i64,
    seen: i64,
    voided: i64,
    reserved: i64,
    /// Numbers without a line, each stretch as its first and last.
    missing: Vec<(i64, i64)>,
}

impl Proof {
    /// Before anything was seen of a register that gave these numbers.
    pub(crate) fn of(first: i64, last: i64) -> Self {
        Self { first, last, next: first, seen: 0, voided: 0, reserved: 0, missing: Vec::new() }
    }

    /// Takes further lines into account, in order of their numbers.
    pub(crate) fn take(&mut self, lines: impl Iterator<Item = (i64, EntryState)>) {
        for (number, state) in lines.filter(|(number, _)| *number >= self.first) {
            if number > self.last {
                // Given while the register was being read: the proof is about the numbers that it told.
                break;
            }
            if number > self.next {
                self.missing.push((self.next, number - 1));
            }
            self.next = number + 1;
            self.seen += 1;
            self.voided += i64::from(state == EntryState::Voided);
            self.reserved += i64::from(state == EntryState::Reserved);
        }
    }

    /// There is no line above this number.
    pub(crate) fn nothing_after(&mut self, number: i64) {
        if number < self.last {
            self.missing.push((number + 1, self.last));
            self.next = self.last + 1;
        }
    }

    /// Whether every number that was looked at has its line.
    pub(crate) fn holds(&self) -> bool {
        self.missing.is_empty()
    }

    /// What was found, in a sentence.
    pub(crate) fn said(&self, w: Words) -> String {
        let number = |value| format::number(value, w.0);
        if self.last < self.first {
            return w.t("admin-proof-empty");
        }
        let values = [
            ("first", number(self.first)),
            ("last", number(self.next - 1)),
            ("count", number(self.seen)),
            ("voided", number(self.voided)),
            ("reserved", number(self.reserved)),
            ("missing", self.named(w)),
        ];
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        match (self.holds(), self.next > self.last) {
            (false, _) => w.with("admin-proof-fails", &values),
            (true, true) => w.with("admin-proof-holds", &values),
            (true, false) => w.with("admin-proof-part", &values),
        }
    }

    fn named(&self, w: Words) -> String {
        let stretch = |(from, to): &(i64, i64)| {
            if from == to {
                format::number(*from, w.0)
            } else {
                format!("{}–{}", format::number(*from, w.0), format::number(*to, w.0))
            }
        };
        let named: Vec<String> = self.missing.iter().take(NAMED).map(stretch).collect();
        let more = if self.missing.len() > NAMED { " …" } else { "" };
        format!("{}{more}", named.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::Lang;

    fn proof(first: i64, last: i64, numbers: &[i64]) -> Proof {
        let mut proof = Proof::of(first, last);
        proof.take(numbers.iter().map(|number| (*number, EntryState::Registered)));
        proof
    }

    #[test]
    fn every_number_has_its_line_or_is_named() {
        let w = Words(Lang::Vi);
        let cases: [(&[i64], bool, &str); 5] = [
            (&[5, 6, 7, 8], true, "từ 5 đến 8"),
            (&[5, 6, 8], false, "7"),
            (&[7, 8], false, "5–6"),
            // What was given before the register was opened here, and what was given since it was read, counts not.
            (&[3, 4, 5, 6, 7, 8, 9], true, "4 số"),
            (&[5, 6], true, "mới đọc đến số 6"),
        ];
        for (numbers, holds, part) in cases {
            let proof = proof(5, 8, numbers);
            assert_eq!(proof.holds(), holds, "{numbers:?}");
            assert!(proof.said(w).contains(part), "{numbers:?}: {}", proof.said(w));
        }
        let mut cut = proof(5, 8, &[5]);
        cut.nothing_after(5);
        assert!(!cut.holds() && cut.said(w).contains("6–8"), "{}", cut.said(w));
        assert!(proof(1, 0, &[]).holds());
    }

    #[test]
    fn voided_and_reserved_numbers_are_counted_as_what_they_are() {
        let mut proof = Proof::of(1, 3);
        proof.take([(1, EntryState::Voided), (2, EntryState::Reserved), (3, EntryState::Registered)].into_iter());
        let said = proof.said(Words(Lang::Vi));
        assert!(said.contains("1 số đã hủy") && said.contains("1 số đang giữ"), "{said}");
    }
}
