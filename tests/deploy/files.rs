//! The folder: kept when it is run again, made anew when asked, and for its owner's eyes only.

use std::{fs, os::unix::fs::PermissionsExt as _, path::Path, time::Duration};

use crate::deployment::{Deployment, now};

const DAY: Duration = Duration::from_secs(24 * 3600);
const CERTIFICATES: [&str; 7] = [
    "certificates.json",
    "gateway/door.key",
    "gateway/door.pem",
    "nats/server.key",
    "nats/server.pem",
    "postgres/server.key",
    "postgres/server.pem",
];

#[test]
fn a_second_run_changes_nothing_and_says_so() {
    let deployment = Deployment::make();
    let again = deployment.init(now(), false);
    assert!(again.made.is_empty() && again.changed.is_empty(), "{again}");
    assert!(again.kept > 40, "{again}");
    assert!(again.to_string().contains("0 made, 0 changed"), "{again}");
}

#[test]
fn a_rotation_makes_every_key_and_password_anew_and_keeps_the_authority() {
    let deployment = Deployment::make();
    let secrets = [
        "identity/nats.nk",
        "identity/identity.pem",
        "identity/database.pgpass",
        "identity-migrate/database.pgpass",
        "gateway/gateway.pem",
        "admin/nats.nk",
        "nats/nats.conf",
        "postgres/init.sql",
        "documents/services.json",
    ];
    let before = secrets.map(|file| deployment.read(file));
    let sealing = deployment.read("documents/documents-sealing.pem");
    let (root, first) = (deployment.read("office-ca.pem"), deployment.read("identity/services.json"));
    let report = deployment.init(now(), true);
    for (file, before) in secrets.iter().zip(&before) {
        assert_ne!(&deployment.read(file), before, "{file}");
        assert!(report.changed.contains(*file), "{file}: {report}");
    }
    assert_eq!(deployment.read("documents/documents-sealing.pem"), sealing, "what rests sealed under it must open");
    for file in CERTIFICATES {
        assert!(report.changed.contains(file), "{file}: {report}");
    }
    assert_eq!(deployment.read("office-ca.pem"), root);
    assert_eq!(deployment.read("identity/office-ca.pem"), root);
    // What the old keys signed can still be checked.
    let retired: serde_json::Value = serde_json::from_str(&deployment.read("retired-keys.json")).unwrap();
    let before: serde_json::Value = serde_json::from_str(&first).unwrap();
    for key in retired.as_array().unwrap() {
        assert_eq!(before[key["service"].as_str().unwrap()], key["key"]);
    }
    assert_eq!(retired.as_array().unwrap().len(), before.as_object().unwrap().len());
}

#[test]
fn certificates_are_made_anew_before_they_end_and_when_the_door_gets_another_name() {
    let deployment = Deployment::make();
    let quiet = deployment.init(now().plus(300 * DAY), false);
    assert!(quiet.changed.is_empty(), "{quiet}");
    let renewed = deployment.init(now().plus(320 * DAY), false);
    assert_eq!(renewed.changed.iter().map(String::as_str).collect::<Vec<_>>(), CERTIFICATES);
    let named = deployment.init_as(now().plus(320 * DAY), false, Some("https://vanphong.example:9443"));
    assert!(named.changed.contains("gateway/door.pem") && named.changed.contains(".env"), "{named}");
    assert!(deployment.read(".env").contains("VANPHONG_PORT='9443'"));
    let kept = deployment.init(now().plus(320 * DAY), false);
    assert!(kept.changed.is_empty(), "{kept}");
}

#[test]
fn nobody_but_the_owner_looks_into_the_folder() {
    fn look(path: &Path) {
        let mode = fs::metadata(path).unwrap().permissions().mode() & 0o777;
        // The root is what clients are given; it lies in a folder that is closed all the same.
        let wanted = if path.is_dir() { 0o700 } else { 0o600 };
        assert!(mode == wanted || path.ends_with("state/office-ca.pem"), "{}: {mode:o}", path.display());
        for entry in path.is_dir().then(|| fs::read_dir(path).unwrap()).into_iter().flatten() {
            look(&entry.unwrap().path());
        }
    }
    let deployment = Deployment::make();
    look(&deployment.path(""));
    // A key that was laid open is closed by the next run.
    let key = deployment.path("identity/nats.nk");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    deployment.init(now(), false);
    look(&key);
}
