//! Keeping in step: what is told is found soon, what is masked is gone at once and for good, a kill loses nothing, and a
//! rebuild serves all along.

use std::{
    fs,
    path::Path,
    sync::{Arc, Mutex},
    time::Duration,
};

use schema_documents::IncomingChanged;
use schema_search::{EarlierCases, RebuildIndex, Search, SearchKind, Suggest};
use serde_json::json;
use service::{Read, Service};
use testbed::{Pair, process::until};
use uuid::Uuid;
use wire::{Contract, Day};

use crate::office::{Office, changed, incoming, kinds, outgoing, work};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_told_is_found_on_both_profiles() {
    for pair in [Pair::LocalSqlite, Pair::NatsPostgres] {
        let mut here = Office::open(pair).await;
        here.tell(&incoming(&here, 1, json!({ "summary": "V/v phòng, chống lụt bão tại đê sông Mã" }))).await;
        here.tell(&outgoing(here.office, 2, json!({ "summary": "Kế hoạch chống lụt bão" }))).await;
        here.tell(&work(here.office, 3, json!({ "title": "Kiểm tra phương án chống lụt bão" }))).await;
        here.settled().await;
        let found = here.find(&here.reader, "chong lut bao").await;
        assert_eq!(found.items.len(), 3);
        let counts = found.counts;
        assert_eq!((counts.incoming_documents, counts.outgoing_documents, counts.assignments), (1, 1, 1));
        assert!(!found.nearest && !found.behind && found.next.is_none());
        let first = found.items.iter().find(|hit| hit.id == Uuid::from_u128(1)).unwrap();
        let title = first.title.as_ref().unwrap();
        let shining: Vec<String> = title
            .marks
            .iter()
            .map(|mark| title.text.chars().take(mark.to as usize).skip(mark.from as usize).collect())
            .collect();
        assert_eq!(shining, ["chống lụt bão"]);
        here.tell(&changed(&here, 1, json!({ "summary": "V/v trồng rừng", "version": 2 }))).await;
        here.settled().await;
        assert_eq!((here.ids("trong rung").await, here.ids("de song ma").await), (vec![1], vec![]));
        here.finish().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_pages_and_orders() {
    let mut here = Office::open(Pair::LocalSqlite).await;
    for id in 1..=9 {
        let day = format!("2026-0{id}-10");
        let told = json!({ "summary": format!("Báo cáo tháng {id}"), "document_day": day, "symbol": format!("{id}0-BC/ĐU"),
            "genre_name": if id % 2 == 0 { "Báo cáo" } else { "Công văn" } });
        here.tell(&incoming(&here, id, told)).await;
    }
    here.tell(&work(here.office, 20, json!({ "title": "Báo cáo quý" }))).await;
    here.settled().await;
    let mut spring = here.ids("từ:01/03/2026 đến:10/05/2026 thang").await;
    spring.sort_unstable();
    assert_eq!(spring, [3, 4, 5]);
    let all = Search {
        q: Some("báo cáo".into()),
        order: schema_search::SearchOrder::Latest,
        limit: Some(4),
        ..Search::default()
    };
    let documents = Search { kind: Some(SearchKind::IncomingDocument), ..all.clone() };
    let (mut seen, mut cursor) = (Vec::new(), None);
    loop {
        let page = here.reader.call(&Search { cursor, ..documents.clone() }).await.unwrap();
        assert_eq!((page.counts.incoming_documents, page.counts.assignments), (9, 1), "a tab says what it would hold");
        seen.extend(page.items.iter().map(|hit| hit.id.as_u128()));
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(seen, [9, 8, 7, 6, 5, 4, 3, 2, 1]);
    let genre = Search { genre: Some("cong van".into()), from: Day::new(2026, 6, 1).ok(), ..Search::default() };
    let found = here.reader.call(&genre).await.unwrap();
    assert_eq!(found.items.iter().map(|hit| hit.id.as_u128()).collect::<Vec<_>>(), [9, 7]);
    for typed in ["30-BC/ĐU", "30bc", "số:30", "so: 30-bc/du"] {
        assert_eq!(here.ids(typed).await, [3], "{typed}");
    }
    assert_eq!(kinds(&here.find(&here.reader, "\"báo cáo quý\"").await), [SearchKind::Assignment]);
    here.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn suggestions_and_earlier_cases_come_from_titles() {
    let mut here = Office::open(Pair::LocalSqlite).await;
    let titles = [
        "V/v giải phóng mặt bằng dự án đường ven sông Mã",
        "Báo cáo tiến độ giải phóng mặt bằng đường ven sông Mã",
        "Kế hoạch tổ chức Tết Trung thu cho thiếu nhi",
        "V/v giải phóng mặt bằng dự án đường ven sông Mã đợt 2",
    ];
    for (id, title) in (1..).zip(titles) {
        let told = json!({ "summary": title, "document_day": format!("2026-10-{:02}", id + 10) });
        here.tell(&incoming(&here, id, told)).await;
    }
    here.settled().await;
    let suggested = here.reader.call(&Suggest { q: "giai phong m".into(), office: None }).await.unwrap();
    assert_eq!(suggested.items[0], "giải phóng mặt bằng dự án đường");
    let like = async |id| {
        let call = EarlierCases { kind: SearchKind::IncomingDocument, id: Uuid::from_u128(id) };
        let cases = here.reader.call(&call).await.unwrap().items;
        cases.iter().map(|case| case.hit.id.as_u128()).collect::<Vec<_>>()
    };
    assert_eq!(like(4).await, [1, 2]);
    assert_eq!((like(3).await, like(1).await), (vec![], vec![]), "nothing is guessed, and nothing later is earlier");
    let missing = EarlierCases { kind: SearchKind::Assignment, id: Uuid::from_u128(1) };
    assert_eq!(here.reader.call(&missing).await.unwrap_err().code, "search.noun_missing");
    here.finish().await;
}

/// Whether a word stands in any segment that has files in the folder of the indexes.
fn stands_in(folder: &Path, word: &str) -> bool {
    fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        let index = tantivy::Index::open_in_dir(&path).unwrap();
        let searcher = index.reader().unwrap().searcher();
        let segments = index.searchable_segment_ids().unwrap();
        // A file of a segment that is no longer one of the index would still hold the word.
        let stray = fs::read_dir(&path).unwrap().any(|file| {
            let file = file.unwrap().file_name().into_string().unwrap();
            file.ends_with(".term") && !segments.iter().any(|segment| file.starts_with(&segment.uuid_string()))
        });
        stray
            || searcher.segment_readers().iter().any(|segment| {
                let fields = ["folded", "exact", "body"].map(|name| index.schema().get_field(name).unwrap());
                fields.into_iter().any(|field| {
                    let words = segment.inverted_index(field).unwrap();
                    words.terms().get(word.as_bytes()).unwrap().is_some()
                })
            })
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_masked_is_gone_at_once_and_from_the_files_soon() {
    let mut here = Office::open(Pair::LocalSqlite).await;
    here.tell(&incoming(&here, 1, json!({ "summary": "Kế hoạch chimhoangyen" }))).await;
    here.tell(&incoming(&here, 2, json!({ "summary": "Kế hoạch khác" }))).await;
    here.tell(&incoming(&here, 3, json!({ "summary": "chimsaodo", "masked": true }))).await;
    here.settled().await;
    assert_eq!(here.ids("chimhoangyen").await, [1]);
    assert!(stands_in(&here.folder(), "chimhoangyen"), "the test looks where words are");
    assert!(!stands_in(&here.folder(), "chimsaodo"));
    here.tell(&changed(&here, 1, json!({ "masked": true, "version": 2 }))).await;
    // An older telling comes late.
    here.tell(&changed(&here, 1, json!({ "summary": "Kế hoạch chimhoangyen", "version": 1 }))).await;
    here.settled().await;
    let found = here.find(&here.reader, "chimhoangyen").await;
    assert_eq!((found.items.len(), found.counts.incoming_documents), (0, 0));
    assert_eq!(here.ids("ke hoach").await, [2]);
    let folder = here.folder();
    until("the files to forget it", Duration::from_secs(60), || async {
        (!stands_in(&folder, "chimhoangyen")).then_some(())
    })
    .await
    .unwrap();
    here.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_and_a_lost_folder_lose_nothing() {
    let mut here = Office::open(Pair::LocalSqlite).await;
    here.tell(&incoming(&here, 1, json!({ "summary": "Trước khi dừng" }))).await;
    here.settled().await;
    here.stop().await;
    here.tell(&incoming(&here, 2, json!({ "summary": "Trong khi dừng" }))).await;
    here.start().await;
    here.settled().await;
    assert_eq!((here.ids("truoc").await, here.ids("trong khi").await), (vec![1], vec![2]));
    here.stop().await;
    // A file of the index is cut short, as after a disk failed.
    let index = fs::read_dir(here.folder()).unwrap().next().unwrap().unwrap().path();
    fs::write(index.join("meta.json"), "{").unwrap();
    here.start().await;
    here.settled().await;
    assert_eq!(here.ids("dung").await.len(), 2);
    here.stop().await;
    fs::remove_dir_all(here.folder()).unwrap();
    here.start().await;
    here.settled().await;
    assert_eq!(here.ids("dung").await.len(), 2);
    here.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rebuild_serves_all_along() {
    let mut here = Office::open(Pair::LocalSqlite).await;
    for id in 1..=60 {
        here.tell(&incoming(&here, id, json!({ "summary": format!("Báo cáo số {id}") }))).await;
    }
    here.settled().await;
    let before = here.status().await.unwrap();
    let operator = here.bench.person(&[(here.office, &["search.index.rebuild"])]);
    assert_eq!(here.reader.call(&RebuildIndex {}).await.unwrap_err().code, "wire.denied");
    let asked = operator.call(&RebuildIndex {}).await.unwrap();
    assert_eq!((asked.asked, asked.rebuilding), (before.asked + 1, true));
    let mut looked = 0;
    loop {
        let counts = here.find(&here.reader, "bao cao").await.counts;
        assert_eq!(counts.incoming_documents, 60, "the old index serves until the new one is whole");
        looked += 1;
        if here.status().await.unwrap().serving == asked.asked {
            break;
        }
    }
    here.settled().await;
    assert!(looked > 0);
    assert_eq!(here.find(&here.reader, "bao cao").await.counts.incoming_documents, 60);
    assert_eq!(fs::read_dir(here.folder()).unwrap().count(), 1, "the old folder is gone");
    here.finish().await;
}

wire::refusals! {
    /// A publisher that only tells refuses nothing.
    pub enum NoRefusal {
        /// Never given.
        Never => Conflict, "documents.never", en "never", vi "không bao giờ";
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rebuild_takes_over_what_the_publisher_says() {
    let said: Arc<Mutex<Vec<IncomingChanged>>> = Arc::default();
    let saying = Arc::clone(&said);
    let documents = Service::new::<NoRefusal>(Contract::new("documents", Vec::new())).snapshot(
        move |_: Read, after: Option<Uuid>, limit: u16| {
            let said = saying.lock().unwrap().clone();
            async move {
                let rest =
                    said.into_iter().filter(|event| after.is_none_or(|after| Uuid::from(event.document.id) > after));
                Ok(rest.take(limit.into()).collect())
            }
        },
    );
    let mut here = Office::open_beside(Pair::LocalSqlite, vec![documents]).await;
    for id in 1..=3 {
        here.tell(&incoming(&here, id, json!({ "summary": format!("Công trình {id}") }))).await;
    }
    here.settled().await;
    assert_eq!(here.ids("cong trinh").await.len(), 3);
    // The publisher knows the first as it was told, has another second, no third, and a fourth that was never told.
    let [one, two, four] = [(1, "Công trình 1"), (2, "Cây cầu 2"), (4, "Công trình 4")]
        .map(|(id, summary)| changed(&here, id, json!({ "summary": summary })));
    *said.lock().unwrap() = vec![one, two, four];
    here.bench.person(&[(here.office, &["search.index.rebuild"])]).call(&RebuildIndex {}).await.unwrap();
    here.settled().await;
    let mut found = here.ids("cong trinh").await;
    found.sort_unstable();
    assert_eq!((found, here.ids("cay cau").await), (vec![1, 4], vec![2]));
    here.finish().await;
}
