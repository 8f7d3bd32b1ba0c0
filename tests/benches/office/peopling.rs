//! An installation filled with units, positions and people in minutes: offices as in the official list, one of them large.

use anyhow::{Context as _, Result};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::raw::Base;

/// How many of each there are in the whole installation, and how many of them in the one large office.
pub(crate) const UNITS: u64 = 300_000;
pub(crate) const POSITIONS: u64 = 60_000;
const LARGE_UNITS: u64 = 20_000;
const LARGE: u64 = 5_000;
/// Rows of a transaction.
const AT_ONCE: u64 = 10_000;
/// What everything has been since.
const SINCE: &str = "'2025-07-01'";

/// Kinds of units and surnames, as they are written and as they are folded.
const KINDS: [(&str, &str); 6] = [
    ("Phòng Tổng hợp", "phong tong hop"),
    ("Phòng Hành chính", "phong hanh chinh"),
    ("Ban Tổ chức", "ban to chuc"),
    ("Tổ Tiếp dân", "to tiep dan"),
    ("Phòng Cơ yếu", "phong co yeu"),
    ("Bộ phận Lưu trữ", "bo phan luu tru"),
];
const SURNAMES: [(&str, &str); 5] = [
    ("Nguyễn Văn", "nguyen van"),
    ("Trần Thị", "tran thi"),
    ("Lê Quang", "le quang"),
    ("Phạm Thu", "pham thu"),
    ("Hoàng Đức", "hoang duc"),
];

/// An id of a noun and a number, as the service makes them: ordered by time.
fn id(noun: u64, number: &str) -> String {
    format!("unhex(printf('%012x7000%04x%012x', {noun} * 10000000000 + {number}, 32768 + {number} % 16384, {number}))")
}

/// The same in a program.
fn uuid(noun: u64, number: u64) -> Uuid {
    let time = u128::from(noun * 10_000_000_000 + number);
    Uuid::from_u128(time << 80 | 0x7000 << 64 | u128::from(32_768 + number % 16_384) << 48 | u128::from(number))
}

/// What an id is of: the time that it begins with.
const UNIT: u64 = 160;
const POSITION: u64 = 161;
const PERSON: u64 = 162;
const APPOINTMENT: u64 = 163;
const ACCOUNT: u64 = 164;
const SESSION: u64 = 165;
const DELEGATION: u64 = 166;
const ENDED_OFFICE: u64 = 167;
const SECOND_APPOINTMENT: u64 = 168;

/// Fills the offices that are there; the large one is that of the given id.
pub(crate) async fn fill(base: &Base, large: &str) -> Result<()> {
    let pairs = |pairs: &[(&str, &str)]| {
        let rows = pairs.iter().enumerate().map(|(k, (name, folded))| format!("({k}, '{name}', '{folded}')"));
        rows.collect::<Vec<_>>().join(", ")
    };
    // The pool has one writer, so that what is temporary is there for every statement.
    let places = format!(
        "CREATE TEMP TABLE place (k INTEGER PRIMARY KEY, office BLOB, root BLOB);
         INSERT INTO place SELECT row_number() OVER (ORDER BY office_id) - 1, office_id, unit_id
           FROM unit_version WHERE parent_id IS NULL AND to_day IS NULL;
         CREATE TEMP TABLE kind (k INTEGER PRIMARY KEY, name TEXT, folded TEXT);
         INSERT INTO kind VALUES {};
         CREATE TEMP TABLE surname (k INTEGER PRIMARY KEY, name TEXT, folded TEXT);
         INSERT INTO surname VALUES {};",
        pairs(&KINDS),
        pairs(&SURNAMES)
    );
    base.run(&places).await?;
    const ROOTS: &str = "SELECT COUNT(*) FROM unit_version WHERE parent_id IS NULL AND to_day IS NULL";
    let offices = u64::try_from(base.number(ROOTS).await?)?;
    let large = Uuid::parse_str(large).context("the id of an office")?.simple();
    let before = base.number(&format!("{ROOTS} AND office_id < x'{large}'")).await?;
    let place =
        |most: u64| format!("JOIN place ON place.k = CASE WHEN n < {most} THEN {before} ELSE n % {offices} END");
    units(base, &place(LARGE_UNITS)).await?;
    posts(base, &place(LARGE), offices).await?;
    lend(base, &place(LARGE), offices).await
}

async fn units(base: &Base, place: &str) -> Result<()> {
    let unit = id(UNIT, "n");
    let kind = format!("JOIN kind ON kind.k = n % {}", KINDS.len());
    let mut statements = vec![
        format!("INSERT INTO unit (id, office_id, version) SELECT {unit}, office, 1 FROM numbers {place}"),
        format!(
            "INSERT INTO unit_version (unit_id, office_id, from_day, name, folded, parent_id)
             SELECT {unit}, office, {SINCE}, kind.name || ' số ' || n, kind.folded || ' so ' || n, root
             FROM numbers {place} {kind}"
        ),
        format!("INSERT INTO unit_word (word, unit_id) SELECT CAST(n AS TEXT), {unit} FROM numbers"),
    ];
    let words: std::collections::BTreeSet<&str> = KINDS.iter().flat_map(|(_, folded)| folded.split(' ')).collect();
    for word in words.into_iter().chain(["so"]) {
        statements.push(format!(
            "INSERT OR IGNORE INTO unit_word (word, unit_id) SELECT '{word}', {unit} FROM numbers {kind}
             WHERE ' ' || kind.folded || ' so ' LIKE '% {word} %'"
        ));
    }
    each(base, "units", UNITS, &statements).await
}

/// Positions by threes in a unit, the first of them its head, the third naming the first; someone in each, and every
/// tenth of them in another as well.
async fn posts(base: &Base, place: &str, offices: u64) -> Result<()> {
    let (position, person) = (id(POSITION, "n"), id(PERSON, "n"));
    let (third, unit) = of_unit(offices);
    let head = id(POSITION, &format!("(CASE WHEN n < {LARGE} THEN n - 2 ELSE n - {} END)", 2 * offices));
    let second = id(POSITION, &format!("(CASE WHEN n < {LARGE} THEN n + 1 ELSE n + {offices} END)"));
    let appoint = |noun: u64, position: &str, only: &str| {
        format!(
            "INSERT INTO appointment (id, office_id, person_id, position_id, from_day, version)
             SELECT {}, office, {person}, {position}, {SINCE}, 1 FROM numbers {place} {only}",
            id(noun, "n")
        )
    };
    let statements = [
        format!(
            "INSERT INTO position (id, office_id, unit_id, title, roles, head, below, from_day, version)
             SELECT {position}, office, {unit}, 'Chuyên viên',
               CASE {third} WHEN 0 THEN '[\"head_of_division\"]' ELSE '[\"specialist\"]' END, {third} = 0, FALSE, {SINCE}, 1
             FROM numbers {place}"
        ),
        format!(
            "INSERT INTO reporting (position_id, office_id, from_day, head_id)
             SELECT {position}, office, {SINCE}, {head} FROM numbers {place} WHERE {third} = 2"
        ),
        format!(
            "INSERT INTO person (id, office_id, full_name, folded, active, version)
             SELECT {person}, office, surname.name || ' ' || n, surname.folded || ' ' || n, TRUE, 1
             FROM numbers {place} JOIN surname ON surname.k = n % {}",
            SURNAMES.len()
        ),
        appoint(APPOINTMENT, &position, ""),
        appoint(SECOND_APPOINTMENT, &second, &format!("WHERE n % 10 = 0 AND {third} = 0 AND n + {offices} < {POSITIONS}")),
        format!(
            "INSERT INTO account (id, office_id, person_id, username, state, version)
             SELECT {}, office, {person}, 'nguoi-' || n, 'active', 1 FROM numbers {place}",
            id(ACCOUNT, "n")
        ),
    ];
    each(base, "positions", POSITIONS, &statements).await
}

/// The place of a position among the three of its unit, and that unit.
fn of_unit(offices: u64) -> (String, String) {
    let first = (LARGE_UNITS / offices + 1) * offices;
    let third = format!("(CASE WHEN n < {LARGE} THEN n % 3 ELSE (n - {LARGE}) / {offices} % 3 END)");
    let further = format!("{first} + n % {offices} + {offices} * ((n - {LARGE}) / {offices} / 3)");
    let number = format!("(CASE WHEN n < {LARGE} THEN n / 3 ELSE {further} END)");
    (third, id(UNIT, &number))
}

/// The second of each unit may act for its head, and each office reaches the rows of three that have ended.
async fn lend(base: &Base, place: &str, offices: u64) -> Result<()> {
    let (third, _) = of_unit(offices);
    let head = format!("(CASE WHEN n < {LARGE} THEN n - 1 ELSE n - {offices} END)");
    let statements = [format!(
        "INSERT INTO delegation (id, office_id, kind, position_id, grantor_id, grantor_appointment_id, deputy_id,
           deputy_position_id, deputy_appointment_id, permissions, genres, from_day, reason, may_pass_on, made_by_id,
           made_at, version)
         SELECT {}, office, 'deputy', {}, {}, {}, {}, {}, {}, '[\"documents.incoming.read\"]', '[]', {SINCE},
           'Đi công tác', FALSE, {}, 0, 1
         FROM numbers {place} WHERE {third} = 1",
        id(DELEGATION, "n"),
        id(POSITION, &head),
        id(PERSON, &head),
        id(APPOINTMENT, &head),
        id(PERSON, "n"),
        id(POSITION, "n"),
        id(APPOINTMENT, "n"),
        id(PERSON, &head),
    )];
    each(base, "delegations", POSITIONS, &statements).await?;
    base.run(&format!(
        "INSERT INTO office_reach (ancestor_id, office_id, from_day)
         SELECT office, {}, {SINCE} FROM place, (VALUES (0), (1), (2)) AS old",
        id(ENDED_OFFICE, "(k * 3 + column1)")
    ))
    .await
}

/// Sessions of people all over the installation, each with a refresh token that is good once.
pub(crate) async fn sessions(base: &Base, numbers: impl Iterator<Item = u64>) -> Result<Vec<String>> {
    let now = runtime::Clock::system().now().micros();
    let later = now + 86_400_000_000;
    let (mut tokens, mut sessions, mut kept) = (Vec::new(), Vec::new(), Vec::new());
    for (session, person) in (0..).zip(numbers) {
        let token = format!("a token of the session {session}");
        let hash: String = Sha256::digest(token.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
        let blob = |noun, number| format!("x'{}'", uuid(noun, number).simple());
        let (session, account, person) = (blob(SESSION, session), blob(ACCOUNT, person), blob(PERSON, person));
        let office = format!("(SELECT office_id FROM person WHERE id = {person})");
        sessions.push(format!("({session}, {account}, {person}, {office}, {now}, {later})"));
        kept.push(format!("('{hash}', {session}, {later})"));
        tokens.push(token);
    }
    for (into, rows) in [
        ("session (id, account_id, person_id, office_id, began, expires)", sessions),
        ("refresh_token (hash, session_id, expires)", kept),
    ] {
        base.run(&format!("INSERT INTO {into} VALUES {}", rows.join(", "))).await?;
    }
    Ok(tokens)
}

/// Runs statements over the numbers before a count, some thousands at once.
async fn each(base: &Base, what: &str, count: u64, statements: &[String]) -> Result<()> {
    for from in (0..count).step_by(AT_ONCE as usize) {
        let to = (from + AT_ONCE).min(count);
        for statement in statements {
            let numbers = format!(
                "WITH RECURSIVE numbers(n) AS (SELECT {from} UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < {to}) "
            );
            base.run(&(numbers + statement)).await.with_context(|| statement.clone())?;
        }
        if from % (AT_ONCE * 10) == 0 {
            eprintln!("  filling: {to} of {count} {what}");
        }
    }
    Ok(())
}
