//! One index in one folder: taking changes, and being asked.

use std::{
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
};

use anyhow::{Context as _, Result};
use schema_search::{SearchCounts, SearchKind};
use serde::{Deserialize, Serialize};
use tantivy::{
    DocAddress, IndexReader, IndexWriter, Order, ReloadPolicy, Searcher, TantivyError, Term, collector::TopDocs,
    directory::MmapDirectory, indexer::LogMergePolicy,
};
use uuid::Uuid;

use super::{
    counting::{ByKind, counts},
    fields::Fields,
    query::Closeness,
    tokens,
};
use crate::domain::{access::Access, paper::Noun, wanted::Wanted};

/// What is taken up before a segment is written, in bytes, at least and for each thread.
const LEAST_MEMORY: usize = 15_000_000;
/// Of how many deleted in a hundred a segment is written anew without them.
const DELETED_PERCENT: f32 = 0.2;

/// How far an index has come; it is written with every commit of the index, so that what it holds and where it stands can
/// never disagree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stand {
    /// The last change it holds.
    pub change: i64,
    /// The rebuild it comes from.
    pub rebuild: i64,
}

/// An index.
pub struct Index {
    fields: Fields,
    index: tantivy::Index,
    reader: IndexReader,
    writer: Mutex<IndexWriter>,
    stand: Mutex<Stand>,
    /// Whether something was taken away that must not stay in the files.
    purge: Mutex<bool>,
}

/// A page of what was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The ids, the best first; one more than asked for when there are more.
    pub ids: Vec<Uuid>,
    /// How many there are of each kind.
    pub counts: SearchCounts,
    /// Whether these are only near.
    pub nearest: bool,
}

impl Index {
    /// Opens the index of a folder, or begins one there. `memory` is in bytes, for all threads together.
    ///
    /// # Errors
    /// When the folder holds something else, or another process writes there.
    pub fn open(folder: &Path, threads: usize, memory: usize) -> Result<Self> {
        std::fs::create_dir_all(folder).with_context(|| format!("cannot make `{}`", folder.display()))?;
        let (schema, fields) = Fields::arranged();
        let index = tantivy::Index::open_or_create(MmapDirectory::open(folder)?, schema)?;
        tokens::register(index.tokenizers());
        let writer = index.writer_with_num_threads(threads, memory.max(LEAST_MEMORY * threads))?;
        let mut merging = LogMergePolicy::default();
        merging.set_del_docs_ratio_before_merge(DELETED_PERCENT);
        writer.set_merge_policy(Box::new(merging));
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let said = index.load_metas()?.payload;
        let stand = said.map_or(Ok(Stand::default()), |said| serde_json::from_str(&said))?;
        let (writer, stand, purge) = (Mutex::new(writer), Mutex::new(stand), Mutex::new(false));
        Ok(Self { fields, index, reader, writer, stand, purge })
    }

    /// How far it has come.
    pub fn stand(&self) -> Stand {
        *self.stand.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes nouns as they are now. Nobody sees them before [`Index::commit`], and taking them again changes nothing.
    ///
    /// # Errors
    /// When the files cannot be written.
    pub fn take<'a>(&self, nouns: impl IntoIterator<Item = &'a Noun>) -> Result<()> {
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        for noun in nouns {
            writer.delete_term(Term::from_field_bytes(self.fields.id, noun.key.id.as_bytes()));
            match self.fields.document(noun) {
                Some(document) => drop(writer.add_document(document)?),
                None => *self.purging() = true,
            }
        }
        Ok(())
    }

    /// Makes what was taken visible and durable, together with how far it goes.
    ///
    /// # Errors
    /// When the files cannot be written.
    pub fn commit(&self, stand: Stand) -> Result<()> {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let mut prepared = writer.prepare_commit()?;
        prepared.set_payload(&serde_json::to_string(&stand)?);
        prepared.commit()?;
        self.reader.reload()?;
        *self.stand.lock().unwrap_or_else(PoisonError::into_inner) = stand;
        Ok(())
    }

    /// Forgets what was taken since the last commit.
    ///
    /// # Errors
    /// When the writer cannot begin again.
    pub fn undo(&self) -> Result<()> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner).rollback()?;
        Ok(())
    }

    /// Writes anew every segment of up to so many nouns from which something was taken away, when that must not stay: no
    /// word of it is left in any file then. Changes are taken meanwhile. Tells whether there was anything to do.
    ///
    /// # Errors
    /// When the files cannot be written; it is then still to be done.
    pub fn purge(&self, largest: u32) -> Result<bool> {
        if !std::mem::take(&mut *self.purging()) {
            return Ok(false);
        }
        let merging: Vec<_> = {
            let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
            let metas = self.index.searchable_segment_metas()?.into_iter();
            let pierced = metas.filter(|meta| meta.num_deleted_docs() > 0 && meta.max_doc() <= largest);
            pierced.map(|meta| writer.merge(&[meta.id()])).collect()
        };
        for merged in merging {
            // A segment that is being merged by itself cannot be merged again; it is gone by the next look.
            if let Err(error) = merged.wait() {
                tracing::debug!(error = %error, "a segment is written anew by another merge");
            }
        }
        self.reader.reload()?;
        let swept = self.writer.lock().unwrap_or_else(PoisonError::into_inner).garbage_collect_files();
        swept.wait()?;
        let left = self.index.searchable_segment_metas()?.iter().any(|meta| meta.num_deleted_docs() > 0);
        *self.purging() |= left;
        Ok(true)
    }

    fn purging(&self) -> MutexGuard<'_, bool> {
        self.purge.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for merges and gives the folder free.
    ///
    /// # Errors
    /// When a merge failed.
    pub fn close(self) -> Result<()> {
        self.writer.into_inner().unwrap_or_else(PoisonError::into_inner).wait_merging_threads()?;
        Ok(())
    }

    /// How many nouns can be found in it.
    pub fn nouns(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// How much room it takes, in bytes.
    pub fn bytes(&self) -> u64 {
        self.reader.searcher().space_usage().map_or(0, |usage| usage.total().get_bytes())
    }

    /// Looks for what is wanted, within what may be read. When nothing holds every word, the nearest are given.
    ///
    /// # Errors
    /// When the files cannot be read.
    pub fn find(&self, wanted: &Wanted, access: &Access) -> Result<Page> {
        let whole = self.look(wanted, access, Closeness::Whole)?;
        let empty = whole.counts == SearchCounts::default();
        if !empty || wanted.clauses.is_empty() {
            return Ok(whole);
        }
        let nearest = self.look(wanted, access, Closeness::Nearest)?;
        Ok(Page { nearest: !nearest.ids.is_empty(), ..nearest })
    }

    fn look(&self, wanted: &Wanted, access: &Access, how: Closeness) -> Result<Page> {
        let searcher = self.reader.searcher();
        let all = self.fields.wanted(wanted, access, None, how);
        let top = || TopDocs::with_limit(wanted.limit + 1).and_offset(wanted.skip);
        // Without a filter on kinds what is counted is what is ranked: one walk does both.
        if wanted.kind.is_none() && !wanted.latest {
            let (found, by_kind) = searcher.search(&all, &(top().order_by_score(), ByKind))?;
            let found: Vec<DocAddress> = found.into_iter().map(|(_, at)| at).collect();
            return Ok(Page { ids: ids(&searcher, &found)?, counts: counts(by_kind), nearest: false });
        }
        let counts = counts(searcher.search(&all, &ByKind)?);
        if of_kind(&counts, wanted.kind) <= wanted.skip as u64 {
            return Ok(Page { counts, ..Page::default() });
        }
        let asked = match wanted.kind {
            Some(kind) => self.fields.wanted(wanted, access, Some(kind), how),
            None => all,
        };
        let found: Vec<DocAddress> = if wanted.latest {
            let found = searcher.search(&asked, &top().order_by_fast_field::<i64>("day", Order::Desc))?;
            found.into_iter().map(|(_, at)| at).collect()
        } else {
            searcher.search(&asked, &top().order_by_score())?.into_iter().map(|(_, at)| at).collect()
        };
        Ok(Page { ids: ids(&searcher, &found)?, counts, nearest: false })
    }

    /// The fields, for queries.
    pub(crate) fn fields(&self) -> &Fields {
        &self.fields
    }

    /// The nouns as they are visible now.
    pub(crate) fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }
}

fn of_kind(counts: &SearchCounts, kind: Option<SearchKind>) -> u64 {
    let SearchCounts { incoming_documents, outgoing_documents, assignments } = *counts;
    match kind {
        None => incoming_documents + outgoing_documents + assignments,
        Some(SearchKind::IncomingDocument) => incoming_documents,
        Some(SearchKind::OutgoingDocument) => outgoing_documents,
        Some(SearchKind::Assignment) => assignments,
    }
}

/// Whether an index cannot be opened because somebody else writes to it.
pub(crate) fn is_held(error: &anyhow::Error) -> bool {
    let engine = error.chain().find_map(|cause| cause.downcast_ref::<TantivyError>());
    matches!(engine, Some(TantivyError::LockFailure(..)))
}

/// The ids of nouns at places.
pub(crate) fn ids(searcher: &Searcher, places: &[DocAddress]) -> Result<Vec<Uuid>> {
    let id = |place: &DocAddress| {
        let fast = searcher.segment_reader(place.segment_ord).fast_fields();
        let half = |name: &str| -> Result<u64> { fast.u64(name)?.first(place.doc_id).context("a noun without an id") };
        Ok(Uuid::from_u64_pair(half("id_high")?, half("id_low")?))
    };
    places.iter().map(id).collect()
}

#[cfg(test)]
mod tests {
    use wire::{Version, id::OfficeId};

    use super::*;
    use crate::domain::paper::{Key, Paper};

    fn noun(id: u128, title: Option<&str>) -> Noun {
        let office = OfficeId(Uuid::from_u128(1));
        let key = Key { id: Uuid::from_u128(id), kind: SearchKind::Assignment, office, version: Version::FIRST };
        Noun { key, paper: title.map(|title| Paper { title: Some(title.to_owned()), ..Paper::default() }) }
    }

    fn open(folder: &Path) -> Index {
        Index::open(folder, 1, LEAST_MEMORY).unwrap()
    }

    #[test]
    fn what_was_taken_and_not_committed_is_taken_again() {
        let folder = tempfile::tempdir().unwrap();
        let index = open(folder.path());
        index.take(&[noun(1, Some("một"))]).unwrap();
        index.commit(Stand { change: 1, rebuild: 4 }).unwrap();
        index.take(&[noun(1, None), noun(2, Some("hai"))]).unwrap();
        drop(index);
        let index = open(folder.path());
        assert_eq!((index.stand(), index.nouns()), (Stand { change: 1, rebuild: 4 }, 1));
        for _ in 0..2 {
            index.take(&[noun(1, None), noun(2, Some("hai"))]).unwrap();
            index.commit(Stand { change: 3, rebuild: 4 }).unwrap();
        }
        assert_eq!((index.stand().change, index.nouns()), (3, 1));
        index.take(&[noun(3, Some("ba"))]).unwrap();
        index.undo().unwrap();
        index.commit(Stand { change: 3, rebuild: 4 }).unwrap();
        assert_eq!(index.nouns(), 1, "what was undone does not come with the next commit");
    }

    #[test]
    fn a_folder_has_one_writer() {
        let folder = tempfile::tempdir().unwrap();
        let index = open(folder.path());
        let other = Index::open(folder.path(), 1, LEAST_MEMORY).err().unwrap();
        assert!(is_held(&other), "{other:#}");
        assert_eq!(index.nouns(), 0);
    }

    #[test]
    fn large_segments_wait_for_the_thorough_purge() {
        let folder = tempfile::tempdir().unwrap();
        let index = open(folder.path());
        let all: Vec<Noun> = (1..=20).map(|id| noun(id, Some("chung"))).collect();
        index.take(&all).unwrap();
        index.commit(Stand::default()).unwrap();
        index.take(&[noun(1, None)]).unwrap();
        index.commit(Stand::default()).unwrap();
        let deleted =
            || index.index.searchable_segment_metas().unwrap().iter().map(|meta| meta.num_deleted_docs()).sum();
        let left: u32 = deleted();
        assert!(index.purge(5).unwrap() && deleted() == left, "a segment of twenty is larger than five");
        assert!(index.purge(u32::MAX).unwrap() && deleted() == 0);
        assert!(!index.purge(u32::MAX).unwrap(), "there is nothing left to do");
    }
}
