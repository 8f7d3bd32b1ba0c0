//! Pictures shown without what was written into them: from disk, whole and in parts, never from altered bytes.

use blob::{Error, Format};
use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt};

use crate::{Bench, content};

const CANARY: &[u8] = b"GPS 19.8067,105.7852";

/// A JPEG of several chunks with the canary before, between and behind its picture; and what is to be shown of it.
fn picture() -> (Vec<u8>, Vec<u8>) {
    let segment = |kind: u8, content: &[u8]| {
        [&[0xff, kind], (content.len() as u16 + 2).to_be_bytes().as_slice(), content].concat()
    };
    let data: Vec<u8> = content(700_000).into_iter().map(|byte| byte & 0x7f).collect();
    let comment = segment(0xfe, &CANARY.repeat(3000));
    let file = |written: &[u8], behind: &[u8]| {
        let (frame, scan) = (segment(0xc2, b"frame"), segment(0xda, b"scan"));
        [&[0xff, 0xd8][..], written, &frame, &scan, &data, written, &scan, &data, &[0xff, 0xd9], behind].concat()
    };
    (file(&comment, &content(300_000)), file(b"", b""))
}

#[tokio::test]
async fn a_picture_is_shown_whole_or_in_part_and_kept_as_it_came() {
    let bench = Bench::new();
    let (stored, expected) = picture();
    let hash = bench.hold(&stored).await.hash;
    let area = bench.area();
    let plan = area.plan(&hash, Format::Jpeg).await.unwrap().unwrap();
    let size = expected.len() as u64;
    assert_eq!(plan.size(), size);
    for (asked, given) in
        [(None, 0..size), (Some(0..1), 0..1), (Some(690_000..710_000), 690_000..710_000), (Some(5..u64::MAX), 5..size)]
    {
        let opened = area.open_bare(&hash, &plan, asked).await.unwrap();
        assert_eq!((opened.size, opened.range), (size, given.clone()));
        let chunks: Vec<Bytes> = opened.bytes.try_collect().await.unwrap();
        assert!(chunks.concat() == expected[given.start as usize..given.end as usize], "{given:?}");
    }
    let refused = area.open_bare(&hash, &plan, Some(size..size + 1)).await.err();
    assert!(matches!(refused, Some(Error::OutOfRange { size: found }) if found == size), "{refused:?}");
    let chunks: Vec<Bytes> = area.open(&hash, None).await.unwrap().bytes.try_collect().await.unwrap();
    assert!(chunks.concat() == stored);
}

#[tokio::test]
async fn what_is_no_picture_is_told_apart_from_one_that_cannot_be_read() {
    let bench = Bench::new();
    let hash = bench.hold(b"\xff\xd8 and then no JPEG").await.hash;
    assert!(bench.area().plan(&hash, Format::Pdf).await.unwrap().is_none());
    assert!(matches!(bench.area().plan(&hash, Format::Jpeg).await, Err(Error::Picture { .. })));
    assert!(matches!(bench.area().plan(&"0".repeat(64), Format::Jpeg).await, Err(Error::Missing { .. })));
}

/// A bit that flipped anywhere, be it in a part that is not shown, keeps the last chunk back.
#[tokio::test]
async fn altered_bytes_end_the_stream_before_its_last_chunk() {
    let bench = Bench::new();
    let (stored, expected) = picture();
    let hash = bench.hold(&stored).await.hash;
    let plan = bench.area().plan(&hash, Format::Jpeg).await.unwrap().unwrap();
    let place = bench.path(&format!("documents/{}/{}/{hash}", crate::OFFICE, &hash[..2]));
    for at in [10, 100_000, 500_000, stored.len() - 1] {
        let mut altered = stored.clone();
        altered[at] ^= 1;
        std::fs::write(&place, &altered).unwrap();
        let opened = bench.area().open_bare(&hash, &plan, None).await.unwrap();
        let read: Vec<_> = opened.bytes.collect().await;
        assert!(matches!(read.last(), Some(Err(Error::Altered { .. }))), "a flipped bit at {at} went unnoticed");
        let got: usize = read.iter().flatten().map(Bytes::len).sum();
        assert!(got < expected.len(), "all of an altered picture was handed out");
    }
    std::fs::write(&place, &stored[..200_000]).unwrap();
    let opened = bench.area().open_bare(&hash, &plan, Some(10..500_000)).await.unwrap();
    assert!(matches!(opened.bytes.try_collect::<Vec<_>>().await, Err(Error::Altered { .. })));
    let refused = bench.area().open_bare(&hash, &plan, Some(400_000..500_000)).await.err();
    assert!(matches!(refused, Some(Error::Altered { .. })), "{refused:?}");
}
