//! A small mail server: it takes every mail, or says that it cannot just now, or that it never will.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use testbed::process::until;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// A mail as it came in.
#[derive(Clone, Debug)]
pub(crate) struct Mail {
    pub(crate) to: String,
    /// Headers and body.
    pub(crate) raw: String,
}

#[derive(Default)]
struct State {
    taken: Vec<Mail>,
    refused: Vec<Mail>,
    /// The user and the password that were named last.
    credentials: Option<(String, String)>,
    /// The answers to the next mails, before mails are taken again.
    answers: Vec<&'static str>,
}

/// The server; dropped, it is gone.
pub(crate) struct Server {
    pub(crate) url: String,
    state: Arc<Mutex<State>>,
    task: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Server {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let state = Arc::<Mutex<State>>::default();
        let kept = Arc::clone(&state);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // Whoever hangs up in the middle of a sentence has sent nothing.
                let _ = speak(stream, &kept).await;
            }
        });
        Self { url, state, task }
    }

    /// Answers the next mail so instead of taking it.
    pub(crate) fn answer(&self, answer: &'static str) {
        self.state.lock().unwrap().answers.push(answer);
    }

    pub(crate) fn taken(&self) -> Vec<Mail> {
        self.state.lock().unwrap().taken.clone()
    }

    pub(crate) fn credentials(&self) -> Option<(String, String)> {
        self.state.lock().unwrap().credentials.clone()
    }

    pub(crate) fn refused(&self) -> Vec<Mail> {
        self.state.lock().unwrap().refused.clone()
    }

    /// Waits until so many mails were refused.
    pub(crate) async fn refusal(&self, number: usize) {
        let found =
            until("a refusal", Duration::from_secs(30), || async { (self.refused().len() >= number).then_some(()) });
        found.await.unwrap();
    }

    /// Waits until so many mails were taken, and gives the last.
    pub(crate) async fn mail(&self, number: usize) -> Mail {
        let found = until("a mail", Duration::from_secs(30), || async {
            let taken = self.taken();
            (taken.len() >= number).then(|| taken[number - 1].clone())
        });
        found.await.unwrap()
    }
}

async fn speak(stream: TcpStream, state: &Mutex<State>) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 mail.example ready\r\n").await?;
    let mut to = String::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let answer = match line.split_whitespace().next().unwrap_or_default() {
            "EHLO" => "250-mail.example\r\n250 AUTH PLAIN",
            "AUTH" => {
                state.lock().unwrap().credentials = credentials(&line);
                "235 welcome"
            }
            "MAIL" => "250 fine",
            "RCPT" => {
                to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                "250 fine"
            }
            "DATA" => {
                stream.write_all(b"354 go on\r\n").await?;
                let raw = body(&mut stream).await?;
                take(state, Mail { to: to.clone(), raw })
            }
            "QUIT" => "221 bye",
            _ => "502 what",
        };
        stream.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
}

async fn body(stream: &mut BufReader<TcpStream>) -> std::io::Result<String> {
    let mut raw = String::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await?;
        if line == ".\r\n" {
            return Ok(raw);
        }
        raw.push_str(line.strip_prefix("..").map_or(line.as_str(), |_| &line[1..]));
    }
}

/// What `AUTH PLAIN` says (RFC 4616).
fn credentials(line: &str) -> Option<(String, String)> {
    let plain = STANDARD.decode(line.trim().rsplit(' ').next()?).ok()?;
    let plain = String::from_utf8(plain).ok()?;
    let (user, password) = plain.strip_prefix('\0')?.split_once('\0')?;
    Some((user.to_owned(), password.to_owned()))
}

fn take(state: &Mutex<State>, mail: Mail) -> &'static str {
    let mut state = state.lock().unwrap();
    if state.answers.is_empty() {
        state.taken.push(mail);
        return "250 taken";
    }
    state.refused.push(mail);
    state.answers.remove(0)
}

impl Mail {
    /// The value of a header, on one line.
    pub(crate) fn header(&self, name: &str) -> String {
        let headers = self.raw.split("\r\n\r\n").next().unwrap().replace("\r\n ", " ");
        let start = format!("{name}: ");
        headers.lines().find_map(|line| line.strip_prefix(&start)).unwrap_or_default().to_owned()
    }

    /// The text as its reader sees it.
    pub(crate) fn text(&self) -> String {
        let body = self.raw.split_once("\r\n\r\n").unwrap().1;
        let bytes = match self.header("Content-Transfer-Encoding").as_str() {
            "base64" => STANDARD.decode(body.replace("\r\n", "")).unwrap(),
            "quoted-printable" => quoted(body),
            _ => body.as_bytes().to_vec(),
        };
        String::from_utf8(bytes).unwrap().replace("\r\n", "\n")
    }
}

fn quoted(body: &str) -> Vec<u8> {
    let body = body.replace("=\r\n", "");
    let mut parts = body.split('=');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
        bytes.extend(&part.as_bytes()[2..]);
    }
    bytes
}
