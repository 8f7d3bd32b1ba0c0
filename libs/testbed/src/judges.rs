//! Programs that are not ours, asked about signatures: pyHanko, and pdfsig, whose exit code says nothing, so that its text
//! counts.

use std::{fs, path::Path, process::Command};

use pades::Certificate;
use tempfile::TempDir;

use crate::stamper::clock;

const PYHANKO: &str = include_str!("pyhanko.py");

/// A folder with a trusted root, in the forms in which the programs want it.
pub struct Judges {
    folder: TempDir,
}

impl Judges {
    /// Whom they trust.
    pub fn new(root: &Certificate) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("root.der"), root.der()).unwrap();
        let bench = Self { folder };
        bench.run("openssl", &["x509", "-inform", "DER", "-in", "root.der", "-out", "root.pem"]);
        bench.run("certutil", &["-N", "-d", "sql:.", "--empty-password"]);
        bench.run("certutil", &["-A", "-d", "sql:.", "-n", "root", "-t", "CT,C,C", "-i", "root.pem"]);
        bench
    }

    /// Runs a program in the folder.
    pub fn run(&self, program: &str, arguments: &[&str]) -> String {
        let servers = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/servers/pyhanko");
        let mut command = Command::new(program);
        command.args(arguments).current_dir(self.folder.path()).env("PYTHONPATH", servers).env("LC_ALL", "C.UTF-8");
        let run = command.output().unwrap_or_else(|error| panic!("`{program}` is missing ({error}): `./test servers`"));
        assert!(run.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&run.stderr));
        String::from_utf8_lossy(&run.stdout).into_owned()
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Puts a file there.
    pub fn write(&self, name: &str, content: &[u8]) {
        fs::write(self.path().join(name), content).unwrap();
    }

    fn put(&self, pdf: &[u8]) {
        fs::write(self.folder.path().join("file.pdf"), pdf).unwrap();
    }

    /// A line for each signature of each of these files, with the name of the file before it.
    pub fn pyhanko_all(&self, names: &[String]) -> Vec<String> {
        let now = clock().to_string();
        let mut arguments = vec!["-c", PYHANKO, "root.pem", &now];
        arguments.extend(names.iter().map(String::as_str));
        self.run("python3", &arguments).lines().map(str::to_owned).collect()
    }

    /// A line for each signature.
    pub fn pyhanko(&self, pdf: &[u8]) -> Vec<String> {
        self.put(pdf);
        let said = self.pyhanko_all(&["file.pdf".to_owned()]);
        said.iter().filter_map(|line| Some(line.split_once(' ')?.1.to_owned())).collect()
    }

    /// For each signature, whether it and its certificate hold.
    pub fn pdfsig(&self, pdf: &[u8]) -> Vec<(bool, bool)> {
        self.put(pdf);
        let said = self.run("pdfsig", &["-nssdir", "sql:.", "file.pdf"]);
        let parts = said.split("Signature #").skip(1);
        parts
            .map(|part| {
                (
                    part.contains("Signature Validation: Signature is Valid."),
                    part.contains("Certificate Validation: Certificate is Trusted."),
                )
            })
            .collect()
    }
}
