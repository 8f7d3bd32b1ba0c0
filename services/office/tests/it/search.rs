//! `vanphong search`: the index is made anew, whether the office runs or not.

use crate::program::{Folder, PATIENCE, address};

#[tokio::test(flavor = "multi_thread")]
async fn the_index_is_made_anew_at_the_operators_word() {
    let folder = Folder::begun().await;
    let said = |arguments: &[&str]| {
        let ran = folder.run(arguments, "");
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        ran.out
    };
    assert!(said(&["search", "rebuild"]).starts_with("index 1:"));
    assert!(folder.path().join("search").join("index-1-1").is_dir(), "the index lies in the folder of the office");
    let mut office = folder.start("up");
    address(&mut office).await;
    assert!(said(&["search", "rebuild"]).starts_with("index 2:"));
    assert!(said(&["search", "status"]).starts_with("index 2:"));
    office.end("TERM", PATIENCE).await.unwrap();
}
