//! Migrations only add: the program that runs beside a newer one, or after it was taken back, must still find what it
//! knows. What takes something away is a contract step, said on its line, in a release after the last user is gone.

use std::collections::BTreeMap;

use crate::tree;

/// What lets a line take away.
const STEP: &str = "contract step";

/// What takes away, in the words of the migrations' language and of SQL, folded.
const TAKES_AWAY: [&str; 14] = [
    "drop_table",
    "drop_column",
    "drop_foreign_key",
    "rename_table",
    "rename_column",
    "modify_column",
    "truncate_table",
    "table::drop",
    "table::rename",
    "table::truncate",
    "drop table",
    "drop column",
    "rename to",
    "rename column",
];

/// A file with migrations: it names their trait.
fn is_migration(path: &str, text: &str) -> bool {
    path.starts_with("services/")
        && path.contains("/src/store/")
        && tree::is_rust(path)
        && text.contains("MigrationTrait")
}

/// What the parenthesis that opens at the beginning of the text holds.
fn inside(text: &str) -> &str {
    let mut depth = 0_usize;
    for (at, one) in text.char_indices() {
        match one {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return &text[..at];
        }
    }
    text
}

/// Every line that takes away or demands, without saying that it is a contract step.
fn complaints(path: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut start = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let folded = line.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let at = format!("{path}:{}", number + 1);
        let is_code = !folded.starts_with("//") && !folded.contains(STEP);
        for word in TAKES_AWAY.iter().filter(|word| is_code && folded.contains(*word)) {
            found.push(format!(
                "{at}: `{word}` takes away what a running version knows: only add; or, when nobody uses it any more, \
                 say `// {STEP}` on the line"
            ));
        }
        if is_code && folded.contains("fn down") {
            found.push(format!("{at}: there is no way back: a later migration puts right what this one got wrong"));
        }
        if is_code
            && let Some(column) = added_column(&text[start..], line, &folded)
            && demands(&column)
        {
            found.push(format!(
                "{at}: a new column that is not null and has no default refuses the rows of a running version: give it \
                 `.null()` or `.default(…)`"
            ));
        }
        start += line.len();
    }
    found
}

/// The definition of the column that this line adds; `rest` begins with the line.
fn added_column(rest: &str, line: &str, folded: &str) -> Option<String> {
    for call in [".add_column(", ".add_column_if_not_exists("] {
        if let Some(at) = line.find(call) {
            return Some(inside(&rest[at + call.len() - 1..]).to_owned());
        }
    }
    // A statement of SQL ends at the semicolon, or where its literal does.
    let at = folded.contains("add column").then(|| rest.to_lowercase().find("add column")).flatten()?;
    let statement = &rest[at..];
    Some(statement[..statement.find([';', '"']).unwrap_or(statement.len())].to_owned())
}

/// Whether a column must have a value that old rows do not have. Columns made by `db::column` are not null unless said.
fn demands(column: &str) -> bool {
    let folded = column.to_lowercase();
    let is_sql = folded.starts_with("add column");
    let demands = if is_sql { folded.contains("not null") } else { !folded.contains(".null()") };
    demands && !folded.contains("default")
}

/// Migrations in the order of their numbers: two with one number have no order.
fn numbers(paths: &[&str]) -> Vec<String> {
    let mut seen: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    let mut found = Vec::new();
    for path in paths {
        let Some((folder, file)) = path.rsplit_once('/') else { continue };
        let Some((number, _)) = file.split_once('_').filter(|(number, _)| is_number(number)) else { continue };
        if let Some(first) = seen.insert((folder, number), path) {
            found.push(format!("`{first}` and `{path}` have the same number: the later one takes the next"));
        }
    }
    found
}

fn is_number(word: &str) -> bool {
    word.strip_prefix('m').is_some_and(|digits| !digits.is_empty() && digits.chars().all(|one| one.is_ascii_digit()))
}

#[test]
fn migrations_only_add() {
    let files = tree::files();
    let migrations: Vec<_> = files.iter().filter(|(path, text)| is_migration(path, text)).collect();
    assert!(!migrations.is_empty(), "no migration was found; where did they go?");
    let paths: Vec<&str> = migrations.iter().map(|(path, _)| path.as_str()).collect();
    let mut found = numbers(&paths);
    found.extend(migrations.iter().flat_map(|(path, text)| complaints(path, text)));
    tree::quiet(found);
}

#[test]
fn what_takes_away_or_demands_is_named() {
    let bad = [
        "manager.drop_table(Table::drop().table(Old).take()).await?; // both words",
        "manager.alter_table(table.drop_column(Alias::new(\"note\")).take()).await?;",
        "manager.alter_table(table.rename_column(a, b).take()).await?;",
        "manager.alter_table(table.modify_column(number(\"sum\")).take()).await?;",
        "ALTER TABLE account DROP COLUMN note;",
        "alter table account  rename   to purse",
        "ALTER TABLE account ADD COLUMN note text NOT NULL;",
        "table.add_column(text(\"note\"))",
        "table.add_column(\n    text(\"note\")\n        .unique_key(),\n)\n.add_column(text(\"b\").null())",
        "async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {",
    ];
    for line in bad {
        assert!(!complaints("m.rs", line).is_empty(), "{line}");
    }
    let good = [
        "manager.create_table(account()).await?;",
        "table.add_column(text(\"note\").null())",
        "table.add_column(\n    flag(\"frozen\").default(false),\n)",
        "ALTER TABLE account ADD COLUMN note text;",
        "ALTER TABLE account ADD COLUMN note text NOT NULL DEFAULT '';",
        "ALTER TABLE account ADD COLUMN a text; CREATE TABLE b (c text NOT NULL);",
        "DROP TRIGGER account_fixed;",
        "// drop_table is what we never do",
        "manager.drop_table(old()).await?; // contract step: nobody reads it since 2027",
    ];
    for line in good {
        assert!(complaints("m.rs", line).is_empty(), "{line}: {:?}", complaints("m.rs", line));
    }
}

#[test]
fn one_number_is_given_once() {
    let twice = ["a/store/m0001_accounts.rs", "a/store/m0001_entries.rs", "b/store/m0001_accounts.rs"];
    assert_eq!(numbers(&twice).len(), 1);
    assert!(numbers(&["a/store/m0001_accounts.rs", "a/store/m0002_entries.rs", "a/store/migrations.rs"]).is_empty());
}
