//! V9 and Q8: a register read from its first number on, to tell whether a number is missing and which no document bears.

use schema_documents::{EntryState, ListRegisterEntries, NumberRegister, RegisterEntry};

use super::admin::proof::Proof;
use crate::{asking::Part, visit::Inside};

/// How many numbers are read at once.
const READ: u16 = 200;
/// How often at most for one proof: ten thousand numbers.
const READS: usize = 50;

/// Reads the register from its first number on and looks whether each has its line; gives the voided ones and those held
/// back, too.
pub(crate) async fn prove(inside: &Inside, book: &NumberRegister) -> Part<(Proof, Vec<RegisterEntry>)> {
    let (mut proof, mut unused) = (Proof::of(book.opening, book.last), Vec::new());
    let mut after = book.opening - 1;
    for _ in 0..READS {
        if after >= book.last {
            break;
        }
        let call = ListRegisterEntries { id: book.id, after: Some(after), limit: Some(READ), cursor: None };
        let found = match inside.part(&call).await {
            Part::Here(page) => page.items,
            Part::Silent(silence) => return Part::Silent(silence),
        };
        let Some(last) = found.last().map(|entry| entry.number) else {
            // Nothing stands above this number, though the register says that it gave more.
            proof.nothing_after(after);
            break;
        };
        proof.take(found.iter().map(|entry| (entry.number, entry.state)));
        unused.extend(found.into_iter().filter(|entry| entry.state != EntryState::Registered));
        after = last;
    }
    Part::Here((proof, unused))
}
