//! A time-stamp authority made of OpenSSL, called or asked over HTTP.

use std::{fs, path::Path, process::Command};

use pades::{Certificate, Subject, TrialAuthority};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// An authority for time stamps: OpenSSL with a certificate of the trial authority.
pub struct Stamper {
    folder: TempDir,
    /// The certificate of the authority.
    pub certificate: Certificate,
}

const SETTINGS: &str = "
[tsa]
default_tsa = own
[own]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1
ordering = no
tsa_name = no
ess_cert_id_chain = yes
ess_cert_id_alg = sha256
";

impl Stamper {
    /// OpenSSL stamps with the clock of the machine, so the authority must hold at that time.
    pub fn of(authority: &mut TrialAuthority) -> Self {
        let subject = Subject::Stamper { name: "Dấu thời gian thử nghiệm" };
        let issued = authority.issue(&subject, clock()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, content: &[u8]| fs::write(folder.path().join(name), content).unwrap();
        write("key.pem", issued.key.as_bytes());
        write("own.der", issued.certificate.der());
        write("root.der", authority.certificate().der());
        write("tsa.cnf", SETTINGS.as_bytes());
        write("serial", b"01");
        for name in ["own", "root"] {
            run(
                folder.path(),
                &["x509", "-inform", "DER", "-in", &format!("{name}.der"), "-out", &format!("{name}.pem")],
            );
        }
        Self { folder, certificate: issued.certificate }
    }

    /// Answers over HTTP until the handle is aborted.
    pub fn serve(self, listener: TcpListener) -> JoinHandle<()> {
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                self.answer_one(stream).await;
            }
        })
    }

    async fn answer_one(&self, mut stream: TcpStream) {
        let (mut read, mut chunk) = (Vec::new(), [0; 4096]);
        let body = loop {
            let count = stream.read(&mut chunk).await.unwrap();
            read.extend_from_slice(&chunk[..count]);
            let Some(end) = read.windows(4).position(|bytes| bytes == b"\r\n\r\n") else { continue };
            let head = String::from_utf8_lossy(&read[..end]).to_lowercase();
            assert!(head.contains("content-type: application/timestamp-query"), "{head}");
            let length = head.split("content-length: ").nth(1).and_then(|rest| rest.lines().next()).unwrap();
            let length: usize = length.trim().parse().unwrap();
            if read.len() >= end + 4 + length {
                break read[end + 4..].to_vec();
            }
        };
        let answer = self.answer(&body);
        let head =
            "HTTP/1.1 200 OK\r\ncontent-type: application/timestamp-reply\r\nconnection: close\r\ncontent-length: ";
        let head = format!("{head}{}\r\n\r\n", answer.len());
        stream.write_all(&[head.as_bytes(), &answer].concat()).await.unwrap();
    }

    /// What the authority answers to a request.
    pub fn answer(&self, request: &[u8]) -> Vec<u8> {
        let folder = self.folder.path();
        fs::write(folder.join("q.tsq"), request).unwrap();
        let reply = ["ts", "-reply", "-config", "tsa.cnf", "-queryfile", "q.tsq", "-inkey", "key.pem"];
        run(folder, &[&reply[..], &["-signer", "own.pem", "-chain", "root.pem", "-out", "r.tsr"]].concat());
        fs::read(folder.join("r.tsr")).unwrap()
    }
}

fn run(folder: &Path, arguments: &[&str]) {
    let run = Command::new("openssl").args(arguments).current_dir(folder).output().unwrap();
    assert!(run.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&run.stderr));
}

/// The clock of the machine, which OpenSSL reads.
pub fn clock() -> wire::Instant {
    let said = Command::new("date").args(["-u", "+%Y-%m-%dT%H:%M:%SZ"]).output().unwrap();
    String::from_utf8(said.stdout).unwrap().trim().parse().unwrap()
}
