//! Reading: whole, in ranges, and never bytes that are not those that were stored.

use blob::Error;
use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt};

use crate::{Bench, content, read};

#[tokio::test]
async fn what_was_written_is_read_whatever_its_length() {
    let bench = Bench::new();
    for length in [0, 1, 8191, 8192, 8193, 100_000] {
        let bytes = content(length);
        let staged = bench.hold(&bytes).await;
        let opened = bench.area().open(&staged.hash, None).await.unwrap();
        assert_eq!((opened.size, opened.range.clone()), (length as u64, 0..length as u64));
        let chunks: Vec<Bytes> = opened.bytes.try_collect().await.unwrap();
        assert_eq!(chunks.concat(), bytes, "{length} bytes");
    }
}

#[tokio::test]
async fn a_range_is_clipped_to_the_file_and_refused_behind_it() {
    let bench = Bench::new();
    let bytes = content(50_000);
    let hash = bench.hold(&bytes).await.hash;
    for (asked, given) in
        [(0..1, 0..1), (100..20_000, 100..20_000), (49_999..50_000, 49_999..50_000), (7..u64::MAX, 7..50_000)]
    {
        let opened = bench.area().open(&hash, Some(asked)).await.unwrap();
        assert_eq!((opened.size, opened.range), (50_000, given.clone()));
        let chunks: Vec<Bytes> = opened.bytes.try_collect().await.unwrap();
        assert_eq!(chunks.concat(), bytes[given.start as usize..given.end as usize]);
    }
    let backwards = std::ops::Range { start: 9, end: 3 };
    for asked in [50_000..50_001, 5..5, backwards] {
        let refused = bench.area().open(&hash, Some(asked)).await.err();
        assert!(matches!(refused, Some(Error::OutOfRange { size: 50_000 })), "{refused:?}");
    }
    let empty = bench.hold(b"").await.hash;
    assert!(matches!(bench.area().open(&empty, Some(0..1)).await, Err(Error::OutOfRange { size: 0 })));
}

#[tokio::test]
async fn altered_bytes_end_the_stream_before_its_last_chunk() {
    let bench = Bench::new();
    let bytes = content(30_000);
    let hash = bench.hold(&bytes).await.hash;
    let place = bench.path(&bench.files()[0]);
    for at in [0, 15_000, 29_999] {
        let mut altered = bytes.clone();
        altered[at] ^= 1;
        std::fs::write(&place, &altered).unwrap();
        let opened = bench.area().open(&hash, None).await.unwrap();
        let (mut got, mut end) = (0, None);
        for chunk in opened.bytes.collect::<Vec<_>>().await {
            match chunk {
                Ok(chunk) => got += chunk.len(),
                Err(error) => end = Some(error),
            }
        }
        assert!(matches!(end, Some(Error::Altered { .. })), "a flipped bit at {at} went unnoticed: {end:?}");
        assert!(got < bytes.len(), "all of an altered file was handed out");
    }
}

#[tokio::test]
async fn a_file_that_became_shorter_or_longer_is_altered() {
    let bench = Bench::new();
    let bytes = content(30_000);
    let hash = bench.hold(&bytes).await.hash;
    let place = bench.path(&bench.files()[0]);
    for length in [0, 1, 29_999, 30_001] {
        std::fs::write(&place, content(length)).unwrap();
        assert!(matches!(read(&bench.area(), &hash).await, Err(Error::Altered { .. })), "{length} bytes");
    }
}

#[tokio::test]
async fn a_file_cut_while_it_is_read_ends_the_stream() {
    let bench = Bench::new();
    let hash = bench.hold(&content(2_000_000)).await.hash;
    let place = bench.path(&bench.files()[0]);
    for range in [None, Some(10..1_990_000)] {
        std::fs::write(&place, content(2_000_000)).unwrap();
        let mut opened = bench.area().open(&hash, range).await.unwrap();
        opened.bytes.next().await.unwrap().unwrap();
        std::fs::File::options().write(true).open(&place).unwrap().set_len(20_000).unwrap();
        let rest: Vec<_> = opened.bytes.collect().await;
        assert!(matches!(rest.last(), Some(Err(Error::Altered { .. }))));
    }
}
