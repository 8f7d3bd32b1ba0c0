//! Programs that are not ours: veraPDF says whether a file is PDF/A-2b and PDF/UA-1, poppler reads its words and fonts.

use std::{fs, path::Path, process::Command};

use tempfile::TempDir;

/// What veraPDF needs besides itself.
const JAXB: [&str; 8] = [
    "jaxb-api",
    "jaxb-runtime",
    "jaxb-core",
    "istack-commons-runtime",
    "txw2",
    "stax-ex",
    "FastInfoset",
    "javax.activation",
];

/// Files to be judged.
pub(crate) struct Files {
    folder: TempDir,
    names: Vec<String>,
}

impl Files {
    pub(crate) fn new() -> Self {
        Self { folder: testbed::dir::temp().unwrap(), names: Vec::new() }
    }

    pub(crate) fn add(&mut self, name: &str, pdf: &[u8]) {
        let name = format!("{name}.pdf");
        fs::write(self.folder.path().join(&name), pdf).unwrap();
        self.names.push(name);
    }

    /// What veraPDF says of all of them: nothing when each is both.
    pub(crate) fn complaints(&self) -> String {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let verapdf = root.join("../../target/servers/verapdf/verapdf.jar");
        assert!(verapdf.exists(), "run `./test servers` first: `{}` is missing", verapdf.display());
        let mut path: Vec<_> = JAXB.iter().map(|name| format!("/usr/share/java/{name}.jar")).collect();
        path.push(verapdf.display().to_string());
        let output = Command::new("java")
            .args(["-Xmx1g", "-cp", &path.join(":")])
            .arg(root.join("tests/verapdf/Judge.java"))
            .args(&self.names)
            .current_dir(self.folder.path())
            .output()
            .expect("java");
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        let judged = told.lines().filter(|line| line.starts_with("PASS ") || line.starts_with("FAIL ")).count();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(judged, self.names.len() * 2, "veraPDF did not judge every file: {told}{errors}");
        told.lines().filter(|line| !line.starts_with("PASS ")).map(|line| format!("{line}\n")).collect()
    }
}

/// The words of a PDF as pdftotext reads them, a line for each line of the page.
pub(crate) fn words(pdf: &[u8]) -> String {
    poppler("pdftotext", &["-layout"], &["-"], pdf)
}

/// A word and where it stands on its page, in points from the upper left corner.
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) top: f64,
    pub(crate) bottom: f64,
}

/// The words of each page and where they stand.
pub(crate) fn boxes(pdf: &[u8]) -> Vec<Vec<Word>> {
    let told = poppler("pdftotext", &["-bbox"], &["-"], pdf);
    let word = |line: &str| {
        let number =
            |name: &str| -> Option<f64> { line.split_once(&format!("{name}=\""))?.1.split_once('"')?.0.parse().ok() };
        let text = line.split_once("\">")?.1.strip_suffix("</word>")?.to_owned();
        let (left, right) = (number("xMin")?, number("xMax")?);
        Some(Word { text, left, right, top: number("yMin")?, bottom: number("yMax")? })
    };
    told.split("<page ").skip(1).map(|page| page.lines().filter_map(word).collect()).collect()
}

/// A table of the fonts of a PDF.
pub(crate) fn fonts(pdf: &[u8]) -> String {
    poppler("pdffonts", &[], &[], pdf)
}

fn poppler(program: &str, before: &[&str], after: &[&str], pdf: &[u8]) -> String {
    let folder = testbed::dir::temp().unwrap();
    let file = folder.path().join("paper.pdf");
    fs::write(&file, pdf).unwrap();
    let output = Command::new(program).args(before).arg(&file).args(after).output().expect(program);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}
