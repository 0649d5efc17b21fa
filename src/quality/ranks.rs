//! Which labels are there, and which does each row have, by number?

/// The rank of each label among the distinct ones, and how many these are.
pub(super) fn ranks<T: Ord>(labels: &[T]) -> (Vec<u32>, usize) {
    let mut distinct: Vec<&T> = labels.iter().collect();
    distinct.sort_unstable();
    distinct.dedup();
    let rank = |label: &T| distinct.partition_point(|other| *other < label) as u32;
    (labels.iter().map(rank).collect(), distinct.len())
}
