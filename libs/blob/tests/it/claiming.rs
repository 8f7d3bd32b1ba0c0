//! Claiming: into one service and office, once, whatever happened before.

use blob::{Error, Held};
use futures_util::TryStreamExt;

use crate::{Bench, OFFICE, OTHER_OFFICE, read};

#[tokio::test]
async fn a_claimed_file_outlives_its_staging() {
    let bench = Bench::new();
    let staged = bench.hold(b"an act").await;
    std::fs::remove_file(bench.path("staging").join(&staged.hash)).unwrap();
    assert_eq!(read(&bench.area(), &staged.hash).await.unwrap(), b"an act");
    let place = format!("documents/{OFFICE}/{}/{}", &staged.hash[..2], staged.hash);
    assert_eq!(bench.files(), [place]);
}

#[tokio::test]
async fn claiming_again_changes_nothing_even_without_the_staged_file() {
    let bench = Bench::new();
    let staged = bench.hold(b"an act").await;
    bench.area().claim(&staged.hash, staged.size).await.unwrap();
    std::fs::remove_file(bench.path("staging").join(&staged.hash)).unwrap();
    bench.area().claim(&staged.hash, staged.size).await.unwrap();
    assert_eq!(bench.files().len(), 1);
}

#[tokio::test]
async fn many_claims_at_once_end_as_one_file() {
    let bench = Bench::new();
    let staged = bench.stage(&crate::content(100_000)).await;
    let claims = (0..16).map(|_| {
        let (area, staged) = (bench.area(), staged.clone());
        tokio::spawn(async move { area.claim(&staged.hash, staged.size).await })
    });
    for claim in claims.collect::<Vec<_>>() {
        claim.await.unwrap().unwrap();
    }
    let held: Vec<Held> = bench.area().list().try_collect().await.unwrap();
    assert_eq!(held, [Held { hash: staged.hash, size: 100_000 }]);
}

#[tokio::test]
async fn a_hash_opens_nothing_in_another_service_or_office() {
    let bench = Bench::new();
    let staged = bench.hold(b"ours").await;
    std::fs::remove_file(bench.path("staging").join(&staged.hash)).unwrap();
    for (service, office) in [("documents", OTHER_OFFICE), ("citizens", OFFICE)] {
        let area = bench.store.area(service, office).unwrap();
        assert!(matches!(read(&area, &staged.hash).await, Err(Error::Missing { .. })));
        assert!(matches!(area.claim(&staged.hash, staged.size).await, Err(Error::Missing { .. })));
        assert!(!area.remove(&staged.hash).await.unwrap());
    }
}

#[tokio::test]
async fn a_file_of_another_size_than_the_ticket_says_is_refused() {
    let bench = Bench::new();
    let staged = bench.stage(b"four").await;
    let claimed = bench.area().claim(&staged.hash, 5).await;
    assert!(matches!(claimed, Err(Error::Altered { .. })), "{claimed:?}");
    let held: Vec<Held> = bench.area().list().try_collect().await.unwrap();
    assert!(held.is_empty());
}

#[tokio::test]
async fn a_damaged_file_is_healed_by_the_next_upload_of_it_and_kept_until_then() {
    let bench = Bench::new();
    let staged = bench.hold(b"whole").await;
    std::fs::remove_file(bench.path("staging").join(&staged.hash)).unwrap();
    let place = bench.path(&bench.files()[0]);
    std::fs::write(&place, b"who").unwrap();
    assert!(matches!(bench.area().claim(&staged.hash, 5).await, Err(Error::Missing { .. })));
    assert_eq!(std::fs::read(&place).unwrap(), b"who", "the only trace of a damaged file was thrown away");
    bench.hold(b"whole").await;
    assert_eq!(read(&bench.area(), &staged.hash).await.unwrap(), b"whole");
}

/// Another file system is wherever there is one on this machine: a memory file system beside the disk.
#[tokio::test]
async fn an_area_on_another_file_system_gets_a_copy() {
    use std::os::unix::fs::{MetadataExt, symlink};
    let memory = std::path::Path::new("/dev/shm");
    let bench = Bench::new();
    let device = |path: &std::path::Path| std::fs::metadata(path).ok().map(|found| found.dev());
    if device(memory).is_none_or(|found| Some(found) == device(&bench.path(""))) {
        return;
    }
    let elsewhere = tempfile::tempdir_in(memory).unwrap();
    symlink(elsewhere.path(), bench.path("documents")).unwrap();
    let bytes = crate::content(50_000);
    let staged = bench.hold(&bytes).await;
    assert_eq!(read(&bench.area(), &staged.hash).await.unwrap(), bytes);
    let copy = elsewhere.path().join(OFFICE).join(&staged.hash[..2]).join(&staged.hash);
    assert_eq!(std::fs::metadata(copy).unwrap().nlink(), 1);
    let direct: Vec<_> = std::fs::read_dir(elsewhere.path()).unwrap().collect();
    assert_eq!(direct.len(), 1, "the copy left its part behind");
}

#[tokio::test]
async fn a_removed_file_is_gone_and_the_rest_is_listed() {
    let bench = Bench::new();
    let (first, second) = (bench.hold(b"first").await, bench.hold(b"second!").await);
    assert!(bench.area().remove(&first.hash).await.unwrap());
    assert!(!bench.area().remove(&first.hash).await.unwrap());
    assert!(matches!(read(&bench.area(), &first.hash).await, Err(Error::Missing { .. })));
    let held: Vec<Held> = bench.area().list().try_collect().await.unwrap();
    assert_eq!(held, [Held { hash: second.hash, size: 7 }]);
}

#[tokio::test]
async fn names_that_are_no_names_never_reach_the_folder() {
    let bench = Bench::new();
    std::fs::write(bench.folder.path().join("secret"), b"outside").unwrap();
    let before = bench.files();
    for way in ["../..", "/", "..", "", "staging", "a/../..", "../../secret"] {
        assert!(matches!(bench.store.area(way, OFFICE), Err(Error::BadKey { part: "service", .. })), "{way}");
        assert!(matches!(bench.store.area("documents", way), Err(Error::BadKey { part: "office", .. })), "{way}");
        let area = bench.area();
        assert!(matches!(area.claim(way, 7).await, Err(Error::BadKey { part: "hash", .. })), "{way}");
        assert!(matches!(area.open(way, None).await, Err(Error::BadKey { .. })), "{way}");
        assert!(matches!(area.remove(way).await, Err(Error::BadKey { .. })), "{way}");
    }
    assert_eq!(bench.files(), before);
    assert_eq!(std::fs::read(bench.folder.path().join("secret")).unwrap(), b"outside");
}

#[tokio::test]
async fn what_was_claimed_or_swept_needs_no_room_of_its_own() {
    let bench = Bench::new();
    let (open, claimed) = (bench.stage(b"one").await.hash, bench.hold(b"two").await.hash);
    let swept = "0".repeat(64);
    let settled = bench.store.settled(vec![open, claimed.clone(), swept.clone()]).await.unwrap();
    assert_eq!(settled, [claimed, swept]);
}

#[tokio::test]
async fn a_file_that_was_never_staged_is_kept_under_its_hash() {
    let bench = Bench::new();
    let mut begun = bench.area().begin(100).await.unwrap();
    begun.write(b"sealed".as_slice().into()).await.unwrap();
    let kept = bench.area().keep(begun).await.unwrap();
    assert_eq!(read(&bench.area(), &kept.hash).await.unwrap(), b"sealed");
    let place = format!("documents/{OFFICE}/{}/{}", &kept.hash[..2], kept.hash);
    assert_eq!(bench.files(), [place]);
    drop(bench.area().begin(100).await.unwrap());
    assert_eq!(bench.files().len(), 1, "what is not finished leaves nothing");
}

#[tokio::test]
async fn a_staged_file_is_read_and_removed_before_it_is_swept() {
    let bench = Bench::new();
    let staged = bench.stage(b"a letter").await;
    let content = bench.store.staged(&staged.hash).await.unwrap();
    let bytes: Vec<bytes::Bytes> = content.bytes.try_collect().await.unwrap();
    assert_eq!(bytes.concat(), b"a letter");
    assert!(bench.store.unstage(&staged.hash).await.unwrap());
    assert!(!bench.store.unstage(&staged.hash).await.unwrap());
    assert!(matches!(bench.store.staged(&staged.hash).await, Err(Error::Missing { .. })));
    assert!(bench.files().is_empty());
}
