//! The statements with which documents registers one incoming document, as its stores and the chassis send them.

/// Whether the key was used before; outside the transaction.
pub(crate) const SEEN: &str =
    "SELECT body_hash, reply FROM claim WHERE subject = $1 AND principal = $2 AND idempotency_key = $3";
/// The key, claimed.
pub(crate) const CLAIM: &str =
    "INSERT INTO claim (subject, principal, idempotency_key, body_hash, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT
    DO NOTHING";
/// The latch of the paper.
pub(crate) const LATCH: &str =
    "INSERT INTO latch (office_id, name) VALUES ($1, $2) ON CONFLICT (office_id, name) DO UPDATE SET name =
    excluded.name";
/// Documents that look like this one.
pub(crate) const ALIKE: &str =
    "SELECT id, office_id, version, register_id, number, arrived, registered_at, state, void_reason, secrecy,
    urgency, masked, author_body, author_unit, symbol, document_day, genre_name, summary, pages, note,
    duplicate_of, disposition, due_stated, due, due_reason, desk_unit, desk_unit_name, desk_position, desk_since,
    author_key, symbol_key, search FROM incoming WHERE office_id = $1 AND symbol_key = $2 AND document_day = $3
    AND author_key = $4 LIMIT $5";
/// The arrival registers of the office.
pub(crate) const REGISTERS: &str =
    "SELECT id, office_id, version, kind, body_code, genre_key, period, first_day, last_day, opening, last,
    latest_day, state FROM register WHERE office_id = $1 AND kind = $2 AND body_code = $3 ORDER BY id ASC";
/// The next number, with the lock of the counter.
pub(crate) const NEXT: &str =
    "UPDATE register SET last = last + 1, latest_day = CASE WHEN latest_day IS NULL OR latest_day < $1 THEN $2 ELSE
    latest_day END WHERE id = $3 AND state = $4 RETURNING id, office_id, version, kind, body_code, genre_key,
    period, first_day, last_day, opening, last, latest_day, state";
/// The document.
pub(crate) const INCOMING: &str =
    "INSERT INTO incoming (id, office_id, version, register_id, number, arrived, registered_at, state, void_reason,
    secrecy, urgency, masked, author_body, author_unit, symbol, document_day, genre_name, summary, pages, note,
    duplicate_of, disposition, due_stated, due, due_reason, desk_unit, desk_unit_name, desk_position, desk_since,
    author_key, symbol_key, search) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
    $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32)";
/// Its line in the register.
pub(crate) const ENTRY: &str =
    "INSERT INTO register_entry (register_id, number, office_id, state, kind, day, incoming_id, outgoing_id, note,
    sheet, holder, expires, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
/// Its first line of history.
pub(crate) const HISTORY: &str =
    "INSERT INTO history (id, office_id, document_id, at, by_person, act, particulars, origin) VALUES ($1, $2, $3,
    $4, $5, $6, $7, $8) ON CONFLICT (office_id, origin) DO NOTHING";
/// The place of the event; on PostgreSQL the relay gives it later.
pub(crate) const PLACE: &str = "UPDATE publisher SET next_seq = next_seq + $1 RETURNING epoch, next_seq - $1 AS seq";
/// The event.
pub(crate) const OUTBOX: &str =
    "INSERT INTO outbox (event, epoch, seq, kind, aggregate, office, at, trace, body) VALUES ($1, $2, $3, $4, $5,
    $6, $7, $8, $9)";
/// The audit record.
pub(crate) const AUDIT: &str = "INSERT INTO audit (at, record, salt, leaf) VALUES ($1, $2, $3, $4)";
/// The answer, kept for repeats.
pub(crate) const REPLY: &str =
    "UPDATE claim SET reply = $4 WHERE subject = $1 AND principal = $2 AND idempotency_key = $3";
