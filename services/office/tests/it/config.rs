//! Settings and the command line.

use std::process::Command;

use crate::program::Folder;

fn config(environment: &[(&str, &str)], arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vanphong"));
    let output = command.arg("config").args(arguments).envs(environment.iter().copied()).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn the_effective_settings_are_printed_with_where_each_came_from() {
    let folder = Folder::new();
    let file = folder.path().with_extension("toml");
    std::fs::write(&file, "[identity]\naccess_token_s = 120\n[gateway]\nname = \"Văn phòng mẫu\"\n").unwrap();
    let environment = [
        ("VANPHONG__PROGRAMME__DUE_SOON_DAYS", "5"),
        ("VANPHONG__TELEMETRY__OTLP_ENDPOINT", "http://collector:hunter2@127.0.0.1:4318"),
    ];
    let arguments = ["--config", file.to_str().unwrap(), "--listen", "127.0.0.1:9000"];
    let (code, out, err) = config(&environment, &arguments);
    assert_eq!(code, Some(0), "{err}");
    let shown = file.display();
    for expected in [
        format!("identity.access_token_s = 120  # file {shown}"),
        format!("gateway.name = \"Văn phòng mẫu\"  # file {shown}"),
        "gateway.listen = \"127.0.0.1:9000\"  # command line".to_owned(),
        "documents.secrecy_ceiling = \"open\"  # default".to_owned(),
    ] {
        assert!(out.lines().any(|line| line == expected), "no `{expected}` in\n{out}");
    }
    assert!(out.lines().any(|line| line.starts_with("programme.due_soon_days") && line.ends_with("# environment")));
    assert!(out.contains("collector:***@") && !out.contains("hunter2"), "{out}");
}

#[test]
fn an_unknown_setting_is_refused_wherever_it_was_given() {
    let folder = Folder::new();
    let file = folder.path().with_extension("toml");
    std::fs::write(&file, "[identity]\naccess_tokens = 120\n").unwrap();
    let (code, _, err) = config(&[], &["--config", file.to_str().unwrap()]);
    assert_eq!(code, Some(78));
    assert!(err.contains("unknown setting `identity.access_tokens` (file"), "{err}");
    assert!(err.contains("did you mean `identity.access_token_s`?"), "{err}");
    let (code, _, err) = config(&[("VANPHONG__GATEWY__LISTEN", "127.0.0.1:1")], &[]);
    assert_eq!(code, Some(78));
    assert!(err.contains("unknown setting `gatewy") && err.contains("(environment)"), "{err}");
}

#[test]
fn what_cannot_be_read_ends_with_64_and_help_with_0() {
    for (arguments, expected) in [
        (&["dance"][..], 64),
        (&["up", "--listen", "nowhere"], 64),
        (&[], 64),
        (&["--help"], 0),
        (&["import", "units", "--help"], 0),
        (&["--version"], 0),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_vanphong")).args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(expected), "{arguments:?}");
    }
}

#[test]
fn a_command_over_a_folder_without_an_office_says_so_and_makes_nothing() {
    let folder = Folder::new();
    for arguments in [&["status"][..], &["migrate"], &["enrol", "--code", "x", "--username", "hoa"]] {
        let ran = folder.run(arguments, "");
        assert_eq!(ran.code, Some(78), "{ran:?}");
        assert!(ran.err.contains("there is no office in") && ran.err.contains("--data"), "{ran:?}");
    }
    assert!(!folder.path().exists());
}
