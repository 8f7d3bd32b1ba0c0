//! The first administrator: one code, used once, and no default password.

use serde_json::json;

use crate::program::{Folder, PATIENCE, address, is_private};

const PASSWORD: &str = "ba con trâu cày ruộng sâu";

fn code_in(line: &str) -> String {
    line.split("--code ").nth(1).unwrap().split_whitespace().next().unwrap().to_owned()
}

async fn sign_in(address: &str, username: &str) -> u16 {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let body = json!({ "username": username, "password": PASSWORD });
    http.post(format!("{address}/api/v1/sign-in")).json(&body).send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn a_code_is_told_until_it_is_used_and_opens_one_account() {
    let folder = Folder::begun().await;
    let mut office = folder.start("up");
    let door = address(&mut office).await;
    let code = code_in(&office.line("--code ", PATIENCE).await.unwrap());
    assert!(is_private(&folder.path().join("first-administrator.json")));
    assert!(office.end("TERM", PATIENCE).await.unwrap().success(), "{}", office.printed());
    drop(door);

    // Nobody has used it: the next start tells the same code, and a command takes it while no office runs.
    let mut office = folder.start("up");
    assert_eq!(code_in(&office.line("--code ", PATIENCE).await.unwrap()), code);
    assert!(office.end("TERM", PATIENCE).await.unwrap().success());
    let short = folder.run(&["enrol", "--code", &code, "--username", "hoa"], "ngắn\n");
    assert_eq!(short.code, Some(1), "{short:?}");
    assert!(short.err.contains("identity.password_short") && short.err.contains("ít nhất 15 ký tự"), "{short:?}");
    let taken = folder.run(&["enrol", "--code", &code, "--username", "hoa"], &format!("{PASSWORD}\n"));
    assert_eq!(taken.code, Some(0), "{taken:?}");
    let again = folder.run(&["enrol", "--code", &code, "--username", "lan"], &format!("{PASSWORD}\n"));
    assert_eq!(again.code, Some(1), "{again:?}");
    assert!(again.err.contains("identity.enrolment_bad"), "{again:?}");

    let mut office = folder.start("up");
    let door = address(&mut office).await;
    office.line("Ctrl-C", PATIENCE).await.unwrap();
    assert!(!office.printed().contains("--code "), "{}", office.printed());
    assert_eq!(sign_in(&door, "hoa").await, 200);
    assert_eq!(sign_in(&door, "lan").await, 401);
    assert!(!folder.path().join("first-administrator.json").exists());
    assert!(office.end("TERM", PATIENCE).await.unwrap().success());
}

#[tokio::test]
async fn a_running_office_takes_the_code_over_its_socket() {
    let folder = Folder::begun().await;
    let mut office = folder.start("up");
    let door = address(&mut office).await;
    let code = code_in(&office.line("--code ", PATIENCE).await.unwrap());
    let taken = folder.run(&["enrol", "--code", &code.to_lowercase(), "--username", "Hoa"], PASSWORD);
    assert_eq!(taken.code, Some(0), "{taken:?}");
    assert!(taken.out.contains("hoa"), "{taken:?}");
    assert_eq!(sign_in(&door, "hoa").await, 200);
    let wrong = folder.run(&["enrol", "--code", &code, "--username", "lan"], PASSWORD);
    assert_eq!(wrong.code, Some(1), "{wrong:?}");
    assert!(office.end("TERM", PATIENCE).await.unwrap().success());
}
