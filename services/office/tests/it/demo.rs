//! The demo, from an empty folder and again.

use std::collections::BTreeSet;

use office::demo::{Account, accounts};
use serde_json::{Value, json};
use testbed::process::Child;

use crate::program::{Folder, PATIENCE, address, is_private};

/// A first start plays a week.
const FIRST: std::time::Duration = std::time::Duration::from_secs(300);

struct Client {
    http: reqwest::Client,
    base: String,
    token: String,
}

impl Client {
    async fn sign_in(base: &str, account: &Account) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let body = json!({ "username": account.username, "password": account.password });
        let answer = http.post(format!("{base}/api/v1/sign-in")).json(&body).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{}", account.username);
        let tokens: Value = answer.json().await.unwrap();
        Self { http, base: base.to_owned(), token: tokens["access_token"].as_str().unwrap().to_owned() }
    }

    async fn get(&self, path: &str) -> Value {
        let url = format!("{}/api/v1/{path}", self.base);
        let answer = self.http.get(url).bearer_auth(&self.token).send().await.unwrap();
        let status = answer.status();
        let body = answer.json().await.unwrap();
        assert!(status.is_success(), "{path}: {status} {body}");
        body
    }

    async fn items(&self, path: &str) -> Vec<Value> {
        self.get(path).await["items"].as_array().unwrap().clone()
    }
}

async fn start(folder: &Folder) -> (Child, String) {
    let mut office = folder.start("demo");
    office.line("Ctrl-C", FIRST).await.unwrap();
    let base = address(&mut office).await;
    (office, base)
}

fn account(accounts: &[Account], username: &str) -> Account {
    accounts.iter().find(|account| account.username == username).unwrap().clone()
}

#[tokio::test]
async fn a_folder_is_filled_once_and_the_next_start_goes_on_with_it() {
    let folder = Folder::new();
    let (mut office, base) = start(&folder).await;
    let accounts = accounts::read(&folder.path()).unwrap();
    assert!(is_private(&folder.path().join(accounts::FILE)));
    assert_eq!(accounts.len(), 41);
    let passwords: BTreeSet<&str> = accounts.iter().map(|account| account.password.as_str()).collect();
    assert_eq!(passwords.len(), accounts.len());
    for account in &accounts {
        Client::sign_in(&base, account).await;
        assert!(office.printed().contains(&account.password), "{} is not printed", account.username);
    }
    let numbers = look_at_the_province(&base, &accounts).await;
    look_at_the_adopted_commune(&base, &accounts).await;
    assert!(office.end("TERM", PATIENCE).await.unwrap().success(), "{}", office.printed());
    assert!(!folder.path().join("filling").exists());

    let (mut office, base) = start(&folder).await;
    assert_eq!(accounts::read(&folder.path()).unwrap(), accounts);
    let clerk = Client::sign_in(&base, &account(&accounts, "th.vanthu")).await;
    assert_eq!(numbers_of(&clerk).await, numbers);
    assert!(office.end("TERM", PATIENCE).await.unwrap().success(), "{}", office.printed());
}

async fn numbers_of(clerk: &Client) -> Vec<i64> {
    let me = clerk.get("me").await;
    let office = me["posts"][0]["office"].as_str().unwrap().to_owned();
    let incoming = clerk.items(&format!("incoming-documents?office={office}&limit=200")).await;
    incoming.iter().map(|document| document["number"].as_i64().unwrap()).collect()
}

/// What the week has left: lines of the register, files that are files, work of every kind.
async fn look_at_the_province(base: &str, accounts: &[Account]) -> Vec<i64> {
    let clerk = Client::sign_in(base, &account(accounts, "th.vanthu")).await;
    let chief = Client::sign_in(base, &account(accounts, "th.chanhvp")).await;
    let office = clerk.get("me").await["posts"][0]["office"].as_str().unwrap().to_owned();
    let incoming = clerk.items(&format!("incoming-documents?office={office}&limit=200")).await;
    assert!(incoming.len() >= 26, "{}", incoming.len());
    let days: BTreeSet<&str> = incoming.iter().map(|document| document["arrived"].as_str().unwrap()).collect();
    assert_eq!(days.len(), 5, "{days:?}");
    assert_eq!(incoming.iter().filter(|document| document["masked"] == true).count(), 1);
    assert_eq!(incoming.iter().filter(|document| document["state"] == "voided").count(), 1);

    let filed = incoming.iter().find(|document| document["files"].as_array().unwrap().len() == 2).unwrap();
    for file in filed["files"].as_array().unwrap() {
        let path =
            format!("incoming-documents/{}/files/{}", filed["id"].as_str().unwrap(), file["id"].as_str().unwrap());
        let url = format!("{base}/api/v1/{path}");
        let content = clerk.http.get(url).bearer_auth(&clerk.token).send().await.unwrap().bytes().await.unwrap();
        assert_eq!(content.len() as u64, file["size"].as_u64().unwrap());
        let pdf = file["media_type"] == "application/pdf";
        assert_eq!(content.starts_with(b"%PDF-1."), pdf, "{}", file["name"]);
    }

    let outgoing = chief.items(&format!("outgoing-documents?office={office}&limit=200")).await;
    assert_eq!(outgoing.iter().filter(|document| document["state"] == "issued").count(), 5);
    for state in ["complete", "to_seal", "to_sign"] {
        assert!(outgoing.iter().any(|document| document["execution"] == state), "{state}");
    }
    for symbol in ["812-CV/VPTU", "01-BS/VPTU"] {
        assert!(outgoing.iter().any(|document| document["symbol"] == symbol), "{symbol}");
    }
    let uses = clerk.items(&format!("seal-imprints?office={office}")).await;
    assert_eq!(uses.iter().filter(|line| line["digital"] == true).count(), 1, "{uses:?}");
    assert!(outgoing.iter().any(|document| document["state"] == "draft"));
    let due = chief.items(&format!("due-assignments?office={office}")).await;
    assert!(due.iter().any(|case| case["days_left"].as_i64().unwrap() < 0), "{due:?}");
    assert!(due.iter().any(|case| case["days_left"].as_i64().unwrap() > 0), "{due:?}");
    assert!(due.iter().any(|case| !case["waits"].as_array().unwrap().is_empty()), "{due:?}");
    numbers_of(&clerk).await
}

/// The office that came over from paper: its open papers stand below the number from which it goes on, and whoever has
/// several roles there may do what each of them gives.
async fn look_at_the_adopted_commune(base: &str, accounts: &[Account]) {
    let several = account(accounts, "hacthanh.vanthu");
    assert_eq!(several.roles, ["document_clerk", "archivist", "reception_officer", "accountant"]);
    assert_eq!(accounts.iter().filter(|account| account.office == several.office).count(), 15);
    let clerk = Client::sign_in(base, &several).await;
    let office = clerk.get("me").await["posts"][0]["office"].as_str().unwrap().to_owned();
    let acts = clerk.items(&format!("opening-acts?office={office}")).await;
    assert_eq!((acts.len(), &acts[0]["state"], &acts[0]["papers"]), (1, &json!("applied"), &json!(40)));
    let registers = clerk.items(&format!("registers?office={office}")).await;
    let book = registers.iter().find(|register| register["kind"] == "incoming").unwrap();
    let (id, opening) = (book["id"].as_str().unwrap(), book["opening"].as_i64().unwrap());
    assert_eq!(opening, 407);
    let entries = clerk.items(&format!("registers/{id}/entries?limit=200")).await;
    let imported = entries.iter().filter(|entry| entry["state"] == "imported");
    assert_eq!(imported.filter(|entry| entry["number"].as_i64().unwrap() < opening).count(), 40);
    // What each of the roles gives: the calendar of reception, the registers of the archive, the work of accounts.
    clerk.items("my-assignments").await;
    clerk.get(&format!("calendar-resources?office={office}")).await;
}

#[tokio::test]
async fn a_folder_with_something_else_in_it_is_not_filled() {
    let folder = Folder::begun().await;
    let ran = folder.run(&["demo", "--listen", "127.0.0.1:0"], "");
    assert_eq!(ran.code, Some(78), "{ran:?}");
    assert!(ran.err.contains("and no demo") && ran.err.contains("`vanphong up`"), "{ran:?}");
}
