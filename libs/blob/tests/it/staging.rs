//! Uploads: what they report, what they leave behind, and what the sweep takes.

use std::time::{Duration, SystemTime};

use blob::{Error, HEAD_BYTES, Store};
use bytes::Bytes;
use sha2::{Digest as _, Sha256};

use crate::{Bench, content};

/// SHA-256 of `abc`, from FIPS 180-4's examples.
const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

#[tokio::test]
async fn an_upload_reports_its_hash_and_size_and_stands_in_staging() {
    let bench = Bench::new();
    let mut staging = bench.store.stage(3).await.unwrap();
    staging.write(Bytes::from_static(b"a")).await.unwrap();
    staging.write(Bytes::from_static(b"bc")).await.unwrap();
    assert_eq!(staging.head(), b"abc");
    let staged = staging.finish().await.unwrap();
    assert_eq!((staged.hash.as_str(), staged.size), (ABC, 3));
    assert_eq!(bench.files(), [format!("staging/{ABC}")]);
}

#[tokio::test]
async fn only_the_head_is_kept() {
    let bench = Bench::new();
    let bytes = content(3 * HEAD_BYTES);
    let mut staging = bench.store.stage(bytes.len() as u64).await.unwrap();
    for chunk in bytes.chunks(5000) {
        staging.write(Bytes::copy_from_slice(chunk)).await.unwrap();
    }
    assert_eq!(staging.head(), &bytes[..HEAD_BYTES]);
}

#[tokio::test]
async fn too_large_an_upload_is_refused_at_once_and_for_good() {
    let bench = Bench::new();
    let mut staging = bench.store.stage(5).await.unwrap();
    staging.write(Bytes::from_static(b"12345")).await.unwrap();
    let refused = staging.write(Bytes::from_static(b"6")).await;
    assert!(matches!(refused, Err(Error::TooLarge { limit: 5 })), "{refused:?}");
    assert!(staging.write(Bytes::new()).await.is_err(), "an upload went on after its limit");
    assert!(staging.finish().await.is_err(), "a cut upload was kept");
    assert!(bench.files().is_empty(), "{:?}", bench.files());
}

#[tokio::test]
async fn an_upload_that_is_dropped_leaves_nothing() {
    let bench = Bench::new();
    let mut staging = bench.store.stage(100).await.unwrap();
    staging.write(Bytes::from_static(b"half of it")).await.unwrap();
    assert_eq!(bench.files().len(), 1);
    drop(staging);
    assert!(bench.files().is_empty(), "{:?}", bench.files());
}

#[tokio::test]
async fn an_upload_of_many_pieces_is_the_bytes_in_their_order() {
    let bench = Bench::new();
    let bytes = content(3_000_000);
    let mut staging = bench.store.stage(4_000_000).await.unwrap();
    for chunk in bytes.chunks(48_611) {
        staging.write(Bytes::copy_from_slice(chunk)).await.unwrap();
    }
    let staged = staging.finish().await.unwrap();
    assert_eq!((staged.size, staged.hash), (3_000_000, hex::encode(Sha256::digest(&bytes))));
    assert_eq!(std::fs::read(bench.path(&bench.files()[0])).unwrap(), bytes);
}

#[tokio::test]
async fn the_same_content_twice_is_one_staged_file() {
    let bench = Bench::new();
    let first = bench.stage(b"same").await;
    assert_eq!(bench.stage(b"same").await, first);
    assert_eq!(bench.files().len(), 1);
}

#[tokio::test]
async fn the_sweep_takes_old_files_in_passage_and_nothing_else() {
    let bench = Bench::new();
    let held = bench.hold(b"held").await;
    bench.stage(b"unclaimed").await;
    // What a killed process leaves: a part in staging, and one of a copy between file systems.
    std::fs::write(bench.path("staging/.part-1-0"), b"cut off").unwrap();
    std::fs::write(bench.path("documents/.part-1-1"), b"cut off").unwrap();
    // What belongs to the volume rather than to us.
    std::fs::create_dir(bench.path("lost+found")).unwrap();
    std::fs::write(bench.path("lost+found/#12"), b"foreign").unwrap();

    let written = std::fs::metadata(bench.path("staging/.part-1-0")).unwrap().modified().unwrap();
    let day = Duration::from_secs(24 * 60 * 60);
    assert_eq!(bench.store.sweep_staging(written - day).await.unwrap(), 0, "fresh files were swept");
    assert_eq!(bench.store.sweep_staging(written + day).await.unwrap(), 4);
    let held = format!("documents/{}/{}/{}", crate::OFFICE, &held.hash[..2], held.hash);
    assert_eq!(bench.files(), [held, "lost+found/#12".to_owned()]);
    assert_eq!(bench.store.sweep_staging(SystemTime::UNIX_EPOCH).await.unwrap(), 0);
}

#[tokio::test]
async fn a_second_process_on_the_same_folder_finds_what_the_first_staged() {
    let bench = Bench::new();
    let staged = bench.stage(b"shared volume").await;
    let second = Store::folder(bench.path("")).unwrap();
    let area = second.area("documents", crate::OFFICE).unwrap();
    area.claim(&staged.hash, staged.size).await.unwrap();
    assert_eq!(crate::read(&bench.area(), &staged.hash).await.unwrap(), b"shared volume");
}

#[tokio::test]
async fn nobody_else_on_the_machine_may_read_the_files() {
    use std::os::unix::fs::PermissionsExt;
    let bench = Bench::new();
    bench.hold(b"a letter").await;
    let mode = |path: &str| std::fs::metadata(bench.path(path)).unwrap().permissions().mode() & 0o077;
    assert!(bench.files().iter().all(|path| mode(path) == 0));
    assert!(["", "staging", "documents"].into_iter().all(|path| mode(path) == 0));
}
