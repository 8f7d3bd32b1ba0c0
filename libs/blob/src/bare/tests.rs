//! Pictures made and spoilt: what was written into them never comes out, what draws them always does.

use proptest::prelude::*;
use proptest::sample::Index;

use super::*;

/// What nobody may see.
const CANARY: &[u8] = b"GPS 19.8067,105.7852 Le Van Vi Du";

/// What is shown of a file.
fn show(format: Format, file: &[u8]) -> Result<Vec<u8>, Malformed> {
    plan(format, file).map(|plan| run(&plan, file))
}

fn plan(format: Format, file: &[u8]) -> Result<Plan, Malformed> {
    let mut planner = Planner::new(format, file.len() as u64).unwrap();
    let mut seen = 0..0;
    loop {
        match planner.step(&file[seen])? {
            Step::Done(plan) => return Ok(plan),
            Step::Look(range) => seen = range.start as usize..range.end as usize,
        }
    }
}

fn run(plan: &Plan, file: &[u8]) -> Vec<u8> {
    let bytes = plan.pieces.iter().flat_map(|piece| match piece {
        Piece::Copy(range) => file[range.start as usize..range.end as usize].to_vec(),
        Piece::Made(bytes) => bytes.to_vec(),
        Piece::Zeros(length) => vec![0; *length as usize],
    });
    bytes.collect()
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

fn segment(kind: u8, content: &[&[u8]]) -> Vec<u8> {
    let content = content.concat();
    [&[0xff, kind], (content.len() as u16 + 2).to_be_bytes().as_slice(), &content].concat()
}

/// Exif that says how the camera was turned, and the canary.
fn exif(turn: u8) -> Vec<u8> {
    let directory = b"MM\0*\0\0\0\x08\0\x02\x01\x0e\0\x02\0\0\0\x20\0\0\0\x26\x01\x12\0\x03\0\0\0\x01\0";
    segment(0xe1, &[b"Exif\0\0", directory, &[turn, 0, 0, 0, 0, 0, 0], CANARY])
}

fn chunk(kind: &[u8], content: &[u8]) -> Vec<u8> {
    [&(content.len() as u32).to_be_bytes(), kind, content, b"sums"].concat()
}

const HEADER: &[u8] = &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0];

fn jpeg(before: &[Vec<u8>], scans: &[Vec<u8>], between: &[Vec<u8>]) -> Vec<u8> {
    let mut file = [&[0xff, 0xd8][..], &before.concat(), &segment(0xc0, &[b"frame"])].concat();
    for scan in scans {
        file.extend(between.concat());
        file.extend(segment(0xda, &[b"scan"]));
        file.extend(scan);
    }
    [file, vec![0xff, 0xd9]].concat()
}

/// A TIFF in either order: entries are tag, kind, count and value; values longer than four bytes follow behind.
fn tiff(big: bool, entries: &[(u16, u16, u32, Vec<u8>)], strip: &[u8]) -> Vec<u8> {
    let order = if big { tiff_entry::Order::Big } else { tiff_entry::Order::Little };
    let head: &[u8] = if big { b"MM\0*" } else { b"II*\0" };
    let strip_at = 8 + 2 + 12 * (entries.len() + 2) + 4;
    let mut entries = entries.to_vec();
    entries.push((273, 4, 1, order.of_long(strip_at as u32).to_vec()));
    entries.push((279, 4, 1, order.of_long(strip.len() as u32).to_vec()));
    entries.sort_by_key(|entry| entry.0);
    let mut file = [head, &order.of_long(8), &order.of_short(entries.len() as u16)].concat();
    let mut behind = strip.to_vec();
    for (tag, kind, count, value) in entries {
        file.extend([order.of_short(tag), order.of_short(kind)].concat());
        file.extend(order.of_long(count));
        if value.len() <= 4 {
            file.extend(value.iter().chain(&[0; 4]).take(4));
        } else {
            file.extend(order.of_long((strip_at + behind.len()) as u32));
            behind.extend(value);
        }
    }
    [file, vec![0; 4], behind, CANARY.to_vec()].concat()
}

#[test]
fn a_jpeg_keeps_its_picture_its_colours_and_its_turn() {
    let jfif = segment(0xe0, &[b"JFIF\0\x01\x02\x01\0\x48\0\x48\x01\x01", b"rgb"]);
    let profile = segment(0xe2, &[b"ICC_PROFILE\0\x01\x01profile"]);
    let adobe = segment(0xee, &[b"Adobe\0\x64\0\0\0\0\x01", CANARY]);
    let parts = [jfif, exif(6), profile.clone(), segment(0xed, &[CANARY]), segment(0xfe, &[CANARY]), adobe];
    let scan = vec![b"\x01\xff\x00\x02\xff\xd0\x03".to_vec()];
    let file = jpeg(&parts, &scan, &[segment(0xdb, &[b"table"])]);
    let shown = show(Format::Jpeg, &[&file[..], b"\xff\xd8preview", CANARY].concat()).unwrap();
    let turn = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let expected = [
        segment(0xe0, &[b"JFIF\0\x01\x02\x01\0\x48\0\x48\0\0"]),
        segment(0xe1, &[turn]),
        profile,
        segment(0xee, &[b"Adobe\0\x64\0\0\0\0\x01"]),
    ];
    assert_eq!(shown, jpeg(&expected, &scan, &[segment(0xdb, &[b"table"])]));
    for upright in [0, 1, 9] {
        assert!(!holds(&show(Format::Jpeg, &jpeg(&[exif(upright)], &scan, &[])).unwrap(), b"Exif"), "{upright}");
    }
}

#[test]
fn what_is_not_understood_is_refused_and_a_scan_cut_off_is_ended() {
    let file = jpeg(&[exif(6)], &[b"data".to_vec()], &[]);
    let cut = &file[..file.len() - 4];
    assert_eq!(show(Format::Jpeg, cut).unwrap(), show(Format::Jpeg, &[cut, b"\xff\xd9"].concat()).unwrap());
    for bad in [&file[..30], &file[1..], b"\xff\xd8\xff", b"\xff\xd8\xff\xe1\0\x01", b"\xff\xd8oops", b""] {
        assert!(show(Format::Jpeg, bad).is_err(), "{bad:?}");
    }
    let png = [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", HEADER), chunk(b"IEND", b"")].concat();
    for bad in [&png[..png.len() - 1], &png[..33], &png[..12], &png[8..], &[]] {
        assert!(show(Format::Png, bad).is_err(), "{bad:?}");
    }
    let good = tiff(true, &[], b"strip");
    let endless = {
        let mut file = good.clone();
        file[34..38].copy_from_slice(&8_u32.to_be_bytes());
        file
    };
    // A strip as long as the file would show everything.
    let greedy = {
        let mut file = good.clone();
        file[18..22].copy_from_slice(&0_u32.to_be_bytes());
        file[30..34].copy_from_slice(&60_u32.to_be_bytes());
        file
    };
    for bad in [&good[..30], &good[..40], b"MM\0+\0\0\0\x08", endless.as_slice(), greedy.as_slice()] {
        assert!(show(Format::Tiff, bad).is_err(), "{bad:?}");
    }
    assert!(Planner::new(Format::Pdf, 9).is_none() && !covers(Format::Pdf));
}

#[test]
fn a_reduced_copy_of_a_page_and_the_directories_below_it_are_left_out() {
    let entries = [(256, 3, 1, vec![0, 1]), (34665, 4, 1, vec![0, 0, 0, 100]), (34853, 4, 1, vec![0, 0, 0, 100])];
    let mut file = tiff(true, &entries, b"the page");
    let second = file.len() as u32;
    file[70..74].copy_from_slice(&second.to_be_bytes());
    let copy = [(254_u16, 1_u32), (273, 8), (279, 8)];
    file.extend([0, 3]);
    copy.iter().for_each(|(tag, value)| {
        file.extend([&tag.to_be_bytes()[..], b"\0\x04\0\0\0\x01", &value.to_be_bytes()].concat())
    });
    file.extend([0; 4]);
    let shown = show(Format::Tiff, &file).unwrap();
    assert_eq!(shown.len(), 74 + 8);
    assert_eq!(&shown[8..10], [0, 3], "width, place and length of the strip");
    assert_eq!(&shown[46..50], [0; 4], "no further page");
    assert!(shown[50..74].iter().all(|byte| *byte == 0) && shown.ends_with(b"the page"));
}

fn quiet_bytes() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(0_u8..0xff, 0..300)
}

proptest! {
    #[test]
    fn nothing_written_into_a_jpeg_comes_out(
        kinds in prop::collection::vec(prop::sample::select(vec![0xe0_u8, 0xe1, 0xe2, 0xe3, 0xec, 0xed, 0xef, 0xfe]), 0..8),
        scans in prop::collection::vec(quiet_bytes(), 1..4),
        lead in prop::sample::select(vec![&b""[..], b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/\0", b"MPF\0", b"JFXX\0"]),
    ) {
        let written: Vec<Vec<u8>> = kinds.iter().map(|kind| segment(*kind, &[lead, CANARY])).collect();
        let file = [jpeg(&written, &scans, &written), CANARY.to_vec()].concat();
        let shown = show(Format::Jpeg, &file).unwrap();
        prop_assert!(!holds(&shown, CANARY));
        prop_assert_eq!(shown, jpeg(&[], &scans, &[]));
    }

    #[test]
    fn nothing_written_into_a_png_comes_out(
        kinds in prop::collection::vec(prop::sample::select(
            vec![b"eXIf", b"tEXt", b"iTXt", b"zTXt", b"tIME", b"gAMA", b"sPLT", b"prVt", b"CgBI"]), 0..8),
        data in prop::collection::vec(quiet_bytes(), 1..4),
    ) {
        let written: Vec<u8> = kinds.iter().flat_map(|kind| chunk(*kind, CANARY)).collect();
        let picture: Vec<u8> = data.iter().flat_map(|data| chunk(b"IDAT", data)).collect();
        let file = |written: &[u8], behind: &[u8]| [
            b"\x89PNG\r\n\x1a\n", &chunk(b"IHDR", HEADER)[..], &chunk(b"gAMA", b"\0\0\0\x01"), written, &picture,
            written, &chunk(b"IEND", b""), behind,
        ].concat();
        prop_assert_eq!(show(Format::Png, &file(&written, CANARY)).unwrap(), file(b"", b""));
    }

    #[test]
    fn nothing_written_into_a_tiff_comes_out(
        big: bool,
        tags in prop::collection::btree_set(
            prop::sample::select(vec![270_u16, 271, 272, 305, 306, 315, 316, 333, 269, 285, 297, 262, 700, 33432, 33723, 34377, 42112, 50000]),
            0..8),
        strip in quiet_bytes().prop_filter("a strip", |strip| strip.len() > 4),
    ) {
        let words = |tag: &u16| (*tag, if *tag == 700 { 1 } else { 2 }, CANARY.len() as u32, CANARY.to_vec());
        let mut entries: Vec<_> = tags.iter().map(words).collect();
        let resolution = vec![0, 0, 0, 72, 0, 0, 0, 1];
        entries.push((282, 5, 1, resolution.clone()));
        let file = tiff(big, &entries, &strip);
        let shown = show(Format::Tiff, &file).unwrap();
        prop_assert!(!holds(&shown, &CANARY[..8]));
        let strip_at = 8 + 2 + 12 * (entries.len() + 2) + 4;
        prop_assert_eq!(&shown[strip_at..strip_at + strip.len()], &strip[..]);
        prop_assert!(shown.ends_with(&resolution), "what is kept stays in its place");
        prop_assert_eq!(show(Format::Tiff, &shown).unwrap(), shown, "what is bare stays as it is");
    }

    /// Whatever comes, reading ends; and a part of the plan shows that part of the whole.
    #[test]
    fn no_bytes_make_a_planner_panic(
        noise in prop::collection::vec(any::<u8>(), 0..200),
        changes in prop::collection::vec((any::<Index>(), any::<u8>()), 0..6),
        cut in any::<Index>(),
        part in (0_u64..400, 0_u64..400),
        which in 0..4_usize,
    ) {
        let (format, mut file) = match which {
            0 => (Format::Jpeg, jpeg(&[exif(6), segment(0xfe, &[&noise])], &[noise, b"data".to_vec()], &[])),
            1 => (Format::Png, [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", HEADER), chunk(b"IDAT", &noise),
                chunk(b"tEXt", CANARY), chunk(b"IEND", b"")].concat()),
            2 => (Format::Tiff, tiff(true, &[(270, 2, 33, CANARY.to_vec())], &noise)),
            _ => (Format::Tiff, noise),
        };
        let length = file.len();
        for (at, byte) in changes.iter().filter(|_| length > 0) {
            file[at.index(length)] = *byte;
        }
        if cut.index(3) == 0 {
            file.truncate(cut.index(length + 1));
        }
        if let Ok(plan) = plan(format, &file) {
            let whole = run(&plan, &file);
            prop_assert_eq!(whole.len() as u64, plan.size());
            let (from, to) = (part.0.min(plan.size()), part.1.min(plan.size()));
            let expected = if from < to { &whole[from as usize..to as usize] } else { &[] };
            let cut = plan.part(&(from..to));
            prop_assert_eq!(run(&cut, &file), expected);
            prop_assert_eq!(cut.size(), expected.len() as u64);
        }
    }
}
