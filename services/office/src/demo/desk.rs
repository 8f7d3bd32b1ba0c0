//! The people of the demo at work: each signs in and calls as any client would, by a clock that the demo moves.

use std::{collections::BTreeMap, time::Duration};

use anyhow::{Context as _, Result, ensure};
use reqwest::StatusCode;
use runtime::{Clock, fresh_id};
use schema_identity::{Hidden, SignIn};
use wire::{Call, Day, Fault, Instant, Kind, Meta, Ticket, id::OfficeId};

use crate::Standalone;

/// How long an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often something is asked before the demo gives up, and how long it waits in between: a machine that is busy with
/// something else answers late, and a call with its key or a file may be sent twice without harm.
const TRIES: u32 = 5;
const PAUSE: Duration = Duration::from_secs(2);
/// A token is not used in its last seconds.
const MARGIN: Duration = Duration::from_secs(30);
/// How much time passes with each call, so that one thing visibly follows another.
const STEP: Duration = Duration::from_secs(11);
/// When an office opens, after midnight.
const MORNING: Duration = Duration::from_secs(8 * 3600 - 1800);

/// Everybody who works in the demo.
pub(crate) struct Desk<'a> {
    office: &'a Standalone,
    clock: Clock,
    http: reqwest::Client,
    passwords: BTreeMap<String, String>,
    /// The token of each, from when and until when it is good.
    tokens: BTreeMap<String, (String, Instant, Instant)>,
}

impl<'a> Desk<'a> {
    /// Nobody yet. The office runs by the same clock.
    pub(crate) fn new(office: &'a Standalone, clock: Clock) -> Result<Self> {
        // Whoever installed a provider before has installed one as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder().no_proxy().build()?;
        Ok(Self { office, clock, http, passwords: BTreeMap::new(), tokens: BTreeMap::new() })
    }

    /// A morning.
    pub(crate) fn open(&self, day: Day) {
        self.clock.set(day.start().plus(MORNING));
    }

    /// The day it is.
    pub(crate) fn today(&self) -> Day {
        self.clock.now().day()
    }

    /// Somebody who can sign in from now on.
    pub(crate) fn know(&mut self, username: &str, password: &str) {
        self.passwords.insert(username.to_owned(), password.to_owned());
    }

    /// Calls as a person.
    pub(crate) async fn ask<C: Call>(&mut self, who: &str, call: &C) -> Result<C::Reply> {
        let token = self.token(who).await?;
        let meta = Meta { token: Some(token), key: Some(fresh_id().to_string()), ..Meta::default() };
        self.clock.advance(STEP);
        let asked = self.patiently(&meta, call).await;
        asked.with_context(|| format!("`{who}` calls `{}` of `{}`", C::NAME, C::SERVICE))
    }

    async fn patiently<C: Call>(&self, meta: &Meta, call: &C) -> Result<C::Reply, Fault> {
        let mut tries = 1..TRIES;
        loop {
            match self.office.platform().bus.ask(meta, call, PATIENCE).await {
                Err(fault) if [Kind::Busy, Kind::OutOfTime].contains(&fault.kind) && tries.next().is_some() => {
                    tokio::time::sleep(PAUSE).await;
                }
                answer => return answer,
            }
        }
    }

    /// Calls as the operator of the installation.
    pub(crate) async fn ask_as_operator<C: Call>(&self, call: &C) -> Result<C::Reply> {
        self.clock.advance(STEP);
        self.office.ask(call).await.with_context(|| format!("the operator calls `{}` of `{}`", C::NAME, C::SERVICE))
    }

    /// Uploads a file through the door and gives its ticket.
    pub(crate) async fn upload(
        &mut self,
        who: &str,
        (office, purpose): (OfficeId, &str),
        name: &str,
        content: Vec<u8>,
    ) -> Result<Ticket> {
        #[derive(serde::Deserialize)]
        struct Uploaded {
            ticket: Ticket,
        }
        let origin = self.office.address().context("the door is shut")?;
        let query = [("office", office.to_string()), ("purpose", purpose.to_owned()), ("name", name.to_owned())];
        let url = reqwest::Url::parse_with_params(&format!("http://{origin}/api/v1/files"), query)?;
        let mut tries = 1..TRIES;
        loop {
            let token = self.token(who).await?;
            let answer = self.http.post(url.clone()).bearer_auth(token).body(content.clone()).send().await?;
            let status = answer.status();
            let text = answer.text().await?;
            if status.is_success() {
                return Ok(serde_json::from_str::<Uploaded>(&text)?.ticket);
            }
            let is_late = [StatusCode::SERVICE_UNAVAILABLE, StatusCode::GATEWAY_TIMEOUT].contains(&status);
            ensure!(is_late && tries.next().is_some(), "`{who}` uploads `{name}`: {status} {text}");
            tokio::time::sleep(PAUSE).await;
        }
    }

    async fn token(&mut self, who: &str) -> Result<String> {
        let now = self.clock.now();
        // The clock goes back when the next office begins its day; a token of later is good for nobody then.
        if let Some((token, from, until)) = self.tokens.get(who)
            && *from <= now
            && now < *until
        {
            return Ok(token.clone());
        }
        let password = self.passwords.get(who).with_context(|| format!("nobody is called `{who}`"))?;
        let call = SignIn { username: who.to_owned(), password: Hidden::from(password.as_str()) };
        let signed = self.patiently(&Meta::default(), &call).await;
        let tokens = signed.with_context(|| format!("`{who}` signs in"))?;
        let until = now.plus(Duration::from_secs(u64::from(tokens.expires_in))).minus(MARGIN);
        self.tokens.insert(who.to_owned(), (tokens.access_token.0.clone(), now, until));
        Ok(tokens.access_token.0)
    }
}
