//! What the operator is told of an edXML file.

use std::{path::Path, process::Command};

use edxml::{Answered, Organisation, Stamp, Status, StatusCode, write_status};
use wire::Day;

fn status() -> String {
    let at: wire::Instant = "2026-03-05T10:00:00Z".parse().unwrap();
    let status = Status {
        from: Organisation { organ_id: "G22".to_owned(), name: "Văn phòng Mẫu".to_owned(), ..Default::default() },
        answers: Answered {
            organ_id: "A32.65".to_owned(),
            code: "12/CV-TU".to_owned(),
            date: Day::new(2026, 3, 5).unwrap().into(),
            document_id: "A32.65,2026/03/05,12/CV-TU".to_owned(),
        },
        staff: edxml::Staff::default(),
        code: StatusCode::Accepted,
        description: String::new(),
        at: Stamp::from(at),
    };
    String::from_utf8(write_status(&status).unwrap()).unwrap()
}

fn asked(files: &[&Path], more: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vanphong"));
    let output = command.args(["edxml", "check"]).args(files).args(more).output().unwrap();
    (output.status.code(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
}

#[test]
fn a_file_is_told_what_is_wrong_with_it_where_and_how_to_mend_it() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, content: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    };
    let good = put("good.edxml", &status());
    let (code, said) = asked(&[&good], &[]);
    assert!(code == Some(0) && said.contains("đạt · sound") && said.contains("status 03"), "{said}");

    let wrong = put("wrong.edxml", &status().replace("2026/03/05</", "2026/02/30</"));
    let (code, said) = asked(&[&good, &wrong], &[]);
    assert_eq!(code, Some(1), "{said}");
    let lines: Vec<&str> = said.lines().collect();
    let mark = lines.iter().position(|line| line.contains("^^^^^^^^^^")).expect("a mark");
    let at = lines[mark].find('^').unwrap();
    assert_eq!(&lines[mark - 1][at..at + 10], "2026/02/30", "{said}");
    for part in ["edxml.impossible_date", "ResponseFor/PromulgationDate", "Cách sửa", "To mend", "QCVN 102"] {
        assert!(said.contains(part), "{part}: {said}");
    }

    let (code, said) = asked(&[&wrong, &good], &["--json"]);
    let rows: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!((code, &rows[0]["sound"], &rows[1]["sound"]), (Some(1), &false.into(), &true.into()));
    assert_eq!(rows[0]["diagnoses"][0]["code"], "edxml.impossible_date");
    assert_eq!(rows[0]["diagnoses"][0]["basis"]["mark"], "seen_in_practice");

    let (code, said) = asked(&[&folder.path().join("missing.edxml"), &good], &[]);
    assert!(code == Some(78) && said.contains("missing.edxml") && said.contains("đạt · sound"), "{said}");
}
