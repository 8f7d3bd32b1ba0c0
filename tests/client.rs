//! A client at the HTTP door, as any other system would write it.

use reqwest::{Method, StatusCode, header};
use serde_json::{Value, json};

/// A client, signed in or not.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    base: String,
    token: Option<String>,
}

/// An answer: status, headers and JSON body (null when there is none).
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: header::HeaderMap,
    /// The body.
    pub body: Value,
}

impl Answer {
    /// The body of a success; anything else fails the test and shows what was said.
    #[track_caller]
    pub fn ok(self) -> Value {
        assert!(self.status.is_success(), "{} {}", self.status, self.body);
        self.body
    }

    /// The code of a refusal.
    #[track_caller]
    pub fn code(&self) -> &str {
        assert!(!self.status.is_success(), "expected a refusal, got {} {}", self.status, self.body);
        self.body["code"].as_str().unwrap_or_default()
    }
}

impl Client {
    /// Nobody yet, at a door such as `http://127.0.0.1:8080`.
    #[must_use]
    pub fn new(base: &str) -> Self {
        Self::built(base, builder()).expect("an HTTP client")
    }

    /// Nobody yet, at a door whose certificate comes from this authority (PEM).
    ///
    /// # Errors
    /// When it is not a certificate.
    pub fn trusting(base: &str, root: &[u8]) -> anyhow::Result<Self> {
        let root = reqwest::Certificate::from_pem(root)?;
        Ok(Self::built(base, builder().tls_certs_only([root]))?)
    }

    /// The same door, and nobody signed in.
    #[must_use]
    pub fn nobody(&self) -> Self {
        Self { token: None, ..self.clone() }
    }

    fn built(base: &str, http: reqwest::ClientBuilder) -> reqwest::Result<Self> {
        Ok(Self { http: http.build()?, base: base.trim_end_matches('/').to_owned(), token: None })
    }

    /// Signs in.
    ///
    /// # Errors
    /// When the door cannot be reached or refuses.
    pub async fn sign_in(&self, username: &str, password: &str) -> anyhow::Result<Self> {
        let answer = self
            .try_send(Method::POST, "/api/v1/sign-in", Some(json!({ "username": username, "password": password })), &[])
            .await?;
        let token = answer.body["access_token"].as_str().map(str::to_owned);
        anyhow::ensure!(token.is_some(), "not signed in: {} {}", answer.status, answer.body);
        Ok(Self { token, ..self.clone() })
    }

    /// The address of a path at this door.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// The access token.
    #[must_use]
    pub fn token(&self) -> &str {
        self.token.as_deref().unwrap_or_default()
    }

    /// The plain HTTP client, for what is not JSON.
    #[must_use]
    pub fn http(&self) -> &reqwest::Client {
        &self.http
    }

    /// Reads.
    pub async fn get(&self, path: &str) -> Answer {
        self.try_send(Method::GET, path, None, &[]).await.expect("an answer")
    }

    /// Changes, with a fresh idempotency key.
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        let key = runtime::fresh_id().to_string();
        self.try_send(Method::POST, path, Some(body), &[("Idempotency-Key", &key)]).await.expect("an answer")
    }

    /// Any request with any headers.
    ///
    /// # Errors
    /// When the door cannot be reached or answers something that is neither JSON nor empty.
    pub async fn try_send(
        &self,
        method: Method,
        path: &str,
        body: Option<Value>,
        headers: &[(&str, &str)],
    ) -> anyhow::Result<Answer> {
        let mut request = self.http.request(method, self.url(path));
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        let response = request.send().await?;
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = response.bytes().await?;
        let body = if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes)? };
        Ok(Answer { status, headers, body })
    }

    /// Uploads a file and gives its ticket.
    pub async fn upload(&self, office: &str, purpose: &str, name: &str, content: Vec<u8>) -> Value {
        let url = self.url("/api/v1/files");
        let query = [("office", office), ("purpose", purpose), ("name", name)];
        let url = reqwest::Url::parse_with_params(&url, query).expect("an address");
        let request = self.http.post(url).bearer_auth(self.token()).body(content);
        let response = request.send().await.expect("an answer");
        let status = response.status();
        let body: Value = response.json().await.expect("JSON");
        assert!(status.is_success(), "{status} {body}");
        body
    }
}

fn builder() -> reqwest::ClientBuilder {
    // Whoever else installed a provider first is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy()
}
