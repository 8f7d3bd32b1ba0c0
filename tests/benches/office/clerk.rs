//! A clerk who registers letters at the HTTP door, as fast as they are acknowledged.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, ensure};
use reqwest::Method;
use serde_json::{Value, json};
use tests::{
    client::Client,
    staff::{PASSWORD, hire_named, office_of},
};
use tokio::task::JoinSet;

/// Where letters are registered.
pub(crate) const INCOMING: &str = "/api/v1/incoming-documents";

/// Someone who registers and assigns, at their door.
pub(crate) struct Clerk {
    door: Client,
    username: String,
    pub(crate) office: String,
    pub(crate) unit: String,
    letters: AtomicU64,
}

impl Clerk {
    /// Hires one through the API.
    pub(crate) async fn hired(door: Client, admin: &Client) -> Result<Self> {
        let office = office_of(admin).await;
        let units = admin.get(&format!("/api/v1/units?office={office}&limit=1")).await.ok();
        let unit = units["items"][0]["id"].as_str().context("the office has a unit")?.to_owned();
        let roles = ["chief_of_office", "document_clerk"];
        let (_, username) = hire_named(admin, &office, &unit, "Trần Văn Chánh", &roles, true).await;
        Ok(Self { door, username, office, unit, letters: AtomicU64::new(10_000_000) })
    }

    /// Signed in anew: a token lives for minutes, and a figure may take longer.
    pub(crate) async fn signed_in(&self) -> Result<Client> {
        self.door.sign_in(&self.username, PASSWORD).await
    }

    /// A letter that nobody has entered yet.
    pub(crate) fn letter(&self) -> Value {
        let number = self.letters.fetch_add(1, Ordering::Relaxed);
        json!({ "office": self.office, "author_body": "Văn phòng Tỉnh ủy Ví Dụ", "symbol": format!("{number}-CV/VPTU"),
            "document_day": "2026-06-18", "genre_name": "Công văn", "pages": 3, "disposition": "to_process",
            "summary": "V/v chuẩn bị nội dung làm việc với Thường trực Tỉnh ủy về tình hình quý III" })
    }

    /// Registers one letter and gives what was answered.
    pub(crate) async fn register(&self, person: &Client) -> Result<Value> {
        let key = runtime::fresh_id().to_string();
        let headers = [("Idempotency-Key", key.as_str())];
        let answer = person.try_send(Method::POST, INCOMING, Some(self.letter()), &headers).await?;
        ensure!(answer.status.is_success(), "a letter was not registered: {} {}", answer.status, answer.body);
        Ok(answer.body)
    }

    /// How many letters a second this many clients register, each the next one as soon as the last is acknowledged;
    /// and how many were.
    pub(crate) async fn rate(self: &Arc<Self>, clients: usize, within: Duration) -> Result<(f64, u64)> {
        let person = self.signed_in().await?;
        let (begun, mut working) = (Instant::now(), JoinSet::new());
        for _ in 0..clients {
            let (clerk, person) = (Arc::clone(self), person.clone());
            working.spawn(async move {
                let mut done = 0_u64;
                while begun.elapsed() < within {
                    clerk.register(&person).await?;
                    done += 1;
                }
                anyhow::Ok(done)
            });
        }
        let done = working.join_all().await.into_iter().sum::<Result<u64>>()?;
        Ok((done as f64 / begun.elapsed().as_secs_f64(), done))
    }
}
