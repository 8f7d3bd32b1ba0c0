//! How many there are of each kind.

use schema_search::{SearchCounts, SearchKind};
use tantivy::{
    DocId, Score, SegmentOrdinal, SegmentReader,
    collector::{Collector, SegmentCollector},
    columnar::Column,
};

use super::fields::place;

/// Counts by the number of the kind.
pub(crate) struct ByKind;

/// The same within a segment.
pub(crate) struct InSegment {
    kinds: Column<u64>,
    counts: [u64; 3],
}

impl Collector for ByKind {
    type Fruit = [u64; 3];
    type Child = InSegment;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<InSegment> {
        Ok(InSegment { kinds: segment.fast_fields().u64("kind")?, counts: [0; 3] })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<[u64; 3]>) -> tantivy::Result<[u64; 3]> {
        let mut sum = [0; 3];
        for counts in segments {
            for (sum, count) in sum.iter_mut().zip(counts) {
                *sum += count;
            }
        }
        Ok(sum)
    }
}

impl SegmentCollector for InSegment {
    type Fruit = [u64; 3];

    fn collect(&mut self, doc: DocId, _: Score) {
        let kind = self.kinds.first(doc).and_then(|kind| usize::try_from(kind).ok());
        if let Some(count) = kind.and_then(|kind| self.counts.get_mut(kind)) {
            *count += 1;
        }
    }

    fn harvest(self) -> [u64; 3] {
        self.counts
    }
}

/// The counts by name.
pub(crate) fn counts(by_place: [u64; 3]) -> SearchCounts {
    let of = |kind| usize::try_from(place(kind)).ok().and_then(|place| by_place.get(place)).copied().unwrap_or(0);
    SearchCounts {
        incoming_documents: of(SearchKind::IncomingDocument),
        outgoing_documents: of(SearchKind::OutgoingDocument),
        assignments: of(SearchKind::Assignment),
    }
}
