//! Pictures of first pages that people have looked at and agreed to; `BLESS=1` keeps what is drawn now, to be looked at anew.
//! Cells of several points are compared, so that letters drawn a little otherwise by another Poppler count for nothing, and
//! what stands in another place counts in every cell of it.

use std::{fs, io::BufReader, path::PathBuf, process::Command};

use futures_util::TryStreamExt as _;
use schema_forms::{DownloadSpecimen, FormKind};

use crate::office::{Office, day};

/// Points of a page on each side of a cell.
const CELL: usize = 4;
/// How far a cell may be from the agreed one, of 255, and how many of a thousand may be further.
const NEAR: u8 = 40;
const FURTHER: usize = 6;

/// What is drawn: a name, the form, the genre of a document, and the day whose rules hold.
const PICTURES: [(&str, FormKind, Option<&str>, &str); 14] = [
    ("resolution", FormKind::Document, Some("resolution"), "2026-11-20"),
    ("resolution-2020", FormKind::Document, Some("resolution"), "2020-01-01"),
    ("decision", FormKind::Document, Some("decision"), "2026-11-20"),
    ("official-letter", FormKind::Document, Some("official_letter"), "2026-11-20"),
    ("notice", FormKind::Document, Some("notice"), "2026-11-20"),
    ("minutes", FormKind::Document, Some("minutes"), "2026-11-20"),
    ("certified-copy", FormKind::Document, Some("certified_copy"), "2026-11-20"),
    ("introduction-paper", FormKind::Document, Some("introduction_paper"), "2026-11-20"),
    ("incoming-register", FormKind::IncomingRegister, None, "2026-11-20"),
    ("outgoing-register", FormKind::OutgoingRegister, None, "2026-11-20"),
    ("secret-book", FormKind::SecretBook, None, "2026-11-20"),
    ("arrival-stamp", FormKind::ArrivalStamp, None, "2026-11-20"),
    ("routing-slip", FormKind::RoutingSlip, None, "2026-11-20"),
    ("receipt", FormKind::Receipt, None, "2026-11-20"),
];

/// A picture in shades of grey.
#[derive(Debug, PartialEq, Eq)]
struct Grey {
    width: usize,
    height: usize,
    cells: Vec<u8>,
}

#[tokio::test]
async fn first_pages_look_as_agreed() {
    let office = Office::plain().await;
    let own = office.bench.office();
    let person = office.bench.person(&[(own, &[])]);
    let mut differ = Vec::new();
    for (name, form, genre, on) in PICTURES {
        let call = DownloadSpecimen { form, office: own, genre: genre.map(str::to_owned), day: Some(day(on)) };
        let found = person.call(&call).await.unwrap();
        let area = office.bench.platform.blobs.area("forms", &own.to_string()).unwrap();
        let content = area.open(&found.sha256, None).await.unwrap();
        let pdf: Vec<bytes::Bytes> = content.bytes.try_collect().await.unwrap();
        let seen = drawn(&pdf.concat());
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/pictures/{name}.png"));
        if std::env::var_os("BLESS").is_some() {
            keep(&path, &seen);
        }
        let apart = apart(&kept(&path), &seen);
        if apart > FURTHER {
            differ.push(format!("{name}: {apart} cells of a thousand"));
        }
    }
    assert!(differ.is_empty(), "these look otherwise; look at them, then BLESS=1: {differ:?}");
    office.bench.finish().await;
}

/// The first page of a PDF as Poppler draws it, a value for each cell.
fn drawn(pdf: &[u8]) -> Grey {
    let folder = testbed::dir::temp().unwrap();
    let file = folder.path().join("paper.pdf");
    fs::write(&file, pdf).unwrap();
    let command = ["-r", "72", "-gray", "-f", "1", "-l", "1", "-singlefile"];
    let output = Command::new("pdftoppm").args(command).arg(&file).output().expect("pdftoppm");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let whole = pgm(&output.stdout);
    let (width, height) = (whole.width / CELL, whole.height / CELL);
    let cell = |at: usize| {
        let (left, top) = (at % width * CELL, at / width * CELL);
        let points = (0..CELL * CELL).map(|point| (top + point / CELL) * whole.width + left + point % CELL);
        let sum: usize = points.map(|point| usize::from(whole.cells[point])).sum();
        u8::try_from(sum / (CELL * CELL)).unwrap()
    };
    Grey { width, height, cells: (0..width * height).map(cell).collect() }
}

/// A picture as Poppler writes it: `P5`, width, height, 255, then a byte for each point.
fn pgm(bytes: &[u8]) -> Grey {
    let mut rest = bytes;
    let mut word = || {
        let end = rest.iter().position(u8::is_ascii_whitespace).unwrap();
        let word = std::str::from_utf8(&rest[..end]).unwrap().to_owned();
        rest = &rest[end + 1..];
        word
    };
    assert_eq!(word(), "P5");
    let (width, height) = (word().parse().unwrap(), word().parse().unwrap());
    assert_eq!(word(), "255");
    Grey { width, height, cells: rest.to_vec() }
}

fn keep(path: &std::path::Path, picture: &Grey) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let (width, height) = (u32::try_from(picture.width).unwrap(), u32::try_from(picture.height).unwrap());
    let mut encoder = png::Encoder::new(fs::File::create(path).unwrap(), width, height);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.write_header().unwrap().write_image_data(&picture.cells).unwrap();
}

fn kept(path: &std::path::Path) -> Grey {
    let file = fs::File::open(path).unwrap_or_else(|_| panic!("`{}` was never agreed: BLESS=1", path.display()));
    let mut reader = png::Decoder::new(BufReader::new(file)).read_info().unwrap();
    let (width, height) = (reader.info().width as usize, reader.info().height as usize);
    let mut cells = vec![0; width * height];
    reader.next_frame(&mut cells).unwrap();
    Grey { width, height, cells }
}

/// How many cells of a thousand are further from the agreed ones than letters can bring them.
fn apart(agreed: &Grey, seen: &Grey) -> usize {
    assert_eq!((agreed.width, agreed.height), (seen.width, seen.height), "the page has another size");
    let far = agreed.cells.iter().zip(&seen.cells).filter(|(one, other)| one.abs_diff(**other) > NEAR);
    far.count() * 1000 / agreed.cells.len()
}

#[test]
fn a_line_that_moved_is_seen() {
    let page = |at: usize| {
        let dark = |cell: usize| if cell / 100 == at { 60 } else { 255 };
        Grey { width: 100, height: 140, cells: (0..14_000).map(dark).collect() }
    };
    assert_eq!(apart(&page(20), &page(20)), 0);
    assert!(apart(&page(20), &page(22)) > FURTHER);
}
