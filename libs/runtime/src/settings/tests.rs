//! Layers, origins and what is refused.

use std::io::Write as _;

use serde::Deserialize;

use super::*;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Office {
    http: Http,
    database: Database,
    mail: Option<Mail>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Http {
    listen: String,
    port: u16,
    origins: Vec<String>,
    verbose: bool,
}

impl Default for Http {
    fn default() -> Self {
        Self { listen: "localhost".into(), port: 8080, origins: Vec::new(), verbose: false }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Database {
    url: String,
    pool: u32,
    key: Secret,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Mail {
    host: String,
    password: String,
}

fn file(text: &str) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    file
}

fn pairs<const N: usize>(pairs: [(&str, &str); N]) -> Vec<(String, String)> {
    pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).to_vec()
}

fn loaded<const E: usize, const C: usize>(
    text: &str,
    environment: [(&str, &str); E],
    command_line: [(&str, &str); C],
) -> Result<Loaded<Office>, SettingsError> {
    let file = file(text);
    load_from(
        &Default::default(),
        Some(file.path()),
        Some(pairs(environment).into_iter().collect()),
        &pairs(command_line),
    )
}

#[test]
fn a_later_layer_wins_key_by_key_and_says_so() {
    let file = file("[http]\nlisten = \"one\"\nport = 1\nverbose = true\n[database]\npool = 3\n");
    let environment = pairs([("VANPHONG__HTTP__PORT", "2"), ("VANPHONG__HTTP__LISTEN", "two"), ("PATH", "/bin")]);
    let command_line = pairs([("http.listen", "three")]);
    let loaded: Loaded<Office> =
        load_from(&Default::default(), Some(file.path()), Some(environment.into_iter().collect()), &command_line)
            .unwrap();
    let http = &loaded.value.http;
    assert_eq!((http.listen.as_str(), http.port, http.verbose), ("three", 2, true));
    assert_eq!((loaded.value.database.pool, &loaded.value.database.url), (3, &String::new()));
    let from_file = Origin::File(file.path().to_owned());
    let expected = [
        ("database.key", Origin::Default),
        ("database.pool", from_file.clone()),
        ("database.url", Origin::Default),
        ("http.listen", Origin::CommandLine),
        ("http.origins", Origin::Default),
        ("http.port", Origin::Environment),
        ("http.verbose", from_file),
        ("mail", Origin::Default),
    ];
    assert_eq!(loaded.origins, expected.map(|(key, origin)| (key.to_owned(), origin)).into());
}

#[test]
fn without_any_layer_the_defaults_stand() {
    let loaded: Loaded<Office> = load_from(&Default::default(), None, Some(Map::new()), &[]).unwrap();
    assert_eq!(loaded.value, Office::default());
    assert!(loaded.origins.values().all(|origin| *origin == Origin::Default));
}

#[test]
fn a_list_is_split_at_commas_and_replaced_whole() {
    let text = "[http]\norigins = [\"a\", \"b\"]\n";
    let from_file = loaded(text, [], []).unwrap();
    assert_eq!(from_file.value.http.origins, ["a", "b"]);
    let replaced = loaded(text, [("VANPHONG__HTTP__ORIGINS", "c, d,")], []).unwrap();
    assert_eq!(replaced.value.http.origins, ["c", "d"]);
    assert_eq!(replaced.origins["http.origins"], Origin::Environment);
    assert!(loaded(text, [], [("http.origins", "")]).unwrap().value.http.origins.is_empty());
}

#[test]
fn unknown_keys_are_named_with_origin_and_nearest_key() {
    let SettingsError::Unknown(keys) = loaded(
        "[http]\nlisten = \"x\"\nprot = 9\n[databse]\npool = 1\n[mail]\npasword = \"hunter2\"\n",
        [("VANPHONG__DATABASE__URI", "postgres://app:hunter2@db/office")],
        [("listen", "y"), ("wholly.other", "1")],
    )
    .unwrap_err() else {
        panic!("expected unknown keys")
    };
    let found: Vec<_> = keys.iter().map(|key| (key.key.as_str(), key.nearest.as_deref())).collect();
    assert_eq!(
        found,
        [
            ("database.uri", Some("database.url")),
            ("databse", Some("database")),
            ("http.prot", Some("http.port")),
            ("listen", Some("http.listen")),
            ("mail.pasword", Some("mail.password")),
            ("wholly", None),
        ]
    );
    assert_eq!(keys[0].origin, Origin::Environment);
    assert!(matches!(keys[1].origin, Origin::File(_)));
    assert_eq!(keys[3].origin, Origin::CommandLine);
    let said = SettingsError::Unknown(keys).to_string();
    assert!(said.contains("unknown setting `database.uri` (environment), did you mean `database.url`?"), "{said}");
    assert!(!said.contains("hunter2"), "{said}");
}

#[test]
fn wrong_types_are_named_and_their_values_are_not_shown() {
    let cases = [
        loaded("[http]\nport = \"hunter2\"\n", [], []),
        loaded("[http]\nport = 70000\n", [], []),
        loaded("[http]\nport = [1]\n", [], []),
        loaded("", [("VANPHONG__HTTP__PORT", "hunter2")], []),
        loaded("", [], [("http.port", "-1")]),
        loaded("", [], [("http.verbose", "hunter2")]),
        loaded("", [], [("http.listen.deep", "hunter2")]),
    ];
    let names = ["http.port", "http.port", "http.port", "http.port", "http.port", "http.verbose", "http.listen"];
    for (place, (case, name)) in cases.into_iter().zip(names).enumerate() {
        let error = case.unwrap_err();
        let SettingsError::Wrong { key, .. } = &error else { panic!("{place}: {error}") };
        assert_eq!(key, name, "{place}: {error}");
        assert!(!error.to_string().contains("hunter2"), "{place}: {error}");
    }
}

#[test]
fn a_file_that_cannot_be_read_is_named_without_its_content() {
    let missing: Result<Loaded<Office>, _> = load(Some(Path::new("/nonexistent/office.toml")), &[]);
    assert_eq!(missing.unwrap_err().to_string(), "settings file `/nonexistent/office.toml`: there is no such file");
    let file = file("[database]\nurl = \"postgres://app:hunter2@db\nport = 1\n");
    let error = load::<Office>(Some(file.path()), &[]).unwrap_err().to_string();
    assert!(
        error.starts_with(&format!("settings file `{}`: TOML parse error at line 2", file.path().display())),
        "{error}"
    );
    assert!(!error.contains("hunter2"), "{error}");
}

#[test]
fn the_effective_settings_are_shown_with_origin_and_without_secrets() {
    let text = "[database]\nurl = \"postgres://app:hunter2@db/office\"\nkey = \"/etc/vanphong/key\"\n\
                [mail]\npassword = \"hunter2\"\n[http]\norigins = [\"https://a.example\"]\n";
    let file = file(text);
    let loaded: Loaded<Office> =
        load_from(&Default::default(), Some(file.path()), Some(Map::new()), &pairs([("http.port", "80")])).unwrap();
    let path = file.path().display();
    let expected = format!(
        "database.key = \"/etc/vanphong/key\"  # file {path}\n\
         database.pool = 0  # default\n\
         database.url = \"postgres://app:***@db/office\"  # file {path}\n\
         http.listen = \"localhost\"  # default\n\
         http.origins = [\"https://a.example\"]  # file {path}\n\
         http.port = 80  # command line\n\
         http.verbose = false  # default\n\
         mail.host = \"\"  # default\n\
         mail.password = \"***\"  # file {path}\n"
    );
    assert_eq!(render(&loaded), expected);
    let bare: Loaded<Office> = load_from(&Default::default(), None, Some(Map::new()), &[]).unwrap();
    assert!(render(&bare).ends_with("# mail is not set  # default\n"));
}

#[test]
fn an_administrator_is_told_where_each_value_comes_from_and_no_secret() {
    let text = "[database]\nurl = \"postgres://app:hunter2@db/office\"\n[http]\nverbose = true\n";
    let environment = [("VANPHONG__MAIL__PASSWORD", "hunter2"), ("VANPHONG__HTTP__PORT", "90")];
    let loaded = loaded(text, environment, [("http.listen", "0.0.0.0")]).unwrap();
    let rows = shown(&loaded);
    let told = |key: &str| {
        let row = rows.iter().find(|row| row.key == key).unwrap();
        (row.value.as_deref(), row.set, row.secret, row.origin, row.file.is_some())
    };
    use wire::SettingOrigin::{CommandLine, Default, Environment, File};
    let table = [
        ("database.url", (Some("\"postgres://app:***@db/office\""), true, false, File, true)),
        ("database.pool", (Some("0"), true, false, Default, false)),
        ("http.port", (Some("90"), true, false, Environment, false)),
        ("http.listen", (Some("\"0.0.0.0\""), true, false, CommandLine, false)),
        ("http.origins", (Some("[]"), false, false, Default, false)),
        ("http.verbose", (Some("true"), true, false, File, true)),
        ("mail.password", (None, true, true, Environment, false)),
    ];
    for (key, expected) in table {
        assert_eq!(told(key), expected, "{key}");
    }
    assert!(rows.is_sorted_by_key(|row| row.key.clone()));
    let all = serde_json::to_string(&rows).unwrap();
    assert!(!all.contains("hunter2"), "{all}");
    let bare = shown(&Loaded { value: Mail::default(), origins: BTreeMap::new() });
    assert!(bare.iter().any(|row| row.key == "password" && row.secret && !row.set));
}
